"""May this posting happen on this account? The checks of codes, states, holds and funds, and the account after it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from chalicelib.kernel.entry import Entry, Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.account import (
    AccountState,
    DemandAccount,
    moved,
    moved_uncleared,
    paid_elsewhere,
)
from chalicelib.modules.deposits.domain.late import moved_in_closing, moved_late
from chalicelib.modules.deposits.domain.overdraft import BEYOND_LIMITS, INTEREST, REFUND
from chalicelib.modules.deposits.domain.overdraft_terms import float_limit_on, limits_on
from chalicelib.modules.deposits.domain.overdrawn import debit_collected, spendable_minor
from chalicelib.modules.deposits.domain.status import (
    CONTROL,
    FEES,
    OPERATIONS,
    TAKEN_BY_THE_BANK,
    allowed,
    code_of_leg,
    may_happen,
    part_of,
    status_of,
    steps_of,
)
from chalicelib.modules.deposits.domain.terms import Parameters, minor, terms_of
from chalicelib.modules.deposits.domain.unclaimed import UNCLAIMED
from chalicelib.modules.deposits.domain.uncleared import Uncleared, added, release_of
from chalicelib.modules.deposits.domain.year_sums import counted, summed
from chalicelib.modules.deposits.errors import (
    AccountClosed,
    AccountHeld,
    BackdatingNotAllowed,
    BelowMinimumBalance,
    ChargesNotCovered,
    CurrencyMismatch,
    InsufficientFunds,
    StatusForbids,
    ValueDateTooEarly,
    WrongSide,
)
from chalicelib.modules.deposits.plans import DepositControl, TransactionCode

RETURNED = "returned_cheque"
"""Operation that takes back a deposited cheque: the money was never there, whatever the account still has."""
INTEREST_DUE = "interest_due"
"""Component of a leg that pays out interest which was taken from the account before: its balance does not move.

The interest counts as the account's that earned it, wherever it goes.
"""


def after_leg(
    account: DemandAccount, leg: Leg, entry: Entry, day: Any, parameters: Parameters
) -> DemandAccount:
    """The account after a leg of an entry.

    ``day`` has business_date, open_date, closing and past (platform PostingDay). Raises what forbids the posting;
    reversals pass the checks of code and status, never those of funds.
    """
    change = leg.change(Side.CREDIT).minor
    _, code = code_of_leg(parameters, entry.code, change, day.business_date, leg.component)
    if account.currency != leg.money.currency:
        raise CurrencyMismatch("amount.currency", currency=account.currency)
    if leg.component == INTEREST_DUE:
        tax = "tax_withheld_ytd" in code.accumulators
        return paid_elsewhere(account, -change, tax, day.business_date.year)
    if account.state is AccountState.CLOSED:
        raise AccountClosed("account_id")
    if not entry.reverses:
        _check_allowed(account, leg, code, entry, day, parameters)
    unchecked = leg.component in (BEYOND_LIMITS, INTEREST) or code.operation == RETURNED
    if change < 0 and not day.closing and not unchecked:
        check_funds(account, -change, parameters, day, code, release_of(leg.component))
    changed = _changed(account, change, leg.component, entry, day, parameters)
    if leg.component == UNCLAIMED:
        changed = replace(changed, unclaimed_minor=changed.unclaimed_minor - change)
    if leg.component in (INTEREST, REFUND):
        changed = debit_collected(changed, -change, online=not day.closing)
    elsewhere = any(other.component == INTEREST_DUE for other in entry.legs)
    sums = () if elsewhere or leg.component == REFUND else code.accumulators
    more = counted(sums, change, bool(entry.reverses))
    changed = replace(changed, year_sums=summed(changed.year_sums, day.business_date.year, more))
    return _noted(changed, code, day, parameters)


def _check_allowed(
    account: DemandAccount, leg: Leg, code: TransactionCode, entry: Entry, day: Any, parameters: Parameters
) -> None:
    change = leg.change(Side.CREDIT).minor
    check_code(code, change)
    if leg.component in (INTEREST, REFUND, UNCLAIMED):
        return
    check_status(account, code, change, parameters, day)
    if release_of(leg.component) is None and not is_taken_today(leg, entry, day):
        check_value_date(account, code, entry, day, parameters)


def _changed(
    account: DemandAccount, change: int, component: str, entry: Entry, day: Any, parameters: Parameters
) -> DemandAccount:
    steps = steps_of(parameters, account, day.business_date)
    if day.closing:
        return moved_in_closing(account, change, day.business_date, entry.value_date, steps, day.past)
    release_on = release_of(component)
    if is_late(entry, day):
        late = moved_late(account, change, day.business_date, entry.value_date, day.past, steps)
        return _uncleared_taken_back(late, change, release_on) if release_on else late
    if release_on:
        terms = terms_of(parameters, account.plan, account.overrides, day.business_date)
        earns = terms.balance_basis == "ledger"
        return moved_uncleared(account, change, day.business_date, release_on, earns, steps)
    return moved(account, change, day.business_date, steps)


def _uncleared_taken_back(account: DemandAccount, change: int, release_on: date) -> DemandAccount:
    """The account after taking back, on a later day, uncleared funds that counted for interest from their deposit."""
    if release_on <= account.ledger_date:
        return account
    taken = Uncleared(account.ledger_date, release_on, change, earns=True)
    return replace(account, uncleared=added(account.uncleared, taken))


def is_late(entry: Entry, day: Any) -> bool:
    """Whether an entry counts for interest from an earlier day than the one it is posted on where the account is.

    What bears its own date as value date is of today everywhere, though branches may stand on different dates.
    """
    return entry.value_date != entry.business_date and entry.value_date < day.business_date


def is_taken_today(leg: Leg, entry: Entry, day: Any) -> bool:
    """Whether a leg is a charge that comes with funds which only count from a later day: it counts at once."""
    later = not day.closing and entry.value_date > day.business_date
    return later and part_of(leg.component) in OPERATIONS


def check_value_date(
    account: DemandAccount, code: TransactionCode, entry: Entry, day: Any, parameters: Parameters
) -> None:
    """Raises BackdatingNotAllowed or ValueDateTooEarly (DEP-86); the bank's own interest has the date it has."""
    if day.closing or entry.value_date == entry.business_date or code.operation == "interest_payment":
        return
    today = day.business_date
    if entry.value_date > today or not code.backdatable:
        raise BackdatingNotAllowed("value_date", business_date=today.isoformat())
    control: DepositControl = parameters.main(CONTROL, today)
    earliest = max(account.opened_on, today - timedelta(days=control.max_backdate_days))
    if entry.value_date < earliest:
        raise ValueDateTooEarly("value_date", earliest=earliest.isoformat(), days=control.max_backdate_days)


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
    if not may_happen(may, code, change):
        raise StatusForbids("account_id", status=account.status)
    if account.credits_stopped if change > 0 else account.debits_stopped:
        raise AccountHeld("account_id")


