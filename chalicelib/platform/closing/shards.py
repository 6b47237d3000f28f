"""Shards: how the records that a close must visit lie in a branch, in even parts, with a register of each (ADR 0008).

A module's index by branch holds open records in shards of at most ``SHARD_RECORDS``, filled in the order of opening.
The register counts each shard's records: pieces of a close are planned from it, and it is what a piece must find. It is
written when a record opens or ends, by nothing else.
"""

from dataclasses import replace

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform.closing.applications import Unit
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.work import UnitOfWork

SHARD_RECORDS = 1000


class Incomplete(Exception):
    """A piece found fewer records than the register counts; the index may lag, so the piece is run again."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard of a branch: how many records were ever put into it, and how many the index holds now."""

    branch: str
    number: int
    opened: int
    indexed: int
    version: int = 0


def register(module: str) -> Collection[Shard]:
    """Where a module's registers are kept."""
    return Collection(Shard, table="core", partition=f"{module}#shards#{{branch}}", sort="{number:05d}")


def next_place(work: UnitOfWork, shards: Collection[Shard], branch: str) -> tuple[int, int]:
    """(shard, sequence in the branch) of a record that opens; it is counted in the shard's register."""
    latest = next(iter(work.query(shards, branch=branch, forward=False, limit=1).items), None)
    last = work.find(shards, branch=branch, number=latest.number) if latest else None
    if last is None or last.opened >= SHARD_RECORDS:
        last = Shard(branch, last.number + 1 if last else 0, 0, 0)
    work.put(shards, replace(last, opened=last.opened + 1, indexed=last.indexed + 1))
    return last.number, last.number * SHARD_RECORDS + last.opened + 1


def left(work: UnitOfWork, shards: Collection[Shard], branch: str, number: int) -> None:
    """Count a record out of its shard: it has ended, and the index no longer holds it."""
    shard = work.get(shards, branch=branch, number=number)
    work.put(shards, replace(shard, indexed=shard.indexed - 1))


def units(work: UnitOfWork, shards: Collection[Shard], application: str, branch: str) -> list[Unit]:
    """The branch's shards with the number of records that each holds, for the plan of a close."""
    return [
        Unit(application, branch, shard.number, shard.indexed) for shard in work.all(shards, branch=branch)
    ]


def check_complete(unit: Unit, found: int) -> None:
    """Raises Incomplete where a shard holds fewer records than its register says."""
    if found < unit.records:
        raise Incomplete(f"{unit.branch}/{unit.shard}: {found} of {unit.records}")
