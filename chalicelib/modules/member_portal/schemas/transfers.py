"""Transfers between the member's own accounts."""

from datetime import date, datetime

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import public as deposits
from chalicelib.modules.member_portal.service.transfers import Choice, Made, Transfer
from chalicelib.platform.http.payload import Amount, Payload, PositiveAmount, View, Warned


class OwnTransfer(Payload):
    """An amount from one of the member's accounts to another, with what it is for."""

    from_account: str = Field(max_length=64)
    to_account: str = Field(max_length=64)
    amount: PositiveAmount
    narrative: str = Field("", max_length=140)

    def asked(self) -> Transfer:
        """What the service is asked for."""
        return Transfer(self.from_account, self.to_account, self.amount, self.narrative)


class TransferAccount(View):
    """One of the member's accounts; ``may_pay`` and ``may_receive`` say what a transfer may do with it now.

    ``reason`` is why it may not pay: "joint" with others, or "stopped" by its status or a hold.
    """

    id: str
    number: str
    name: str
    kind: str
    available: Amount
    may_pay: bool
    reason: str
    may_receive: bool

    @staticmethod
    def of(choice: Choice) -> "TransferAccount":
        """The view of a choice."""
        product = choice.product
        return TransferAccount(
            id=product.account_id,
            number=product.number,
            name=product.name,
            kind=product.kind,
            available=product.available or Money.zero(product.balance.currency),
            may_pay=not choice.reason,
            reason=choice.reason,
            may_receive=choice.may_receive,
        )


class TransferAccounts(View):
    """The member's accounts as a transfer sees them, in the order they were opened."""

    items: list[TransferAccount]


class TransferSide(View):
    """An account of a transfer with what can be taken out of it afterwards."""

    id: str
    number: str
    available: Amount

    @staticmethod
    def of(account: deposits.DemandAccount, on: date) -> "TransferSide":
        """The view of an account on a business date."""
        return TransferSide(id=account.id, number=account.number, available=account.available_on(on))


class TransferCharge(View):
    """A charge that comes with a transfer, or the tax on it."""

    name: str
    amount: Amount
    tax: bool


class TransferQuote(View):
    """What a transfer does: ``total`` is what leaves the paying account, its charges included."""

    from_account: TransferSide
    to_account: TransferSide
    amount: Amount
    charges: list[TransferCharge]
    total: Amount
    narrative: str

    @staticmethod
    def of(made: Made) -> "TransferQuote":
        """The view of a transfer that would be made."""
        moved = made.receipt.posted.movements
        return TransferQuote(
            from_account=TransferSide.of(made.payer, moved[made.payer.id].business_date),
            to_account=TransferSide.of(made.payee, moved[made.payee.id].business_date),
            amount=made.asked.money,
            charges=[TransferCharge(name=each.name, amount=each.money, tax=each.tax) for each in made.costs],
            total=made.total,
            narrative=made.asked.narrative,
        )


class TransferReceipt(TransferQuote, Warned):
    """A transfer that was made; ``number`` is how the receipt and the statement name it."""

    id: str
    number: str
    business_date: date
    posted_at: datetime

    @staticmethod
    def of(made: Made) -> "TransferReceipt":
        """The view of a transfer that was made."""
        entry = made.receipt.posted.entry
        return TransferReceipt(
            **dict(TransferQuote.of(made)),
            id=entry.id,
            number=made.receipt.number,
            business_date=entry.business_date,
            posted_at=made.receipt.posted.posted_at,
        )
