"""The archive: records that leave the hot tables for the tenant's own folder, and the way back to them (ADR 0016).

The records of one owner, such as the movements of an account, go as an object of compressed lines of JSON, oldest
first. A *piece* in the core table says which object holds what, with the digest of its lines. A process may die
anywhere:

1. the object is written and read back; its name tells its content, so that no other content ever takes its place;
2. one transaction writes the piece and what the module keeps hot instead, such as a balance: now they are archived;
3. the records are deleted, each on condition that it is still what was archived.

What dies before 2 changed nothing; what dies after it leaves records behind that ``clear`` deletes.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any, Generic, TypeVar

import orjson

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import InvariantError
from chalicelib.platform import clock, files
from chalicelib.platform.closing.applications import PieceRun
from chalicelib.platform.storage.codec import Item
from chalicelib.platform.storage.collection import Collection, Record
from chalicelib.platform.storage.store import MAX_TRANSACTION_ITEMS
from chalicelib.platform.work import UnitOfWork

R = TypeVar("R", bound=Record)
CONTENT_TYPE = "application/gzip"
DIGITS_IN_NAME = 16
NOT_ARCHIVED = frozenset({"pk", "sk", "g1pk", "g1sk"})


class ArchiveDamaged(InvariantError):
    """An object of the archive is not what was written."""

    code = "archive_damaged"


class NotInArchive(InvariantError):
    """A record lies among archived ones and is not in the archive as it is: it is not deleted."""

    code = "not_in_archive"


@dataclass(frozen=True, slots=True)
class Shelf(Generic[R]):
    """What may be archived: a collection of dated records, one partition per owner, in the order of their dates.

    ``owner`` is the field that names the partition, ``dated`` the field that the sort key begins with.
    """

    name: str
    collection: Collection[R]
    owner: str
    dated: str = "business_date"

    def day(self, record: R) -> date:
        """The date of a record."""
        found: date = getattr(record, self.dated)
        return found


@dataclass(frozen=True, slots=True)
class ArchivePiece:
    """An object of the archive: whose records, of which dates, how many, and the SHA-256 digest of its lines."""

    shelf: str
    owner: str
    first: date
    last: date
    records: int
    digest: str
    key: str
    made_at: datetime
    version: int = 0


PIECES = Collection(
    ArchivePiece, table="core", partition="archive#{shelf}#{owner}", sort="{first}#{last}#{digest}"
)


def move(
    run: PieceRun, shelf: Shelf[R], owner: str, records: list[R], keep: Callable[[UnitOfWork], bool]
) -> bool:
    """Move records of an owner, whole dates in their order, from the hot table into the archive.

    ``keep(work)`` writes what stays hot instead into the transaction that records the piece, and says whether these
    records are still to be moved; where they are not, somebody else has moved them and nothing happens.
    """
    piece = _write(run.work(), shelf, owner, records)

    def recorded(work: UnitOfWork) -> bool:
        if not keep(work):
            return False
        work.put(PIECES, piece)
        return True

    if not run.commit(recorded):
        return False
    _delete(run, shelf, owner, records)
    return True


def clear(run: PieceRun, shelf: Shelf[R], owner: str, records: list[R]) -> None:
    """Delete archived records of an owner that a process which died left in the hot table.

    Raises NotInArchive, ArchiveDamaged.
    """
    first, last = shelf.day(records[0]), shelf.day(records[-1])
    _delete(run, shelf, owner, list(rows(run.work(), shelf, owner, first, last)))


def pieces(
    work: UnitOfWork,
    shelf: Shelf[Any],
    owner: str,
    first: date = date.min,
    last: date = date.max,
    *,
    forward: bool = True,
) -> Iterator[ArchivePiece]:
    """The pieces that have records of an owner dated between two days, in the order of their dates or backwards."""
    for piece in work.all(PIECES, shelf=shelf.name, owner=owner, forward=forward):
        if piece.first <= last and first <= piece.last:
            yield piece


def rows(
    work: UnitOfWork,
    shelf: Shelf[R],
    owner: str,
    first: date = date.min,
    last: date = date.max,
    *,
    forward: bool = True,
) -> Iterator[R]:
    """The archived records of an owner dated between two days, in their order or backwards, object by object."""
    for piece in pieces(work, shelf, owner, first, last, forward=forward):
        found = read(shelf, piece)
        for record in found if forward else reversed(found):
            if first <= shelf.day(record) <= last:
                yield record


def read(shelf: Shelf[R], piece: ArchivePiece) -> list[R]:
    """The records of a piece, oldest first. Raises ArchiveDamaged."""
    lines = gzip.decompress(files.fetch(piece.key)[0])
    if hashlib.sha256(lines).hexdigest() != piece.digest:
        raise ArchiveDamaged(key=piece.key)
    return [shelf.collection.decode(_item(line)) for line in lines.splitlines()]


def _write(work: UnitOfWork, shelf: Shelf[R], owner: str, records: list[R]) -> ArchivePiece:
    """Store records as an object and read it back; the same records always make the same object."""
    lines = b"".join(_line(shelf.collection.encode(work.tenant, row, row.version)) for row in records)
    digest = hashlib.sha256(lines).hexdigest()
    first, last = shelf.day(records[0]), shelf.day(records[-1])
    name = f"{first.isoformat()}_{last.isoformat()}_{digest[:DIGITS_IN_NAME]}.jsonl.gz"
    content = gzip.compress(lines, mtime=0)
    key = files.keep(work, name, CONTENT_TYPE, content, place=f"archive/{shelf.name}/{owner}")
    piece = ArchivePiece(shelf.name, owner, first, last, len(records), digest, key, clock.now())
    if read(shelf, piece) != records:
        raise ArchiveDamaged(key=key)
    return piece


def _delete(run: PieceRun, shelf: Shelf[R], owner: str, archived: list[R]) -> None:
    known = {shelf.collection.key_of("", record)[2]: record for record in archived}
    while run.commit(partial(_delete_some, shelf=shelf, owner=owner, known=known)):
        pass


def _delete_some(work: UnitOfWork, shelf: Shelf[R], owner: str, known: dict[str, R]) -> bool:
    """Delete what fits into one transaction of the records that are still there; answers whether there may be more."""
    places = list(known)
    of_owner: dict[str, Any] = {shelf.owner: owner}
    between = (places[0], places[-1])
    page = work.query(shelf.collection, between=between, limit=MAX_TRANSACTION_ITEMS, **of_owner)
    for record in page.items:
        if known.get(shelf.collection.key_of("", record)[2]) != record:
            raise NotInArchive(owner=owner, date=shelf.day(record).isoformat())
        work.delete(shelf.collection, record)
    return page.next_cursor is not None


def _line(item: Item) -> bytes:
    """A record as a line: its fields by name, as they are stored, without the keys that follow from them."""
    plain = {name: _plain(value) for name, value in item.items() if name not in NOT_ARCHIVED}
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def _plain(stored: dict[str, Any]) -> str | int | bool:
    (kind, value), *_ = stored.items()
    return int(value) if kind == "N" else value


def _item(line: bytes) -> Item:
    return {name: _stored(value) for name, value in orjson.loads(line).items()}


def _stored(value: str | int | bool) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"BOOL": value}
    return {"N": str(value)} if isinstance(value, int) else {"S": value}
