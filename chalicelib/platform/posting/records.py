"""What a posting leaves behind: journal records by branch and day, movements by account, marks of reversal."""

import re
from datetime import date, datetime
from typing import NamedTuple

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import QuotedRate, Side
from chalicelib.kernel.errors import NotFound
from chalicelib.platform.storage.collection import Collection

JOURNAL_SHARDS = 4
_ENTRY_ID = re.compile(r"ent_(\d{8})-(\d{1,5})-(\d)-([0-9a-hjkmnp-tv-z]{26})")


class UnknownEntry(NotFound):
    """No entry has this id."""

    code = "unknown_entry"


class EntryPlace(NamedTuple):
    """Where an entry's first journal record lies; its id says so."""

    business_date: date
    branch: str
    shard: int


def entry_id(business_date: date, branch: str, body: str) -> str:
    """``ent_<date>-<branch>-<shard>-<26 characters>``: the id of an entry says where it is kept."""
    return f"ent_{business_date:%Y%m%d}-{branch}-{shard_of(body)}-{body}"


def shard_of(body: str) -> int:
    """Which of the day's journal shards an entry falls on."""
    return sum(body.encode()) % JOURNAL_SHARDS


def place_of(identifier: str) -> EntryPlace:
    """Where an entry is kept. Raises UnknownEntry where the text is no entry id."""
    match = _ENTRY_ID.fullmatch(identifier)
    if match is None:
        raise UnknownEntry("entry_id")
    try:
        day = date(int(match[1][:4]), int(match[1][4:6]), int(match[1][6:]))
    except ValueError:
        raise UnknownEntry("entry_id") from None
    return EntryPlace(day, match[2], int(match[3]))


@dataclass(frozen=True, slots=True)
class PostedLeg:
    """A leg as posted: amounts in minor units, the role and the ledger account it resolved to.

    ``exception`` says why that account is the suspense account instead of the role's own.
    """

    side: Side
    minor: int
    currency: str
    role: str
    ledger_account: str
    account_id: str = ""
    component: str = "principal"
    product: str = ""
    exception: str = ""

    @property
    def debit_minor(self) -> int:
        """Debit positive, credit negative."""
        return self.minor if self.side is Side.DEBIT else -self.minor


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """One branch's part of an entry: it balances on its own. ``parts`` names every branch and date of the entry."""

    id: str
    branch: str
    business_date: date
    value_date: date
    shard: int
    code: str
    channel: str
    actor: str
    narrative: str
    posted_at: datetime
    legs: tuple[PostedLeg, ...]
    parts: tuple[tuple[str, date], ...]
    source_ref: str = ""
    reverses: str = ""
    approver: str = ""
    rates: tuple[QuotedRate, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Movement:
    """What an entry did to one account: amount signed as the holder sees it, and the balance after it.

    A ``hidden`` one is shown in no history: its code says so; balances of the past are derived from it all the same.
    """

    account_id: str
    business_date: date
    sequence: int
    entry_id: str
    code: str
    minor: int
    currency: str
    balance_minor: int
    value_date: date
    posted_at: datetime
    branch: str
    channel: str
    narrative: str
    component: str = "principal"
    reverses: str = ""
    hidden: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class ReversalMark:
    """Says that an entry was reversed and by which; it can be written once."""

    entry_id: str
    branch: str
    business_date: date
    shard: int
    reversed_by: str
    version: int = 0


JOURNAL = Collection(
    JournalRecord, table="journal", partition="journal#{branch}#{business_date}#{shard}", sort="{id}"
)
MOVEMENTS = Collection(
    Movement, table="journal", partition="movements#{account_id}", sort="{business_date}#{sequence:08d}"
)
REVERSALS = Collection(
    ReversalMark, table="journal", partition="reversals#{branch}#{business_date}#{shard}", sort="{entry_id}"
)
