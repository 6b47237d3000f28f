"""One operation's reads and writes: everything read is remembered, everything written goes in one transaction.

A write carries the version that was read. Where somebody else wrote in between, the whole transaction is refused
and the operation runs again from the start (``attempts.run``), a bounded number of times.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from typing import Any, TypeVar

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict, NotFound
from chalicelib.platform.context import Context
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.storage.collection import Collection, Record
from chalicelib.platform.storage.cursor import decode_start, encode_cursor
from chalicelib.platform.storage.store import ConditionFailed, Store, TransactionCancelled

R = TypeVar("R", bound=Record)
Key = tuple[str, str, str]


class VersionConflict(Exception):
    """Somebody else changed what this operation read; it runs again."""


class RecordNotFound(NotFound):
    """The record does not exist, or not for this tenant."""

    code = "not_found"


class StaleVersion(Conflict):
    """The caller's If-Match names a version that is no longer the latest."""

    code = "stale_version"
    status = 412


@dataclass(slots=True)
class Page:
    """Some records and the cursor of the next ones, None at the end."""

    items: list[Any]
    next_cursor: str | None


@dataclass(slots=True)
class _Write:
    collection: Collection[Any]
    record: Any
    expected: int
    original: Any
    delete: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A record of an audited collection that the operation writes: what it was (None: new) and what it becomes."""

    entity: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know of an operation that is done all the same; ``code`` names its words, ``params`` fill them."""

    code: str
    params: dict[str, Any]


