"""The catalogue of the roles under which modules post."""

from collections.abc import Mapping
from typing import Final

from chalicelib.kernel.dataclass import dataclass


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
    "interbranch_memo_due_to": _role(
        "Owed by the branch to other branches, off balance.", "memo_credit", "memo_debit"
    ),
    "interbranch_memo_due_from": _role(
        "Owed to the branch by other branches, off balance.", "memo_debit", "memo_credit"
    ),
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
    "clearing_branch_contra_memo": _role(
        "As the counterpart in the clearing branch, for memorandum accounts.", "memo_debit", "memo_credit"
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
