"""The loan product as data (plan de préstamos; LON-09 to LON-13, LON-28 to LON-31, LON-43)."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.calendar import Shift
from chalicelib.kernel.index_rate import SpreadStage
from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Percent, Plan, term
from chalicelib.kernel.plan_rules import (
    check_currency,
    check_decimals,
    check_distinct,
    check_given,
    check_range,
)
from chalicelib.kernel.schedule.terms import (
    LARGEST_INSTALMENTS,
    Accrual,
    Compounding,
    Conversion,
    DeferredInterest,
    LevelBasis,
    Unit,
)
from chalicelib.modules.loans.plans.rates import QuotedRate
from chalicelib.modules.loans.plans.slots import LoanSlot, check_slots

DayCountName = Literal[
    "same_as_repayment_period",
    "30/360_period",
    "30/364_period",
    "30/365_period",
    "30/360_bank",
    "30/360_us",
    "30/360_european",
    "actual/360",
    "actual/364",
    "actual/365",
    "actual/actual_isda",
    "actual/actual_year_end",
    "actual/actual_leap_day",
    "actual/actual_starting_year",
]
LARGEST_SLOTS = 9


class PaymentFrequency(Plan):
    """An instalment every so many days, weeks or months."""

    unit: Unit = term(Unit.MONTHS)
    every: int = term(1, unit="count", ge=1, le=366)


class RateTier(Plan):
    """The rate of amounts from ``from_amount`` to ``to_amount``, both included (blank: no upper end) (LON-13).

    ``percent`` is the rate of a fixed-rate product, or the points over the index of the others.
    """

    from_amount: Amount = term(unit="money", ge=0)
    to_amount: Amount | None = term(None, unit="money", ge=0)
    percent: Percent = term(unit="percent", gt=-100, le=1000)

    @field_validator("to_amount")
    @classmethod
    def _tier_runs_upwards(cls, last: Amount | None, info: ValidationInfo) -> Amount | None:
        check_range(info.data.get("from_amount"), last)
        return last

    def holds(self, amount: Decimal) -> bool:
        """Whether an amount is in the tier."""
        return self.from_amount <= amount and (self.to_amount is None or amount <= self.to_amount)


class DayCountByTerm(Plan):
    """Loans of up to ``up_to_months`` count days in this way (LON-43)."""

    up_to_months: int = term(unit="months", ge=1, le=LARGEST_INSTALMENTS)
    day_count: DayCountName = term()


class GracePlan(Plan):
    """Instalments at the start in which principal is not paid, interest is not paid, or is not charged."""

    principal: int = term(0, unit="count", ge=0, le=LARGEST_INSTALMENTS)
    interest_payment: int = term(0, unit="count", ge=0, le=LARGEST_INSTALMENTS)
    interest_charge: int = term(0, unit="count", ge=0, le=LARGEST_INSTALMENTS)
    deferred: DeferredInterest = term(DeferredInterest.NEXT)


class RateCeiling(Plan):
    """The largest effective annual rate that the law admits: one value of a dated regulatory figure of the country."""

    figure: str = term(ref="administration.regulatory_figure")
    value_code: str = term(max_length=30)


class Requirement(Plan):
    """What the cooperative asks for from an amount on: a guarantor, a mortgage, documents (OLB-17)."""

    from_amount: Amount = term("0", unit="money", ge=0)
    texts: Names = term()


class LoanPlan(Plan):
    """A loan product. What is overridable, staff may set otherwise for one loan (LON-10)."""

    names: Names = term()
    descriptions: dict[str, str] = term(default_factory=dict)
    requirements: tuple[Requirement, ...] = term((), max_length=20)
    loan_type: Literal["consumer", "microcredit", "housing", "commercial", "education"] = term()
    currency: str = term(pattern=r"^[A-Z]{3}$")
    published: bool = term(True)
    offered_from: date | None = term(None)
    offered_until: date | None = term(None)

    # how much and for how long
    amount_min: Amount = term(unit="money", gt=0)
    amount_max: Amount = term(unit="money", gt=0)
    term_unit: Literal["months", "days"] = term("months")
    term_min: int = term(unit="term", ge=1, le=36_500)
    term_max: int = term(unit="term", ge=1, le=36_500)
    frequencies: tuple[PaymentFrequency, ...] = term(
        (PaymentFrequency(),), inheritable=True, min_length=1, max_length=12
    )

    # rate
    rate_kind: Literal["fixed", "index"] = term("fixed", inheritable=True)
    quoted: QuotedRate = term(QuotedRate(), inheritable=True)
    fixed_rate: Percent | None = term(None, unit="percent", overridable=True, gt=-100, le=1000)
    index_rate: str | None = term(None, ref="loans.index_rate", overridable=True)
    spread_points: Percent = term("0", unit="percent", overridable=True, ge=-100, le=100)
    spread_stage: SpreadStage = term(SpreadStage.BEFORE_CONVERSION, overridable=True)
    rate_tiers: tuple[RateTier, ...] = term((), max_length=20)
    rate_min: Percent | None = term(None, unit="percent", gt=-100, le=1000)
    rate_max: Percent | None = term(None, unit="percent", gt=-100, le=1000)
    ceiling: RateCeiling | None = term(None)

    # interest
    interest_timing: Literal["arrears", "advance"] = term("arrears", overridable=True)
    day_count: DayCountName = term("same_as_repayment_period", overridable=True)
    day_count_by_term: tuple[DayCountByTerm, ...] = term((), max_length=5)
    interest_method: Accrual = term(Accrual.SIMPLE, overridable=True)
    compounding: Compounding = term(Compounding.PER_PERIOD, overridable=True)
    conversion: Conversion = term(Conversion.EQUIVALENT, overridable=True)
    level_basis: LevelBasis = term(LevelBasis.ACCRUED, overridable=True)

    # instalments
    amortisation_plan: str = term(ref="loans.amortisation_plan", overridable=True)
    amortisation_choices: tuple[str, ...] = term((), ref="loans.amortisation_plan", max_length=10)
    grace: GracePlan = term(GracePlan(), overridable=True)
    due_date_shift: Shift = term(Shift.NONE, overridable=True)
    interest_moves: bool = term(False, overridable=True)
    first_due_days_max: int = term(60, unit="days", overridable=True, ge=1, le=1100)

    # besides principal and interest
    insurances: tuple[LoanSlot, ...] = term((), overridable=True, max_length=LARGEST_SLOTS)
    charges: tuple[LoanSlot, ...] = term((), overridable=True, max_length=LARGEST_SLOTS)

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str) -> str:
        return check_currency(code)

    @field_validator("offered_until")
    @classmethod
    def _offer_dates_in_order(cls, until: date | None, info: ValidationInfo) -> date | None:
        check_range(info.data.get("offered_from"), until, "dates_out_of_order")
        return until

    @field_validator("amount_min", "amount_max")
    @classmethod
    def _decimals_of_the_currency(cls, amount: Amount, info: ValidationInfo) -> Amount:
        check_decimals(amount, info.data.get("currency"))
        if info.field_name == "amount_max":
            check_range(info.data.get("amount_min"), amount)
        return amount

    @field_validator("term_max")
    @classmethod
    def _terms_in_order(cls, longest: int, info: ValidationInfo) -> int:
        check_range(info.data.get("term_min"), longest)
        return longest

    @field_validator("frequencies")
    @classmethod
    def _no_frequency_twice(cls, offered: tuple[PaymentFrequency, ...]) -> tuple[PaymentFrequency, ...]:
        check_distinct(((each.unit, each.every) for each in offered), "frequency_repeated")
        return offered

    @field_validator("index_rate")
    @classmethod
    def _index_where_it_is_followed(cls, code: str | None, info: ValidationInfo) -> str | None:
        check_given(code is not None, info.data.get("rate_kind") == "index", "index_rate")
        return code

    @field_validator("rate_tiers")
    @classmethod
    def _one_source_of_the_rate(
        cls, tiers: tuple[RateTier, ...], info: ValidationInfo
    ) -> tuple[RateTier, ...]:
        if any(
            later.from_amount <= (earlier.to_amount or later.from_amount)
            for earlier, later in pairwise(tiers)
        ):
            raise ValueError("rate_tiers_overlap")
        fixed = info.data.get("fixed_rate") is not None
        check_given(fixed, info.data.get("rate_kind") == "fixed" and not tiers, "fixed_rate")
        return tiers

    @field_validator("rate_max")
    @classmethod
    def _limits_in_order(cls, most: Percent | None, info: ValidationInfo) -> Percent | None:
        least, fixed = info.data.get("rate_min"), info.data.get("fixed_rate")
        check_range(least, most)
        if fixed is not None and not (least or fixed) <= fixed <= (fixed if most is None else most):
            raise ValueError("fixed_rate_out_of_limits")
        return most

    @field_validator("day_count_by_term")
    @classmethod
    def _no_term_twice(cls, rules: tuple[DayCountByTerm, ...]) -> tuple[DayCountByTerm, ...]:
        check_distinct((rule.up_to_months for rule in rules), "term_repeated")
        return rules

    @field_validator("insurances")
    @classmethod
    def _insurances_stand_once(cls, slots: tuple[LoanSlot, ...]) -> tuple[LoanSlot, ...]:
        check_slots(slots)
        return slots

    @field_validator("charges")
    @classmethod
    def _charges_stand_once(cls, slots: tuple[LoanSlot, ...], info: ValidationInfo) -> tuple[LoanSlot, ...]:
        check_slots(slots, info.data.get("insurances") or ())
        return slots

    def is_offered(self, on: date) -> bool:
        """Whether members and visitors see it on a date."""
        begun = self.offered_from is None or self.offered_from <= on
        return self.published and begun and (self.offered_until is None or on <= self.offered_until)
