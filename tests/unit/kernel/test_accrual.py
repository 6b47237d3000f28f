"""Accrual: exact, additive over days, independent of when it is asked, bounded by its bands."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.accrual import (
    ACCRUAL_DENOMINATOR,
    Band,
    InvalidBands,
    InvalidBase,
    Method,
    NoRateInForce,
    UnorderedHistory,
    accrue,
    average_balance,
    daily,
    daily_rows,
    flat,
    runs,
    to_decimal,
    to_money,
    units_of,
)
from chalicelib.kernel.money import Money
from chalicelib.kernel.rounding import DOWN

START = date(2026, 1, 1)
bases = st.sampled_from([360, 364, 365, 366])
balances = st.integers(-(10**9), 10**12)


@st.composite
def bands(draw, ascending=False):
    starts = sorted(draw(st.sets(st.integers(1, 10**9), max_size=5)))
    edges = [0, *starts]
    rates = draw(st.lists(st.integers(0, 40_000_000), min_size=len(edges), max_size=len(edges)))
    if ascending:
        rates.sort()
    return tuple(
        Band(start, end, rate) for start, end, rate in zip(edges, [*starts, None], rates, strict=True)
    )


@st.composite
def histories(draw):
    """Balances and flat rates by date, the first of each no later than START."""
    offsets = st.lists(st.integers(0, 60), max_size=6)
    history = [(START + timedelta(days=n), draw(balances)) for n in [-3, *sorted(draw(offsets))]]
    rates = [
        (START + timedelta(days=n), daily("flat", flat(draw(st.integers(0, 10**7))), 365))
        for n in [-9, *sorted(draw(offsets))]
    ]
    return history, rates


def by_the_formula(method: str, steps: tuple[Band, ...], base: int, balance: int) -> Fraction:
    """The formula as the specification writes it, in fractions of minor units."""
    if balance <= 0:
        return Fraction(0)
    earned = Fraction(0)
    for band in steps:
        upper = max(balance, band.from_minor) if band.to_minor is None else band.to_minor
        within = band.from_minor <= balance and (band.to_minor is None or balance < band.to_minor)
        rate = Fraction(band.rate_micro, 100 * 10**6 * base)
        if method == "banded":
            earned += min(max(balance - band.from_minor, 0), upper - band.from_minor) * rate
        elif method == "flat" or within:
            earned += balance * rate
    return earned


def test_unit_divides_every_base_exactly():
    assert all(ACCRUAL_DENOMINATOR % (100 * 10**6 * base) == 0 for base in (360, 364, 365, 366))


@given(bands(), bases, balances, st.sampled_from(["tiered", "banded"]))
def test_compiled_rate_equals_the_formula_exactly(steps, base, balance, method):
    units = daily(method, steps, base)(balance)
    assert Fraction(units, ACCRUAL_DENOMINATOR) == by_the_formula(method, steps, base, balance)


@given(st.integers(0, 40_000_000), bases, balances)
def test_flat_rate_is_the_same_whatever_the_balance_and_method(rate, base, balance):
    units = {method: daily(method, flat(rate), base)(balance) for method in Method}
    assert len(set(units.values())) == 1
    assert Fraction(units[Method.FLAT], ACCRUAL_DENOMINATOR) == by_the_formula(
        "flat", flat(rate), base, balance
    )


@given(bands(ascending=True), bases, balances)
def test_banded_never_earns_more_than_tiered_when_rates_rise(steps, base, balance):
    banded, tiered = (daily(method, steps, base)(balance) for method in ("banded", "tiered"))
    lowest = daily("flat", flat(steps[0].rate_micro), base)(balance)
    assert lowest <= banded <= tiered


@given(bands(), bases, balances, st.sampled_from(["tiered", "banded"]))
def test_bands_earn_between_nothing_and_their_highest_rate(steps, base, balance, method):
    highest = daily("flat", flat(max(band.rate_micro for band in steps)), base)(balance)
    earned = daily(method, steps, base)(balance)
    assert 0 <= earned <= highest
    if steps[0].from_minor == 0 and steps[-1].to_minor is None:
        assert earned >= daily("flat", flat(min(band.rate_micro for band in steps)), base)(balance)


@given(bands(), bases, st.integers(0, 10**12), st.integers(0, 10**6))
def test_banded_interest_never_falls_when_the_balance_rises(steps, base, balance, more):
    price = daily("banded", steps, base)
    assert price(balance) <= price(balance + more)


@pytest.mark.parametrize("method", ["flat", "tiered", "banded"])
def test_overdrawn_or_empty_balance_earns_nothing(method):
    price = daily(method, flat(5_000_000), 365)
    assert [price(balance) for balance in (0, -1, -(10**12))] == [0, 0, 0]


def test_balance_above_a_closed_last_band_earns_only_its_slices():
    steps = (Band(1000, 2000, 1_000_000),)
    banded, tiered = daily("banded", steps, 365), daily("tiered", steps, 365)
    assert banded(999) == tiered(999) == 0
    assert banded(1999) == 999 * 10**6 * (ACCRUAL_DENOMINATOR // (10**8 * 365))
    assert banded(5000) == banded(2000) == 1000 * 10**6 * (ACCRUAL_DENOMINATOR // (10**8 * 365))
    assert tiered(1999) == 1999 * 10**6 * (ACCRUAL_DENOMINATOR // (10**8 * 365))
    assert tiered(2000) == 0


@given(histories(), st.integers(0, 70), st.integers(0, 70))
def test_accrual_is_additive_over_days(history_and_rates, first, second):
    history, rates = history_and_rates
    middle = START + timedelta(days=first)
    end = middle + timedelta(days=second)
    whole = accrue(history, rates, START, end)
    assert whole == accrue(history, rates, START, middle) + accrue(
        history, rates, middle + timedelta(days=1), end
    )


@given(histories(), st.integers(0, 70))
def test_accrual_equals_the_sum_of_its_days(history_and_rates, length):
    history, rates = history_and_rates
    end = START + timedelta(days=length)
    rows = list(daily_rows(history, rates, START, end))
    assert [row[0] for row in rows] == [START + timedelta(days=n) for n in range(length + 1)]
    assert accrue(history, rates, START, end) == sum(row[2] for row in rows) == rows[-1][3]
    assert accrue(history, rates, START, end) == sum(run.units for run in runs(history, rates, START, end))


@given(histories(), st.integers(0, 70), balances)
def test_what_happens_later_does_not_change_the_past(history_and_rates, length, balance):
    history, rates = history_and_rates
    end = START + timedelta(days=length)
    later = [*[step for step in history if step[0] <= end], (end + timedelta(days=1), balance)]
    assert accrue(later, rates, START, end) == accrue(history, rates, START, end)


def test_rate_and_balance_change_on_their_own_day():
    price4, price5 = daily("flat", flat(4_000_000), 365), daily("flat", flat(5_000_000), 365)
    rates = [(START, price4), (date(2026, 1, 10), price5)]
    history = [(START, 100_000), (date(2026, 1, 12), 50_000)]
    found = list(runs(history, rates, date(2026, 1, 9), date(2026, 1, 12)))
    assert [(run.first_day.day, run.days, run.balance_minor, run.units) for run in found] == [
        (9, 1, 100_000, price4(100_000)),
        (10, 2, 100_000, 2 * price5(100_000)),
        (12, 1, 50_000, price5(50_000)),
    ]


def test_last_of_several_balances_of_a_day_counts():
    price = daily("flat", flat(1_000_000), 365)
    history = [(START, 100), (START, 300)]
    assert accrue(history, [(START, price)], START, START) == price(300)
    before = START - timedelta(days=1)
    assert accrue(history, [(before, price)], before, START) == price(300)


def test_account_earns_nothing_before_it_has_a_balance_and_nothing_in_an_empty_period():
    price = daily("flat", flat(1_000_000), 365)
    history = [(START, 100_000)]
    rates = [(date(2020, 1, 1), price)]
    assert accrue(history, rates, START - timedelta(days=5), START) == price(100_000)
    assert accrue([], rates, START, START) == 0
    assert accrue(history, rates, START, START - timedelta(days=1)) == 0
    assert accrue(history, [], START, START - timedelta(days=1)) == 0


def test_day_without_a_rate_is_refused():
    with pytest.raises(NoRateInForce):
        accrue([(START, 1)], [(START, daily("flat", flat(1), 365))], START - timedelta(days=1), START)


def test_history_out_of_order_is_our_own_mistake():
    price = daily("flat", flat(1), 365)
    with pytest.raises(UnorderedHistory):
        accrue([(START, 1), (START - timedelta(days=1), 2)], [(START, price)], START, START)


@given(st.integers(-(10**30), 10**30), st.sampled_from(["USD", "COP", "BHD"]))
def test_what_rounding_leaves_is_carried_and_nothing_is_lost(units, code):
    paid = to_money(units, code)
    carried = units - units_of(paid)
    assert 2 * abs(carried) <= ACCRUAL_DENOMINATOR
    assert units_of(paid) + carried == units
    assert 0 <= abs(units) - abs(units_of(to_money(units, code, DOWN))) < ACCRUAL_DENOMINATOR


def test_units_are_shown_with_the_decimals_asked():
    units = daily("flat", flat(3_000_000), 365)(100_000)
    assert to_decimal(units, "USD") == Decimal("0.082192")
    assert to_decimal(units, "USD", 2) == Decimal("0.08")
    assert str(to_decimal(units_of(Money(5, "COP")), "COP", 0)) == "5"


def test_average_balance_of_an_empty_period_is_zero():
    assert average_balance([(START, 100)], START, START - timedelta(days=1)) == 0
    assert average_balance([(START, 100)], START - timedelta(days=1), START) == 50


@pytest.mark.parametrize(
    ("method", "steps", "field"),
    [
        ("flat", (), "bands"),
        ("flat", (Band(0, 1, 1), Band(1, None, 1)), "bands"),
        ("banded", (Band(0, 10, 1), Band(11, None, 1)), "bands.1.from"),
        ("banded", (Band(0, 10, 1), Band(9, None, 1)), "bands.1.from"),
        ("banded", (Band(0, None, 1), Band(9, None, 1)), "bands.1.from"),
        ("tiered", (Band(0, 0, 1),), "bands.0.to"),
        ("tiered", (Band(-1, None, 1),), "bands.0.to"),
    ],
)
def test_bands_that_do_not_follow_one_another_are_refused(method, steps, field):
    with pytest.raises(InvalidBands) as refused:
        daily(method, steps, 365)
    assert refused.value.field == field


@pytest.mark.parametrize("base", [0, 361, 365.25, None])
def test_unknown_base_is_refused(base):
    with pytest.raises(InvalidBase):
        daily("flat", flat(1), base)
