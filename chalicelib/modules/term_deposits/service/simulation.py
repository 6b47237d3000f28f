"""The quotation somebody asks for: with published products for everybody, with their own terms for staff."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from chalicelib.kernel.calendar import Calendar
from chalicelib.kernel.money import Money
from chalicelib.modules.administration import public as administration
from chalicelib.modules.term_deposits.domain.quotation import Quotation, quote
from chalicelib.modules.term_deposits.domain.request import Asked
from chalicelib.modules.term_deposits.errors import (
    OnlyForStaff,
    OpeningDateOutOfRange,
    TermNotOverridable,
)
from chalicelib.modules.term_deposits.plans import Payment, TermDepositPlan
from chalicelib.modules.term_deposits.service import products
from chalicelib.modules.term_deposits.service.products import Product
from chalicelib.platform.http.pipeline import InvalidRequest, SingleFieldInvalid
from chalicelib.platform.parameters.kinds import references
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.problems import field_problems
from chalicelib.platform.today import business_day
from chalicelib.platform.work import UnitOfWork

MOST_AHEAD = timedelta(days=366)
STAFF_RANGE = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a simulation is asked for; blanks are the product's first choice and today."""

    product: str
    amount: Money
    term_days: int | None = None
    maturity_date: date | None = None
    payment: Payment | None = None
    opening_date: date | None = None
    rate: Decimal | None = None
    cancel_after_days: int | None = None
    overrides: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Simulation:
    """A quotation with the product it is of."""

    product: Product
    quotation: Quotation


def simulate(work: UnitOfWork, wish: Wish, branch: str = "") -> Simulation:
    """Reckon what a deposit would pay, exactly as it would be booked in a branch (TDP-129, POR-20).

    The terms are those in force on the opening date, or today for one that has passed. Raises the errors of the
    product, of the request (`domain.request.accepted`), OnlyForStaff, OpeningDateOutOfRange.
    """
    staff = products.may_set_terms(work)
    if (wish.overrides or wish.rate is not None) and not staff:
        raise OnlyForStaff("overrides" if wish.overrides else "rate")
    today = business_date(work, branch) if branch else business_day(work)
    opened_on = wish.opening_date or today
    earliest, latest = (today - STAFF_RANGE, today + STAFF_RANGE) if staff else (today, today + MOST_AHEAD)
    if not earliest <= opened_on <= latest:
        raise OpeningDateOutOfRange("opening_date", earliest=earliest, latest=latest)
    on = max(today, opened_on)
    found = products.product(work, wish.product, on)
    if wish.overrides:
        plan = _with_overrides(work, found.plan, wish.overrides, on)
        found = Product(found.code, plan, products.tax_on(work.config, plan.withholding, on))
    asked = Asked(
        amount=wish.amount,
        opened_on=opened_on,
        term_days=wish.term_days,
        matures_on=wish.maturity_date,
        payment=wish.payment,
        rate_percent=wish.rate,
        cancel_after_days=wish.cancel_after_days,
    )
    return Simulation(found, quote(found.plan, asked, found.tax, _calendar(work, on, branch)))


def _calendar(work: UnitOfWork, on: date, branch: str) -> Calendar:
    """The calendar of a branch, else of the caller's own, else of the head office."""
    heads = (code for code, branch in administration.branches(work.config, on) if branch.head_office)
    return administration.calendar_of(work.config, branch or work.context.actor.branch or next(heads, ""), on)


def _with_overrides(
    work: UnitOfWork, plan: TermDepositPlan, overrides: dict[str, Any], on: date
) -> TermDepositPlan:
    """The plan with other terms. Raises TermNotOverridable, InvalidRequest, UnknownParameter."""
    allowed = set(plan.fields_overridable())
    for name in overrides:
        if name not in allowed:
            raise TermNotOverridable(f"overrides.{name}", term=name)
    try:
        changed = TermDepositPlan.model_validate({**plan.to_body(), **overrides})
    except ValidationError as error:
        problems = [replace(each, field=f"overrides.{each.field}") for each in field_problems(error)]
        raise (SingleFieldInvalid if len(problems) == 1 else InvalidRequest)(problems) from None
    for path, kind, code in references(TermDepositPlan, overrides):
        work.config.get(kind, code, on, field=f"overrides.{path}")
    return changed
