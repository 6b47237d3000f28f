"""What the routes that close accounts take and answer."""

from datetime import date

from pydantic import Field

from chalicelib.modules.deposits.service.closures import Closed, Quote
from chalicelib.platform.http.payload import Amount, Payload, View


class ClosureRequest(Payload):
    """Why an account is closed, and the account that is paid; cash where there is none."""

    reason: str = Field(min_length=3, max_length=140)
    to_account: str = Field("", max_length=64)


class QuotedCharge(View):
    """A charge that closing pays, with its tax; ``waiting`` ones were made before."""

    charge: str
    amount: Amount
    tax: Amount
    waiting: bool = False


class ClosureQuoteView(View):
    """What closing an account comes to today, and what keeps it from being closed."""

    account_id: str
    business_date: date
    ledger: Amount
    interest: Amount
    tax: Amount
    charges: list[QuotedCharge]
    payout: Amount
    obstacles: list[str]

    @staticmethod
    def of(quote: Quote) -> "ClosureQuoteView":
        """The view of a quote."""
        made = [QuotedCharge(charge=due.charge, amount=due.money, tax=due.tax) for due in quote.charges]
        waiting = [
            QuotedCharge(charge=row.charge, amount=row.money, tax=row.tax, waiting=True)
            for row in quote.waiting
        ]
        return ClosureQuoteView(
            account_id=quote.account.id,
            business_date=quote.on,
            ledger=quote.account.ledger,
            interest=quote.interest,
            tax=quote.tax,
            charges=[*waiting, *made],
            payout=quote.payout,
            obstacles=list(quote.obstacles),
        )


class ClosureView(View):
    """An account that was closed and what it paid."""

    id: str
    account_id: str
    number: str
    holder: str
    state: str
    status: str
    closed_on: date
    interest: Amount
    tax: Amount
    charges: Amount
    payout: Amount
    ledger: Amount
    entry_id: str

    @staticmethod
    def of(closed: Closed) -> "ClosureView":
        """The view of a closed account."""
        account, quote = closed.account, closed.quote
        return ClosureView(
            id=account.id,
            account_id=account.id,
            number=account.number,
            holder=closed.holder,
            state=account.state.value,
            status=account.status,
            closed_on=quote.on,
            interest=quote.interest,
            tax=quote.tax,
            charges=quote.charged,
            payout=quote.payout,
            ledger=account.ledger,
            entry_id=closed.posted.entry.id if closed.posted else "",
        )
