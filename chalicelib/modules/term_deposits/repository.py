"""Finding and registering term deposits."""

from collections.abc import Iterator
from dataclasses import replace

from chalicelib.modules.term_deposits.domain.deposit import TermDeposit, TermDepositState
from chalicelib.modules.term_deposits.errors import UnknownTermDepositHeld
from chalicelib.modules.term_deposits.tables import (
    DEPOSITS,
    OF_PARTY,
    PREFIX,
    SHARD_RECORDS,
    SHARDS,
    DepositOfParty,
    Shard,
)
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
    pointers = list(work.all(OF_PARTY, party_id=party_id))
    for first in range(0, len(pointers), MOST_KEYS):
        work.load([(DEPOSITS, {"id": row.deposit_id}) for row in pointers[first : first + MOST_KEYS]])
    found = [work.get(DEPOSITS, id=row.deposit_id) for row in pointers]
    return [each for each in found if _visible(work, each)]


def next_place(work: UnitOfWork, branch: str) -> tuple[int, int]:
    """(shard, sequence in the branch) of a new deposit; counted in the shard's register."""
    latest = next(iter(work.query(SHARDS, branch=branch, forward=False, limit=1).items), None)
    last = work.find(SHARDS, branch=branch, number=latest.number) if latest else None
    if last is None or last.opened >= SHARD_RECORDS:
        last = Shard(branch, last.number + 1 if last else 0, 0, 0)
    work.put(SHARDS, replace(last, opened=last.opened + 1, indexed=last.indexed + 1))
    return last.number, last.number * SHARD_RECORDS + last.opened + 1


def add(work: UnitOfWork, new: TermDeposit) -> None:
    """Store a new deposit with its pointer."""
    work.put(DEPOSITS, new)
    work.put(OF_PARTY, DepositOfParty(new.party_id, new.id))


def keep(work: UnitOfWork, changed: TermDeposit) -> TermDeposit:
    """Store a deposit; one that has ended leaves the closing's index and is counted out of its shard."""
    before = work.get(DEPOSITS, id=changed.id)
    if before.state is TermDepositState.OPEN and changed.state is not TermDepositState.OPEN:
        shard = work.get(SHARDS, branch=changed.branch, number=changed.shard)
        work.put(SHARDS, replace(shard, indexed=shard.indexed - 1))
    return work.put(DEPOSITS, changed)


def current(work: UnitOfWork, deposit_id: str) -> TermDeposit:
    """A deposit as this operation sees it, for the bank's own work."""
    return work.get(DEPOSITS, id=deposit_id)


def shards(work: UnitOfWork, branch: str) -> list[Shard]:
    """The branch's shards with their counts."""
    return list(work.all(SHARDS, branch=branch))


def deposits_in(work: UnitOfWork, branch: str, shard: int) -> Iterator[TermDeposit]:
    """Every open deposit of a shard, read in bulk; the closing's way to deposits."""
    return read_index(work.store, DEPOSITS, branch=branch, shard=shard)


def _visible(work: UnitOfWork, found: TermDeposit) -> bool:
    actor = work.context.actor
    if actor.kind is ActorKind.MEMBER:
        return found.party_id == actor.party_id
    return actor.kind is not ActorKind.STAFF or actor.sees_branch(found.branch)
