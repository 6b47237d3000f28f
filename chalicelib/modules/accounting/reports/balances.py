"""Balances of one account: day by day, and now with its month and year (ACC-59, ACC-62, ACC-63)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.sheet import LedgerSheet, Row, over_period
from chalicelib.modules.accounting.domain.trial_balance import NOTHING, add, under
from chalicelib.modules.accounting.plans import Account
from chalicelib.modules.accounting.reports.trial_balance import check_period
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.branches import Cover, covered, latest_date, working
from chalicelib.modules.accounting.repository.chart import chart_on, visible_account
from chalicelib.platform.work import UnitOfWork

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AccountQuery:
    """One account, or the sum of all that lies under it, for some branches in one currency."""

    account: str
    cover: Cover
    currency: str = ""


@dataclass(frozen=True, slots=True)
class DayBalance:
    """An account's calendar day; a day without business carries the balance of the one before."""

    day: date
    row: Row


@dataclass(frozen=True, slots=True)
class Standing:
    """An account now: its balance, its month's end before, and the debits and credits of month and year."""

    code: str
    account: Account
    on: date
    branches: tuple[str, ...]
    currency: str
    day: Row
    month: Row
    year: Row


def day_balances(work: UnitOfWork, query: AccountQuery, first: date, last: date) -> list[DayBalance]:
    """The account's opening, movement and closing of each calendar day of a range.

    Raises BranchNotFound, UnknownLedgerAccount, LedgerPeriodInvalid.
    """
    branches = working(work, covered(work, query.cover, last))
    check_period(first, last, latest_date(work, branches))
    chart = chart_on(work.config, last)
    visible_account(work, chart, query.account)
    code = query.currency or work.context.tenant.currency
    opening, moved = movement_by_day(work, branches, chart, query.account, code, first, last)
    return list(_each_day(opening, moved, first, last))


def movement_by_day(
    work: UnitOfWork,
    branches: Iterable[str],
    chart: Chart,
    account: str,
    currency: str,
    first: date,
    last: date,
) -> tuple[int, dict[date, dict[str, Row]]]:
    """(balance before the range, the account's row by date and branch for the days that have a sheet)."""
    opening = 0
    moved: dict[date, dict[str, Row]] = {}
    for branch in branches:
        before, within = sheets.between(work, branch, first, last)
        opening += under(before.rows, chart, account, currency).closing
        for sheet in within:
            moved.setdefault(sheet.business_date, {})[branch] = under(sheet.rows, chart, account, currency)
    return opening, moved


def standing(work: UnitOfWork, query: AccountQuery, on: date | None) -> Standing:
    """The account on a date with its month and its calendar year so far.

    Raises BranchNotFound, UnknownLedgerAccount, LedgerPeriodInvalid.
    """
    branches = covered(work, query.cover, on)
    at_work = working(work, branches)
    today = latest_date(work, at_work)
    on = on or today
    check_period(on, on, today)
    chart = chart_on(work.config, on)
    account = visible_account(work, chart, query.account)
    code = query.currency or work.context.tenant.currency
    day = month = year = NOTHING
    for branch in at_work:
        before, within = sheets.between(work, branch, on.replace(month=1, day=1), on)
        day = add(day, _of_day(within, before, on, chart, query.account, code))
        year = add(year, under(over_period(before, within), chart, query.account, code))
        month = add(month, _of_month(within, before, on, chart, query.account, code))
    return Standing(query.account, account, on, branches, code, day, month, year)


def _of_day(
    within: list[LedgerSheet], before: LedgerSheet, on: date, chart: Chart, account: str, currency: str
) -> Row:
    last = within[-1] if within else before
    sheet = last if last.business_date == on else last.carried_to(on)
    return under(sheet.rows, chart, account, currency)


def _of_month(
    within: list[LedgerSheet], before: LedgerSheet, on: date, chart: Chart, account: str, currency: str
) -> Row:
    first = on.replace(day=1)
    earlier = [sheet for sheet in within if sheet.business_date < first]
    later = [sheet for sheet in within if sheet.business_date >= first]
    return under(over_period(earlier[-1] if earlier else before, later), chart, account, currency)


def _each_day(
    opening: int, moved: dict[date, dict[str, Row]], first: date, last: date
) -> Iterator[DayBalance]:
    for step in range((last - first).days + 1):
        day = first + DAY * step
        rows = moved.get(day, {}).values()
        row = Row(opening, sum(each.debit for each in rows), sum(each.credit for each in rows))
        yield DayBalance(day, row)
        opening = row.closing
