"""What stays of an account's archived movements: a balance to go on from, and up to when they count."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

from chalicelib.kernel.dataclass import dataclass

ONE_DAY = timedelta(days=1)


class Row(Protocol):
    """What must be known of a movement to archive it."""

    @property
    def business_date(self) -> date: ...
    @property
    def value_date(self) -> date: ...
    @property
    def sequence(self) -> int: ...
    @property
    def minor(self) -> int: ...


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class ArchivedHistory:
    """The movements of every business date until ``through`` are archived; ``minor`` is the balance after them.

    ``counts_until`` is the latest day from which one of them counts for interest: what follows it is derived without.
    """

    through: date
    minor: int
    counts_until: date

    @property
    def kept_from(self) -> date:
        """The first business date whose movements are at hand."""
        return self.through + ONE_DAY


def archived_before(statement_end: date, retention_days: int) -> date | None:
    """The day before which movements are archived once a statement ends; None where they are kept for ever (DEP-83)."""
    return statement_end - timedelta(days=retention_days) if retention_days else None


def movable(rows: Sequence[R], following: R | None) -> list[R]:
    """Those of an account's oldest movements that can leave together; ``following`` is the next one after them.

    Only whole dates whose movements all come before those that stay, by the account's own numbering: a movement of a
    day that was closing may be younger than those of the next, and their balances are then put right by it.
    """
    kept = list(rows)
    while kept and following is not None and kept[-1].sequence > following.sequence:
        day = kept[-1].business_date
        following = next(row for row in kept if row.business_date == day)
        kept = [row for row in kept if row.business_date < day]
    return kept


def after_moving(before: ArchivedHistory | None, rows: Sequence[Row]) -> ArchivedHistory:
    """What stays once more movements, in their order, are archived."""
    return ArchivedHistory(
        through=rows[-1].business_date,
        minor=(before.minor if before else 0) + sum(row.minor for row in rows),
        counts_until=max([row.value_date for row in rows] + ([before.counts_until] if before else [])),
    )
