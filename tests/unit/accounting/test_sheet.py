"""The daily sheet: derived from the journal alone, in any order, and always balanced."""

from datetime import date, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.entry import Entry, Leg, Side, with_interbranch_legs
from chalicelib.kernel.errors import InvariantError
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.sheet import (
    LedgerLeg,
    LedgerSheet,
    Row,
    RowKey,
    Turnover,
    combined,
    fold,
    ledger_role,
    over_period,
    rolled,
    turnover_of,
)
from chalicelib.modules.accounting.domain.sheet_page import pages_of, sheet_of
from tests.unit.accounting.builders import DAY, a_leg, a_sheet

NEXT = DAY + timedelta(days=1)

accounts = st.sampled_from(["110105", "110110", "210135", "210110", "410115", "710505"])
legs = st.builds(
    LedgerLeg,
    accounts,
    st.sampled_from(["USD", "COP"]),
    st.sampled_from(["", "savings", "checking"]),
    st.sampled_from(["", "member_deposits", "cash_on_hand", "gl:110105", "suspense:259005:member_deposits"]),
    st.integers(-(10**12), 10**12).filter(bool),
)
entries = st.lists(st.lists(legs, min_size=1, max_size=4), max_size=12)


@st.composite
def balanced_entries(draw):
    """Random legs over branches; the last leg makes the whole balance, inter-branch legs make each branch."""
    branches = st.sampled_from(["1", "2", "3"])
    found = []
    for number in range(draw(st.integers(1, 6))):
        code = draw(st.sampled_from(["USD", "COP"]))
        parts = draw(st.lists(st.tuples(branches, accounts, st.integers(1, 10**9)), min_size=1, max_size=4))
        made = [
            Leg(branch, draw(st.sampled_from(list(Side))), Money(minor, code), f"gl:{account}")
            for branch, account, minor in parts
        ]
        rest = sum(leg.debit_minor for leg in made)
        if rest:
            side = Side.CREDIT if rest > 0 else Side.DEBIT
            made.append(Leg(draw(branches), side, Money(abs(rest), code), "cash_on_hand"))
        if len(made) > 1:
            entry = Entry(f"ent_{number}", "x", DAY, DAY, "1", "test", "ana", "", tuple(made))
            found.append(with_interbranch_legs(entry))
    return found


def journal_of(posted: list[Entry], branch: str) -> list[list[LedgerLeg]]:
    """What the entries left in a branch's journal."""
    return [
        [
            LedgerLeg(leg.role, leg.money.currency, leg.product, leg.role, leg.debit_minor)
            for leg in entry.legs
            if leg.branch == branch
        ]
        for entry in posted
    ]


def test_a_sheet_is_the_previous_one_with_the_days_journal() -> None:
    before = fold(None, "1", DAY, [[a_leg("110105", 1000), a_leg("210135", -1000)]])
    after = fold(before, "1", NEXT, [[a_leg("110105", -300), a_leg("210135", 300)]])
    assert after.rows == {
        RowKey("110105", "USD"): Row(1000, 0, 300),
        RowKey("210135", "USD"): Row(-1000, 300, 0),
    }
    assert (after.entries, after.legs) == (1, 2)
    assert after.balance_of_account("110105", "USD") == 700


def test_a_sheet_needs_an_earlier_one_of_its_own_branch() -> None:
    sheet = LedgerSheet("1", DAY, {})
    for branch, day in (("1", DAY), ("1", DAY - timedelta(days=1)), ("2", NEXT)):
        with pytest.raises(InvariantError):
            fold(sheet, branch, day, [])


def test_rows_that_are_zero_and_did_not_move_are_left_out() -> None:
    cleared = fold(a_sheet({"110105": (500, 0, 500), "210135": (-500, 500, 0)}), "1", NEXT, [])
    assert cleared.rows == {}
    moved = fold(None, "1", DAY, [[a_leg("110105", 5), a_leg("110105", -5)]])
    assert moved.rows == {RowKey("110105", "USD"): Row(0, 5, 5)}


@given(entries, entries, entries)
def test_turnovers_add_up_in_any_order_and_grouping(
    first: list[list[LedgerLeg]], second: list[list[LedgerLeg]], third: list[list[LedgerLeg]]
) -> None:
    a, b, c = turnover_of(first), turnover_of(second), turnover_of(third)
    assert a.plus(b).plus(c) == a.plus(b.plus(c)) == turnover_of([*first, *second, *third])
    assert a.plus(b) == b.plus(a)
    assert a.plus(Turnover()) == a


@given(entries, st.randoms(use_true_random=False))
def test_the_order_of_the_journal_does_not_matter(journal: list[list[LedgerLeg]], random) -> None:
    shuffled = list(journal)
    random.shuffle(shuffled)
    sheet = fold(None, "1", DAY, journal)
    assert sheet == fold(None, "1", DAY, shuffled)
    assert list(sheet.rows) == sorted(sheet.rows)


@given(entries, entries, entries)
def test_closing_in_two_days_or_one_gives_the_same_balances(
    first: list[list[LedgerLeg]], second: list[list[LedgerLeg]], third: list[list[LedgerLeg]]
) -> None:
    before = fold(None, "1", DAY, first)
    in_two = fold(fold(before, "1", NEXT, second), "1", NEXT + timedelta(days=1), third)
    in_one = fold(before, "1", NEXT, [*second, *third])
    closings = [
        {key: row.closing for key, row in sheet.rows.items() if row.closing} for sheet in (in_two, in_one)
    ]
    assert closings[0] == closings[1]


