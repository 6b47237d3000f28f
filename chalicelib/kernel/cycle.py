"""Cycles: the recurring dates on which interest is paid, charges fall due, statements are cut and reports
run.

A cycle gives *nominal* dates by its own arithmetic (spec 22 formulas 2 and 3); with a calendar, a nominal
date that is not processed moves by the cycle's shift. `dates` answers the moved dates, for people to see;
`due_in` answers the nominal dates that a close must serve, for the period they end.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum
from itertools import islice
from typing import Literal

from chalicelib.kernel.calendar import EVERY_DAY, Calendar, Shift
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid

DayOfMonth = int | Literal["last", "last_business"]
LAST: Literal["last"] = "last"
LAST_BUSINESS: Literal["last_business"] = "last_business"
MID_MONTH = 15  # a half-month cycle (quincena) falls on the 15th and on the last day
LARGEST_INTERVAL = 1000


class InvalidCycle(Invalid):
    """A cycle whose parts are out of range or contradict each other."""

    code = "invalid_cycle"


class CycleUnit(StrEnum):
    """What the interval counts."""

    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


_DAYS = {CycleUnit.DAILY: 1, CycleUnit.WEEKLY: 7, CycleUnit.FORTNIGHTLY: 14}
_MONTHS = {CycleUnit.MONTHLY: 1, CycleUnit.QUARTERLY: 3, CycleUnit.HALF_YEARLY: 6, CycleUnit.YEARLY: 12}


class Recurrence(ABC):
    """What every cycle answers, whether by rule or by list. Periods include both ends."""

    __slots__ = ()

    shift: Shift

    @abstractmethod
    def nominal_from(self, day: date, calendar: Calendar = EVERY_DAY) -> Iterator[date]:
        """Nominal dates on or after the day, in order; the calendar only serves "last business day"."""

    @abstractmethod
    def nominal_before(self, day: date, calendar: Calendar = EVERY_DAY) -> date | None:
        """The last nominal date before the day: the period that contains the day begins on its morrow."""

    def dates(self, first_day: date, last_day: date, calendar: Calendar = EVERY_DAY) -> list[date]:
        """Dates of the cycle within the period, moved to business days by the shift, each once."""
        moved = (moved for _, moved in self._between(first_day, last_day, calendar))
        return list(dict.fromkeys(moved))

    def due_in(self, first_day: date, last_day: date, calendar: Calendar = EVERY_DAY) -> list[date]:
        """Nominal dates whose moved date falls within the period: what the close of those days must serve.

        Over consecutive periods each nominal date comes up exactly once.
        """
        return [nominal for nominal, _ in self._between(first_day, last_day, calendar)]

    def upcoming(self, after: date, count: int, calendar: Calendar = EVERY_DAY) -> list[date]:
        """The next `count` moved dates after a day; fewer only when the cycle ends."""
        return list(islice(self._moved_after(after, calendar), count))

    def _moved_after(self, after: date, calendar: Calendar) -> Iterator[date]:
        latest = after
        start = after if self.shift is Shift.NONE else calendar.previous(after)
        for nominal in self.nominal_from(start, calendar):
            moved = calendar.adjust(nominal, self.shift)
            if moved > latest:
                latest = moved
                yield moved

    def _between(self, first_day: date, last_day: date, calendar: Calendar) -> Iterator[tuple[date, date]]:
        """(nominal, moved) with the moved date in the period. Moving keeps order, so the ends bound the
        search.
        """
        if last_day < first_day:
            return
        start, end = first_day, last_day
        if self.shift is not Shift.NONE:
            start, end = calendar.previous(first_day), calendar.next(last_day)
        for nominal in self.nominal_from(start, calendar):
            if nominal > end:
                return
            moved = calendar.adjust(nominal, self.shift)
            if first_day <= moved <= last_day:
                yield nominal, moved


@dataclass(frozen=True, slots=True)
class Cycle(Recurrence):
    """Every `interval` units from the anchor on; no date is earlier than the anchor.

    day_of_month (months and longer): 1–31 (the last day in shorter months), "last" or "last_business"; by
    default the anchor's day. Fortnightly with "last" means the 15th and the last of each month; without it,
    every 14 days. weekday (weekly, fortnightly): ISO 1 Monday … 7 Sunday; by default the anchor's. Raises
    InvalidCycle.
    """

    unit: CycleUnit
    anchor: date
    interval: int = 1
    day_of_month: DayOfMonth | None = None
    weekday: int | None = None
    shift: Shift = Shift.NONE

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "unit", CycleUnit(self.unit))
            object.__setattr__(self, "shift", Shift(self.shift))
        except ValueError:
            raise InvalidCycle("unit", unit=str(self.unit), shift=str(self.shift)) from None
        if not 1 <= self.interval <= LARGEST_INTERVAL:
            raise InvalidCycle("interval", interval=self.interval)
        if self.weekday is not None and not (
            1 <= self.weekday <= 7 and self.unit in (CycleUnit.WEEKLY, CycleUnit.FORTNIGHTLY)
        ):
            raise InvalidCycle("weekday", weekday=self.weekday, unit=self.unit)
        if self.day_of_month is not None and not (self._by_half_months or self._is_day_of_some_month):
            raise InvalidCycle("day_of_month", day_of_month=self.day_of_month, unit=self.unit)

    @property
    def _by_half_months(self) -> bool:
        return self.unit is CycleUnit.FORTNIGHTLY and self.day_of_month == LAST and self.weekday is None

    @property
    def _is_day_of_some_month(self) -> bool:
        day = self.day_of_month
        return self.unit in _MONTHS and (
            day in (LAST, LAST_BUSINESS) or (isinstance(day, int) and 1 <= day <= 31)
        )

    def nominal_from(self, day: date, calendar: Calendar = EVERY_DAY) -> Iterator[date]:
        earliest = max(day, self.anchor)
        position = max(0, self._position_at(earliest))
        while (nominal := self._nominal(position, calendar)) is not None:
            if nominal >= earliest:
                yield nominal
            position += 1

    def nominal_before(self, day: date, calendar: Calendar = EVERY_DAY) -> date | None:
        at = self._position_at(day)
        for position in (at, at - 1):
            nominal = self._nominal(position, calendar) if position >= 0 else None
            if nominal is not None and self.anchor <= nominal < day:
                return nominal
        return None

    def _position_at(self, day: date) -> int:
        """Steps from the anchor to the one in which the day lies; negative before the anchor."""
        if self._by_half_months:
            return (_half_month(day) - _half_month(self.anchor)) // self.interval
        if self.unit in _MONTHS:
            return (_month(day) - _month(self.anchor)) // (_MONTHS[self.unit] * self.interval)
        return (day - self._first_by_days).days // (_DAYS[self.unit] * self.interval)

    def _nominal(self, position: int, calendar: Calendar) -> date | None:
        """The date `position` steps from the anchor; None past the end of time."""
        if self._by_half_months:
            month, second_half = divmod(_half_month(self.anchor) + position * self.interval, 2)
            return _day_in(month, LAST if second_half else MID_MONTH, calendar)
        if self.unit in _MONTHS:
            month = _month(self.anchor) + position * _MONTHS[self.unit] * self.interval
            return _day_in(month, self.day_of_month or self.anchor.day, calendar)
        try:
            return self._first_by_days + timedelta(days=position * _DAYS[self.unit] * self.interval)
        except OverflowError:
            return None

    @property
    def _first_by_days(self) -> date:
        wait = 0 if self.weekday is None else (self.weekday - self.anchor.isoweekday()) % 7
        return self.anchor + timedelta(days=wait)


@dataclass(frozen=True, slots=True)
class UserCycle(Recurrence):
    """A cycle given date by date, in any order. Raises InvalidCycle when there are none."""

    days: tuple[date, ...]
    shift: Shift = Shift.NONE

    def __post_init__(self) -> None:
        if not self.days:
            raise InvalidCycle("days")
        object.__setattr__(self, "days", tuple(sorted(set(self.days))))
        object.__setattr__(self, "shift", Shift(self.shift))

    def nominal_from(self, day: date, calendar: Calendar = EVERY_DAY) -> Iterator[date]:
        return (nominal for nominal in self.days if nominal >= day)

    def nominal_before(self, day: date, calendar: Calendar = EVERY_DAY) -> date | None:
        return max((nominal for nominal in self.days if nominal < day), default=None)


def _month(day: date) -> int:
    """Months since year 0."""
    return day.year * 12 + day.month - 1


def _half_month(day: date) -> int:
    """Half months since year 0."""
    return _month(day) * 2 + (day.day > MID_MONTH)


def _day_in(month: int, wanted: DayOfMonth, calendar: Calendar) -> date | None:
    year, month_before = divmod(month, 12)
    if year > MAXYEAR:
        return None
    length = monthrange(year, month_before + 1)[1]
    if isinstance(wanted, int):
        return date(year, month_before + 1, min(wanted, length))
    last = date(year, month_before + 1, length)
    return last if wanted == LAST else calendar.adjust(last, Shift.PREVIOUS)
