"""What a plan must satisfy among the tenant's other parameters."""

from datetime import date

from chalicelib.kernel.errors import Invalid
from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits.plans import DepositPlan
from chalicelib.modules.deposits.service import overdraft
from chalicelib.platform.parameters.snapshot import Snapshot

GROUPS = "account_group"
"""The code table of the groups that plans belong to: personal, commercial, special… (DEP-102)."""


class UnknownAccountGroup(Invalid):
    """The tenant's table of account groups has no such value."""

    code = "unknown_account_group"


def check_plan(config: Snapshot, code: str, plan: DepositPlan, on: date) -> None:
    """Raises UnknownAccountGroup, OverdraftGroupUnfit, OverdraftCodeMissing."""
    if plan.account_group and not administration.is_code(config, GROUPS, plan.account_group, on):
        raise UnknownAccountGroup("body.account_group", group=plan.account_group)
    overdraft.check_plan(config, code, plan, on)
