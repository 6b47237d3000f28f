"""Finding and registering deposit accounts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.caution import Caution, UnknownCaution
from chalicelib.modules.deposits.domain.charges import AccountCharge, ChargeState
from chalicelib.modules.deposits.domain.cheque_book import ChequeBook, PaidCheque, Stop, unused_count
from chalicelib.modules.deposits.domain.hold import Hold
from chalicelib.modules.deposits.domain.limit import OverdraftLimit
from chalicelib.modules.deposits.domain.scheduled import ScheduledTransfer
from chalicelib.modules.deposits.domain.statement import IssuedStatement
from chalicelib.modules.deposits.domain.status_change import StatusChange
from chalicelib.modules.deposits.errors import (
    UnknownAccountCharge,
    UnknownDepositAccount,
    UnknownHold,
    UnknownOverdraftLimit,
    UnknownScheduledTransfer,
    UnknownStop,
)
from chalicelib.modules.deposits.tables import (
    ACCOUNTS,
    CAUTIONS,
    CHARGES,
    CHEQUE_BOOKS,
    CHEQUE_REQUESTS,
    HOLDS,
    LIMITS,
    NUMBERS,
    OF_PARTY,
    PAID_CHEQUES,
    PREFIX,
    RETURNED_CHEQUES,
    SCHEDULED,
    SCHEDULED_FROM,
    SHARDS,
    STATEMENTS,
    STATUS_CHANGES,
    STOPS,
    AccountNumber,
    AccountOfParty,
)
from chalicelib.modules.parties import public as parties
from chalicelib.platform.closing import shards
from chalicelib.platform.closing.applications import Unit
from chalicelib.platform.context import ActorKind
from chalicelib.platform.posting.records import JOURNAL, JOURNAL_SHARDS, JournalRecord
from chalicelib.platform.storage.reader import read_index
from chalicelib.platform.work import Page, UnitOfWork

MOST_KEYS = 100
RETURN = "returned#"
"""What stands before a deposit's entry in the source of the entry that took its cheque back."""


def account(work: UnitOfWork, account_id: str, field: str = "account_id") -> DemandAccount:
    """The account with this id, within the caller's branches or ownership. Raises UnknownDepositAccount."""
    found = seen(work, account_id)
    if found is None:
        raise UnknownDepositAccount(field)
    return found


def seen(work: UnitOfWork, account_id: str) -> DemandAccount | None:
    """The account with this id; None where there is none within the caller's branches or ownership."""
    found = work.find(ACCOUNTS, id=account_id) if account_id.startswith(f"{PREFIX}_") else None
    return found if found and _visible(work, found) else None


def account_numbered(work: UnitOfWork, number: str, field: str = "account_number") -> DemandAccount:
    """The account with this number. Raises UnknownDepositAccount."""
    pointer = work.find(NUMBERS, number=number)
    if pointer is None:
        raise UnknownDepositAccount(field)
    return account(work, pointer.account_id, field)


def number_taken(work: UnitOfWork, number: str) -> bool:
    """Whether an account has this number."""
    return work.find(NUMBERS, number=number) is not None


def accounts_of(work: UnitOfWork, party_id: str) -> list[DemandAccount]:
    """A person's accounts in the order they were opened, those outside the caller's branches left out."""
    return accounts_named(work, [each.account_id for each in work.all(OF_PARTY, party_id=party_id)])


def accounts_named(work: UnitOfWork, ids: Sequence[str]) -> list[DemandAccount]:
    """Those of these ids that are accounts the caller may see, in the same order."""
    own = [each for each in ids if each.startswith(f"{PREFIX}_")]
    for first in range(0, len(own), MOST_KEYS):
        work.load([(ACCOUNTS, {"id": each}) for each in own[first : first + MOST_KEYS]])
    return [each for each in (work.find(ACCOUNTS, id=key) for key in own) if each and _visible(work, each)]


def next_place(work: UnitOfWork, branch: str) -> tuple[int, int]:
    """(shard, sequence in the branch) of a new account."""
    return shards.next_place(work, SHARDS, branch)


