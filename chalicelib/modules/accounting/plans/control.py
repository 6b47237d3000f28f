"""How a ledger is kept, and what its vouchers are about."""

from typing import Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Plan, term
from chalicelib.kernel.plan_rules import check_given


class AccountingControl(Plan):
    """How the ledger of the institution, or of one branch, is kept (ACC-42, ACC-43, ACC-67).

    Suspense accounts left blank are those of the roles suspense_account and suspense_memo, the result account that of
    retained_result. ``closing_concept`` numbers the vouchers that the close makes.
    """

    posting_mode: Literal["immediate", "batch"] = term("immediate")
    late_days: int = term(5, unit="days", ge=0, le=366)
    fiscal_year_end_month: int = term(12, ge=1, le=12)
    fiscal_year_end_day: int = term(31, ge=1, le=31)
    profit_loss_closing: Literal["automatic", "by_hand"] = term("automatic")
    result_account: str | None = term(None, ref="accounting.account")
    closing_concept: str | None = term(None, ref="accounting.voucher_concept")
    daily_result: Literal["none", "automatic"] = term("none")
    branch_balancing: Literal["none", "automatic"] = term("none")
    clearing_branch: str | None = term(None, ref="administration.branch")
    suspense_account: str | None = term(None, ref="accounting.account")
    suspense_memo_account: str | None = term(None, ref="accounting.account")
    voucher_approval: Literal["always", "over_threshold", "never"] = term("always")
    voucher_approval_threshold: Amount | None = term(None, unit="money", ge=0)
    own_branch_only: bool = term(True)
    account_limits: Literal["report", "block"] = term("report")

    @field_validator("fiscal_year_end_day")
    @classmethod
    def _day_exists_every_year(cls, day: int, info: ValidationInfo) -> int:
        month = info.data.get("fiscal_year_end_month", 1)
        if day > (28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31):
            raise ValueError("day_not_in_month")
        return day

    @field_validator("voucher_approval_threshold")
    @classmethod
    def _threshold_where_it_is_used(cls, threshold: Amount | None, info: ValidationInfo) -> Amount | None:
        check_given(threshold is not None, info.data.get("voucher_approval") == "over_threshold", "threshold")
        return threshold


class VoucherConcept(Plan):
    """What a voucher is about; it gives the voucher its number, prefix and counter (ACC-76)."""

    names: Names = term()
    prefix: str = term(pattern=r"^[A-Z][A-Z0-9]{0,7}$")
    number_digits: int = term(6, unit="count", ge=4, le=12)
    origin: Literal["manual", "automatic"] = term("manual")
    approval_required: bool = term(True)
    active: bool = term(True)
