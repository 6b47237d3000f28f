"""Cheques of an account: books by ranges of numbers, what stops them, and the state of each number (DEP-109, DEP-110).

A number's state is derived: paid ones have a record, what was stopped, lost or given back lies in ranges, and whatever
else is in a book is unused.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money

MOST_IN_A_BOOK = 1000


class ChequeState(StrEnum):
    """What has become of a cheque's number."""

    UNUSED = "unused"
    CERTIFIED = "certified"
    PAID = "paid"
    STOPPED = "stopped"
    LOST = "lost"
    STOLEN = "stolen"
    RETURNED = "returned_to_bank"


class StopState(StrEnum):
    """Life of a range that must not be paid."""

    ACTIVE = "active"
    EXPIRED = "expired"
    LIFTED = "lifted"


@dataclass(frozen=True, slots=True)
class ChequeBook:
    """Numbers that an account was given, both ends included."""

    account_id: str
    first: int
    last: int
    issued_on: date
    issued_by: str
    version: int = 0

    def overlaps(self, first: int, last: int) -> bool:
        """Whether any of these numbers is in the book."""
        return self.first <= last and first <= self.last


@dataclass(frozen=True, slots=True)
class PaidCheque:
    """A cheque that was paid, and by which entry."""

    account_id: str
    number: int
    minor: int
    currency: str
    paid_on: date
    entry_id: str
    version: int = 0

    @property
    def money(self) -> Money:
        """What was paid."""
        return Money(self.minor, self.currency)


@dataclass(frozen=True, slots=True)
class Stop:
    """Numbers that must not be paid, from the moment it is reported on: stopped, lost, stolen or given back.

    ``expires_on`` is its last day; without one it stays until somebody lifts it. ``minor`` is the cheque's amount where
    it is known.
    """

    id: str
    account_id: str
    first: int
    last: int
    kind: ChequeState
    reason: str
    reported_by: str
    reported_at: datetime
    expires_on: date | None = None
    minor: int = 0
    payee: str = ""
    state: StopState = StopState.ACTIVE
    ended_by: str = ""
    ended_on: date | None = None
    version: int = 0

    def covers(self, number: int) -> bool:
        """Whether the number must not be paid."""
        return self.state is StopState.ACTIVE and self.first <= number <= self.last

    @property
    def for_good(self) -> bool:
        """Whether its numbers will never be paid."""
        return self.state is StopState.ACTIVE and self.expires_on is None


def book_of(books: Iterable[ChequeBook], number: int) -> ChequeBook | None:
    """The book that a number is in, or None."""
    return next((book for book in books if book.first <= number <= book.last), None)


def stop_on(stops: Iterable[Stop], number: int) -> Stop | None:
    """What keeps a number from being paid: that it was given back before that it was stopped."""
    found = [stop for stop in stops if stop.covers(number)]
    return min(found, key=lambda stop: stop.kind is not ChequeState.RETURNED, default=None)


def first_expiry(stops: Iterable[Stop]) -> date | None:
    """The first day on which one of the stops ends."""
    return min(
        (stop.expires_on for stop in stops if stop.state is StopState.ACTIVE and stop.expires_on),
        default=None,
    )


def unused_count(books: Iterable[ChequeBook], paid: Iterable[PaidCheque], stops: Iterable[Stop]) -> int:
    """How many numbers may still be presented and paid some day."""
    done = {cheque.number for cheque in paid}
    ended = [stop for stop in stops if stop.for_good]
    return sum(
        number not in done and not any(stop.covers(number) for stop in ended)
        for book in books
        for number in range(book.first, book.last + 1)
    )
