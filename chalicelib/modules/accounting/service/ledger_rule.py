"""How a role becomes a ledger account: by the tenant's map, else suspense with the reason (GEN-52, ACC-35, ACC-36)."""

from datetime import date
from enum import StrEnum

from chalicelib.kernel.entry import INTERBRANCH_MEMO_DUE_TO, Leg
from chalicelib.modules.accounting.domain.chart import is_memorandum
from chalicelib.modules.accounting.domain.sheet import DIRECT, HELD, SUSPENSE
from chalicelib.modules.accounting.errors import SuspenseAccountMissing
from chalicelib.modules.accounting.plans import ROLES, Account, RoleMap
from chalicelib.modules.accounting.repository.chart import ACCOUNT, ROLE_MAP, control_of
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.posting.accounts import Resolved

BALANCING = frozenset(
    {"branch_balancing", "branch_balancing_memo", "clearing_branch_contra", "clearing_branch_contra_memo"}
)
SUSPENSE_ROLE = "suspense_account"
SUSPENSE_MEMO_ROLE = "suspense_memo"


class Reason(StrEnum):
    """Why a leg goes to suspense. An account that takes no postings counts as inactive."""

    NO_RULE = "no_rule"
    INACTIVE_ACCOUNT = "inactive_account"
    UNKNOWN_ACCOUNT = "unknown_account"


def ledger_rule(config: Snapshot, leg: Leg, on: date) -> Resolved:
    """The ledger account of a leg on a date, or its suspense account with the reason.

    Raises SuspenseAccountMissing where there is no usable suspense account either.
    """
    for prefix in (SUSPENSE, HELD):
        if leg.role.startswith(prefix):
            return Resolved(leg.role.removeprefix(prefix).partition(":")[0])
    code, reason = target(config, leg, on)
    if reason is None:
        return Resolved(code)
    return Resolved(_suspense_account(config, leg, on, code), reason.value)


def target(config: Snapshot, leg: Leg, on: date) -> tuple[str, Reason | None]:
    """(the account that the leg means, what is wrong with it: None where it can be posted)."""
    if leg.role.startswith(DIRECT):
        code = leg.role.removeprefix(DIRECT)
    else:
        role_map: RoleMap | None = config.find(ROLE_MAP, leg.role, on)
        if role_map is None:
            return "", Reason.NO_RULE
        code = role_map.account_for(leg.product, leg.branch)
    return code, state_of(config, code, on, leg.branch)


def off_balance(config: Snapshot, leg: Leg, on: date) -> bool:
    """Whether a leg moves memorandum accounts and is settled between branches with others of its kind.

    Not where the tenant has no accounts for that, nor for what balances the two kinds with one another.
    """
    if leg.role in BALANCING or config.find(ROLE_MAP, INTERBRANCH_MEMO_DUE_TO, on) is None:
        return False
    named = leg.role.removeprefix(HELD if leg.role.startswith(HELD) else SUSPENSE).partition(":")[0]
    code = named if leg.role.startswith((HELD, SUSPENSE)) else target(config, leg, on)[0]
    return _is_memorandum(config, leg.role, code, on)


def state_of(config: Snapshot, code: str, on: date, branch: str = "") -> Reason | None:
    """Why an account cannot be posted on a date, at a branch; None where it can."""
    account: Account | None = config.find(ACCOUNT, code, on, branch)
    if account is None:
        return Reason.UNKNOWN_ACCOUNT
    return None if account.active and account.postable else Reason.INACTIVE_ACCOUNT


def _suspense_account(config: Snapshot, leg: Leg, on: date, code: str) -> str:
    memorandum = _is_memorandum(config, leg.role, code, on)
    control = control_of(config, on, leg.branch)
    own = control.suspense_memo_account if memorandum else control.suspense_account
    if own is None:
        role = SUSPENSE_MEMO_ROLE if memorandum else SUSPENSE_ROLE
        role_map: RoleMap | None = config.find(ROLE_MAP, role, on)
        own = role_map.account_for(leg.product, leg.branch) if role_map else None
    if own is None or state_of(config, own, on, leg.branch) is not None:
        raise SuspenseAccountMissing("role", role=leg.role, branch=leg.branch)
    return own


def _is_memorandum(config: Snapshot, role: str, code: str, on: date) -> bool:
    """By the account if the chart has it or one above it, else by the classes that may carry the role."""
    for size in range(len(code), 0, -1):
        account: Account | None = config.find(ACCOUNT, code[:size], on)
        if account is not None:
            return is_memorandum(account.account_class)
    meaning = ROLES.get(role)
    return meaning is not None and all(is_memorandum(each) for each in meaning.classes)
