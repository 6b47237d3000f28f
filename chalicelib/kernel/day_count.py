"""Day counts: how many days lie between two dates, and what part of a year they are.

A period runs from `start` (included) to `end` (excluded), which must not be earlier. `days(start, end)` gives
its days under the convention; `year_fraction(start, end)` gives an exact pair (numerator, denominator), not
reduced: interest is principal × rate × numerator / denominator. Sources: ISDA 2006 Definitions §4.16; ICMA
rule 251; spec 05 formula 3 (30E/360) and spec 06 (bank month: the 31st counts nothing, the last of February
counts up to 30).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid

YearFraction = tuple[int, int]
_ISDA_DENOMINATOR = 365 * 366


class UnknownDayCount(Invalid):
    """No such day-count convention."""

    code = "unknown_day_count"


class PeriodReversed(Invalid):
    """The period ends before it starts."""

    code = "period_reversed"


class Convention(StrEnum):
    """Conventions a plan may name."""

    THIRTY_360_US = "30/360_us"
    THIRTY_360_EUROPEAN = "30/360_european"
    THIRTY_360_BANK = "30/360_bank"
    ACTUAL_360 = "actual/360"
    ACTUAL_364 = "actual/364"
    ACTUAL_365 = "actual/365"
    ACTUAL_ACTUAL_ISDA = "actual/actual_isda"  # split at 1 January: each day by the year it begins in
    ACTUAL_ACTUAL_YEAR_END = "actual/actual_year_end"  # split at 31 December: each day by the year it ends in
    ACTUAL_ACTUAL_LEAP_DAY = "actual/actual_leap_day"  # 366 only if 29 February falls within the period
    ACTUAL_ACTUAL_STARTING_YEAR = (
        "actual/actual_starting_year"  # length of the year in which the period starts
    )


@dataclass(frozen=True, slots=True)
class DayCount:
    """A convention ready to use: both functions take (start, end) and are pure integers."""

    convention: Convention
    days: Callable[[date, date], int]
    year_fraction: Callable[[date, date], YearFraction]


def is_leap(year: int) -> bool:
    """Whether the Gregorian year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_year(year: int) -> int:
    """365 or 366."""
    return 366 if is_leap(year) else 365


def days_actual(start: date, end: date) -> int:
    """Calendar days from start to end. Raises PeriodReversed."""
    days = end.toordinal() - start.toordinal()
    if days < 0:
        raise _reversed(start, end)
    return days


def days_30_european(start: date, end: date) -> int:
    """30E/360: day 31 becomes 30, February keeps its days. Raises PeriodReversed."""
    first, last = start.day, end.day
    return _thirty(start, 30 if first == 31 else first, end, 30 if last == 31 else last)


def days_30_us(start: date, end: date) -> int:
    """30/360 US (bond basis with the end-of-February rule). Raises PeriodReversed."""
    first, last = start.day, end.day
    if _ends_february(start):
        if _ends_february(end):
            last = 30
        first = 30
    if first >= 30:
        first = 30
        last = min(last, 30)
    return _thirty(start, first, end, last)


def days_30_bank(start: date, end: date) -> int:
    """Bank month: every month has 30 days, the 31st and the last of February count as the 30th."""
    first = 30 if start.day == 31 or _ends_february(start) else start.day
    last = 30 if end.day == 31 or _ends_february(end) else end.day
    return _thirty(start, first, end, last)


def _thirty(start: date, first: int, end: date, last: int) -> int:
    if end < start:
        raise _reversed(start, end)
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first


def _ends_february(day: date) -> bool:
    return day.month == 2 and day.day >= 28 and day.day == (29 if is_leap(day.year) else 28)


def _reversed(start: date, end: date) -> PeriodReversed:
    return PeriodReversed("end", start=start, end=end)


def _over(days: Callable[[date, date], int], base: int) -> Callable[[date, date], YearFraction]:
    def year_fraction(start: date, end: date) -> YearFraction:
        return days(start, end), base

    return year_fraction


def _isda(start: date, end: date) -> YearFraction:
    """Days in leap years / 366 + the other days / 365."""
    days = days_actual(start, end)
    if start.year == end.year:
        return days, days_in_year(start.year)
    to_new_year = date(start.year, 12, 31).toordinal() + 1 - start.toordinal()
    from_new_year = end.toordinal() - date(end.year, 1, 1).toordinal()
    numerator = (
        (end.year - start.year - 1) * _ISDA_DENOMINATOR
        + to_new_year * (_ISDA_DENOMINATOR // days_in_year(start.year))
        + from_new_year * (_ISDA_DENOMINATOR // days_in_year(end.year))
    )
    return numerator, _ISDA_DENOMINATOR


def _year_end(start: date, end: date) -> YearFraction:
    """As ISDA with the first day excluded and the last included: the days after 31 December are the new
    year's.
    """
    days = days_actual(start, end)
    if start.year == end.year:
        return days, days_in_year(start.year)
    to_year_end = date(start.year, 12, 31).toordinal() - start.toordinal()
    from_year_end = end.toordinal() - date(end.year, 1, 1).toordinal() + 1
    numerator = (
        (end.year - start.year - 1) * _ISDA_DENOMINATOR
        + to_year_end * (_ISDA_DENOMINATOR // days_in_year(start.year))
        + from_year_end * (_ISDA_DENOMINATOR // days_in_year(end.year))
    )
    return numerator, _ISDA_DENOMINATOR


def _leap_day(start: date, end: date) -> YearFraction:
    """Base 366 when a 29 February is among the days (start excluded, end included), else 365."""
    days = days_actual(start, end)
    if start.year == end.year and end.year % 4:
        return days, 365
    year = end.year - end.year % 4
    while year > start.year - 4:
        if is_leap(year) and (leap_day := date(year, 2, 29)) <= end:
            return days, 366 if start < leap_day else 365
        year -= 4
    return days, 365


def _starting_year(start: date, end: date) -> YearFraction:
    return days_actual(start, end), days_in_year(start.year)


DAY_COUNTS: dict[Convention, DayCount] = {
    convention: DayCount(convention, days, fraction)
    for convention, days, fraction in (
        (Convention.THIRTY_360_US, days_30_us, _over(days_30_us, 360)),
        (Convention.THIRTY_360_EUROPEAN, days_30_european, _over(days_30_european, 360)),
        (Convention.THIRTY_360_BANK, days_30_bank, _over(days_30_bank, 360)),
        (Convention.ACTUAL_360, days_actual, _over(days_actual, 360)),
        (Convention.ACTUAL_364, days_actual, _over(days_actual, 364)),
        (Convention.ACTUAL_365, days_actual, _over(days_actual, 365)),
        (Convention.ACTUAL_ACTUAL_ISDA, days_actual, _isda),
        (Convention.ACTUAL_ACTUAL_YEAR_END, days_actual, _year_end),
        (Convention.ACTUAL_ACTUAL_LEAP_DAY, days_actual, _leap_day),
        (Convention.ACTUAL_ACTUAL_STARTING_YEAR, days_actual, _starting_year),
    )
}


def day_count(convention: str) -> DayCount:
    """The convention by its name. Raises UnknownDayCount."""
    try:
        return DAY_COUNTS[Convention(convention)]
    except ValueError:
        raise UnknownDayCount("day_count", day_count=convention) from None
