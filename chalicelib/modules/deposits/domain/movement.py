"""May this posting happen on this account? The checks of codes, states, holds and funds, and the account after it."""

from dataclasses import replace
from typing import Any

from chalicelib.kernel.entry import Entry, Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.account import (
    AccountState,
    DemandAccount,
    moved,
    moved_in_closing,
)
from chalicelib.modules.deposits.domain.overdraft import BEYOND_LIMITS, INTEREST
from chalicelib.modules.deposits.domain.overdraft_terms import limits_on
from chalicelib.modules.deposits.domain.overdrawn import debit_collected, spendable_minor
from chalicelib.modules.deposits.domain.status import allowed, code_of_leg, status_of, steps_of
from chalicelib.modules.deposits.domain.terms import Parameters, minor, terms_of
from chalicelib.modules.deposits.errors import (
    AccountClosed,
    AccountHeld,
    BackdatingNotAllowed,
    BelowMinimumBalance,
    CurrencyMismatch,
    InsufficientFunds,
    StatusForbids,
    WrongSide,
)
from chalicelib.modules.deposits.plans import TransactionCode


def after_leg(
    account: DemandAccount, leg: Leg, entry: Entry, day: Any, parameters: Parameters
) -> DemandAccount:
    """The account after a leg of an entry.

    ``day`` has business_date, open_date and closing (platform PostingDay). Raises what forbids the posting; reversals
    pass the checks of code and status, never those of funds.
    """
    change = leg.change(Side.CREDIT).minor
    _, code = code_of_leg(parameters, entry.code, change, day.business_date, leg.component)
    if account.currency != leg.money.currency:
        raise CurrencyMismatch("amount.currency", currency=account.currency)
    if account.state is AccountState.CLOSED:
        raise AccountClosed("account_id")
    if not entry.reverses:
        check_code(code, change)
        if leg.component != INTEREST:
            check_status(account, code, change, parameters, day)
    if change < 0 and not day.closing and leg.component not in (BEYOND_LIMITS, INTEREST):
        check_funds(account, -change, parameters, day)
    steps = steps_of(parameters, account, day.business_date)
    if day.closing:
        changed = moved_in_closing(account, change, day.business_date, entry.value_date, steps)
    elif entry.value_date != entry.business_date and not entry.reverses:
        raise BackdatingNotAllowed("value_date", business_date=day.business_date.isoformat())
    else:
        changed = moved(account, change, day.business_date, steps)
    if leg.component == INTEREST:
        changed = debit_collected(changed, -change, online=not day.closing)
    return _noted(changed, code, change, day, parameters)


def check_code(code: TransactionCode, change: int) -> None:
    """Raises WrongSide where the code is for the other side or moves no money (DEP-70)."""
    if not code.monetary or (code.side == "credit") != (change > 0):
        raise WrongSide("code")


def check_status(
    account: DemandAccount, code: TransactionCode, change: int, parameters: Parameters, day: Any
) -> None:
    """Raises StatusForbids or AccountHeld where the account's status or a hold on all of it stops the posting.

    Once its overdraft is written off an account only takes recoveries, whatever its status allows.
    """
    if account.state is AccountState.WRITTEN_OFF and change < 0:
        raise StatusForbids("account_id", status=account.status)
    if not code.check_status:
        return
    may = allowed(parameters, account.status, day.business_date)
    if not (may.credit if change > 0 else may.debit):
        raise StatusForbids("account_id", status=account.status)
    if account.credits_stopped if change > 0 else account.debits_stopped:
        raise AccountHeld("account_id")


def check_funds(account: DemandAccount, wanted: int, parameters: Parameters, day: Any) -> None:
    """Raises InsufficientFunds or BelowMinimumBalance (spec 04, formula 6).

    What can be spent is the balance that is not held and the limits in force. A minimum balance that the plan forbids
    to break counts only where no limit lets the account go below zero.
    """
    limits = limits_on(parameters, account, day.business_date)
    spendable = spendable_minor(account, limits)
    if wanted > spendable:
        available = Money(spendable, account.currency).to_api()["amount"]
        raise InsufficientFunds("amount", available=available, currency=account.currency)
    terms = terms_of(parameters, account.plan, account.overrides, day.business_date)
    if terms.minimum_balance_behaviour == "forbid" and not limits:
        least = minor(terms.minimum_balance, account.currency)
        if account.ledger_minor - wanted < least:
            raise BelowMinimumBalance("amount", minimum=str(terms.minimum_balance), currency=account.currency)


def _noted(
    account: DemandAccount, code: TransactionCode, change: int, day: Any, parameters: Parameters
) -> DemandAccount:
    """Accumulators, the date of the member's last movement, and the first funding of a new account."""
    sums = set(code.accumulators)
    account = replace(
        account,
        interest_paid_minor=account.interest_paid_minor + (change if "interest_paid_ytd" in sums else 0),
        tax_withheld_minor=account.tax_withheld_minor - (change if "tax_withheld_ytd" in sums else 0),
    )
    if code.member_initiated:
        account = replace(account, last_member_movement=day.business_date)
    if account.state is AccountState.PENDING_FUNDING and change > 0:
        status = status_of(parameters, AccountState.ACTIVE, day.business_date, account.status)
        account = replace(account, state=AccountState.ACTIVE, status=status)
    return account
