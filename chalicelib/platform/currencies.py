"""Currencies, exchange rates and conversion through the base currency (GEN-21 to GEN-25).

``to = round(from × r_from ÷ r_to, decimals of to)`` with r = base units per foreign unit (1 for the base itself): the
bank receives a currency at its ``buy`` rate and delivers one at its ``sell`` rate. One rounding, at the end; the base
value is rounded apart.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from chalicelib.kernel.currency import currency
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import QuotedRate
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.money import Money
from chalicelib.kernel.rounding import RoundingMode, round_ratio
from chalicelib.platform.clock import day_at
from chalicelib.platform.kinds_declared import CURRENCY, EXCHANGE_RATE, CurrencyTerms, ExchangeRate
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.parameters.versions import TENANT_SCOPE
from chalicelib.platform.work import UnitOfWork

BUY, SELL, OFFICIAL = "buy", "sell", "official"


class NoExchangeRate(Invalid):
    """No rate of this currency and type holds at the instant."""

    code = "no_exchange_rate"


class BaseCurrencyHasNoRate(Invalid):
    """The base currency is worth one of itself."""

    code = "base_currency_has_no_rate"


@dataclass(frozen=True, slots=True)
class HeldRate:
    """A rate in force at an instant, and the version that says so."""

    rate: ExchangeRate
    version_id: str

    @property
    def quoted(self) -> QuotedRate:
        """The rate as an entry quotes it."""
        rate = self.rate
        return QuotedRate(rate.currency, rate.rate_type, rate.value, rate.valid_from)


@dataclass(frozen=True, slots=True)
class Converted:
    """The amount in the other currency, its value in the base currency, and the rates used."""

    result: Money
    base_value: Money
    rates: tuple[HeldRate, ...]


def rate_at(config: Snapshot, code: str, rate_type: str, at: datetime) -> HeldRate | None:
    """The approved rate of a currency that holds at an instant: the last one that began before, or then."""
    name = f"{code}.{rate_type}"
    versions = config.versions.get(EXCHANGE_RATE, {}).get(name, {}).get(TENANT_SCOPE, [])
    begun = [
        (rate.valid_from, version.number, HeldRate(rate, version.id))
        for version in versions
        if (rate := config.model(version)).valid_from <= at and not version.retired
    ]
    return max(begun, key=lambda row: row[:2])[2] if begun else None


def rates_at(config: Snapshot, at: datetime, code: str = "") -> Iterator[HeldRate]:
    """Every rate in force at an instant, of one currency or of all."""
    for name in sorted(config.versions.get(EXCHANGE_RATE, {})):
        of, _, rate_type = name.partition(".")
        held = rate_at(config, of, rate_type, at) if code in ("", of) else None
        if held:
            yield held


def convert(
    work: UnitOfWork, amount: Money, to: str, at: datetime, rate_type: str | None = None
) -> Converted:
    """What the bank delivers in another currency for an amount. Raises NoExchangeRate, UnknownCurrency.

    Without ``rate_type`` the bank buys what it receives and sells what it delivers; with one, both legs use it.
    """
    return _exchanged(work, amount, to, at, rate_type or BUY, rate_type or SELL)


def price(work: UnitOfWork, wanted: Money, paid_in: str, at: datetime) -> Converted:
    """What the bank asks for an amount that it delivers, in another currency: it sells the one and buys the other.

    Raises NoExchangeRate, UnknownCurrency.
    """
    return _exchanged(work, wanted, paid_in, at, SELL, BUY)


def in_base(work: UnitOfWork, exact: Decimal, code: str, at: datetime) -> Money | None:
    """What an exact value of another currency is in the base one at the official rate, rounded once (GEN-24).

    None where the currency is the base itself, or has no official rate at the instant.
    """
    base = work.context.tenant.currency
    held = rate_at(work.config, code, OFFICIAL, at) if code != base else None
    return _rounded(work, Fraction(exact) * _value(held), base, at) if held else None


def terms_of(work: UnitOfWork, code: str, at: datetime) -> CurrencyTerms | None:
    """What the cooperative says of a currency; None where it says nothing."""
    found: CurrencyTerms | None = work.config.find(CURRENCY, code, day_at(at, work.context.tenant.time_zone))
    return found


def _exchanged(
    work: UnitOfWork, amount: Money, to: str, at: datetime, from_type: str, to_type: str
) -> Converted:
    base, target = work.context.tenant.currency, currency(to)
    first = _needed(work.config, amount.currency, base, from_type, at, "amount.currency")
    second = _needed(work.config, to, base, to_type, at, "to")
    base_value = Fraction(amount.decimal) * _value(first)
    result = amount if to == amount.currency else _rounded(work, base_value / _value(second), target.code, at)
    return Converted(
        result,
        _rounded(work, base_value, base, at),
        tuple(held for held in (first, second) if held),
    )


def _needed(
    config: Snapshot, code: str, base: str, rate_type: str, at: datetime, field: str
) -> HeldRate | None:
    if code == base:
        return None
    held = rate_at(config, code, rate_type, at)
    if held is None:
        raise NoExchangeRate(field, currency=code, rate_type=rate_type, at=at.isoformat(timespec="minutes"))
    return held


def _value(held: HeldRate | None) -> Fraction:
    return Fraction(held.rate.value) if held else Fraction(1)


def _rounded(work: UnitOfWork, exact: Fraction, code: str, at: datetime) -> Money:
    terms = terms_of(work, code, at)
    mode = RoundingMode(terms.rounding) if terms else RoundingMode.HALF_UP
    minor = exact * 10 ** currency(code).decimals
    return Money(round_ratio(minor.numerator, minor.denominator, mode), code)
