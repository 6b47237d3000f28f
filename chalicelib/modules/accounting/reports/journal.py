"""The journal of a day, leg by leg."""

from collections.abc import Iterator
from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.domain.trial_balance import cleared
from chalicelib.modules.accounting.reports.trial_balance import check_period
from chalicelib.modules.accounting.repository.branches import Cover, covered, latest_date, working
from chalicelib.modules.accounting.repository.chart import chart_on, clearance_of
from chalicelib.modules.accounting.repository.journal import records_of_day
from chalicelib.platform.posting.records import JournalRecord, PostedLeg
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A leg and the record it stands in."""

    record: JournalRecord
    leg: PostedLeg


def journal_lines(work: UnitOfWork, cover: Cover, on: date | None) -> Iterator[JournalLine]:
    """Every leg of a day's journal, branch by branch in the order of posting.

    Raises BranchNotFound, LedgerPeriodInvalid.
    """
    branches = working(work, covered(work, cover, on))
    today = latest_date(work, branches)
    on = on or today
    check_period(on, on, today)
    chart, clearance = chart_on(work.config, on), clearance_of(work)
    for branch in branches:
        for record in records_of_day(work, branch, on):
            for leg in record.legs:
                if cleared(chart, leg.ledger_account, clearance):
                    yield JournalLine(record, leg)
