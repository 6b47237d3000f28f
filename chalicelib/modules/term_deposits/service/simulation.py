"""The quotation somebody asks for: with published products for everybody, with their own terms or none for staff."""

from dataclasses import field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from chalicelib.kernel.calendar import Calendar
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError
from chalicelib.kernel.money import Money
from chalicelib.modules.administration import public as administration
from chalicelib.modules.term_deposits.domain.quotation import Quotation, quote
from chalicelib.modules.term_deposits.domain.request import Asked
from chalicelib.modules.term_deposits.errors import (
    OnlyForStaff,
    OpeningDateOutOfRange,
    ProductOrTerms,
    RateOrTable,
    TermNotOverridable,
)
from chalicelib.modules.term_deposits.plans import LONGEST_DAYS, Payment, RateRow, TermDepositPlan
from chalicelib.modules.term_deposits.service import products
from chalicelib.modules.term_deposits.service.products import Product
from chalicelib.platform import texts
from chalicelib.platform.http.pipeline import InvalidRequest, SingleFieldInvalid
from chalicelib.platform.parameters.kinds import references
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.problems import field_problems
from chalicelib.platform.today import business_day
from chalicelib.platform.work import UnitOfWork

OWN_TERMS = "term_deposits.own_terms"
MOST_AHEAD = timedelta(days=366)
STAFF_RANGE = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """Terms of no product: one rate or a table of them, and the body of a plan as far as it is about terms."""

    rate: Decimal | None
    rates: tuple[RateRow, ...]
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a simulation is asked for, of a product or by own terms; blanks are the first choice and today."""

    product: str
    amount: Money
    term_days: int | None = None
    maturity_date: date | None = None
    payment: Payment | None = None
    opening_date: date | None = None
    rate: Decimal | None = None
    cancel_after_days: int | None = None
    overrides: dict[str, Any] = field(default_factory=dict)
    terms: OwnTerms | None = None

    @property
    def of_a_product(self) -> str:
        """The first field sent that changes a product for this simulation; empty where none was."""
        return "overrides" if self.overrides else "rate" if self.rate is not None else ""

    @property
    def only_for_staff(self) -> str:
        """The first field sent that is for staff alone; empty where none was."""
        return "terms" if self.terms else self.of_a_product


@dataclass(frozen=True, slots=True)
class Simulation:
    """A quotation with the product it is of; one by own terms is of a product without a code."""

    product: Product
    quotation: Quotation


def simulate(work: UnitOfWork, wish: Wish, branch: str = "") -> Simulation:
    """Reckon what a deposit would pay, exactly as it would be booked in a branch (TDP-129, POR-20).

    The terms are those in force on the opening date, or today for one that has passed. Raises the errors of the
    product, of own terms, of the request (`domain.request.accepted`), OnlyForStaff, OpeningDateOutOfRange.
    """
    staff = products.may_set_terms(work)
    if wish.only_for_staff and not staff:
        raise OnlyForStaff(wish.only_for_staff)
    today = business_date(work, branch) if branch else business_day(work)
    opened_on = wish.opening_date or today
    earliest, latest = (today - STAFF_RANGE, today + STAFF_RANGE) if staff else (today, today + MOST_AHEAD)
    if not earliest <= opened_on <= latest:
        raise OpeningDateOutOfRange("opening_date", earliest=earliest, latest=latest)
    on = max(today, opened_on)
    found = _product(work, wish, on)
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


def _product(work: UnitOfWork, wish: Wish, on: date) -> Product:
    """The product as it is asked for. Raises ProductOrTerms and the errors of either."""
    if bool(wish.product) == (wish.terms is not None):
        raise ProductOrTerms("product")
    if wish.terms is not None:
        if wish.of_a_product:
            raise ProductOrTerms(wish.of_a_product)
        return _of_own_terms(work, wish, wish.terms, on)
    found = products.product(work, wish.product, on)
    if not wish.overrides:
        return found
    plan = _with_overrides(work, found.plan, wish.overrides, on)
    return Product(found.code, plan, products.tax_on(work.config, plan.withholding, on))


def _of_own_terms(work: UnitOfWork, wish: Wish, terms: OwnTerms, on: date) -> Product:
    """A product that is not for sale and has these terms. Raises RateOrTable, InvalidRequest, FigureMissing."""
    if (terms.rate is None) == (not terms.rates):
        raise RateOrTable("terms.rate")
    everything = {"from_amount": "0", "from_days": 1, "to_days": LONGEST_DAYS, "rate": terms.rate}
    body = {
        **terms.body,
        "names": {language: texts.text(OWN_TERMS, language) for language in texts.languages()},
        "currency": wish.amount.currency,
        "minimum_amount": "0",
        "minimum_days": 1,
        "maximum_days": LONGEST_DAYS,
        "rates": [row.to_body() for row in terms.rates] or [everything],
        "payments": [wish.payment or Payment.MATURITY],
    }
    plan = _plan(body, "terms")
    _check_references(work, terms.body, "terms", on)
    try:
        return Product("", plan, products.tax_on(work.config, plan.withholding, on))
    except BankError as error:
        error.field = "terms.withholding"
        raise


def _with_overrides(
    work: UnitOfWork, plan: TermDepositPlan, overrides: dict[str, Any], on: date
) -> TermDepositPlan:
    """The plan with other terms. Raises TermNotOverridable, InvalidRequest, UnknownParameter."""
    allowed = set(plan.fields_overridable())
    for name in overrides:
        if name not in allowed:
            raise TermNotOverridable(f"overrides.{name}", term=name)
    changed = _plan({**plan.to_body(), **overrides}, "overrides")
    _check_references(work, overrides, "overrides", on)
    return changed


def _plan(body: dict[str, Any], place: str) -> TermDepositPlan:
    """The plan that a body makes. Raises InvalidRequest that names the fields under their place in the request."""
    try:
        return TermDepositPlan.model_validate(body)
    except ValidationError as error:
        problems = [replace(each, field=f"{place}.{each.field}") for each in field_problems(error)]
        raise (SingleFieldInvalid if len(problems) == 1 else InvalidRequest)(problems) from None


def _check_references(work: UnitOfWork, body: dict[str, Any], place: str, on: date) -> None:
    """Raises UnknownParameter where what a term refers to is not there."""
    for path, kind, code in references(TermDepositPlan, body):
        work.config.get(kind, code, on, field=f"{place}.{path}")
