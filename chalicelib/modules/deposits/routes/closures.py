"""The routes that close accounts."""

from chalicelib.modules.deposits import permissions
from chalicelib.modules.deposits.schemas.closures import ClosureQuoteView, ClosureRequest, ClosureView
from chalicelib.modules.deposits.service import closures
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("deposits", approvable=True)


@routes.get(
    "/accounts/{account_id}/closure-quote",
    permission=permissions.READ_ACCOUNT,
    response=ClosureQuoteView,
)
def quote_closure(work: UnitOfWork, account_id: str) -> ClosureQuoteView:
    """What closing an account comes to today."""
    return ClosureQuoteView.of(closures.quote(work, account_id))


@routes.post(
    "/accounts/{account_id}/closures",
    permission=permissions.CLOSE_ACCOUNT,
    request=ClosureRequest,
    response=ClosureView,
    money=True,
)
def close_account(work: UnitOfWork, account_id: str, body: ClosureRequest) -> ClosureView:
    """Pay an account out and close it."""
    return ClosureView.of(closures.close_account(work, account_id, body.reason, body.to_account))
