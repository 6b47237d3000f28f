"""Choosing the channel and the words of a notice, and putting it into the operation's transaction (GEN-88)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.platform import clock, formats, texts, today, wording
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.kinds_declared import NOTIFICATION_TEMPLATE, PLACEHOLDER, NotificationTemplate
from chalicelib.platform.notifications.records import NOTIFICATIONS, Message, Notification, NotificationState
from chalicelib.platform.observability import log
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.work import UnitOfWork

CHANNELS = ("email", "sms", "in_app")
IN_APP = "in_app"
MASKED = frozenset({"account", "account_number", "from_account", "to_account", "card", "card_number"})
SECRET = frozenset({"password", "code", "token"})
VISIBLE_DIGITS = 4
MASK = "••••"


class Addressed(Protocol):
    """Somebody who can be told something; staff and members who sign in are such (``access.people.Person``)."""

    @property
    def id(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person by their contact data; ``preferred`` is the channel they chose (email, sms or in_app)."""

    id: str
    language: str = ""
    email: str = ""
    phone: str = ""
    preferred: str = ""


def notify(
    work: UnitOfWork,
    event: str,
    to: Addressed,
    params: Mapping[str, Any],
    *,
    identifier: str = "",
    attachment: str = "",
) -> Notification | None:
    """Put a notice of an event into the transaction, in the person's language; None where nothing can be said.

    ``params`` fill the template: Money and dates are written as the person's place does, account and card numbers show
    their last four digits, and passwords and codes are never shown in lists. ``identifier`` makes it the same notice
    whenever the same step is run again. An e-mail brings the tenant's file with the key ``attachment`` along.
    """
    language = to.language or work.context.tenant.default_language
    template: NotificationTemplate | None = work.config.find(
        NOTIFICATION_TEMPLATE, event, today.calendar_day(work)
    )
    values = dict(_values(work, language, params))
    ways = list(_ways(work, event, to, template, language))
    messages = tuple(
        Message(
            channel,
            address,
            _filled(subject, values),
            _filled(body, values),
            attachment if channel == "email" else "",
        )
        for channel, address, subject, body in ways
    )
    if not messages:
        log.info("notice_without_way", tenant=work.tenant, event=event)
        return None
    first, hidden = ways[0], values | dict.fromkeys(SECRET & set(values), MASK)
    in_app = messages[0].channel == IN_APP
    return work.put(
        NOTIFICATIONS,
        Notification(
            id=identifier or new_id("ntf"),
            recipient=to.id,
            event=event,
            category=template.category if template else "transactional",
            channel=messages[0].channel,
            language=language,
            destination=messages[0].destination,
            subject=_filled(first[2], hidden),
            body=_filled(first[3], hidden),
            created_at=clock.now(),
            state=NotificationState.DELIVERED if in_app else NotificationState.QUEUED,
            messages=() if in_app else messages,
        ),
    )


def masked(number: str) -> str:
    """A number of which only the last four digits are shown."""
    return MASK + number[-VISIBLE_DIGITS:]


def _ways(
    work: UnitOfWork, event: str, to: Addressed, template: NotificationTemplate | None, language: str
) -> Iterator[tuple[str, str, str, str]]:
    """(channel, address, subject, body) of every way to reach the person, the preferred one first."""
    channels = list(template.channels if template else CHANNELS)
    preferred = getattr(to, "preferred", "")
    if preferred in channels:
        channels = [preferred, *(channel for channel in channels if channel != preferred)]
    addresses = {"email": to.email, "sms": to.phone, IN_APP: to.id}
    for channel in channels:
        words = _words(work, event, channel, template, language)
        if words and addresses[channel]:
            yield channel, addresses[channel], *words


def _words(
    work: UnitOfWork, event: str, channel: str, template: NotificationTemplate | None, language: str
) -> tuple[str, str] | None:
    if template is None:
        body = wording.find(work, f"notifications.{event}.{channel}.body", language)
        subject = wording.find(work, f"notifications.{event}.{channel}.subject", language)
        return (subject or "", body) if body else None
    written = {m.language: (m.subject, m.body) for m in template.messages if m.channel == channel}
    for step in (*texts.chain(language), work.context.tenant.default_language):
        if step in written:
            return written[step]
    return next(iter(written.values()), None)


def _values(work: UnitOfWork, language: str, params: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    locale = formats.locale_for(work.context.tenant, language)
    yield "institution", _institution(work)
    for name, value in params.items():
        if name in MASKED:
            yield name, masked(str(value))
        elif isinstance(value, Money):
            yield name, formats.amount_with_currency(value, locale)
        elif isinstance(value, datetime):
            yield name, formats.instant(value, locale, work.context.tenant.time_zone)
        elif isinstance(value, date):
            yield name, formats.day(value, locale)
        else:
            yield name, str(value)


def _institution(work: UnitOfWork) -> str:
    tenant = work.find(TENANTS)
    return (tenant.trade_name or tenant.legal_name) if tenant else work.tenant


def _filled(words: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), words)
