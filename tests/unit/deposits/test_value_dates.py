"""Interest follows the value date: what is posted late earns as if it had been posted in time, and uncleared funds
earn from their release, whoever comes first, the close or the open day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.accrual import accrue
from chalicelib.kernel.rounding import HALF_UP
from chalicelib.modules.deposits.domain.account import (
    DemandAccount,
    interest_taken,
    moved,
    moved_uncleared,
)
from chalicelib.modules.deposits.domain.late import Past, moved_in_closing, moved_late
from tests.unit.deposits.test_account import BANDED, FRIDAY, MONDAY, MONTH_END, an_account

FIRST = date(2026, 5, 1)
LAST = date(2026, 6, 30)
SUNDAY = MONDAY - timedelta(days=1)
AMOUNTS = st.integers(-90_000, 400_000)


@dataclass(frozen=True)
class Posted:
    """An amount in minor units, the day it is posted and the day from which it counts."""

    on: date
    counts_from: date
    minor: int


def balances(entries: list[Posted], first: date, last: date) -> list[tuple[date, int]]:
    """Balances by value date, each from its day on; the account begins with 1,000.00."""
    days = sorted({first, *(each.counts_from for each in entries if first < each.counts_from <= last)})
    return [(day, 100_000 + sum(each.minor for each in entries if each.counts_from <= day)) for day in days]


def posted(account: DemandAccount, entries: list[Posted], more: Posted) -> DemandAccount:
    """The account after one more entry, as the posting gives it: late ones with the balances they change."""
    if more.counts_from >= more.on:
        return moved(account, more.minor, more.on, BANDED)
    past = balances(entries, more.counts_from, more.on - timedelta(days=1))
    return moved_late(account, more.minor, more.on, more.counts_from, Past(past), BANDED)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20), AMOUNTS), max_size=8))
def test_what_is_posted_late_with_its_value_date_earns_as_if_posted_in_time(
    postings: list[tuple[int, int, int]],
) -> None:
    account, entries = an_account(), list[Posted]()
    for day, late, minor in sorted(postings):
        on = FIRST + timedelta(days=day)
        entry = Posted(on, max(FIRST, on - timedelta(days=late)), minor)
        account = posted(account, entries, entry)
        entries.append(entry)
    in_time = an_account()
    for entry in sorted(entries, key=lambda each: each.counts_from):
        in_time = moved(in_time, entry.minor, entry.counts_from, BANDED)
    assert account.ledger_minor == in_time.ledger_minor
    assert account.accrued_on(LAST, BANDED) == in_time.accrued_on(LAST, BANDED)
    assert account.accrued_on(LAST, BANDED) == accrue(balances(entries, FIRST, LAST), BANDED, FIRST, LAST)


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 9), st.integers(1, 300_000), st.booleans()), max_size=8
    )
)
def test_uncleared_funds_earn_from_their_release_or_from_the_deposit_by_the_basis(
    cheques: list[tuple[int, int, int, bool]],
) -> None:
    account, entries = an_account(), list[Posted]()
    for day, wait, minor, earns in sorted(cheques):
        on, release_on = FIRST + timedelta(days=day), FIRST + timedelta(days=day + wait)
        account = moved_uncleared(account, minor, on, release_on, earns, BANDED)
        entries.append(Posted(on, on if earns else release_on, minor))
        uncleared = sum(
            each[2] for each in cheques if each <= (day, wait, minor, earns) and each[0] + each[1] > day
        )
        if len(set(cheques)) == len(cheques):
            assert account.available_on(on).minor == max(0, account.ledger_minor - uncleared)
    assert account.accrued_on(LAST, BANDED) == accrue(balances(entries, FIRST, LAST), BANDED, FIRST, LAST)
    assert account.available_on(LAST).minor == account.ledger_minor
    assert len(account.uncleared) <= 60


def test_taking_back_uncleared_funds_restores_the_account() -> None:
    before = moved(an_account(), 5, FRIDAY, BANDED)
    deposited = moved_uncleared(before, 70_000, FRIDAY, date(2026, 6, 3), False, BANDED)
    assert deposited.available_on(FRIDAY).minor == 100_005
    after = moved_uncleared(deposited, -70_000, FRIDAY, date(2026, 6, 3), False, BANDED)
    assert replace(after, sequence=before.sequence) == before


@given(
    before=AMOUNTS,
    cheque=st.tuples(st.integers(1, 300_000), st.integers(1, 9)),
    online=st.lists(st.tuples(st.integers(0, 25), AMOUNTS), min_size=1, max_size=4),
    cycle_end=st.sampled_from([FRIDAY, date(2026, 5, 30), MONTH_END]),
    elsewhere=st.booleans(),
)
def test_a_close_pays_and_books_the_same_before_and_after_late_entries_of_the_open_day(
    before: int,
    cheque: tuple[int, int],
    online: list[tuple[int, int]],
    cycle_end: date,
    elsewhere: bool,
) -> None:
    release_on = FRIDAY + timedelta(days=cheque[1])
    start = moved(an_account(), before, FRIDAY, BANDED)
    start = moved_uncleared(start, cheque[0], FRIDAY, release_on, False, BANDED)
    entries = [Posted(FRIDAY, FRIDAY, before), Posted(FRIDAY, release_on, cheque[0])]
    late = [Posted(MONDAY, max(FIRST, MONDAY - timedelta(days=back)), minor) for back, minor in online]

    def closed(account: DemandAccount, known: list[Posted]) -> tuple[DemandAccount, list[Posted]]:
        account, due = interest_taken(account, cycle_end, BANDED, HALF_UP)
        for minor in () if elsewhere else (due.minor, -due.percent(2).minor):
            if minor:
                more = Posted(FRIDAY, cycle_end + timedelta(days=1), minor)
                known_past = balances(known, more.counts_from, SUNDAY)
                past = Past(known_past) if account.ledger_date > FRIDAY else None
                account = moved_in_closing(account, minor, FRIDAY, more.counts_from, BANDED, past)
                known = [*known, more]
        return account, known

    def opened(account: DemandAccount, known: list[Posted]) -> tuple[DemandAccount, list[Posted]]:
        for more in late:
            account, known = posted(account, known, more), [*known, more]
        return account, known

    first, _ = closed(*opened(start, entries))
    close_first, known = closed(start, entries)
    second, _ = opened(close_first, known)
    assert first.ledger_minor == second.ledger_minor
    assert first.booked_on(SUNDAY, BANDED) == close_first.booked_on(SUNDAY, BANDED)
    assert first.accrued_on(LAST, BANDED) == second.accrued_on(LAST, BANDED)
    assert first.closing_minor(FRIDAY) == close_first.closing_minor(FRIDAY)
