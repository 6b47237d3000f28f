"""Movements and statements of the member's accounts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.platform.http.payload import Amount, Payload, View
from chalicelib.platform.posting.records import Movement


class MovementsQuery(Payload):
    """A period, what is looked for in it, and the page.

    The period is given by dates, both included, or by cycle: ``current``, ``previous``, or the last day of a
    statement. It is the month until the business date where nothing is given.
    """

    from_date: date | None = Field(None, alias="from")
    to_date: date | None = Field(None, alias="to")
    cycle: str = Field("", pattern=r"^(|current|previous|[0-9]{4}-[0-9]{2}-[0-9]{2})$")
    code: str = Field("", max_length=30)
    channel: str = Field("", max_length=30)
    min_amount: Decimal | None = Field(None, ge=0)
    max_amount: Decimal | None = Field(None, ge=0)
    order: Literal["newest", "oldest"] = "newest"
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = None


class StatementQuery(Payload):
    """A statement's dates, both included, and its form; without dates, what happened since the last statement."""

    from_date: date | None = Field(None, alias="from")
    to_date: date | None = Field(None, alias="to")
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
    """A period's movements with the balances it opens and closes with; both of its days are included.

    Those until ``archived_until`` are not among them: they are in the archive, and in statements as ever.
    """

    items: list[MemberMovement]
    period_start: date
    period_end: date
    opening: Amount
    closing: Amount
    next_cursor: str | None = None
    archived_until: date | None = None
