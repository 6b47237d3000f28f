"""What the routes of histories and statements take and answer."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import postings
from chalicelib.modules.deposits.domain.statement import StatementPeriod
from chalicelib.modules.deposits.service import enquiry
from chalicelib.modules.deposits.service.enquiry import Period, Wanted
from chalicelib.platform.http.payload import Amount, Payload, View
from chalicelib.platform.posting.records import Movement
from chalicelib.platform.posting.reversals import reversals_of
from chalicelib.platform.work import UnitOfWork

CYCLE = r"^(|current|previous|[0-9]{4}-[0-9]{2}-[0-9]{2})$"


class PeriodQuery(Payload):
    """A period, the movements that are looked for in it, and the page.

    The period is given by dates, both included, or by ``cycle``: ``current``, ``previous``, or the last day of a
    statement that was issued. Amounts are compared without their sign.
    """

    from_date: date | None = Field(None, alias="from")
    to_date: date | None = Field(None, alias="to")
    cycle: str = Field("", pattern=CYCLE)
    code: str = Field("", max_length=30)
    channel: str = Field("", max_length=30)
    min_amount: Decimal | None = Field(None, ge=0)
    max_amount: Decimal | None = Field(None, ge=0)
    order: Literal["newest", "oldest"] = "newest"
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = None

    @property
    def wanted(self) -> Wanted:
        """The movements that are looked for."""
        return Wanted(self.code, self.channel, self.min_amount, self.max_amount)


class StatementRequest(Payload):
    """A statement: its form and language, and its dates; without dates, to date: what happened since the last one.

    ``printed`` copies may cost something.
    """

    from_date: date | None = Field(None, alias="from")
    to_date: date | None = Field(None, alias="to")
    format: Literal["pdf", "csv", "xlsx"] = "pdf"
    language: str = Field("", pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$")
    printed: bool = False


class CutStatement(Payload):
    """What is to be posted before the statement is cut: the charges of the cycle and those that wait, the interest."""

    apply_fees: bool = False
    pay_interest: bool = False


class AddStatementCopy(Payload):
    """Who is to get the statements too, and in which language they are written to (the holder's if blank)."""

    name: str = Field(min_length=1, max_length=100)
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=200)
    language: str = Field("", pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$")


class StatementCopyView(View):
    """Somebody who gets the statements of an account too."""

    id: str
    name: str
    email: str
    language: str
    since: date


class StatementCopies(View):
    """Everybody who gets the statements of an account too."""

    items: list[StatementCopyView]


class StatementPeriodView(View):
    """The days of a statement; ``cycle`` is what a history asks for it by, ``ends_on`` when the open one ends."""

    first: date
    last: date
    cycle: str
    issued: bool
    ends_on: date | None

    @staticmethod
    def of(period: StatementPeriod) -> "StatementPeriodView":
        """The view of a period."""
        return StatementPeriodView(
            first=period.first,
            last=period.last,
            cycle=period.last.isoformat() if period.issued else "current",
            issued=period.issued,
            ends_on=period.ends_on,
        )


class StatementPeriods(View):
    """The period that runs and those whose statements were issued, the latest first."""

    items: list[StatementPeriodView]


class MovementView(View):
    """One movement as the holder sees it: positive raises the balance. A reversal and what it undid name each other."""

    entry_id: str
    business_date: date
    value_date: date
    posted_at: datetime
    code: str
    description: str
    narrative: str
    amount: Amount
    balance: Amount
    channel: str
    branch: str
    reverses: str = ""
    reversed_by: str = ""

    @staticmethod
    def of(movement: Movement, description: str, reversed_by: str = "") -> "MovementView":
        """The view of a movement."""
        return MovementView(
            entry_id=movement.entry_id,
            business_date=movement.business_date,
            value_date=movement.value_date,
            posted_at=movement.posted_at,
            code=movement.code,
            description=description,
            narrative=_words(movement),
            amount=Money(movement.minor, movement.currency),
            balance=Money(movement.balance_minor, movement.currency),
            channel=movement.channel,
            branch=movement.branch,
            reverses=movement.reverses,
            reversed_by=reversed_by,
        )


class ArchivedDays(View):
    """Days of the period whose movements are in the archive, both included, and where they are asked for."""

    first: date
    last: date
    href: str


class MovementList(View):
    """A period's movements with the balances it opens and closes with.

    Where ``archived`` is given, the movements of those days are not among them, and it opens with the balance after.
    """

    items: list[MovementView]
    opening: Amount
    closing: Amount
    next_cursor: str | None = None
    archived: ArchivedDays | None = None


def movement_list(work: UnitOfWork, account_id: str, period: Period) -> MovementList:
    """A period's movements with the tenant's own words for each code."""
    return MovementList(
        items=views_of(work, period.movements, period.last),
        opening=period.opening,
        closing=period.closing,
        next_cursor=period.next_cursor,
        archived=_archived(account_id, *period.archived) if period.archived else None,
    )


def views_of(work: UnitOfWork, rows: list[Movement], last: date) -> list[MovementView]:
    """The views of movements, in the words that hold on a day."""
    names = enquiry.code_names(work, {row.code for row in rows}, last)
    undone = reversals_of(work, (row.entry_id for row in rows if not row.reverses))
    return [MovementView.of(row, names.get(row.code, row.code), undone.get(row.entry_id, "")) for row in rows]


def _archived(account_id: str, first: date, last: date) -> ArchivedDays:
    href = f"/v1/deposits/accounts/{account_id}/archive?from={first}&to={last}"
    return ArchivedDays(first=first, last=last, href=href)


def _words(movement: Movement) -> str:
    """What a movement was for: a charge's code, or what whoever made it wrote."""
    part, _, code = movement.component.partition(":")
    return code if part in (postings.CHARGE, postings.CHARGE_TAX) else movement.narrative
