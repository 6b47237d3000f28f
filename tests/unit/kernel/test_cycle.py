"""Cycles: recurring dates, alone and with calendars (ADM-23 to ADM-26)."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.calendar import Calendar, Shift
from chalicelib.kernel.cycle import Cycle, CycleUnit, InvalidCycle, UserCycle

WEEKDAYS = Calendar()
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
MONTHLY = [unit for unit in CycleUnit if unit.value in ("monthly", "quarterly", "half_yearly", "yearly")]

days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
shifts = st.sampled_from(Shift)
cycles = st.one_of(
    st.builds(Cycle, st.just(CycleUnit.DAILY), days, st.integers(1, 40), shift=shifts),
    st.builds(
        Cycle,
        st.sampled_from([CycleUnit.WEEKLY, CycleUnit.FORTNIGHTLY]),
        days,
        st.integers(1, 5),
        weekday=st.none() | st.integers(1, 7),
        shift=shifts,
    ),
    st.builds(Cycle, st.just(CycleUnit.FORTNIGHTLY), days, st.integers(1, 5), st.just("last"), shift=shifts),
    st.builds(
        Cycle,
        st.sampled_from(MONTHLY),
        days,
        st.integers(1, 5),
        st.none() | st.integers(1, 31) | st.sampled_from(["last", "last_business"]),
        shift=shifts,
    ),
    st.builds(UserCycle, st.lists(days, min_size=1, max_size=20).map(tuple), shift=shifts),
)
calendars = st.sampled_from(
    [
        Calendar(weekend=frozenset()),
        WEEKDAYS,
        Calendar(
            holidays=frozenset(date(2026, 4, 30) + timedelta(days=n) for n in range(5)),
            weekend=frozenset({7}),
        ),
    ]
)


def every(unit: str, anchor: date, *, shift: str = "none", **others: Any) -> Cycle:
    return Cycle(CycleUnit(unit), anchor, shift=Shift(shift), **others)


def of(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("cycle", "expected"),
    [
        (every("quarterly", date(2026, 1, 31)), of("2026-01-31", "2026-04-30", "2026-07-31", "2026-10-31")),
        (every("half_yearly", date(2026, 6, 30), day_of_month="last"), of("2026-06-30", "2026-12-31")),
        (every("yearly", date(2024, 2, 29)), of("2026-02-28")),
        (every("monthly", date(2026, 3, 15), interval=5), of("2026-03-15", "2026-08-15")),
        (every("daily", date(2026, 12, 1), interval=15), of("2026-12-01", "2026-12-16", "2026-12-31")),
        (
            every("fortnightly", date(2026, 11, 20), day_of_month="last"),
            of("2026-11-30", "2026-12-15", "2026-12-31"),
        ),
        (every("fortnightly", date(2026, 12, 4)), of("2026-12-04", "2026-12-18")),
        (
            every("quarterly", date(2026, 1, 1), day_of_month="last_business"),
            of("2026-01-30", "2026-04-30", "2026-07-31", "2026-10-30"),
        ),
        (
            every("monthly", date(2026, 10, 20), day_of_month=10),
            of("2026-11-10", "2026-12-10"),
        ),
        (UserCycle((date(2026, 9, 9), date(2026, 2, 2))), of("2026-02-02", "2026-09-09")),
    ],
)
def test_cycle_gives_its_dates_of_the_year(cycle, expected):
    assert cycle.dates(*YEAR, WEEKDAYS) == expected


def test_weekly_on_friday():
    cycle = every("weekly", date(2026, 5, 1), weekday=5)
    assert cycle.upcoming(date(2026, 4, 30), 3) == of("2026-05-01", "2026-05-08", "2026-05-15")
    assert every("weekly", date(2026, 5, 2), weekday=5).upcoming(date(2026, 5, 2), 1) == of("2026-05-08")


def test_monthly_on_day_31_falls_on_the_last_day_of_shorter_months():
    cycle = every("monthly", date(2026, 1, 1), day_of_month=31)
    assert cycle.dates(date(2026, 4, 1), date(2026, 6, 30)) == of("2026-04-30", "2026-05-31", "2026-06-30")


@pytest.mark.parametrize(
    ("shift", "moved"), [("previous", "2026-05-29"), ("next", "2026-06-01"), ("same_month", "2026-05-29")]
)
def test_date_that_is_not_processed_moves_by_the_shift(shift, moved):
    cycle = every("monthly", date(2026, 5, 31), day_of_month="last", shift=shift)
    assert cycle.dates(date(2026, 5, 1), date(2026, 6, 10), WEEKDAYS) == of(moved)


def test_unshifted_sunday_is_served_by_the_close_that_covers_it():
    cycle = every("monthly", date(2026, 5, 31), day_of_month="last")
    friday, sunday = date(2026, 5, 29), date(2026, 5, 31)
    assert cycle.due_in(friday, sunday, WEEKDAYS) == [sunday]


def test_close_is_told_the_nominal_end_of_the_period_it_serves():
    cycle = every("monthly", date(2026, 5, 31), day_of_month="last", shift="next")
    assert cycle.due_in(date(2026, 5, 29), date(2026, 5, 31), WEEKDAYS) == []
    assert cycle.due_in(date(2026, 6, 1), date(2026, 6, 1), WEEKDAYS) == [date(2026, 5, 31)]


def test_period_begins_after_the_previous_cycle_date():
    cycle = every("quarterly", date(2026, 1, 31), day_of_month="last")
    assert cycle.nominal_before(date(2026, 6, 15)) == date(2026, 4, 30)
    assert cycle.nominal_before(date(2026, 4, 30)) == date(2026, 1, 31)
    assert cycle.nominal_before(date(2026, 1, 31)) is None


@given(cycles, calendars, days, st.integers(0, 400))
def test_dates_lie_within_the_period_in_order_each_once(cycle, calendar, first, length):
    last = first + timedelta(days=length)
    dates = cycle.dates(first, last, calendar)
    assert dates == sorted(set(dates))
    assert all(first <= day <= last for day in dates)
    if cycle.shift is not Shift.NONE:
        assert all(map(calendar.is_business, dates))


@given(cycles, calendars, days, st.lists(st.integers(1, 40), min_size=1, max_size=10))
def test_consecutive_periods_serve_every_nominal_date_once(cycle, calendar, first, lengths):
    pieces, start = [], first
    for length in lengths:
        end = start + timedelta(days=length - 1)
        pieces += cycle.due_in(start, end, calendar)
        start = end + timedelta(days=1)
    assert pieces == cycle.due_in(first, start - timedelta(days=1), calendar)


@given(cycles, calendars, days)
def test_previous_nominal_date_is_the_one_just_before(cycle, calendar, day):
    before = cycle.nominal_before(day, calendar)
    if before is None:
        earliest = next(cycle.nominal_from(date(2019, 1, 1), calendar))
        assert earliest >= day
    else:
        assert before < day
        assert next(cycle.nominal_from(before, calendar)) == before
        following = next(cycle.nominal_from(before + timedelta(days=1), calendar), None)
        assert following is None or following >= day


@given(cycles, calendars, days, st.integers(0, 12))
def test_upcoming_dates_agree_with_those_of_the_period(cycle, calendar, after, count):
    upcoming = cycle.upcoming(after, count, calendar)
    assert len(upcoming) <= count
    assert all(after < a for a in upcoming)
    assert all(a < b for a, b in pairwise(upcoming))
    if upcoming:
        assert cycle.dates(after + timedelta(days=1), upcoming[-1], calendar) == upcoming


@given(cycles.filter(lambda cycle: isinstance(cycle, Cycle)), days)
def test_no_date_is_earlier_than_the_anchor(cycle, day):
    assert next(cycle.nominal_from(day)) >= max(day, cycle.anchor)


def test_empty_period_has_no_dates():
    assert every("daily", date(2026, 1, 1)).dates(date(2026, 1, 2), date(2026, 1, 1)) == []


@pytest.mark.parametrize("unit", ["daily", "weekly", "monthly", "yearly"])
def test_cycle_ends_with_the_calendar_of_the_world(unit):
    assert len(every(unit, date(2026, 1, 31), interval=1000).upcoming(date(9990, 1, 1), 9999)) < 9999


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"unit": "hourly"}, "unit"),
        ({"shift": "sideways"}, "unit"),
        ({"interval": 0}, "interval"),
        ({"interval": 1001}, "interval"),
        ({"weekday": 8, "unit": "weekly"}, "weekday"),
        ({"weekday": 5}, "weekday"),
        ({"day_of_month": 0}, "day_of_month"),
        ({"day_of_month": 32}, "day_of_month"),
        ({"day_of_month": "first"}, "day_of_month"),
        ({"day_of_month": 10, "unit": "weekly"}, "day_of_month"),
        ({"day_of_month": 15, "unit": "fortnightly"}, "day_of_month"),
    ],
)
def test_contradictory_cycle_is_refused(wrong, field):
    with pytest.raises(InvalidCycle) as refused:
        Cycle(**{"unit": "monthly", "anchor": date(2026, 1, 1), **wrong})
    assert refused.value.field == field


def test_user_cycle_needs_dates():
    with pytest.raises(InvalidCycle):
        UserCycle(())
