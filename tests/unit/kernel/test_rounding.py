"""Rounding policies: mode and unit, exact at any size and symmetric around zero."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.rounding import InvalidRoundingUnit, Rounding, RoundingMode, round_ratio

CENT = Decimal("0.01")


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "down", "up"),
    [
        ("2.345", "2.35", "2.34", "2.34", "2.35"),
        ("2.355", "2.36", "2.36", "2.35", "2.36"),
        ("-2.345", "-2.35", "-2.34", "-2.34", "-2.35"),
        ("2.3451", "2.35", "2.35", "2.34", "2.35"),
        ("2.3401", "2.34", "2.34", "2.34", "2.35"),
        ("2.34", "2.34", "2.34", "2.34", "2.34"),
        ("0", "0.00", "0.00", "0.00", "0.00"),
    ],
)
def test_modes_decide_between_two_cents(value, half_up, half_even, down, up):
    rounded = [str(Rounding(mode, CENT).apply(Decimal(value))) for mode in RoundingMode]
    assert rounded == [half_up, half_even, down, up]


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [("0.05", "1.02", "1.00"), ("0.05", "1.03", "1.05"), ("100", "1249", "1200"), ("1E+2", "1250", "1300")],
)
def test_unit_may_be_coarser_than_a_cent(unit, value, expected):
    assert Rounding(unit=Decimal(unit)).apply(Decimal(value)) == Decimal(expected)


def test_amounts_of_any_size_round_without_loss():
    huge = Decimal("123456789012345678901234567890123456.785")
    assert str(Rounding(unit=CENT).apply(huge)) == "123456789012345678901234567890123456.79"


@given(st.fractions(max_denominator=10**6), st.sampled_from(RoundingMode))
def test_rounded_value_is_within_one_unit_and_symmetric(value, mode):
    rounded = round_ratio(value.numerator, value.denominator, mode)
    assert abs(rounded - value) < 1
    if mode in (RoundingMode.HALF_UP, RoundingMode.HALF_EVEN):
        assert abs(rounded - value) <= Fraction(1, 2)
    assert round_ratio(-value.numerator, value.denominator, mode) == -rounded
    assert round_ratio(rounded, 1, mode) == rounded


def test_without_a_unit_money_rounds_to_its_minor_unit():
    assert Rounding().to_minor(2345, 10, 2) == 235
    assert Rounding(unit=Decimal("0.05")).to_minor(1025, 10, 2) == 105
    assert Rounding(unit=Decimal(1)).to_minor(150, 1, 2) == 200


def test_unit_that_the_currency_cannot_pay_is_refused():
    with pytest.raises(InvalidRoundingUnit):
        Rounding(unit=Decimal("0.05")).to_minor(1, 1, 0)
    with pytest.raises(InvalidRoundingUnit):
        Rounding(unit=Decimal("0.005")).to_minor(1, 1, 2)


@pytest.mark.parametrize("unit", ["0", "-1", "NaN"])
def test_unit_must_be_positive(unit):
    with pytest.raises(InvalidRoundingUnit):
        Rounding(unit=Decimal(unit))
