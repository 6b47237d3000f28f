"""An account's balances by value date, which is what interest counts; derived from its movements."""

from datetime import date, timedelta

from chalicelib.kernel.entry import Entry
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.movement import is_late
from chalicelib.modules.deposits.domain.uncleared import Balances
from chalicelib.platform.posting.accounts import PostingDay
from chalicelib.platform.work import UnitOfWork


def balances_by_value_date(work: UnitOfWork, account: DemandAccount, first: date, last: date) -> Balances:
    """Balances that counted for interest from a day to another, from today's balance backwards.

    A movement counts from its value date on; the close may give one the day after its own, so that the last dates
    before the period are looked at too.
    """
    rows = [
        *repository.movements_before(work, account.id, first.isoformat()),
        *repository.movements(work, account.id, first, date.max),
    ]
    changes: dict[date, int] = {}
    for row in rows:
        if row.value_date > first:
            changes[row.value_date] = changes.get(row.value_date, 0) + row.minor
    balance = account.ledger_minor - sum(changes.values())
    steps = [(first, balance)]
    for day, minor in sorted(changes.items()):
        balance += minor
        if day <= last:
            steps.append((day, balance))
    return steps


def past(work: UnitOfWork, account: DemandAccount, entry: Entry, day: PostingDay) -> Balances | None:
    """The balances that an entry changes afterwards: of days that the account has accrued already."""
    if day.closing:
        if account.ledger_date <= day.business_date:
            return None
        return balances_by_value_date(
            work, account, entry.value_date, account.ledger_date - timedelta(days=1)
        )
    if is_late(entry, day):
        return balances_by_value_date(work, account, entry.value_date, day.business_date - timedelta(days=1))
    return None
