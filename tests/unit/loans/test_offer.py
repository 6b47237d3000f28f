"""What a product admits."""

from datetime import date

import pytest

from chalicelib.kernel.money import Money
from chalicelib.modules.loans.domain import offer
from chalicelib.modules.loans.errors import (
    AmountOutOfLimits,
    FrequencyNotOffered,
    NoRateTier,
    TermOutOfLimits,
)
from chalicelib.modules.loans.plans import LoanPlan, LoanSlot, PaymentFrequency

TODAY = date(2026, 1, 31)


def a_plan(**changes: object) -> LoanPlan:
    return LoanPlan.model_validate(
        {
            "names": {"es": "Plan"},
            "loan_type": "consumer",
            "currency": "USD",
            "amount_min": "300",
            "amount_max": "20000",
            "term_min": 6,
            "term_max": 60,
            "fixed_rate": "15.60",
            "amortisation_plan": "LEVEL",
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("unit", "every", "terms", "fewest", "most"),
    [
        ("months", 1, (6, 60, "months"), 6, 60),
        ("months", 3, (6, 60, "months"), 2, 20),
        ("months", 3, (7, 59, "months"), 3, 19),
        ("months", 12, (6, 11, "months"), 1, 0),
        ("weeks", 1, (1, 2, "months"), 4, 8),  # 28 February is four weeks away, 31 March eight and a half
        ("days", 1, (30, 90, "days"), 30, 90),
        ("days", 15, (40, 90, "days"), 3, 6),
        ("months", 1, (30, 90, "days"), 2, 3),  # 28 February is too near, 30 April still within 90 days
    ],
)
def test_instalments_follow_from_the_limits_of_the_term(
    unit: str, every: int, terms: tuple[int, int, str], fewest: int, most: int
) -> None:
    plan = a_plan(term_min=terms[0], term_max=terms[1], term_unit=terms[2])
    frequency = PaymentFrequency.model_validate({"unit": unit, "every": every})
    assert offer.instalments_between(plan, frequency, TODAY) == (fewest, most)


def test_a_term_out_of_limits_names_both() -> None:
    with pytest.raises(TermOutOfLimits) as refusal:
        offer.check_term(a_plan(), PaymentFrequency(), 61, TODAY)
    assert refusal.value.params | {"minimum": 6, "maximum": 60} == refusal.value.params


@pytest.mark.parametrize("amount", ["299.99", "20000.01"])
def test_an_amount_out_of_limits_is_refused(amount: str) -> None:
    with pytest.raises(AmountOutOfLimits):
        offer.check_amount(a_plan(), Money.of(amount, "USD"))


def test_only_offered_frequencies_are_taken() -> None:
    assert offer.frequency_of(a_plan(), None) == PaymentFrequency()
    with pytest.raises(FrequencyNotOffered):
        offer.frequency_of(a_plan(), PaymentFrequency.model_validate({"unit": "weeks", "every": 1}))


@pytest.mark.parametrize(("amount", "percent"), [("300", "18"), ("5000", "18"), ("5000.01", "16")])
def test_tiers_hold_both_their_ends(amount: str, percent: str) -> None:
    tiers = [
        {"from_amount": "0", "to_amount": "5000", "percent": "18"},
        {"from_amount": "5000.01", "to_amount": "9000", "percent": "16"},
    ]
    plan = a_plan(fixed_rate=None, rate_tiers=tiers)
    tier = offer.tier_of(plan, Money.of(amount, "USD"))
    assert tier is not None
    assert f"{tier.percent}" == percent
    with pytest.raises(NoRateTier):
        offer.tier_of(plan, Money.of("9000.01", "USD"))


def test_a_tax_on_a_charge_that_is_not_wanted_falls_away() -> None:
    slots = tuple(
        LoanSlot.model_validate({"names": {"es": "x"}, **each})
        for each in (
            {"code": "A", "amount": "1", "optional": True},
            {"code": "TAX", "base": "slot", "of": "A", "percent": "15"},
            {"code": "B", "amount": "2"},
        )
    )
    assert [slot.code for slot in offer.wanted(slots, ())] == ["B"]
    assert [slot.code for slot in offer.wanted(slots, ("A",))] == ["A", "TAX", "B"]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months_later(day: date, months: int, expected: date) -> None:
    assert offer.later(day, months) == expected
