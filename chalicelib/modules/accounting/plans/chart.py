"""The chart of accounts, and the map from roles to its accounts."""

from typing import Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Plan, term
from chalicelib.kernel.plan_rules import check_distinct, check_range

AccountClass = Literal["asset", "liability", "equity", "income", "expense", "memo_debit", "memo_credit"]


class Account(Plan):
    """An account of the chart (ACC-05 to ACC-10).

    Its code, digits alone that begin with its parent's, is the code of the parameter set. A branch may have a set
    of its own (ACC-08): what the account is stays the institution's; its limits, product and use are the branch's.
    """

    names: Names = term()
    account_class: AccountClass = term(common=True)
    normal_side: Literal["debit", "credit"] = term(common=True)
    level: int = term(ge=1, le=9, common=True)
    parent: str | None = term(None, ref="accounting.account", common=True)
    postable: bool = term(False, common=True)
    currency_mode: Literal["base", "any", "foreign"] = term("any", common=True)
    confidentiality_level: int = term(0, ge=0, le=99)
    minimum_balance: Amount | None = term(None, unit="money")
    maximum_balance: Amount | None = term(None, unit="money")
    minimum_transaction: Amount | None = term(None, unit="money", ge=0)
    maximum_transaction: Amount | None = term(None, unit="money", ge=0)
    third_party_type: Literal["none", "exempt", "taxed"] = term("none")
    product: str = term("", max_length=30)
    interbranch: bool = term(True)
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
