"""Searching the audit trail: the chains of all people merged by time, newest first.

A chain belongs to one person, so a search by person reads one partition. Without a person the chains are read side by
side and merged; each step looks at no more than ``MOST_READ`` events and the cursor goes on from there.
"""

import heapq
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from fnmatch import fnmatchcase
from typing import Any

from chalicelib.platform.access.people import PEOPLE
from chalicelib.platform.audit import CHAINS, EVENTS, AuditEvent
from chalicelib.platform.clock import zone
from chalicelib.platform.operation_names import entity_name, operation_name
from chalicelib.platform.schemas.oversight import AuditChange, AuditEventView, AuditQuery
from chalicelib.platform.storage.cursor import UnknownCursor, decode_cursor, encode_cursor
from chalicelib.platform.work import UnitOfWork

MOST_READ = 2000
PAGE = 50
CURSOR = "audit"

Place = tuple[datetime, str, int]
"""Instant, chain and number of an event: where a merged reading stands."""


def search(work: UnitOfWork, query: AuditQuery) -> tuple[list[AuditEventView], str | None]:
    """(the events that fit, where the next page starts). Raises UnknownCursor."""
    first, last = _instants(work, query)
    before: Place = (last, "", 0)
    if query.cursor:
        before = min(before, _resume(query.cursor))
    found: list[AuditEvent] = []
    read, reached = 0, before
    for event in _merged(work, _chains(work, query), before):
        if event.at < first:
            return _views(work, found), None
        if len(found) == query.limit or read == MOST_READ:
            at, chain, number = reached
            return _views(work, found), encode_cursor(
                {"pk": {"S": CURSOR}, "place": [at.isoformat(), chain, number]}
            )
        read, reached = read + 1, _place(event)
        if _fits(event, query):
            found.append(event)
    return _views(work, found), None


def _instants(work: UnitOfWork, query: AuditQuery) -> tuple[datetime, datetime]:
    """The first instant that counts and the one after the last; days are those of the tenant's time zone."""
    here = zone(work.context.tenant.time_zone)
    first = datetime.combine(query.from_ or date(1970, 1, 2), time(), here)
    last = datetime.combine(query.to or date(9000, 1, 1), time(), here) + timedelta(days=1)
    return first.astimezone(UTC), last.astimezone(UTC)


def _place(event: AuditEvent) -> Place:
    return event.at, event.chain, event.number


def _resume(cursor: str) -> Place:
    try:
        at, chain, number = decode_cursor(cursor, CURSOR)["place"]
        return datetime.fromisoformat(at).astimezone(UTC), str(chain), int(number)
    except (KeyError, TypeError, ValueError):
        raise UnknownCursor("cursor") from None


def _chains(work: UnitOfWork, query: AuditQuery) -> list[str]:
    if ":" in query.actor:
        return [query.actor]
    return [
        chain.name for chain in work.all(CHAINS) if not query.actor or chain.name.endswith(f":{query.actor}")
    ]


def _merged(work: UnitOfWork, chains: list[str], before: Place) -> Iterator[AuditEvent]:
    streams = (_newest_first(work, chain, before) for chain in chains)
    return heapq.merge(*streams, key=_place, reverse=True)


def _newest_first(work: UnitOfWork, chain: str, before: Place) -> Iterator[AuditEvent]:
    cursor: str | None = None
    while True:
        page = work.query(EVENTS, chain=chain, forward=False, limit=PAGE, cursor=cursor)
        yield from (event for event in page.items if _place(event) < before)
        cursor = page.next_cursor
        if cursor is None:
            return


def _fits(event: AuditEvent, query: AuditQuery) -> bool:
    if query.operation and not fnmatchcase(event.function, query.operation):
        return False
    if query.kind and event.kind != query.kind:
        return False
    touched = [event.entity, *(str(change["entity"]) for change in event.changes)]
    return not query.entity or any(query.entity in entity for entity in touched)


def _views(work: UnitOfWork, events: list[AuditEvent]) -> list[AuditEventView]:
    people = list(dict.fromkeys(event.actor for event in events))[:100]
    work.load([(PEOPLE, {"id": person}) for person in people])
    names = {person: known.name for person in people if (known := work.find(PEOPLE, id=person))}
    return [_view(work, event, names.get(event.actor, "")) for event in events]


def _view(work: UnitOfWork, event: AuditEvent, name: str) -> AuditEventView:
    before: dict[str, Any] = {f"{row['entity']}.{row['field']}": row["before"] for row in event.changes}
    after: dict[str, Any] = {f"{row['entity']}.{row['field']}": row["after"] for row in event.changes}
    return AuditEventView(
        id=f"{event.chain}:{event.number}",
        at=event.at,
        actor=event.actor,
        actor_kind=event.actor_kind,
        actor_name=name,
        operation=event.function,
        operation_name=operation_name(work, event.function),
        kind=event.kind,
        entity=event.entity,
        entity_name=entity_name(work, event.kind, event.entity),
        before=before,
        after=after,
        changes=[AuditChange(**row) for row in event.changes],
        request_id=event.request_id,
        branch=event.branch,
        channel=event.channel,
        address=event.address,
        device=event.device,
        business_date=event.business_date,
        approver=event.approver,
        hash=event.hash,
    )
