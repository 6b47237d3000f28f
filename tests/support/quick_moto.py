"""moto does the same in a fraction of the time: what it does for services in general is left out for DynamoDB.

- A request is built, signed, routed and read again before moto looks at it. While a simulated cloud runs, the bank's
  own client hands its calls to moto's handler at once. What the handler refuses is asked again by the usual road, so
  that errors are the usual ones; tests/functional/platform/test_store_contract.py holds both roads.
- Every answer is walked twice on its way to JSON, once along the service's model: items are written as they are.
- A query sorts the whole table before it looks for a partition: it is shown that partition alone.
- A transaction copies its whole tables, to come back to: the partitions that it touches are enough, as items that are
  put replace what was there.
- What a query found is copied, though it is only written down.
- An item is measured anew with each attribute it is given: it is measured once.
- The expression of an update is read twice for every call, and copied before it is worked on: it is read once for all.
"""

import copy
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import orjson
from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores
from moto.dynamodb import models
from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models import table as tables
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table
from moto.dynamodb.models.utilities import dynamo_to_dict
from moto.dynamodb.parsing.expressions import UpdateExpressionParser
from moto.dynamodb.responses import DynamoHandler, DynamoResult

from chalicelib.platform import aws

ACCOUNT, REGION = "123456789012", "us-east-1"
AWS = ".amazonaws.com"
LARGEST_ITEM_BYTES = 405_000
"""moto's own bound."""

_with_raw_answers = aws._with_raw_answers
_HANDLER = DynamoHandler()
_HANDLER.region, _HANDLER.current_account = REGION, ACCOUNT
_read_expression = cache(UpdateExpressionParser.make)
_query, _transact = Table.query, DynamoDBBackend.transact_write_items


def hasten(running: Callable[[], bool]) -> None:
    """Make moto quick in this process. Calls are shortened while ``running`` says that a simulated cloud runs.

    A client of a local cloud, whose endpoint is its own, goes there always.
    """

    def at_once(client: Any) -> Any:
        usual = by_the_wire(client)._make_api_call
        if AWS not in client.meta.endpoint_url:
            return client

        def call(operation: str, asked: dict[str, Any]) -> dict[str, Any]:
            answer = _answer(operation, asked) if running() else None
            return usual(operation, asked) if answer is None else answer

        client._make_api_call = call
        return client

    aws._with_raw_answers = at_once
    DynamoResult.__init__ = ActionResult.__init__  # type: ignore[method-assign]
    DynamoResult.execute_result = _written_as_it_is  # type: ignore[method-assign]
    UpdateExpressionParser.make = _read_expression
    Item.__init__ = _measured_once  # type: ignore[method-assign]
    Table.__deepcopy__ = _copied_structure  # type: ignore[attr-defined]
    Table.query = _query_of_partition  # type: ignore[method-assign]
    DynamoDBBackend.transact_write_items = _transact_in_partitions  # type: ignore[method-assign]
    models.copy = SimpleNamespace(deepcopy=_copied)
    tables.copy = SimpleNamespace(copy=copy.copy, deepcopy=_copied_unless_found)


def by_the_wire(client: Any) -> Any:
    """A client of the bank's that builds and reads requests as it does in AWS."""
    return _with_raw_answers(client)


def _answer(operation: str, asked: dict[str, Any]) -> dict[str, Any] | None:
    """What moto answers to a call, None where it refuses it."""
    handler = object.__new__(DynamoHandler)
    handler.__dict__.update(_HANDLER.__dict__)
    try:
        handler.body = handler.params = orjson.loads(orjson.dumps(asked))
        written = _written(getattr(handler, camelcase_to_underscores(operation))())
    except Exception:  # the usual road says what is wrong
        return None
    return {"Raw": written} if operation in aws.READ_OPERATIONS else orjson.loads(written)


def _written(answer: Any) -> bytes:
    return orjson.dumps(answer.result, default=dynamo_to_dict)


def _written_as_it_is(self: Any, context: Any) -> tuple[int, dict[str, str], str]:
    return 200, {"Content-Type": "application/x-amz-json-1.0"}, _written(self).decode()


def _measured_once(self: Any, hash_key: Any, range_key: Any, attrs: dict[str, Any]) -> None:
    self.hash_key, self.range_key, self.attrs = hash_key, range_key, LimitedSizeDict()
    dict.update(self.attrs, {name: DynamoType(value) for name, value in attrs.items()})
    if self.size() > LARGEST_ITEM_BYTES:
        raise ItemSizeTooLarge


def _like(table: Any, items: Any) -> Any:
    """A table like another, with other items, of which moto keeps no list."""
    made = object.__new__(type(table))
    made.__dict__.update(table.__dict__, items=items)
    return made


def _copied_structure(self: Any, memo: dict[int, Any]) -> Any:
    copied = _like(self, defaultdict(dict, {key: dict(rows) for key, rows in self.items.items()}))
    memo[id(self)] = copied
    return copied


def _copied(found: Any) -> Any:
    """A copy, but of a table, which a transaction would put back: that is done by its partitions."""
    return found if isinstance(found, Table) else copy.deepcopy(found)


def _copied_unless_found(found: Any) -> Any:
    """A copy, but of the items of an answer, which is written down at once."""
    return (
        found
        if isinstance(found, list) and all(isinstance(each, Item) for each in found)
        else copy.deepcopy(found)
    )


def _query_of_partition(self: Any, hash_key: Any, *given: Any, **named: Any) -> Any:
    conditions = named.get("hash_key_conditions") or ()
    if [name for name, _ in conditions] == [self.hash_key_attr]:
        found = {hash_key: self.items[hash_key]} if hash_key in self.items else {}
    else:
        found = {key: kept for key, rows in self.items.items() if (kept := _indexed(rows, conditions))}
    return _query(_like(self, found), hash_key, *given, **named)


def _indexed(rows: dict[Any, Any], conditions: Any) -> dict[Any, Any]:
    wanted = [(name, value.type, value.value) for name, value in conditions]
    return {
        key: item
        for key, item in rows.items()
        if all(
            (has := item.attrs.get(name)) is not None and has.value == value and has.type == kind
            for name, kind, value in wanted
        )
    }


def _transact_in_partitions(self: Any, writes: list[dict[str, Any]]) -> None:
    before: dict[tuple[str, Any], dict[Any, Any] | None] = {}
    for operation in (next(iter(write.values())) for write in writes):
        table = self.tables.get(operation.get("TableName"))
        place = operation.get("Item") or operation.get("Key") or {}
        if table is not None and table.hash_key_attr in place:
            key = DynamoType(place[table.hash_key_attr])
            before[table.name, key] = dict(table.items[key]) if key in table.items else None
    try:
        _transact(self, writes)
    except Exception:
        for (name, key), rows in before.items():
            if rows is None:
                self.tables[name].items.pop(key, None)
            else:
                self.tables[name].items[key] = rows
        raise
