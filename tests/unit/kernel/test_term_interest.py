"""Interest of money placed for a term: laws of accrual and bounds (spec 05 formulas 1, 2, 7, 10 to 14)."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.day_count import Convention, PeriodReversed, UnknownDayCount
from chalicelib.kernel.money import InvalidWeights, Money
from chalicelib.kernel.rate import RateOutOfRange
from chalicelib.kernel.term_interest import (
    Compounding,
    InvalidIndex,
    NoFixedBase,
    TermRate,
    accrued_by_fraction,
    compound_daily,
    compound_effective,
    days_a_year,
    discount_effective,
    fixed_base,
    index_between,
    indexed,
    reinvested_in_full,
    simple,
    split_at_month_end,
    taxable_after_alienation,
)

FIXED = [each for each in Convention if not each.value.startswith("actual/actual")]
rates = st.decimals(0, 60, places=6)
principals = st.integers(1, 10**12)
dates = st.dates(date(2000, 1, 1), date(2090, 12, 31))
spans = st.integers(0, 800)
term_rates = st.builds(TermRate, rates, st.sampled_from(FIXED), st.sampled_from(list(Compounding)))


@given(term_rates, principals, dates, spans, spans, spans)
def test_accrual_is_additive_over_days(rate, principal, opened, first, second, third):
    cuts = [opened + timedelta(days=days) for days in (first, first + second, first + second + third)]
    parts = rate.accrued(principal, opened, cuts[0], cuts[1]) + rate.accrued(
        principal, opened, cuts[1], cuts[2]
    )
    assert parts == rate.accrued(principal, opened, cuts[0], cuts[2])


@given(term_rates, principals, dates, st.integers(0, 60), st.integers(0, 60))
def test_accrual_does_not_depend_on_when_it_is_asked(rate, principal, opened, days, later):
    asked = [opened + timedelta(days=day) for day in range(days + 1)]
    daily = sum(rate.accrued(principal, opened, one, other) for one, other in itertools.pairwise(asked))
    end = asked[-1] + timedelta(days=later)
    assert daily + rate.accrued(principal, opened, asked[-1], end) == rate.interest(principal, opened, end)


@given(st.sampled_from(list(Convention)), rates, principals, dates, spans)
def test_simple_interest_is_proportional_to_the_principal(convention, percent, principal, opened, days):
    rate, end = TermRate(percent, convention), opened + timedelta(days=days)
    assert rate.interest(principal, opened, end) == principal * rate.interest(1, opened, end)
    assert rate.interest(principal, opened, end) >= 0


@given(rates, principals, st.integers(2, 3660), st.sampled_from([360, 364, 365]))
def test_compounding_earns_at_least_simple_interest(percent, principal, days, base):
    assert compound_daily(principal, percent, days, base) >= simple(principal, percent, (days, base))


@given(rates, principals, st.integers(1, 3660))
def test_effective_interest_in_advance_grows_to_the_same_in_arrears(percent, principal, days):
    fraction = (days, 365)
    advance = discount_effective(principal, percent, fraction)
    growth = 1 + compound_effective(1, percent, fraction)
    assert abs((principal - advance) * growth - principal) < Fraction(1, 10**20)


@given(rates, principals, st.integers(1, 90))
def test_reinvested_interest_earns_from_the_first_day(percent, principal, days):
    fraction = (days, 360)
    capital = principal + reinvested_in_full(principal, percent, fraction)
    assert capital - principal == simple(1, percent, fraction) * capital


@given(principals, st.decimals(1, 1000, places=4), st.decimals(1, 1000, places=4), st.integers(0, 365))
def test_index_runs_from_one_quotation_to_the_other(principal, first, last, elapsed):
    between = index_between(first, last, elapsed, 365)
    low, high = sorted((Fraction(first), Fraction(last)))
    assert abs(Fraction(between) - min(max(Fraction(between), low), high)) <= high / 10**40
    whole = indexed(principal, first, between) + principal
    assert abs(whole * Fraction(last) / Fraction(between) - principal * Fraction(last) / Fraction(first)) < 1


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**9), min_size=1, max_size=12))
def test_fractions_share_what_has_accrued_to_the_cent(accrued, parts):
    shares = accrued_by_fraction(Money(accrued, "USD"), [Money(part, "USD") for part in parts])
    assert sum(share.minor for share in shares) == accrued


@given(principals, rates, dates, st.integers(0, 12))
def test_month_end_split_loses_nothing_and_books_days_of_one_month(principal, percent, first, days):
    rate, following = TermRate(percent, Convention.ACTUAL_360), first + timedelta(days=days)

    def interest(start, end):
        assert start <= end
        return rate.interest(principal, start, end)

    split = split_at_month_end(interest, first, following)
    assert split.booked + split.held == interest(first, following)
    last_covered = following - timedelta(days=1)
    if (last_covered.year, last_covered.month) <= (first.year, first.month):
        assert split.held == 0


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2024, 2, 28), date(2024, 3, 1), 2),
        (date(2023, 2, 28), date(2023, 3, 1), 1),
        (date(2023, 12, 31), date(2024, 1, 1), 1),
        (date(2024, 1, 31), date(2024, 2, 29), 29),
        (date(2000, 2, 29), date(2001, 2, 28), 365),
    ],
)
def test_actual_days_over_leap_days_month_ends_and_year_ends(start, end, days):
    rate = TermRate(Decimal(36), Convention.ACTUAL_360)
    assert rate.interest(1000, start, end) == days


def test_interest_of_no_days_is_nothing():
    day = date(2026, 6, 1)
    for compounding in Compounding:
        assert TermRate(Decimal(8), Convention.ACTUAL_365, compounding).interest(10**6, day, day) == 0


def test_daily_compounding_needs_a_year_of_fixed_days():
    with pytest.raises(NoFixedBase):
        TermRate(Decimal(8), Convention.ACTUAL_ACTUAL_ISDA, Compounding.DAILY)
    assert fixed_base("actual/364") == 364
    assert days_a_year("actual/actual_isda") == 365


def test_absurd_input_is_refused():
    day = date(2026, 6, 1)
    with pytest.raises(UnknownDayCount):
        TermRate(Decimal(8), "actual/361")  # type: ignore[arg-type]
    with pytest.raises(PeriodReversed):
        TermRate(Decimal(8), Convention.ACTUAL_360).interest(1, day, day - timedelta(days=1))
    with pytest.raises(RateOutOfRange):
        compound_daily(1, Decimal(-36_000), 3, 360)
    with pytest.raises(RateOutOfRange):
        compound_effective(1, Decimal(-100), (1, 2))
    with pytest.raises(RateOutOfRange):
        reinvested_in_full(1, Decimal(400), (90, 360))
    with pytest.raises(InvalidIndex):
        index_between(Decimal(1), Decimal(2), 31, 30)
    with pytest.raises(InvalidIndex):
        indexed(1, Decimal(0), Decimal(1))
    with pytest.raises(InvalidWeights):
        accrued_by_fraction(Money(1, "USD"), [])
    with pytest.raises(PeriodReversed):
        taxable_after_alienation(1, 91, 90)
    with pytest.raises(PeriodReversed):
        split_at_month_end(lambda start, end: Fraction(0), day, day - timedelta(days=1))
