"""Forgotten accounts: when their holder is told and their money moves; and accounts never funded (DEP-126).

All of it follows from the date of the holder's last movement and the control record; an account is written on the day
of its notice, of its transfer and of its claim, and on no other.
"""

from datetime import date, timedelta

from chalicelib.kernel.errors import Conflict
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.modules.deposits.plans import DepositControl

UNCLAIMED = "unclaimed"
"""Component of an account's leg that moves its money to the unclaimed funds, or back."""
ASLEEP = (AccountState.INACTIVE, AccountState.DORMANT)


class NotUnclaimed(Conflict):
    """The account's money is not among the unclaimed funds."""

    code = "not_unclaimed"


class UnclaimedFundsRemain(Conflict):
    """The account's money is among the unclaimed funds; it is claimed before the account closes."""

    code = "unclaimed_funds_remain"


def falls_due_on(account: DemandAccount, control: DepositControl) -> date | None:
    """The first day on which the money of a sleeping account counts as unclaimed, unless its holder moves."""
    moved = account.last_member_movement
    if moved is None or account.state not in ASLEEP:
        return None
    return moved + timedelta(days=control.unclaimed_days + 1)


def is_unclaimed(account: DemandAccount, on: date, control: DepositControl) -> bool:
    """Whether the close of a date finds that the account's money goes to the unclaimed funds."""
    due = falls_due_on(account, control)
    return due is not None and due <= on


def is_told(account: DemandAccount, on: date, control: DepositControl) -> bool:
    """Whether the close of a date tells the holder what is going to happen."""
    due = falls_due_on(account, control)
    if due is None or account.unclaimed_notice_on:
        return False
    return due - timedelta(days=control.unclaimed_notice_days) <= on


def never_funded(account: DemandAccount, on: date, control: DepositControl) -> bool:
    """Whether the close of a date finds that the account was opened too long ago without a first deposit."""
    if account.state is not AccountState.PENDING_FUNDING or account.ledger_minor:
        return False
    return account.opened_on < on - timedelta(days=control.unfunded_days)
