"""Suspension of accrual: overdrafts too old for their interest to be income, and their return (DEP-45 to DEP-47).

Only the close suspends and resumes; these are the days on which it writes an overdrawn account.
"""

from datetime import date

from chalicelib.modules.deposits import events
from chalicelib.modules.deposits.closing.almanac import Almanac
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.overdrawn import resumed, suspended
from chalicelib.modules.deposits.plans import NO_COLLATERAL, SuspensionRule
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.modules.parties import public as parties
from chalicelib.platform.events import emit
from chalicelib.platform.work import UnitOfWork


def may_change(almanac: Almanac, account: DemandAccount) -> bool:
    """Whether this close has to look at the account's suspension; what kind of customer it is decides then."""
    since = account.overdrawn_at(almanac.day.business_date)
    if account.suspended_on:
        return since is None
    return since is not None and any(
        rule.suspends and _days(almanac, since) > rule.days_overdue for rule in _fitting(almanac, account)
    )


def change(work: UnitOfWork, almanac: Almanac, account: DemandAccount) -> DemandAccount:
    """Suspend the account's accrual, or let it go on, where this close has to."""
    if not may_change(almanac, account):
        return account
    today = almanac.day.business_date
    payload = {"account_id": account.id, "date": today.isoformat()}
    if account.suspended_on:
        emit(work, events.ACCRUAL_RESUMED, payload)
        return work.put(ACCOUNTS, resumed(account))
    party_type = parties.holder(work, account.party_id, today).party_type
    rules = (rule for rule in _fitting(almanac, account) if rule.party_type in (None, party_type))
    rule = next(rules, None)
    since = account.overdrawn_at(today)
    if rule is None or not rule.suspends or not since or _days(almanac, since) <= rule.days_overdue:
        return account
    emit(work, events.ACCRUAL_SUSPENDED, payload)
    return work.put(ACCOUNTS, suspended(account, today, almanac.steps(account)))


def _days(almanac: Almanac, since: date) -> int:
    return (almanac.day.business_date - since).days + 1


def _fitting(almanac: Almanac, account: DemandAccount) -> list[SuspensionRule]:
    """The rules that fit the account, whoever holds it, those that decide before others first."""
    terms, _ = almanac.plan(account)
    today = almanac.day.business_date
    held = {limit.collateral_type for limit in account.overdraft_limits if limit.holds_on(today)} - {""}
    return [
        rule
        for rule in almanac.suspension_rules
        if rule.product_class in (None, terms.product_class)
        and rule.plan in (None, account.plan)
        and (not rule.collateral_type or rule.collateral_type in (held or {NO_COLLATERAL}))
    ]
