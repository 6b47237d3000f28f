"""An account's interest and closing balance do not depend on when the closing runs or who touches it meanwhile."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.accrual import Band, accrue, daily, flat, to_money, units_of
from chalicelib.kernel.rounding import HALF_UP
from chalicelib.modules.deposits.domain.account import (
    AccountState,
    DemandAccount,
    interest_taken,
    moved,
    settled,
)
from chalicelib.modules.deposits.domain.late import moved_in_closing

FRIDAY, MONDAY = date(2026, 5, 29), date(2026, 6, 1)
MONTH_END = date(2026, 5, 31)
STEPS = [(date(2026, 1, 1), daily("flat", flat(3_000_000), 365))]
BANDED = [
    (
        date(2026, 1, 1),
        daily(
            "banded",
            [Band(0, 100_000, 1_000_000), Band(100_000, 500_000, 2_000_000), Band(500_000, None, 3_000_000)],
            365,
        ),
    )
]


def an_account(**changes: object) -> DemandAccount:
    opened = date(2026, 5, 1)
    base = DemandAccount(
        id="dep_1",
        number="1",
        party_id="pty_1",
        branch="1",
        shard=0,
        plan="S1",
        product="savings",
        currency="USD",
        state=AccountState.ACTIVE,
        status="active",
        opened_on=opened,
        ledger_date=opened,
        accrued_through=opened - timedelta(days=1),
        ledger_minor=100_000,
    )
    return replace(base, **changes)


def test_first_posting_of_a_day_keeps_the_balance_the_day_before_closed_with() -> None:
    account = moved(an_account(), -30_000, date(2026, 5, 4), STEPS)
    assert account.closing_minor(date(2026, 5, 3)) == 100_000
    assert account.closing_minor(date(2026, 5, 4)) == 70_000
    assert moved(account, -10_000, date(2026, 5, 4), STEPS).closing_minor(date(2026, 5, 3)) == 100_000


@given(st.lists(st.tuples(st.integers(1, 27), st.integers(-50_000, 90_000)), max_size=12))
def test_accrual_equals_the_sum_over_the_history_of_balances(postings: list[tuple[int, int]]) -> None:
    account = an_account()
    history = {date(2026, 5, 1): 100_000}
    for day, amount in sorted(postings):
        on = date(2026, 5, 1) + timedelta(days=day)
        account = moved(account, amount, on, BANDED)
        history[on] = account.ledger_minor
    last = date(2026, 6, 30)
    assert account.accrued_on(last, BANDED) == accrue(sorted(history.items()), BANDED, date(2026, 5, 1), last)


@given(
    before=st.integers(-90_000, 400_000),
    online=st.lists(st.integers(-40_000, 60_000), min_size=1, max_size=4),
    split=st.integers(0, 4),
)
def test_interest_paid_at_the_close_is_the_same_before_and_after_the_open_day_touches_the_account(
    before: int, online: list[int], split: int
) -> None:
    start = moved(an_account(), before, FRIDAY, BANDED)

    def closed(account: DemandAccount) -> DemandAccount:
        account, due = interest_taken(account, MONTH_END, BANDED, HALF_UP)
        tax = due.percent(2)
        for amount in (due.minor, -tax.minor):
            if amount:
                account = moved_in_closing(account, amount, FRIDAY, MONTH_END + timedelta(days=1), BANDED)
        return account

    first = start
    for amount in online[:split]:
        first = moved(first, amount, MONDAY, BANDED)
    first = closed(first)
    for amount in online[split:]:
        first = moved(first, amount, MONDAY, BANDED)
    second = closed(start)
    for amount in online:
        second = moved(second, amount, MONDAY, BANDED)
    last = date(2026, 6, 30)
    assert first.ledger_minor == second.ledger_minor
    assert first.closing_minor(FRIDAY) == second.closing_minor(FRIDAY)
    assert first.accrued_on(MONDAY - timedelta(days=1), BANDED) == second.accrued_on(
        MONDAY - timedelta(days=1), BANDED
    )
    assert first.accrued_on(last, BANDED) == second.accrued_on(last, BANDED)


@pytest.mark.parametrize("cycle_end", [FRIDAY, date(2026, 5, 30), MONTH_END])
def test_a_cycle_that_ends_inside_the_weekend_pays_the_same_whoever_comes_first(cycle_end: date) -> None:
    start = moved(an_account(ledger_minor=12_345_678), 0, FRIDAY, STEPS)

    def closed(account: DemandAccount) -> DemandAccount:
        account, due = interest_taken(account, cycle_end, STEPS, HALF_UP)
        return moved_in_closing(account, due.minor, FRIDAY, cycle_end + timedelta(days=1), STEPS)

    early = moved(closed(start), 500, MONDAY, STEPS)
    late = closed(moved(start, 500, MONDAY, STEPS))
    sunday = MONDAY - timedelta(days=1)
    assert early.accrued_on(sunday, STEPS) == late.accrued_on(sunday, STEPS)
    assert early.closing_minor(FRIDAY) == late.closing_minor(FRIDAY)
    assert early.ledger_minor == late.ledger_minor


def test_rounding_leaves_the_rest_accrued() -> None:
    account = an_account()
    taken, due = interest_taken(account, MONTH_END, STEPS, HALF_UP)
    whole = account.accrued_on(MONTH_END, STEPS)
    assert due == to_money(whole, "USD")
    assert taken.accrued_units == whole - units_of(due)
    assert abs(taken.accrued_units) <= units_of(due)


def test_settling_twice_changes_nothing() -> None:
    once = settled(an_account(), date(2026, 5, 20), STEPS)
    assert settled(once, date(2026, 5, 20), STEPS) == once
