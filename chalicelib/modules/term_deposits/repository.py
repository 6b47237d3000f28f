"""Finding and registering term deposits."""

from collections.abc import Iterator, Sequence

from chalicelib.modules.parties import public as parties
from chalicelib.modules.term_deposits.domain.deposit import TermDeposit, TermDepositState
from chalicelib.modules.term_deposits.errors import UnknownTermDepositHeld
from chalicelib.modules.term_deposits.tables import (
    DEPOSITS,
    OF_PARTY,
    PREFIX,
    SHARDS,
    DepositOfParty,
)
from chalicelib.platform.closing import shards
from chalicelib.platform.closing.applications import Unit
from chalicelib.platform.context import ActorKind
from chalicelib.platform.storage.reader import read_index
from chalicelib.platform.work import UnitOfWork

MOST_KEYS = 100


def deposit(work: UnitOfWork, deposit_id: str) -> TermDeposit:
    """The deposit with this id, within the caller's branches or ownership. Raises UnknownTermDepositHeld."""
    found = work.find(DEPOSITS, id=deposit_id) if deposit_id.startswith(f"{PREFIX}_") else None
    if found is None or not _visible(work, found):
        raise UnknownTermDepositHeld("deposit_id")
    return found


def deposits_of(work: UnitOfWork, party_id: str) -> list[TermDeposit]:
    """A person's term deposits in the order they were opened, those outside the caller's branches left out."""
    return deposits_named(work, [each.deposit_id for each in work.all(OF_PARTY, party_id=party_id)])


def deposits_named(work: UnitOfWork, ids: Sequence[str]) -> list[TermDeposit]:
    """Those of these ids that are term deposits the caller may see, in the same order."""
    own = [each for each in ids if each.startswith(f"{PREFIX}_")]
    for first in range(0, len(own), MOST_KEYS):
        work.load([(DEPOSITS, {"id": each}) for each in own[first : first + MOST_KEYS]])
    found = (work.find(DEPOSITS, id=each) for each in own)
    return [each for each in found if each is not None and _visible(work, each)]


def next_place(work: UnitOfWork, branch: str) -> tuple[int, int]:
    """(shard, sequence in the branch) of a new deposit."""
    return shards.next_place(work, SHARDS, branch)


def units(work: UnitOfWork, application: str, branch: str) -> list[Unit]:
    """The branch's shards with the number of open deposits that each holds."""
    return shards.units(work, SHARDS, application, branch)


def add(work: UnitOfWork, new: TermDeposit) -> None:
    """Store a new deposit with its pointer."""
    work.put(DEPOSITS, new)
    work.put(OF_PARTY, DepositOfParty(new.party_id, new.id))


def keep(work: UnitOfWork, changed: TermDeposit) -> TermDeposit:
    """Store a deposit; one that has ended leaves the closing's index and is counted out of its shard."""
    before = work.get(DEPOSITS, id=changed.id)
    if before.state is TermDepositState.OPEN and changed.state is not TermDepositState.OPEN:
        shards.left(work, SHARDS, changed.branch, changed.shard)
    return work.put(DEPOSITS, changed)


def current(work: UnitOfWork, deposit_id: str) -> TermDeposit:
    """A deposit as this operation sees it, for the bank's own work."""
    return work.get(DEPOSITS, id=deposit_id)


def deposits_in(work: UnitOfWork, branch: str, shard: int) -> Iterator[TermDeposit]:
    """Every open deposit of a shard, read in bulk; the closing's way to deposits."""
    return read_index(work.store, DEPOSITS, branch=branch, shard=shard)


def _visible(work: UnitOfWork, found: TermDeposit) -> bool:
    actor = work.context.actor
    if actor.kind is ActorKind.MEMBER:
        return parties.may_see(work, found.id, found.party_id, found.branch)
    return actor.kind is not ActorKind.STAFF or actor.sees_branch(found.branch)
