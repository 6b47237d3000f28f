"""Parameter kinds of administration."""

from collections.abc import Mapping
from typing import Final

from chalicelib.kernel.plan import Plan
from chalicelib.modules.administration.plans.access import FunctionGrant, MenuNode, Role, RoleLimits
from chalicelib.modules.administration.plans.calendars import CalendarPlan, CyclePlan, Holiday
from chalicelib.modules.administration.plans.organisation import (
    Branch,
    CashControl,
    Institution,
    check_branch_code,
)
from chalicelib.modules.administration.plans.vocabulary import (
    CodeTable,
    CodeValue,
    Figure,
    RegulatoryFigure,
    UserField,
)

__all__ = [
    "KINDS",
    "SCOPES",
    "SINGLETONS",
    "Branch",
    "CalendarPlan",
    "CashControl",
    "CodeTable",
    "CodeValue",
    "CyclePlan",
    "Figure",
    "FunctionGrant",
    "Holiday",
    "Institution",
    "MenuNode",
    "RegulatoryFigure",
    "Role",
    "RoleLimits",
    "UserField",
    "check_branch_code",
]

KINDS: Final[Mapping[str, type[Plan]]] = {
    "administration.institution": Institution,
    "administration.branch": Branch,
    "administration.cash_control": CashControl,
    "administration.calendar": CalendarPlan,
    "administration.cycle": CyclePlan,
    "administration.role": Role,
    "administration.function_grant": FunctionGrant,
    "administration.menu": MenuNode,
    "administration.code_table": CodeTable,
    "administration.user_field": UserField,
    "administration.regulatory_figure": RegulatoryFigure,
}

SINGLETONS: Final = frozenset({"administration.institution", "administration.cash_control"})
"""Kinds whose only set has the code `main`."""

SCOPES: Final[Mapping[str, tuple[str, ...]]] = {"administration.cash_control": ("tenant", "branch")}
"""Kinds that may be set at other scopes than the tenant."""
