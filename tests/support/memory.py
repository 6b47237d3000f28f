"""A store in memory that keeps DynamoDB's promises as far as the bank uses them, fast enough for property tests.

`tests/functional/platform/test_store_contract.py` runs the same checks on this store and on a simulated DynamoDB.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from unittest.mock import patch

from chalicelib.platform import aws
from chalicelib.platform.reports import pdf_file, xlsx_file
from chalicelib.platform.reports.sheet import Reader, Sheet
from chalicelib.platform.storage.codec import Item
from chalicelib.platform.storage.store import ConditionFailed, Store, TransactionCancelled
from tests.support.memory_table import Table

PAGE = 200


class MemoryStore(Store):
    """The four tables in memory. ``observe`` is called before each call and may raise, as a dying process would."""

    def __init__(self, tenant: str, tables: dict[str, Table] | None = None) -> None:
        super().__init__(client=None, tenant=tenant)
        self.tables: dict[str, Table] = defaultdict(Table) if tables is None else tables
        self.files: dict[str, bytes] = {}

    def copy(self) -> "MemoryStore":
        """An independent store with the same content."""
        tables: dict[str, Table] = defaultdict(Table)
        for name, table in self.tables.items():
            tables[name] = table.copy()
        copied = MemoryStore(self.tenant, tables)
        copied.files = dict(self.files)
        return copied

    @contextmanager
    def printing(self) -> Iterator[None]:
        """For the block, files go into ``files`` and documents are written by name alone, as reading them is slow."""
        shelf = MemoryFiles(self)
        with (
            patch.object(aws, "files_of", lambda tenant, epoch_seconds: shelf),
            patch.object(pdf_file, "write", _by_name),
            patch.object(xlsx_file, "write", _by_name),
        ):
            yield

    def get(self, table: str, pk: str, sk: str, consistent: bool = True) -> Item | None:
        self._before("get", [pk])
        return self.tables[table].get((pk, sk))

    def get_many(self, keys: list[tuple[str, str, str]]) -> dict[tuple[str, str, str], Item]:
        self._before("get_many", [pk for _, pk, _ in keys])
        return {key: self.tables[key[0]][key[1:]] for key in keys if key[1:] in self.tables[key[0]]}

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
        while True:
            self._before("query", [pk])
            page, start = self.tables[table].page(
                pk, index=index is not None, sort=sort, forward=forward, size=limit or PAGE, start=start
            )
            yield page, start
            if start is None:
                return

    def transact(self, writes: list[dict[str, Any]]) -> None:
        self._before("transact", [_body(write)["key"][0] for write in writes])
        reasons = ["None" if self._holds(_body(write)) else "ConditionalCheckFailed" for write in writes]
        if any(reason != "None" for reason in reasons):
            raise TransactionCancelled(reasons)
        for write in writes:
            self._do(write)

    def put(self, request: dict[str, Any]) -> None:
        self._before("put", [request["Item"]["pk"]["S"]])
        if not self._holds(_body({"Put": request})):
            raise ConditionFailed
        self._do({"Put": request})

    def add(self, table: str, pk: str, sk: str, amounts: dict[str, int], expires_at: int) -> dict[str, int]:
        self._before("add", [pk])
        item = dict(self.tables[table].get((pk, sk), {"pk": {"S": pk}, "sk": {"S": sk}}))
        for name, amount in amounts.items():
            item[name] = {"N": str(int(item.get(name, {"N": "0"})["N"]) + amount)}
        self.tables[table][pk, sk] = item
        return {name: int(item[name]["N"]) for name in amounts}

    def batch_put(self, table: str, items: list[Item]) -> None:
        self._before("batch_put", [item["pk"]["S"] for item in items])
        for item in items:
            self.tables[table][item["pk"]["S"], item["sk"]["S"]] = item

    def _holds(self, body: dict[str, Any]) -> bool:
        stored = self.tables[body["table"]].get(body["key"])
        condition = body["condition"]
        if condition == "attribute_not_exists(pk)":
            return stored is None
        if stored is None:
            return False
        for part in condition.split(" AND "):
            name, _, value = part.partition(" = ")
            if stored.get(body["names"].get(name, name)) != body["values"][value]:
                return False
        return True

    def _do(self, write: dict[str, Any]) -> None:
        body = _body(write)
        if "Put" in write:
            self.tables[body["table"]][body["key"]] = write["Put"]["Item"]
        elif "Delete" in write and body["key"] in self.tables[body["table"]]:
            del self.tables[body["table"]][body["key"]]


def _partition(key: str) -> str:
    """The key of a file as the store's check of the tenant reads it."""
    return key.replace("/", "#", 1)


def _by_name(sheet: Sheet, reader: Reader) -> bytes:
    return f"{reader.language} {sheet.name}".encode()


class MemoryFiles:
    """The bucket of a store in memory, as far as the bank uses it."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store

    def put_object(self, **given: Any) -> None:
        self.store._before("put_object", [_partition(given["Key"])])
        self.store.files[given["Key"]] = given["Body"]

    def get_object(self, **given: Any) -> dict[str, Any]:
        self.store._before("get_object", [_partition(given["Key"])])
        return {"Body": BytesIO(self.store.files[given["Key"]]), "ContentType": ""}

    def delete_object(self, **given: Any) -> None:
        self.store._before("delete_object", [_partition(given["Key"])])
        self.store.files.pop(given["Key"], None)


def _body(write: dict[str, Any]) -> dict[str, Any]:
    content = next(iter(write.values()))
    place = content.get("Item") or content["Key"]
    return {
        "table": content["TableName"].rpartition("-")[2],
        "key": (place["pk"]["S"], place["sk"]["S"]),
        "condition": content.get("ConditionExpression", ""),
        "names": content.get("ExpressionAttributeNames", {}),
        "values": content.get("ExpressionAttributeValues", {}),
    }
