"""The terms an account lives by: its plan's, with its own where it has them, and its rates over time."""

from collections.abc import Iterable
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from chalicelib.kernel.accrual import Band, Daily, DailySteps, daily, flat
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.overdraft import DebitPrices
from chalicelib.modules.deposits.errors import NotOverridable
from chalicelib.modules.deposits.plans import DepositPlan, InterestCode, ReferenceRate

MICRO = 1_000_000
PLAN, INTEREST_CODE, REFERENCE_RATE = "deposits.plan", "deposits.interest_code", "deposits.reference_rate"


class Parameters(Protocol):
    """What the terms are read from: a tenant's approved parameters."""

    def find(self, kind: str, code: str, on: date, branch: str = "") -> Any | None: ...
    def get(self, kind: str, code: str, on: date, branch: str = "", field: str | None = None) -> Any: ...
    def standing(self, kind: str, code: str, on: date) -> Any: ...
    def history(self, kind: str, code: str, scope: str = "tenant") -> list[tuple[date, Any]]: ...
    def all(self, kind: str, on: date) -> Iterable[tuple[str, Any]]: ...
    def main(self, kind: str, on: date, branch: str = "") -> Any: ...


def check_overrides(plan: DepositPlan, overrides: dict[str, Any]) -> None:
    """Raises NotOverridable, naming the field, for a term that the plan keeps for itself."""
    allowed = set(plan.fields_overridable())
    for name in overrides:
        if name not in allowed:
            raise NotOverridable(f"overrides.{name}", name=name)


def effective_plan(plan: DepositPlan, overrides: dict[str, Any]) -> DepositPlan:
    """The plan with an account's own terms in it. Raises ValidationError where they do not fit together."""
    if not overrides:
        return plan
    return DepositPlan.model_validate({**plan.to_body(), **overrides})


def terms_of(parameters: Parameters, plan: str, overrides: dict[str, Any], on: date) -> DepositPlan:
    """The terms in force on a date."""
    return effective_plan(parameters.standing(PLAN, plan, on), overrides)


def minor(amount: Decimal, currency: str) -> int:
    """An amount of a plan in minor units."""
    return Money.of(amount, currency).minor


def rate_steps(parameters: Parameters, plan: str, overrides: dict[str, Any]) -> DailySteps:
    """What a balance earns in a day, from each date on which anything about the rate changes."""
    versions = [
        (since, effective_plan(version, overrides)) for since, version in parameters.history(PLAN, plan)
    ]
    dates = {since for since, _ in versions}
    for _, version in versions:
        dates.update(step.effective_from for step in version.scheduled_rates)
        for code in _codes(version):
            dates.update(since for since, _ in parameters.history(INTEREST_CODE, code))
        for reference in _references(parameters, version):
            for since, table in parameters.history(REFERENCE_RATE, reference):
                dates.add(since)
                dates.update(row.date for row in table.history)
    first = min((since for since, _ in versions), default=None)
    return [
        (day, daily_on(parameters, standing, day))
        for day in sorted(dates)
        if first is not None and day >= first and (standing := _in_force(versions, day)) is not None
    ]


def daily_on(parameters: Parameters, plan: DepositPlan, day: date) -> Daily:
    """What a balance earns on one day."""
    if not plan.pays_interest:
        return _nothing
    base = plan.day_count_base
    if plan.interest_code:
        code: InterestCode = parameters.standing(INTEREST_CODE, plan.interest_code, day)
        reference = _reference_micro(parameters, code.reference_rate, day) if code.reference_rate else 0
        bands = tuple(
            Band(
                minor(band.from_amount, plan.currency),
                None if band.to_amount is None else minor(band.to_amount, plan.currency),
                max(
                    0, reference + micro(band.spread if band.rate is None else band.rate) + micro(plan.spread)
                ),
            )
            for band in code.bands
        )
        return daily(code.method, bands, base)
    if plan.reference_rate:
        rate = _reference_micro(parameters, plan.reference_rate, day)
    else:
        due = [step.value for step in plan.scheduled_rates if step.effective_from <= day]
        rate = micro(due[-1] if due else plan.fixed_rate)
    return daily("flat", flat(max(0, rate + micro(plan.spread))), base)


def micro(percent: Decimal | None) -> int:
    """A percentage in millionths of a percent."""
    return int((percent or Decimal(0)) * MICRO)


Own = dict[str, Any]


@dataclass(slots=True)
class RateBook:
    """Rates of every plan, compiled once per picture of the parameters."""

    parameters: Parameters
    _kept: dict[tuple[str, str, str, date | None], DailySteps]
    debits: dict[tuple[str, str, str, date | None], DebitPrices] = field(default_factory=dict)

    def of(self, plan: str, own: Own, since: date | None = None, earlier: Own | None = None) -> DailySteps:
        """The steps of a plan with an account's own terms; before ``since`` its ``earlier`` ones hold."""
        key = (plan, own_terms(own), own_terms(earlier or {}), since)
        if key not in self._kept:
            self._kept[key] = self._steps(plan, own, since, earlier or {})
        return self._kept[key]

    def _steps(self, plan: str, own: Own, since: date | None, earlier: Own) -> DailySteps:
        steps = list(rate_steps(self.parameters, plan, own))
        if since is None or own == earlier:
            return steps
        before = [(day, price) for day, price in rate_steps(self.parameters, plan, earlier) if day < since]
        begun = [(day, price) for day, price in steps if day <= since]
        return [
            *before,
            *((since, price) for _, price in begun[-1:]),
            *((d, p) for d, p in steps if d > since),
        ]


def own_terms(own: Own) -> str:
    """An account's own terms as text that is equal for equal terms."""
    return repr(sorted(own.items())) if own else ""


def rate_book(parameters: Parameters) -> RateBook:
    """The compiled rates that go with a picture of the parameters."""
    kept: RateBook | None = _BOOKS.get(id(parameters))
    if kept is None or kept.parameters is not parameters:
        if len(_BOOKS) > MOST_BOOKS:
            _BOOKS.clear()
        kept = _BOOKS[id(parameters)] = RateBook(parameters, {})
    return kept


MOST_BOOKS = 64
_BOOKS: dict[int, RateBook] = {}


def _nothing(balance_minor: int) -> int:
    return 0


def _codes(plan: DepositPlan) -> Iterable[str]:
    return (plan.interest_code,) if plan.interest_code else ()


def _references(parameters: Parameters, plan: DepositPlan) -> Iterable[str]:
    if plan.reference_rate:
        yield plan.reference_rate
    for code in _codes(plan):
        for _, version in parameters.history(INTEREST_CODE, code):
            if version.reference_rate:
                yield version.reference_rate


def _reference_micro(parameters: Parameters, code: str, day: date) -> int:
    table: ReferenceRate = parameters.standing(REFERENCE_RATE, code, day)
    return micro(table.rate_on(day))


def _in_force(versions: list[tuple[date, DepositPlan]], day: date) -> DepositPlan | None:
    past = [version for since, version in versions if since <= day]
    return past[-1] if past else None
