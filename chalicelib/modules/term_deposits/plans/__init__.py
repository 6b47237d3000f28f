"""Parameter kinds of term deposits."""

from collections.abc import Mapping
from typing import Final

from chalicelib.kernel.plan import Plan
from chalicelib.modules.term_deposits.plans.product import (
    CAPITALISING,
    PAID_IN_ADVANCE,
    PAYMENT_MONTHS,
    Payment,
    RateRow,
    TermDepositPlan,
)
from chalicelib.modules.term_deposits.plans.rules import EarlyCancellation, PenaltyBand, WithholdingRule

__all__ = [
    "CAPITALISING",
    "KINDS",
    "PAID_IN_ADVANCE",
    "PAYMENT_MONTHS",
    "EarlyCancellation",
    "Payment",
    "PenaltyBand",
    "RateRow",
    "TermDepositPlan",
    "WithholdingRule",
]

KINDS: Final[Mapping[str, type[Plan]]] = {"term_deposits.plan": TermDepositPlan}
