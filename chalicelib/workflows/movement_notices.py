"""Members are told of what happens to their accounts (GEN-88), by the templates that their cooperative has.

Events: ``deposit_made``, ``withdrawal_made``, ``movement_reversed``; what the end of day posts is told by statements.
Values: amount, account (masked), available, business_date, branch, narrative, name.
"""

from collections.abc import Iterator

from chalicelib.kernel.entry import Side
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import public as deposits
from chalicelib.modules.parties import public as parties
from chalicelib.platform.notifications.audiences import Notice, register_audience
from chalicelib.platform.posting.records import JournalRecord, PostedLeg
from chalicelib.platform.work import UnitOfWork

DEPOSITED, WITHDRAWN, REVERSED = "deposit_made", "withdrawal_made", "movement_reversed"
DEPOSIT_ACCOUNT, OVERDRAFT_INTEREST = "dep_", "overdraft_interest"
BY_THE_BANK = "system"


def notices(work: UnitOfWork, record: JournalRecord, events: frozenset[str]) -> Iterator[Notice]:
    """The notices to the holders of the deposit accounts that an entry moved."""
    if record.channel == BY_THE_BANK:
        return
    for leg in record.legs:
        event = _event(record, leg)
        if (
            leg.account_id.startswith(DEPOSIT_ACCOUNT)
            and leg.component != OVERDRAFT_INTEREST
            and event in events
        ):
            try:
                yield _notice(work, record, leg, event)
            except NotFound:
                continue


def _event(record: JournalRecord, leg: PostedLeg) -> str:
    if record.reverses:
        return REVERSED
    return DEPOSITED if leg.side is Side.CREDIT else WITHDRAWN


def _notice(work: UnitOfWork, record: JournalRecord, leg: PostedLeg, event: str) -> Notice:
    account = deposits.account(work, leg.account_id)
    to = parties.recipient(work, account.party_id)
    values = {
        "amount": Money(leg.minor, leg.currency),
        "account": account.number,
        "available": account.available_on(record.business_date),
        "business_date": record.business_date,
        "branch": record.branch,
        "narrative": record.narrative,
        "name": parties.display_name(work, account.party_id),
    }
    return Notice(event, to, values, leg.account_id)


register_audience(notices)
