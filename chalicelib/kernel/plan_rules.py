"""Rules that validators of plans share; each raises ValueError with a stable code, which the catalogues explain."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from chalicelib.kernel.money import UnknownCurrency, currency

Ordered = TypeVar("Ordered", int, Decimal, date)


def check_range(first: Ordered | None, last: Ordered | None, code: str = "range_reversed") -> None:
    """The last of two values, where both are given, is not before the first."""
    if first is not None and last is not None and last < first:
        raise ValueError(code)


def check_ascending(values: Iterable[Ordered], code: str = "dates_out_of_order") -> None:
    """Every value is after the one before it."""
    if any(later <= earlier for earlier, later in pairwise(values)):
        raise ValueError(code)


def check_distinct(values: Iterable[Hashable], code: str) -> None:
    """No value comes twice."""
    listed = list(values)
    if len(set(listed)) < len(listed):
        raise ValueError(code)


def check_given(given: bool, used: bool, name: str) -> None:
    """A term stands exactly where it is used: ValueError `<name>_missing` or `<name>_not_allowed`."""
    if given != used:
        raise ValueError(f"{name}_missing" if used else f"{name}_not_allowed")


def check_currency(code: str) -> str:
    """An ISO 4217 code that the bank knows."""
    try:
        return currency(code).code
    except UnknownCurrency as error:
        raise ValueError("unknown_currency") from error


def check_decimals(amount: Decimal | None, code: str | None) -> None:
    """An amount has no more decimals than its currency."""
    if amount is None or code is None:
        return
    exponent = amount.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > currency(code).decimals:
        raise ValueError("excess_decimals")
