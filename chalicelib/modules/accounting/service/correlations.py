"""Account correlations at the close: one that does not hold is put on record and told of, once a date (ACC-74)."""

from functools import partial

from chalicelib.modules.accounting import events
from chalicelib.modules.accounting.domain.refusal import BrokenCorrelation
from chalicelib.modules.accounting.reports.measures import Correlated, correlations
from chalicelib.modules.accounting.tables import BROKEN_CORRELATIONS
from chalicelib.platform.closing.applications import ClosingDay, PieceRun, Tally
from chalicelib.platform.events import emit
from chalicelib.platform.work import UnitOfWork


def check(run: PieceRun, branches: tuple[str, ...]) -> Tally:
    """Check every correlation over the branches that close together; ``failed`` counts those that do not hold."""
    tally = Tally()
    for found in list(correlations(run.work(), list(branches), run.day.business_date)):
        tally.read += 1
        tally.processed += found.holds
        tally.failed += not found.holds
        if not found.holds:
            run.commit(partial(_note, found=found, day=run.day))
    return tally


def _note(work: UnitOfWork, *, found: Correlated, day: ClosingDay) -> None:
    place = {"business_date": day.business_date, "code": found.code, "branch": found.branch}
    if work.find(BROKEN_CORRELATIONS, **place):
        return
    minor, currency = found.difference.minor, found.difference.currency
    work.put(
        BROKEN_CORRELATIONS,
        BrokenCorrelation(day.business_date, found.code, found.branch, minor, currency),
    )
    told = {"correlation": found.code, "branch": found.branch, "difference": found.difference.text}
    emit(work, events.CORRELATION_BROKEN, {**told, "business_date": day.business_date.isoformat()})
