"""Calendars and business dates: which days are processed (ADM-15 to ADM-18, ADM-26, GEN-59)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.business_date import BusinessDate, NotBusinessDay
from chalicelib.kernel.calendar import EVERY_DAY, Calendar, InvalidCalendar, NoBusinessDay, Shift

LABOUR_DAY = date(2026, 5, 1)
WEEKDAYS = Calendar(holidays=frozenset({LABOUR_DAY}))
SEVEN_DAYS = Calendar(weekend=frozenset(), holidays=frozenset({LABOUR_DAY}))
MONDAY_TO_SATURDAY = Calendar(weekend=frozenset({7}))

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
calendars = st.builds(
    Calendar,
    weekend=st.frozensets(st.integers(1, 7), max_size=4),
    holidays=st.frozensets(st.dates(date(2024, 1, 1), date(2024, 3, 31)), max_size=20),
)


@pytest.mark.parametrize(
    ("calendar", "day", "following"),
    [
        (Calendar(), date(2026, 1, 2), date(2026, 1, 5)),
        (WEEKDAYS, date(2026, 4, 30), date(2026, 5, 4)),
        (SEVEN_DAYS, date(2026, 4, 30), date(2026, 5, 2)),
        (MONDAY_TO_SATURDAY, date(2026, 5, 1), date(2026, 5, 2)),
        (EVERY_DAY, date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_next_processing_day_skips_weekends_and_holidays(calendar, day, following):
    assert calendar.next(day) == following
    assert calendar.previous(following) == day


def test_2026_has_261_weekdays():
    assert len(Calendar().business_days(date(2026, 1, 1), date(2026, 12, 31))) == 261


@pytest.mark.parametrize(
    ("shift", "moved"),
    [
        ("none", date(2026, 5, 31)),
        ("previous", date(2026, 5, 29)),
        ("next", date(2026, 6, 1)),
        ("same_month", date(2026, 5, 29)),
    ],
)
def test_date_on_a_sunday_moves_by_the_rule(shift, moved):
    assert Calendar().adjust(date(2026, 5, 31), shift) == moved


def test_same_month_prefers_the_day_after():
    assert Calendar().adjust(date(2026, 5, 30), "same_month") == date(2026, 5, 29)
    assert Calendar().adjust(date(2026, 5, 16), "same_month") == date(2026, 5, 18)


@given(calendars, days, st.sampled_from(Shift))
def test_moved_date_is_a_business_day_and_business_days_stay(calendar, day, shift):
    moved = calendar.adjust(day, shift)
    assert shift is Shift.NONE or calendar.is_business(moved)
    if calendar.is_business(day):
        assert moved == day


@given(calendars, days)
def test_next_and_previous_undo_each_other_on_business_days(calendar, day):
    if calendar.is_business(day):
        assert calendar.previous(calendar.next(day)) == day
        assert calendar.next(calendar.previous(day)) == day


@pytest.mark.parametrize("weekend", [frozenset(range(1, 8)), frozenset({0}), frozenset({8})])
def test_week_without_business_days_is_refused(weekend):
    with pytest.raises(InvalidCalendar):
        Calendar(weekend=weekend)


def test_endless_closure_is_an_error_and_not_a_loop():
    closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(400))
    with pytest.raises(NoBusinessDay):
        Calendar(holidays=closed).next(date(2026, 1, 1))
    with pytest.raises(NoBusinessDay):
        Calendar().next(date.max)
    with pytest.raises(NoBusinessDay):
        Calendar().previous(date.min)


def test_friday_closes_three_days_and_leads_to_monday():
    friday = BusinessDate.at(date(2026, 5, 15), Calendar())
    assert (friday.previous, friday.next) == (date(2026, 5, 14), date(2026, 5, 18))
    assert (friday.covered_days, friday.covered_until) == (3, date(2026, 5, 17))
    monday = friday.advance(Calendar())
    assert monday == BusinessDate(date(2026, 5, 15), date(2026, 5, 18), date(2026, 5, 19))


def test_holiday_declared_late_does_not_move_the_announced_next_date():
    thursday = BusinessDate.at(date(2026, 4, 30), Calendar())
    assert thursday.advance(WEEKDAYS).current == LABOUR_DAY
    assert thursday.advance(WEEKDAYS).next == date(2026, 5, 4)


def test_branch_cannot_start_on_a_holiday():
    with pytest.raises(NotBusinessDay):
        BusinessDate.at(LABOUR_DAY, WEEKDAYS)


@given(calendars, days, st.integers(1, 60))
def test_consecutive_closes_cover_every_calendar_day_once(calendar, day, closes):
    if not calendar.is_business(day):
        return
    at = first = BusinessDate.at(day, calendar)
    covered = 0
    for _ in range(closes):
        covered += at.covered_days
        at = at.advance(calendar)
    assert first.current + timedelta(days=covered) == at.current
