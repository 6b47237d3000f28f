"""The movements of an account between two dates: opening balance, lines, closing balance (ACC-29)."""

from collections.abc import Iterator
from datetime import date, datetime

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.sheet import Row
from chalicelib.modules.accounting.reports.balances import AccountQuery, movement_by_day
from chalicelib.modules.accounting.reports.trial_balance import check_period
from chalicelib.modules.accounting.repository.branches import covered, latest_date, working
from chalicelib.modules.accounting.repository.chart import chart_on, visible_account
from chalicelib.modules.accounting.repository.journal import cursor_at, place_of_cursor, records_of_day
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MovementLine:
    """A leg on the account: ``minor`` debit positive, and the balance of all covered branches after it."""

    entry_id: str
    business_date: date
    value_date: date
    posted_at: datetime
    branch: str
    account: str
    code: str
    narrative: str
    actor: str
    source_ref: str
    minor: int
    balance: int


@dataclass(frozen=True, slots=True)
class Movements:
    """The whole period's sums, and a page of its lines, oldest first."""

    first: date
    last: date
    currency: str
    total: Row
    lines: list[MovementLine]
    next_cursor: str | None


def movements(
    work: UnitOfWork,
    query: AccountQuery,
    first: date,
    last: date,
    limit: int | None,
    cursor: str | None = None,
) -> Movements:
    """The movements of an account in a period; all of them where there is no limit.

    Raises BranchNotFound, UnknownLedgerAccount, LedgerPeriodInvalid, UnknownCursor.
    """
    branches = working(work, covered(work, query.cover, last))
    check_period(first, last, latest_date(work, branches))
    chart = chart_on(work.config, last)
    visible_account(work, chart, query.account)
    currency = query.currency or work.context.tenant.currency
    opening, moved = movement_by_day(work, branches, chart, query.account, currency, first, last)
    rows = [row for day in moved.values() for row in day.values()]
    total = Row(opening, sum(row.debit for row in rows), sum(row.credit for row in rows))
    name = f"movements#{query.account}#{currency}"
    start = place_of_cursor(cursor, name) if cursor else ""
    lines: list[MovementLine] = []
    for day in sorted(moved):
        touched = [branch for branch, row in moved[day].items() if row.debit or row.credit]
        balance = opening
        opening += sum(row.debit - row.credit for row in moved[day].values())
        if not touched or f"{day}#~" < start:
            continue
        for offset, line in enumerate(
            _lines_of_day(work, touched, day, chart, query.account, currency, balance)
        ):
            if f"{day}#{offset:06d}" < start:
                continue
            if limit is not None and len(lines) == limit:
                return Movements(first, last, currency, total, lines, cursor_at(name, f"{day}#{offset:06d}"))
            lines.append(line)
    return Movements(first, last, currency, total, lines, None)


def _lines_of_day(
    work: UnitOfWork, branches: list[str], day: date, chart: Chart, account: str, currency: str, balance: int
) -> Iterator[MovementLine]:
    records = [record for branch in branches for record in records_of_day(work, branch, day)]
    for record in sorted(records, key=lambda each: (each.posted_at, each.id, each.branch)):
        for leg in record.legs:
            if leg.currency != currency or not chart.within(leg.ledger_account, account):
                continue
            balance += leg.debit_minor
            yield MovementLine(
                record.id,
                record.business_date,
                record.value_date,
                record.posted_at,
                record.branch,
                leg.ledger_account,
                record.code,
                record.narrative,
                record.actor,
                record.source_ref,
                leg.debit_minor,
                balance,
            )
