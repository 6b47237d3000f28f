"""The routes of scheduled transfers and of interest that is paid elsewhere."""

from chalicelib.modules.deposits import permissions, repository
from chalicelib.modules.deposits.schemas.orders import (
    ChequeRequestList,
    ChequeRequestsQuery,
    ChequeRequestView,
    DirectInterest,
    InterestDestinationView,
    ScheduledQuery,
    ScheduledTransferList,
    ScheduledTransferView,
    ScheduleTransfer,
)
from chalicelib.modules.deposits.service import opening, payouts, scheduling
from chalicelib.modules.deposits.service.money import Instruction
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("deposits", approvable=True)


@routes.put(
    "/accounts/{account_id}/interest-destination",
    permission=permissions.MAINTAIN_ACCOUNT,
    request=DirectInterest,
    response=InterestDestinationView,
)
def direct_interest(work: UnitOfWork, account_id: str, body: DirectInterest) -> InterestDestinationView:
    """Say where an account's interest goes."""
    opening.direct_interest(work, account_id, body.method, body.interest_account, body.interest_payee)
    return InterestDestinationView.of(*payouts.destination_shown(work, account_id))


@routes.get(
    "/accounts/{account_id}/interest-destination",
    permission=permissions.READ_ACCOUNT,
    response=InterestDestinationView,
)
def read_interest_destination(work: UnitOfWork, account_id: str) -> InterestDestinationView:
    """Where an account's interest goes."""
    return InterestDestinationView.of(*payouts.destination_shown(work, account_id))


@routes.get(
    "/cheque-requests",
    permission=permissions.READ_ACCOUNT,
    query=ChequeRequestsQuery,
    response=ChequeRequestList,
)
def list_cheque_requests(work: UnitOfWork, query: ChequeRequestsQuery) -> ChequeRequestList:
    """The cashier's cheques that deposits have asked for in a branch."""
    page = payouts.cheque_requests(
        work, query.branch, query.from_date, query.to_date, query.limit, query.cursor
    )
    rows = [ChequeRequestView.of(request, name) for request, name in page.items]
    return ChequeRequestList(items=rows, next_cursor=page.next_cursor)


@routes.post(
    "/scheduled-transfers",
    permission=permissions.POST_TRANSFER,
    request=ScheduleTransfer,
    response=ScheduledTransferView,
    money=True,
    amount=lambda body: body.amount,
)
def schedule_transfer(work: UnitOfWork, body: ScheduleTransfer) -> ScheduledTransferView:
    """Order a transfer for the start of a later day."""
    asked = Instruction(body.from_account, body.amount, body.narrative)
    return ScheduledTransferView.of(scheduling.schedule(work, asked, body.to_account, body.date))


@routes.get(
    "/scheduled-transfers",
    permission=permissions.READ_ACCOUNT,
    query=ScheduledQuery,
    response=ScheduledTransferList,
)
def list_scheduled_transfers(work: UnitOfWork, query: ScheduledQuery) -> ScheduledTransferList:
    """The transfers ordered from an account for later days."""
    account = repository.account(work, query.account_id)
    found = repository.scheduled_from(work, account.id)
    return ScheduledTransferList(items=[ScheduledTransferView.of(order) for order in found])


@routes.delete(
    "/scheduled-transfers/{transfer_id}",
    permission=permissions.POST_TRANSFER,
    response=ScheduledTransferView,
)
def cancel_scheduled_transfer(work: UnitOfWork, transfer_id: str) -> ScheduledTransferView:
    """Take back a transfer that was ordered for a later day."""
    return ScheduledTransferView.of(scheduling.cancel(work, transfer_id))
