"""Currencies, exchange rates and conversions."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from chalicelib.platform.http.payload import Amount, Payload, PositiveAmount, View
from chalicelib.platform.kinds_declared import RateType, RateValue


def _instant(value: datetime) -> datetime:
    if not 1970 <= value.year <= 9000:
        raise ValueError("instant_out_of_range")
    return value if value.tzinfo else value.replace(tzinfo=UTC)


Instant = Annotated[datetime, AfterValidator(_instant)]
"""An instant between 1970 and 9000; one without a zone is UTC."""


class CurrencyView(View):
    """A currency the cooperative works with."""

    code: str
    name: str
    symbol: str
    decimals: int
    accrual_decimals: int
    base: bool


class Currencies(View):
    """The base currency and every other one the cooperative works with."""

    items: list[CurrencyView]
    next_cursor: str | None = None


class RatesQuery(Payload):
    """The rates of a currency (else of all) as they held at an instant (else now)."""

    currency: str = Field("", pattern="^([A-Z]{3})?$")
    at: Instant | None = None


class RateView(View):
    """Base units per foreign unit, since when, and whose figure it is."""

    currency: str
    base: str
    rate_type: str
    value: str
    valid_from: datetime
    source: str
    version_id: str


class Rates(View):
    """The rates in force at an instant."""

    at: datetime
    items: list[RateView]
    next_cursor: str | None = None


class SetRate(Payload):
    """A new rate; it holds from ``valid_from`` (else from now), once a second person has approved it."""

    currency: str = Field(pattern="^[A-Z]{3}$", examples=["EUR"])
    rate_type: RateType
    value: RateValue
    valid_from: Instant | None = None
    source: str = Field("", max_length=120)


class Convert(Payload):
    """An amount and the currency it shall be in. Without ``rate_type`` the bank buys the one and sells the other."""

    amount: PositiveAmount
    to: str = Field(pattern="^[A-Z]{3}$", examples=["USD"])
    rate_type: RateType | None = None
    at: Instant | None = None


class UsedRate(View):
    """A rate that a conversion used."""

    currency: str
    rate_type: str
    value: str
    valid_from: datetime


class Conversion(View):
    """The amount in the other currency, rounded once, and what it is worth in the base currency, rounded apart."""

    amount: Amount
    result: Amount
    base_value: Amount
    at: datetime
    rates: list[UsedRate]
