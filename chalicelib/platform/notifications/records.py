"""What is kept of a notice."""

from datetime import datetime
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform.storage.collection import Collection


class NotificationState(StrEnum):
    """Life of a notice: in-app ones are delivered at once, others are sent by the outbox or fail on every channel."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Message:
    """The notice as it goes out on one channel; ``attachment`` is the key of a file of the tenant that goes with it."""

    channel: str
    destination: str
    subject: str
    body: str
    attachment: str = ""


@dataclass(frozen=True, slots=True)
class Notification:
    """A notice to one person. ``messages`` are the ways to send it that are left, the first one being tried.

    ``subject`` and ``body`` are what lists show: secrets are masked there, and the messages that hold them are dropped
    once one was sent. ``claimed_at`` is the epoch second at which the outbox began to send.
    """

    id: str
    recipient: str
    event: str
    category: str
    channel: str
    language: str
    destination: str
    subject: str
    body: str
    created_at: datetime
    state: NotificationState
    messages: tuple[Message, ...] = ()
    attempts: int = 0
    claimed_at: int = 0
    sent_at: datetime | None = None
    reference: str = ""
    error: str = ""
    version: int = 0


NOTIFICATIONS = Collection(Notification, table="journal", partition="notifications#{recipient}", sort="{id}")
