"""The journal of deposits consolidated: one line per branch, key and ledger account, however many entries (DEP-75)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Protocol

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Side
from chalicelib.modules.deposits.domain.status import CODE
from chalicelib.modules.deposits.domain.terms import Parameters
from chalicelib.modules.deposits.plans import TransactionCode


class Posted(Protocol):
    """What a line needs of a leg that was posted."""

    @property
    def side(self) -> Side: ...
    @property
    def minor(self) -> int: ...
    @property
    def currency(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def ledger_account(self) -> str: ...


class Place(NamedTuple):
    """What legs must have in common to be one line."""

    event: str
    ledger_account: str
    role: str
    currency: str
    side: Side


@dataclass(frozen=True, slots=True)
class ConsolidatedLine:
    """The sum of a branch's legs at one place, in minor units, and how many entries they come from."""

    place: Place
    minor: int
    entries: int


def key_of(parameters: Parameters, code: str, on: date) -> str | None:
    """The key under which a code's entries are consolidated: the one that it names, else its own; None: no code."""
    found: TransactionCode | None = parameters.find(CODE, code, on)
    return None if found is None else found.gl_event or code


def consolidated(entries: Iterable[tuple[str, Iterable[Posted]]]) -> list[ConsolidatedLine]:
    """Lines in order of key and account, from (key, legs) of each entry."""
    sums: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    for event, legs in entries:
        places = set()
        for leg in legs:
            place = Place(event, leg.ledger_account, leg.role, leg.currency, leg.side)
            sums[place] = sums.get(place, 0) + leg.minor
            places.add(place)
        for place in places:
            counts[place] = counts.get(place, 0) + 1
    return [ConsolidatedLine(place, sums[place], counts[place]) for place in sorted(sums)]