def check_funds(
    account: DemandAccount,
    wanted: int,
    parameters: Parameters,
    day: Any,
    code: TransactionCode,
    release_on: date | None = None,
) -> None:
    """Raises InsufficientFunds, ChargesNotCovered or BelowMinimumBalance (spec 04, formula 6).

    What can be spent is the balance that is neither held nor uncleared, and the limits in force. A minimum balance that
    the plan forbids to break counts only where no limit lets the account go below zero, for what the holder takes and
    not the bank. What takes back uncleared funds, released on ``release_on``, may use just those.
    """
    limits = limits_on(parameters, account, day.business_date)
    on_float = float_limit_on(parameters, account, day.business_date)
    spendable = spendable_minor(account, limits, release_on or day.business_date, on_float)
    if wanted > spendable:
        available = Money(spendable, account.currency).to_api()["amount"]
        refusal = ChargesNotCovered if code.operation in FEES else InsufficientFunds
        raise refusal("amount", available=available, currency=account.currency)
    if code.operation in TAKEN_BY_THE_BANK:
        return
    terms = terms_of(parameters, account.plan, account.overrides, day.business_date)
    if terms.minimum_balance_behaviour == "forbid" and not limits:
        least = minor(terms.minimum_balance, account.currency)
        if account.ledger_minor - wanted < least:
            raise BelowMinimumBalance("amount", minimum=str(terms.minimum_balance), currency=account.currency)


def _noted(account: DemandAccount, code: TransactionCode, day: Any, parameters: Parameters) -> DemandAccount:
    """The date of the member's last movement, and the first funding of a new account."""
    if code.member_initiated:
        account = replace(account, last_member_movement=day.business_date)
    return _funded(account, day.business_date, parameters)


def _funded(account: DemandAccount, business_date: date, parameters: Parameters) -> DemandAccount:
    """An account that waits for its first funds becomes active once it holds what its terms ask for at the opening."""
    if account.state is not AccountState.PENDING_FUNDING:
        return account
    terms = terms_of(parameters, account.plan, account.overrides, business_date)
    if account.ledger_minor < max(1, minor(terms.opening_minimum, account.currency)):
        return account
    status = status_of(parameters, AccountState.ACTIVE, business_date, account.status)
    return replace(account, state=AccountState.ACTIVE, status=status)
