"""Opaque cursors of paged lists. A cursor is only good for the partition, and the range of it, that it came from."""

import base64
import binascii
from typing import Any

import orjson

from chalicelib.kernel.errors import Invalid

KEYS_OF_TABLE, KEYS_OF_INDEX = {"pk", "sk"}, {"pk", "sk", "g1pk", "g1sk"}


class UnknownCursor(Invalid):
    """The cursor is not one that this list gave."""

    code = "unknown_cursor"


def encode_cursor(start: dict[str, Any]) -> str:
    """Text of the key where the next page starts."""
    return base64.urlsafe_b64encode(orjson.dumps(start)).decode().rstrip("=")


def decode_cursor(cursor: str, partition: str) -> dict[str, Any]:
    """What a list put into its cursor. Raises UnknownCursor for anything that does not belong to the partition.

    Keys in it are known to be text; whatever else a list put there is the list's own to check.
    """
    try:
        start = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        raise UnknownCursor("cursor") from None
    if not isinstance(start, dict) or not all(_text(start[name]) for name in KEYS_OF_INDEX & set(start)):
        raise UnknownCursor("cursor")
    if partition not in (_text(start.get("pk")), _text(start.get("g1pk"))):
        raise UnknownCursor("cursor")
    return start


def decode_start(cursor: str, partition: str, sort: tuple[str, ...] = ()) -> dict[str, Any]:
    """The key where a query of the partition and the range ``sort`` (as ``Store.pages`` takes it) goes on.

    Raises UnknownCursor for every key that this query could not have answered.
    """
    start = decode_cursor(cursor, partition)
    indexed = set(start) == KEYS_OF_INDEX
    if not indexed and set(start) != KEYS_OF_TABLE:
        raise UnknownCursor("cursor")
    place = "g1" if indexed else ""
    if _text(start[f"{place}pk"]) != partition or not _within(_text(start[f"{place}sk"]), sort):
        raise UnknownCursor("cursor")
    return start


def _text(key: Any) -> str:
    """The text of a stored key; empty where it is none."""
    if not isinstance(key, dict) or set(key) != {"S"} or not isinstance(key["S"], str):
        return ""
    return str(key["S"])


def _within(place: str, sort: tuple[str, ...]) -> bool:
    if sort and sort[0] == "begins":
        return place.startswith(sort[1])
    return not sort or sort[1] <= place <= sort[2]
