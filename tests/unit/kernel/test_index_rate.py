"""Rates that follow an index ([F-06], [F-09], LON-24 to LON-31)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.accrual import NoRateInForce, UnorderedHistory
from chalicelib.kernel.index_rate import (
    Expression,
    InvalidRateLimits,
    MixedExpressions,
    RateHistory,
    RateLimits,
    Reason,
    with_spread,
)
from chalicelib.kernel.rate import Kind, Rate, RateOutOfRange, Timing

MONTHLY = Expression(Kind.NOMINAL, 12, Timing.ARREARS)
EFFECTIVE = Expression(Kind.EFFECTIVE, 1, Timing.ARREARS)
points = st.decimals(-5, 60, places=6)


def monthly(percent: str) -> Rate:
    return Rate.nominal(percent, 12)


def limits(floor=None, cap=None, smallest=None, largest=None) -> RateLimits:
    given_limits = (None if each is None else Decimal(each) for each in (floor, cap, smallest, largest))
    return RateLimits(*given_limits)


# -- the spread and the conversion ------------------------------------------------------------------------------


def test_index_in_advance_is_converted_to_the_periodicity_of_the_contract():
    index = Rate.nominal("24", 4, "advance")
    assert index.effective_annual().rounded(4).percent == Decimal("28.0821")
    assert with_spread(index, Decimal(0), "before_conversion", MONTHLY).rounded().percent == Decimal(
        "25.007163"
    )
    assert MONTHLY.of(index).rounded(4).per_period.quantize(Decimal("1e-8")) == Decimal("0.02083933")


@pytest.mark.parametrize(
    ("stage", "expected"), [("before_conversion", "28.2826"), ("at_effective", "27.3729")]
)
def test_spread_is_added_before_the_conversion_or_in_its_middle(stage, expected):
    index = Rate.nominal("24", 4, "advance")
    assert with_spread(index, Decimal(3), stage, MONTHLY).rounded(4).percent == Decimal(expected)


@pytest.mark.parametrize(("spread", "expected"), [("3.25", "13.25"), ("-0.50", "9.5")])
def test_two_contracts_over_one_index(spread, expected):
    found = with_spread(monthly("10"), Decimal(spread), "before_conversion", MONTHLY)
    assert found.percent == Decimal(expected)


def test_spread_compounded_with_the_effective():
    assert with_spread(Rate.effective("7"), Decimal(2), "compounded", EFFECTIVE).percent == Decimal("9.14")


@given(points, points.filter(lambda spread: spread >= 0))
def test_compounded_spread_earns_at_least_the_sum_where_both_are_positive(index, spread):
    if index < 0:
        return
    added = with_spread(Rate.effective(index), spread, "at_effective", EFFECTIVE)
    compounded = with_spread(Rate.effective(index), spread, "compounded", EFFECTIVE)
    assert compounded.percent >= added.percent


@given(points, st.sampled_from(["before_conversion", "at_effective", "compounded"]))
def test_no_spread_leaves_the_equivalent_whatever_the_stage(index, stage):
    rate = Rate.nominal(index, 4, "advance")
    found = with_spread(rate, Decimal(0), stage, MONTHLY)
    assert abs(found.percent - MONTHLY.of(rate).percent) <= Decimal("1e-12")


@pytest.mark.parametrize("stage", ["at_effective", "compounded"])
def test_spread_at_which_money_vanishes_is_refused(stage):
    with pytest.raises(RateOutOfRange):
        with_spread(Rate.effective("10"), Decimal(-110), stage, EFFECTIVE)
    with pytest.raises(RateOutOfRange):
        Rate.effective("-100").effective_annual()


def test_unknown_stage_is_refused():
    with pytest.raises(ValueError, match="spread"):
        with_spread(Rate.effective("10"), Decimal(1), "spread", EFFECTIVE)


# -- repricing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("candidate", "rules", "expected", "reasons"),
    [
        ("19.2", limits(cap="17.5", largest="2"), "17.5", (Reason.CHANGE_LIMITED, Reason.CAPPED)),
        ("16.1", limits(smallest="0.25"), "16", (Reason.CHANGE_TOO_SMALL,)),
        ("16.25", limits(smallest="0.25"), "16.25", ()),
        ("22", limits(cap="18"), "18", (Reason.CAPPED,)),
        ("10", limits(largest="2"), "14", (Reason.CHANGE_LIMITED,)),
        ("10", limits(floor="15", largest="2"), "15", (Reason.CHANGE_LIMITED, Reason.FLOORED)),
        ("16", limits(smallest="1", largest="2"), "16", ()),
        ("16.1", limits(cap="15", smallest="0.25"), "15", (Reason.CHANGE_TOO_SMALL, Reason.CAPPED)),
        ("25", limits(), "25", ()),
    ],
)
def test_repricing(candidate, rules, expected, reasons):
    found = rules.repriced(monthly("16"), monthly(candidate))
    assert (found.rate.percent, found.reasons) == (Decimal(expected), reasons)


def test_first_rate_is_only_floored_and_capped():
    assert limits(cap="18", largest="1").opening(monthly("22")).rate == monthly("18")


@given(points, points, points, points, st.decimals(0, 5, places=6))
def test_repriced_rate_stays_within_every_limit(old, candidate, one, other, largest):
    floor, cap = min(one, other), max(one, other)
    rules = RateLimits(floor, cap, None, largest)
    start = rules.opening(monthly(str(old))).rate
    found = rules.repriced(start, monthly(str(candidate))).rate
    assert floor <= found.percent <= cap
    assert abs(found.percent - start.percent) <= largest


def test_tighter_limits_of_plan_and_contract_win():
    plan, contract = limits("5", "20", "0.1", "3"), limits("6", "18", None, "4")
    assert plan.tightened(contract) == limits("6", "18", "0.1", "3")
    assert limits().tightened(limits()) == limits()


@pytest.mark.parametrize(
    "wrong",
    [("10", "9", None, None), (None, None, "-1", None), (None, None, "2", "1"), (None, None, None, "-1")],
)
def test_limits_that_contradict_each_other_are_refused(wrong):
    with pytest.raises(InvalidRateLimits):
        limits(*wrong)


def test_rates_are_compared_in_one_expression():
    with pytest.raises(MixedExpressions):
        limits().repriced(monthly("16"), Rate.nominal("16", 4))


# -- histories ----------------------------------------------------------------------------------------------------

HISTORY = RateHistory(((date(2026, 1, 1), monthly("8")), (date(2026, 2, 1), monthly("9"))))


@pytest.mark.parametrize(
    ("day", "percent"),
    [(date(2026, 1, 1), "8"), (date(2026, 1, 31), "8"), (date(2026, 2, 1), "9"), (date(2030, 1, 1), "9")],
)
def test_rate_in_force_is_the_latest_begun(day, percent):
    assert HISTORY.on(day).percent == Decimal(percent)


def test_no_rate_before_the_first():
    with pytest.raises(NoRateInForce):
        HISTORY.on(date(2025, 12, 31))


def test_history_out_of_order_is_our_own_mistake():
    with pytest.raises(UnorderedHistory):
        RateHistory((HISTORY.steps[1], HISTORY.steps[0]))
    with pytest.raises(UnorderedHistory):
        RateHistory((HISTORY.steps[0], HISTORY.steps[0]))


def test_period_is_cut_where_the_rate_changes():
    pieces = HISTORY.pieces(date(2026, 1, 20), date(2026, 2, 10))
    assert [(start, end, rate.percent) for start, end, rate in pieces] == [
        (date(2026, 1, 20), date(2026, 2, 1), Decimal(8)),
        (date(2026, 2, 1), date(2026, 2, 10), Decimal(9)),
    ]
    assert HISTORY.pieces(date(2026, 2, 1), date(2026, 2, 1)) == []
