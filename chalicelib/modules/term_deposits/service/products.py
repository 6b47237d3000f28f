"""Which products somebody may see, and the tax that their interest pays."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.term_deposits import permissions
from chalicelib.modules.term_deposits.domain.quotation import Tax
from chalicelib.modules.term_deposits.errors import FigureMissing, ProductNotPublished, UnknownProduct
from chalicelib.modules.term_deposits.plans import TermDepositPlan, WithholdingRule
from chalicelib.platform.context import ActorKind
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.today import business_day
from chalicelib.platform.work import UnitOfWork

PLAN = "term_deposits.plan"
FIGURE = "administration.regulatory_figure"


@dataclass(frozen=True, slots=True)
class Product:
    """A product with its code, the tax on the day, and whether any of its figures is still to be confirmed."""

    code: str
    plan: TermDepositPlan
    tax: Tax

    @property
    def to_be_confirmed(self) -> bool:
        return self.plan.rates_to_be_confirmed or self.tax.to_be_confirmed


def published(work: UnitOfWork) -> list[Product]:
    """The products offered today, by code (OLB-24).

    One whose tax cannot be told, because a figure is missing, is left out: it could not be simulated either.
    """
    today, found = business_day(work), []
    for code, plan in work.config.all(PLAN, today):
        if plan.offered_on(today):
            with suppress(FigureMissing):
                found.append(_product(work, code, plan, today))
    return found


def every(work: UnitOfWork) -> list[Product]:
    """Every product in force today, published or not, by code: for staff. Raises FigureMissing."""
    today = business_day(work)
    return [_product(work, code, plan, today) for code, plan in work.config.all(PLAN, today)]


def product(work: UnitOfWork, code: str, on: date) -> Product:
    """A product that is offered on a date. Raises UnknownProduct, ProductNotPublished (to staff), FigureMissing."""
    plan: TermDepositPlan | None = work.config.find(PLAN, code, on)
    if plan is None:
        raise UnknownProduct("product", product=code)
    if not plan.offered_on(on):
        if may_set_terms(work):
            raise ProductNotPublished("product", product=code)
        raise UnknownProduct("product", product=code)
    return _product(work, code, plan, on)


def may_set_terms(work: UnitOfWork) -> bool:
    """Whether the caller is staff who may simulate with terms of their own."""
    actor = work.context.actor
    return actor.kind is ActorKind.STAFF and actor.may(permissions.SIMULATE)


def tax_on(config: Snapshot, rule: WithholdingRule, on: date) -> Tax:
    """The withholding that holds on a date. Raises FigureMissing where a figure has no value then."""
    if rule.source == "none":
        return Tax()
    percent, doubtful = rule.percent or Decimal(0), False
    if rule.figure is not None:
        percent, doubtful = _figure(config, rule.figure, rule.figure_code, on)
    days = rule.exempt_days
    if rule.exempt_days_figure is not None:
        value, unsure = _figure(config, rule.exempt_days_figure, rule.exempt_days_code, on)
        days, doubtful = int(value), doubtful or unsure
    return Tax(percent, days, doubtful)


def _figure(config: Snapshot, code: str, value_code: str, on: date) -> tuple[Decimal, bool]:
    """(the regulator's value, whether the cooperative has still to confirm it)."""
    version = config.version(FIGURE, code, on)
    value = config.model(version).value(value_code) if version is not None else None
    if version is None or value is None:
        raise FigureMissing("product", figure=code, value=value_code, date=on)
    return value, version.unverified


def _product(work: UnitOfWork, code: str, plan: TermDepositPlan, on: date) -> Product:
    return Product(code, plan, tax_on(work.config, plan.withholding, on))
