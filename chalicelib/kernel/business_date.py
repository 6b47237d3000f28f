"""The business date of a branch: the day its postings belong to, distinct from the clock (GEN-59)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from chalicelib.kernel.calendar import Calendar
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid


class NotBusinessDay(Invalid):
    """The calendar does not process that day."""

    code = "not_business_day"


class DayState(StrEnum):
    """Where a branch's day stands: open → closing → closed → starting → open on the next date."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    STARTING = "starting"


@dataclass(frozen=True, slots=True)
class BusinessDate:
    """Current business date with its neighbours, as announced to everyone."""

    previous: date
    current: date
    next: date

    @classmethod
    def at(cls, day: date, calendar: Calendar) -> BusinessDate:
        """The business date that starts on a day of the calendar. Raises NotBusinessDay, NoBusinessDay."""
        if not calendar.is_business(day):
            raise NotBusinessDay("business_date", date=day)
        return cls(calendar.previous(day), day, calendar.next(day))

    def advance(self, calendar: Calendar) -> BusinessDate:
        """The business date after cut-over: what was announced as next is now current."""
        return BusinessDate(self.current, self.next, calendar.next(self.next))

    @property
    def covered_until(self) -> date:
        """Last calendar day that the close of the current date accrues: the eve of the next business date."""
        return self.next - timedelta(days=1)

    @property
    def covered_days(self) -> int:
        """Calendar days that the close of the current date covers: three on an ordinary Friday."""
        return (self.next - self.current).days
