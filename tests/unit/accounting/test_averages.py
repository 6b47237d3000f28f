"""An average is the sum of every calendar day's balance over the days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.averages import average, span_of, summed

FIRST = date(2026, 6, 1)


def test_the_specified_month() -> None:
    closings = [
        (FIRST, {"11": 1000_00}),
        (date(2026, 6, 11), {"11": 1600_00}),
        (date(2026, 6, 26), {"11": 400_00}),
    ]
    total = summed({}, closings, FIRST, date(2026, 6, 30))
    assert average(total["11"], 30, "USD") == Money.of("1200.00", "USD")


@given(
    st.integers(-(10**6), 10**6),
    st.dictionaries(st.integers(0, 89), st.integers(-(10**6), 10**6)),
    st.integers(0, 89),
)
def test_the_sum_is_that_of_the_days_one_by_one(before: int, changes: dict[int, int], last: int) -> None:
    balance, daily = before, 0
    closings = []
    for number in range(last + 1):
        if number in changes:
            balance = changes[number]
            closings.append((FIRST + timedelta(days=number), {"11": balance}))
        daily += balance
    assert summed({"11": before}, closings, FIRST, FIRST + timedelta(days=last)).get("11", 0) == daily


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("month", date(2026, 2, 1), date(2026, 2, 28)),
        ("quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_spans_are_those_of_the_calendar(span: str, first: date, last: date) -> None:
    assert span_of(span, date(2026, 2, 17)) == (first, last)  # type: ignore[arg-type]
