"""Amounts that count from a day before the one they are posted on: dated back, or of the day that is being closed."""

from dataclasses import replace
from datetime import date, timedelta

from chalicelib.kernel.accrual import BalanceSteps, DailySteps, accrue
from chalicelib.modules.deposits.domain.account import DemandAccount, debit_settled, settled
from chalicelib.modules.deposits.domain.overdraft import debit_of, debit_units

ONE_DAY = timedelta(days=1)


def moved_late(
    account: DemandAccount,
    minor: int,
    business_date: date,
    value_date: date,
    past: BalanceSteps,
    steps: DailySteps,
) -> DemandAccount:
    """The account after an amount of today's date that counts for interest from an earlier day on (DEP-88).

    ``past`` are the balances by value date from ``value_date`` to yesterday. The interest of those days changes by what
    each day's own rate makes of the difference (spec 04 formula 11); what was paid meanwhile is not touched.
    """
    account = settled(account, business_date, steps)
    yesterday = business_date - ONE_DAY
    change = earned_more(past, minor, steps, value_date, yesterday)
    return replace(
        account,
        accrued_units=account.accrued_on(yesterday, steps) + change,
        accrued_through=max(account.accrued_through, yesterday),
        late_units=account.late_units + change,
        ledger_minor=account.ledger_minor + minor,
        sequence=account.sequence + 1,
    )


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
    past: BalanceSteps | None = None,
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
            ledger_date=closing_date,
            overdrawn_since=account.overdrawn_at(closing_date - ONE_DAY),
            debit_collected_minor=account.debit_collected_minor if touched else 0,
        )
        return replace(account, ledger_minor=account.ledger_minor + minor, sequence=account.sequence + 1)
    account = _debit_restated(account, minor, closing_date, value_date, steps)
    last = account.ledger_date - ONE_DAY
    own = account.balances(value_date, last)
    of_the_day = earned_more(own, minor, steps, value_date, last)
    change = earned_more(past or own, minor, steps, value_date, last)
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
