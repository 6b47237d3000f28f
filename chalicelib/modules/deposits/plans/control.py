"""Control records of deposits: the tenant's and each branch's (DEP-01 to DEP-03)."""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from chalicelib.kernel.plan import Amount, Percent, Plan, term
from chalicelib.kernel.plan_rules import check_ascending, check_distinct

MAX_AGE_CUTS = 8
AgeLimit = Annotated[int, Field(ge=1, le=3650)]


class SystemCodes(Plan):
    """The transaction code under which the bank itself, or a request without a code, records each operation."""

    cash_deposit: str | None = term(None, ref="deposits.transaction_code")
    cheque_deposit: str | None = term(None, ref="deposits.transaction_code")
    cash_withdrawal: str | None = term(None, ref="deposits.transaction_code")
    cheque_payment: str | None = term(None, ref="deposits.transaction_code")
    returned_cheque: str | None = term(None, ref="deposits.transaction_code")
    transfer_in: str | None = term(None, ref="deposits.transaction_code")
    transfer_out: str | None = term(None, ref="deposits.transaction_code")
    interest_payment: str | None = term(None, ref="deposits.transaction_code")
    interest_adjustment_credit: str | None = term(None, ref="deposits.transaction_code")
    interest_adjustment_debit: str | None = term(None, ref="deposits.transaction_code")
    withholding: str | None = term(None, ref="deposits.transaction_code")
    service_charge: str | None = term(None, ref="deposits.transaction_code")
    charge_tax: str | None = term(None, ref="deposits.transaction_code")
    overdraft_interest: str | None = term(None, ref="deposits.transaction_code")
    overdraft_write_off: str | None = term(None, ref="deposits.transaction_code")
    closing_payment: str | None = term(None, ref="deposits.transaction_code")
    unclaimed_transfer: str | None = term(None, ref="deposits.transaction_code")
    claim_restored: str | None = term(None, ref="deposits.transaction_code")
    maintenance: str | None = term(None, ref="deposits.transaction_code")


class DepositControl(Plan):
    """Rules of all deposit accounts of the tenant, online and in batch alike."""

    calendar: str | None = term(None, ref="administration.calendar")
    system_codes: SystemCodes = term(SystemCodes())
    code_required: bool = term(False)
    certification_hold: str | None = term(None, ref="deposits.hold_code")
    certification_charge: str | None = term(None, ref="deposits.service_charge")
    vat_rate: Percent = term("0", unit="percent", ge=0, le=100)
    withholding_default: Percent = term("0", unit="percent", ge=0, le=100)
    overdraft_age_limits: tuple[AgeLimit, ...] = term(
        (30, 60, 90), unit="days", min_length=1, max_length=MAX_AGE_CUTS
    )
    policy_overdraft_rate: Percent = term("0", unit="percent", ge=0, le=1000)
    initial_status: str | None = term(None, ref="deposits.status_code")
    inactivity_days: int = term(180, unit="days", ge=1, le=3650)
    dormancy_days: int = term(365, unit="days", ge=1, le=7300)
    unclaimed_days: int = term(3650, unit="days", ge=1, le=36500)
    unclaimed_notice_days: int = term(30, unit="days", ge=0, le=365)
    unfunded_days: int = term(30, unit="days", ge=1, le=365)
    max_backdate_days: int = term(90, unit="days", ge=0, le=366)
    audit_retention_days: int = term(3650, unit="days", ge=365, le=36500)
    unchecked_numbers: bool = term(False)
    float_day_kind: Literal["business", "calendar"] = term("business")
    limit_order: Literal["account_first", "group_first"] = term("account_first")
    batch_default_reject_pct: Percent = term("5", unit="percent", ge=0, le=100)

    @field_validator("overdraft_age_limits")
    @classmethod
    def _limits_ascend(cls, limits: tuple[int, ...]) -> tuple[int, ...]:
        check_ascending(limits, "age_limits_not_ascending")
        return limits

    @field_validator("dormancy_days", "unclaimed_days")
    @classmethod
    def _longer_than_the_stage_before(cls, days: int, info: ValidationInfo) -> int:
        before = info.data.get("inactivity_days" if info.field_name == "dormancy_days" else "dormancy_days")
        check_ascending([days] if before is None else [before, days], "inactivity_stages_not_ascending")
        return days


class BranchCharge(Plan):
    """What a branch charges instead of the charge's own amount."""

    charge: str = term(ref="deposits.service_charge")
    amount: Amount = term(unit="money", ge=0)


class BranchDepositControl(Plan):
    """What differs in one branch: fixed charge amounts and transactions that only it may use (DEP-02)."""

    fixed_charge_amounts: tuple[BranchCharge, ...] = term(())
    special_transactions: tuple[str, ...] = term((), ref="deposits.transaction_code")
    calendar: str | None = term(None, ref="administration.calendar")

    @field_validator("fixed_charge_amounts")
    @classmethod
    def _one_amount_per_charge(cls, charges: tuple[BranchCharge, ...]) -> tuple[BranchCharge, ...]:
        check_distinct((row.charge for row in charges), "charge_repeated")
        return charges

    def amount_of(self, charge: str) -> Amount | None:
        """The branch's own amount of a charge, or None."""
        return next((row.amount for row in self.fixed_charge_amounts if row.charge == charge), None)
