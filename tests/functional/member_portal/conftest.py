"""A published term deposit at 7.50 % a year, and one that is opened from an account."""

from datetime import date
from typing import Any

from tests.support.bank import Bank
from tests.support.given import money

PLAN = "term_deposits.plan"
DEPOSITS = "/v1/term_deposits/deposits"


def publish_term_deposit(bank: Bank) -> None:
    """A product that pays at maturity or every month, on 360 days, without tax and with dates that do not move."""
    body = {
        "names": {"es": "Plazo Fijo Sisa", "en": "Sisa Term"},
        "currency": "USD",
        "published": True,
        "minimum_amount": "100",
        "minimum_days": 1,
        "maximum_days": 3660,
        "rates": [{"from_amount": "0", "from_days": 1, "to_days": 3660, "rate": "7.5"}],
        "day_count": "actual/360",
        "payments": ["maturity", "monthly"],
        "due_date_shift": "none",
    }
    asked = {"code": "PX", "effective_from": "2026-06-01", "body": body}
    version = bank("admin").post(f"/v1/platform/parameters/{PLAN}", asked).expect(201)["id"]
    decision = {"decision": "approve", "reason": "test"}
    bank("admin2").post(f"/v1/platform/parameter-versions/{version}/approvals", decision).expect(201)


def a_term_deposit(bank: Bank, account: dict[str, Any], amount: str, **asked: Any) -> dict[str, Any]:
    """A deposit of 180 days with money of the account, as the core shows it."""
    if bank.work().config.find(PLAN, "PX", date(2026, 6, 1)) is None:
        publish_term_deposit(bank)
    body = {"product": "PX", "amount": money(amount), "account_id": account["id"], "term_days": 180, **asked}
    made: dict[str, Any] = bank("officer").post(DEPOSITS, body).expect(201).json
    return made
