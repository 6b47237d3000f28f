"""Early-withdrawal penalties are bounded (TDP-18, TDP-21, TDP-37)."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.money import CurrencyMismatch, Money
from chalicelib.kernel.penalty import PenaltyMethod, PenaltyRule, Withdrawal, penalty

amounts = st.builds(Money, st.integers(0, 10**10), st.just("USD"))


def withdrawn(amount: str = "4000", accrued: str = "88.89", **changed) -> Withdrawal:
    made: dict[str, Any] = {
        "amount": Money.of(amount, "USD"),
        "principal": Money.of("10000", "USD"),
        "rate_percent": Decimal(8),
        "elapsed_days": 100,
        "base": 360,
        "accrued": Money.of(accrued, "USD"),
    }
    return Withdrawal(**(made | changed))


@given(
    st.builds(
        PenaltyRule,
        st.sampled_from(list(PenaltyMethod)),
        st.decimals(0, 1000, places=4),
        st.none() | amounts,
        st.none() | amounts,
        st.decimals(0, 100, places=2),
        st.booleans(),
    ),
    amounts,
    amounts,
    st.integers(0, 3660),
    st.booleans(),
)
def test_penalty_is_bounded(rule, amount, accrued, elapsed, in_grace):
    asked = withdrawn(amount=amount.text, accrued=accrued.text, elapsed_days=elapsed, in_grace=in_grace)
    cost = penalty(rule, asked)
    assert 0 <= cost.minor <= accrued.minor + amount.minor
    if not rule.may_touch_principal:
        assert cost <= accrued
    if rule.maximum is not None:
        assert cost <= rule.maximum
    if in_grace or rule.method is PenaltyMethod.NONE:
        assert not cost


@given(st.sampled_from(list(PenaltyMethod)), st.decimals(0, 100, places=4), amounts, amounts)
def test_withdrawing_more_never_costs_less(method, value, one, other):
    rule = PenaltyRule(method, value, may_touch_principal=True)
    less, more = sorted((one, other))
    costs = [
        penalty(rule, withdrawn(amount=each.text, accrued=Money(each.minor // 50, "USD").text))
        for each in (less, more)
    ]
    assert costs[0].minor <= costs[1].minor + 1


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (PenaltyRule(PenaltyMethod("none"), Decimal(5)), "0.00"),
        (PenaltyRule(PenaltyMethod("percent_of_interest"), Decimal(50)), "44.45"),
        (PenaltyRule(PenaltyMethod("percent_of_amount"), Decimal(5)), "88.89"),
        (PenaltyRule(PenaltyMethod("percent_of_amount"), Decimal(5), may_touch_principal=True), "200.00"),
        (PenaltyRule(PenaltyMethod("days_of_interest"), Decimal(30), minimum=Money.of("50", "USD")), "50.00"),
        (PenaltyRule(PenaltyMethod("rate_reduction"), Decimal(3), maximum=Money.of("10", "USD")), "10.00"),
        (PenaltyRule(PenaltyMethod("percent_of_amount"), Decimal(1), free_percent=Decimal(20)), "20.00"),
        (
            PenaltyRule(
                PenaltyMethod("percent_of_amount"), Decimal(1), Money.of("9", "USD"), free_percent=Decimal(40)
            ),
            "0.00",
        ),
    ],
)
def test_bounds_and_free_part(rule, expected):
    assert penalty(rule, withdrawn()).text == expected


def test_amounts_are_in_one_currency():
    with pytest.raises(CurrencyMismatch):
        penalty(PenaltyRule(), withdrawn(accrued=("0"), principal=Money(1, "COP")))
