"""Average balances (saldos promedio): the sum of each calendar day's closing balance over the number of days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from chalicelib.kernel.money import Money

Span = Literal["month", "quarter", "year"]
_MONTHS: Mapping[Span, int] = {"month": 1, "quarter": 3, "year": 12}


def span_of(span: Span, on: date) -> tuple[date, date]:
    """The first and the last day of the calendar month, quarter or year that a date lies in."""
    months = _MONTHS[span]
    first = on.replace(month=(on.month - 1) // months * months + 1, day=1)
    last_month = first.month + months - 1
    return first, date(first.year, last_month, monthrange(first.year, last_month)[1])


def summed(
    before: Mapping[str, int], closings: Sequence[tuple[date, Mapping[str, int]]], first: date, last: date
) -> dict[str, int]:
    """By account, the sum of the closing balances of every calendar day from ``first`` to ``last``, both included.

    ``before`` are the balances on the eve; ``closings`` those of the days that have a sheet, oldest first: each holds
    until the next one.
    """
    sums: dict[str, int] = {}
    standing, since = before, first
    for day, after in [*closings, (date.fromordinal(last.toordinal() + 1), {})]:
        days = (day - since).days
        for account, minor in standing.items() if days else ():
            sums[account] = sums.get(account, 0) + minor * days
        standing, since = after, day
    return sums


def average(total: int, days: int, currency: str) -> Money:
    """A sum of daily balances over the days, rounded once to the currency's unit."""
    return Money(1, currency).times(Fraction(total, days))
