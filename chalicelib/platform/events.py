"""What happened, told to whoever listens: written in the operation's own transaction, carried on by the outbox."""

from datetime import datetime
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.identifiers import derived_id
from chalicelib.platform import clock
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Event:
    """A fact in the past tense (``deposits.account_opened``) with what a listener needs to know of it."""

    id: str
    name: str
    at: datetime
    actor: str
    payload: dict[str, Any]
    version: int = 0


EVENTS = Collection(Event, table="journal", partition="outbox#{id}", sort="event")


def emit(
    work: UnitOfWork, name: str, payload: dict[str, Any], *, derived_from: tuple[str, ...] = ()
) -> Event:
    """Put an event into the operation's transaction; the journal's stream takes it from there.

    ``derived_from`` gives it the same id whenever the same step is run again.
    """
    identifier = derived_id("evt", work.tenant, name, *derived_from) if derived_from else new_id("evt")
    return work.put(EVENTS, Event(identifier, name, clock.now(), work.context.actor.id, payload))
