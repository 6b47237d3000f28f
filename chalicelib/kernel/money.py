"""Money: an integer number of minor units of one currency.

Arithmetic is on integers, never mixes currencies and never rounds in silence; text such as "1234.50" is the
only form in which an amount enters or leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, final

from chalicelib.kernel.currency import CURRENCIES, Currency, UnknownCurrency, currency
from chalicelib.kernel.errors import Invalid, InvariantError
from chalicelib.kernel.rounding import HALF_UP, Rounding

__all__ = [
    "AmountTooLarge",
    "Currency",
    "CurrencyMismatch",
    "ExcessDecimals",
    "InvalidAmount",
    "InvalidWeights",
    "Money",
    "UnknownCurrency",
    "currency",
]

MAX_INTEGER_DIGITS = 24
MAX_TEXT = 64  # longest text read at all: hostile input is refused before any arithmetic
_AMOUNT = re.compile(r"(-?)([0-9]{1,60})(?:\.([0-9]{1,60}))?")


class InvalidAmount(Invalid):
    """Not a plain decimal number (an optional minus, digits, an optional point and digits)."""

    code = "invalid_amount"


class ExcessDecimals(Invalid):
    """More decimals than the currency has. Zeros count: "1.000" may be a thousand written the Spanish way."""

    code = "excess_decimals"


class AmountTooLarge(Invalid):
    """More than 24 digits before the point."""

    code = "amount_too_large"


class InvalidWeights(Invalid):
    """Weights to split by are empty, negative or all zero."""

    code = "invalid_weights"


class CurrencyMismatch(InvariantError):
    """Two currencies met in one operation."""

    code = "currency_mismatch"


@final
class Money:
    """An amount: `minor` units (cents of USD, whole pesos of COP) of the ISO 4217 `currency`. Immutable."""

    __slots__ = ("currency", "minor")

    minor: int
    currency: str

    def __init__(self, minor: int, currency: str) -> None:
        _set_minor(self, minor)
        _set_currency(self, currency)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Money is immutable: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"Money is immutable: {name}")

    def __reduce__(self) -> tuple[type[Money], tuple[int, str]]:
        return Money, (self.minor, self.currency)

    def __repr__(self) -> str:
        return f"Money({self.minor}, {self.currency!r})"

    def __str__(self) -> str:
        return f"{self.text} {self.currency}"

    # -- making and showing ---------------------------------------------------------------------------------

    @classmethod
    def of(cls, amount: str | int | Decimal, code: str) -> Money:
        """The amount written in major units: Money.of("12.34", "USD").

        Raises InvalidAmount, ExcessDecimals, AmountTooLarge, UnknownCurrency. Floats are refused.
        """
        decimals = currency(code).decimals
        sign, whole, fraction = _parts(amount)
        if len(fraction) > decimals:
            raise ExcessDecimals("amount", amount=str(amount), currency=code, decimals=decimals)
        if len(whole) > MAX_INTEGER_DIGITS and len(whole.lstrip("0")) > MAX_INTEGER_DIGITS:
            raise AmountTooLarge("amount", digits=MAX_INTEGER_DIGITS)
        minor = int(whole + fraction.ljust(decimals, "0"))
        return cls(-minor if sign else minor, code)

    @classmethod
    def zero(cls, code: str) -> Money:
        """Nothing, in a currency. Raises UnknownCurrency."""
        return cls(0, currency(code).code)

    @classmethod
    def total(cls, amounts: Iterable[Money], code: str) -> Money:
        """Sum of amounts that must all be in the currency `code`; zero when there are none."""
        minor = 0
        for amount in amounts:
            if amount.currency != code:
                raise CurrencyMismatch("currency", left=code, right=amount.currency)
            minor += amount.minor
        return cls(minor, code)

    @property
    def text(self) -> str:
        """The amount in major units with all decimals of its currency: "1234.50"."""
        decimals = _decimals(self.currency)
        if not decimals:
            return str(self.minor)
        digits = str(abs(self.minor)).rjust(decimals + 1, "0")
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exact at any size."""
        return Decimal(self.text)

    def to_api(self) -> dict[str, str]:
        """{"amount": "1234.50", "currency": "USD"}."""
        return {"amount": self.text, "currency": self.currency}

    # -- arithmetic -----------------------------------------------------------------------------------------

    def __add__(self, other: Money) -> Money:
        if other.__class__ is not Money:
            return NotImplemented
        if self.currency != other.currency:
            raise CurrencyMismatch("currency", left=self.currency, right=other.currency)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        if other.__class__ is not Money:
            return NotImplemented
        if self.currency != other.currency:
            raise CurrencyMismatch("currency", left=self.currency, right=other.currency)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def times(self, factor: int | Decimal | Fraction, rounding: Rounding = HALF_UP) -> Money:
        """The product by an exact factor, rounded once by the policy."""
        ratio = Fraction(factor)
        decimals = _decimals(self.currency)
        minor = rounding.to_minor(self.minor * ratio.numerator, ratio.denominator, decimals)
        return Money(minor, self.currency)

    def percent(self, percent: int | Decimal, rounding: Rounding = HALF_UP) -> Money:
        """That percentage of the amount, rounded once: 2 % of 100.00 is 2.00."""
        return self.times(Fraction(percent) / 100, rounding)

    def split(self, weights: Sequence[int | Decimal | Fraction]) -> list[Money]:
        """Parts in proportion to the weights whose sum is exactly this amount.

        Largest remainder (Hamilton): every part is cut to whole minor units and the units left go one by one
        to the largest remainders, the first in case of a tie. Raises InvalidWeights.
        """
        shares = _whole_weights(weights)
        total = sum(shares)
        amount = abs(self.minor)
        parts = [amount * share // total for share in shares]
        by_remainder = sorted(range(len(shares)), key=lambda i: (-(amount * shares[i] % total), i))
        for i in by_remainder[: amount - sum(parts)]:
            parts[i] += 1
        sign = -1 if self.minor < 0 else 1
        return [Money(sign * part, self.currency) for part in parts]

    # -- comparison -----------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor == other.minor and self.currency == other.currency

    def __hash__(self) -> int:
        return hash((self.minor, self.currency))

    def __lt__(self, other: Money) -> bool:
        return self._against(other) < 0

    def __le__(self, other: Money) -> bool:
        return self._against(other) <= 0

    def __gt__(self, other: Money) -> bool:
        return self._against(other) > 0

    def __ge__(self, other: Money) -> bool:
        return self._against(other) >= 0

    def _against(self, other: Money) -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch("currency", left=self.currency, right=other.currency)
        return self.minor - other.minor


# The slots' own setters: the only way in past the refusing __setattr__, and faster than object.__setattr__.
_set_minor: Any = Money.__dict__["minor"].__set__
_set_currency: Any = Money.__dict__["currency"].__set__


def _decimals(code: str) -> int:
    known = CURRENCIES.get(code)
    return currency(code).decimals if known is None else known.decimals


def _parts(amount: str | int | Decimal) -> tuple[str, str, str]:
    """Sign, whole digits and fraction digits of an amount; a Decimal loses its trailing zeros, a text does
    not.
    """
    if isinstance(amount, str):
        text = amount
    elif isinstance(amount, int) and not isinstance(amount, bool):
        text = str(amount) if amount.bit_length() < 2 * MAX_TEXT else ""
    elif isinstance(amount, Decimal) and amount.is_finite() and abs(amount.adjusted()) < MAX_TEXT:
        text = f"{amount:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        raise InvalidAmount("amount", amount=repr(amount)[:MAX_TEXT])
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise InvalidAmount("amount", amount=text[:MAX_TEXT])
    return match[1], match[2], match[3] or ""


def _whole_weights(weights: Sequence[int | Decimal | Fraction]) -> list[int]:
    exact = [Fraction(weight) for weight in weights]
    if not exact or min(exact) < 0 or not any(exact):
        raise InvalidWeights("weights", weights=[str(weight) for weight in weights])
    scale = lcm(*(weight.denominator for weight in exact))
    return [weight.numerator * (scale // weight.denominator) for weight in exact]
