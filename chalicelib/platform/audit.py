"""The audit trail: who did what, before and after, in chains of hashes that show any later alteration.

Each person (and each process of the bank) has a chain of its own, so that two people never wait for one another
(ADR 0005). ``h(n) = SHA-256(h(n-1) ‖ canonical_json(event n))``; verification recomputes the chain.
"""

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import orjson

from chalicelib.kernel.plan import diff
from chalicelib.platform import clock
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.work import UnitOfWork

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One line of the trail. ``changes`` holds field, before and after of every record that was written."""

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
    version: int = 0


EVENTS = Collection(AuditEvent, table="audit", partition="chain#{chain}", sort="{number:012d}")


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain that exists, for the list of chains."""

    name: str
    version: int = 0


CHAINS = Collection(Chain, table="audit", partition="chains", sort="{name}")

_HEADS: dict[tuple[str, str, str], tuple[int, str]] = {}


def record(work: UnitOfWork, function: str, kind: str, entity: str, branch: str = "") -> AuditEvent:
    """Put one event into the operation's transaction, with the changes it is about to make."""
    context = work.context
    chain = f"{context.actor.kind.value}:{context.actor.id}"
    number, previous = _head(work, chain)
    event = AuditEvent(
        chain=chain,
        number=number + 1,
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
        previous=previous,
        hash="",
        approver=context.approver,
        branch=branch or context.actor.branch,
        changes=_changes(work),
    )
    event = _sealed(event)
    if event.number == 1:
        work.put(CHAINS, Chain(chain))
    return work.put(EVENTS, event)


def remember(work: UnitOfWork, event: AuditEvent) -> None:
    """After the commit: the next event of this chain need not read its head."""
    _HEADS[_place(work, event.chain)] = (event.number, event.hash)


def forget(work: UnitOfWork) -> None:
    """After a refused commit: the head may have moved, read it again."""
    context = work.context
    _HEADS.pop(_place(work, f"{context.actor.kind.value}:{context.actor.id}"), None)


def forget_heads() -> None:
    """Drop every remembered head; for tests that empty the tables."""
    _HEADS.clear()


def verify(work: UnitOfWork, chain: str) -> tuple[int, int | None]:
    """(events checked, number of the first event that does not fit its chain, None where all fit)."""
    previous, checked = GENESIS, 0
    for event in work.all(EVENTS, chain=chain):
        checked += 1
        if event.number != checked or event.previous != previous or event.hash != digest(event):
            return checked, event.number
        previous = event.hash
    return checked, None


def digest(event: AuditEvent) -> str:
    """The hash of an event: the previous hash followed by the event's own content in canonical JSON."""
    content = {name: value for name, value in asdict(event).items() if name not in ("hash", "version")}
    canonical = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(event.previous.encode() + canonical).hexdigest()


def _sealed(event: AuditEvent) -> AuditEvent:
    return replace(event, hash=digest(event))


def _place(work: UnitOfWork, chain: str) -> tuple[str, str, str]:
    return work.store.table("audit"), work.tenant, chain


def _head(work: UnitOfWork, chain: str) -> tuple[int, str]:
    known = _HEADS.get(_place(work, chain))
    if known:
        return known
    last = work.query(EVENTS, chain=chain, forward=False, limit=1).items
    return (last[0].number, last[0].hash) if last else (0, GENESIS)


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
    content: dict[str, Any] = orjson.loads(orjson.dumps(asdict(record)))
    content.pop("version", None)
    for secret in SECRET_FIELDS & set(content):
        content[secret] = "•••" if content[secret] else ""
    return content


SECRET_FIELDS = frozenset(
    {"password_hash", "history", "refresh_hash", "previous_refresh_hash", "totp_secret"}
)
