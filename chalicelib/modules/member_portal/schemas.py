"""What the member portal takes and answers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.modules.member_portal.service import HeldAccount, Position
from chalicelib.platform.http.payload import Amount, Payload, View
from chalicelib.platform.posting.records import Movement
from chalicelib.platform.schemas.access import TenantView, TokenPair


class MemberView(View):
    """The member who signed in."""

    id: str
    name: str
    username: str
    language: str


class MemberSession(TokenPair):
    """An opened session of the portal."""

    must_change_password: bool
    user: MemberView
    tenant: TenantView


class MemberAccount(View):
    """One of the member's accounts."""

    id: str
    number: str
    name: str
    kind: str
    state: str
    ledger: Amount
    available: Amount
    held: Amount
    accrued_interest: Decimal

    @staticmethod
    def of(account: HeldAccount) -> "MemberAccount":
        """The view of an account."""
        return MemberAccount.model_validate(account)


class Totals(View):
    """Totals of one currency."""

    currency: str
    ledger: Amount
    available: Amount
    held: Amount


class PositionView(View):
    """Everything the member holds at one moment; ``base_total`` sums all currencies at their official rates."""

    as_of: datetime
    business_date: str
    accounts: list[MemberAccount]
    totals: list[Totals]
    base_total: dict[str, Amount] = {}

    @staticmethod
    def of(position: Position) -> "PositionView":
        """The view of a position."""
        return PositionView(
            as_of=position.as_of,
            business_date=position.business_date,
            accounts=[MemberAccount.of(account) for account in position.accounts],
            totals=[Totals(currency=currency, **row) for currency, row in position.totals.items()],
            base_total=position.base_total,
        )


class MemberAccounts(View):
    """The member's accounts."""

    items: list[MemberAccount]


class MovementsQuery(Payload):
    """Dates, both included, and the page."""

    from_date: date = Field(alias="from")
    to_date: date = Field(alias="to")
    order: Literal["newest", "oldest"] = "newest"
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = None


class StatementQuery(Payload):
    """A statement's dates, both included, and its form."""

    from_date: date = Field(alias="from")
    to_date: date = Field(alias="to")
    format: Literal["pdf", "csv", "xlsx"] = "pdf"


class MemberMovement(View):
    """A movement as the member reads it: positive amounts came in."""

    entry_id: str
    date: date
    posted_at: datetime
    description: str
    narrative: str
    channel: str
    amount: Amount
    balance: Amount

    @staticmethod
    def of(movement: Movement, descriptions: dict[str, str]) -> "MemberMovement":
        """The view of a movement."""
        return MemberMovement(
            entry_id=movement.entry_id,
            date=movement.business_date,
            posted_at=movement.posted_at,
            description=descriptions.get(movement.code, movement.code),
            narrative=movement.narrative,
            channel=movement.channel,
            amount=Money(movement.minor, movement.currency),
            balance=Money(movement.balance_minor, movement.currency),
        )


class MemberMovements(View):
    """A period's movements with the balances it opens and closes with."""

    items: list[MemberMovement]
    opening: Amount
    closing: Amount
    next_cursor: str | None = None
