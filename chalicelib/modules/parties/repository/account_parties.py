"""Who is tied to which account: kept with the account, with a pointer at each of its parties."""

from collections.abc import Iterator

from chalicelib.modules.parties.domain.account_party import AccountParties
from chalicelib.modules.parties.tables import ACCOUNT_PARTIES, ACCOUNTS_OF_PARTY, AccountOfParty
from chalicelib.platform.storage.reader import read_index
from chalicelib.platform.work import UnitOfWork

READ_TOGETHER = 100


def of_account(work: UnitOfWork, account_id: str) -> AccountParties | None:
    """What is written of an account; None: its main holder owns all of it."""
    return work.find(ACCOUNT_PARTIES, account_id=account_id)


def of_accounts(work: UnitOfWork, account_ids: list[str]) -> dict[str, AccountParties]:
    """Account id → what is written of it, of those of which something is."""
    for first in range(0, len(account_ids), READ_TOGETHER):
        wanted = account_ids[first : first + READ_TOGETHER]
        work.load([(ACCOUNT_PARTIES, {"account_id": each}) for each in wanted])
    found = {each: of_account(work, each) for each in account_ids}
    return {account_id: parties for account_id, parties in found.items() if parties}


def accounts_of(work: UnitOfWork, party_id: str) -> list[str]:
    """Ids of the accounts in whose register a party stands, or stood."""
    return [each.account_id for each in work.all(ACCOUNTS_OF_PARTY, party_id=party_id, prefix="account#")]


def in_branch(work: UnitOfWork, branch: str) -> Iterator[AccountParties]:
    """What is written of a branch's accounts; for reports."""
    return read_index(work.store, ACCOUNT_PARTIES, branch=branch)


def save(work: UnitOfWork, changed: AccountParties) -> AccountParties:
    """Store what is written of an account, and the pointers of parties that are new to it."""
    account_id = changed.account_id
    party_ids = list(dict.fromkeys(part.party_id for part in changed.parties))
    for first in range(0, len(party_ids), READ_TOGETHER):
        wanted = party_ids[first : first + READ_TOGETHER]
        work.load([(ACCOUNTS_OF_PARTY, {"party_id": each, "account_id": account_id}) for each in wanted])
    for each in party_ids:
        if work.find(ACCOUNTS_OF_PARTY, party_id=each, account_id=account_id) is None:
            work.put(ACCOUNTS_OF_PARTY, AccountOfParty(each, account_id))
    return work.put(ACCOUNT_PARTIES, changed)
