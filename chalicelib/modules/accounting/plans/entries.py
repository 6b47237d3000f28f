"""Entries that are prepared as data: templates, and what recurs from them."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Percent, Plan, term
from chalicelib.kernel.plan_rules import check_currency, check_range

WHOLE = Decimal(100)


class TemplateLine(Plan):
    """A line of a template: its account and side are fixed, its amount is a share of what the user types."""

    account: str = term(ref="accounting.account")
    side: Literal["debit", "credit"] = term()
    percent: Percent = term(WHOLE, unit="percent", gt=0, le=100)
    branch: str | None = term(None, ref="administration.branch")
    narrative: str = term("", max_length=140)


class EntryTemplate(Plan):
    """A predefined entry (procedimiento contable predefinido, ACC-11, ACC-12).

    Its lines share the amount of each side: the shares of the debits are 100 in sum, and so are those of the credits.
    """

    names: Names = term()
    concept: str = term(ref="accounting.voucher_concept")
    module: str = term("", max_length=40)
    timing: Literal["as_branch", "at_close", "at_once"] = term("as_branch")
    lines: tuple[TemplateLine, ...] = term(min_length=2, max_length=100)
    active: bool = term(True)

    @field_validator("lines")
    @classmethod
    def _both_sides_are_whole(cls, lines: tuple[TemplateLine, ...]) -> tuple[TemplateLine, ...]:
        for side in ("debit", "credit"):
            if sum(line.percent for line in lines if line.side == side) != WHOLE:
                raise ValueError("template_unbalanced")
        return lines


class EntryText(Plan):
    """The short description of what the bank posts by itself; its code is that of the entries (ACC-15)."""

    texts: Names = term()


class RecurringEntry(Plan):
    """A template that the close applies by itself on every date of a cycle (ACC-72).

    Monthly and longer cycles keep the day of ``first_date``; a month that lacks it has its last day instead, and a day
    on which the branch does not work is served by the close before it. ``daily`` means every day the branch works.
    """

    names: Names = term()
    template: str = term(ref="accounting.entry_template")
    branch: str = term(ref="administration.branch")
    amount: Amount = term(unit="money", gt=0)
    currency: str | None = term(None)
    unit: Literal["daily", "weekly", "fortnightly", "monthly", "quarterly", "half_yearly", "yearly"] = term(
        "monthly"
    )
    interval: int = term(1, unit="count", ge=1, le=99)
    first_date: date = term()
    last_date: date | None = term(None)
    occurrences: int | None = term(None, unit="count", ge=1, le=1000)
    tax_id: str = term("", max_length=20)
    active: bool = term(True)

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, currency: str | None) -> str | None:
        return check_currency(currency) if currency else None

    @field_validator("last_date")
    @classmethod
    def _ends_after_it_begins(cls, last: date | None, info: ValidationInfo) -> date | None:
        check_range(info.data.get("first_date"), last)
        return last
