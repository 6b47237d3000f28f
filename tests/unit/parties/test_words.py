"""Names as they are kept, searched and embossed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.modules.parties.domain.words import bare, clean, embossable, matches, shortened, words

texts = st.text(max_size=60)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("  Ana   Lucía ", "Ana Lucía"), ("Nu\u0301n\u0303ez", "Núñez"), ("a\tb\nc", "a b c"), ("Ana\0", "Ana")],
)
def test_kept_text_is_composed_and_trimmed(written: str, kept: str) -> None:
    assert clean(written) == kept


@pytest.mark.parametrize(
    ("text", "found"),
    [("Núñez-Paz", "nunez paz"), ("D'Ávila", "d avila"), ("ÑANDÚ S.A.", "nandu s a"), ("", "")],
)
def test_searched_text_has_no_accents_case_or_signs(text: str, found: str) -> None:
    assert bare(text) == found


@given(texts)
def test_searched_text_stays_as_it_is(text: str) -> None:
    assert bare(bare(text)) == bare(text)


@given(texts)
def test_a_name_is_found_by_any_beginnings_of_its_words(text: str) -> None:
    known = words(text)
    assert matches([word[:3] for word in reversed(known)], known)


def test_every_sought_word_must_begin_a_known_one() -> None:
    known = words("María José Núñez Paz")
    assert matches(("nun", "mar"), known)
    assert not matches(("nun", "perez"), known)
    assert not matches(("unez",), known)


@given(texts, st.integers(5, 40))
def test_short_names_fit(text: str, longest: int) -> None:
    assert len(shortened(text, longest)) <= longest


@given(texts)
def test_embossed_names_have_plain_capitals_only(text: str) -> None:
    name = embossable(text, 26)
    assert len(name) <= 26
    assert set(name) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ ./")


@pytest.mark.parametrize(
    ("name", "short"),
    [("Núñez", "NÚÑEZ"), ("Asociación de Artesanos", "ASOCIACIÓN DE"), ("X" * 30, "X" * 20)],
)
def test_short_names_keep_whole_words(name: str, short: str) -> None:
    assert shortened(name, 20) == short
