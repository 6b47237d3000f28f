"""Which movements leave an account's history together, and what stays for the balance to go on from."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.modules.deposits.domain.archived import after_moving, archived_before, movable

FIRST = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Row:
    business_date: date
    sequence: int
    minor: int = 0
    value_date: date = FIRST


def of(*dated: tuple[int, int]) -> list[Row]:
    """Movements as (days after the first, number), in the order of the table."""
    return sorted(
        (Row(FIRST + timedelta(days=day), number) for day, number in dated),
        key=lambda row: (row.business_date, row.sequence),
    )


@pytest.mark.parametrize(
    ("rows", "following", "moved"),
    [
        (of((0, 1), (1, 2)), None, [1, 2]),
        (of((0, 1), (1, 2)), (2, 3), [1, 2]),
        (of((0, 1), (1, 2), (1, 4)), (2, 3), [1]),
        (of((0, 1), (0, 3), (1, 2), (1, 5)), (2, 4), []),
        ([], (0, 1), []),
    ],
    ids=["nothing follows", "in order", "the last day was closing", "each day was closing", "none"],
)
def test_what_is_younger_than_what_stays_stays_with_it(
    rows: list[Row], following: tuple[int, int] | None, moved: list[int]
) -> None:
    after = of(following)[0] if following else None
    assert [row.sequence for row in movable(rows, after)] == moved


@st.composite
def histories(draw: st.DrawFn) -> list[Row]:
    """Movements of days of which each may still be closing when the next is open."""
    rows: list[Row] = []
    day = 0
    for number in range(1, draw(st.integers(1, 15)) + 1):
        day += draw(st.integers(0, 2))
        counted = FIRST + timedelta(days=day + draw(st.integers(-3, 5)))
        late = draw(st.booleans()) and bool(rows) and rows[-1].business_date < FIRST + timedelta(days=day)
        on = rows[-1].business_date if late else FIRST + timedelta(days=day)
        rows.append(Row(on, number, draw(st.integers(-500, 500)), counted))
    return sorted(rows, key=lambda row: (row.business_date, row.sequence))


@given(histories(), st.integers(0, 30), st.integers(0, 30))
def test_however_often_it_is_archived_balance_and_rest_make_up_the_account(
    rows: list[Row], first: int, second: int
) -> None:
    kept, left = None, rows
    for days in sorted((first, second)):
        before = FIRST + timedelta(days=days)
        old = [row for row in left if row.business_date < before]
        moved = movable(old, next(iter(left[len(old) :]), None))
        if moved:
            kept, left = after_moving(kept, moved), left[len(moved) :]
    assert (kept.minor if kept else 0) + sum(row.minor for row in left) == sum(row.minor for row in rows)
    if kept:
        gone = rows[: len(rows) - len(left)]
        assert all(row.business_date > kept.through for row in left)
        assert max(row.sequence for row in gone) < min((row.sequence for row in left), default=99)
        assert all(row.value_date <= kept.counts_until for row in gone)


def test_no_days_keep_movements_for_ever() -> None:
    assert archived_before(date(2026, 7, 31), 0) is None
    assert archived_before(date(2026, 7, 31), 30) == date(2026, 7, 1)
