"""The inbox of everything that waits for a second person: operations and parameter versions alike."""

from chalicelib.platform import inbox
from chalicelib.platform.http.routes import SIGNED_IN, Routes
from chalicelib.platform.schemas.oversight import Approvals, ApprovalsQuery, ApprovalView
from chalicelib.platform.schemas.parameters import Decision
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform")


@routes.get("/approvals", permission=SIGNED_IN, query=ApprovalsQuery, response=Approvals)
def list_approvals(work: UnitOfWork, query: ApprovalsQuery) -> Approvals:
    """What the caller may decide, and what the caller asked for."""
    return Approvals(items=inbox.entries(work, query.state, query.limit))


@routes.post("/approvals/{id}/decisions", permission=SIGNED_IN, request=Decision, response=ApprovalView)
def decide_approval(work: UnitOfWork, id: str, body: Decision) -> ApprovalView:
    """Approve, which carries the operation out, or reject. Whoever asked may not decide."""
    return inbox.decide(work, id, body.decision == "approve", body.reason)
