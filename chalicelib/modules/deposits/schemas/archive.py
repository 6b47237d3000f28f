"""What the archive of an account's history takes and answers."""

from datetime import date, datetime

from pydantic import Field

from chalicelib.modules.deposits.schemas.statements import MovementView, views_of
from chalicelib.modules.deposits.service.archiving import ArchivedPeriod
from chalicelib.platform.http.payload import Amount, Payload, View
from chalicelib.platform.work import UnitOfWork


class ArchiveQuery(Payload):
    """A period, both days included, and the page."""

    from_date: date = Field(alias="from")
    to_date: date = Field(alias="to")
    limit: int = Field(200, ge=1, le=1000)
    cursor: str | None = None


class ArchiveObject(View):
    """A file of the archive that holds movements of the period, with the SHA-256 digest of its lines."""

    first: date
    last: date
    records: int
    digest: str
    made_at: datetime


class ArchivedMovements(View):
    """Archived movements of a period, oldest first; ``through`` is the last day that is archived, if any is.

    ``balance`` is the balance after that day.
    """

    items: list[MovementView]
    through: date | None
    balance: Amount | None
    objects: list[ArchiveObject]
    next_cursor: str | None = None

    @staticmethod
    def of(work: UnitOfWork, found: ArchivedPeriod) -> "ArchivedMovements":
        """The view of what was found."""
        return ArchivedMovements(
            items=views_of(work, found.movements, found.last),
            through=found.through,
            balance=found.balance,
            objects=[ArchiveObject.model_validate(each) for each in found.pieces],
            next_cursor=found.next_cursor,
        )
