"""The loan products on offer, and the index rates that they follow."""

from dataclasses import dataclass
from datetime import date

from chalicelib.kernel.names import name_in
from chalicelib.kernel.rate import Rate
from chalicelib.modules.loans.domain import pricing
from chalicelib.modules.loans.errors import NoSuchIndex
from chalicelib.modules.loans.plans import AmortisationPlan, IndexRate, LoanPlan, RateTier
from chalicelib.modules.loans.service.notices import Notice, ceiling_notices, unverified_notices
from chalicelib.modules.loans.service.sources import AMORTISATION, INDEX, PLAN, Sources
from chalicelib.platform.context import ActorKind
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


def offered(work: UnitOfWork, every: bool = False) -> tuple[date, list[Product]]:
    """(the business day, the products that are offered on it), by name; ``every`` one for staff who ask for them."""
    today = business_day(work)
    all_of_them = every and work.context.actor.kind is ActorKind.STAFF
    plans = [
        (code, plan) for code, plan in work.config.all(PLAN, today) if all_of_them or plan.is_offered(today)
    ]
    plans.sort(key=lambda row: name_in(row[1].names, work.context.language))
    return today, [product(work, code, plan, today) for code, plan in plans]


def product(work: UnitOfWork, code: str, plan: LoanPlan, on: date) -> Product:
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
