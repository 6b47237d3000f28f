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
GROUP_FIELDS = ("od_group_ordinary", "od_group_float")


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


def float_limit_on(parameters: Parameters, account: DemandAccount, on: date) -> int:
    """How much of its uncleared funds, in minor units, an account may draw on at most on a day (DEP-34)."""
    return terms_on(prices_of(parameters, account), on).float_minor


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
    named: set[Any] = {getattr(version, field) for _, version in versions for field in GROUP_FIELDS}
    overridden = {terms.get(field) for terms in (own, earlier) for field in GROUP_FIELDS}
    return {str(code) for code in named | overridden if code is not None}


def _terms(parameters: Parameters, plan: DepositPlan, day: date) -> DebitTerms:
    control: DepositControl = parameters.main(CONTROL, day)
    group = _group(parameters, plan, plan.od_group_ordinary, "ordinary", day)
    on_float = _group(parameters, plan, plan.od_group_float, "float", day)
    return DebitTerms(
        group=(plan.od_group_ordinary or "") if group else "",
        group_minor=minor(group.amount, plan.currency) if group else 0,
        group_steps=steps_of_rates(group.rate_steps) if group else (),
        float_group=(plan.od_group_float or "") if on_float else "",
        float_minor=minor(on_float.amount, plan.currency) if on_float else 0,
        policy_micro=micro(control.policy_overdraft_rate),
        units_per_day=UNITS_BY_BASE[plan.day_count_base],
        account_first=control.limit_order == "account_first",
        stepped=plan.debit_method == "stepped",
    )


def _group(
    parameters: Parameters, plan: DepositPlan, code: str | None, kind: str, day: date
) -> OverdraftGroup | None:
    """The group that a plan names for a kind of limit; None where it is of another kind or currency."""
    group: OverdraftGroup | None = parameters.find(GROUP, code, day) if code else None
    fits = group is not None and group.kind == kind and group.currency == plan.currency
    return group if fits else None
