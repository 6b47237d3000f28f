"""Who is told of a posted entry: declared by a workflow, asked by the outbox, so that posting waits for nobody."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.identifiers import derived_id
from chalicelib.platform import declared
from chalicelib.platform.kinds_declared import NOTIFICATION_TEMPLATE
from chalicelib.platform.notifications.compose import Addressed, notify
from chalicelib.platform.notifications.records import NOTIFICATIONS
from chalicelib.platform.posting.records import JournalRecord
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody who is told of an entry: the event's name, the person, the values, and what it is about."""

    event: str
    to: Addressed
    params: Mapping[str, Any]
    about: str


Audience = Callable[[UnitOfWork, JournalRecord, frozenset[str]], Iterable[Notice]]
"""``audience(work, record, events)``: the notices of one branch's part of an entry, of these events only."""

_AUDIENCES: list[Audience] = []


def register_audience(audience: Audience) -> None:
    """Declare who is told of entries."""
    if audience not in _AUDIENCES:
        _AUDIENCES.append(audience)


def tell(work: UnitOfWork, record: JournalRecord) -> None:
    """Queue the notices of an entry for which the tenant has templates, each once however often it is asked."""
    events = frozenset(work.config.versions.get(NOTIFICATION_TEMPLATE, {}))
    if not events:
        return
    declared.load("audiences")
    for audience in _AUDIENCES:
        for notice in audience(work, record, events):
            identifier = derived_id("ntf", record.id, notice.about, notice.event)
            own = work.fresh()
            if own.find(NOTIFICATIONS, recipient=notice.to.id, id=identifier) is None:
                notify(own, notice.event, notice.to, notice.params, identifier=identifier)
                own.commit()
