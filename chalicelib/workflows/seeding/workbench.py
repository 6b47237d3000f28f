"""A store in memory: the bank works in it as in DynamoDB, far faster, and its items are written at the end.

What the tenant has stored already (its parameters, its people) is read through; accounts, movements and the journal
begin empty. Nobody else works in it, so conditions are only checked for items that must not exist.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform.storage.codec import Item
from chalicelib.platform.storage.store import Store, TransactionCancelled

Rows = dict[str, Item]
READ_THROUGH = ("config",)
"""Tables whose items are read from the tenant's own store where the workbench has none."""
READ_THROUGH_PARTITIONS = ("parties#sequence",)
NEWS = ("outbox#", "notifications#")
"""Events and notices of the past are news to nobody: they are not kept."""


@dataclass(slots=True)
class Workbench(Store):
    """The store of one tenant, in memory. ``beneath`` is the tenant's own."""

    beneath: Store | None = None
    _names: dict[str, str] = field(default_factory=dict)
    _rows: dict[tuple[str, str], Rows] = field(default_factory=lambda: defaultdict(dict))
    _indexed: dict[tuple[str, str], dict[str, tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def get(self, table: str, pk: str, sk: str, consistent: bool = True) -> Item | None:
        rows = self._rows.get((table, pk))
        found = rows.get(sk) if rows else None
        if found is None and self.beneath and self._reads_through(table, pk):
            return self.beneath.get(table, pk, sk, consistent)
        return found

    def get_many(self, keys: list[tuple[str, str, str]]) -> dict[tuple[str, str, str], Item]:
        return {key: found for key in dict.fromkeys(keys) if (found := self.get(*key)) is not None}

    def pages(
        self,
        table: str,
        pk: str,
        *,
        index: str | None = None,
        sort: tuple[str, ...] = (),
        forward: bool = True,
        limit: int | None = None,
        start: dict[str, Any] | None = None,
        consistent: bool = True,
    ) -> Iterator[tuple[list[Item], dict[str, Any] | None]]:
        if self.beneath and table in READ_THROUGH and (table, pk) not in self._rows:
            yield from self.beneath.pages(
                table, pk, index=index, sort=sort, forward=forward, limit=limit, start=start
            )
            return
        rows = self._index_rows(table, pk) if index else self._rows.get((table, pk), {})
        names = sorted((name for name in rows if _within(name, sort)), reverse=not forward)
        if start:
            after = start["g1sk" if index else "sk"]["S"]
            names = [name for name in names if (name > after if forward else name < after)]
        size = limit or len(names) or 1
        for first in range(0, len(names) or 1, size):
            part = names[first : first + size]
            rest = len(names) > first + size
            yield [rows[name] for name in part], _start(table, pk, part[-1], index) if rest else None

    def transact(self, writes: list[dict[str, Any]]) -> None:
        for write in writes:
            put = write.get("Put")
            if put and self._is_taken(put):
                raise TransactionCancelled(["ConditionalCheckFailed"])
        for write in writes:
            if "Put" in write:
                self._keep(self._logical(write["Put"]["TableName"]), write["Put"]["Item"])
            elif "Delete" in write:
                key = write["Delete"]["Key"]
                self._drop(self._logical(write["Delete"]["TableName"]), key["pk"]["S"], key["sk"]["S"])

    def put(self, request: dict[str, Any]) -> None:
        self.transact([{"Put": request}])

    def items(self) -> Iterator[tuple[str, Item]]:
        """(table, item) of everything that was stored here, in the order of the first write to each partition."""
        for (table, _), rows in self._rows.items():
            for item in rows.values():
                yield table, item

    def _reads_through(self, table: str, pk: str) -> bool:
        return table in READ_THROUGH or pk.partition("#")[2].startswith(READ_THROUGH_PARTITIONS)

    def _logical(self, name: str) -> str:
        if name not in self._names:
            self._names[name] = name[len(self.table("")) :]
        return self._names[name]

    def _is_taken(self, put: dict[str, Any]) -> bool:
        new = put.get("ConditionExpression", "").startswith("attribute_not_exists")
        item = put["Item"]
        return new and item["sk"]["S"] in self._rows.get(
            (self._logical(put["TableName"]), item["pk"]["S"]), ()
        )

    def _keep(self, table: str, item: Item) -> None:
        pk, sk = item["pk"]["S"], item["sk"]["S"]
        if table == "journal" and pk[len(self.tenant) + 1 :].startswith(NEWS):
            return
        rows = self._rows[table, pk]
        if sk in rows:
            self._unindex(table, rows[sk])
        rows[sk] = item
        if "g1pk" in item:
            self._indexed[table, item["g1pk"]["S"]][item["g1sk"]["S"]] = (pk, sk)

    def _drop(self, table: str, pk: str, sk: str) -> None:
        gone = self._rows[table, pk].pop(sk, None)
        if gone:
            self._unindex(table, gone)

    def _unindex(self, table: str, item: Item) -> None:
        if "g1pk" in item:
            self._indexed[table, item["g1pk"]["S"]].pop(item["g1sk"]["S"], None)

    def _index_rows(self, table: str, pk: str) -> Rows:
        places = self._indexed.get((table, pk), {})
        return {name: self._rows[table, place[0]][place[1]] for name, place in places.items()}


def _within(name: str, sort: tuple[str, ...]) -> bool:
    if not sort:
        return True
    return name.startswith(sort[1]) if sort[0] == "begins" else sort[1] <= name <= sort[2]


def _start(table: str, pk: str, sk: str, index: str | None) -> dict[str, Any]:
    if index:
        return {"g1pk": {"S": pk}, "g1sk": {"S": sk}, "pk": {"S": ""}, "sk": {"S": ""}}
    return {"pk": {"S": pk}, "sk": {"S": sk}}
