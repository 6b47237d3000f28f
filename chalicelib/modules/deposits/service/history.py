"""An account's balances by value date, which is what interest counts; derived from its movements."""

from collections.abc import Callable
from datetime import date, timedelta

from chalicelib.kernel.entry import Entry, Side
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.late import Past
from chalicelib.modules.deposits.domain.movement import is_late
from chalicelib.modules.deposits.domain.uncleared import Balances, release_of
from chalicelib.modules.deposits.repository import histories
from chalicelib.platform.posting.accounts import PostingDay
from chalicelib.platform.posting.records import Movement
from chalicelib.platform.work import UnitOfWork

ONE_DAY = timedelta(days=1)


def balances_by_value_date(work: UnitOfWork, account: DemandAccount, first: date, last: date) -> Balances:
    """Balances that counted for interest from a day to another, from today's balance backwards."""
    return _balances(_rows(work, account, first), account, first, last, counted_from)


def past(work: UnitOfWork, account: DemandAccount, entry: Entry, day: PostingDay) -> Past | None:
    """The days that an entry changes afterwards: those that the account has accrued already."""
    first = entry.value_date
    if day.closing:
        if account.ledger_date <= day.business_date:
            return None
        return Past(balances_by_value_date(work, account, first, account.ledger_date - ONE_DAY))
    if not is_late(entry, day):
        return None
    rows, last = _rows(work, account, first), day.business_date - ONE_DAY
    earned = _balances(rows, account, first, last, counted_from)
    owed = _balances(rows, account, first, last, owed_from)
    taken = sum(
        leg.money.minor for leg in entry.legs if leg.account_id == account.id and leg.side is Side.DEBIT
    )
    if min(balance for _, balance in owed) - taken >= 0:
        return Past(earned)
    limits = tuple(limit.priced for limit in repository.overdraft_limits(work, account.id))
    return Past(earned, owed, _overdrawn_since(work, account, first, owed[0][1]), limits)


def counted_from(row: Movement) -> date:
    """From which day a movement counts for interest earned."""
    return row.value_date


def owed_from(row: Movement) -> date:
    """From which day a movement counts for an overdraft: uncleared funds from the day that they were deposited."""
    return row.business_date if release_of(row.component) else row.value_date


def _rows(work: UnitOfWork, account: DemandAccount, first: date) -> list[Movement]:
    """The movements that may count from a day on or later.

    The close may let one count from the day after its own, so that the last dates before are looked at too.
    """
    return [
        *histories.movements_before(work, account, first.isoformat()),
        *histories.movements(work, account, first, date.max),
    ]


def _balances(
    rows: list[Movement],
    account: DemandAccount,
    first: date,
    last: date,
    counts_from: Callable[[Movement], date],
) -> Balances:
    changes: dict[date, int] = {}
    for row in rows:
        day = counts_from(row)
        if day > first:
            changes[day] = changes.get(day, 0) + row.minor
    balance = account.ledger_minor - sum(changes.values())
    steps = [(first, balance)]
    for day, minor in sorted(changes.items()):
        balance += minor
        if day <= last:
            steps.append((day, balance))
    return steps


def _overdrawn_since(work: UnitOfWork, account: DemandAccount, day: date, balance: int) -> date | None:
    """The first day of the overdraft that a day's balance is part of; None where it is not below zero."""
    if balance >= 0:
        return None
    if account.overdrawn_since and account.overdrawn_since <= day:
        return account.overdrawn_since
    changes: dict[date, int] = {}
    for row in histories.movements(work, account, account.opened_on, day):
        if owed_from(row) <= day:
            changes[owed_from(row)] = changes.get(owed_from(row), 0) + row.minor
    since = account.opened_on
    for changed in sorted(changes, reverse=True):
        since = changed
        balance -= changes[changed]
        if balance >= 0:
            break
    return since
