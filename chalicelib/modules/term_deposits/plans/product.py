"""The term deposit plan: a product as data (TDP-01, TDP-53 to TDP-61, TDP-80, TDP-86, TDP-131)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.calendar import Shift
from chalicelib.kernel.day_count import Convention
from chalicelib.kernel.money import UnknownCurrency, currency
from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Percent, Plan, term
from chalicelib.kernel.plan_rules import check_distinct, check_given, check_range
from chalicelib.kernel.rounding import RoundingMode
from chalicelib.kernel.term_interest import NoFixedBase, fixed_base
from chalicelib.kernel.term_schedule import PeriodUnit, Reinvestment
from chalicelib.modules.term_deposits.plans.rules import LONGEST_DAYS, EarlyCancellation, WithholdingRule

MAX_RATE_ROWS = 200


class Payment(StrEnum):
    """When interest is paid."""

    MATURITY = "maturity"
    ADVANCE = "advance"  # all of it at the opening
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    CAPITALISED = "capitalised"  # at the end of each capitalisation cycle it joins the capital
    ADVANCE_CAPITALISED = "advance_capitalised"  # at the start of each cycle


PAYMENT_MONTHS: Final = {
    Payment.MONTHLY: 1,
    Payment.QUARTERLY: 3,
    Payment.HALF_YEARLY: 6,
    Payment.YEARLY: 12,
}

CAPITALISING: Final = frozenset({Payment.CAPITALISED, Payment.ADVANCE_CAPITALISED})
PAID_IN_ADVANCE: Final = frozenset({Payment.ADVANCE, Payment.ADVANCE_CAPITALISED})


class RateRow(Plan):
    """The rate of amounts `from_amount` ≤ A < `to_amount` (blank: no upper end) for terms of `from_days` to
    `to_days`, both included (TDP-131).
    """

    from_amount: Amount = term(unit="money", ge=0)
    to_amount: Amount | None = term(None, unit="money", ge=0)
    from_days: int = term(unit="days", ge=1, le=LONGEST_DAYS)
    to_days: int = term(unit="days", ge=1, le=LONGEST_DAYS)
    rate: Percent = term(unit="percent", ge=0, le=1000)

    @field_validator("to_amount")
    @classmethod
    def _amounts_in_order(cls, end: Amount | None, info: ValidationInfo) -> Amount | None:
        start = info.data.get("from_amount")
        if start is not None and end is not None and end <= start:
            raise ValueError("band_reversed")
        return end

    @field_validator("to_days")
    @classmethod
    def _days_in_order(cls, last: int, info: ValidationInfo) -> int:
        check_range(info.data.get("from_days"), last, "band_reversed")
        return last

    def holds(self, amount: Decimal, days: int) -> bool:
        """Whether an amount for so many days falls on this row."""
        within = self.from_amount <= amount and (self.to_amount is None or amount < self.to_amount)
        return within and self.from_days <= days <= self.to_days

    def overlaps(self, other: "RateRow") -> bool:
        """Whether some amount and term fall on both rows."""
        by_days = self.from_days <= other.to_days and other.from_days <= self.to_days
        below = self.to_amount is None or other.from_amount < self.to_amount
        above = other.to_amount is None or self.from_amount < other.to_amount
        return by_days and below and above


class TermDepositPlan(Plan):
    """A product for money placed for a term. Rates are annual percentages: nominal, or effective annual.

    The overridable terms may be set for one quotation by staff. Simple interest of a nominal rate is P·r·n/N; daily
    compounding P·((1 + r/N)^n - 1); an effective rate grows to P·(1 + e)^(n/N).
    """

    names: Names = term()
    descriptions: dict[str, str] = term(default_factory=dict)
    currency: str = term(pattern=r"^[A-Z]{3}$")
    published: bool = term(False)
    offered_from: date | None = term(None)
    offered_until: date | None = term(None)

    # limits
    minimum_amount: Amount = term(unit="money", ge=0)
    maximum_amount: Amount | None = term(None, unit="money", ge=0)
    minimum_days: int = term(unit="days", ge=1, le=LONGEST_DAYS)
    maximum_days: int = term(unit="days", ge=1, le=LONGEST_DAYS)

    # rate
    rate_kind: Literal["nominal", "effective"] = term("nominal", overridable=True)
    rates: tuple[RateRow, ...] = term(min_length=1, max_length=MAX_RATE_ROWS)
    rate_min: Percent = term("0", unit="percent", ge=0, le=1000)
    rate_max: Percent | None = term(None, unit="percent", ge=0, le=1000)
    rates_to_be_confirmed: bool = term(False)
    bonus_rate: Percent | None = term(None, unit="percent", overridable=True, ge=0, le=1000)
    bonus_days: int | None = term(None, unit="days", overridable=True, ge=1, le=LONGEST_DAYS)

    # interest
    day_count: Convention = term(Convention.ACTUAL_360, overridable=True)
    compounding: Literal["simple", "daily"] = term("simple", overridable=True)
    payments: tuple[Payment, ...] = term((Payment.MATURITY,), min_length=1)
    capitalisation: Payment | None = term(None, overridable=True)
    reinvest_advance: Reinvestment = term(Reinvestment.FULL, overridable=True)
    period_unit: PeriodUnit = term(PeriodUnit.CALENDAR, overridable=True)
    interest_rounding: RoundingMode = term(RoundingMode.HALF_UP, inheritable=True)

    # maturity
    maturity_unit: PeriodUnit = term(PeriodUnit.CALENDAR, overridable=True)
    due_date_shift: Shift = term(Shift.NEXT, overridable=True)
    accrue_on_roll: bool = term(True, overridable=True)
    grace_days: int = term(0, unit="days", overridable=True, ge=0, le=365)
    maturity_rate: Percent = term("0", unit="percent", overridable=True, ge=0, le=1000)

    # what is taken from it
    withholding: WithholdingRule = term(WithholdingRule(), overridable=True)
    early_cancellation: EarlyCancellation = term(EarlyCancellation(), overridable=True)

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str) -> str:
        try:
            return currency(code).code
        except UnknownCurrency as error:
            raise ValueError("unknown_currency") from error

    @field_validator("offered_until")
    @classmethod
    def _offer_dates_in_order(cls, until: date | None, info: ValidationInfo) -> date | None:
        check_range(info.data.get("offered_from"), until, "dates_out_of_order")
        return until

    @field_validator("minimum_amount", "maximum_amount")
    @classmethod
    def _decimals_of_the_currency(cls, amount: Amount | None, info: ValidationInfo) -> Amount | None:
        code = info.data.get("currency")
        exponent = 0 if amount is None else amount.normalize().as_tuple().exponent
        if code is not None and isinstance(exponent, int) and -exponent > currency(code).decimals:
            raise ValueError("excess_decimals")
        if info.field_name == "maximum_amount":
            check_range(info.data.get("minimum_amount"), amount)
        return amount

    @field_validator("maximum_days")
    @classmethod
    def _days_in_order(cls, most: int, info: ValidationInfo) -> int:
        check_range(info.data.get("minimum_days"), most)
        return most

    @field_validator("rates")
    @classmethod
    def _one_rate_for_each_case(cls, rates: tuple[RateRow, ...]) -> tuple[RateRow, ...]:
        for position, row in enumerate(rates):
            if any(row.overlaps(other) for other in rates[:position]):
                raise ValueError("rate_rows_overlap")
        return rates

    @field_validator("rate_max")
    @classmethod
    def _rates_within_their_limits(cls, most: Percent | None, info: ValidationInfo) -> Percent | None:
        least = info.data.get("rate_min", Decimal(0))
        check_range(least, most)
        rates = [row.rate for row in info.data.get("rates", ())]
        if any(rate < least or (most is not None and rate > most) for rate in rates):
            raise ValueError("rate_outside_limits")
        return most

    @field_validator("bonus_days")
    @classmethod
    def _bonus_has_rate_and_days(cls, days: int | None, info: ValidationInfo) -> int | None:
        check_given(days is not None, info.data.get("bonus_rate") is not None, "bonus_days")
        return days

    @field_validator("compounding")
    @classmethod
    def _daily_needs_a_base(cls, compounding: str, info: ValidationInfo) -> str:
        if compounding != "daily" or "day_count" not in info.data:
            return compounding
        if info.data.get("rate_kind") == "effective":
            raise ValueError("effective_is_compounded")
        try:
            fixed_base(info.data["day_count"])
        except NoFixedBase as error:
            raise ValueError("daily_needs_fixed_base") from error
        return compounding

    @field_validator("payments")
    @classmethod
    def _no_payment_twice(cls, payments: tuple[Payment, ...], info: ValidationInfo) -> tuple[Payment, ...]:
        check_distinct(payments, "payment_repeated")
        bonus = info.data.get("bonus_rate") is not None
        if bonus and (info.data.get("compounding") == "daily" or info.data.get("rate_kind") == "effective"):
            raise ValueError("bonus_is_simple")
        return payments

    @field_validator("capitalisation")
    @classmethod
    def _capitalised_by_a_cycle(cls, cycle: Payment | None, info: ValidationInfo) -> Payment | None:
        if cycle is not None and cycle not in PAYMENT_MONTHS:
            raise ValueError("capitalisation_cycle")
        used = any(payment in CAPITALISING for payment in info.data.get("payments", ()))
        check_given(cycle is not None, used, "capitalisation")
        return cycle

    def offered_on(self, day: date) -> bool:
        """Whether whoever is not staff may see it on a day (OLB-24)."""
        begun = self.offered_from is None or self.offered_from <= day
        return self.published and begun and (self.offered_until is None or day <= self.offered_until)

    def row_for(self, amount: Decimal, days: int) -> RateRow | None:
        """The row of the rate table for an amount and a term, or None."""
        return next((row for row in self.rates if row.holds(amount, days)), None)
