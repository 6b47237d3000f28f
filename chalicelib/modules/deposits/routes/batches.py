"""The routes of batch files and of the transactions they leave pending."""

from chalicelib.modules.deposits import permissions
from chalicelib.modules.deposits.repository import batches as kept
from chalicelib.modules.deposits.schemas.accounts import Reason
from chalicelib.modules.deposits.schemas.batches import (
    BatchList,
    BatchView,
    LineList,
    LineView,
    RegisterBatch,
)
from chalicelib.modules.deposits.service import batches
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("deposits", approvable=True)


@routes.get("/batches", permission=permissions.APPLY_BATCHES, response=BatchList)
def list_batches(work: UnitOfWork) -> BatchList:
    """The batch files, the latest first."""
    return BatchList(items=[BatchView.of(batch) for batch in kept.found(work)])


@routes.post(
    "/batches",
    permission=permissions.APPLY_BATCHES,
    request=RegisterBatch,
    response=BatchView,
    approvable=False,
)
def register_batch(work: UnitOfWork, body: RegisterBatch) -> BatchView:
    """Register a file of debits and credits."""
    return BatchView.of(batches.register(work, body.asked()))


@routes.get("/batches/{batch_id}", permission=permissions.APPLY_BATCHES, response=BatchView)
def read_batch(work: UnitOfWork, batch_id: str) -> BatchView:
    """A batch and how far it is applied."""
    return BatchView.of(kept.batch(work, batch_id))


@routes.get("/batches/{batch_id}/lines", permission=permissions.APPLY_BATCHES, response=LineList)
def list_batch_lines(work: UnitOfWork, batch_id: str) -> LineList:
    """What became of the lines of a batch."""
    batch = kept.batch(work, batch_id)
    found = kept.outcomes(work, batch.id)
    return LineList(items=[LineView.of(outcome, batch.currency) for outcome in found])


@routes.post(
    "/batches/{batch_id}/applications",
    permission=permissions.APPLY_BATCHES,
    response=BatchView,
    money=True,
)
def apply_batch(work: UnitOfWork, batch_id: str) -> BatchView:
    """Apply the next lines of a batch."""
    return BatchView.of(batches.apply_batch(work, batch_id))


@routes.get("/pending-transactions", permission=permissions.APPLY_BATCHES, response=LineList)
def list_pending_transactions(work: UnitOfWork) -> LineList:
    """The rejected lines that somebody must send again or discard."""
    found = kept.pending_outcomes(work)
    return LineList(items=[LineView.of(row, kept.batch(work, row.batch_id).currency) for row in found])


@routes.post(
    "/pending-transactions/{pending_id}/resends",
    permission=permissions.APPLY_BATCHES,
    response=LineView,
    money=True,
)
def resend_transaction(work: UnitOfWork, pending_id: str) -> LineView:
    """Post a rejected line today."""
    outcome, receipt = batches.resend(work, pending_id)
    return LineView.of(outcome, receipt.account.currency)


@routes.post(
    "/pending-transactions/{pending_id}/discards",
    permission=permissions.APPLY_BATCHES,
    request=Reason,
    response=LineView,
)
def discard_transaction(work: UnitOfWork, pending_id: str, body: Reason) -> LineView:
    """Decide that a rejected line is never posted."""
    outcome = batches.discard(work, pending_id, body.reason)
    return LineView.of(outcome, kept.batch(work, outcome.batch_id).currency)
