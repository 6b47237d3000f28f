"""The payments of a term deposit: sums, dates, tax (TDP-53, TDP-57, TDP-58, TDP-61, TDP-66, TDP-80)."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.calendar import Calendar, Shift
from chalicelib.kernel.day_count import Convention
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import RateOutOfRange, Timing
from chalicelib.kernel.term_interest import Compounding, TermRate
from chalicelib.kernel.term_schedule import (
    Bonus,
    InvalidTerm,
    PeriodUnit,
    TermDeposit,
    maturity_of,
    months_later,
    schedule,
    totals,
)
from chalicelib.kernel.withholding import Exemption, Withholding

OPENED = date(2026, 3, 2)
WEEKDAYS = Calendar()


def deposit(days: int = 180, **terms) -> TermDeposit:
    made: dict[str, Any] = {
        "principal": Money.of("10000", "USD"),
        "opened_on": OPENED,
        "matures_on": OPENED + timedelta(days=days),
        "rate": TermRate(Decimal(8), Convention.ACTUAL_360),
    }
    return TermDeposit(**(made | terms))


deposits = st.builds(
    TermDeposit,
    principal=st.builds(Money, st.integers(1, 10**11), st.sampled_from(["USD", "COP", "BHD"])),
    opened_on=st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    matures_on=st.just(date(2062, 1, 31)),
    rate=st.builds(
        TermRate,
        st.decimals(0, 40, places=4),
        st.sampled_from([each for each in Convention if "actual/actual" not in each]),
        st.sampled_from(list(Compounding)),
    ),
    period_months=st.sampled_from([None, 1, 3, 6, 12]),
    period_unit=st.sampled_from(list(PeriodUnit)),
    withholding=st.builds(Withholding, st.decimals(0, 100, places=2)),
    calendar=st.just(WEEKDAYS),
    shift=st.sampled_from(list(Shift)),
    accrue_on_roll=st.booleans(),
).flatmap(
    lambda found: st.integers(1, 1100).map(
        lambda days: replace(found, matures_on=found.opened_on + timedelta(days=days))
    )
)


@given(deposits)
def test_rows_follow_one_another_and_give_the_capital_back_once(found):
    rows = schedule(found)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert all(one.date <= other.date and one.start < other.start for one, other in itertools.pairwise(rows))
    assert rows[0].start == found.opened_on
    assert [row.principal_paid.minor for row in rows[:-1]] == [0] * (len(rows) - 1)
    assert rows[-1].principal_paid == found.principal


@given(deposits)
def test_paid_interest_is_that_of_the_term_rounded_once(found):
    if found.rate.compounding is not Compounding.SIMPLE or found.rate.convention is Convention.THIRTY_360_US:
        return
    if found.rate.convention.startswith("30/360"):
        return
    rows = schedule(found)
    end = rows[-1].start + timedelta(days=rows[-1].days)
    exact = found.rate.interest(found.principal.minor, found.opened_on, end)
    assert abs(sum(row.interest.minor for row in rows) - exact) <= Fraction(1, 2)


@given(deposits)
def test_totals_are_the_sums_of_the_rows(found):
    rows = schedule(found)
    whole = totals(rows)
    assert whole.net == whole.interest - whole.withheld
    assert whole.received == found.principal + whole.net
    assert whole.maturity_amount == rows[-1].paid
    assert all(0 <= row.withheld.minor <= max(row.interest.minor, 0) for row in rows)


@given(deposits)
def test_capitalising_pays_nothing_until_maturity_and_never_less(found):
    grown = schedule(replace(found, capitalised=True))
    assert [row.paid.minor for row in grown[:-1]] == [0] * (len(grown) - 1)
    assert grown[-1].capital == grown[-1].paid
    capitals = [found.principal, *(row.capital for row in grown)]
    assert all(one <= other for one, other in itertools.pairwise(capitals))
    paid_out = totals(schedule(found))
    rounding = len(grown)
    assert totals(grown).net.minor >= paid_out.net.minor - rounding


@given(deposits)
def test_interest_in_advance_comes_at_the_start_and_the_capital_at_the_end(found):
    rows = schedule(replace(found, timing=Timing.ADVANCE))
    assert rows[-1].paid == found.principal
    assert rows[0].date == found.opened_on
    whole = totals(rows)
    assert whole.received == found.principal + whole.net


@pytest.mark.parametrize(
    ("shift", "accrues", "paid", "days"),
    [
        ("next", True, date(2026, 8, 31), 182),
        ("next", False, date(2026, 8, 31), 180),
        ("previous", True, date(2026, 8, 28), 179),
        ("none", True, date(2026, 8, 29), 180),
        ("same_month", True, date(2026, 8, 31), 182),
    ],
)
def test_maturity_on_a_saturday(shift, accrues, paid, days):
    found = deposit(180, calendar=WEEKDAYS, shift=Shift(shift), accrue_on_roll=accrues)
    rows = schedule(found)
    assert found.paid_on == paid
    assert (rows[-1].date, rows[-1].days, found.term_days) == (paid, days, 180)


def test_last_period_that_moves_onto_the_maturity_is_one_row_with_it():
    """Saturday 30 May and Sunday 31 May are both paid on Monday 1 June."""
    found = deposit(
        opened_on=date(2026, 4, 30), matures_on=date(2026, 5, 31), period_months=1, calendar=WEEKDAYS
    )
    assert [(row.date, row.days) for row in schedule(found)] == [(date(2026, 6, 1), 32)]
    apart = schedule(replace(found, accrue_on_roll=False))
    assert [(row.date, row.days) for row in apart] == [(date(2026, 6, 1), 30), (date(2026, 6, 1), 1)]


def test_weekend_deposit_is_not_paid_before_it_is_opened():
    found = deposit(
        1, opened_on=date(2026, 5, 30), matures_on=date(2026, 5, 31), calendar=WEEKDAYS, shift=Shift.PREVIOUS
    )
    assert [(row.date, row.days) for row in schedule(found)] == [(date(2026, 5, 31), 1)]


def test_month_ends_are_kept_from_the_opening_day():
    found = deposit(
        opened_on=date(2024, 1, 31), matures_on=date(2024, 6, 30), period_months=1, shift=Shift.NONE
    )
    assert [row.date for row in schedule(found)] == [
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
        date(2024, 5, 31),
        date(2024, 6, 30),
    ]


def test_last_period_is_shorter_when_the_term_is_not_a_multiple():
    rows = schedule(deposit(100, period_months=1, period_unit="thirty_days", shift=Shift.NONE))
    assert [row.days for row in rows] == [30, 30, 30, 10]
    assert sum(row.interest.minor for row in rows) == 222_22


def test_bonus_rate_holds_for_its_days_and_then_the_agreed_one():
    found = deposit(
        180, bonus=Bonus(Decimal(10), 30), period_months=1, period_unit="thirty_days", shift=Shift.NONE
    )
    rows = schedule(found)
    assert [str(row.rate_percent) for row in rows] == ["10", "8", "8", "8", "8", "8"]
    assert totals(rows).interest.text == "416.67"


@pytest.mark.parametrize(
    ("rule", "interest", "exemption"),
    [
        (Withholding(Decimal(2)), "400.00", None),
        (Withholding(Decimal(2), holder_exempt=True), "400.00", Exemption.HOLDER),
        (Withholding(Decimal(2), exempt_from_days=180), "400.00", Exemption.TERM),
        (Withholding(Decimal(2), exempt_from_days=181), "400.00", None),
        (Withholding(Decimal(2), daily_threshold_minor=223), "400.00", Exemption.SMALL_INTEREST),
        (Withholding(Decimal(2), daily_threshold_minor=222), "400.00", None),
    ],
)
def test_exemptions(rule, interest, exemption):
    amount = Money.of(interest, "USD")
    assert rule.exemption(amount, 180, 180) is exemption
    assert rule.on(amount, 180, 180).text == ("8.00" if exemption is None else "0.00")


@pytest.mark.parametrize("days", [0, -1, 36_601])
def test_term_without_days_or_beyond_a_century_is_refused(days):
    with pytest.raises(InvalidTerm):
        deposit(days)
    with pytest.raises(InvalidTerm):
        maturity_of(OPENED, days)


def test_term_beyond_the_calendar_is_refused():
    with pytest.raises(InvalidTerm):
        maturity_of(date(9999, 12, 1), 60)
    with pytest.raises(InvalidTerm):
        maturity_of(date(9999, 12, 1), 60, "thirty_days")
    assert months_later(date(2023, 11, 30), 3) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("reinvestment", "capitals"),
    [
        ("full", ["10204.08", "10412.33", "10624.82", "10841.66"]),
        ("one_pass", ["10200.00", "10404.00", "10612.08", "10824.32"]),
    ],
)
def test_interest_in_advance_is_reinvested(reinvestment, capitals):
    found = deposit(
        360,
        period_months=3,
        period_unit="thirty_days",
        timing=Timing.ADVANCE,
        capitalised=True,
        reinvestment=reinvestment,
        shift=Shift.NONE,
    )
    rows = schedule(found)
    assert [row.capital.text for row in rows] == [*capitals, capitals[-1]]
    assert [row.paid.text for row in rows] == ["0.00"] * 4 + [capitals[-1]]


def test_period_in_advance_that_earns_its_capital_is_refused():
    dear = TermRate(Decimal(400), Convention.ACTUAL_360)
    with pytest.raises(RateOutOfRange):
        schedule(deposit(90, rate=dear, timing=Timing.ADVANCE, capitalised=True))
