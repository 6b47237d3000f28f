"""The audit trail: who did what, before and after, in chains of hashes that show any later alteration.

Each person (and each process of the bank) has a chain of its own, so that two people never wait for one another
(ADR 0005). ``h(n) = HMAC-SHA-256(key, h(n-1) ‖ canonical_json(event n))`` with a key that is kept with the signing
keys, so that whoever can write to the tables cannot write a chain anew; plain SHA-256 in an installation without that
key. Verification recomputes the chain. The first event of a day leaves an anchor of the one before it in another
table, so that events cut off from the end are missed from the next day on.
"""

import hashlib
import hmac
from dataclasses import asdict, is_dataclass, replace
from datetime import date, datetime
from typing import Any

import orjson
from pydantic import BaseModel

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.plan import diff
from chalicelib.platform import clock
from chalicelib.platform.access import keys
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.work import UnitOfWork

GENESIS = "0" * 64
LARGEST_INTEGER = 2**53
"""Larger integers are put on record as text: not every reader of JSON keeps them."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One line of the trail. ``changes`` holds field, before and after of every record that was written.

    ``sealed_by`` is the id of the key that its hash was made with; empty for a plain hash.
    """

    chain: str
    number: int
    at: datetime
    actor: str
    actor_kind: str
    function: str
    kind: str
    entity: str
    channel: str
    address: str
    device: str
    request_id: str
    previous: str
    hash: str
    business_date: str = ""
    approver: str = ""
    branch: str = ""
    changes: tuple[dict[str, Any], ...] = ()
    sealed_by: str = ""
    version: int = 0


EVENTS = Collection(AuditEvent, table="audit", partition="chain#{chain}", sort="{number:012d}")


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain that exists, for the list of chains."""

    name: str
    version: int = 0


CHAINS = Collection(Chain, table="audit", partition="chains", sort="{name}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last event of a day, as the first event of the next day found it."""

    chain: str
    number: int
    hash: str
    version: int = 0


ANCHORS = Collection(Anchor, table="config", partition="audit-anchors#{chain}", sort="{number:012d}")


@dataclass(frozen=True, slots=True)
class _Head:
    """The last event of a chain; number 0 before the first."""

    number: int
    hash: str
    day: date


_HEADS: dict[tuple[str, str, str], _Head] = {}


def record(work: UnitOfWork, function: str, kind: str, entity: str, branch: str = "") -> AuditEvent:
    """Put one event into the operation's transaction, with the changes it is about to make."""
    context = work.context
    chain = f"{context.actor.kind.value}:{context.actor.id}"
    head, key = _head(work, chain), keys.audit_key()
    event = AuditEvent(
        chain=chain,
        number=head.number + 1,
        at=clock.now(),
        actor=context.actor.id,
        actor_kind=context.actor.kind.value,
        function=function,
        kind=kind,
        entity=entity,
        channel=context.channel,
        address=context.address,
        device=context.device,
        request_id=context.request_id,
        previous=head.hash,
        hash="",
        approver=context.approver,
        branch=branch or context.actor.branch,
        changes=_changes(work),
        sealed_by=key.id if key else "",
    )
    event = replace(event, hash=digest(event, key))
    if event.number == 1:
        work.put(CHAINS, Chain(chain))
    elif head.day < event.at.date():
        work.put(ANCHORS, Anchor(chain, head.number, head.hash))
    return work.put(EVENTS, event)


def remember(work: UnitOfWork, event: AuditEvent) -> None:
    """After the commit: the next event of this chain need not read its head."""
    _HEADS[_place(work, event.chain)] = _Head(event.number, event.hash, event.at.date())


def forget(work: UnitOfWork) -> None:
    """After a refused commit: the head may have moved, read it again."""
    context = work.context
    _HEADS.pop(_place(work, f"{context.actor.kind.value}:{context.actor.id}"), None)


def forget_heads() -> None:
    """Drop every remembered head; for tests that empty the tables."""
    _HEADS.clear()


def verify(work: UnitOfWork, chain: str) -> tuple[int, int | None]:
    """(events checked, number of the first event that does not fit its chain or is missing, None where all fit).

    Events cut off from the end since the last anchor, which is at most the chain's last day, are not missed.
    """
    key = keys.audit_key()
    anchors = {anchor.number: anchor.hash for anchor in work.all(ANCHORS, chain=chain)}
    previous, checked, sealed = GENESIS, 0, False
    for event in work.all(EVENTS, chain=chain):
        checked += 1
        sealed = sealed or bool(event.sealed_by) or (key is not None and event.at >= key.since)
        fits = event.number == checked and event.previous == previous
        whole = fits and event.hash == digest(event, key) and sealed == bool(event.sealed_by)
        if not whole or anchors.get(event.number, event.hash) != event.hash:
            return checked, event.number
        previous = event.hash
    return checked, checked + 1 if max(anchors, default=0) > checked else None


def digest(event: AuditEvent, key: keys.AuditKey | None) -> str:
    """The hash of an event: of the previous hash and the event's own content in canonical JSON.

    Empty where the event was sealed with a key that is not the one given.
    """
    content = {name: value for name, value in asdict(event).items() if name not in ("hash", "version")}
    if not event.sealed_by:
        content.pop("sealed_by")
    elif key is None or key.id != event.sealed_by:
        return ""
    message = event.previous.encode() + orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    if event.sealed_by and key:
        return hmac.new(key.secret, message, hashlib.sha256).hexdigest()
    return hashlib.sha256(message).hexdigest()


def _place(work: UnitOfWork, chain: str) -> tuple[str, str, str]:
    return work.store.table("audit"), work.tenant, chain


def _head(work: UnitOfWork, chain: str) -> _Head:
    known = _HEADS.get(_place(work, chain))
    if known:
        return known
    last = work.query(EVENTS, chain=chain, forward=False, limit=1).items
    return _Head(last[0].number, last[0].hash, last[0].at.date()) if last else _Head(0, GENESIS, date.min)


def _changes(work: UnitOfWork) -> tuple[dict[str, Any], ...]:
    rows = []
    for change in work.changes():
        before = _plain(change.before) if change.before is not None else {}
        for row in diff(before, _plain(change.after)):
            rows.append(
                {"entity": change.entity, "field": row.field, "before": row.before, "after": row.after}
            )
    return tuple(rows)


def _plain(record: Any) -> dict[str, Any]:
    content: dict[str, Any] = _json(asdict(record))
    content.pop("version", None)
    for secret in SECRET_FIELDS & set(content):
        content[secret] = "•••" if content[secret] else ""
    return content


def _json(value: Any) -> Any:
    """A value as JSON keeps it: names as text, decimals, instants and large integers as text."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value) if -LARGEST_INTEGER <= value <= LARGEST_INTEGER else str(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, dict):
        return {str(name): _json(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_json(inner) for inner in value]
    if isinstance(value, set | frozenset):
        return sorted(str(_json(inner)) for inner in value)
    if isinstance(value, BaseModel):
        return _json(value.model_dump(mode="json"))
    if is_dataclass(value) and not isinstance(value, type):
        return _json(asdict(value))
    return value.isoformat() if isinstance(value, date) else str(value)


SECRET_FIELDS = frozenset(
    {"password_hash", "history", "refresh_hash", "previous_refresh_hash", "totp_secret"}
)
