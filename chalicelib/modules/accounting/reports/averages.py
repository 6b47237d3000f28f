"""Average balances of a month, quarter or year, by account (ACC-65)."""

from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain import averages
from chalicelib.modules.accounting.domain.averages import Span
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.sheet import LedgerSheet
from chalicelib.modules.accounting.domain.trial_balance import by_account, cleared
from chalicelib.modules.accounting.reports.trial_balance import check_period
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.branches import Cover, covered, latest_date, working
from chalicelib.modules.accounting.repository.chart import chart_on, clearance_of, visible_account
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AverageQuery:
    """The period that a date lies in (today's if none), for some branches; under an account, down to a level."""

    cover: Cover
    span: Span
    on: date | None = None
    currency: str = ""
    account: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class AverageFound:
    """Averages by account, debits positive, over the calendar days of the period that have come."""

    first: date
    last: date
    chart: Chart
    lines: list[tuple[str, Money]]

    @property
    def days(self) -> int:
        """How many calendar days were averaged."""
        return (self.last - self.first).days + 1


def average_balances(work: UnitOfWork, query: AverageQuery) -> AverageFound:
    """The average balance of each account. Raises BranchNotFound, UnknownLedgerAccount, LedgerPeriodInvalid."""
    branches = working(work, covered(work, query.cover, query.on))
    today = latest_date(work, branches)
    first, end = averages.span_of(query.span, query.on or today)
    last = min(end, today)
    check_period(first, last, today)
    chart, currency = chart_on(work.config, last), query.currency or work.context.tenant.currency
    if query.account:
        visible_account(work, chart, query.account)
    sums: dict[str, int] = {}
    for branch in branches:
        before, within = sheets.between(work, branch, first, last)
        closings = [(sheet.business_date, _closings(sheet, currency)) for sheet in within]
        for code, total in averages.summed(_closings(before, currency), closings, first, last).items():
            for above in chart.line_of(code):
                sums[above] = sums.get(above, 0) + total
    days = (last - first).days + 1
    lines = [
        (code, averages.average(total, days, currency))
        for code, total in sorted(sums.items())
        if _shown(query, chart, code, clearance_of(work))
    ]
    return AverageFound(first, last, chart, lines)


def _closings(sheet: LedgerSheet, currency: str) -> dict[str, int]:
    return {code: row.closing for code, row in by_account(sheet.rows, currency).items()}


def _shown(query: AverageQuery, chart: Chart, code: str, clearance: int | None) -> bool:
    if query.level is not None and chart.level_of(code) > query.level:
        return False
    return (not query.account or chart.within(code, query.account)) and cleared(chart, code, clearance)
