"""Where term deposits keep their records.

The index by branch holds open deposits in shards of at most SHARD_RECORDS, filled in the order of opening, so that the
closing reads a branch in even, parallel pieces; a register counts each shard's deposits, which is what a piece must
find.
"""

from dataclasses import dataclass

from chalicelib.modules.term_deposits.domain.deposit import TermDeposit, TermDepositState
from chalicelib.platform.storage.collection import Collection

SHARD_RECORDS = 1000
PREFIX = "tdp"


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard of a branch: how many deposits were ever put into it, and how many the index holds now."""

    branch: str
    number: int
    opened: int
    indexed: int
    version: int = 0


@dataclass(frozen=True, slots=True)
class DepositOfParty:
    """One of a person's term deposits."""

    party_id: str
    deposit_id: str
    version: int = 0


DEPOSITS = Collection(
    TermDeposit,
    table="core",
    partition="term_deposits#deposit#{id}",
    sort="deposit",
    index=("term_deposits#{branch}#{shard:05d}", "{id}"),
    indexed=lambda deposit: deposit.state is TermDepositState.OPEN,
)
SHARDS = Collection(Shard, table="core", partition="term_deposits#shards#{branch}", sort="{number:05d}")
OF_PARTY = Collection(
    DepositOfParty, table="core", partition="term_deposits#party#{party_id}", sort="{deposit_id}"
)
