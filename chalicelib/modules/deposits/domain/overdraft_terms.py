"""What a tenant's parameters say about overdrafts: the terms of a plan from each date on which anything changes."""

from datetime import date
from typing import Any

from chalicelib.kernel.accrual import UNITS_BY_BASE
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.overdraft import (
    DebitPrices,
    DebitTerms,
    Step,
    limit_minor,
    terms_on,
)
from chalicelib.modules.deposits.domain.terms import (
    PLAN,
    Own,
    Parameters,
    effective_plan,
    micro,
    minor,
    own_terms,
    rate_book,
)
from chalicelib.modules.deposits.plans import DepositControl, DepositPlan, OverdraftGroup, RateStep

CONTROL, GROUP = "deposits.control", "deposits.overdraft_group"
MAIN = "main"


def debit_prices(
    parameters: Parameters, plan: str, own: Own, since: date | None = None, earlier: Own | None = None
) -> DebitPrices:
    """The terms of a plan's overdrafts with an account's own terms; before ``since`` its ``earlier`` ones hold."""
    kept = rate_book(parameters).debits
    key = (plan, own_terms(own), own_terms(earlier or {}), since)
    if key not in kept:
        kept[key] = _prices(parameters, plan, own, since, earlier or {})
    return kept[key]


def prices_of(parameters: Parameters, account: DemandAccount) -> DebitPrices:
    """The terms of an account's overdrafts over time."""
    return debit_prices(
        parameters, account.plan, account.overrides, account.overrides_since, account.earlier_overrides
    )


def limits_on(parameters: Parameters, account: DemandAccount, on: date) -> int:
    """How far below zero, in minor units, an account's limits let it go on a day."""
    return limit_minor(terms_on(prices_of(parameters, account), on), account.overdraft_limits, on)


def steps_of_rates(steps: tuple[RateStep, ...]) -> tuple[Step, ...]:
    """A plan's steps as integers."""
    return tuple(Step(step.days or 0, micro(step.rate)) for step in steps)


def _prices(
    parameters: Parameters, plan: str, own: Own, since: date | None, earlier: Own
) -> list[tuple[date, DebitTerms]]:
    versions: list[tuple[date, DepositPlan]] = parameters.history(PLAN, plan)
    first = min((day for day, _ in versions), default=date.max)
    dates = {day for day, _ in versions} | {day for day, _ in parameters.history(CONTROL, MAIN)}
    dates |= {since} if since else set()
    for group in _groups(versions, own, earlier):
        dates |= {day for day, _ in parameters.history(GROUP, group)}
    found: list[tuple[date, DebitTerms]] = []
    for day in sorted(dates):
        if day >= first:
            base: DepositPlan = parameters.standing(PLAN, plan, day)
            terms = effective_plan(base, earlier if since and day < since else own)
            found.append((day, _terms(parameters, terms, day)))
    return found


def _groups(versions: list[tuple[date, DepositPlan]], own: Own, earlier: Own) -> set[str]:
    named: set[Any] = {version.od_group_ordinary for _, version in versions}
    return {
        str(code)
        for code in named | {terms.get("od_group_ordinary") for terms in (own, earlier)}
        if code is not None
    }


def _terms(parameters: Parameters, plan: DepositPlan, day: date) -> DebitTerms:
    control: DepositControl = parameters.main(CONTROL, day)
    code = plan.od_group_ordinary
    group: OverdraftGroup | None = parameters.find(GROUP, code, day) if code else None
    if group is not None and (group.kind != "ordinary" or group.currency != plan.currency):
        group = None
    return DebitTerms(
        group=(code or "") if group else "",
        group_minor=minor(group.amount, plan.currency) if group else 0,
        group_steps=steps_of_rates(group.rate_steps) if group else (),
        policy_micro=micro(control.policy_overdraft_rate),
        units_per_day=UNITS_BY_BASE[plan.day_count_base],
        account_first=control.limit_order == "account_first",
        stepped=plan.debit_method == "stepped",
    )
