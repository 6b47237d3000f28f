"""The parameter kinds that the platform itself owns: words, notices, money, and who is told of events.

Translations and menus hold at once, without a second person; notices, rates and subscriptions wait for approval.
"""

import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.kernel.names import LanguageTag, Names
from chalicelib.kernel.plan import Plan, term
from chalicelib.kernel.plan_rules import check_distinct
from chalicelib.platform.parameters import kinds

TRANSLATION = "platform.translation"
NOTIFICATION_TEMPLATE = "platform.notification_template"
CURRENCY = "platform.currency"
EXCHANGE_RATE = "platform.exchange_rate"
WEBHOOK = "platform.webhook_subscription"
REPORT_SCHEDULE = "platform.report_schedule"

PLACEHOLDER = re.compile(r"{(\w+)}")
_BRACES = re.compile(r"[{}]")
RATE_DECIMALS = 12
_RATE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?", re.ASCII)


def check_placeholders(words: str) -> str:
    """Braces only around a plain name: ``{amount}``. Raises ValueError malformed_placeholder."""
    if _BRACES.search(PLACEHOLDER.sub("", words)):
        raise ValueError("malformed_placeholder")
    return words


class Translation(Plan):
    """The tenant's own words for one text of the catalogue, by language; the set's code is the text's key (GEN-18)."""

    texts: dict[LanguageTag, str] = term(min_length=1)

    @field_validator("texts")
    @classmethod
    def _fit_to_fill(cls, texts: dict[str, str]) -> dict[str, str]:
        for words in texts.values():
            if not words.strip():
                raise ValueError("text_missing")
            check_placeholders(words)
        return texts


Channel = Literal["email", "sms", "in_app"]


class NotificationText(Plan):
    """What is written on one channel in one language. ``{name}`` stands for a value of the event."""

    channel: Channel = term()
    language: LanguageTag = term()
    subject: str = term("", max_length=150)
    body: str = term(min_length=1, max_length=4000)

    @field_validator("subject", "body")
    @classmethod
    def _fit_to_fill(cls, words: str) -> str:
        return check_placeholders(words)


class NotificationTemplate(Plan):
    """How an event is told; the set's code is the event's name (GEN-88).

    ``channels`` in the order in which they are tried where the person has no preference.
    """

    category: Literal["security", "transactional", "service", "marketing"] = term("transactional")
    channels: tuple[Channel, ...] = term(min_length=1)
    messages: tuple[NotificationText, ...] = term(min_length=1)

    @field_validator("channels")
    @classmethod
    def _no_channel_twice(cls, channels: tuple[str, ...]) -> tuple[str, ...]:
        check_distinct(channels, "channel_repeated")
        return channels

    @field_validator("messages")
    @classmethod
    def _each_channel_has_words(
        cls, messages: tuple[NotificationText, ...], info: ValidationInfo
    ) -> tuple[NotificationText, ...]:
        check_distinct(((message.channel, message.language) for message in messages), "message_repeated")
        if set(info.data.get("channels", ())) - {message.channel for message in messages}:
            raise ValueError("channel_without_message")
        return messages


class CurrencyTerms(Plan):
    """A currency the cooperative works with; the set's code is the ISO 4217 code (GEN-21, GEN-25).

    The decimals of amounts are those of ISO 4217; ``accrual_decimals`` are those shown of values still accruing.
    """

    names: Names = term()
    symbol: str = term("", max_length=8)
    accrual_decimals: int = term(8, unit="count", ge=0, le=12)
    rounding: Literal["half_up", "half_even", "down"] = term("half_up")


def _rate(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        value = f"{value:f}"
    if not isinstance(value, str) or not _RATE.fullmatch(value) or not Decimal(value):
        raise PydanticCustomError("malformed_exchange_rate", "a positive decimal number written as text")
    return Decimal(value)


RateValue = Annotated[
    Decimal,
    BeforeValidator(_rate),
    PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,12}(\.\d{1,12})?$", "examples": ["1.0800"]}),
]
"""Base units per foreign unit: positive, at most twelve decimals, written as text."""

RateType = Literal["buy", "sell", "official", "average"]


class ExchangeRate(Plan):
    """What one unit of a foreign currency is worth in the base currency from an instant on (GEN-21, GEN-23).

    The set's code is ``<currency>.<type>``; every version stays, so that any instant can be asked about.
    """

    currency: str = term(pattern="^[A-Z]{3}$")
    rate_type: RateType = term()
    value: RateValue = term()
    valid_from: datetime = term()
    source: str = term("", max_length=120)

    @field_validator("valid_from")
    @classmethod
    def _with_time_zone(cls, instant: datetime) -> datetime:
        if instant.tzinfo is None:
            raise ValueError("time_zone_missing")
        return instant


class ReportSchedule(Plan):
    """A report that the end of day makes whenever a cycle ends, for each branch or for all together (GEN-58, GEN-60).

    ``branches`` are those it is made for, all if blank; ``language`` is the branch's own if blank; ``filters`` are
    what the report is asked for besides branch and dates.
    """

    names: Names = term()
    report: str = term(pattern=r"^[a-z][a-z0-9_.]{0,79}$")
    cycle: str = term(ref="administration.cycle")
    coverage: Literal["branch", "institution"] = term("branch")
    branches: tuple[str, ...] = term((), ref="administration.branch")
    form: Literal["pdf", "csv", "xlsx"] = term("pdf")
    language: LanguageTag | None = term(None)
    filters: dict[str, str | int | bool] = term(default_factory=dict)
    kept_days: int = term(90, unit="days", ge=1, le=3660)
    enabled: bool = term(True)

    @field_validator("branches")
    @classmethod
    def _branches_only_branch_by_branch(
        cls, branches: tuple[str, ...], info: ValidationInfo
    ) -> tuple[str, ...]:
        if branches and info.data.get("coverage") != "branch":
            raise ValueError("branches_of_institution")
        check_distinct(branches, "branch_repeated")
        return branches


class WebhookSubscription(Plan):
    """An outside system that is told of events: where, which (``deposits.*``), and what signs them (GEN-85)."""

    url: str = term(pattern=r"^https?://[^\s/@]+(/\S*)?$", max_length=500)
    events: tuple[str, ...] = term(min_length=1)
    secret: str = term(min_length=16, max_length=200, secret=True)
    enabled: bool = term(True)


kinds.register(TRANSLATION, Translation, approval=False)
kinds.register(NOTIFICATION_TEMPLATE, NotificationTemplate)
kinds.register(CURRENCY, CurrencyTerms)
kinds.register(EXCHANGE_RATE, ExchangeRate)
kinds.register(WEBHOOK, WebhookSubscription)
kinds.register(REPORT_SCHEDULE, ReportSchedule)
