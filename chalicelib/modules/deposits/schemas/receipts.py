"""What a person who moved money is answered: receipts and reversals."""

from datetime import date, datetime

from chalicelib.modules.deposits.service.money import Receipt
from chalicelib.platform.http.payload import Amount, View, Warned
from chalicelib.platform.posting.service import Posted


class ReceiptAccount(View):
    """The account a receipt is for."""

    id: str
    number: str
    holder: str


class ReceiptCharge(View):
    """A charge that came with a transaction, or the tax on it."""

    charge: str
    amount: Amount
    tax: bool = False


class ReceiptView(Warned):
    """What the member takes home."""

    id: str
    entry_id: str
    business_date: date
    posted_at: datetime
    code: str
    amount: Amount
    ledger: Amount
    available: Amount
    account: ReceiptAccount
    branch: str
    actor: str
    narrative: str
    charges: list[ReceiptCharge] = []

    @staticmethod
    def of(receipt: Receipt, actor: str) -> "ReceiptView":
        """The view of a receipt."""
        entry, account = receipt.posted.entry, receipt.account
        return ReceiptView(
            id=entry.id,
            entry_id=entry.id,
            business_date=entry.business_date,
            posted_at=receipt.posted.posted_at,
            code=entry.code,
            amount=receipt.amount,
            ledger=account.ledger,
            available=account.available_on(receipt.posted.movements[account.id].business_date),
            account=ReceiptAccount(id=account.id, number=account.number, holder=receipt.holder),
            branch=entry.branch,
            actor=actor,
            narrative=entry.narrative,
            charges=[
                ReceiptCharge(charge=taken.charge, amount=taken.money, tax=taken.tax)
                for taken in receipt.charges
            ],
        )


class ReversalView(View):
    """The entry that undid another."""

    id: str
    entry_id: str
    reverses: str
    business_date: date

    @staticmethod
    def of(posted: Posted) -> "ReversalView":
        """The view of a reversal."""
        entry = posted.entry
        return ReversalView(
            id=entry.id, entry_id=entry.id, reverses=entry.reverses, business_date=entry.business_date
        )
