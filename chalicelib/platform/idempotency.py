"""Nothing happens twice: the first answer to an Idempotency-Key is stored in the transaction that did the work.

A repeated request finds the record and gets the first answer again; the same key with another content is refused.
Keys of money are kept 35 days, others one (GEN-87).
"""

import hashlib

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError, Invalid
from chalicelib.platform import clock
from chalicelib.platform.context import Context
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.work import UnitOfWork

DAY_SECONDS = 86_400
MONEY_DAYS = 35
OTHER_DAYS = 1
KEY_LENGTH = 128


class MissingIdempotencyKey(BankError):
    """Requests that move money must carry an Idempotency-Key."""

    code = "idempotency_key_missing"
    status = 400


class ReusedIdempotencyKey(Invalid):
    """The key was used before with another content."""

    code = "idempotency_key_reused"


class MalformedIdempotencyKey(BankError):
    """The key is too long or not printable."""

    code = "idempotency_key_malformed"
    status = 400


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """What the first request with a key asked (as a hash) and what it was answered."""

    principal: str
    key: str
    fingerprint: str
    status: int
    body: str
    expires_at: int
    version: int = 0


ANSWERS = Collection(FirstAnswer, table="core", partition="idempotency#{principal}", sort="{key}")


def principal_of(context: Context) -> str:
    """Whose keys they are: one person's keys never meet another's."""
    return f"{context.actor.kind.value}:{context.actor.id}"


def fingerprint(method: str, path: str, tenant: str, principal: str, body: bytes) -> str:
    """SHA-256 of method, route, tenant, principal and body (GEN formula 7)."""
    return hashlib.sha256(
        "\x1f".join((method, path, tenant, principal)).encode() + b"\x1f" + body
    ).hexdigest()


def check_key(key: str, required: bool) -> None:
    """Raises MissingIdempotencyKey or MalformedIdempotencyKey."""
    if required and not key:
        raise MissingIdempotencyKey("Idempotency-Key")
    if len(key) > KEY_LENGTH or not key.isascii() or (key and not key.isprintable()):
        raise MalformedIdempotencyKey("Idempotency-Key", longest=KEY_LENGTH)


def first_answer(work: UnitOfWork, print_of_request: str) -> FirstAnswer | None:
    """The stored answer of this key, or None. Raises ReusedIdempotencyKey where it belongs to another request."""
    found = work.find(ANSWERS, principal=principal_of(work.context), key=work.context.idempotency_key)
    if found is None or found.expires_at < clock.epoch_seconds():
        return None
    if found.fingerprint != print_of_request:
        raise ReusedIdempotencyKey("Idempotency-Key")
    return found


def remember(work: UnitOfWork, print_of_request: str, status: int, body: str, money: bool) -> None:
    """Put the answer into the operation's transaction."""
    days = MONEY_DAYS if money else OTHER_DAYS
    principal, key = principal_of(work.context), work.context.idempotency_key
    expired = work.peek(ANSWERS, principal=principal, key=key)
    work.put(
        ANSWERS,
        FirstAnswer(
            principal,
            key,
            print_of_request,
            status,
            body,
            clock.epoch_seconds() + days * DAY_SECONDS,
            expired.version if expired else 0,
        ),
    )
