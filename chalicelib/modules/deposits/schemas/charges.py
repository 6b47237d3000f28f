"""What the routes of charges take and answer."""

from datetime import date

from pydantic import Field

from chalicelib.modules.deposits.domain.charges import AccountCharge
from chalicelib.modules.deposits.service.charges import Charged
from chalicelib.platform.http.payload import Amount, Payload, PositiveAmount, View


class ChargeRequest(Payload):
    """A service charge by its code; ``base`` is what a percentage or a band is taken of, ``units`` what is counted."""

    charge: str = Field(max_length=40)
    base: PositiveAmount | None = None
    units: int = Field(1, ge=1, le=9999)


class WaiveCharge(Payload):
    """A charge that is not made, and why."""

    charge: str = Field(max_length=40)
    reason: str = Field(min_length=3, max_length=200)


class ChargeView(View):
    """A charge that waits, was collected later or waived; waived ones have no amount."""

    id: str
    account_id: str
    charge: str
    trigger: str
    amount: Amount
    tax: Amount
    state: str
    made_on: date
    due_from: date
    reason: str
    waived_by: str
    entry_id: str

    @staticmethod
    def of(row: AccountCharge) -> "ChargeView":
        """The view of a charge."""
        return ChargeView(
            id=row.id,
            account_id=row.account_id,
            charge=row.charge,
            trigger=row.trigger,
            amount=row.money,
            tax=row.tax,
            state=row.state.value,
            made_on=row.made_on,
            due_from=row.due_from,
            reason=row.reason,
            waived_by=row.by,
            entry_id=row.entry_id,
        )


class ChargeList(View):
    """Charges of an account that were not simply taken."""

    items: list[ChargeView]


class ChargedView(View):
    """What became of a charge that was asked for: taken by an entry, or waived by a rule."""

    id: str
    account_id: str
    charge: str
    state: str
    amount: Amount
    tax: Amount
    entry_id: str = ""
    reason: str = ""
    ledger: Amount
    available: Amount

    @staticmethod
    def of(charged: Charged) -> "ChargedView":
        """The view of what became of a charge."""
        account, due = charged.account, charged.due
        entry = charged.posted.entry.id if charged.posted else ""
        return ChargedView(
            id=entry or (charged.record.id if charged.record else ""),
            account_id=account.id,
            charge=due.charge,
            state="waived" if due.waived else "charged",
            amount=due.money,
            tax=due.tax,
            entry_id=entry,
            reason=due.waived,
            ledger=account.ledger,
            available=account.available_on(charged.on),
        )
