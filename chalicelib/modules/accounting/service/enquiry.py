"""Finding vouchers: by number and date of capture, in the inbox, by branch (ACC-61)."""

from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.domain.voucher import VoucherState
from chalicelib.modules.accounting.reports.trial_balance import check_period
from chalicelib.modules.accounting.repository import vouchers
from chalicelib.modules.accounting.repository.branches import Cover, covered, latest_date, working
from chalicelib.modules.accounting.repository.vouchers import WAITING, VoucherPage
from chalicelib.platform.work import UnitOfWork

LATEST_DAYS = 31


@dataclass(frozen=True, slots=True)
class VoucherQuery:
    """Which vouchers. Those that wait are found whatever their date, unless dates are given."""

    branch: str = ""
    number: str = ""
    captured_on: date | None = None
    state: VoucherState | None = None
    since: date | None = None
    until: date | None = None
    limit: int = 50
    cursor: str | None = None


def find_vouchers(work: UnitOfWork, query: VoucherQuery) -> VoucherPage:
    """The vouchers asked for, newest first. Raises BranchNotFound, LedgerPeriodInvalid, UnknownCursor."""
    if query.number:
        found = vouchers.numbered(work, query.number)
        fits = found is not None and query.captured_on in (None, found.captured_on)
        return VoucherPage([found] if found and fits else [], None)
    branches = working(work, covered(work, Cover(query.branch)))
    if query.state in WAITING and query.since is None and query.until is None:
        waiting = vouchers.all_waiting(work, query.state, branches)
        return VoucherPage(sorted(waiting, key=lambda each: (each.captured_on, each.id), reverse=True), None)
    today = latest_date(work, branches)
    last = query.captured_on or query.until or today
    first = query.captured_on or query.since or date.fromordinal(max(1, last.toordinal() - LATEST_DAYS))
    check_period(first, last, max(today, last))
    return vouchers.captured(work, branches, first, last, query.state, query.limit, query.cursor)
