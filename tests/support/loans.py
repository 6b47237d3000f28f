"""Loans on paper: the specification's example with what a test changes in it."""

from datetime import date
from decimal import Decimal
from typing import Any

from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.schedule import Schedule, schedule
from chalicelib.kernel.schedule.terms import Draw, LoanTerms

LENT_ON = date(2026, 1, 15)


def usd(amount: str | int) -> Money:
    return Money.of(amount, "USD")


def some_terms(principal: str | int = 10_000, **changed: Any) -> LoanTerms:
    """10,000 at 1.5 % a month, 12 months, lent on 15 January 2026."""
    terms: dict[str, Any] = {
        "currency": "USD",
        "draws": (Draw(LENT_ON, usd(principal)),),
        "rate": Rate.nominal(18, 12),
        "instalments": 12,
        **changed,
    }
    return LoanTerms(**terms)


def a_schedule(principal: str | int = 10_000, **changed: Any) -> Schedule:
    return schedule(some_terms(principal, **changed))


def amounts(made: Any, column: str = "instalment") -> list[str]:
    """A column of a schedule as text."""
    return [usd_text(getattr(row, f"{column}_minor")) for row in made.rows]


def usd_text(minor: int) -> str:
    return Money(minor, "USD").text


def percent(text: str) -> Decimal:
    return Decimal(text)
