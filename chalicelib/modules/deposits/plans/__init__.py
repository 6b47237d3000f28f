"""Parameter kinds of deposits."""

from collections.abc import Mapping
from typing import Final

from chalicelib.kernel.plan import Plan
from chalicelib.modules.deposits.plans.charges import (
    ChargeBand,
    ChargeWaiver,
    FeeLine,
    FeeTable,
    OwnAmount,
    ServiceCharge,
)
from chalicelib.modules.deposits.plans.control import (
    MAX_AGE_CUTS,
    BranchCharge,
    BranchDepositControl,
    DepositControl,
    SystemCodes,
)
from chalicelib.modules.deposits.plans.interest import (
    InterestBand,
    InterestCode,
    PublishedRate,
    ReferenceRate,
)
from chalicelib.modules.deposits.plans.overdraft import (
    COLLATERAL_TYPE,
    NO_COLLATERAL,
    OverdraftGroup,
    RateStep,
    SuspensionRule,
    check_steps,
)
from chalicelib.modules.deposits.plans.product import DepositPlan
from chalicelib.modules.deposits.plans.statements import StatementNote
from chalicelib.modules.deposits.plans.transactions import (
    SIDES,
    Accumulator,
    Allowed,
    HoldCode,
    StatusCode,
    TransactionCode,
)

__all__ = [
    "COLLATERAL_TYPE",
    "KINDS",
    "MAX_AGE_CUTS",
    "NO_COLLATERAL",
    "READERS",
    "SCOPES",
    "SIDES",
    "SINGLETONS",
    "Accumulator",
    "Allowed",
    "BranchCharge",
    "BranchDepositControl",
    "ChargeBand",
    "ChargeWaiver",
    "DepositControl",
    "DepositPlan",
    "FeeLine",
    "FeeTable",
    "HoldCode",
    "InterestBand",
    "InterestCode",
    "OverdraftGroup",
    "OwnAmount",
    "PublishedRate",
    "RateStep",
    "ReferenceRate",
    "ServiceCharge",
    "StatementNote",
    "StatusCode",
    "SuspensionRule",
    "SystemCodes",
    "TransactionCode",
    "check_steps",
]

KINDS: Final[Mapping[str, type[Plan]]] = {
    "deposits.control": DepositControl,
    "deposits.branch_control": BranchDepositControl,
    "deposits.plan": DepositPlan,
    "deposits.interest_code": InterestCode,
    "deposits.reference_rate": ReferenceRate,
    "deposits.transaction_code": TransactionCode,
    "deposits.status_code": StatusCode,
    "deposits.service_charge": ServiceCharge,
    "deposits.fee_table": FeeTable,
    "deposits.hold_code": HoldCode,
    "deposits.overdraft_group": OverdraftGroup,
    "deposits.suspension_rule": SuspensionRule,
    "deposits.statement_note": StatementNote,
}

SINGLETONS: Final = frozenset({"deposits.control", "deposits.branch_control"})
"""Kinds whose only set has the code `main`."""

SCOPES: Final[Mapping[str, tuple[str, ...]]] = {"deposits.branch_control": ("tenant", "branch")}
"""Kinds that may be set at other scopes than the tenant."""

READERS: Final[Mapping[str, tuple[str, ...]]] = {
    "deposits.plan": ("deposits.open_account",),
    "deposits.status_code": ("deposits.change_status",),
}
"""Who reads a kind for their work without reading every parameter: the permission it takes."""
