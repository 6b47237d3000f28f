"""Parameter kinds of loans."""

from collections.abc import Mapping
from typing import Final

from chalicelib.kernel.plan import Plan
from chalicelib.modules.loans.plans.amortisation import AmortisationPlan, InstalmentGrowth, InstalmentRounding
from chalicelib.modules.loans.plans.product import (
    DayCountByTerm,
    DayCountName,
    GracePlan,
    LoanPlan,
    PaymentFrequency,
    RateCeiling,
    RateTier,
    Requirement,
)
from chalicelib.modules.loans.plans.rates import IndexRate, PublishedValue, QuotedRate
from chalicelib.modules.loans.plans.slots import FigureShare, LoanSlot, check_slots
from chalicelib.modules.loans.plans.tables import AgeBand, LifeTable

__all__ = [
    "KINDS",
    "AgeBand",
    "AmortisationPlan",
    "DayCountByTerm",
    "DayCountName",
    "FigureShare",
    "GracePlan",
    "IndexRate",
    "InstalmentGrowth",
    "InstalmentRounding",
    "LifeTable",
    "LoanPlan",
    "LoanSlot",
    "PaymentFrequency",
    "PublishedValue",
    "QuotedRate",
    "RateCeiling",
    "RateTier",
    "Requirement",
    "check_slots",
]

KINDS: Final[Mapping[str, type[Plan]]] = {
    "loans.plan": LoanPlan,
    "loans.amortisation_plan": AmortisationPlan,
    "loans.index_rate": IndexRate,
    "loans.life_table": LifeTable,
}