def add(work: UnitOfWork, new: DemandAccount) -> None:
    """Store a new account with its pointers."""
    work.put(ACCOUNTS, new)
    work.put(NUMBERS, AccountNumber(new.number, new.id))
    work.put(OF_PARTY, AccountOfParty(new.party_id, new.id))


def leave_place(work: UnitOfWork, closed: DemandAccount) -> None:
    """Count an account that closes out of its shard."""
    shards.left(work, SHARDS, closed.branch, closed.shard)


def units(work: UnitOfWork, application: str, branch: str) -> list[Unit]:
    """The branch's shards with the number of open accounts that each holds."""
    return shards.units(work, SHARDS, application, branch)


def accounts_in(work: UnitOfWork, branch: str, shard: int) -> Iterator[DemandAccount]:
    """Every open account of a shard, read in bulk; the closing's way to accounts."""
    return read_index(work.store, ACCOUNTS, branch=branch, shard=shard)


def holds(work: UnitOfWork, account_id: str) -> list[Hold]:
    """Every hold there was on an account."""
    return list(work.all(HOLDS, account_id=account_id, prefix="hold#"))


def hold(work: UnitOfWork, account_id: str, hold_id: str) -> Hold:
    """One hold. Raises UnknownHold."""
    found = work.find(HOLDS, account_id=account_id, id=hold_id)
    if found is None:
        raise UnknownHold("hold_id")
    return found


def cautions(work: UnitOfWork, account_id: str) -> list[Caution]:
    """Every caution there was on an account."""
    return list(work.all(CAUTIONS, account_id=account_id, prefix="caution#"))


def caution(work: UnitOfWork, account_id: str, caution_id: str) -> Caution:
    """One caution. Raises UnknownCaution."""
    found = work.find(CAUTIONS, account_id=account_id, id=caution_id)
    if found is None:
        raise UnknownCaution("caution_id")
    return found


def status_changes(work: UnitOfWork, account_id: str) -> list[StatusChange]:
    """Every change of an account's status that is on record, the latest first."""
    found = work.all(STATUS_CHANGES, account_id=account_id, prefix="status_change#")
    return sorted(found, key=lambda row: (row.changed_at, row.id), reverse=True)


def scheduled_from(work: UnitOfWork, account_id: str) -> list[ScheduledTransfer]:
    """Every transfer that was ever scheduled from an account, the latest order first."""
    pointers = list(work.all(SCHEDULED_FROM, account_id=account_id, prefix="scheduled#", forward=False))
    for first in range(0, len(pointers), MOST_KEYS):
        work.load([(SCHEDULED, {"id": row.transfer_id}) for row in pointers[first : first + MOST_KEYS]])
    return [work.get(SCHEDULED, id=row.transfer_id) for row in pointers]


def scheduled(work: UnitOfWork, transfer_id: str) -> ScheduledTransfer:
    """One scheduled transfer of an account within the caller's scope. Raises UnknownScheduledTransfer."""
    found = work.find(SCHEDULED, id=transfer_id)
    payer = work.find(ACCOUNTS, id=found.from_account) if found else None
    if found is None or payer is None or not _visible(work, payer):
        raise UnknownScheduledTransfer("transfer_id")
    return found


def overdraft_limits(work: UnitOfWork, account_id: str) -> list[OverdraftLimit]:
    """Every overdraft limit of its own that an account ever had."""
    return list(work.all(LIMITS, account_id=account_id, prefix="overdraft_limit#"))


def overdraft_limit(work: UnitOfWork, account_id: str, limit_id: str) -> OverdraftLimit:
    """One of them. Raises UnknownOverdraftLimit."""
    found = work.find(LIMITS, account_id=account_id, id=limit_id)
    if found is None:
        raise UnknownOverdraftLimit("limit_id")
    return found


def cheque_requests(
    work: UnitOfWork, branch: str, first: date, last: date, limit: int, cursor: str | None
) -> Page:
    """Cheques that the bank owes in a branch since dates of a period, a page at a time."""
    return work.query(
        CHEQUE_REQUESTS,
        branch=branch,
        between=(first.isoformat(), f"{last.isoformat()}#~"),
        limit=limit,
        cursor=cursor,
    )


