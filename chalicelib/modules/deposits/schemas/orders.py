"""What the routes of orders for later days take and answer."""

from datetime import date as day

from pydantic import Field

from chalicelib.modules.deposits.domain.scheduled import ScheduledTransfer
from chalicelib.modules.deposits.schemas.accounts import TransferRequest
from chalicelib.platform.http.payload import Amount, Payload, View


class ScheduleTransfer(TransferRequest):
    """A transfer for the start of a later day."""

    date: day


class ScheduledQuery(Payload):
    """From which account."""

    account_id: str = Field(max_length=64)


class ScheduledTransferView(View):
    """A transfer ordered for a later day, and what became of it."""

    id: str
    from_account: str
    to_account: str
    amount: Amount
    narrative: str
    date: day
    state: str
    entry_id: str
    problem: str
    ordered_by: str
    version: int

    @staticmethod
    def of(order: ScheduledTransfer) -> "ScheduledTransferView":
        """The view of an order."""
        return ScheduledTransferView(
            id=order.id,
            from_account=order.from_account,
            to_account=order.to_account,
            amount=order.money,
            narrative=order.narrative,
            date=order.execute_on,
            state=order.state.value,
            entry_id=order.entry_id,
            problem=order.problem,
            ordered_by=order.ordered_by,
            version=order.version,
        )


class ScheduledTransferList(View):
    """Transfers ordered from an account, the latest first."""

    items: list[ScheduledTransferView]
