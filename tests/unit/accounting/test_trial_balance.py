"""The trial balance: rolled up by the chart, whole at every level, blind to nobody's total."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.modules.accounting.domain.chart import Chart, control_accounts
from chalicelib.modules.accounting.domain.sheet import Row, RowKey
from chalicelib.modules.accounting.domain.trial_balance import trial_balance, under
from chalicelib.modules.accounting.plans import RoleMap
from tests.unit.accounting.builders import a_chart, a_sheet, an_account

CODES = ["110105", "110110", "1908", "210135", "21013501", "250105", "410115", "549005"]
CHART = Chart({**a_chart(*CODES).accounts, "1908": an_account("1908", postable=True)})


@st.composite
def balanced_rows(draw):
    """Rows of the chart's accounts whose closing balances, debits and credits agree."""
    rows = {}
    for code in draw(st.lists(st.sampled_from(CODES), unique=True)):
        opening, debit, credit = (
            draw(st.integers(-(10**9), 10**9)),
            draw(st.integers(0, 10**9)),
            draw(st.integers(0, 10**9)),
        )
        rows[RowKey(code, "USD", draw(st.sampled_from(["", "savings"])))] = Row(opening, debit, credit)
    opening = sum(row.opening for row in rows.values())
    moved = sum(row.debit - row.credit for row in rows.values())
    rows[RowKey("110105", "USD", "rest")] = Row(-opening, max(0, -moved), max(0, moved))
    return rows


@given(balanced_rows(), st.sampled_from([None, 1, 2, 3, 4, 5]))
def test_a_balanced_ledger_has_a_trial_balance_of_zero_at_every_level(
    rows: dict[RowKey, Row], level: int | None
) -> None:
    found = trial_balance(rows, CHART, "USD", level=level)
    assert found.difference == 0
    assert found.total.debit == found.total.credit


@given(balanced_rows())
def test_every_account_is_the_sum_of_what_lies_under_it(rows: dict[RowKey, Row]) -> None:
    lines = {line.code: line.row for line in trial_balance(rows, CHART, "USD").lines}
    own = {}
    for key, row in rows.items():
        own[key.account] = tuple(map(sum, zip(own.get(key.account, (0, 0, 0)), row, strict=True)))
    for code, row in lines.items():
        parts = [lines[child] for child in CHART.children(code) if child in lines]
        sums = [own.get(code, (0, 0, 0)), *parts]
        assert tuple(row) == tuple(map(sum, zip(*sums, strict=True)))


@given(balanced_rows())
def test_the_classes_sum_to_the_total(rows: dict[RowKey, Row]) -> None:
    found = trial_balance(rows, CHART, "USD", level=1)
    assert {line.level for line in found.lines} == {1}
    assert sum(line.row.closing for line in found.lines) == found.total.closing == 0


def test_lines_go_down_to_the_level_asked_for() -> None:
    rows = a_sheet({"110105": (100, 50, 30), "1908": (7, 0, 0)}).rows
    found = trial_balance(rows, CHART, "USD", level=3)
    assert [(line.code, line.level, line.row.closing) for line in found.lines] == [
        ("1", 1, 127),
        ("11", 2, 120),
        ("1101", 3, 120),
        ("19", 2, 7),
        ("1908", 3, 7),
    ]


def test_currencies_are_not_mixed() -> None:
    rows = {RowKey("110105", "USD"): Row(1, 0, 0), RowKey("110105", "EUR"): Row(9, 0, 0)}
    assert trial_balance(rows, CHART, "EUR").total == Row(9, 0, 0)


def test_an_account_above_the_readers_level_has_no_line_but_stays_in_the_totals() -> None:
    chart = a_chart("110105", a110110=an_account("110110", confidentiality_level=5))
    rows = a_sheet({"110105": (100, 0, 0), "110110": (40, 0, 0)}).rows
    lines = {line.code: line.row.closing for line in trial_balance(rows, chart, "USD", clearance=3).lines}
    assert lines == {"1": 140, "11": 140, "1101": 140, "110105": 100}
    assert "110110" in {line.code for line in trial_balance(rows, chart, "USD", clearance=5).lines}
    assert "110110" in {line.code for line in trial_balance(rows, chart, "USD").lines}


def test_what_lies_under_a_confidential_account_is_hidden_with_it() -> None:
    chart = a_chart("110105", a1101=an_account("1101", confidentiality_level=5))
    rows = a_sheet({"110105": (100, 0, 0)}).rows
    assert [line.code for line in trial_balance(rows, chart, "USD", clearance=4).lines] == ["1", "11"]


def test_what_branches_owe_each_other_can_be_left_out() -> None:
    rows = {
        RowKey("110105", "USD", role="cash_on_hand"): Row(100, 0, 0),
        RowKey("2908", "USD", role="interbranch_due_to"): Row(-100, 0, 0),
        RowKey("1908", "USD", role="interbranch_due_from"): Row(100, 0, 0),
        RowKey("210135", "USD", "savings", "member_deposits"): Row(-100, 0, 0),
    }
    found = trial_balance(rows, CHART, "USD", without_interbranch=True)
    assert {line.code for line in found.lines if line.level > 2} == {"1101", "110105", "2101", "210135"}
    assert found.difference == 0


def test_an_account_that_left_the_chart_stays_under_the_longest_code_it_begins_with() -> None:
    rows = a_sheet({"11010599": (10, 0, 0), "99": (5, 0, 0)}).rows
    lines = [(line.code, line.level) for line in trial_balance(rows, CHART, "USD").lines]
    assert lines == [("1", 1), ("11", 2), ("1101", 3), ("110105", 4), ("11010599", 5), ("99", 1)]


def test_the_sum_under_an_account() -> None:
    rows = a_sheet({"110105": (100, 50, 30), "110110": (1, 2, 3), "210135": (9, 9, 9)}).rows
    assert under(rows, CHART, "1101", "USD") == Row(101, 52, 33)
    assert under(rows, CHART, "110105", "USD") == Row(100, 50, 30)


def test_a_chart_whose_parents_go_round_in_circles_still_answers() -> None:
    chart = Chart({"11": an_account("11", parent="12"), "12": an_account("12", parent="11")})
    assert set(chart.line_of("11")) == {"11", "12"}


@pytest.mark.parametrize(
    ("role", "controlled"),
    [
        ("member_deposits", True),
        ("interbranch_due_to", True),
        ("cash_on_hand", False),
    ],
)
def test_control_accounts_are_those_of_sub_ledgers(role: str, controlled: bool) -> None:
    body = {"account": "210135", "overrides": [{"product": "checking", "account": "210110"}]}
    found = control_accounts({role: RoleMap.model_validate(body)}, {"member_deposits"})
    assert found == ({"210135": role, "210110": role} if controlled else {})
