"""Amounts that count from a day before the one they are posted on: dated back, or of the day that is being closed."""

from dataclasses import field, replace
from datetime import date, timedelta

from chalicelib.kernel.accrual import BalanceSteps, DailySteps, accrue
from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.deposits.domain.account import DemandAccount, debit_settled, settled
from chalicelib.modules.deposits.domain.overdraft import OwnLimit, debit_of, debit_units
from chalicelib.modules.deposits.domain.uncleared import Balances

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Past:
    """What an entry that counts from an earlier day changes: the account's days since then, as they were.

    ``earned`` are the balances that counted for interest earned; ``owed`` those of overdrafts, on which uncleared funds
    count from their deposit on; ``since`` is the first day of the overdraft that ``owed`` begins in; ``limits`` are all
    that the account had of its own on those days.
    """

    earned: Balances
    owed: Balances = field(default_factory=list)
    since: date | None = None
    limits: tuple[OwnLimit, ...] = ()


def moved_late(
    account: DemandAccount,
    minor: int,
    business_date: date,
    value_date: date,
    past: Past,
    steps: DailySteps,
) -> DemandAccount:
    """The account after an amount of today's date that counts for interest from an earlier day on (DEP-88, DEP-89).

    The interest of the days between changes by what each day's own rate, or limits and steps, make of the difference
    (spec 04 formula 11); what was paid or collected meanwhile is not touched.
    """
    account = settled(account, business_date, steps)
    yesterday = business_date - ONE_DAY
    change = earned_more(past.earned, minor, steps, value_date, yesterday)
    account = _owing_more(account, owed_more(past, minor, steps, value_date, yesterday), yesterday, steps)
    return replace(
        account,
        accrued_units=account.accrued_on(yesterday, steps) + change,
        accrued_through=max(account.accrued_through, yesterday),
        late_units=account.late_units + change,
        ledger_minor=account.ledger_minor + minor,
        sequence=account.sequence + 1,
    )


def _owing_more(account: DemandAccount, change: int, yesterday: date, steps: DailySteps) -> DemandAccount:
    """The account with the interest on overdrafts of its past days changed, which closed books do not know."""
    if not change:
        return account
    return replace(
        account,
        debit_units=account.debit_on(yesterday, steps) + change,
        debit_through=max(account.debit_through or yesterday, yesterday),
        debit_late_units=account.debit_late_units + change,
    )


def owed_more(past: Past, minor: int, steps: DailySteps, first: date, last: date) -> int:
    """Units that the days of a period cost more below zero with an amount added to each day's balance."""
    if not past.owed:
        return 0
    after = [(day, balance + minor) for day, balance in past.owed]
    return _owed(past, after, steps, first, last) - _owed(past, past.owed, steps, first, last)


def _owed(past: Past, balances: Balances, steps: DailySteps, first: date, last: date) -> int:
    """Units that balances cost from one day to another, each overdraft by its own days."""
    prices, units = debit_of(steps), 0
    since = past.since
    for place, (day, balance) in enumerate(balances):
        until = balances[place + 1][0] - ONE_DAY if place + 1 < len(balances) else last
        since = (since or day) if balance < 0 else None
        if since:
            units += debit_units(prices, past.limits, balance, since, max(day, first), min(until, last))
    return units


def earned_more(past: BalanceSteps, minor: int, steps: DailySteps, first: date, last: date) -> int:
    """Units that the days of a period earn more with an amount added to each day's balance."""
    after = [(day, balance + minor) for day, balance in past]
    return accrue(after, steps, first, last) - accrue(past, steps, first, last)


def moved_in_closing(
    account: DemandAccount,
    minor: int,
    closing_date: date,
    value_date: date,
    steps: DailySteps,
    past: Past | None = None,
) -> DemandAccount:
    """The account after an amount of the day that is being closed, counting for interest from ``value_date`` on.

    The open day may have touched the account already: then the day's closing balance and today's both move, and the
    interest of the days between is put right, as if the closing had come first. ``past`` are then the balances by value
    date, where entries of the open day count from an earlier one.
    """
    if account.ledger_date <= closing_date:
        before = value_date - ONE_DAY
        account = debit_settled(account, before, steps, minor)
        touched = account.ledger_date == closing_date
        account = replace(
            account,
            accrued_units=account.accrued_on(before, steps),
            accrued_through=max(account.accrued_through, before),
            opening_minor=account.opening_minor if touched else account.ledger_minor,
            late_units=account.late_units if touched else 0,
            debit_late_units=account.debit_late_units if touched else 0,
            ledger_date=closing_date,
            overdrawn_since=account.overdrawn_at(closing_date - ONE_DAY),
            debit_collected_minor=account.debit_collected_minor if touched else 0,
        )
        return replace(account, ledger_minor=account.ledger_minor + minor, sequence=account.sequence + 1)
    account = _debit_restated(account, minor, closing_date, value_date, steps)
    last = account.ledger_date - ONE_DAY
    own = account.balances(value_date, last)
    of_the_day = earned_more(own, minor, steps, value_date, last)
    change = earned_more(past.earned if past else own, minor, steps, value_date, last)
    return replace(
        account,
        accrued_units=account.accrued_on(last, steps) + change,
        accrued_through=last,
        late_units=account.late_units + change - of_the_day,
        opening_minor=account.opening_minor + minor,
        ledger_minor=account.ledger_minor + minor,
        sequence=account.sequence + 1,
    )


def _debit_restated(
    account: DemandAccount, minor: int, closing_date: date, value_date: date, steps: DailySteps
) -> DemandAccount:
    """Overdrawn days and their interest as they are with an amount of the closing day that the open day came before.

    The balances themselves are left to the caller.
    """
    before, after = account.opening_minor, account.opening_minor + minor
    if before >= 0 and after >= 0 and account.debit_through is None:
        return account
    last = account.ledger_date - ONE_DAY
    run = account.overdrawn_before if account.ledger_date_before == closing_date else account.overdrawn_since
    since = (run or closing_date) if after < 0 else None
    account = debit_settled(account, last, steps)
    units, prices, own = account.debit_units, debit_of(steps), account.overdraft_limits
    if since:
        units += debit_units(prices, own, after, since, value_date, last)
    if account.overdrawn_since:
        units -= debit_units(prices, own, before, account.overdrawn_since, value_date, last)
    return replace(
        account,
        debit_units=units,
        debit_through=max(account.debit_through or last, last),
        overdrawn_since=since,
        overdrawn_before=run,
        ledger_date_before=closing_date,
    )
