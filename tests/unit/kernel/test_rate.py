"""Rates and their equivalents (spec 05 formulas 4 and 5)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.rate import InvalidRate, Rate, RateOutOfRange, micro_of

percents = st.decimals(-20, 300, places=6)
periods = st.sampled_from([1, 2, 3, 4, 6, 12, 24, 52, 365, Fraction(360, 95)])
timings = st.sampled_from(["arrears", "advance"])


@pytest.mark.parametrize(
    ("percent", "periods_per_year", "arrears", "advance"),
    [("8", 4, "8.2432", "8.4166"), ("8", 12, "8.3000", "8.3577"), ("8", 2, "8.1600", "8.5069")],
)
def test_nominal_to_effective(percent, periods_per_year, arrears, advance):
    rates = [
        Rate.nominal(percent, periods_per_year, timing).effective_annual()
        for timing in ("arrears", "advance")
    ]
    assert [str(rate.rounded(4).percent) for rate in rates] == [arrears, advance]


def test_effective_to_nominal():
    effective = Rate.effective("8.243216")
    assert str(effective.equivalent("nominal", 4).rounded(4).percent) == "8.0000"
    assert str(effective.equivalent("nominal", 4, "advance").rounded(4).percent) == "7.8431"


def test_open_period_of_95_days():
    assert str(Rate.nominal("8", Fraction(360, 95)).effective_annual().rounded(4).percent) == "8.2385"


@given(percents, periods, timings, periods, timings)
def test_equivalent_rates_round_trip(percent, from_periods, from_timing, to_periods, to_timing):
    try:
        rate = Rate.nominal(percent, from_periods, from_timing)
        there = rate.equivalent("nominal", to_periods, to_timing)
        back = there.equivalent("effective").equivalent("nominal", from_periods, from_timing)
    except RateOutOfRange:
        return
    assert abs(back.percent - rate.percent) <= Decimal("1e-12") * max(Decimal(1), abs(rate.percent))


@given(percents.filter(lambda percent: percent > 0), periods)
def test_advance_costs_more_than_arrears_and_compounding_more_than_none(percent, periods_per_year):
    arrears = Rate.nominal(percent, periods_per_year).effective_annual().percent
    if periods_per_year > 1:
        assert arrears > percent
    if percent < 100 * periods_per_year:
        assert Rate.nominal(percent, periods_per_year, "advance").effective_annual().percent > arrears


def test_rate_of_a_period():
    assert Rate.nominal("12", 12).per_period == Decimal("0.01")
    assert Rate.nominal("8", Fraction(360, 90)).per_period == Decimal("0.02")


@given(percents)
def test_written_rate_is_an_exact_integer_of_micro_percent(percent):
    assert Decimal(micro_of(percent)).scaleb(-6) == percent
    assert Rate.effective(percent).micro == micro_of(percent)


@pytest.mark.parametrize("percent", ["1.1234567", "", "abc", "NaN", 1.5, True, None, "1e-7", "1E+9999"])
def test_rate_that_is_not_a_six_decimal_percent_is_refused(percent):
    with pytest.raises(InvalidRate):
        Rate.effective(percent)


@pytest.mark.parametrize(
    ("percent", "periods_per_year", "timing"),
    [("-1200", 12, "arrears"), ("1200", 12, "advance"), ("-101", 1, "arrears")],
)
def test_rate_at_which_money_vanishes_is_refused(percent, periods_per_year, timing):
    with pytest.raises(RateOutOfRange):
        Rate.nominal(percent, periods_per_year, timing).effective_annual()


@pytest.mark.parametrize("periods_per_year", [0, -1, 12.0])
def test_periods_must_be_positive_and_exact(periods_per_year):
    with pytest.raises(InvalidRate):
        Rate.nominal("1", periods_per_year)
    with pytest.raises(InvalidRate):
        Rate.effective("1").equivalent("nominal", periods_per_year)


def test_same_convention_gives_the_rate_itself():
    rate = Rate.nominal("7.5", 12)
    assert rate.equivalent("nominal", 12) is rate
    assert Rate.effective("7.5").equivalent("effective") == Rate.effective("7.5")
