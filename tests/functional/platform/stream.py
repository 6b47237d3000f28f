"""The journal table's stream as the outbox receives it, made of what the table holds."""

import itertools
from typing import Any

from chalicelib.platform import aws, outbox
from chalicelib.platform.storage.codec import Item

_numbers = itertools.count(1000)


def items(collection: str, tenant: str = "sisa") -> list[Item]:
    """The journal table's items of one collection of a tenant, in the order of their keys."""
    found = aws.client("dynamodb").scan(TableName="minga-journal")["Items"]
    wanted = [item for item in found if item["pk"]["S"].startswith(f"{tenant}#{collection}#")]
    return sorted(wanted, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


def record(item: Item, kind: str = "INSERT") -> dict[str, Any]:
    """A record of the stream."""
    number = str(next(_numbers))
    return {"eventName": kind, "dynamodb": {"SequenceNumber": number, "NewImage": item}}


def published(*records: dict[str, Any]) -> list[str]:
    """Hand records to the outbox; answers the sequence numbers that must come again."""
    answer = outbox.publish({"Records": list(records)})
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
