"""Finding parties and keeping what they are found by."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from chalicelib.modules.parties.domain.address import AccountAddress, Address
from chalicelib.modules.parties.domain.index import Entry, again, differences, entries_of
from chalicelib.modules.parties.domain.note import Note
from chalicelib.modules.parties.domain.party import Party
from chalicelib.modules.parties.domain.relation import Relation
from chalicelib.modules.parties.errors import UnknownAddress, UnknownParty
from chalicelib.modules.parties.tables import (
    ACCOUNT_ADDRESSES,
    ADDRESSES,
    DOCUMENTS,
    ENTRIES,
    NOTES,
    NUMBERS,
    PARTIES,
    PREFIX,
    RELATIONS,
    SEQUENCES,
    DocumentPointer,
    NumberPointer,
    Sequence,
)
from chalicelib.platform.context import ActorKind
from chalicelib.platform.storage.collection import Collection, Record
from chalicelib.platform.storage.cursor import encode_cursor
from chalicelib.platform.work import UnitOfWork

R = TypeVar("R", bound=Record)
READ_TOGETHER = 100
MAIN = "main"


def party(work: UnitOfWork, party_id: str, field: str = "party_id") -> Party:
    """The party with this id, within the caller's branches or being the caller. Raises UnknownParty."""
    found = work.find(PARTIES, id=party_id) if party_id.startswith(f"{PREFIX}_") else None
    if found is None or not visible(work, found):
        raise UnknownParty(field)
    return found


def any_party(work: UnitOfWork, party_id: str) -> Party | None:
    """The party with this id whatever its branch: for names beside what the caller may see."""
    return work.find(PARTIES, id=party_id) if party_id.startswith(f"{PREFIX}_") else None


def visible(work: UnitOfWork, found: Party) -> bool:
    """Whether the caller may know of the party: staff by branch, members themselves, the bank all."""
    actor = work.context.actor
    if actor.kind is ActorKind.MEMBER:
        return found.id == actor.party_id
    return actor.kind is not ActorKind.STAFF or actor.sees_branch(found.branch)


def parties(work: UnitOfWork, ids: Iterable[str]) -> list[Party]:
    """The parties with these ids that the caller may know of, in the same order."""
    wanted = list(dict.fromkeys(ids))
    for first in range(0, len(wanted), READ_TOGETHER):
        work.load([(PARTIES, {"id": each}) for each in wanted[first : first + READ_TOGETHER]])
    found = (work.find(PARTIES, id=each) for each in wanted)
    return [each for each in found if each is not None and visible(work, each)]


def by_document(work: UnitOfWork, document_type: str, number: str) -> str | None:
    """Id of the party that has this document at present."""
    pointer = work.find(DOCUMENTS, document_number=number, document_type=document_type)
    return pointer.party_id if pointer else None


def by_document_number(work: UnitOfWork, number: str) -> list[str]:
    """Ids of the parties that have a document with this number at present, whatever its type."""
    return [pointer.party_id for pointer in work.query(DOCUMENTS, document_number=number).items]


def by_number(work: UnitOfWork, number: int) -> str | None:
    """Id of the party with this number of the cooperative's."""
    pointer = work.find(NUMBERS, number=number)
    return pointer.party_id if pointer else None


def next_number(work: UnitOfWork, first: int) -> int:
    """The next free number from ``first`` on."""
    sequence = work.find(SEQUENCES, name=MAIN) or Sequence(MAIN, first - 1)
    number = max(sequence.last + 1, first)
    while by_number(work, number) is not None:
        number += 1
    work.put(SEQUENCES, Sequence(MAIN, number, sequence.version))
    return number


def add(work: UnitOfWork, new: Party, its_addresses: Iterable[Address]) -> Party:
    """Store a new party with everything it is found by."""
    listed = list(its_addresses)
    work.put(DOCUMENTS, DocumentPointer(new.document.document_type, new.document.document_number, new.id))
    work.put(NUMBERS, NumberPointer(new.number, new.id))
    for address in listed:
        work.put(ADDRESSES, address)
    for entry in entries_of(new, listed).values():
        work.put(ENTRIES, entry)
    return work.put(PARTIES, new)


def save(
    work: UnitOfWork,
    before: Party,
    after: Party,
    addresses_before: Iterable[Address] | None = None,
    addresses_after: Iterable[Address] | None = None,
) -> Party:
    """Store a changed party and bring its pointers and entries into line. Addresses are read where not given."""
    kept = list(addresses_before) if addresses_before is not None else addresses(work, before)
    now = list(addresses_after) if addresses_after is not None else kept
    written, gone = differences(entries_of(before, kept), entries_of(after, now))
    _load_entries(work, [*written, *gone])
    for entry in written:
        stored = _stored(work, entry)
        work.put(ENTRIES, again(entry, stored.version if stored else 0))
    for entry in gone:
        stored = _stored(work, entry)
        if stored:
            work.delete(ENTRIES, stored)
    _move_document(work, before, after)
    if before.branch != after.branch:
        _move_branch(work, after, now)
    return work.put(PARTIES, after)


