"""Templates and recurring entries: the lines that an amount gives, and the dates on which they come."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from chalicelib.kernel.calendar import Calendar
from chalicelib.kernel.cycle import Cycle, CycleUnit
from chalicelib.kernel.entry import Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.voucher import VoucherLine
from chalicelib.modules.accounting.plans import EntryTemplate, RecurringEntry, Repeated

BY_MONTHS = frozenset({CycleUnit.MONTHLY, CycleUnit.QUARTERLY, CycleUnit.HALF_YEARLY, CycleUnit.YEARLY})


def lines_of(
    template: EntryTemplate, amount: Money, branch: str, tax_id: str = ""
) -> tuple[VoucherLine, ...]:
    """The lines of a template for an amount: each side's shares sum to it exactly; shares of nothing are left out."""
    parts: dict[int, Money] = {}
    for side in ("debit", "credit"):
        places = [place for place, line in enumerate(template.lines) if line.side == side]
        shares = amount.split([template.lines[place].percent for place in places])
        parts.update(zip(places, shares, strict=True))
    return tuple(
        VoucherLine(
            line.branch or branch,
            line.account,
            Side(line.side),
            parts[place].minor,
            amount.currency,
            line.narrative,
            tax_id,
        )
        for place, line in enumerate(template.lines)
        if parts[place]
    )


def dates_of(entry: RecurringEntry, first: date, last: date, calendar: Calendar) -> list[date]:
    """The dates of a recurring entry from one day to another, both included (ACC-72)."""
    if not entry.active or (entry.last_date and entry.last_date < first):
        return []
    until = min(last, entry.last_date or last)
    return [day for day in islice(_dates(entry, until, calendar), entry.occurrences) if day >= first]


def due_dates(rule: Repeated, first: date, last: date) -> list[date]:
    """The dates of what is repeated from one day to another, both included (ACC-47, ACC-48)."""
    return _cycle(rule).due_in(first, last) if rule.active else []


def _dates(entry: RecurringEntry, until: date, calendar: Calendar) -> Iterator[date]:
    for day in _cycle(entry).nominal_from(entry.first_date):
        if day > until:
            return
        if entry.unit != "daily" or calendar.is_business(day):
            yield day


def _cycle(rule: RecurringEntry | Repeated) -> Cycle:
    unit = CycleUnit(rule.unit)
    day = rule.first_date.day if unit in BY_MONTHS else None
    return Cycle(unit, rule.first_date, rule.interval, day_of_month=day)
