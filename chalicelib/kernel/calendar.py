"""Calendars: which days a branch processes, and where a date goes when it falls on another.

Weekdays are ISO numbers: 1 Monday … 7 Sunday.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid

SATURDAY, SUNDAY = 6, 7
LONGEST_CLOSURE_DAYS = 92  # longer without a business day is a mistake in the calendar, not a holiday
_DAY = timedelta(days=1)


class InvalidCalendar(Invalid):
    """A weekday outside 1–7, or a week without a business day."""

    code = "invalid_calendar"


class NoBusinessDay(Invalid):
    """The calendar has no business day within reach of the date."""

    code = "no_business_day"


class Shift(StrEnum):
    """Where a date goes that is not a business day."""

    NONE = "none"  # it stays
    PREVIOUS = "previous"  # the business day before
    NEXT = "next"  # the business day after
    SAME_MONTH = "same_month"  # the one after, unless that is in another month: then the one before


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days not processed: ISO weekdays of the weekend, and holidays on the dates they are observed."""

    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.weekend <= frozenset(range(1, 8)) or len(self.weekend) == 7:
            raise InvalidCalendar("weekend", weekend=sorted(self.weekend))

    def is_business(self, day: date) -> bool:
        """Whether the day is processed."""
        return day.isoweekday() not in self.weekend and day not in self.holidays

    def next(self, day: date) -> date:
        """The first business day after the day (spec 22 formula 1). Raises NoBusinessDay."""
        return self._seek(day, _DAY)

    def previous(self, day: date) -> date:
        """The last business day before the day. Raises NoBusinessDay."""
        return self._seek(day, -_DAY)

    def adjust(self, day: date, shift: str) -> date:
        """The day itself if it is a business day, else the one the shift says. Raises NoBusinessDay."""
        if shift == Shift.NONE or self.is_business(day):
            return day
        if Shift(shift) is Shift.PREVIOUS:
            return self.previous(day)
        following = self.next(day)
        if shift == Shift.SAME_MONTH and following.month != day.month:
            return self.previous(day)
        return following

    def business_days(self, first_day: date, last_day: date) -> list[date]:
        """Every business day of the period, both ends included."""
        span = range(first_day.toordinal(), last_day.toordinal() + 1)
        return [day for day in map(date.fromordinal, span) if self.is_business(day)]

    def _seek(self, day: date, step: timedelta) -> date:
        for _ in range(LONGEST_CLOSURE_DAYS):
            try:
                day += step
            except OverflowError:
                break
            if self.is_business(day):
                return day
        raise NoBusinessDay("date", date=day)


EVERY_DAY = Calendar(weekend=frozenset())
