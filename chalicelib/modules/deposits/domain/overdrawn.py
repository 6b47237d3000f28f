"""An account below zero: what it may still spend, what interest it owes, and which part of that is due now."""

from dataclasses import replace
from datetime import date, timedelta

from chalicelib.kernel.accrual import DailySteps, to_money, units_of
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.overdraft import (
    OwnLimit,
    Slice,
    debit_of,
    debit_units,
    limit_minor,
    slices,
    terms_on,
)

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cycle:
    """The end of a cycle of overdraft interest that the closing of ``closing_date`` charges."""

    end: date
    closing_date: date


@dataclass(frozen=True, slots=True)
class Position:
    """An account's overdraft on a day: limits with what is used of them, since when, and its n-th day (0: none).

    ``float_limit`` is the most of uncleared funds that may be drawn on, by the group ``float_group``.
    """

    limit: Money
    float_limit: Money
    float_group: str
    spendable: Money
    overdrawn: Money
    since: date | None
    days: int
    slices: tuple[Slice, ...]


def spendable_minor(account: DemandAccount, limits_minor: int, on: date, float_minor: int = 0) -> int:
    """What can be taken out on a date: what is neither held nor uncleared, and the limits in force (formula 6).

    Of uncleared funds as much as their own limit lets be drawn on, and never more than there are. Never below zero.
    """
    drawable = min(float_minor, max(0, account.uncleared_on(on).minor))
    return max(0, account.free_on(on) + limits_minor + drawable)


def position(account: DemandAccount, on: date, steps: DailySteps) -> Position:
    """The overdraft of an account as it stands on its open date."""
    terms, own = terms_on(debit_of(steps), on), account.overdraft_limits
    limit = limit_minor(terms, own, on)
    since = account.overdrawn_at(on)
    days = (on - since).days + 1 if since else 0
    overdrawn = max(0, -account.ledger_minor)
    return Position(
        Money(limit, account.currency),
        Money(terms.float_minor, account.currency),
        terms.float_group,
        Money(spendable_minor(account, limit, on, terms.float_minor), account.currency),
        Money(overdrawn, account.currency),
        since,
        days,
        tuple(slices(terms, own, overdrawn, on, max(1, days))),
    )


def debit_collected(account: DemandAccount, minor: int, *, online: bool) -> DemandAccount:
    """The account after interest on its overdraft was charged; a negative amount undoes a charge.

    What the open day collects is remembered, because the day that may still be closing had not seen it.
    """
    return replace(
        account,
        debit_units=account.debit_units - units_of(Money(minor, account.currency)),
        debit_collected_minor=account.debit_collected_minor + (minor if online else 0),
        suspended_collected_minor=account.suspended_collected_minor + (minor if account.suspended_on else 0),
    )


def debit_due(account: DemandAccount, business_date: date, steps: DailySteps, cycle: Cycle | None) -> Money:
    """Interest of all days before an open date that a rise of the balance pays; what rounding leaves stays accrued.

    What the closing under way charges for its cycle is left to it, so that the closed day does not depend on what
    happens after it. Never below zero.
    """
    units = account.debit_on(business_date - ONE_DAY, steps)
    if cycle and (account.debit_charged_through or date.min) < cycle.end:
        units -= units_of(cycle_due(account, cycle, steps))
    return _owed(units, account.currency)


def debit_overpaid(account: DemandAccount, business_date: date, steps: DailySteps) -> Money:
    """Interest of the days before an open date that was collected and is not owed any more. Never below zero."""
    units = account.debit_on(business_date - ONE_DAY, steps)
    return _owed(-units, account.currency)


def cycle_due(account: DemandAccount, cycle: Cycle, steps: DailySteps) -> Money:
    """Interest of all days up to the end of a cycle, as the closing that charges it finds it. Never below zero."""
    return _owed(_units_through(account, cycle.end, cycle.closing_date, steps), account.currency)


def suspended(account: DemandAccount, closing_date: date, steps: DailySteps) -> DemandAccount:
    """The account with its accrual suspended by a close: interest from that date on is kept off the balance sheet."""
    later = account.debit_collected_minor if account.ledger_date > closing_date else 0
    return replace(
        account,
        suspended_on=closing_date,
        suspended_units=_units_through(account, closing_date - ONE_DAY, closing_date, steps),
        suspended_collected_minor=later,
    )


def resumed(account: DemandAccount) -> DemandAccount:
    """The account whose interest is income again."""
    return replace(account, suspended_on=None, suspended_units=0, suspended_collected_minor=0)


def memo_units(account: DemandAccount, closing_date: date, last_day: date, steps: DailySteps) -> int:
    """Units of interest that a close keeps in memorandum accounts; what is collected pays the older ones first."""
    if not account.suspended_on:
        return 0
    later = account.debit_collected_minor if account.ledger_date > closing_date else 0
    collected = Money(account.suspended_collected_minor - later, account.currency)
    income = max(0, account.suspended_units - units_of(collected))
    return max(0, account.debit_at_close(closing_date, last_day, steps) - income)


def _units_through(account: DemandAccount, end: date, closing_date: date, steps: DailySteps) -> int:
    """Units owed for the days up to the end of one, as the closing of a date finds them."""
    units = account.debit_at_close(closing_date, end, steps)
    through = account.debit_through
    if through and through > end:
        first = end + ONE_DAY
        later = account.ledger_date > end
        balance = account.opening_minor if later else account.ledger_minor
        since = account.overdrawn_since if later else account.overdrawn_at(account.ledger_date)
        if since:
            prices, own = debit_of(steps), account.overdraft_limits
            units -= debit_units(prices, own, balance, since, first, through)
    return units


def with_limit(account: DemandAccount, limit: OwnLimit, closing_date: date) -> DemandAccount:
    """The account with a limit set or changed; limits that ended before the date being closed are forgotten.

    The account must be settled: what was accrued goes by the limits as they were.
    """
    kept = [row for row in account.overdraft_limits if row.id != limit.id and row.valid_until >= closing_date]
    rows = sorted([*kept, limit], key=lambda row: (row.valid_from, row.id))
    return replace(account, overdraft_limits=tuple(rows))


def _owed(units: int, currency: str) -> Money:
    return max(to_money(units, currency), Money.zero(currency))
