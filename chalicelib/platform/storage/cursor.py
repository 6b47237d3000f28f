"""Opaque cursors of paged lists. A cursor is only good for the partition it came from."""

import base64
import binascii
from typing import Any

import orjson

from chalicelib.kernel.errors import Invalid


class UnknownCursor(Invalid):
    """The cursor is not one that this list gave."""

    code = "unknown_cursor"


def encode_cursor(start: dict[str, Any]) -> str:
    """Text of the key where the next page starts."""
    return base64.urlsafe_b64encode(orjson.dumps(start)).decode().rstrip("=")


def decode_cursor(cursor: str, partition: str) -> dict[str, Any]:
    """The key a cursor stands for. Raises UnknownCursor for anything that does not belong to the partition."""
    try:
        start = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if start["pk"]["S"] == partition or start.get("g1pk", {}).get("S") == partition:
            return start
    except (binascii.Error, ValueError, KeyError, TypeError, AttributeError):
        pass
    raise UnknownCursor("cursor")
