"""Parameter kinds of term deposits."""

from collections.abc import Mapping
from typing import Final

from chalicelib.kernel.plan import Plan
from chalicelib.modules.term_deposits.plans.product import (
    CAPITALISING,
    MAX_RATE_ROWS,
    PAID_IN_ADVANCE,
    PAYMENT_MONTHS,
    Payment,
    RateRow,
    TermDepositPlan,
)
from chalicelib.modules.term_deposits.plans.rules import (
    LONGEST_DAYS,
    EarlyCancellation,
    PenaltyBand,
    WithholdingRule,
)

__all__ = [
    "CAPITALISING",
    "KINDS",
    "LONGEST_DAYS",
    "MAX_RATE_ROWS",
    "PAID_IN_ADVANCE",
    "PAYMENT_MONTHS",
    "READERS",
    "EarlyCancellation",
    "Payment",
    "PenaltyBand",
    "RateRow",
    "TermDepositPlan",
    "WithholdingRule",
]

KINDS: Final[Mapping[str, type[Plan]]] = {"term_deposits.plan": TermDepositPlan}

READERS: Final[Mapping[str, tuple[str, ...]]] = {
    "term_deposits.plan": ("term_deposits.simulate",),
}
"""Who reads a kind for their work without reading every parameter: the permission it takes."""
