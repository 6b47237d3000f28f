"""Where deposits keep their records.

An account and its holds share a partition. The index by branch holds open accounts in shards (platform/closing/shards).
"""

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.modules.deposits.domain.batch import (
    Batch,
    BatchDigest,
    BatchPage,
    Outcome,
    PendingTransaction,
)
from chalicelib.modules.deposits.domain.caution import Caution
from chalicelib.modules.deposits.domain.certified_cheque import CertifiedCheque
from chalicelib.modules.deposits.domain.charges import AccountCharge
from chalicelib.modules.deposits.domain.cheque_book import ChequeBook, PaidCheque, Stop
from chalicelib.modules.deposits.domain.hold import Hold
from chalicelib.modules.deposits.domain.interest_payment import ChequeRequest, InterestDestination
from chalicelib.modules.deposits.domain.limit import OverdraftLimit
from chalicelib.modules.deposits.domain.profile import MaintainedField
from chalicelib.modules.deposits.domain.returned_cheque import ReturnedCheque
from chalicelib.modules.deposits.domain.scheduled import ScheduledTransfer
from chalicelib.modules.deposits.domain.statement import IssuedStatement, StatementCopy
from chalicelib.modules.deposits.domain.status_change import StatusChange
from chalicelib.platform.archive import Shelf
from chalicelib.platform.closing import shards
from chalicelib.platform.posting.records import MOVEMENTS
from chalicelib.platform.storage.collection import Collection

PREFIX = "dep"


@dataclass(frozen=True, slots=True)
class AccountNumber:
    """Makes account numbers unique and findable."""

    number: str
    account_id: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class AccountOfParty:
    """One of a person's accounts."""

    party_id: str
    account_id: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class ScheduledFrom:
    """One of the transfers that were ever scheduled from an account."""

    account_id: str
    transfer_id: str
    version: int = 0


ACCOUNTS = Collection(
    DemandAccount,
    table="core",
    partition="deposits#account#{id}",
    sort="account",
    index=("deposits#{branch}#{shard:05d}", "{id}"),
    indexed=lambda account: account.state is not AccountState.CLOSED,
)
HOLDS = Collection(
    Hold, table="core", partition="deposits#account#{account_id}", sort="hold#{id}", audited=True
)
LIMITS = Collection(
    OverdraftLimit,
    table="core",
    partition="deposits#account#{account_id}",
    sort="overdraft_limit#{id}",
    audited=True,
)
CHARGES = Collection(
    AccountCharge,
    table="core",
    partition="deposits#account#{account_id}",
    sort="charge#{state}#{id}",
    audited=True,
)
"""A charge lies under its state, so that those that wait are read without the others."""
CHEQUE_BOOKS = Collection(
    ChequeBook,
    table="core",
    partition="deposits#account#{account_id}",
    sort="cheque_book#{first:012d}",
    audited=True,
)
PAID_CHEQUES = Collection(
    PaidCheque, table="core", partition="deposits#account#{account_id}", sort="paid_cheque#{number:012d}"
)
STOPS = Collection(
    Stop, table="core", partition="deposits#account#{account_id}", sort="stop#{id}", audited=True
)
CAUTIONS = Collection(
    Caution, table="core", partition="deposits#account#{account_id}", sort="caution#{id}", audited=True
)
STATUS_CHANGES = Collection(
    StatusChange,
    table="core",
    partition="deposits#account#{account_id}",
    sort="status_change#{id}",
    audited=True,
)
RETURNED_CHEQUES = Collection(
    ReturnedCheque,
    table="core",
    partition="deposits#account#{account_id}",
    sort="returned_cheque#{deposit_entry}",
    audited=True,
)
CERTIFIED = Collection(
    CertifiedCheque,
    table="core",
    partition="deposits#account#{account_id}",
    sort="certified_cheque#{number:012d}",
    audited=True,
)
SHARDS = shards.register("deposits")
HISTORY = Shelf("movements", MOVEMENTS, owner="account_id")
NUMBERS = Collection(AccountNumber, table="core", partition="deposits#number#{number}", sort="number")
OF_PARTY = Collection(
    AccountOfParty, table="core", partition="deposits#party#{party_id}", sort="{account_id}"
)
SCHEDULED = Collection(
    ScheduledTransfer, table="core", partition="deposits#scheduled#{id}", sort="transfer", audited=True
)
SCHEDULED_FROM = Collection(
    ScheduledFrom, table="core", partition="deposits#account#{account_id}", sort="scheduled#{transfer_id}"
)
STATEMENTS = Collection(
    IssuedStatement, table="core", partition="deposits#statements#{account_id}", sort="{last}"
)
COPIES = Collection(
    StatementCopy,
    table="core",
    partition="deposits#account#{account_id}",
    sort="statement_copy#{id}",
    audited=True,
)
MAINTAINED = Collection(
    MaintainedField,
    table="core",
    partition="deposits#account#{account_id}",
    sort="maintained#{id}",
    audited=True,
)
DESTINATIONS = Collection(
    InterestDestination,
    table="core",
    partition="deposits#account#{account_id}",
    sort="interest-destination",
    audited=True,
)
CHEQUE_REQUESTS = Collection(
    ChequeRequest, table="core", partition="deposits#cheque-requests#{branch}", sort="{requested_on}#{id}"
)
BATCHES = Collection(Batch, table="core", partition="deposits#batches", sort="{id}")
BATCH_PAGES = Collection(
    BatchPage, table="core", partition="deposits#batch#{batch_id}", sort="page#{number:04d}"
)
BATCH_DIGESTS = Collection(
    BatchDigest, table="core", partition="deposits#batch_digest#{digest}", sort="digest"
)
OUTCOMES = Collection(Outcome, table="core", partition="deposits#batch#{batch_id}", sort="line#{number:06d}")
PENDING = Collection(
    PendingTransaction, table="core", partition="deposits#pending", sort="{batch_id}#{number:06d}"
)
