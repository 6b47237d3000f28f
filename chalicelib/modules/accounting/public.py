"""What accounting offers to other modules.

Balances are integers in minor units, debit positive and credit negative: what the cooperative owes is negative.
"""

from datetime import date

from chalicelib.modules.accounting import closing
from chalicelib.modules.accounting.domain.sheet import LedgerSheet
from chalicelib.modules.accounting.domain.trial_balance import TrialBalance
from chalicelib.modules.accounting.reports.trial_balance import LedgerQuery, trial_balance_of
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.branches import Cover
from chalicelib.modules.accounting.service.entries import register_source
from chalicelib.modules.accounting.service.periods import check_open
from chalicelib.modules.accounting.service.trades import register_customer_names
from chalicelib.platform.work import UnitOfWork

__all__ = [
    "LedgerSheet",
    "TrialBalance",
    "balance",
    "check_open",
    "close_ledger",
    "proof",
    "rederived",
    "register_customer_names",
    "register_source",
    "sheet_on",
    "trial_balance",
]

close_ledger = closing.close_ledger
proof = closing.proof
rederived = closing.rederived
sheet_on = sheets.on_date


def balance(
    work: UnitOfWork, branch: str, role_or_account: str, product: str | None, currency: str, on: date
) -> int:
    """What a branch's ledger shows after a date under a role, or on a ledger account (digits alone).

    ``product`` None sums all products. The balance of a role counts what was posted under it, whichever accounts
    carried it, suspense included. To ask for several balances of a branch, take ``sheet_on`` once.
    """
    sheet = sheet_on(work, branch, on)
    if role_or_account.isdigit():
        return sheet.balance_of_account(role_or_account, currency, product)
    return sheet.balance_of_role(role_or_account, currency, product)


def trial_balance(
    work: UnitOfWork,
    on: date,
    *,
    branch: str = "",
    since: date | None = None,
    level: int | None = None,
    currency: str = "",
    without_interbranch: bool = False,
) -> TrialBalance:
    """The trial balance of a branch, or of all in the caller's scope; ``difference`` is zero in a sound ledger."""
    query = LedgerQuery(Cover(branch), on, since, currency, level, without_interbranch)
    return trial_balance_of(work, query).balance
