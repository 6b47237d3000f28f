"""When instalments fall due, and the period whose interest each one pays.

Periods run from one nominal due date to the next, the first from the first draw: it may be shorter or longer
than the others. A due date on a day not processed moves by the calendar; its interest period goes with it only
if the terms say so.
"""

from __future__ import annotations

import itertools
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from chalicelib.kernel.calendar import Shift
from chalicelib.kernel.schedule.errors import (
    DueBeyondCalendar,
    FirstDueBeforeDisbursement,
    InvalidFrequency,
    IrregularRows,
    LoanTooLong,
)
from chalicelib.kernel.schedule.terms import Frequency, LoanTerms, Unit

LARGEST_EVERY = 1_000
LARGEST_YEARS = 200
CALENDAR_FROM, CALENDAR_TO = 1990, 2150
"""Years whose due dates are worked out once and for all, a day of the month at a time."""


class Period(NamedTuple):
    """The interest period of an instalment, `starts` (included) to `ends` (excluded), paid on `due`."""

    starts: date
    ends: date
    due: date


class Spans:
    """The periods of a loan by column: a loan has as many dates as rows, and most are only passed on."""

    __slots__ = ("dues", "ends", "starts")

    def __init__(self, starts: list[date], ends: list[date], dues: list[date]) -> None:
        self.starts, self.ends, self.dues = starts, ends, dues

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, row: int) -> Period:
        return Period(self.starts[row], self.ends[row], self.dues[row])


def periods(terms: LoanTerms) -> Spans:
    """The period of every instalment.

    Raises FirstDueBeforeDisbursement, InvalidFrequency, LoanTooLong, DueBeyondCalendar.
    """
    starts = terms.disbursed_on
    nominal = [row.due for row in terms.irregular] or nominal_dates(terms)
    if nominal[0] <= starts:
        raise FirstDueBeforeDisbursement("first_due", first_due=nominal[0], disbursed_on=starts)
    if nominal[-1].year - starts.year > LARGEST_YEARS:
        raise LoanTooLong("instalments", largest_years=LARGEST_YEARS)
    if terms.due_dates.shift is Shift.NONE:
        return Spans([starts, *nominal[:-1]], nominal, nominal)
    moved = [terms.due_dates.calendar.adjust(day, terms.due_dates.shift) for day in nominal]
    if moved[0] <= starts:
        raise FirstDueBeforeDisbursement("first_due", first_due=moved[0], disbursed_on=starts)
    ends = moved if terms.due_dates.interest_moves else nominal
    if any(one >= other for one, other in itertools.pairwise(ends)):
        raise InvalidFrequency("frequency.every", every=terms.frequency.every)
    return Spans([starts, *ends[:-1]], ends, moved)


def nominal_dates(terms: LoanTerms) -> list[date]:
    """Due dates by arithmetic alone. Raises InvalidFrequency, DueBeyondCalendar."""
    frequency, count = terms.frequency, terms.instalments
    if not 1 <= frequency.every <= LARGEST_EVERY:
        raise InvalidFrequency("frequency.every", every=frequency.every)
    first, day = _first_due(terms)
    try:
        if frequency.unit is not Unit.MONTHS:
            step = days_of(frequency)
            start = first.toordinal()
            return list(map(date.fromordinal, range(start, start + step * count, step)))
        return _months_from(first, day, frequency.every, count)
    except (OverflowError, ValueError):
        raise DueBeyondCalendar("instalments", largest_year=MAXYEAR) from None


def days_of(frequency: Frequency) -> int:
    """Days of a period that counts days or weeks."""
    return frequency.every * (7 if frequency.unit is Unit.WEEKS else 1)


def shifted(day: date, frequency: Frequency, periods_many: int, anchor_day: int) -> date:
    """The day so many periods later (earlier when negative); months go to the anchor's day."""
    if frequency.unit is not Unit.MONTHS:
        return day + timedelta(days=days_of(frequency) * periods_many)
    year, month = divmod(day.year * 12 + day.month - 1 + frequency.every * periods_many, 12)
    return date(year, month + 1, _within(year, month + 1, anchor_day))


