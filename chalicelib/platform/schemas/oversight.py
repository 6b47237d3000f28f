"""The approvals inbox, the audit trail, and notices."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from chalicelib.platform.http.payload import Payload, View


class ApprovalsQuery(Payload):
    """Which requests: ``pending_approval`` (the default), ``approved``, ``rejected`` or ``all``."""

    state: str = Field("pending_approval", pattern="^(pending_approval|approved|rejected|all)$")
    limit: int = Field(50, ge=1, le=200)


class ApprovalView(View):
    """Something that waits, or waited, for a second person. ``may_decide`` says whether the caller is one.

    ``operation_name`` and ``summary`` (the operation, or which parameters would change) are in the reader's language.
    """

    id: str
    operation: str
    operation_name: str
    summary: str
    state: str
    requested_by: str
    requested_by_name: str = ""
    requested_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    amount: dict[str, str] | None = None
    body: dict[str, Any] = {}
    result: dict[str, Any] | None = None
    may_decide: bool = False


class Approvals(View):
    """The inbox."""

    items: list[ApprovalView]
    next_cursor: str | None = None


class AuditQuery(Payload):
    """Which events: by person, operation (``deposits.*``), entity, kind (write, read, security, session) and dates."""

    actor: str = Field("", max_length=80)
    operation: str = Field("", max_length=80)
    entity: str = Field("", max_length=120)
    kind: str = Field("", pattern="^(|write|read|security|session)$")
    from_: date | None = Field(None, alias="from", ge=date(1970, 1, 2))
    to: date | None = Field(None, le=date(9000, 1, 1))
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = Field(None, max_length=400)


class AuditChange(View):
    """One field of one record, before and after."""

    entity: str
    field: str
    before: Any = None
    after: Any = None


class AuditEventView(View):
    """Who did what, when, from where, and what it changed.

    ``operation_name`` and ``entity_name`` (what sort of thing ``entity`` is) are in the reader's language.
    """

    id: str
    at: datetime
    actor: str
    actor_kind: str
    actor_name: str = ""
    operation: str
    operation_name: str
    kind: str
    entity: str
    entity_name: str
    before: dict[str, Any]
    after: dict[str, Any]
    changes: list[AuditChange]
    request_id: str
    branch: str
    channel: str
    address: str
    device: str
    business_date: str
    approver: str
    hash: str


class AuditEvents(View):
    """A page of the trail, newest first."""

    items: list[AuditEventView]
    next_cursor: str | None = None


class VerifyAudit(Payload):
    """Which chain (``staff:usr_…``); every chain where none is named."""

    chain: str = Field("", max_length=120)


class ChainCheck(View):
    """How many events of a chain were checked, and the number of the first one that does not fit."""

    chain: str
    checked: int
    first_broken: int | None = None


class AuditVerification(View):
    """Whether every chain is as it was written; ``first_broken`` is the id of the first event that is not."""

    valid: bool
    checked: int
    first_broken: str | None = None
    chains: list[ChainCheck]


class NotificationsQuery(Payload):
    """Whose notices (one's own where nobody is named), newest first."""

    recipient: str = Field("", max_length=80)
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = Field(None, max_length=400)


class NotificationView(View):
    """A notice and how far it has come: queued, sent, delivered or failed."""

    id: str
    event: str
    category: str
    channel: str
    language: str
    subject: str
    body: str
    state: str
    created_at: datetime
    sent_at: datetime | None = None
    destination: str
    attempts: int


class Notifications(View):
    """A page of notices."""

    items: list[NotificationView]
    next_cursor: str | None = None


class DeliveriesQuery(Payload):
    """Whose deliveries: the code of a ``platform.webhook_subscription``."""

    subscription: str = Field(min_length=1, max_length=120)
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = Field(None, max_length=400)


class DeliveryView(View):
    """An event for one subscription: retrying, delivered or failed, and what the receiver answered last."""

    subscription: str
    event: str
    name: str
    state: str
    attempts: int
    first_at: datetime
    last_at: datetime | None = None
    answer: str


class Deliveries(View):
    """A page of deliveries."""

    items: list[DeliveryView]
    next_cursor: str | None = None
