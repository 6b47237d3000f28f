"""The loan products on offer, and the index rates that they follow."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.names import name_in
from chalicelib.kernel.rate import Rate
from chalicelib.modules.loans.domain import pricing
from chalicelib.modules.loans.errors import IndexWithoutValue, NoSuchIndex, UnknownIndexRate
from chalicelib.modules.loans.plans import AmortisationPlan, IndexRate, LoanPlan, RateTier
from chalicelib.modules.loans.service.notices import Notice, ceiling_notices, unverified_notices
from chalicelib.modules.loans.service.sources import AMORTISATION, INDEX, PLAN, Sources
from chalicelib.platform.today import business_day
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Product:
    """A product as it stands on a day: its rates, ways of paying back and notices.

    ``tiers`` holds the rate of each tier, or the one rate under no tier.
    """

    code: str
    plan: LoanPlan
    tiers: tuple[tuple[RateTier | None, Rate], ...]
    methods: tuple[tuple[str, AmortisationPlan], ...]
    notices: tuple[Notice, ...]


def offered(work: UnitOfWork) -> tuple[date, list[Product]]:
    """(the business day, the products that are offered on it), by name."""
    today = business_day(work)
    return today, _products(work, today, lambda plan: plan.is_offered(today))


def every(work: UnitOfWork) -> tuple[date, list[Product]]:
    """(the business day, every product in force on it), by name."""
    today = business_day(work)
    return today, _products(work, today, lambda plan: True)


def _products(work: UnitOfWork, on: date, wanted: Callable[[LoanPlan], bool]) -> list[Product]:
    """Products by name, but for those whose index rate has no value yet: nobody could be told their rate."""
    plans = [(code, plan) for code, plan in work.config.all(PLAN, on) if wanted(plan)]
    found = []
    for code, plan in sorted(plans, key=lambda row: name_in(row[1].names, work.context.language)):
        with suppress(UnknownIndexRate, IndexWithoutValue):
            found.append(_product(work, code, plan, on))
    return found


def _product(work: UnitOfWork, code: str, plan: LoanPlan, on: date) -> Product:
    """A product with its rates on a day."""
    sources = Sources(work, on)
    sources.read(PLAN, code, "product")
    tiers = tuple((tier, _rate(sources, plan, tier)) for tier in plan.rate_tiers or (None,))
    ceiling = sources.ceiling(plan.ceiling)
    highest = max(rate.effective_annual().percent for _, rate in tiers)
    methods = tuple(
        (method, sources.read(AMORTISATION, method, "method"))
        for method in dict.fromkeys((plan.amortisation_plan, *plan.amortisation_choices))
    )
    notices = (
        *ceiling_notices(work, plan, highest, ceiling),
        *unverified_notices(work, sources.unverified),
    )
    return Product(code, plan, tiers, methods, notices)


def index_rate(work: UnitOfWork, code: str, on: date) -> IndexRate:
    """An index rate as it is kept on a day. Raises NoSuchIndex."""
    found: IndexRate | None = work.config.find(INDEX, code, on)
    if found is None:
        raise NoSuchIndex("code", index=code)
    return found


def index_rates(work: UnitOfWork, on: date) -> list[tuple[str, IndexRate]]:
    """Every index rate on a day."""
    return list(work.config.all(INDEX, on))


def _rate(sources: Sources, plan: LoanPlan, tier: RateTier | None) -> Rate:
    asked = pricing.rate_of_plan(plan, tier)
    index = sources.index(asked.index, "product") if asked.index else None
    return pricing.priced(asked, index, pricing.limits_of(plan)).rate
