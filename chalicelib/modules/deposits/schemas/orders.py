"""What the routes of scheduled transfers and of interest that is paid elsewhere take and answer."""

from datetime import date as day
from typing import Literal

from pydantic import Field

from chalicelib.modules.deposits.domain.interest_payment import ChequeRequest, InterestDestination
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


class DirectInterest(Payload):
    """Where interest goes: into the account itself, the account with a number, or a cheque to holder or payee."""

    method: Literal["self", "account", "cheque"]
    interest_account: str = Field("", pattern=r"^[0-9]{0,20}$")
    interest_payee: str = Field("", max_length=64)


class InterestDestinationView(View):
    """Where an account's interest goes."""

    account_id: str
    method: str
    interest_account: str
    interest_payee: str

    @staticmethod
    def of(found: InterestDestination, method: str, number: str) -> "InterestDestinationView":
        """The view of a destination; ``number`` is that of the account which takes the interest."""
        return InterestDestinationView(
            account_id=found.account_id, method=method, interest_account=number, interest_payee=found.payee
        )


class ChequeRequestsQuery(Payload):
    """Of which branch, requested between which dates, both included, and the page."""

    branch: str = Field(pattern=r"^[1-9][0-9]{0,4}$")
    from_date: day = Field(alias="from")
    to_date: day = Field(alias="to")
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = None


class ChequeRequestView(View):
    """A cashier's cheque that the bank owes: to whom, how much and for what."""

    id: str
    branch: str
    account_id: str
    payee: str
    payee_name: str
    amount: Amount
    reason: str
    requested_on: day
    entry_id: str

    @staticmethod
    def of(request: ChequeRequest, payee_name: str) -> "ChequeRequestView":
        """The view of a request."""
        return ChequeRequestView(
            id=request.id,
            branch=request.branch,
            account_id=request.account_id,
            payee=request.payee,
            payee_name=payee_name,
            amount=request.money,
            reason=request.reason,
            requested_on=request.requested_on,
            entry_id=request.entry_id,
        )


class ChequeRequestList(View):
    """Cheques that the bank owes, the earliest first."""

    items: list[ChequeRequestView]
    next_cursor: str | None = None
