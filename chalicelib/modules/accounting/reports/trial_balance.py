"""The trial balance of a branch or of several, on a date or over a period, down to a level of the chart."""

from dataclasses import field
from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.sheet import Row, RowKey, combined, over_period
from chalicelib.modules.accounting.domain.trial_balance import TrialBalance, trial_balance
from chalicelib.modules.accounting.errors import LedgerPeriodInvalid
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.branches import Cover, covered, latest_date, working
from chalicelib.modules.accounting.repository.chart import chart_on, clearance_of
from chalicelib.platform.work import UnitOfWork

LONGEST_DAYS = 366
FIRST_YEAR = 1970


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """What is asked: for which branches, the date (None: today's), from which date on, currency and depth.

    ``since`` None shows the movement of the date alone.
    """

    cover: Cover = field(default_factory=Cover)
    on: date | None = None
    since: date | None = None
    currency: str = ""
    level: int | None = None
    without_interbranch: bool = False


@dataclass(frozen=True, slots=True)
class TrialBalanceFound:
    """A trial balance and what it covers."""

    since: date
    on: date
    branches: tuple[str, ...]
    balance: TrialBalance
    chart: Chart


def trial_balance_of(work: UnitOfWork, query: LedgerQuery) -> TrialBalanceFound:
    """The trial balance asked for. Raises BranchNotFound, LedgerPeriodInvalid."""
    branches = covered(work, query.cover, query.on)
    at_work = working(work, branches)
    today = latest_date(work, at_work)
    on = query.on or today
    since = query.since or on
    check_period(since, on, today)
    rows = combined(rows_of(work, branch, since, on) for branch in at_work)
    chart = chart_on(work.config, on)
    balance = trial_balance(
        rows,
        chart,
        query.currency or work.context.tenant.currency,
        level=query.level,
        clearance=clearance_of(work),
        without_interbranch=query.without_interbranch,
    )
    return TrialBalanceFound(since, on, branches, balance, chart)


def rows_of(work: UnitOfWork, branch: str, since: date, on: date) -> dict[RowKey, Row]:
    """A branch's opening, debits and credits of a period, both dates included."""
    if since == on:
        return dict(sheets.on_date(work, branch, on).rows)
    before, within = sheets.between(work, branch, since, on)
    return over_period(before, within)


def check_period(first: date, last: date, today: date) -> None:
    """Raises LedgerPeriodInvalid for dates in the wrong order, after the business date, or over a year apart.

    No cooperative keeps books here from before 1970.
    """
    if last > today:
        raise LedgerPeriodInvalid("to", days=LONGEST_DAYS, business_date=today.isoformat())
    if first > last or (last - first).days > LONGEST_DAYS or first.year < FIRST_YEAR:
        raise LedgerPeriodInvalid("from", days=LONGEST_DAYS, business_date=today.isoformat())
