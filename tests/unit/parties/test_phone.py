"""Telephone numbers in E.164 and by their endings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.modules.parties.domain.phone import normalised, reversed_digits, sought
from chalicelib.modules.parties.errors import MalformedPhone, SearchTooShort

local_numbers = st.integers(10_000_000, 999_999_999).map(str)


@pytest.mark.parametrize(
    "written",
    ["02 255-1234", "+593 2 255 1234", "00593 2 2551234", "022551234", "(02) 255.1234", "2255 1234"],
)
def test_one_number_is_kept_one_way(written: str) -> None:
    if written.startswith("("):
        with pytest.raises(MalformedPhone):
            normalised(written, "+593")
    else:
        assert normalised(written, "+593") == "+59322551234"


@pytest.mark.parametrize("written", ["", "12", "abc", "+", "+1234567890123456", "099x5551234", "+0123456789"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(MalformedPhone):
        normalised(written, "+593")


def test_without_a_country_code_of_its_own_a_tenant_takes_international_numbers_only() -> None:
    assert normalised("+573001234567", "") == "+573001234567"
    with pytest.raises(MalformedPhone):
        normalised("3001234567", "")


@given(local_numbers, st.integers(5, 8))
def test_the_ending_of_a_number_finds_it(number: str, length: int) -> None:
    kept = reversed_digits(normalised(f"0{number}", "+593"))
    assert kept.startswith(sought(f"0{number}"))
    ending = number[-length:]
    if not ending.startswith("0"):
        assert kept.startswith(sought(ending))


def test_too_few_digits_are_refused() -> None:
    with pytest.raises(SearchTooShort):
        sought("02-12")
