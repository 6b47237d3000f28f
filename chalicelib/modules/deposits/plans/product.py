"""The deposit plan: a savings or current-account product as data (DEP-04 to DEP-31)."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Dated, Percent, Plan, term
from chalicelib.kernel.plan_rules import (
    check_ascending,
    check_currency,
    check_decimals,
    check_distinct,
    check_given,
    check_range,
)
from chalicelib.kernel.rounding import RoundingMode
from chalicelib.modules.deposits.plans.charges import OwnAmount


class DepositPlan(Plan):
    """A deposit product. An account copies the inheritable terms when it opens; it may change the overridable ones.

    Interest comes from exactly one source, to which the spread adds: a fixed rate, a reference rate, or an interest
    code with its bands. Rates are annual percentages, days in the base `day_count_base`.
    """

    names: Names = term()
    descriptions: dict[str, str] = term(default_factory=dict)
    product_class: Literal["savings", "checking"] = term()
    currency: str = term(pattern=r"^[A-Z]{3}$")
    product_number: int = term(unit="count", ge=1, le=999)
    accounting_code: str = term(pattern=r"^[a-z][a-z0-9_]{0,29}$")
    account_group: str = term("", pattern=r"^([A-Za-z0-9][A-Za-z0-9_.-]{0,29})?$")
    published: bool = term(True)
    offered_from: date | None = term(None)
    offered_until: date | None = term(None)

    # who may hold it
    party_kinds: tuple[Literal["natural", "legal"], ...] = term(("natural", "legal"), min_length=1)
    party_types: tuple[str, ...] = term((), ref="parties.party_type")
    minimum_age: int | None = term(None, unit="years", ge=0, le=120)
    maximum_age: int | None = term(None, unit="years", ge=0, le=120)

    # interest
    pays_interest: bool = term(False, inheritable=True, overridable=True)
    rate_type: Literal["fixed", "variable"] = term("fixed", inheritable=True, overridable=True)
    fixed_rate: Percent | None = term(None, unit="percent", overridable=True, ge=0, le=1000)
    scheduled_rates: tuple[Dated[Percent], ...] = term((), overridable=True)
    reference_rate: str | None = term(None, ref="deposits.reference_rate", overridable=True)
    spread: Percent = term("0", unit="percent", overridable=True, ge=-100, le=100)
    interest_code: str | None = term(None, ref="deposits.interest_code", overridable=True)
    credit_method: Literal["flat", "tiered", "banded"] = term("flat", overridable=True)
    debit_method: Literal["flat", "stepped"] = term("flat", overridable=True)
    balance_basis: Literal["ledger", "collected", "cycle_minimum", "cycle_average"] = term(
        "collected", overridable=True
    )
    day_count_base: Literal[360, 365] = term(365, unit="days", overridable=True)
    interest_cycle: str | None = term(None, ref="administration.cycle", overridable=True)
    interest_payment_method: Literal["self", "account", "cheque"] = term("self", overridable=True)
    interest_rounding: RoundingMode = term(RoundingMode.HALF_UP, inheritable=True)
    withholding_applies: bool = term(True, overridable=True)
    withholding_pct: Percent | None = term(None, unit="percent", overridable=True, ge=0, le=100)

    # balances
    opening_minimum: Amount = term("0", unit="money", overridable=True, ge=0)
    minimum_balance: Amount = term("0", unit="money", overridable=True, ge=0)
    minimum_balance_behaviour: Literal["forbid", "fee", "inform"] = term("forbid", overridable=True)
    minimum_balance_charge: str | None = term(None, ref="deposits.service_charge", overridable=True)
    minimum_balance_base: Literal["lowest_day", "cycle_average"] = term("lowest_day", overridable=True)

    # charges and statements
    fee_table: str | None = term(None, ref="deposits.fee_table", overridable=True)
    charge_amounts: tuple[OwnAmount, ...] = term((), overridable=True)
    fee_cycle: str | None = term(None, ref="administration.cycle", overridable=True)
    statement_cycle: str | None = term(None, ref="administration.cycle", overridable=True)
    history_retention_days: int = term(0, unit="days", ge=0, le=36500)

    # overdraft and cheques
    od_group_ordinary: str | None = term(None, ref="deposits.overdraft_group", overridable=True)
    od_group_float: str | None = term(None, ref="deposits.overdraft_group", overridable=True)
    od_interest_cycle: str | None = term(None, ref="administration.cycle", overridable=True)
    allows_cheques: bool = term(False, overridable=True)

    initial_status: str | None = term(None, ref="deposits.status_code", overridable=True)

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str) -> str:
        return check_currency(code)

    @field_validator("offered_until")
    @classmethod
    def _offer_dates_in_order(cls, until: date | None, info: ValidationInfo) -> date | None:
        check_range(info.data.get("offered_from"), until, "dates_out_of_order")
        return until

    @field_validator("maximum_age")
    @classmethod
    def _ages_in_order(cls, most: int | None, info: ValidationInfo) -> int | None:
        check_range(info.data.get("minimum_age"), most)
        return most

    @field_validator("scheduled_rates")
    @classmethod
    def _scheduled_rates_in_order(
        cls, rates: tuple[Dated[Decimal], ...], info: ValidationInfo
    ) -> tuple[Dated[Decimal], ...]:
        check_ascending(rate.effective_from for rate in rates)
        if rates and info.data.get("fixed_rate") is None:
            raise ValueError("scheduled_rates_need_fixed_rate")
        return rates

    @field_validator("reference_rate")
    @classmethod
    def _reference_only_for_variable(cls, reference: str | None, info: ValidationInfo) -> str | None:
        if reference is not None and info.data.get("rate_type") == "fixed":
            raise ValueError("reference_rate_not_allowed")
        return reference

    @field_validator("interest_code")
    @classmethod
    def _one_source_of_interest(cls, code: str | None, info: ValidationInfo) -> str | None:
        given = info.data
        if not {"pays_interest", "fixed_rate", "reference_rate"} <= set(given):
            return code
        sources = [rate for rate in (given["fixed_rate"], given["reference_rate"], code) if rate is not None]
        if not given["pays_interest"]:
            if sources:
                raise ValueError("rate_without_interest")
        elif not sources:
            raise ValueError("rate_source_missing")
        elif len(sources) > 1:
            raise ValueError("rate_sources_exclusive")
        return code

    @field_validator("credit_method")
    @classmethod
    def _bands_come_from_a_code(cls, method: str, info: ValidationInfo) -> str:
        if method != "flat" and info.data.get("interest_code") is None:
            raise ValueError("bands_need_interest_code")
        return method

    @field_validator("interest_cycle")
    @classmethod
    def _interest_is_paid_some_day(cls, cycle: str | None, info: ValidationInfo) -> str | None:
        if cycle is None and info.data.get("pays_interest"):
            raise ValueError("interest_cycle_missing")
        return cycle

    @field_validator("opening_minimum", "minimum_balance")
    @classmethod
    def _decimals_of_the_currency(cls, amount: Amount, info: ValidationInfo) -> Amount:
        check_decimals(amount, info.data.get("currency"))
        return amount

    @field_validator("minimum_balance_charge")
    @classmethod
    def _fee_has_a_charge(cls, charge: str | None, info: ValidationInfo) -> str | None:
        used = info.data.get("minimum_balance_behaviour") == "fee"
        check_given(charge is not None, used, "minimum_balance_charge")
        return charge

    @field_validator("charge_amounts")
    @classmethod
    def _one_amount_per_charge(cls, amounts: tuple[OwnAmount, ...]) -> tuple[OwnAmount, ...]:
        check_distinct((row.charge for row in amounts), "charge_repeated")
        return amounts

    @field_validator("fee_cycle")
    @classmethod
    def _fees_fall_due_some_day(cls, cycle: str | None, info: ValidationInfo) -> str | None:
        if cycle is None and info.data.get("minimum_balance_behaviour") == "fee":
            raise ValueError("fee_cycle_missing")
        return cycle
