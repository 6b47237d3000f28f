"""Sending a notice: by e-mail (SES) or text message (SNS), once, falling back to the next channel that is left.

A notice is claimed before it is sent and marked after; only where the function dies in between may it go out twice,
``LEASE_SECONDS`` later.
"""

from dataclasses import replace
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.platform import aws, clock, files, settings
from chalicelib.platform.notifications.records import NOTIFICATIONS, Message, Notification, NotificationState
from chalicelib.platform.observability import log
from chalicelib.platform.work import UnitOfWork, VersionConflict

MOST_ATTEMPTS = 5
LEASE_SECONDS = 60
NEVER_ACCEPTED = frozenset(
    {
        "MessageRejected",
        "MailFromDomainNotVerifiedException",
        "BadRequestException",
        "InvalidParameter",
        "InvalidParameterException",
        "InvalidParameterValue",
        "OptedOut",
        "NotFoundException",
    }
)


class TryLater(Exception):
    """The notice was not sent this time; the stream will bring it again."""


def deliver(work: UnitOfWork, recipient: str, identifier: str) -> None:
    """Send a queued notice and record it. Raises TryLater; nothing happens to one that was sent or has failed."""
    notice = work.find(NOTIFICATIONS, recipient=recipient, id=identifier)
    if notice is None or notice.state not in (NotificationState.QUEUED, NotificationState.SENDING):
        return
    if (
        notice.state is NotificationState.SENDING
        and clock.epoch_seconds() < notice.claimed_at + LEASE_SECONDS
    ):
        raise TryLater("being sent")
    claimed = _claim(work, notice)
    outcome = _attempt(claimed)
    written = work.fresh()
    written.put(NOTIFICATIONS, outcome)
    written.commit()
    if outcome.state is NotificationState.QUEUED:
        raise TryLater(outcome.error)


def _claim(work: UnitOfWork, notice: Notification) -> Notification:
    claimed = replace(
        notice,
        state=NotificationState.SENDING,
        claimed_at=clock.epoch_seconds(),
        attempts=notice.attempts + 1,
    )
    work.put(NOTIFICATIONS, claimed)
    try:
        work.commit()
    except VersionConflict as taken:
        raise TryLater("taken by another worker") from taken
    return replace(claimed, version=notice.version + 1)


def _attempt(notice: Notification) -> Notification:
    """The notice after trying its ways, the next one where a way will never be accepted."""
    ways, error = list(notice.messages), ""
    while ways:
        message = ways[0]
        try:
            reference = SENDERS[message.channel](message) if message.channel in SENDERS else ""
        except ClientError as refused:
            error = refused.response["Error"]["Code"]
            if error not in NEVER_ACCEPTED:
                return _postponed(notice, ways, error)
            ways.pop(0)
        except BotoCoreError as unreachable:
            return _postponed(notice, ways, type(unreachable).__name__)
        else:
            return _sent(notice, message, reference)
    log.error("notice_failed", notice=notice.id, error=error)
    return replace(notice, state=NotificationState.FAILED, error=error, messages=())


def _postponed(notice: Notification, ways: list[Message], error: str) -> Notification:
    if notice.attempts >= MOST_ATTEMPTS:
        return replace(notice, state=NotificationState.FAILED, error=error, messages=())
    return replace(notice, state=NotificationState.QUEUED, error=error, messages=tuple(ways))


def _sent(notice: Notification, message: Message, reference: str) -> Notification:
    return replace(
        notice,
        state=NotificationState.SENT if message.channel in SENDERS else NotificationState.DELIVERED,
        channel=message.channel,
        destination=message.destination,
        sent_at=clock.now(),
        reference=reference,
        error="",
        messages=(),
    )


def _email(message: Message) -> str:
    answer = aws.client("sesv2").send_email(
        FromEmailAddress=settings.from_email(),
        Destination={"ToAddresses": [message.destination]},
        Content={
            "Simple": {
                "Subject": {"Data": message.subject, "Charset": "UTF-8"},
                "Body": {"Text": {"Data": message.body, "Charset": "UTF-8"}},
                **({"Attachments": [_attached(message.attachment)]} if message.attachment else {}),
            }
        },
    )
    return str(answer.get("MessageId", ""))


def _attached(key: str) -> dict[str, Any]:
    content, content_type = files.fetch(key)
    return {"FileName": key.rpartition("/")[2], "ContentType": content_type, "RawContent": content}


def _sms(message: Message) -> str:
    answer: dict[str, Any] = aws.client("sns").publish(PhoneNumber=message.destination, Message=message.body)
    return str(answer.get("MessageId", ""))


SENDERS = {"email": _email, "sms": _sms}
