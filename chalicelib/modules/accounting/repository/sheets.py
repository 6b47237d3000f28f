"""Stored sheets, and the sheets of days that are not closed yet: the last stored one with the later journal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from chalicelib.modules.accounting.domain.sheet import LedgerSheet, fold
from chalicelib.modules.accounting.domain.sheet_page import SheetPage, pages_of, sheet_of
from chalicelib.modules.accounting.errors import LaterDayClosed
from chalicelib.modules.accounting.repository.journal import legs_of_day
from chalicelib.modules.accounting.tables import SHEETS
from chalicelib.platform.posting.days import GATES, Gate
from chalicelib.platform.work import UnitOfWork

DAY = timedelta(days=1)


def stored(work: UnitOfWork, branch: str, on: date) -> LedgerSheet | None:
    """The sheet written when the day was closed, or None."""
    pages = list(work.all(SHEETS, branch=branch, prefix=f"{on}#"))
    return sheet_of(pages) if pages else None


def last_stored(work: UnitOfWork, branch: str, until: date) -> LedgerSheet | None:
    """The latest stored sheet of a date or before it."""
    page = work.query(SHEETS, branch=branch, between=("0", f"{until}#~"), forward=False, limit=1).items
    if not page:
        return None
    last: SheetPage = page[0]
    return sheet_of(page) if last.pages == 1 else stored(work, branch, last.business_date)


def stored_between(work: UnitOfWork, branch: str, first: date, last: date) -> Iterator[LedgerSheet]:
    """The stored sheets of a range of dates, oldest first."""
    pages = work.all(SHEETS, branch=branch, between=(f"{first}#", f"{last}#~"))
    for _, group in groupby(pages, key=lambda page: page.business_date):
        yield sheet_of(list(group))


def on_date(work: UnitOfWork, branch: str, on: date) -> LedgerSheet:
    """The balances of a branch after a date, closed or not; the open day as it stands now (ACC-80).

    A day without a sheet of its own that lies in the past carries the balances of the one before.
    """
    last = last_stored(work, branch, on)
    sheet = last
    for day in open_days(work, branch, last.business_date if last else None, on):
        sheet = fold(sheet, branch, day, legs_of_day(work, branch, day))
    if sheet is None:
        return LedgerSheet(branch, on, {})
    return sheet if sheet.business_date == on else sheet.carried_to(on)


def between(work: UnitOfWork, branch: str, first: date, last: date) -> tuple[LedgerSheet, list[LedgerSheet]]:
    """(the sheet of the eve of ``first``, the sheets of the days from ``first`` to ``last`` that have one)."""
    before = on_date(work, branch, first - DAY)
    sheets = list(stored_between(work, branch, first, last))
    sheet = sheets[-1] if sheets else before
    known = last_stored(work, branch, last)
    for day in open_days(work, branch, known.business_date if known else None, last):
        if day >= first:
            sheet = fold(sheet, branch, day, legs_of_day(work, branch, day))
            sheets.append(sheet)
    return before, sheets


def save(work: UnitOfWork, sheet: LedgerSheet) -> None:
    """Write a sheet, unless the same one is stored. Raises LaterDayClosed where later sheets stand on another."""
    known = {
        page.page: page for page in work.all(SHEETS, branch=sheet.branch, prefix=f"{sheet.business_date}#")
    }
    pages = pages_of(sheet)
    changed = [page for page in pages if _differs(page, known.get(page.page))]
    surplus = [page for number, page in known.items() if number >= len(pages)]
    if known and (changed or surplus):
        after = f"{sheet.business_date + DAY}#"
        if work.query(SHEETS, branch=sheet.branch, between=(after, "9~"), limit=1).items:
            raise LaterDayClosed("business_date", business_date=sheet.business_date.isoformat())
    for page in changed:
        earlier = known.get(page.page)
        work.put(SHEETS, replace(page, version=earlier.version if earlier else 0))
    for page in surplus:
        work.delete(SHEETS, page)


def open_days(work: UnitOfWork, branch: str, last_closed: date | None, until: date) -> list[date]:
    """Business dates up to ``until`` that may hold entries and have no stored sheet before or on them."""
    gate = gate_if_any(work, branch)
    if gate is None:
        return []
    until = min(until, gate.business_date)
    if last_closed is None:
        days = [gate.previous_date, gate.business_date]
    elif last_closed >= gate.previous_date:
        days = [gate.business_date]
    else:
        gap = range(1, (gate.previous_date - last_closed).days + 1)
        days = [*(last_closed + DAY * step for step in gap), gate.business_date]
    return [day for day in days if day <= until and (last_closed is None or day > last_closed)]


def gate_if_any(work: UnitOfWork, branch: str) -> Gate | None:
    """The branch's business date; None for a branch that has not begun to work."""
    return work.find(GATES, branch=branch, number=0)


def _differs(page: SheetPage, known: SheetPage | None) -> bool:
    return known is None or replace(known, version=0) != page
