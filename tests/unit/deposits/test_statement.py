"""Statements: every movement is on exactly one, and what was undone within one is on none."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.modules.deposits.domain.statement import StatementPeriod, lines

FIRST = date(2026, 6, 1)


@dataclass(frozen=True, slots=True)
class Row:
    business_date: date
    sequence: int
    entry_id: str
    minor: int
    reverses: str = ""
    hidden: bool = False


@st.composite
def histories(draw: st.DrawFn) -> list[Row]:
    """Movements in the order in which they were made; some undo an earlier one, some no history shows."""
    rows: list[Row] = []
    day = FIRST
    for number in range(1, draw(st.integers(1, 12)) + 1):
        day += timedelta(days=draw(st.integers(0, 3)))
        undone = {row.reverses for row in rows}
        open_ones = [row for row in rows if not row.reverses and row.entry_id not in undone]
        if open_ones and draw(st.booleans()):
            other = draw(st.sampled_from(open_ones))
            rows.append(Row(day, number, f"e{number}", -other.minor, other.entry_id, other.hidden))
        else:
            minor = draw(st.integers(-500, 500))
            rows.append(Row(day, number, f"e{number}", minor, hidden=draw(st.booleans())))
    return rows


@given(histories(), st.integers(-1000, 1000))
def test_a_statement_ends_with_its_closing_balance_whatever_it_leaves_out(
    rows: list[Row], opening: int
) -> None:
    shown = list(lines(opening, rows))
    undone = {row.reverses for row in rows if row.reverses}
    assert not [row for row, _ in shown if row.reverses or row.entry_id in undone or row.hidden]
    kept = sum(row.minor for row in rows if not (row.reverses or row.entry_id in undone))
    assert kept == sum(row.minor for row in rows)
    balance = opening
    seen = {row.sequence: after for row, after in shown}
    for row in rows:
        if not (row.reverses or row.entry_id in undone):
            balance += row.minor
        if row.sequence in seen:
            assert seen[row.sequence] == balance


@given(histories(), st.integers(1, 12))
def test_a_cut_leaves_each_movement_on_one_statement(rows: list[Row], number: int) -> None:
    last = rows[min(number, len(rows)) - 1]
    end = rows[-1].business_date
    cut = StatementPeriod(FIRST, last.business_date, through=last.sequence)
    following = StatementPeriod(last.business_date, end, after=last.sequence)
    for row in rows:
        dated = row.business_date <= cut.last
        assert (cut.holds(row) and dated) != following.holds(row)


def test_what_was_undone_on_a_later_statement_is_on_both() -> None:
    posted = Row(FIRST, 1, "e1", 500)
    reversal = Row(FIRST + timedelta(days=40), 2, "e2", -500, "e1")
    assert list(lines(0, [posted])) == [(posted, 500)]
    assert list(lines(500, [reversal])) == [(reversal, 0)]
