"""A product at 8 % a year on 360 days, and a simulation of it by staff with terms of their own."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.api import Reply
from tests.support.bank import Bank
from tests.support.given import money

SIMULATIONS = "/v1/term_deposits/simulations"
PRODUCTS = "/v1/term_deposits/products"
PLAN = "term_deposits.plan"

SetPlan = Callable[..., None]
Quote = Callable[..., dict[str, Any]]


def a_plan(**changes: Any) -> dict[str, Any]:
    """The body of a published product: 8 % nominal, actual/360, any amount from 100, dates that do not move."""
    return {
        "names": {"es": "Plazo", "en": "Term"},
        "currency": "USD",
        "published": True,
        "minimum_amount": "100",
        "minimum_days": 1,
        "maximum_days": 3660,
        "rates": [{"from_amount": "0", "from_days": 1, "to_days": 3660, "rate": "8"}],
        "day_count": "actual/360",
        "payments": ["maturity", "advance", "monthly", "quarterly", "half_yearly", "yearly"],
        "due_date_shift": "none",
        **changes,
    }


def ask(api: Bank, product: str, amount: str, who: str = "officer", **asked: Any) -> Reply:
    """A simulation by somebody of the first cooperative; by a visitor who names it where nobody is named."""
    body = {"product": product, "amount": money(amount), **({} if who else {"tenant": "sisa"}), **asked}
    return api(who).post(SIMULATIONS, body)


@pytest.fixture
def set_plan(bank: Bank) -> SetPlan:
    """``set_plan("X", rate_max="9")``: one administrator proposes the product, another approves it, from today on."""

    def put(code: str = "X", **changes: Any) -> None:
        asked = {"code": code, "effective_from": "2026-06-01", "body": a_plan(**changes)}
        version = bank("admin").post(f"/v1/platform/parameters/{PLAN}", asked).expect(201).json
        path = f"/v1/platform/parameter-versions/{version['id']}/approvals"
        bank("admin2").post(path, {"decision": "approve", "reason": "test"}).expect(201)

    return put


@pytest.fixture
def quote(bank: Bank, set_plan: SetPlan) -> Quote:
    """``quote("10000", days=180, day_count="actual/365")``: the product at 8 %, with other terms for this once."""
    set_plan("X")

    def quoted(amount: str = "10000", days: int = 180, **changes: Any) -> dict[str, Any]:
        own = ("payment", "opening_date", "cancel_after_days", "rate")
        asked = {name: value for name, value in changes.items() if name in own}
        overrides = {name: value for name, value in changes.items() if name not in own}
        reply = ask(bank, "X", amount, term_days=days, overrides=overrides, **asked)
        found: dict[str, Any] = reply.expect(200).json
        return found

    return quoted


def amounts(rows: list[dict[str, Any]], name: str) -> list[str]:
    """One column of amounts."""
    return [row[name]["amount"] for row in rows]
