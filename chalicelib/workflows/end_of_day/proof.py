"""The proof of a close: the books balance, the sub-ledgers agree with them, and nobody was left out."""

from chalicelib.kernel.errors import InvariantError
from chalicelib.modules.accounting import public as accounting
from chalicelib.platform.closing.applications import Tally, application_named
from chalicelib.platform.closing.runs import STEPS, ClosingRun
from chalicelib.platform.work import UnitOfWork


class BooksDoNotBalance(InvariantError):
    """A control of the end of day does not hold; the run stops here and the difference is named."""

    code = "books_do_not_balance"


def prove_books(work: UnitOfWork, run: ClosingRun, tallies: dict[str, Tally]) -> Tally:
    """Raises BooksDoNotBalance at the first control that does not hold; else how many controls did."""
    controls = 0
    for branch, difference in accounting.proof(work, run.branches, run.business_date).items():
        if difference:
            raise BooksDoNotBalance("trial_balance", place=branch, difference=difference)
        controls += 1
    for name, tally in tallies.items():
        for (branch, role, product, currency), owed in application_named(name).owes(tally).items():
            shown = -accounting.balance(work, branch, role, product, currency, run.business_date)
            if shown != owed:
                raise BooksDoNotBalance(
                    "subledger", place=f"{branch}/{role}/{product}/{currency}", ledger=shown, subledger=owed
                )
            controls += 1
    _everyone_was_visited(work, run)
    return Tally(read=controls, processed=controls)


def _everyone_was_visited(work: UnitOfWork, run: ClosingRun) -> None:
    for step in work.all(STEPS, run_id=run.id, prefix="close#"):
        tally = step.tally
        if tally.read != tally.processed + tally.skipped or tally.failed:
            raise BooksDoNotBalance(
                "completeness", place=step.part, read=tally.read, processed=tally.processed
            )
