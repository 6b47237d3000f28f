"""Yields of dated flows, total interest, duration and comparison; flows without an answer say why."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.measures import Flow, NoYield, compare, effective_yield, measures
from chalicelib.kernel.money import CurrencyMismatch, Money

START = date(2026, 1, 1)


def flows(*rows: tuple[int, str], code: str = "USD") -> list[Flow]:
    """(days since the start, amount) as flows."""
    return [Flow(START + timedelta(days=days), Money.of(amount, code)) for days, amount in rows]


def rounded(value: Decimal | NoYield, decimals: int = 4) -> str:
    assert isinstance(value, Decimal)
    return f"{value:.{decimals}f}"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(0, "-100"), (365, "110")], "10.0000"),
        ([(0, "100"), (365, "-110")], "10.0000"),
        ([(0, "-100"), (365, "100")], "0.0000"),
        ([(0, "-100"), (365, "50")], "-50.0000"),
        ([(0, "-10000"), (180, "10400")], "8.2779"),
        ([(0, "-100"), (730, "121")], "10.0000"),
    ],
)
def test_effective_yield(rows, expected):
    assert rounded(effective_yield(flows(*rows))) == expected


def test_yield_of_the_published_example_of_irregular_dates():
    """The example that spreadsheets document for XIRR: 37.3362535 %."""
    dates = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]
    amounts = ("-10000", "2750", "4250", "3250", "2750")
    found = effective_yield(
        [Flow(day, Money.of(amount, "USD")) for day, amount in zip(dates, amounts, strict=True)]
    )
    assert rounded(found, 6) == "37.336253"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "flows_without_time"),
        ([(0, "-100")], "flows_without_time"),
        ([(0, "-100"), (0, "110")], "flows_without_time"),
        ([(0, "-100"), (0, "100")], "flows_without_time"),
        ([(0, "0"), (5, "0")], "flows_without_time"),
        ([(0, "-100"), (30, "-5")], "flows_one_sided"),
        ([(0, "100"), (30, "5")], "flows_one_sided"),
        ([(0, "-100"), (365, "230"), (730, "-132")], "yield_ambiguous"),
        ([(0, "-1000"), (1, "1"), (2, "-1"), (3, "1000")], "yield_ambiguous"),
        ([(0, "-0.01"), (1, "99999999")], "yield_out_of_range"),
        ([(0, "-99999999"), (365, "0.01")], "yield_out_of_range"),
    ],
)
def test_flows_without_an_answer_say_why(rows, code):
    assert effective_yield(flows(*rows)) == NoYield(code)


def test_several_changes_of_sign_are_answered_where_one_positive_rate_is_certain():
    found = effective_yield(flows((0, "-100"), (200, "150"), (300, "-10"), (365, "5")))
    assert isinstance(found, Decimal)
    assert found > 0


@given(
    st.integers(1, 10**12),
    st.lists(st.tuples(st.integers(1, 4000), st.integers(1, 10**12)), min_size=1, max_size=24),
)
def test_present_value_at_the_yield_is_nothing(given_minor, back):
    found = [Flow(START, Money(-given_minor, "USD"))]
    found += [Flow(START + timedelta(days=days), Money(minor, "USD")) for days, minor in back]
    answer = effective_yield(found)
    if isinstance(answer, NoYield):
        assert answer is NoYield.OUT_OF_RANGE
        return
    growth = 1 + answer / 100
    value = sum(flow.amount.minor * growth ** (-Decimal((flow.day - START).days) / 365) for flow in found)
    assert abs(value) <= Decimal("1e-9") * given_minor


flow_lists = st.lists(
    st.builds(
        Flow,
        st.dates(date(1900, 1, 1), date(2200, 1, 1)),
        st.builds(Money, st.integers(-(10**15), 10**15), st.just("USD")),
    ),
    max_size=20,
)


@given(flow_lists)
def test_any_flows_have_a_rate_or_a_reason(found):
    answer = effective_yield(found)
    assert isinstance(answer, NoYield) or Decimal("-99.99") <= answer <= Decimal(1_000_000)


@given(flow_lists)
def test_order_of_the_flows_and_side_do_not_matter(found):
    answer = effective_yield(found)
    assert effective_yield(found[::-1]) == answer
    assert effective_yield([Flow(flow.day, -flow.amount) for flow in found]) == answer


def test_duration_is_the_average_wait():
    assert measures(flows((0, "-100"), (365, "110"))).duration_days == 365
    found = measures(flows((0, "-200"), (100, "100"), (300, "100")))
    assert (found.rate, found.interest.text, found.duration_days) == (Decimal(0), "0.00", Decimal(200))
    loan = measures(flows((0, "1000"), (365, "-600"), (730, "-600")))
    assert loan.interest.text == "-200.00"
    assert loan.duration_days is not None
    assert 365 < loan.duration_days < 548


def test_deposit_that_earns_more_and_loan_that_costs_less_are_better():
    high, low = measures(flows((0, "-100"), (365, "110"))), measures(flows((0, "-100"), (365, "108")))
    assert (compare(high, low).better, compare(low, high).better) == (0, 1)
    assert compare(high, low).interest.text == "2.00"
    assert compare(high, low).rate == Decimal(2)
    dear, cheap = measures(flows((0, "100"), (365, "-120"))), measures(flows((0, "100"), (365, "-115")))
    assert (compare(dear, cheap).better, compare(cheap, dear).better) == (1, 0)
    assert compare(high, high).better is None


def test_offers_without_a_rate_or_in_two_currencies_are_not_compared():
    one, none = measures(flows((0, "-100"), (365, "110"))), measures(flows((0, "-100"), (3, "-1")))
    assert compare(one, none) == type(compare(one, none))(None, one.interest - none.interest, None, None)
    with pytest.raises(CurrencyMismatch):
        compare(one, measures(flows((0, "-100"), (365, "110"), code="EUR")))
    with pytest.raises(CurrencyMismatch):
        effective_yield([*flows((0, "-1")), *flows((9, "2"), code="EUR")])
