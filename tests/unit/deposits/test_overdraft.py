"""What an overdraft costs: slices, steps by days, ageing; and that it does not depend on who asks when."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.accrual import UNITS_BY_BASE, daily, flat, to_decimal, to_money
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.account import DemandAccount, moved, settled
from chalicelib.modules.deposits.domain.late import moved_in_closing
from chalicelib.modules.deposits.domain.overdraft import (
    EXCESS,
    DebitTerms,
    OwnLimit,
    Prices,
    Step,
    bucket_of,
    debit_units,
    limit_minor,
    slices,
)
from chalicelib.modules.deposits.domain.overdrawn import (
    Cycle,
    cycle_due,
    debit_collected,
    debit_due,
    spendable_minor,
)
from tests.unit.deposits.test_account import an_account

FIRST = date(2026, 5, 1)
FRIDAY, MONDAY, MONTH_END = date(2026, 5, 29), date(2026, 6, 1), date(2026, 5, 31)
DAY = timedelta(days=1)


def percent(rate: int) -> int:
    return rate * 1_000_000


def terms(**changes: object) -> DebitTerms:
    base = DebitTerms("G1", 70_000, (Step(0, percent(22)),), percent(30), UNITS_BY_BASE[360], stepped=True)
    return replace(base, **changes)


OWN = OwnLimit("odl_1", 50_000, (Step(0, percent(18)),), FIRST, date(2026, 12, 31))
STEPPED = (Step(15, percent(20)), Step(15, percent(24)), Step(0, percent(28)))
PRICES = [(date(2026, 1, 1), terms())]
EARNS = [(date(2026, 1, 1), daily("flat", flat(3_000_000), 365))]
BOTH = Prices(EARNS, [(date(2026, 1, 1), terms(group_steps=STEPPED))])


def test_slices_are_filled_account_first_then_group_then_excess() -> None:
    found = slices(terms(), (OWN,), 150_000, FIRST, 1)
    assert [(part.source, part.used_minor, part.rate_micro) for part in found] == [
        ("account", 50_000, percent(18)),
        ("group", 70_000, percent(22)),
        ("excess", 30_000, percent(30)),
    ]
    turned = slices(terms(account_first=False), (OWN,), 60_000, FIRST, 1)
    assert [(part.source, part.used_minor) for part in turned] == [("group", 60_000), ("account", 0)]


def test_a_day_of_three_slices_costs_what_the_specification_says() -> None:
    units = debit_units(PRICES, (OWN,), -150_000, FIRST, FIRST, FIRST)
    assert to_decimal(units, "USD") == Decimal("0.927778")


def test_forty_days_of_steps_cost_what_the_specification_says() -> None:
    prices = [(date(2026, 1, 1), terms(group_minor=100_000, group_steps=STEPPED))]
    units = debit_units(prices, (), -100_000, FIRST, FIRST, FIRST + 39 * DAY)
    assert to_money(units, "USD") == Money.of("26.11", "USD")


def test_without_steps_the_first_rate_holds_however_long_it_lasts() -> None:
    prices = [(date(2026, 1, 1), terms(group_minor=100_000, group_steps=STEPPED, stepped=False))]
    units = debit_units(prices, (), -100_000, FIRST, FIRST, FIRST + 35 * DAY)
    assert to_money(units, "USD") == Money.of("20.00", "USD")


def test_a_limit_that_ends_leaves_the_overdraft_to_the_policy_rate() -> None:
    ending = replace(OWN, valid_until=FIRST)
    prices = [(date(2026, 1, 1), terms(group="", group_minor=0))]
    assert limit_minor(prices[0][1], (ending,), FIRST) == 50_000
    assert limit_minor(prices[0][1], (ending,), FIRST + DAY) == 0
    [only] = slices(prices[0][1], (ending,), 36_000, FIRST + DAY, 2)
    assert (only.source, only.rate_micro) == (EXCESS, percent(30))
    units = debit_units(prices, (ending,), -36_000, FIRST, FIRST, FIRST + DAY)
    assert to_decimal(units, "USD") == Decimal("0.18") + Decimal("0.30")


@pytest.mark.parametrize(("days", "bucket"), [(1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)])
def test_ageing_buckets_end_with_their_limit(days: int, bucket: int) -> None:
    assert bucket_of(days, (30, 60, 90)) == bucket


def test_spendable_is_the_balance_not_held_and_the_limits() -> None:
    assert spendable_minor(an_account(ledger_minor=10_000, held_minor=6_000), 0, FRIDAY) == 4_000
    assert spendable_minor(an_account(ledger_minor=0), 30_000, FRIDAY) == 30_000
    assert spendable_minor(an_account(ledger_minor=-40_000), 30_000, FRIDAY) == 0


limits = st.lists(
    st.builds(
        lambda minor, start, days, rate: OwnLimit(
            f"odl_{minor}",
            minor,
            (Step(3, rate), Step(0, rate * 2)),
            FIRST + start * DAY,
            FIRST + (start + days) * DAY,
        ),
        st.integers(0, 90_000),
        st.integers(0, 30),
        st.integers(0, 30),
        st.integers(0, percent(90)),
    ),
    max_size=4,
)


@given(st.integers(0, 400_000), limits, st.booleans(), st.integers(0, 60), st.integers(1, 60))
def test_slices_sum_to_the_overdrawn_amount(
    overdrawn: int, own: list[OwnLimit], account_first: bool, day: int, nth: int
) -> None:
    found = slices(terms(account_first=account_first), own, overdrawn, FIRST + day * DAY, nth)
    assert sum(part.used_minor for part in found) == overdrawn
    assert all(part.used_minor <= part.limit_minor for part in found if part.source != EXCESS)


@given(st.integers(-400_000, -1), limits, st.integers(0, 60), st.integers(0, 60), st.integers(0, 20))
def test_interest_does_not_depend_on_how_the_days_are_cut(
    balance: int, own: list[OwnLimit], days: int, cut: int, before: int
) -> None:
    prices = [(FIRST, terms(group_steps=STEPPED)), (FIRST + 7 * DAY, terms(group_minor=10_000))]
    since, last, middle = FIRST - before * DAY, FIRST + days * DAY, FIRST + min(cut, days) * DAY
    whole = debit_units(prices, own, balance, since, FIRST, last)
    parts = debit_units(prices, own, balance, since, FIRST, middle)
    assert whole == parts + debit_units(prices, own, balance, since, middle + DAY, last)
    by_day = (
        debit_units(prices, own, balance, since, FIRST + n * DAY, FIRST + n * DAY) for n in range(days + 1)
    )
    assert whole == sum(by_day)


def by_hand(closings: dict[date, int], last: date) -> int:
    """Units of every day by the closing balances, counting the days overdrawn one after another."""
    units, balance, since, day = 0, 0, None, FIRST
    while day <= last:
        balance = closings.get(day, balance)
        since = (since or day) if balance < 0 else None
        if since:
            units += debit_units(BOTH.debit, (OWN,), balance, since, day, day)
        day += DAY
    return units


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-200_000, 200_000)), max_size=12))
def test_debit_interest_equals_the_sum_over_the_history_of_closings(postings: list[tuple[int, int]]) -> None:
    account = an_account(ledger_minor=0, overdraft_limits=(OWN,))
    closings: dict[date, int] = {}
    for after, amount in sorted(postings):
        on = FIRST + after * DAY
        account = moved(account, amount, on, BOTH)
        closings[on] = account.ledger_minor
        assert account.debit_on(on - DAY, BOTH) == by_hand(closings, on - DAY)
    last = FIRST + 55 * DAY
    assert account.debit_on(last, BOTH) == by_hand(closings, last)
    assert settled(account, last + DAY, BOTH).debit_units == by_hand(closings, last)


def states(account: DemandAccount) -> tuple[object, ...]:
    """What must be the same whoever came first."""
    return (
        account.ledger_minor,
        account.closing_minor(FRIDAY),
        account.overdrawn_at(FRIDAY),
        account.overdrawn_at(MONDAY),
        account.debit_at_close(FRIDAY, MONDAY - DAY, BOTH),
        account.debit_on(MONDAY - DAY, BOTH),
        account.debit_on(MONDAY + 20 * DAY, BOTH),
    )


amounts = st.integers(-90_000, 90_000)


@given(
    history=st.lists(st.tuples(st.integers(0, 28), amounts), max_size=5),
    closing=st.lists(amounts, min_size=1, max_size=3),
    online=st.lists(amounts, min_size=1, max_size=4),
    split=st.integers(0, 4),
    value_date=st.sampled_from([FRIDAY, MONTH_END, MONDAY]),
)
def test_a_close_finds_the_same_overdraft_before_and_after_the_open_day_touches_the_account(
    history: list[tuple[int, int]], closing: list[int], online: list[int], split: int, value_date: date
) -> None:
    start = an_account(ledger_minor=0, overdraft_limits=(OWN,))
    for after, amount in sorted(history):
        start = moved(start, amount, FIRST + after * DAY, BOTH)

    def run(before: int) -> DemandAccount:
        account = start
        for amount in online[:before]:
            account = moved(account, amount, MONDAY, BOTH)
        for amount in closing:
            account = moved_in_closing(account, amount, FRIDAY, value_date, BOTH)
        for amount in online[before:]:
            account = moved(account, amount, MONDAY, BOTH)
        return account

    assert states(run(split)) == states(run(0))


@given(st.integers(-200_000, -1), st.integers(1, 300_000))
def test_what_the_cycle_of_the_close_charges_does_not_depend_on_a_deposit_of_the_open_day(
    overdrawn: int, deposit: int
) -> None:
    start = moved(an_account(ledger_minor=0, overdraft_limits=(OWN,)), overdrawn, date(2026, 5, 4), BOTH)
    cycle = Cycle(MONTH_END, FRIDAY)

    def charged(account: DemandAccount) -> tuple[DemandAccount, Money]:
        due = cycle_due(account, cycle, BOTH)
        account = replace(account, debit_charged_through=cycle.end)
        account = moved_in_closing(account, -due.minor, FRIDAY, MONTH_END + DAY, BOTH)
        return debit_collected(account, due.minor, online=False), due

    def deposited(account: DemandAccount) -> tuple[DemandAccount, Money]:
        due = min(debit_due(account, MONDAY, BOTH, cycle), Money(deposit, "USD"))
        account = moved(account, deposit - due.minor, MONDAY, BOTH)
        return debit_collected(account, due.minor, online=True), due

    early, due = charged(start)
    early, paid = deposited(early)
    late, paid_first = deposited(start)
    late, due_later = charged(late)
    assert (due, paid) == (due_later, paid_first)
    assert states(early) == states(late)


def test_collecting_takes_the_rounded_interest_and_keeps_the_rest() -> None:
    account = moved(an_account(ledger_minor=0, overdraft_limits=(OWN,)), -50_000, FIRST, BOTH)
    account = settled(account, FIRST + 7 * DAY, BOTH)
    due = debit_due(account, FIRST + 7 * DAY, BOTH, None)
    assert due == Money.of("1.75", "USD")
    left = debit_collected(account, due.minor, online=True)
    assert left.debit_units == 0
    assert left.debit_at_close(FIRST + 6 * DAY, FIRST + 6 * DAY, BOTH) == account.debit_units
