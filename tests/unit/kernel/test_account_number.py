"""Account numbers: composed of branch, product and sequence, closed by a check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.account_number import (
    AccountNumberParts,
    AccountNumberRange,
    Check,
    InvalidAccountNumber,
    InvalidScheme,
    Scheme,
    compose,
    parse,
    verify,
)

schemes = st.builds(
    Scheme,
    branch_digits=st.integers(5, 6),
    product_digits=st.integers(2, 3),
    sequence_digits=st.integers(7, 9),
    check=st.sampled_from(Check),
)
parts = st.builds(AccountNumberParts, st.integers(1, 99_999), st.integers(0, 99), st.integers(0, 9_999_999))


@given(parts, schemes)
def test_number_says_its_parts(given_parts, scheme):
    number = compose(given_parts.branch, given_parts.product, given_parts.sequence, scheme)
    assert len(number) == scheme.length
    assert verify(number, scheme)
    assert parse(number, scheme) == given_parts


@given(parts, schemes, st.integers(0, 30), st.integers(1, 9))
def test_check_digit_catches_any_single_wrong_digit(given_parts, scheme, position, shift):
    number = compose(given_parts.branch, given_parts.product, given_parts.sequence, scheme)
    at = position % len(number)
    wrong = number[:at] + str((int(number[at]) + shift) % 10) + number[at + 1 :]
    assert not verify(wrong, scheme)


@given(parts, st.integers(0, 12))
def test_mod97_catches_swapped_neighbours(given_parts, position):
    scheme = Scheme(check=Check.MOD97)
    number = compose(given_parts.branch, given_parts.product, given_parts.sequence, scheme)
    at = position % (len(number) - 1)
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert verify(swapped, scheme) == (swapped == number)


def test_known_numbers():
    assert compose(1, 10, 42, Scheme(3, 2, 7)) == "0011000000429"
    assert compose(1, 10, 42, Scheme(3, 2, 7, Check.MOD11)) == "0011000000426"
    assert compose(1, 10, 42, Scheme(3, 2, 7, Check.MOD97)) == "00110000004215"


@pytest.mark.parametrize(
    ("branch", "product", "sequence", "field"),
    [(1000, 1, 1, "branch"), (1, 100, 1, "product"), (1, 1, 10**7, "sequence"), (-1, 1, 1, "branch")],
)
def test_part_that_does_not_fit_is_refused(branch, product, sequence, field):
    with pytest.raises(AccountNumberRange) as refused:
        compose(branch, product, sequence, Scheme(3, 2, 7))
    assert refused.value.field == field


@pytest.mark.parametrize("number", ["", "0011000000428", "001100000042", "00110000004x6", "٠011000000426"])
def test_wrong_number_is_refused(number):
    assert not verify(number, Scheme(3, 2, 7))
    with pytest.raises(InvalidAccountNumber):
        parse(number, Scheme(3, 2, 7))


@pytest.mark.parametrize("wrong", [{"branch_digits": 0}, {"sequence_digits": 11}, {"check": "mod12"}])
def test_impossible_scheme_is_refused(wrong):
    with pytest.raises(InvalidScheme):
        Scheme(**wrong)
