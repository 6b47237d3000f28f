"""Closing the ledger over real postings: always balanced, derivable anew, and the same however often it is run."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.accounting.errors import LaterDayClosed
from chalicelib.modules.accounting.repository import sheets
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import business_date
from chalicelib.workflows.end_of_day import cut_over
from tests.support.memory import MemoryStore
from tests.support.small_bank import FIRST_DAY, SmallBank, a_bank

BRANCHES = ("1", "2", "3")
ROLES = ("cash_on_hand", "fee_income_deposits", "rounding_expense", "gl:110110", "gl:999999", "not_mapped")
TEMPLATE = a_bank(branches=BRANCHES)


@pytest.fixture
def bank() -> SmallBank:
    return fresh_bank()


def fresh_bank() -> SmallBank:
    assert isinstance(TEMPLATE.store, MemoryStore)
    return SmallBank(TEMPLATE.store.copy())


def post(bank: SmallBank, *rows: tuple[str, str, int], at: str = "1", day: date | None = None) -> str:
    """Post legs of (branch, role, minor; debit positive); answers the entry's id."""
    legs = tuple(
        Leg(
            branch,
            Side.DEBIT if minor > 0 else Side.CREDIT,
            Money(abs(minor), "USD"),
            role,
            product="savings",
        )
        for branch, role, minor in rows
    )

    def operation(work) -> str:
        entry = posting.draft(work, "test", at, legs, closing_date=day)
        return posting.post(work, entry, closing=day is not None).entry.id

    return bank.do(operation)


def cut(bank: SmallBank) -> date:
    """Move every branch to its next date; answers the date that is to be closed."""
    closing = business_date(bank.work(), "1")
    bank.do(lambda work: cut_over.move(work, BRANCHES, closing))
    return closing


def close(bank: SmallBank, day: date) -> None:
    for branch in BRANCHES:
        bank.do(lambda work, branch=branch: accounting.close_ledger(work, branch, day))


@st.composite
def days_of_entries(draw):
    """Some days, each with entries of legs over branches that sum to zero."""
    leg = st.tuples(
        st.sampled_from(BRANCHES), st.sampled_from(ROLES), st.integers(-(10**6), 10**6).filter(bool)
    )
    days = []
    for _ in range(draw(st.integers(1, 3))):
        entries = []
        for _ in range(draw(st.integers(0, 4))):
            rows = draw(st.lists(leg, min_size=1, max_size=4))
            rest = sum(minor for _, _, minor in rows)
            if rest:
                rows.append((draw(st.sampled_from(BRANCHES)), "gl:110105", -rest))
            if len(rows) > 1:
                entries.append(rows)
        days.append(entries)
    return days


@settings(max_examples=25)
@given(days_of_entries())
def test_any_days_of_postings_close_balanced_and_can_be_derived_anew(days) -> None:
    bank = fresh_bank()
    closed = []
    for entries in days:
        for rows in entries:
            post(bank, *rows, at=rows[0][0])
        day = cut(bank)
        close(bank, day)
        closed.append(day)
        assert set(accounting.proof(bank.work(), BRANCHES, day).values()) <= {0}
    post(bank, ("1", "cash_on_hand", 500), ("3", "fee_income_deposits", -500))
    for day in closed:
        for branch in BRANCHES:
            assert accounting.rederived(bank.work(), branch, day) == {}
    today = business_date(bank.work(), "1")
    assert accounting.trial_balance(bank.work(), today).difference == 0
    assert accounting.trial_balance(bank.work(), today, since=FIRST_DAY).difference == 0
    for branch in BRANCHES:
        work = bank.work()
        assert accounting.close_ledger(work, branch, closed[-1]) == sheets.stored(work, branch, closed[-1])
        assert work.writes == 0


def test_the_role_balance_counts_suspense(bank: SmallBank) -> None:
    post(bank, ("1", "cash_on_hand", 500), ("1", "not_mapped", -500))
    day = business_date(bank.work(), "1")
    assert accounting.balance(bank.work(), "1", "not_mapped", "savings", "USD", day) == -500
    assert accounting.balance(bank.work(), "1", "not_mapped", None, "USD", day) == -500
    assert accounting.balance(bank.work(), "1", "110105", None, "USD", day) == 500
    assert accounting.balance(bank.work(), "1", "110105", "checking", "USD", day) == 0


def test_amounts_beyond_sixty_four_bits_stay_exact(bank: SmallBank) -> None:
    post(bank, ("1", "cash_on_hand", 10**24 + 1), ("1", "fee_income_deposits", -(10**24) - 1))
    day = cut(bank)
    close(bank, day)
    assert accounting.balance(bank.work(), "1", "cash_on_hand", None, "USD", day) == 10**24 + 1


