"""Statements (estados de cuenta): their periods, their lines, and what is kept of those that were issued.

A period is of days; where a statement was cut on request (corte a pedido) in the course of a day, the next one begins
with the movement after its last, by the account's own numbering, so that no line is in two statements or in none.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Protocol, TypeVar

from chalicelib.kernel.dataclass import dataclass

LAST_CHARACTERS = 8


def reference_of(entry_id: str) -> str:
    """The number by which a member names an entry: on the statement and on the receipt alike."""
    return entry_id[-LAST_CHARACTERS:].upper()


class Row(Protocol):
    """What a statement must know of a movement of the account."""

    @property
    def business_date(self) -> date: ...
    @property
    def sequence(self) -> int: ...
    @property
    def entry_id(self) -> str: ...
    @property
    def reverses(self) -> str: ...
    @property
    def minor(self) -> int: ...
    @property
    def hidden(self) -> bool: ...


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class StatementPeriod:
    """The days of a statement, both included.

    ``after`` is the number of the movement that the statement before ended with, ``opening_minor`` its balance, where
    that one was cut within ``first``; ``through`` and ``closing_minor`` are the same where this one was cut.
    ``ends_on`` is the end of the cycle, where the period is still open and the account has a cycle.
    """

    first: date
    last: date
    after: int = 0
    through: int = 0
    opening_minor: int = 0
    closing_minor: int = 0
    issued: bool = False
    ends_on: date | None = None

    def holds(self, row: Row) -> bool:
        """Whether a movement belongs to the statement."""
        if self.through and row.sequence > self.through:
            return False
        return row.sequence > self.after if self.after else row.business_date >= self.first


@dataclass(frozen=True, slots=True)
class IssuedStatement:
    """An account's statement of the days ``first`` to ``last``, kept as a file under ``key``.

    Of one that was cut on request ``through`` numbers the last movement and ``closing_minor`` is its balance.
    ``after`` and ``opening_minor`` are those of the one cut before it.
    """

    account_id: str
    first: date
    last: date
    language: str
    filename: str
    content_type: str
    key: str
    made_at: datetime
    after: int = 0
    through: int = 0
    opening_minor: int = 0
    closing_minor: int = 0
    version: int = 0

    @property
    def period(self) -> StatementPeriod:
        """What the statement is of."""
        return StatementPeriod(
            self.first, self.last, self.after, self.through, self.opening_minor, self.closing_minor, True
        )


@dataclass(frozen=True, slots=True)
class StatementCopy:
    """Somebody else who gets every statement of an account by e-mail: the same file (DEP-108)."""

    account_id: str
    id: str
    name: str
    email: str
    language: str
    since: date
    version: int = 0


def undone_within(rows: Iterable[Row]) -> set[str]:
    """The ids of entries of which both the posting and its reversal are among the movements."""
    rows = list(rows)
    return {row.reverses for row in rows if row.reverses} & {row.entry_id for row in rows}


def lines(opening_minor: int, rows: list[R]) -> Iterator[tuple[R, int]]:
    """(line, balance after it) of a statement: what was undone within it is left out with what undid it (DEP-85).

    Movements that no history shows count in the balances all the same.
    """
    undone, balance = undone_within(rows), opening_minor
    for row in rows:
        if row.entry_id in undone or row.reverses in undone:
            continue
        balance += row.minor
        if not row.hidden:
            yield row, balance
