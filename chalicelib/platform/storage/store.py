"""The DynamoDB calls the bank makes, each behind one small method, and nothing else that reaches the tables.

Every key must begin with the tenant's prefix: the store of one tenant refuses any other key before a call is made,
as the narrowed credentials would in AWS.
"""

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any

import orjson
from botocore.exceptions import ClientError

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid, InvariantError
from chalicelib.platform import settings
from chalicelib.platform.storage.codec import Item

MAX_TRANSACTION_ITEMS = 100
MAX_BATCH_GET = 100
LONGEST_PARTITION_BYTES, LONGEST_SORT_BYTES = 2048, 1024
"""What DynamoDB takes as keys. Nothing longer can have been stored, so reading it finds nothing."""


class KeyTooLong(Invalid):
    """Something that identifies a record is longer than the bank can store."""

    code = "identifier_too_long"


class TransactionCancelled(Exception):
    """A transaction's conditions did not hold; ``reasons`` has one code per item, in the order of the call."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class ConditionFailed(Exception):
    """A single conditional write did not hold."""


@dataclass(slots=True)
class Usage:
    """What the calls of one store have cost: calls and capacity units where DynamoDB reported them."""

    calls: int = 0
    read_units: float = 0.0  # units are reported by DynamoDB in halves; they measure, they are not money
    write_units: float = 0.0


@dataclass(slots=True)
class Store:
    """DynamoDB for one tenant (or for ``platform``). ``observe`` is called before each call; tests inject faults."""

    client: Any
    tenant: str
    usage: Usage = field(default_factory=Usage)
    measure: bool = False
    observe: Callable[[str], None] | None = None

    def table(self, name: str) -> str:
        return f"{settings.prefix()}-{name}"

    def _before(self, call: str, keys: list[str]) -> None:
        lead = f"{self.tenant}#"
        for key in keys:
            if not key.startswith(lead):
                raise InvariantError(f"key outside the tenant: {key.split('#')[0]}")
        self.usage.calls += 1
        if self.observe:
            self.observe(call)

    def _capacity(self, request: dict[str, Any]) -> dict[str, Any]:
        return {**request, "ReturnConsumedCapacity": "TOTAL"} if self.measure else request

    def _consumed(self, answer: dict[str, Any], write: bool) -> None:
        consumed = answer.get("ConsumedCapacity")
        if not self.measure or not consumed:
            return
        units = sum(c["CapacityUnits"] for c in (consumed if isinstance(consumed, list) else [consumed]))
        if write:
            self.usage.write_units += units
        else:
            self.usage.read_units += units

    def get(self, table: str, pk: str, sk: str, consistent: bool = True) -> Item | None:
        """One item, or None."""
        self._before("get", [pk])
        if not storable(pk, sk):
            return None
        request = {
            "TableName": self.table(table),
            "Key": {"pk": {"S": pk}, "sk": {"S": sk}},
            "ConsistentRead": consistent,
        }
        answer = orjson.loads(self.client.get_item(**self._capacity(request))["Raw"])
        self._consumed(answer, write=False)
        return answer.get("Item")

    def get_many(self, keys: list[tuple[str, str, str]]) -> dict[tuple[str, str, str], Item]:
        """Items by (table, pk, sk) in one call of at most 100; missing ones are absent from the answer."""
        self._before("get_many", [pk for _, pk, _ in keys])
        if len(keys) > MAX_BATCH_GET:
            raise InvariantError("too many keys in one read")
        wanted: dict[str, Any] = {}
        for table, pk, sk in dict.fromkeys(key for key in keys if storable(key[1], key[2])):
            request = wanted.setdefault(self.table(table), {"Keys": [], "ConsistentRead": True})
            request["Keys"].append({"pk": {"S": pk}, "sk": {"S": sk}})
        found: dict[tuple[str, str, str], Item] = {}
        logical = {self.table(table): table for table, _, _ in keys}
        while wanted:
            answer = orjson.loads(
                self.client.batch_get_item(**self._capacity({"RequestItems": wanted}))["Raw"]
            )
            self._consumed(answer, write=False)
            for name, items in answer.get("Responses", {}).items():
                for item in items:
                    found[logical[name], item["pk"]["S"], item["sk"]["S"]] = item
            wanted = answer.get("UnprocessedKeys") or {}
        return found

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
        """Pages of a partition as (items, where the next page starts).

        ``sort`` is ``("begins", prefix)``, ``("between", first, last)`` or empty for the whole partition.
        """
        if not all(storable(pk, bound) for bound in sort[1:] or ("-",)):
            yield [], None
            return
        hash_name, sort_name = ("g1pk", "g1sk") if index else ("pk", "sk")
        condition, values = f"{hash_name} = :p", {":p": {"S": pk}}
        if sort and sort[0] == "begins":
            condition += f" AND begins_with({sort_name}, :a)"
            values[":a"] = {"S": sort[1]}
        elif sort:
            condition += f" AND {sort_name} BETWEEN :a AND :b"
            values |= {":a": {"S": sort[1]}, ":b": {"S": sort[2]}}
        request: dict[str, Any] = {
            "TableName": self.table(table),
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": values,
            "ScanIndexForward": forward,
        }
        if index:
            request["IndexName"] = index
        else:
            request["ConsistentRead"] = consistent
        if limit:
            request["Limit"] = limit
        while True:
            if start:
                request["ExclusiveStartKey"] = start
            self._before("query", [pk])
            answer = orjson.loads(self.client.query(**self._capacity(request))["Raw"])
            self._consumed(answer, write=False)
            start = answer.get("LastEvaluatedKey")
            yield answer["Items"], start
            if not start:
                return

    def transact(self, writes: list[dict[str, Any]]) -> None:
        """All writes or none. Raises TransactionCancelled with the reasons in the order of ``writes``, KeyTooLong."""
        if len(writes) > MAX_TRANSACTION_ITEMS:
            raise InvariantError("a transaction holds at most 100 items")
        keys = [_key_of(write) for write in writes]
        self._before("transact", [pk for pk, _ in keys])
        _check_storable(keys)
        try:
            answer = self.client.transact_write_items(**self._capacity({"TransactItems": writes}))
        except ClientError as error:
            raise _translated(error, len(writes)) from error
        self._consumed(answer, write=True)

    def put(self, request: dict[str, Any]) -> None:
        """One conditional put. Raises ConditionFailed, KeyTooLong."""
        key = _key_of({"Put": request})
        self._before("put", [key[0]])
        _check_storable([key])
        try:
            answer = self.client.put_item(**self._capacity(request))
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                raise ConditionFailed from error
            raise
        self._consumed(answer, write=True)

    def add(self, table: str, pk: str, sk: str, amounts: dict[str, int], expires_at: int) -> dict[str, int]:
        """Add to counters of one item, making it where it is missing; answers the counters' new values."""
        self._before("add", [pk])
        names = {f"#c{n}": name for n, name in enumerate(amounts)}
        values: dict[str, Any] = {f":c{n}": {"N": str(amount)} for n, amount in enumerate(amounts.values())}
        request = {
            "TableName": self.table(table),
            "Key": {"pk": {"S": pk}, "sk": {"S": sk}},
            "UpdateExpression": "SET expires_at = :t ADD "
            + ", ".join(f"#c{n} :c{n}" for n in range(len(amounts))),
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": {**values, ":t": {"N": str(expires_at)}},
            "ReturnValues": "UPDATED_NEW",
        }
        answer = orjson.loads(self.client.update_item(**self._capacity(request))["Raw"])
        self._consumed(answer, write=True)
        return {name: int(answer["Attributes"][name]["N"]) for name in amounts}

    def batch_put(self, table: str, items: list[Item]) -> None:
        """Unconditional puts, 25 a call; only for loading history into a new tenant."""
        self._before("batch_put", [item["pk"]["S"] for item in items])
        for first in range(0, len(items), 25):
            wanted: Any = {
                self.table(table): [{"PutRequest": {"Item": item}} for item in items[first : first + 25]]
            }
            while wanted:
                wanted = self.client.batch_write_item(RequestItems=wanted).get("UnprocessedItems")


def storable(pk: str, sk: str) -> bool:
    """Whether DynamoDB takes these keys."""
    return len(pk.encode()) <= LONGEST_PARTITION_BYTES and 0 < len(sk.encode()) <= LONGEST_SORT_BYTES


def _check_storable(keys: list[tuple[str, str]]) -> None:
    if not all(storable(pk, sk) for pk, sk in keys):
        raise KeyTooLong(longest=LONGEST_SORT_BYTES)


def _key_of(write: dict[str, Any]) -> tuple[str, str]:
    body = next(iter(write.values()))
    place = body.get("Item") or body["Key"]
    return place["pk"]["S"], place["sk"]["S"]


def _translated(error: ClientError, count: int) -> Exception:
    code = error.response["Error"]["Code"]
    if code == "TransactionCanceledException":
        reasons = [reason.get("Code", "None") for reason in error.response.get("CancellationReasons", [])]
        return TransactionCancelled(reasons or ["TransactionConflict"] * count)
    if code in ("TransactionConflictException", "TransactionInProgressException"):
        return TransactionCancelled(["TransactionConflict"] * count)
    return error