@given(balanced_entries(), balanced_entries())
def test_every_branch_and_currency_sums_to_zero(first: list[Entry], second: list[Entry]) -> None:
    for branch in ("1", "2", "3"):
        sheet = fold(None, branch, DAY, journal_of(first, branch))
        later = fold(sheet, branch, NEXT, journal_of(second, branch))
        assert not any(sheet.differences().values())
        assert not any(later.differences().values())


def test_an_unbalanced_day_shows_its_difference() -> None:
    assert fold(None, "1", DAY, [[a_leg("110105", 30)]]).differences() == {"USD": 30}


def test_a_difference_of_the_day_shows_even_where_balances_agree() -> None:
    sheet = LedgerSheet("1", DAY, {RowKey("110105", "USD"): Row(-30, 30, 0)})
    assert sheet.differences() == {"USD": 30}


@given(entries)
def test_stored_pages_give_the_sheet_back(journal: list[list[LedgerLeg]]) -> None:
    sheet = fold(None, "1", DAY, journal)
    for size in (1, 80, 300_000):
        pages = pages_of(sheet, size)
        assert sheet_of(pages[::-1]) == sheet
        assert pages == pages_of(sheet, size)
        assert [page.page for page in pages] == list(range(pages[0].pages))


def test_balances_beyond_sixty_four_bits_stay_exact() -> None:
    sheet = a_sheet({"110105": (10**26 + 1, 3, 0), "210135": (-(10**26) - 1, 0, 3)})
    assert sheet_of(pages_of(sheet)) == sheet


def test_a_missing_page_is_noticed() -> None:
    pages = pages_of(a_sheet({"110105": (1, 0, 0), "210135": (-1, 0, 0)}), 1)
    assert len(pages) == 2
    with pytest.raises(InvariantError):
        sheet_of(pages[:1])


def test_a_large_branch_fits_the_items_of_the_table() -> None:
    rows = {
        RowKey(f"{n:08d}", "USD", f"product_{n}", f"role_{n}"): Row(n * 10**9, n, 2 * n)
        for n in range(20_000)
    }
    pages = pages_of(LedgerSheet("1", DAY, rows))
    assert len(pages) > 1
    assert max(len(page.content) for page in pages) < 390_000


@pytest.mark.parametrize(
    ("role", "kept"),
    [
        ("member_deposits", "member_deposits"),
        ("gl:110105", ""),
        ("suspense:259005:member_deposits", "member_deposits"),
        ("suspense:259005:gl:110105", ""),
    ],
)
def test_the_role_a_balance_is_kept_under(role: str, kept: str) -> None:
    assert ledger_role(role) == kept


def test_a_role_keeps_its_balance_when_its_account_changes_and_when_suspense_is_cleared() -> None:
    role = "member_deposits"
    sheet = fold(
        None,
        "1",
        DAY,
        [
            [a_leg("110105", 500, role="cash_on_hand"), a_leg("259005", -500, product="savings", role=role)],
            [
                a_leg("259005", 500, product="savings", role=f"suspense:259005:{role}"),
                a_leg("210135", -500, product="savings", role=role),
            ],
            [a_leg("110105", 70, role="cash_on_hand"), a_leg("210140", -70, product="savings", role=role)],
        ],
    )
    assert sheet.balance_of_role(role, "USD", "savings") == sheet.balance_of_role(role, "USD") == -570
    assert sheet.balance_of_role(role, "USD", "checking") == 0
    assert sheet.balance_of_account("259005", "USD") == 0
    assert sheet.balance_of_account("210135", "USD", "savings") == -500


@given(st.lists(entries, min_size=1, max_size=4))
def test_a_period_is_its_opening_with_the_turnover_of_its_days(days: list[list[list[LedgerLeg]]]) -> None:
    before = fold(None, "1", DAY, [[a_leg("110105", 900), a_leg("210135", -900)]])
    sheets = []
    for number, journal in enumerate(days, start=1):
        sheets.append(fold(sheets[-1] if sheets else before, "1", DAY + timedelta(days=number), journal))
    period = over_period(before, sheets)
    last = sheets[-1]
    assert {key: row.closing for key, row in period.items() if row.closing} == {
        key: row.closing for key, row in last.rows.items() if row.closing
    }
    whole = reduce(Turnover.plus, [turnover_of(journal) for journal in days])
    assert {key: (row.debit, row.credit) for key, row in period.items() if row.debit or row.credit} == {
        key: sums for key, sums in whole.sums.items() if any(sums)
    }


@given(entries, entries)
def test_branches_combined_are_their_sums(one: list[list[LedgerLeg]], other: list[list[LedgerLeg]]) -> None:
    first, second = fold(None, "1", DAY, one), fold(None, "2", DAY, other)
    whole = combined([first.rows, second.rows])
    for key, row in whole.items():
        parts = [sheet.rows.get(key, Row(0, 0, 0)) for sheet in (first, second)]
        assert row == Row(*(sum(values) for values in zip(*parts, strict=True)))


def test_a_day_without_movement_carries_the_balances() -> None:
    carried = a_sheet({"110105": (100, 50, 30)}).carried_to(date(2026, 6, 6))
    assert carried.rows == {RowKey("110105", "USD"): Row(120, 0, 0)}
    assert rolled(carried, "1", date(2026, 6, 7), Turnover()).rows == carried.rows