def charges(work: UnitOfWork, account_id: str, state: ChargeState | None = None) -> list[AccountCharge]:
    """The charges of an account that wait, were collected later or waived, oldest first."""
    prefix = f"charge#{state.value}#" if state else "charge#"
    found = work.all(CHARGES, account_id=account_id, prefix=prefix)
    return sorted(found, key=lambda row: (row.made_on, row.id))


def pending_charge(work: UnitOfWork, account_id: str, charge_id: str) -> AccountCharge:
    """A charge that waits. Raises UnknownAccountCharge."""
    found = work.find(CHARGES, account_id=account_id, state=ChargeState.PENDING, id=charge_id)
    if found is None:
        raise UnknownAccountCharge("charge_id")
    return found


def settle_charge(work: UnitOfWork, pending: AccountCharge, settled: AccountCharge) -> AccountCharge:
    """Put a charge that waited where those of its new state lie."""
    work.delete(CHARGES, pending)
    return work.put(CHARGES, replace(settled, version=0))


def cheque_books(work: UnitOfWork, account_id: str) -> list[ChequeBook]:
    """Every range of cheques that an account was given, by number."""
    return list(work.all(CHEQUE_BOOKS, account_id=account_id, prefix="cheque_book#"))


def paid_cheques(work: UnitOfWork, account_id: str) -> list[PaidCheque]:
    """Every cheque of an account that was paid, by number."""
    return list(work.all(PAID_CHEQUES, account_id=account_id, prefix="paid_cheque#"))


def stops(work: UnitOfWork, account_id: str) -> list[Stop]:
    """Every stop there was on cheques of an account."""
    return list(work.all(STOPS, account_id=account_id, prefix="stop#"))


def stop(work: UnitOfWork, account_id: str, stop_id: str) -> Stop:
    """One stop. Raises UnknownStop."""
    found = work.find(STOPS, account_id=account_id, id=stop_id)
    if found is None:
        raise UnknownStop("stop_id")
    return found


def has_unused_cheques(work: UnitOfWork, account_id: str) -> bool:
    """Whether a cheque of the account may still be presented and paid."""
    books = cheque_books(work, account_id)
    return bool(books) and unused_count(books, paid_cheques(work, account_id), stops(work, account_id)) > 0


def unpay_cheque(work: UnitOfWork, account_id: str, number: int) -> None:
    """The cheque is unused again, because its payment was undone."""
    paid = work.find(PAID_CHEQUES, account_id=account_id, number=number)
    if paid:
        work.delete(PAID_CHEQUES, paid)


def forget_return(work: UnitOfWork, account_id: str, deposit_entry: str) -> None:
    """A deposited cheque counts as not returned, because its return was undone."""
    returned = work.find(RETURNED_CHEQUES, account_id=account_id, deposit_entry=deposit_entry)
    if returned:
        work.delete(RETURNED_CHEQUES, returned)


def statements(work: UnitOfWork, account_id: str, most: int) -> list[IssuedStatement]:
    """The statements that were issued of an account, the latest first."""
    found: list[IssuedStatement] = work.query(
        STATEMENTS, account_id=account_id, forward=False, limit=most
    ).items
    return found


def statement(work: UnitOfWork, account_id: str, last: str) -> IssuedStatement | None:
    """The statement of an account that ended on a day, or None."""
    return work.find(STATEMENTS, account_id=account_id, last=last)


def journal_of(work: UnitOfWork, branch: str, on: date) -> Iterator[JournalRecord]:
    """A branch's part of every entry of a business date."""
    for shard in range(JOURNAL_SHARDS):
        yield from work.all(JOURNAL, branch=branch, business_date=on, shard=shard)


def sees(work: UnitOfWork, branch: str) -> bool:
    """Whether the caller's scope holds a branch."""
    actor = work.context.actor
    return actor.kind is not ActorKind.STAFF or actor.sees_branch(branch)


def _visible(work: UnitOfWork, found: DemandAccount) -> bool:
    actor = work.context.actor
    if actor.kind is ActorKind.MEMBER:
        return parties.may_see(work, found.id, found.party_id, found.branch)
    return sees(work, found.branch)
