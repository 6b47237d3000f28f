"""What follows a transaction: the journal table's stream carries events and notices to whoever waits for them.

Every posted entry and every emitted event becomes a domain event ``{id, name, tenant, at, actor, payload}`` for the
event bus (where one is deployed) and for the tenant's webhooks; every queued notice is sent. All of it happens once per
id however often the stream brings a record. A record that cannot be served now is reported back, and the stream brings
it, and what follows it in its shard, again.
"""

from typing import Any

import orjson

from chalicelib.platform import aws, events, settings, webhooks
from chalicelib.platform.access.authentication import store_of
from chalicelib.platform.context import Actor, ActorKind, Context
from chalicelib.platform.kinds_declared import WEBHOOK
from chalicelib.platform.notifications import audiences, delivery
from chalicelib.platform.notifications.records import NOTIFICATIONS, NotificationState
from chalicelib.platform.observability import log
from chalicelib.platform.parameters.snapshot import snapshot_of
from chalicelib.platform.posting.records import JOURNAL, JournalRecord, place_of
from chalicelib.platform.storage.codec import Item
from chalicelib.platform.tenancy import PLATFORM, TENANTS
from chalicelib.platform.work import UnitOfWork

OUTBOX = Actor(ActorKind.SYSTEM, "outbox", "outbox", ("*",), branch_scope="all", level=99)
ENTRY_POSTED, ENTRY_REVERSED = "posting.entry_posted", "posting.entry_reversed"
EVENTS_PER_CALL = 10
SOURCE = "minga"

Event = dict[str, Any]


def publish(batch: dict[str, Any]) -> dict[str, Any]:
    """Serve a batch of the stream; answers which records must come again (``batchItemFailures``)."""
    failures: list[str] = []
    for_bus: list[tuple[str, Event]] = []
    works: dict[str, UnitOfWork | None] = {}
    for record in batch.get("Records", []):
        place = record["dynamodb"]["SequenceNumber"]
        try:
            item = record["dynamodb"].get("NewImage")
            event = _serve(record["eventName"], item, works) if item else None
        except (delivery.TryLater, webhooks.NotDelivered) as postponed:
            log.info("outbox_postponed", reason=str(postponed))
            failures.append(place)
        except Exception as error:  # one record stops no other; it comes again, at last to the dead letters
            log.exception("outbox_failed", error=type(error).__name__)
            failures.append(place)
        else:
            if event:
                for_bus.append((place, event))
    failures += _to_bus(for_bus)
    return {"batchItemFailures": [{"itemIdentifier": place} for place in sorted(failures, key=int)]}


def _serve(kind: str, item: Item, works: dict[str, UnitOfWork | None]) -> Event | None:
    """Do what one record asks for; answers the domain event it is, if it is one."""
    tenant, _, rest = item["pk"]["S"].partition("#")
    collection = rest.partition("#")[0]
    if collection == "notifications":
        notice = NOTIFICATIONS.decode(item)
        if notice.state is NotificationState.QUEUED and (work := _work(tenant, works)):
            delivery.deliver(work.fresh(), notice.recipient, notice.id)
        return None
    if kind != "INSERT" or collection not in ("journal", "outbox") or not (work := _work(tenant, works)):
        return None
    if collection == "journal":
        record = JOURNAL.decode(item)
        audiences.tell(work, record)
        event = _posted(tenant, record)
    else:
        event = _emitted(tenant, events.EVENTS.decode(item))
    if event and work.config.versions.get(WEBHOOK):
        webhooks.deliver(work, event)
    return event


def _emitted(tenant: str, told: events.Event) -> Event:
    return {
        "id": told.id,
        "name": told.name,
        "tenant": tenant,
        "at": told.at.isoformat(),
        "actor": told.actor,
        "payload": told.payload,
    }


def _posted(tenant: str, record: JournalRecord) -> Event | None:
    """The event of an entry, told by the part of the branch where it was made."""
    if place_of(record.id).branch != record.branch:
        return None
    return {
        "id": record.id,
        "name": ENTRY_REVERSED if record.reverses else ENTRY_POSTED,
        "tenant": tenant,
        "at": record.posted_at.isoformat(),
        "actor": record.actor,
        "payload": {
            "entry_id": record.id,
            "code": record.code,
            "branch": record.branch,
            "business_date": record.business_date.isoformat(),
            "value_date": record.value_date.isoformat(),
            "channel": record.channel,
            "narrative": record.narrative,
            "reverses": record.reverses,
            "branches": [branch for branch, _ in record.parts],
        },
    }


def _work(tenant: str, works: dict[str, UnitOfWork | None]) -> UnitOfWork | None:
    """The bank's own unit of work for a tenant, made once per batch; None for what belongs to no tenant."""
    if tenant not in works:
        works[tenant] = _open(tenant) if tenant != PLATFORM else None
    return works[tenant]


def _open(tenant: str) -> UnitOfWork | None:
    store = store_of(tenant)
    item = store.get(*TENANTS.key(tenant))
    if item is None:
        return None
    record = TENANTS.decode(item)
    context = Context(
        tenant=record.context(),
        actor=OUTBOX,
        request_id="outbox",
        channel="system",
        language=record.default_language,
    )
    return UnitOfWork(store, context, snapshot_of(store, record.config_version))


def _to_bus(numbered: list[tuple[str, Event]]) -> list[str]:
    """Put the events on the bus, where there is one; answers the places of those it did not take."""
    if not numbered or not settings.event_bus():
        return []
    failed: list[str] = []
    for first in range(0, len(numbered), EVENTS_PER_CALL):
        part = numbered[first : first + EVENTS_PER_CALL]
        answer = aws.client("events").put_events(Entries=[_entry(event) for _, event in part])
        rows = zip(part, answer["Entries"], strict=True)
        failed += [place for (place, _), row in rows if row.get("ErrorCode")]
    return failed


def _entry(event: Event) -> dict[str, Any]:
    return {
        "EventBusName": settings.event_bus(),
        "Source": SOURCE,
        "DetailType": event["name"],
        "Detail": orjson.dumps(event).decode(),
    }