def periods_in_first(terms: LoanTerms) -> Fraction:
    """How many regular periods the first one holds: 1 when it is regular, else whole periods counted back
    from the first due date and the part of one left over, by real days.
    """
    if terms.first_due is None and terms.due_dates.day is None:
        return Fraction(1)
    first, day = _first_due(terms)
    start, many, end = terms.disbursed_on, 0, first
    while many <= LARGEST_EVERY:
        try:
            before = shifted(first, terms.frequency, -many - 1, day)
        except (OverflowError, ValueError):
            break
        if before < start:
            return many + Fraction((end - start).days, (end - before).days)
        many += 1
        if before == start:
            return Fraction(many)
        end = before
    raise FirstDueBeforeDisbursement("first_due", first_due=first, disbursed_on=start)


def periods_between(start: date, end: date, frequency: Frequency) -> Fraction:
    """Whole regular periods from one day to a later one and the part of one left over, by real days."""
    length = days_of(frequency) * (31 if frequency.unit is Unit.MONTHS else 1)
    many = (end - start).days // length
    try:
        while shifted(start, frequency, many + 1, start.day) <= end:
            many += 1
        before = shifted(start, frequency, many, start.day)
        after = shifted(start, frequency, many + 1, start.day)
    except (OverflowError, ValueError):
        raise InvalidFrequency("frequency.every", every=frequency.every) from None
    return many + Fraction((end - before).days, (after - before).days)


def _first_due(terms: LoanTerms) -> tuple[date, int]:
    """The first due date and the day of the month of the others."""
    start, frequency, day = terms.disbursed_on, terms.frequency, terms.due_dates.day
    if day is not None and not 1 <= day <= 31:
        raise InvalidFrequency("due_dates.day", every=frequency.every, day=day)
    first = terms.first_due
    if first is not None and first.day == start.day:
        return first, day or start.day
    try:
        natural = shifted(start, frequency, 1, day or start.day)
    except (OverflowError, ValueError):
        raise DueBeyondCalendar("frequency.every", largest_year=MAXYEAR) from None
    if first is None or first == natural:
        return natural, day or start.day
    return first, day or first.day


def _months_from(first: date, day: int, every: int, count: int) -> list[date]:
    start = (first.year - CALENDAR_FROM) * 12 + first.month - 1
    stop = start + every * count
    if start >= 0 and stop <= 12 * (CALENDAR_TO - CALENDAR_FROM):
        return [first, *_days_of_months(day)[start + every : stop : every]]
    return [first, *(_in_month(month, day) for month in range(start + every, stop, every))]


@cache
def _days_of_months(day: int) -> list[date]:
    """The day of every month of the calendar's years: due dates are a slice of it."""
    return [_in_month(month, day) for month in range(12 * (CALENDAR_TO - CALENDAR_FROM))]


def _in_month(month: int, day: int) -> date:
    """The day, or the last one before it, of a month that is counted from the calendar's first."""
    year, number = divmod(month, 12)
    if year + CALENDAR_FROM > MAXYEAR:
        raise OverflowError
    return date(year + CALENDAR_FROM, number + 1, _within(year + CALENDAR_FROM, number + 1, day))


def _within(year: int, month: int, day: int) -> int:
    return day if day <= 28 else min(day, monthrange(year, month)[1])


def check_irregular(terms: LoanTerms) -> None:
    """Rows typed by hand ascend in date and are as many as the instalments. Raises IrregularRows."""
    rows = terms.irregular
    if len(rows) != terms.instalments:
        raise IrregularRows("irregular", rows=len(rows), instalments=terms.instalments)
    for position, (one, other) in enumerate(itertools.pairwise(rows), 1):
        if other.due <= one.due:
            raise IrregularRows(
                f"irregular.{position}.due", rows=len(rows), instalments=terms.instalments, due=other.due
            )
