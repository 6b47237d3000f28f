"""Amounts, numbers, dates and instants as people of a place write them; the API itself never formats (GEN-20).

Digits are grouped from their exact text, so that an amount of 24 digits is printed as it is. The marks come from the
Unicode CLDR by way of Babel, which is loaded with the first value that is formatted.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from chalicelib.kernel.errors import Invalid, InvariantError
from chalicelib.kernel.money import Money
from chalicelib.platform.clock import zone
from chalicelib.platform.context import TenantContext

FALLBACK_LOCALE = "es"


class UnknownLocale(Invalid):
    """No place writes amounts and dates by this tag, as far as the bank knows."""

    code = "unknown_locale"


def check_locale(tag: str) -> None:
    """Raises UnknownLocale for a tag such as ``xx-YY``; an empty one is the reader's own."""
    from babel import Locale, UnknownLocaleError

    try:
        if tag:
            Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise UnknownLocale("locale", locale=tag) from None


@lru_cache(maxsize=64)
def _locale(tag: str) -> Any:
    from babel import Locale, UnknownLocaleError

    parts = tag.replace("_", "-").split("-")
    for candidate in ("_".join(parts), parts[0], FALLBACK_LOCALE):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    raise InvariantError("no locale data")


@lru_cache(maxsize=64)
def _marks(tag: str) -> tuple[str, str]:
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return get_decimal_symbol(_locale(tag)), get_group_symbol(_locale(tag))


def locale_for(tenant: TenantContext, language: str) -> str:
    """The locale of a reader: the tenant's own where the language is its locale's, else the language's."""
    own = tenant.locale or tenant.default_language or FALLBACK_LOCALE
    if language.split("-")[0] == own.replace("_", "-").split("-")[0]:
        return own
    return language


def number(written: str, locale: str) -> str:
    """Exact digits (``-12345.50``) with the place's marks: ``-12.345,50`` in es-EC, ``-12,345.50`` in en-US."""
    decimal_mark, group_mark = _marks(locale)
    sign, digits = ("-", written[1:]) if written.startswith("-") else ("", written)
    whole, point, fraction = digits.partition(".")
    first = len(whole) % 3
    groups = [whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))]
    return (
        sign
        + group_mark.join(group for group in groups if group)
        + (decimal_mark + fraction if point else "")
    )


def amount(money: Money, locale: str) -> str:
    """An amount with all the decimals of its currency and without the currency's name."""
    return number(money.text, locale)


def amount_with_currency(money: Money, locale: str) -> str:
    """An amount and its ISO code: ``1.234,50 USD``."""
    return f"{amount(money, locale)} {money.currency}"


def percent(value: Decimal, locale: str) -> str:
    """A percentage: ``3,5 %``."""
    return f"{number(f'{value:f}', locale)} %"


def day(value: date, locale: str) -> str:
    """A date in the place's medium form."""
    from babel.dates import format_date

    return str(format_date(value, format="medium", locale=_locale(locale)))


def instant(value: datetime, locale: str, time_zone: str) -> str:
    """An instant in the tenant's time zone."""
    from babel.dates import format_datetime

    return str(
        format_datetime(
            value.astimezone(zone(time_zone)).replace(tzinfo=None), format="medium", locale=_locale(locale)
        )
    )


@lru_cache(maxsize=256)
def currency_name(code: str, locale: str) -> str:
    """What a currency is called: ``dólar estadounidense``."""
    from babel.numbers import get_currency_name

    return str(get_currency_name(code, locale=_locale(locale)))
