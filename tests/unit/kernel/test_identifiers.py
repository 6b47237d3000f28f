"""Identifiers: prefixed, sortable by time when new, always the same when derived."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.errors import InvariantError
from chalicelib.kernel.identifiers import InvalidIdentifier, derived_id, new_id, parse_id

parts = st.lists(st.text(max_size=8) | st.integers(), min_size=1, max_size=4)
millis = st.integers(0, 2**48 - 1)
randomness = st.binary(min_size=10, max_size=10)


@given(randomness, millis)
def test_new_identifier_parses_back_to_its_prefix(some, at):
    assert parse_id(new_id("acc", some, at), "acc").prefix == "acc"


@given(randomness, randomness, millis, millis)
def test_new_identifiers_sort_by_time(one, other, early, late):
    if early < late:
        assert new_id("ent", one, early) < new_id("ent", other, late)


@given(parts, parts)
def test_derived_identifier_depends_on_its_parts_alone(one, other):
    assert derived_id("ent", *one) == derived_id("ent", *one)
    if [str(part) for part in one] != [str(part) for part in other]:
        assert derived_id("ent", *one) != derived_id("ent", *other)


def test_derived_identifiers_keep_parts_apart_and_stay_the_same_for_ever():
    assert derived_id("ent", "a", "bc") != derived_id("ent", "ab", "c")
    assert derived_id("ent", "a", "bc") == "ent_2hjve3veysdv28yz9mnxe2pq1r"


@pytest.mark.parametrize(
    "text",
    ["", "acc", "acc_", "acc_123", "ACC_" + "0" * 26, "acc_" + "8" + "0" * 25, "acc_" + "u" * 26, "acc_" + "0" * 27,
     "acc_" + "0" * 26 + "\n"],
)  # fmt: skip
def test_malformed_identifier_is_refused(text):
    with pytest.raises(InvalidIdentifier):
        parse_id(text)


def test_identifier_of_something_else_is_refused():
    with pytest.raises(InvalidIdentifier):
        parse_id(derived_id("pty", "x"), "acc")


@pytest.mark.parametrize(
    ("prefix", "some", "at"),
    [("acc", b"short", 0), ("acc", b"0" * 10, -1), ("A!", b"0" * 10, 0), ("acc", b"0" * 10, 2**48)],
)
def test_bad_ingredients_are_our_own_mistake(prefix, some, at):
    with pytest.raises(InvariantError):
        new_id(prefix, some, at)
