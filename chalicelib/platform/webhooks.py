"""Events told to outside systems (GEN-85): a signed POST per subscription, once per event, with back-off.

The receiver checks ``X-Minga-Signature: t=<epoch>,v1=<hex>``, HMAC-SHA256 of ``<t>.<body>`` with the subscription's
secret, and leaves out events whose ``id`` it has seen. A subscription that keeps failing is rested for a while, so that
it holds up nobody's events; what it missed can be sent again.
"""

import hashlib
import hmac
import ipaddress
import secrets
import socket
import time
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

import orjson

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import NotFound
from chalicelib.platform import clock, settings
from chalicelib.platform.kinds_declared import WEBHOOK, WebhookSubscription
from chalicelib.platform.observability import log
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.today import calendar_day
from chalicelib.platform.work import UnitOfWork

TIMEOUT_SECONDS = 4
TRIES_AT_ONCE = 3
FIRST_PAUSE_MILLISECONDS = 200
MOST_ATTEMPTS = 9
REST_SECONDS = 300
KEPT_SECONDS = 35 * 86_400


class UnknownDelivery(NotFound):
    """No such delivery."""

    code = "unknown_delivery"


class NotDelivered(Exception):
    """The receiver did not take an event; the stream will bring it again."""


class DeliveryState(StrEnum):
    """Life of a delivery."""

    RETRYING = "retrying"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one subscription."""

    subscription: str
    event: str
    name: str
    body: str
    state: DeliveryState
    first_at: datetime
    expires_at: int
    attempts: int = 0
    last_at: datetime | None = None
    answer: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Rest:
    """A subscription that is left alone until an epoch second."""

    subscription: str
    until: int
    version: int = 0


DELIVERIES = Collection(Delivery, table="core", partition="webhook#{subscription}", sort="{event}")
RESTS = Collection(Rest, table="core", partition="webhook-rest#{subscription}", sort="rest")


def deliver(work: UnitOfWork, event: dict[str, Any]) -> None:
    """Send an event to every subscription that wants it and has not had it. Raises NotDelivered."""
    missed = [
        code
        for code, subscription in work.config.all(WEBHOOK, calendar_day(work))
        if subscription.enabled
        and any(fnmatchcase(event["name"], pattern) for pattern in subscription.events)
        and not _delivered(work.fresh(), code, subscription, event)
    ]
    if missed:
        raise NotDelivered(", ".join(missed))


def send_again(work: UnitOfWork, subscription: str, event: str) -> Delivery:
    """Send a missed event once more, now; the delivery says how it went. Raises UnknownDelivery."""
    delivery = work.find(DELIVERIES, subscription=subscription, event=event)
    wanted: WebhookSubscription | None = work.config.find(WEBHOOK, subscription, calendar_day(work))
    if delivery is None or wanted is None:
        raise UnknownDelivery("event")
    answer, taken = _post(wanted, delivery.event, delivery.name, delivery.body)
    state = DeliveryState.DELIVERED if taken else DeliveryState.FAILED
    return work.put(
        DELIVERIES,
        replace(delivery, state=state, attempts=delivery.attempts + 1, last_at=clock.now(), answer=answer),
    )


def signature(secret: str, moment: int, body: bytes) -> str:
    """What the header says: the epoch second and the HMAC-SHA256 of both."""
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def _delivered(work: UnitOfWork, code: str, subscription: WebhookSubscription, event: dict[str, Any]) -> bool:
    """Whether the subscription needs nothing more of this event: it has it, or it has been given up."""
    known = work.find(DELIVERIES, subscription=code, event=event["id"])
    if known and known.state is not DeliveryState.RETRYING:
        return True
    body = orjson.dumps(event, option=orjson.OPT_SORT_KEYS).decode()
    delivery = known or Delivery(
        code,
        event["id"],
        event["name"],
        body,
        DeliveryState.RETRYING,
        clock.now(),
        clock.epoch_seconds() + KEPT_SECONDS,
    )
    rest = work.find(RESTS, subscription=code)
    if rest and rest.until > clock.epoch_seconds():
        return _recorded(work, replace(delivery, state=DeliveryState.FAILED, answer="resting"), None)
    for number in range(TRIES_AT_ONCE):
        if number:
            time.sleep(secrets.randbelow(FIRST_PAUSE_MILLISECONDS * 2**number) / 1000)
        answer, taken = _post(subscription, delivery.event, delivery.name, delivery.body)
        delivery = replace(delivery, attempts=delivery.attempts + 1, last_at=clock.now(), answer=answer)
        if taken:
            return _recorded(work, replace(delivery, state=DeliveryState.DELIVERED), None)
    if delivery.attempts < MOST_ATTEMPTS:
        return _recorded(work, delivery, None)
    log.error(
        "webhook_failed", tenant=work.tenant, subscription=code, event=delivery.event, answer=delivery.answer
    )
    resting = Rest(code, clock.epoch_seconds() + REST_SECONDS, rest.version if rest else 0)
    return _recorded(work, replace(delivery, state=DeliveryState.FAILED), resting)


def _recorded(work: UnitOfWork, delivery: Delivery, rest: Rest | None) -> bool:
    work.put(DELIVERIES, delivery)
    if rest:
        work.put(RESTS, rest)
    work.commit()
    return delivery.state is not DeliveryState.RETRYING


def _post(subscription: WebhookSubscription, event: str, name: str, body: str) -> tuple[str, bool]:
    """(what was answered, whether the receiver took it: any 2xx)."""
    if not _may_call(subscription.url):
        return "address not allowed", False
    content = body.encode()
    request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
        subscription.url,
        data=content,
        method="POST",
        headers={
            "Content-Type": "application/json",
            "User-Agent": "minga-webhooks/1",
            "X-Minga-Event": name,
            "X-Minga-Delivery": event,
            "X-Minga-Signature": signature(subscription.secret, clock.epoch_seconds(), content),
        },
    )
    try:
        with _OPENER.open(request, timeout=TIMEOUT_SECONDS) as response:
            return str(response.status), 200 <= response.status < 300
    except urllib.error.HTTPError as refused:
        return str(refused.code), False
    except (OSError, ValueError) as unreachable:
        return type(unreachable).__name__, False


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A receiver answers itself: a redirect could lead to an address that was not checked."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def _may_call(url: str) -> bool:
    """Only public addresses over TLS; a local installation may also call itself."""
    parts = urlsplit(url)
    if settings.stage() == "local":
        return parts.scheme in ("http", "https")
    if parts.scheme != "https" or not parts.hostname:
        return False
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP)
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(place[4][0]).is_global for place in found)
