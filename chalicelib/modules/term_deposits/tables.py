"""Where term deposits keep their records. The index by branch holds open ones in shards (platform/closing/shards)."""

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.term_deposits.domain.deposit import TermDeposit, TermDepositState
from chalicelib.platform.closing import shards
from chalicelib.platform.storage.collection import Collection

PREFIX = "tdp"


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
SHARDS = shards.register("term_deposits")
OF_PARTY = Collection(
    DepositOfParty, table="core", partition="term_deposits#party#{party_id}", sort="{deposit_id}"
)