def addresses(work: UnitOfWork, of: Party) -> list[Address]:
    """Every address of a party, oldest first."""
    return list(work.all(ADDRESSES, party_id=of.id, prefix="address#")) if of.addresses else []


def address(work: UnitOfWork, of: Party, address_id: str) -> Address:
    """One address. Raises UnknownAddress."""
    found = work.find(ADDRESSES, party_id=of.id, id=address_id)
    if found is None:
        raise UnknownAddress("address_id")
    return found


def replaced_by(work: UnitOfWork, address: Address) -> Address | None:
    """The address that stopped being the primary one when this one became it."""
    if not address.replaces:
        return None
    return work.find(ADDRESSES, party_id=address.party_id, id=address.replaces)


def put_address(work: UnitOfWork, changed: Address) -> None:
    """Store an address; one that exists is read first, so that the audit trail shows what it was."""
    if changed.version:
        work.find(ADDRESSES, party_id=changed.party_id, id=changed.id)
    work.put(ADDRESSES, changed)


def account_addresses(work: UnitOfWork, of: Party) -> list[AccountAddress]:
    """Which accounts of a party use an address other than its primary one for mail."""
    return list(work.all(ACCOUNT_ADDRESSES, party_id=of.id, prefix="account-address#"))


def relations(work: UnitOfWork, party_id: str) -> list[Relation]:
    """Every relation of a party, those that ended too, by type; those that this operation adds come last."""
    found = {each.id: each for each in work.all(RELATIONS, party_id=party_id, prefix="relation#")}
    found |= {each.id: each for each in work.staged(RELATIONS) if each.party_id == party_id}
    return list(found.values())


def notes(work: UnitOfWork, of: Party) -> list[Note]:
    """Every note on a party."""
    return list(work.all(NOTES, party_id=of.id, prefix="note#"))


def entries(
    work: UnitOfWork, register: str, bucket: str, begins: str = "", cursor: str | None = None
) -> Iterator[Entry]:
    """Entries of a bucket whose term begins like this, page by page as they are asked for."""
    while True:
        page = work.query(ENTRIES, register=register, bucket=bucket, prefix=begins, cursor=cursor)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def cursor_after(work: UnitOfWork, entry: Entry) -> str:
    """The cursor of the entries that follow this one."""
    _, pk, sk = ENTRIES.key_of(work.tenant, entry)
    return encode_cursor({"pk": {"S": pk}, "sk": {"S": sk}})


def registered(
    work: UnitOfWork, branch: str, first: date | None = None, last: date | None = None
) -> Iterator[Party]:
    """A branch's parties by the day of their registration; of a period where one is given. For reports."""
    return _of_branch(work, PARTIES, branch, first, last)


def addresses_added(
    work: UnitOfWork, branch: str, first: date | None = None, last: date | None = None
) -> Iterator[Address]:
    """The addresses of a branch's parties by the day they were added; of a period where one is given. For reports."""
    return _of_branch(work, ADDRESSES, branch, first, last)


def relations_changed(
    work: UnitOfWork, branch: str, first: date | None = None, last: date | None = None
) -> Iterator[Relation]:
    """The relations of a branch's parties, each once, by the day they last changed; of a period likewise."""
    return _of_branch(work, RELATIONS, branch, first, last)


def _of_branch(
    work: UnitOfWork, collection: Collection[R], branch: str, first: date | None, last: date | None
) -> Iterator[R]:
    partition = collection.index_partition(work.tenant, branch=branch)
    sort = ("between", f"{first}#", f"{last}#~") if first and last else ()
    for items, _ in work.store.pages(collection.table, partition, index="by_branch", sort=sort):
        for item in items:
            yield collection.decode(item)


def _move_branch(work: UnitOfWork, after: Party, its_addresses: Iterable[Address]) -> None:
    """Addresses and relations are listed under the party's branch."""
    for each in its_addresses:
        put_address(work, replace(each, branch=after.branch))
    for relation in relations(work, after.id):
        known = {"relationship_type": relation.relationship_type, "other_id": relation.other_id}
        stored = work.get(RELATIONS, party_id=after.id, **known)
        work.put(RELATIONS, replace(stored, branch=after.branch))


def _load_entries(work: UnitOfWork, wanted: list[Entry]) -> None:
    for first in range(0, len(wanted), READ_TOGETHER):
        work.load([(ENTRIES, _names(entry)) for entry in wanted[first : first + READ_TOGETHER]])


def _stored(work: UnitOfWork, entry: Entry) -> Entry | None:
    return work.find(ENTRIES, **_names(entry))


def _names(entry: Entry) -> dict[str, str]:
    return {
        "register": entry.register,
        "bucket": entry.bucket,
        "term": entry.term,
        "party_id": entry.party_id,
    }


def _move_document(work: UnitOfWork, before: Party, after: Party) -> None:
    old, new = before.document, after.document
    if (old.document_type, old.document_number) == (new.document_type, new.document_number):
        return
    pointer = work.find(DOCUMENTS, document_number=old.document_number, document_type=old.document_type)
    if pointer:
        work.delete(DOCUMENTS, pointer)
    work.put(DOCUMENTS, DocumentPointer(new.document_type, new.document_number, after.id))
