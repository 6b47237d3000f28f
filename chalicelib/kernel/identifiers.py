"""Identifiers with a prefix that says what they name: `acc_01j9x…` is an account, `ent_…` an entry.

The body is 26 characters of Crockford base32 in lower case (no i, l, o, u), 128 bits. `new_id` is a ULID: 48
bits of milliseconds, then 80 of randomness, so identifiers sort by time. `derived_id` is a digest of its
parts: the same parts always give the same identifier, which is how a retried step meets its own work.
"""

from __future__ import annotations

import re
from base64 import b32encode
from hashlib import sha256
from typing import NamedTuple

from chalicelib.kernel.errors import Invalid, InvariantError

BODY_LENGTH = 26
RANDOM_BYTES = 10
_PREFIX = re.compile(r"[a-z][a-z0-9]{1,11}")
_BODY = re.compile(r"[0-7][0-9a-hjkmnp-tv-z]{25}")
_CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghjkmnpqrstvwxyz")


class InvalidIdentifier(Invalid):
    """Not an identifier, or an identifier of something else."""

    code = "invalid_identifier"


class ParsedId(NamedTuple):
    """Prefix and body of an identifier."""

    prefix: str
    body: str


def new_id(prefix: str, randomness: bytes, millis: int) -> str:
    """A new identifier from 10 random bytes and the milliseconds since 1970 given by the caller's clock."""
    if len(randomness) < RANDOM_BYTES or not 0 <= millis < 1 << 48:
        raise InvariantError("randomness", prefix=prefix, randomness_bytes=len(randomness), millis=millis)
    return _compose(prefix, millis.to_bytes(6, "big") + randomness[:RANDOM_BYTES])


def derived_id(prefix: str, *parts: str | int) -> str:
    """The identifier of those parts: SHA-256, first 128 bits. ("a", "bc") and ("ab", "c") differ."""
    digest = sha256(prefix.encode())
    for part in parts:
        text = str(part).encode()
        digest.update(b"%d:%b" % (len(text), text))
    return _compose(prefix, digest.digest()[:16])


def parse_id(text: str, prefix: str | None = None) -> ParsedId:
    """Prefix and body. Raises InvalidIdentifier when malformed or when another prefix is expected."""
    found, _, body = text.partition("_")
    if not _PREFIX.fullmatch(found) or not _BODY.fullmatch(body) or prefix not in (None, found):
        raise InvalidIdentifier("id", id=text[:64], expected=prefix or "")
    return ParsedId(found, body)


def _compose(prefix: str, sixteen: bytes) -> str:
    if not _PREFIX.fullmatch(prefix):
        raise InvariantError("prefix", prefix=prefix)
    # 20 bytes are exactly 32 base32 digits; the 128 bits sit in the last 26 of them.
    digits = b32encode(b"\0\0\0\0" + sixteen)
    return f"{prefix}_{digits[-BODY_LENGTH:].translate(_CROCKFORD).decode()}"
