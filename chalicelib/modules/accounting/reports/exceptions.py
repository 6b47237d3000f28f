"""What is out of order: postings in suspense (GEN-52), and accounts beyond their attributes (ACC-70)."""

from collections.abc import Iterator
from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.domain.breaches import Breach, balance_breaches, leg_breach
from chalicelib.modules.accounting.domain.trial_balance import by_account, cleared
from chalicelib.modules.accounting.reports.trial_balance import check_period
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.branches import Cover, covered, latest_date, sees, working
from chalicelib.modules.accounting.repository.chart import chart_on, clearance_of
from chalicelib.modules.accounting.repository.journal import legs_of_day
from chalicelib.platform.posting.exceptions import EXCEPTIONS, PostingException
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ExceptionQuery:
    """Which posting exceptions: by state, branch, reason and dates; blank is any."""

    state: str = ""
    branch: str = ""
    reason: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class BranchBreach:
    """A breach and the branch where it is."""

    branch: str
    breach: Breach


def matching(work: UnitOfWork, query: ExceptionQuery) -> list[PostingException]:
    """The posting exceptions asked for that the caller may see, newest first."""
    found = [each for each in work.all(EXCEPTIONS) if sees(work, each.branch) and _matches(each, query)]
    return sorted(found, key=lambda each: (each.business_date, each.at, each.id), reverse=True)


def breaches(work: UnitOfWork, cover: Cover, on: date | None) -> tuple[date, list[BranchBreach]]:
    """(the date, accounts whose balance or whose movement of that date is beyond their attributes), in the
    institution's currency. Raises BranchNotFound, LedgerPeriodInvalid.
    """
    branches = working(work, covered(work, cover, on))
    today = latest_date(work, branches)
    on = on or today
    check_period(on, on, today)
    return on, [BranchBreach(branch, each) for branch in branches for each in _of_branch(work, branch, on)]


def _of_branch(work: UnitOfWork, branch: str, on: date) -> Iterator[Breach]:
    chart, clearance, currency = chart_on(work.config, on), clearance_of(work), work.context.tenant.currency
    rows = by_account(sheets.on_date(work, branch, on).rows, currency)
    found = [*balance_breaches(rows, chart, currency, branch)]
    for legs in legs_of_day(work, branch, on):
        found += [
            each for leg in legs if leg.currency == currency and (each := leg_breach(leg, chart, branch))
        ]
    return (each for each in found if cleared(chart, each.account, clearance))


def _matches(each: PostingException, query: ExceptionQuery) -> bool:
    return (
        query.state in ("", each.state.value)
        and query.branch in ("", each.branch)
        and query.reason in ("", each.reason)
        and (query.since is None or each.business_date >= query.since)
        and (query.until is None or each.business_date <= query.until)
    )