def test_online_postings_during_the_close_stay_out_of_it(bank: SmallBank) -> None:
    post(bank, ("1", "cash_on_hand", 100), ("1", "fee_income_deposits", -100))
    day = cut(bank)
    post(bank, ("1", "cash_on_hand", 7), ("1", "fee_income_deposits", -7))
    post(bank, ("1", "rounding_expense", 3), ("1", "rounding_income", -3), day=day)
    close(bank, day)
    work = bank.work()
    sheet = accounting.sheet_on(work, "1", day)
    assert sheet.balance_of_role("cash_on_hand", "USD") == 100
    assert sheet.balance_of_role("rounding_expense", "USD") == 3
    assert (sheet.entries, sheet.legs) == (2, 4)
    today = business_date(work, "1")
    assert accounting.balance(work, "1", "cash_on_hand", None, "USD", today) == 107


def test_a_day_that_was_never_closed_is_caught_up(bank: SmallBank) -> None:
    post(bank, ("1", "cash_on_hand", 100), ("1", "fee_income_deposits", -100))
    close(bank, cut(bank))
    post(bank, ("1", "cash_on_hand", 10), ("1", "fee_income_deposits", -10))
    skipped = cut(bank)
    post(bank, ("1", "cash_on_hand", 1), ("1", "fee_income_deposits", -1))
    work = bank.work()
    assert accounting.balance(work, "1", "cash_on_hand", None, "USD", business_date(work, "1")) == 111
    close(bank, cut(bank))
    work = bank.work()
    stored = sheets.stored(work, "1", skipped)
    assert stored is not None
    assert stored.balance_of_role("cash_on_hand", "USD") == 110
    assert accounting.balance(work, "1", "cash_on_hand", None, "USD", business_date(work, "1")) == 111


def test_a_day_under_later_ones_cannot_be_closed_with_another_result(bank: SmallBank) -> None:
    post(bank, ("1", "cash_on_hand", 100), ("1", "fee_income_deposits", -100))
    first = cut(bank)
    close(bank, first)
    second = cut(bank)
    close(bank, second)
    bank.do(lambda work: accounting.close_ledger(work, "1", first))
    assert isinstance(bank.store, MemoryStore)
    journal = bank.store.tables["journal"]
    for key in [key for key in journal if f"journal#1#{first}" in key[0]]:
        del journal[key]
    with pytest.raises(LaterDayClosed):
        accounting.close_ledger(bank.work(), "1", first)
    assert accounting.rederived(bank.work(), "1", first)


@pytest.mark.parametrize("call", range(1, 8))
def test_a_close_that_dies_at_any_call_and_runs_again_is_the_same(bank: SmallBank, call: int) -> None:
    post(bank, ("1", "cash_on_hand", 100), ("2", "fee_income_deposits", -100))
    day = cut(bank)
    whole = accounting.close_ledger(bank.work(), "1", day)
    calls = iter(range(1, 1000))

    def dies(_: str) -> None:
        if next(calls) == call:
            raise ConnectionError

    bank.store.observe = dies
    try:
        bank.do(lambda work: accounting.close_ledger(work, "1", day))
    except ConnectionError:
        pass
    finally:
        bank.store.observe = None
    bank.do(lambda work: accounting.close_ledger(work, "1", day))
    assert sheets.stored(bank.work(), "1", day) == whole


def test_days_before_the_first_close_are_empty(bank: SmallBank) -> None:
    assert accounting.sheet_on(bank.work(), "1", FIRST_DAY - timedelta(days=90)).rows == {}
    assert accounting.sheet_on(bank.work(), "9", FIRST_DAY).rows == {}


def test_several_pages_are_written_and_surplus_ones_removed(bank: SmallBank, monkeypatch) -> None:
    from chalicelib.modules.accounting.domain import sheet_page

    post(bank, ("1", "cash_on_hand", 100), ("2", "fee_income_deposits", -100))
    day = cut(bank)
    many = lambda sheet: sheet_page.pages_of(sheet, 1)  # noqa: E731
    monkeypatch.setattr(sheets, "pages_of", many)
    close(bank, day)
    work = bank.work()
    kept = sheets.stored(work, "1", day)
    assert kept is not None
    assert sheets.last_stored(work, "1", day) == kept
    assert len(list(work.all(sheets.SHEETS, branch="1", prefix=f"{day}#"))) == len(kept.rows) == 2
    monkeypatch.setattr(sheets, "pages_of", sheet_page.pages_of)
    close(bank, day)
    assert len(list(bank.work().all(sheets.SHEETS, branch="1", prefix=f"{day}#"))) == 1
    assert sheets.stored(bank.work(), "1", day) == kept
