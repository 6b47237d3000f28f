"""Parameter kinds of accounting, and the catalogue of the roles under which modules post."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Plan, term
from chalicelib.kernel.plan_rules import check_distinct, check_given, check_range

AccountClass = Literal["asset", "liability", "equity", "income", "expense", "memo_debit", "memo_credit"]


@dataclass(frozen=True, slots=True)
class RoleMeaning:
    """What a role stands for, and the classes of account that may carry it."""

    meaning: str
    classes: frozenset[str]


def _role(meaning: str, *classes: str) -> RoleMeaning:
    return RoleMeaning(meaning, frozenset(classes))


MAX_OVERDRAFT_BUCKETS = 9
"""One more than the eight ageing cuts that the deposits control record takes."""

ROLES: Final[Mapping[str, RoleMeaning]] = {
    # cash and clearing
    "cash_on_hand": _role("Notes and coins in the branch's drawers and vault.", "asset"),
    "cheques_in_clearing": _role("Cheques received from members and not yet paid by their bank.", "asset"),
    "clearing_payable": _role("Cheques and transfers presented to us and not yet settled.", "liability"),
    "cashier_cheques_payable": _role("Cashier's cheques issued and not yet cashed.", "liability"),
    # demand deposits
    "member_deposits": _role("What the cooperative owes on savings and current accounts.", "liability"),
    "unclaimed_deposits": _role("Balances of dormant accounts kept until they are claimed.", "liability"),
    "interest_expense_demand": _role("Cost of interest on demand deposits.", "expense"),
    "interest_payable_demand": _role("Interest on demand deposits accrued and not yet paid.", "liability"),
    "tax_withheld_payable": _role("Tax withheld from members and owed to the tax authority.", "liability"),
    "fee_income_deposits": _role("Service charges earned on deposit accounts.", "income"),
    "vat_payable": _role("Value added tax on charges, owed to the tax authority.", "liability"),
    # term deposits
    "term_deposits_principal": _role("What the cooperative owes on term deposits.", "liability"),
    "interest_expense_term": _role("Cost of interest on term deposits.", "expense"),
    "interest_payable_term": _role("Interest on term deposits accrued and not yet paid.", "liability"),
    # overdrafts
    **{
        f"overdrafts_bucket_{number}": _role(f"Overdrawn balances in ageing bucket {number}.", "asset")
        for number in range(1, MAX_OVERDRAFT_BUCKETS + 1)
    },
    "overdraft_interest_receivable": _role("Overdraft interest accrued and not yet collected.", "asset"),
    "overdraft_interest_income": _role("Overdraft interest earned.", "income"),
    "allowance_overdrafts": _role("Allowance for overdrafts that may not be recovered.", "asset"),
    "memo_overdraft_interest": _role("Interest of suspended overdrafts, kept off balance.", "memo_debit"),
    "memo_contra": _role("Counterpart of memorandum entries.", "memo_credit", "memo_debit"),
    # membership
    "member_share_capital": _role("Share contributions of members.", "equity"),
    "member_withdrawals_payable": _role("Contributions owed to members who have left.", "liability"),
    "admission_fee_income": _role("Admission fees of new members.", "income"),
    # ledger mechanics
    "interbranch_due_to": _role("Owed by the branch to other branches.", "liability"),
    "interbranch_due_from": _role("Owed to the branch by other branches.", "asset"),
    "suspense_account": _role(
        "Entries without a rule or an active account, until cleared.", "liability", "asset"
    ),
    "suspense_memo": _role("As the suspense account, for memorandum entries.", "memo_debit", "memo_credit"),
    "branch_balancing": _role("Difference that balances a branch and date.", "asset", "liability"),
    "branch_balancing_memo": _role(
        "As branch balancing, for memorandum accounts.", "memo_debit", "memo_credit"
    ),
    "clearing_branch_contra": _role(
        "Counterpart of branch balancing in the clearing branch.", "asset", "liability"
    ),
    "rounding_expense": _role("Rounding differences against the cooperative.", "expense"),
    "rounding_income": _role("Rounding differences in favour of the cooperative.", "income"),
    "fx_position": _role("Counter-value of foreign currency bought and sold.", "asset", "liability"),
    "fx_gain": _role("Gain of revaluing or selling foreign currency.", "income"),
    "fx_loss": _role("Loss of revaluing or selling foreign currency.", "expense"),
    "adjustments_prior_periods": _role(
        "Corrections that belong to closed fiscal years.", "expense", "income"
    ),
    # results and own taxes
    "daily_result_debit": _role("Debit side of the daily result of a branch.", "income", "expense"),
    "daily_result_credit": _role("Result of the current year, where the daily result is credited.", "equity"),
    "retained_result": _role("Result of closed years, until the assembly distributes it.", "equity"),
    "tax_expense": _role("Taxes borne by the cooperative.", "expense"),
    "municipal_tax_payable": _role("Municipal tax assessed and not yet paid.", "liability"),
}
"""Every role a module may post under: one name, one meaning, in every tenant."""


class Account(Plan):
    """An account of the chart (ACC-05 to ACC-10).

    Its code, digits alone that begin with its parent's, is the code of the parameter set.
    """

    names: Names = term()
    account_class: AccountClass = term()
    normal_side: Literal["debit", "credit"] = term()
    level: int = term(ge=1, le=9)
    parent: str | None = term(None, ref="accounting.account")
    postable: bool = term(False)
    currency_mode: Literal["base", "any", "foreign"] = term("any")
    confidentiality_level: int = term(0, ge=0, le=99)
    minimum_balance: Amount | None = term(None, unit="money")
    maximum_balance: Amount | None = term(None, unit="money")
    minimum_transaction: Amount | None = term(None, unit="money", ge=0)
    maximum_transaction: Amount | None = term(None, unit="money", ge=0)
    third_party_type: Literal["none", "exempt", "taxed"] = term("none")
    product: str = term("", max_length=30)
    own: bool = term(False)
    active: bool = term(True)

    @field_validator("parent")
    @classmethod
    def _only_the_first_level_has_no_parent(cls, parent: str | None, info: ValidationInfo) -> str | None:
        if (info.data.get("level") == 1) != (parent is None):
            raise ValueError("account_level_and_parent")
        return parent

    @field_validator("maximum_balance", "maximum_transaction")
    @classmethod
    def _minimum_before_maximum(cls, most: Amount | None, info: ValidationInfo) -> Amount | None:
        least = info.data.get(str(info.field_name).replace("maximum", "minimum"))
        check_range(least, most)
        return most


class RoleOverride(Plan):
    """Another account for a product, a branch, or a product at a branch."""

    product: str = term("", max_length=30)
    branch: str | None = term(None, ref="administration.branch")
    account: str = term(ref="accounting.account")

    @field_validator("branch")
    @classmethod
    def _narrows_something(cls, branch: str | None, info: ValidationInfo) -> str | None:
        if branch is None and not info.data.get("product"):
            raise ValueError("override_without_condition")
        return branch


class RoleMap(Plan):
    """The ledger account of a role; its code, a name in ROLES, is the code of the parameter set."""

    account: str = term(ref="accounting.account")
    overrides: tuple[RoleOverride, ...] = term(())

    @field_validator("overrides")
    @classmethod
    def _one_override_per_condition(cls, overrides: tuple[RoleOverride, ...]) -> tuple[RoleOverride, ...]:
        check_distinct(((row.product, row.branch) for row in overrides), "override_repeated")
        return overrides

    def account_for(self, product: str = "", branch: str = "") -> str:
        """The most specific account: product at branch, then branch, then product, then the role's own."""
        by_condition = {(row.product, row.branch or ""): row.account for row in self.overrides}
        for condition in ((product, branch), ("", branch), (product, "")):
            if any(condition) and condition in by_condition:
                return by_condition[condition]
        return self.account


class AccountingControl(Plan):
    """How the ledger of the institution, or of one branch, is kept (ACC-42, ACC-43, ACC-67).

    Suspense accounts left blank are those of the roles suspense_account and suspense_memo.
    """

    posting_mode: Literal["immediate", "batch"] = term("immediate")
    late_days: int = term(5, unit="days", ge=0, le=366)
    fiscal_year_end_month: int = term(12, ge=1, le=12)
    fiscal_year_end_day: int = term(31, ge=1, le=31)
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


KINDS: Final[Mapping[str, type[Plan]]] = {
    "accounting.account": Account,
    "accounting.role_map": RoleMap,
    "accounting.control": AccountingControl,
    "accounting.voucher_concept": VoucherConcept,
}

SINGLETONS: Final = frozenset({"accounting.control"})
"""Kinds whose only set has the code `main`."""

SCOPES: Final[Mapping[str, tuple[str, ...]]] = {"accounting.control": ("tenant", "branch")}
"""Kinds that may be set at other scopes than the tenant."""
