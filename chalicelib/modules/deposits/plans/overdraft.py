"""Overdraft limits that a plan gives to all its accounts (DEP-35, DEP-39)."""

from typing import Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Percent, Plan, term
from chalicelib.kernel.plan_rules import check_currency, check_decimals

MAX_STEPS = 10
COLLATERAL_TYPE = r"^[a-z0-9_]{0,30}$"
NO_COLLATERAL = "none"


class RateStep(Plan):
    """The annual rate of so many consecutive days overdrawn; blank days: of all that follow."""

    days: int | None = term(None, unit="days", ge=1, le=3650)
    rate: Percent = term(unit="percent", ge=0, le=1000)


def check_steps(steps: tuple[RateStep, ...]) -> tuple[RateStep, ...]:
    """The last step has no end, every other has one. Raises ValueError last_step_open, step_days_missing."""
    if steps and steps[-1].days is not None:
        raise ValueError("last_step_open")
    if any(step.days is None for step in steps[:-1]):
        raise ValueError("step_days_missing")
    return steps


class OverdraftGroup(Plan):
    """An overdraft limit of every account whose plan, or own terms, name this group.

    `ordinary` limits cover a balance below zero; `float` ones let uncleared funds be drawn on.
    """

    names: Names = term()
    kind: Literal["ordinary", "float"] = term("ordinary")
    currency: str = term(pattern=r"^[A-Z]{3}$")
    amount: Amount = term(unit="money", ge=0)
    rate_steps: tuple[RateStep, ...] = term(min_length=1, max_length=MAX_STEPS)

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str) -> str:
        return check_currency(code)

    @field_validator("amount")
    @classmethod
    def _decimals_of_the_currency(cls, amount: Amount, info: ValidationInfo) -> Amount:
        check_decimals(amount, info.data.get("currency"))
        return amount

    @field_validator("rate_steps")
    @classmethod
    def _last_step_is_open(cls, steps: tuple[RateStep, ...]) -> tuple[RateStep, ...]:
        return check_steps(steps)


class SuspensionRule(Plan):
    """From how many days overdrawn on the interest of which overdrafts is no longer income (DEP-45).

    Blank terms fit every account. Of the rules that fit, the one with the lowest `priority` decides, then the code.
    `collateral_type` is that of the account's own limits in force: `none` fits accounts without any.
    """

    names: Names = term()
    priority: int = term(50, ge=0, le=999)
    product_class: Literal["savings", "checking"] | None = term(None)
    plan: str | None = term(None, ref="deposits.plan")
    party_type: str | None = term(None, ref="parties.party_type")
    collateral_type: str = term("", pattern=COLLATERAL_TYPE)
    days_overdue: int = term(unit="days", ge=0, le=3650)
    suspends: bool = term(True)
