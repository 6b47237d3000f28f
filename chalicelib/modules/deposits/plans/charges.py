"""Service charges and the fee tables that attach them to products (DEP-08, DEP-48 to DEP-59)."""

from datetime import date
from typing import Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Percent, Plan, term
from chalicelib.kernel.plan_rules import (
    check_currency,
    check_decimals,
    check_distinct,
    check_given,
    check_range,
)
from chalicelib.modules.deposits.plans.interest import MAX_BANDS, check_band, check_contiguous

Routine = Literal["fixed", "percent", "per_unit", "per_band"]


class ChargeBand(Plan):
    """What is charged on a base of `from_amount` ≤ base < `to_amount` (blank: no upper end)."""

    from_amount: Amount = term(unit="money", ge=0)
    to_amount: Amount | None = term(None, unit="money", ge=0)
    amount: Amount = term(unit="money", ge=0)

    @field_validator("to_amount")
    @classmethod
    def _band_runs_upwards(cls, end: Amount | None, info: ValidationInfo) -> Amount | None:
        check_band(info.data.get("from_amount"), end)
        return end


class ChargeWaiver(Plan):
    """Who is not charged: any one condition is enough (DEP-58)."""

    minimum_balance: Amount | None = term(None, unit="money", ge=0)
    minimum_age: int | None = term(None, unit="years", ge=0, le=120)
    maximum_age: int | None = term(None, unit="years", ge=0, le=120)
    party_types: tuple[str, ...] = term((), ref="parties.party_type")


class OwnAmount(Plan):
    """What an account, or all accounts of a plan, pay for a charge instead of its own amount (DEP-49)."""

    charge: str = term(ref="deposits.service_charge")
    amount: Amount = term(unit="money", ge=0)


class ServiceCharge(Plan):
    """A charge that can be made by its code: how much, when and with which tax (DEP-48, DEP-57, DEP-59)."""

    names: Names = term()
    currency: str = term(pattern=r"^[A-Z]{3}$")
    routine: Routine = term("fixed")
    amount: Amount | None = term(None, unit="money", ge=0)
    percent: Percent | None = term(None, unit="percent", ge=0, le=100)
    minimum: Amount | None = term(None, unit="money", ge=0)
    maximum: Amount | None = term(None, unit="money", ge=0)
    free_count: int = term(0, unit="count", ge=0, le=9999)
    bands: tuple[ChargeBand, ...] = term((), max_length=MAX_BANDS)
    taxable: bool = term(False)
    timing: Literal["immediate", "cycle"] = term("immediate")
    income_role: str = term("fee_income_deposits", ref="accounting.role_map")
    waiver: ChargeWaiver = term(ChargeWaiver())
    valid_from: date | None = term(None)
    valid_to: date | None = term(None)

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str) -> str:
        return check_currency(code)

    @field_validator("amount")
    @classmethod
    def _amount_where_it_is_used(cls, amount: Amount | None, info: ValidationInfo) -> Amount | None:
        check_given(amount is not None, info.data.get("routine") in ("fixed", "per_unit"), "charge_amount")
        check_decimals(amount, info.data.get("currency"))
        return amount

    @field_validator("percent")
    @classmethod
    def _percent_where_it_is_used(cls, percent: Percent | None, info: ValidationInfo) -> Percent | None:
        check_given(percent is not None, info.data.get("routine") == "percent", "charge_percent")
        return percent

    @field_validator("minimum", "maximum")
    @classmethod
    def _bounds_only_for_percent(cls, bound: Amount | None, info: ValidationInfo) -> Amount | None:
        if bound is None:
            return None
        if info.data.get("routine") != "percent":
            raise ValueError("charge_bounds_not_allowed")
        if info.field_name == "maximum":
            check_range(info.data.get("minimum"), bound)
        check_decimals(bound, info.data.get("currency"))
        return bound

    @field_validator("free_count")
    @classmethod
    def _free_units_only_where_units_count(cls, free: int, info: ValidationInfo) -> int:
        if free and info.data.get("routine") != "per_unit":
            raise ValueError("free_count_not_allowed")
        return free

    @field_validator("bands")
    @classmethod
    def _bands_where_they_are_used(
        cls, bands: tuple[ChargeBand, ...], info: ValidationInfo
    ) -> tuple[ChargeBand, ...]:
        check_given(bool(bands), info.data.get("routine") == "per_band", "bands")
        check_contiguous([(band.from_amount, band.to_amount) for band in bands])
        return bands

    @field_validator("valid_to")
    @classmethod
    def _dates_in_order(cls, valid_to: date | None, info: ValidationInfo) -> date | None:
        check_range(info.data.get("valid_from"), valid_to, "dates_out_of_order")
        return valid_to


class FeeLine(Plan):
    """One charge of a fee table and what sets it off; `amount` replaces the charge's own."""

    charge: str = term(ref="deposits.service_charge")
    trigger: Literal["cycle", "transaction", "statement", "closing"] = term()
    transaction_code: str | None = term(None, ref="deposits.transaction_code")
    amount: Amount | None = term(None, unit="money", ge=0)

    @field_validator("transaction_code")
    @classmethod
    def _code_only_for_transactions(cls, code: str | None, info: ValidationInfo) -> str | None:
        check_given(code is not None, info.data.get("trigger") == "transaction", "transaction_code")
        return code


class FeeTable(Plan):
    """The charges of a product (DEP-08, DEP-49)."""

    names: Names = term()
    lines: tuple[FeeLine, ...] = term(())

    @field_validator("lines")
    @classmethod
    def _one_line_per_cause(cls, lines: tuple[FeeLine, ...]) -> tuple[FeeLine, ...]:
        check_distinct(
            ((line.charge, line.trigger, line.transaction_code) for line in lines), "fee_line_repeated"
        )
        return lines
