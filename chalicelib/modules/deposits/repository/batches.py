"""Finding batches and what became of their lines."""

from chalicelib.modules.deposits.domain.batch import Batch, Outcome
from chalicelib.modules.deposits.errors import UnknownBatch, UnknownPendingTransaction
from chalicelib.modules.deposits.repository import sees
from chalicelib.modules.deposits.tables import BATCHES, OUTCOMES, PENDING
from chalicelib.platform.work import UnitOfWork


def found(work: UnitOfWork) -> list[Batch]:
    """Every batch of a branch in the caller's scope, the latest first."""
    return [row for row in work.all(BATCHES, forward=False) if sees(work, row.branch)]


def batch(work: UnitOfWork, batch_id: str) -> Batch:
    """One batch. Raises UnknownBatch."""
    found = work.find(BATCHES, id=batch_id)
    if found is None or not sees(work, found.branch):
        raise UnknownBatch("batch_id")
    return found


def outcomes(work: UnitOfWork, batch_id: str) -> list[Outcome]:
    """What became of a batch's lines, in the order of the file."""
    return list(work.all(OUTCOMES, batch_id=batch_id, prefix="line#"))


def pending_outcomes(work: UnitOfWork) -> list[Outcome]:
    """The rejected lines that nobody has decided on, of batches in the caller's scope."""
    seen = {row.id for row in found(work)}
    rows = [row for row in work.all(PENDING) if row.batch_id in seen]
    return [work.get(OUTCOMES, batch_id=row.batch_id, number=row.number) for row in rows]


def pending_outcome(work: UnitOfWork, pending_id: str) -> Outcome:
    """One of them, by the id that it is listed with. Raises UnknownPendingTransaction."""
    batch_id, _, text = pending_id.rpartition("-")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else -1
    if work.find(PENDING, batch_id=batch_id, number=number) is None:
        raise UnknownPendingTransaction("pending_id")
    batch(work, batch_id)
    return work.get(OUTCOMES, batch_id=batch_id, number=number)
