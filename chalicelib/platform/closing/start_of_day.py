"""The start of a day carries out what is due: each due in a transaction of its own, whose first act is its last."""

from datetime import date
from functools import partial

from chalicelib.kernel.errors import BankError
from chalicelib.platform import attempts
from chalicelib.platform.closing import dues
from chalicelib.platform.closing.applications import PieceRun, Tally, application_named
from chalicelib.platform.closing.dues import DUES, DueState
from chalicelib.platform.work import UnitOfWork


def carry_out(run: PieceRun, branch: str) -> Tally:
    """Carry out every due of a branch whose day has come; answers how many were, and how many were refused.

    Done twice it changes nothing and answers the same: what was carried out no longer waits, and what was refused is
    not tried twice on one day.
    """
    today = run.day.open_date
    for listing in list(dues.waiting(run.work(), branch, today)):
        if listing.tried_on != today:
            _try(run, listing.due_id, today)
    work = run.work()
    done = [
        *dues.settled_on(work, branch, today),
        *(listing for listing in dues.waiting(work, branch, today) if listing.tried_on == today),
    ]
    failed = sum(listing.state is DueState.FAILED for listing in done)
    return Tally(read=len(done), processed=len(done) - failed, failed=failed)


def _try(run: PieceRun, due_id: str, today: date) -> None:
    try:
        run.commit(partial(_apply, due_id=due_id, today=today))
    except attempts.Busy:
        raise
    except BankError as problem:
        if problem.status >= 500:
            raise
        run.commit(partial(_note_refusal, due_id=due_id, today=today, problem=problem.code))


def _apply(work: UnitOfWork, *, due_id: str, today: date) -> None:
    due = work.get(DUES, id=due_id)
    apply_due = application_named(due.application).apply_due
    if due.waits and due.tried_on != today and apply_due:
        apply_due(work, due)
        dues.applied(work, due, today)


def _note_refusal(work: UnitOfWork, *, due_id: str, today: date, problem: str) -> None:
    due = work.get(DUES, id=due_id)
    if due.waits and due.tried_on != today:
        due = dues.refused(work, due, today, problem)
        refuse_due = application_named(due.application).refuse_due
        if refuse_due:
            refuse_due(work, due)