@dataclass(slots=True)
class UnitOfWork:
    """The reads and writes of one operation of one tenant."""

    store: Store
    context: Context
    config: Snapshot
    _loaded: dict[Key, Any] = field(default_factory=dict)
    _writes: dict[Key, _Write] = field(default_factory=dict)
    _checks: dict[Key, dict[str, Any]] = field(default_factory=dict)
    _afterwards: list[Callable[[], None]] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)

    @property
    def tenant(self) -> str:
        return self.context.tenant.code

    def find(self, collection: Collection[R], **names: Any) -> R | None:
        """The record with this key, or None. Strongly consistent; read once per operation."""
        key = collection.key(self.tenant, **names)
        if key not in self._loaded:
            item = self.store.get(*key)
            self._loaded[key] = collection.decode(item) if item else None
        found: R | None = self._loaded[key]
        return found

    def get(self, collection: Collection[R], field: str | None = None, **names: Any) -> R:
        """The record with this key. Raises RecordNotFound, naming the request's ``field`` that pointed to it."""
        record = self.find(collection, **names)
        if record is None:
            raise RecordNotFound(field)
        return record

    def peek(self, collection: Collection[R], **names: Any) -> R | None:
        """The record with this key if this operation has read or written it already; never reads."""
        found: R | None = self._loaded.get(collection.key(self.tenant, **names))
        return found

    def load(self, wanted: list[tuple[Collection[Any], dict[str, Any]]]) -> None:
        """Read several records in one call, for ``find`` and ``get`` that follow."""
        keys = {collection.key(self.tenant, **names): collection for collection, names in wanted}
        missing = [key for key in keys if key not in self._loaded]
        if not missing:
            return
        found = self.store.get_many(missing)
        for key in missing:
            self._loaded[key] = keys[key].decode(found[key]) if key in found else None

    def query(
        self,
        collection: Collection[R],
        *,
        prefix: str = "",
        between: tuple[str, str] | None = None,
        forward: bool = True,
        limit: int = 200,
        cursor: str | None = None,
        **names: Any,
    ) -> Page:
        """Records of one partition in the order of their sort key; what this operation wrote is not seen."""
        sort: tuple[str, ...] = ("between", *between) if between else (("begins", prefix) if prefix else ())
        pk = f"{self.tenant}#{collection.partition.format(**names)}"
        start = decode_start(cursor, pk, sort) if cursor else None
        pages = self.store.pages(collection.table, pk, sort=sort, forward=forward, limit=limit, start=start)
        items, following = next(pages)
        return Page(
            [collection.decode(item) for item in items], encode_cursor(following) if following else None
        )

    def all(
        self,
        collection: Collection[R],
        *,
        prefix: str = "",
        between: tuple[str, str] | None = None,
        forward: bool = True,
        **names: Any,
    ) -> Iterator[R]:
        """Every record of one partition, page by page, in the order of the sort key or backwards."""
        sort: tuple[str, ...] = ("between", *between) if between else (("begins", prefix) if prefix else ())
        pk = f"{self.tenant}#{collection.partition.format(**names)}"
        for items, _ in self.store.pages(collection.table, pk, sort=sort, forward=forward):
            for item in items:
                yield collection.decode(item)

    def put(self, collection: Collection[R], record: R) -> R:
        """Write the record at the end; it must still have the version it was read with (0: must not exist)."""
        key = collection.key_of(self.tenant, record)
        staged = self._writes.get(key)
        original = staged.original if staged else self._loaded.get(key)
        self._writes[key] = _Write(
            collection, record, staged.expected if staged else record.version, original
        )
        self._loaded[key] = record
        return record

    def delete(self, collection: Collection[R], record: R) -> None:
        """Remove the record at the end, if it still has the version it was read with."""
        key = collection.key_of(self.tenant, record)
        self._writes[key] = _Write(collection, record, record.version, self._loaded.get(key), delete=True)
        self._loaded[key] = None

    def check(self, collection: Collection[R], record: R, **values: Any) -> None:
        """Commit only if the stored record still has these field values; it is not written."""
        key = collection.key_of(self.tenant, record)
        stored = collection.encode(self.tenant, record, record.version)
        names = {f"#n{n}": name for n, name in enumerate(values)}
        self._loaded[key] = record
        self._checks[key] = {
            "ConditionCheck": {
                "TableName": self.store.table(key[0]),
                "Key": {"pk": {"S": key[1]}, "sk": {"S": key[2]}},
                "ConditionExpression": " AND ".join(f"#n{n} = :n{n}" for n in range(len(values))),
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": {f":n{n}": stored[name] for n, name in enumerate(values)},
            }
        }

    def expect(self, record: Record) -> None:
        """Raises StaleVersion where the caller's If-Match names another version than the record's."""
        if self.context.if_match is not None and self.context.if_match != record.version:
            raise StaleVersion("If-Match", version=str(record.version))

    def version_of(self, collection: Collection[R], record: R) -> int:
        """The version a caller may send as If-Match: the one that this operation writes, else the one that was read."""
        written = self._writes.get(collection.key_of(self.tenant, record))
        return written.expected + 1 if written and not written.delete else record.version

    def changes(self) -> list[Change]:
        """What the audited records were and what they become, in the order they were written."""
        return [
            Change(f"{write.collection.record.__name__}:{key[2]}", write.original, write.record)
            for key, write in self._writes.items()
            if write.collection.audited
        ]

    def caution(self, code: str, **params: Any) -> None:
        """Tell the caller something beside the answer: the text ``warnings.<code>``, once."""
        told = Caution(code, params)
        if told not in self.cautions:
            self.cautions.append(told)

    def staged(self, collection: Collection[R]) -> list[R]:
        """The records of a collection that the operation will write, in the order they were first written."""
        writes = self._writes.values()
        return [each.record for each in writes if each.collection is collection and not each.delete]

    @property
    def writes(self) -> int:
        """How many items the transaction will write so far."""
        return len(self._writes)

    def commit(self) -> None:
        """Write everything or nothing. Raises VersionConflict; the unit of work is finished either way."""
        requests = [self._request(key, write) for key, write in self._writes.items()]
        checks = [check for key, check in self._checks.items() if key not in self._writes]
        if requests:
            self._write(requests, checks)
        for then in self._afterwards:
            then()

    def afterwards(self, then: Callable[[], None]) -> None:
        """Do something once everything is written, such as starting a state machine; not if the commit is refused."""
        self._afterwards.append(then)

    def _write(self, requests: list[dict[str, Any]], checks: list[dict[str, Any]]) -> None:
        try:
            if len(requests) == 1 and not checks and "Put" in requests[0]:
                self.store.put(requests[0]["Put"])
            else:
                self.store.transact(requests + checks)
        except (TransactionCancelled, ConditionFailed) as refused:
            raise VersionConflict from refused

    def _request(self, key: Key, write: _Write) -> dict[str, Any]:
        table = self.store.table(key[0])
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if write.expected:
            condition = {
                "ConditionExpression": "version = :v",
                "ExpressionAttributeValues": {":v": {"N": str(write.expected)}},
            }
        if write.delete:
            return {
                "Delete": {"TableName": table, "Key": {"pk": {"S": key[1]}, "sk": {"S": key[2]}}, **condition}
            }
        item = write.collection.encode(self.tenant, write.record, write.expected + 1)
        return {"Put": {"TableName": table, "Item": item, **condition}}

    @contextmanager
    def speaking(self, language: str) -> Iterator[None]:
        """For the block, as if the caller asked in another language: what is written for somebody else is in theirs."""
        context = self.context
        self.context = replace(context, language=language)
        try:
            yield
        finally:
            self.context = context

    def fresh(self) -> "UnitOfWork":
        """The same operation again, with nothing read or written yet."""
        return UnitOfWork(self.store, self.context, self.config)
