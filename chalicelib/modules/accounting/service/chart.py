"""Reading the chart: accounts, their history, and which roles lead where."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.names import name_in
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.trial_balance import cleared
from chalicelib.modules.accounting.plans import ROLES, Account, RoleMap
from chalicelib.modules.accounting.repository.chart import (
    ACCOUNT,
    ROLE_MAP,
    chart_on,
    clearance_of,
    visible_account,
)
from chalicelib.modules.accounting.service.ledger_rule import Reason, state_of
from chalicelib.platform import wording
from chalicelib.platform.parameters.service import compare, versions_of
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ChartQuery:
    """Which accounts: down to a level, under one, by text of code or name; postable or inter-branch ones only."""

    level: int | None = None
    parent: str = ""
    text: str = ""
    postable: bool = False
    interbranch: bool = False


@dataclass(frozen=True, slots=True)
class RoleState:
    """A role, the account it leads to on a date, and why it cannot be posted if it cannot."""

    role: str
    label: str
    account: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class AccountChange:
    """A field of an account that a version changed: by whom, when, from which date, approved by whom (ACC-10)."""

    field: str
    before: Any
    after: Any
    by: str
    at: datetime
    approved_by: str
    effective_from: date


def accounts(work: UnitOfWork, query: ChartQuery, on: date) -> list[tuple[str, Account]]:
    """Accounts of the chart on a date that the caller may see, in the order of their codes."""
    chart, clearance = chart_on(work.config, on), clearance_of(work)
    return [
        (code, account)
        for code, account in sorted(chart.accounts.items())
        if _matches(chart, code, account, query) and cleared(chart, code, clearance)
    ]


def account(work: UnitOfWork, code: str, on: date, branch: str = "") -> Account:
    """One account of the chart on a date, as a branch keeps it if one is named. Raises UnknownLedgerAccount."""
    return visible_account(work, chart_on(work.config, on), code, branch)


def account_changes(work: UnitOfWork, code: str, on: date) -> list[AccountChange]:
    """What was changed of an account, newest first. Raises UnknownLedgerAccount."""
    account(work, code, on)
    versions = [each for each in versions_of(work, ACCOUNT, code) if each.state.value == "approved"]
    found: list[AccountChange] = []
    for older, newer in pairwise(versions):
        found.extend(
            AccountChange(
                row.field,
                row.before,
                row.after,
                newer.maker,
                newer.made_at,
                newer.checker,
                newer.effective_from,
            )
            for row in compare(older, newer)
        )
    return found[::-1]


def roles(work: UnitOfWork, on: date) -> Iterator[RoleState]:
    """Every role modules may post under and the account it leads to; ``state`` is mapped or the reason it is not."""
    language = work.context.language
    for role in ROLES:
        role_map: RoleMap | None = work.config.find(ROLE_MAP, role, on)
        code = role_map.account if role_map else ""
        reason = state_of(work.config, code, on) if role_map else Reason.NO_RULE
        found: Account | None = work.config.find(ACCOUNT, code, on) if code else None
        name = name_in(found.names, language) if found else ""
        yield RoleState(
            role, wording.say(work, f"roles.{role}.label"), code, name, reason.value if reason else "mapped"
        )


def _matches(chart: Chart, code: str, account: Account, query: ChartQuery) -> bool:
    if query.level is not None and account.level > query.level:
        return False
    if query.parent and (code == query.parent or not chart.within(code, query.parent)):
        return False
    if query.postable and not (account.postable and account.active):
        return False
    if query.interbranch and not (account.postable and account.interbranch):
        return False
    wanted = query.text.casefold()
    return (
        not wanted
        or code.startswith(wanted)
        or any(wanted in each.casefold() for each in account.names.values())
    )
