"""The books (libro mayor y libros auxiliares): opening, movement and closing of accounts over any range (ACC-55)."""

from collections.abc import Iterator
from dataclasses import field
from datetime import date, timedelta

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.period import last_day, month_of
from chalicelib.modules.accounting.domain.sheet import LedgerSheet, Row, RowKey, combined, over_period
from chalicelib.modules.accounting.domain.trial_balance import AccountLine, cleared, trial_balance
from chalicelib.modules.accounting.reports.trial_balance import check_period
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.branches import Cover, covered, latest_date, working
from chalicelib.modules.accounting.repository.chart import chart_on, clearance_of, visible_account
from chalicelib.modules.accounting.repository.journal import records_of_day
from chalicelib.platform.posting.records import JournalRecord, PostedLeg
from chalicelib.platform.work import UnitOfWork

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BookQuery:
    """Which book: the branches, from one date to another, in a currency; under an account, down to a level."""

    cover: Cover
    since: date
    until: date
    currency: str = ""
    account: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class BookLine:
    """An account's opening, movement and closing; of a month (``2026-06``), or of the whole range where it is blank."""

    code: str
    month: str
    row: Row


@dataclass(frozen=True, slots=True)
class Book:
    """A general ledger and the chart it is read by."""

    currency: str
    chart: Chart
    lines: list[BookLine]


@dataclass(slots=True)
class Subsidiary:
    """An account's page of the subsidiary ledger: its balance before, and its legs in the order of posting."""

    code: str
    opening: int
    legs: list[tuple[JournalRecord, PostedLeg]] = field(default_factory=list)


def general_ledger(work: UnitOfWork, query: BookQuery) -> Book:
    """Each account month by month, and over the whole range. Raises BranchNotFound, LedgerPeriodInvalid."""
    branches, chart, currency = _scope(work, query)
    read = [sheets.between(work, branch, query.since, query.until) for branch in branches]
    months = list(_months(query.since, query.until))
    spans = [*(months if len(months) > 1 else ()), ("", query.since, query.until)]
    by_code: dict[str, list[BookLine]] = {}
    for name, first, last in spans:
        rows = combined(_between(before, within, first, last) for before, within in read)
        for line in _lines(work, query, rows, chart, currency):
            by_code.setdefault(line.code, []).append(BookLine(line.code, name, line.row))
    return Book(currency, chart, [line for _, lines in sorted(by_code.items()) for line in lines])


def subsidiary_ledger(work: UnitOfWork, query: BookQuery) -> tuple[str, Chart, Iterator[Subsidiary]]:
    """(currency, chart, the pages of the posted accounts in the order of their codes, with every line).

    Accounts with neither balance nor movement have no page. Raises BranchNotFound, LedgerPeriodInvalid,
    UnknownLedgerAccount.
    """
    branches, chart, currency = _scope(work, query)
    pages: dict[str, Subsidiary] = {}
    touched: list[tuple[date, str]] = []
    for branch in branches:
        before, within = sheets.between(work, branch, query.since, query.until)
        for key, row in before.rows.items():
            if key.currency == currency and row.closing and _shown(work, query, chart, key.account):
                page = pages.setdefault(key.account, Subsidiary(key.account, 0))
                page.opening += row.closing
        touched += [(sheet.business_date, branch) for sheet in within if sheet.legs]
    for day, branch in sorted(touched):
        for record in records_of_day(work, branch, day):
            for leg in record.legs:
                if leg.currency == currency and _shown(work, query, chart, leg.ledger_account):
                    page = pages.setdefault(leg.ledger_account, Subsidiary(leg.ledger_account, 0))
                    page.legs.append((record, leg))
    found = (page for _, page in sorted(pages.items()) if page.opening or page.legs)
    return currency, chart, found


def _scope(work: UnitOfWork, query: BookQuery) -> tuple[list[str], Chart, str]:
    branches = working(work, covered(work, query.cover, query.until))
    check_period(query.since, query.until, latest_date(work, branches))
    chart = chart_on(work.config, query.until)
    if query.account:
        visible_account(work, chart, query.account)
    return branches, chart, query.currency or work.context.tenant.currency


def _shown(work: UnitOfWork, query: BookQuery, chart: Chart, code: str) -> bool:
    within = not query.account or chart.within(code, query.account)
    return within and cleared(chart, code, clearance_of(work))


def _lines(
    work: UnitOfWork, query: BookQuery, rows: dict[RowKey, Row], chart: Chart, currency: str
) -> Iterator[AccountLine]:
    balance = trial_balance(rows, chart, currency, level=query.level, clearance=clearance_of(work))
    return (line for line in balance.lines if not query.account or chart.within(line.code, query.account))


def _between(before: LedgerSheet, within: list[LedgerSheet], first: date, last: date) -> dict[RowKey, Row]:
    earlier = [sheet for sheet in within if sheet.business_date < first]
    inside = [sheet for sheet in within if first <= sheet.business_date <= last]
    return over_period(earlier[-1] if earlier else before, inside)


def _months(since: date, until: date) -> Iterator[tuple[str, date, date]]:
    """The months of a range, each cut to it."""
    first = since
    while first <= until:
        last = min(last_day(month_of(first)), until)
        yield month_of(first), first, last
        first = last + DAY
