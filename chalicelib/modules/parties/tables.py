"""Where parties keep their records.

A party's partition holds everything that is read with it: the party, its addresses, relations, notes, which address
each of its accounts uses, and pointers to the accounts in which it has a part. Those parts are kept once, with the
account. Uniqueness is by pointers: the key of a pointer is the document (or the number), so
that two registrations of one person meet in the same item and the second one finds the first.

The search index. Nothing is ever scanned: whatever a party can be found by is an ``Entry`` whose partition is known
from what was typed. The partition of a register is cut into buckets by the first characters of the term, the sort key
is the term followed by the party:

    register   bucket                    sort key                                  found by
    word       first 2 letters           <word>#<party>                            begins with what was typed
    short      first 2 letters           <short name>#<party>                      begins with what was typed
    phone      last 4 digits, reversed   <all digits reversed>#<party>             ends with the digits typed
    officer    officer's code            <party number>#<party>                    equals
    place      place of issue            <party number>#<party>                    equals
    former     document number           <document type>#<party>                   equals

``maria jose nunez paz`` has four entries in ``word``. A search for ``nun mar`` reads the entries that begin with its
longest word and keeps those whose ``known`` words begin with the others; so each page costs reads of one range, at most
MOST_ENTRIES, and a cursor carries on from the last entry read. Entries change in the transaction that changes the
party. The index by branch lists, for reports, a branch's parties by the day of their registration, their addresses by
the day they were added, their relations (from the end that was asked for) by the day they last changed, and the
registers of its accounts.
"""

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.parties.domain.account_party import AccountParties
from chalicelib.modules.parties.domain.address import AccountAddress, Address
from chalicelib.modules.parties.domain.index import Entry
from chalicelib.modules.parties.domain.note import Note
from chalicelib.modules.parties.domain.party import Party
from chalicelib.modules.parties.domain.relation import Relation
from chalicelib.platform.storage.collection import Collection

PREFIX = "pty"
MOST_ENTRIES = 1000
"""Entries read for one page of a search."""


@dataclass(frozen=True, slots=True)
class DocumentPointer:
    """Whose identity document a number is, at present."""

    document_type: str
    document_number: str
    party_id: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class NumberPointer:
    """Whose party number it is."""

    number: int
    party_id: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Sequence:
    """The last party number given."""

    name: str
    last: int
    version: int = 0


@dataclass(frozen=True, slots=True)
class AccountOfParty:
    """An account in which a party has or had a part that is written in the register of the account."""

    party_id: str
    account_id: str
    version: int = 0


PARTIES = Collection(
    Party,
    table="core",
    partition="parties#party#{id}",
    sort="party",
    index=("parties#{branch}", "{registered_on}#{id}"),
    audited=True,
)
ADDRESSES = Collection(
    Address,
    table="core",
    partition="parties#party#{party_id}",
    sort="address#{id}",
    index=("parties#addresses#{branch}", "{added_on}#{id}"),
    audited=True,
)
ACCOUNT_ADDRESSES = Collection(
    AccountAddress,
    table="core",
    partition="parties#party#{party_id}",
    sort="account-address#{account_id}",
    audited=True,
)
ACCOUNT_PARTIES = Collection(
    AccountParties,
    table="core",
    partition="parties#account#{account_id}",
    sort="parties",
    index=("parties#accounts#{branch}", "{account_id}"),
    audited=True,
)
ACCOUNTS_OF_PARTY = Collection(
    AccountOfParty, table="core", partition="parties#party#{party_id}", sort="account#{account_id}"
)
RELATIONS = Collection(
    Relation,
    table="core",
    partition="parties#party#{party_id}",
    sort="relation#{relationship_type}#{other_id}",
    index=("parties#relations#{branch}", "{changed_on}#{party_id}#{relationship_type}#{other_id}"),
    indexed=lambda relation: not relation.derived,
    audited=True,
)
NOTES = Collection(Note, table="core", partition="parties#party#{party_id}", sort="note#{id}", audited=True)
DOCUMENTS = Collection(
    DocumentPointer, table="core", partition="parties#document#{document_number}", sort="{document_type}"
)
NUMBERS = Collection(NumberPointer, table="core", partition="parties#number#{number}", sort="number")
SEQUENCES = Collection(Sequence, table="core", partition="parties#sequence", sort="{name}")
ENTRIES = Collection(
    Entry, table="core", partition="parties#search#{register}#{bucket}", sort="{term}#{party_id}"
)
