"""The proof of a close: the books balance, the sub-ledgers agree with them, and nobody was left out."""

from chalicelib.kernel.errors import InvariantError
from chalicelib.modules.accounting import public as accounting
from chalicelib.platform.closing.applications import Application, Tally, applications
from chalicelib.platform.closing.runs import STEPS, ClosingRun, StepState
from chalicelib.platform.work import UnitOfWork


class BooksDoNotBalance(InvariantError):
    """A control of the end of day does not hold; the run stops here and the difference is named."""

    code = "books_do_not_balance"


def prove_books(work: UnitOfWork, run: ClosingRun, tallies: dict[str, Tally]) -> Tally:
    """Raises BooksDoNotBalance at the first control that does not hold; else how many controls did."""
    _everyone_was_visited(work, run)
    controls = 0
    for place, difference in accounting.proof(work, run.branches, run.business_date).items():
        if difference:
            raise BooksDoNotBalance("trial_balance", place=place, difference=difference)
        controls += 1
    for application in applications():
        if application.name in work.context.tenant.modules:
            controls += _agrees(work, run, application, tallies.get(application.name, Tally()))
    return Tally(read=controls, processed=controls)


def _agrees(work: UnitOfWork, run: ClosingRun, application: Application, tally: Tally) -> int:
    """Every balance that the ledger shows under the application's roles is what its records sum up to."""
    owed = application.owes(tally)
    shown = dict.fromkeys(owed, 0)
    for branch in run.branches:
        for key, row in accounting.sheet_on(work, branch, run.business_date).rows.items():
            if key.role in application.roles:
                place = (branch, key.role, key.product, key.currency)
                shown[place] = shown.get(place, 0) - row.closing
    for place, amount in shown.items():
        if amount != owed.get(place, 0):
            raise BooksDoNotBalance(
                "subledger", place="/".join(place), ledger=amount, subledger=owed.get(place, 0)
            )
    return len(shown)


def _everyone_was_visited(work: UnitOfWork, run: ClosingRun) -> None:
    read = 0
    for step in work.all(STEPS, run_id=run.id, prefix="close#"):
        tally = step.tally
        if (
            step.state is not StepState.COMPLETED
            or tally.read != tally.processed + tally.skipped
            or tally.failed
        ):
            raise BooksDoNotBalance(
                "completeness", place=step.part, read=tally.read, processed=tally.processed
            )
        read += tally.read
    if read < run.records:
        raise BooksDoNotBalance("completeness", place="all", read=read, planned=run.records)
