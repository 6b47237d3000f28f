"""Overdrafts in the end of day: limits that end, interest charged by cycle, and what the ledger must show of them.

An overdrawn account is not written for growing older: its bucket follows from the day since which it is overdrawn.
"""

from dataclasses import replace
from datetime import date, timedelta

from chalicelib.kernel.accrual import to_money
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.deposits import events, postings, repository
from chalicelib.modules.deposits.closing import suspension
from chalicelib.modules.deposits.closing.almanac import Almanac
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.limit import LimitState, OverdraftLimit
from chalicelib.modules.deposits.domain.overdraft import bucket_of
from chalicelib.modules.deposits.domain.overdrawn import Cycle, cycle_due, memo_units
from chalicelib.modules.deposits.tables import ACCOUNTS, LIMITS
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.events import emit
from chalicelib.platform.posting import service as posting
from chalicelib.platform.work import UnitOfWork

ROLES = (postings.OVERDRAFT_RECEIVABLE, postings.MEMO_INTEREST, *postings.OVERDRAFT_BUCKETS)
CODE = "overdraft_interest"


def something_happens(almanac: Almanac, account: DemandAccount) -> bool:
    """Whether this close writes the account for its overdraft."""
    idle = account.debit_through is None and not account.overdraft_limits
    if idle and account.closing_minor(almanac.day.business_date) >= 0:
        return False
    if _ending(almanac.day, account) or suspension.may_change(almanac, account):
        return True
    return _due(almanac, account) is not None


def happen(work: UnitOfWork, almanac: Almanac, account: DemandAccount) -> DemandAccount:
    """Limits that end with the days of this close, suspension, and the interest of a cycle that ends."""
    _end_limits(work, almanac.day, account)
    account = suspension.change(work, almanac, account)
    found = _due(almanac, account)
    if found is None:
        return account
    cycle, due = found
    work.put(ACCOUNTS, replace(account, debit_charged_through=cycle.end))
    code = almanac.control.system_codes.overdraft_interest or CODE
    entry = posting.draft(
        work,
        code,
        account.branch,
        postings.overdraft_interest_collected(account, due),
        value_date=cycle.end + timedelta(days=1),
        source_ref=account.id,
        derived_from=(work.tenant, code, account.id, cycle.end.isoformat()),
        closing_date=almanac.day.business_date,
    )
    posting.post(work, entry, closing=True)
    return work.get(ACCOUNTS, id=account.id)


def amounts(almanac: Almanac, account: DemandAccount) -> dict[str, int]:
    """What an account adds to its branch's sums: its balance, or what it is overdrawn by bucket, and its interest."""
    day = almanac.day
    closing = account.closing_minor(day.business_date)
    if closing >= 0 and account.debit_through is None:
        return {"ledger": closing}
    sums = {"ledger": max(0, closing)}
    since = account.overdrawn_at(day.business_date)
    if since:
        days = (day.business_date - since).days + 1
        role = postings.OVERDRAFT_BUCKETS[bucket_of(days, almanac.control.overdraft_age_limits) - 1]
        sums[role] = closing
    units = account.debit_at_close(day.business_date, day.covered_until, almanac.steps(account))
    memo = memo_units(account, day.business_date, day.covered_until, almanac.steps(account))
    if memo:
        sums[postings.MEMO_INTEREST] = memo
    if units != memo:
        sums[postings.OVERDRAFT_RECEIVABLE] = units - memo
    return sums


def owed(sums: dict[str, int], currency: str) -> dict[str, int]:
    """By role what a branch's sums say the ledger must show; what members owe is negative."""
    found = {role: sums[role] for role in postings.OVERDRAFT_BUCKETS if role in sums}
    for role in (postings.OVERDRAFT_RECEIVABLE, postings.MEMO_INTEREST):
        if role in sums:
            found[role] = -to_money(sums[role], currency).minor
    return found


def settle(
    work: UnitOfWork, branch: str, day: ClosingDay, owes: dict[tuple[str, str, str, str], int]
) -> None:
    """Post by product what the day's closing changed: balances by bucket, and interest accrued; differences only."""
    sheet = accounting.sheet_on(work, branch, day.business_date)
    roles = (postings.MEMBER_DEPOSITS, *ROLES)
    places = {(key.product, key.currency) for key in sheet.rows if key.role in roles}
    places |= {(product, currency) for owner, _, product, currency in owes if owner == branch}
    for product, currency in sorted(places):
        changes = {
            role: Money(
                owes.get((branch, role, product, currency), 0)
                + sheet.balance_of_role(role, currency, product),
                currency,
            )
            for role in roles
        }
        interest = changes.pop(postings.OVERDRAFT_RECEIVABLE)
        memo = changes.pop(postings.MEMO_INTEREST)
        if any(changes.values()) and not sum(change.minor for change in changes.values()):
            legs = postings.overdrafts_reclassified(branch, product, changes)
            _post(work, "overdraft_reclassification", branch, day, legs, product, currency)
        if interest:
            legs = postings.overdraft_interest_accrued(branch, product, -interest)
            _post(work, "overdraft_interest_accrual", branch, day, legs, product, currency)
        if memo:
            legs = postings.suspended_interest(branch, product, -memo)
            _post(work, "overdraft_interest_suspended", branch, day, legs, product, currency)


def _post(
    work: UnitOfWork,
    code: str,
    branch: str,
    day: ClosingDay,
    legs: postings.Legs,
    product: str,
    currency: str,
) -> None:
    derived = (work.tenant, code, day.business_date.isoformat(), branch, product, currency)
    entry = posting.draft(work, code, branch, legs, derived_from=derived, closing_date=day.business_date)
    posting.post(work, entry, closing=True)


def _due(almanac: Almanac, account: DemandAccount) -> tuple[Cycle, Money] | None:
    """(the cycle, its interest) that this close charges, or None."""
    if account.suspended_on:
        return None
    if not account.debit_units and account.closing_minor(almanac.day.business_date) >= 0:
        return None
    cycle = almanac.overdraft_cycle(account)
    if cycle is None or (account.debit_charged_through or date.min) >= cycle.end:
        return None
    due = cycle_due(account, cycle, almanac.steps(account))
    return (cycle, due) if due else None


def _ending(day: ClosingDay, account: DemandAccount) -> list[str]:
    """Ids of the account's limits that end with the days of this close."""
    return [
        limit.id
        for limit in account.overdraft_limits
        if day.business_date <= limit.valid_until <= day.covered_until
    ]


def _end_limits(work: UnitOfWork, day: ClosingDay, account: DemandAccount) -> None:
    for limit_id in _ending(day, account):
        limit: OverdraftLimit = repository.overdraft_limit(work, account.id, limit_id)
        if limit.state is not LimitState.ACTIVE:
            continue
        work.put(LIMITS, replace(limit, state=LimitState.EXPIRED))
        emit(
            work,
            events.OVERDRAFT_LIMIT_EXPIRED,
            {
                "account_id": account.id,
                "limit_id": limit.id,
                "valid_until": limit.valid_until.isoformat(),
                **limit.money.to_api(),
            },
        )
