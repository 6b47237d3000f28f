"""Absurd terms are refused, each by an error of its own that names the field at fault."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.money import Money, UnknownCurrency
from chalicelib.kernel.rate import Rate, RateOutOfRange
from chalicelib.kernel.schedule import errors, solve_principal, solve_rate, solve_term
from chalicelib.kernel.schedule.slots import AgeBand, Insured, Slot, SlotBase, SlotKind, SlotTiming
from chalicelib.kernel.schedule.terms import (
    Draw,
    DueDates,
    Exceptional,
    ExceptionalMode,
    Frequency,
    Grace,
    Growth,
    IrregularRow,
    RateStep,
    Unit,
)
from tests.support.loans import LENT_ON, a_schedule, some_terms, usd

PESOS = Money.of(1000, "COP")
INSURANCE = SlotKind.INSURANCE
TWO_ROWS = (
    IrregularRow(date(2026, 3, 1), principal=usd(1)),
    IrregularRow(date(2026, 2, 1), principal=usd(1)),
)


@pytest.mark.parametrize(
    ("changed", "error", "field"),
    [
        ({"currency": "XXX"}, UnknownCurrency, "currency"),
        ({"rate": Rate.nominal(-100, 12)}, RateOutOfRange, "rate"),
        ({"rate": Rate.effective(-250)}, RateOutOfRange, "rate"),
        ({"rate": Rate(Decimal("NaN"))}, RateOutOfRange, "rate"),
        ({"rate": Rate(Decimal("1E+500"))}, RateOutOfRange, "rate"),
        ({"first_due": date(2300, 1, 1)}, errors.LoanTooLong, "instalments"),
        ({"rate": Rate.nominal(1200, 12, "advance"), "timing": "advance"}, RateOutOfRange, "rate"),
        ({"instalments": 0}, errors.InvalidInstalments, "instalments"),
        ({"instalments": 10_000}, errors.InvalidInstalments, "instalments"),
        ({"frequency": Frequency(Unit.MONTHS, 0)}, errors.InvalidFrequency, "frequency.every"),
        (
            {"frequency": Frequency(Unit.MONTHS, 1000), "instalments": 1200},
            errors.DueBeyondCalendar,
            "instalments",
        ),
        (
            {"frequency": Frequency(Unit.MONTHS, 100), "instalments": 120},
            errors.LoanTooLong,
            "instalments",
        ),
        ({"due_dates": DueDates(day=32)}, errors.InvalidFrequency, "due_dates.day"),
        ({"draws": ()}, errors.InvalidPrincipal, "draws"),
        ({"draws": (Draw(LENT_ON, usd(0)),)}, errors.InvalidPrincipal, "draws.0.amount"),
        ({"first_due": LENT_ON}, errors.FirstDueBeforeDisbursement, "first_due"),
        ({"first_due": LENT_ON - timedelta(20)}, errors.FirstDueBeforeDisbursement, "first_due"),
        (
            {"draws": (Draw(LENT_ON, usd(1)), Draw(LENT_ON - timedelta(1), usd(1)))},
            errors.DrawAfterLastDue,
            "draws.1.on",
        ),
        (
            {"draws": (Draw(LENT_ON, usd(1)), Draw(date(2027, 1, 15), usd(1)))},
            errors.DrawAfterLastDue,
            "draws.1.on",
        ),
        ({"draws": (Draw(LENT_ON, PESOS),)}, errors.MixedCurrencies, "draws.0.amount"),
        ({"exceptional": (Exceptional(PESOS, 3),)}, errors.MixedCurrencies, "exceptional.0.amount"),
        ({"formula": "no_such"}, errors.UnknownFormula, "formula"),
        ({"formula": "geometric"}, errors.MissingGrowth, "growth"),
        ({"growth": Growth(1, Decimal(1))}, errors.MissingGrowth, "growth.percent"),
        (
            {"formula": "arithmetic", "growth": Growth(1, Decimal(1))},
            errors.MissingGrowth,
            "growth.percent",
        ),
        (
            {"formula": "geometric", "growth": Growth(1, Decimal(-100))},
            errors.InvalidGrowth,
            "growth.percent",
        ),
        (
            {"formula": "geometric", "growth": Growth(1, Decimal("NaN"))},
            errors.InvalidGrowth,
            "growth.percent",
        ),
        ({"formula": "geometric", "growth": Growth(0, Decimal(1))}, errors.InvalidGrowth, "growth.every"),
        (
            {"formula": "geometric", "growth": Growth(1, Decimal(40))},
            errors.NeverAmortises,
            "instalments",
        ),
        (
            {"formula": "arithmetic", "growth": Growth(1, amount=usd(1000))},
            errors.InvalidGrowth,
            "growth.amount",
        ),
        ({"exceptional": (Exceptional(usd(11_000), 1),)}, errors.ExceptionalBeyondDebt, "exceptional"),
        (
            {"formula": "bullet", "exceptional": (Exceptional(usd(11_000), 1),)},
            errors.ExceptionalBeyondDebt,
            "exceptional",
        ),
        (
            {"formula": "fixed_principal", "exceptional": (Exceptional(usd(11_000), 1),)},
            errors.ExceptionalBeyondDebt,
            "exceptional",
        ),
        ({"exceptional": (Exceptional(usd(1), 13),)}, errors.InvalidExceptional, "exceptional.0.number"),
        (
            {"exceptional": (Exceptional(usd(1), on=date(2030, 1, 1)),)},
            errors.InvalidExceptional,
            "exceptional.0.on",
        ),
        ({"exceptional": (Exceptional(usd(1)),)}, errors.InvalidExceptional, "exceptional.0"),
        ({"exceptional": (Exceptional(usd(-1), 2),)}, errors.InvalidExceptional, "exceptional.0"),
        (
            {"exceptional": (Exceptional(usd(1), 2, mode=ExceptionalMode.REPLACE),) * 2},
            errors.InvalidExceptional,
            "exceptional.1",
        ),
        ({"grace": Grace(12)}, errors.InvalidGrace, "grace.principal"),
        ({"grace": Grace(-1)}, errors.InvalidGrace, "grace.principal"),
        ({"grace": Grace(0, 12)}, errors.InvalidGrace, "grace.interest_payment"),
        ({"grace": Grace(0, 0, 13)}, errors.InvalidGrace, "grace.interest_charge"),
        ({"grace": Grace(1, 2, 0, "capitalised")}, errors.InvalidGrace, "grace.interest_payment"),
        ({"formula": "interest_only"}, errors.InvalidGrace, "grace.principal"),
        ({"formula": "irregular"}, errors.IrregularRows, "irregular"),
        (
            {"formula": "irregular", "instalments": 2, "irregular": TWO_ROWS},
            errors.IrregularRows,
            "irregular.1.due",
        ),
        (
            {"later_rates": (RateStep(LENT_ON, Rate.nominal(1, 12)),)},
            errors.RatesOutOfOrder,
            "later_rates.0.since",
        ),
        (
            {"later_rates": (RateStep(LENT_ON + timedelta(40), Rate.nominal(-101, 12)),)},
            RateOutOfRange,
            "later_rates.0.rate",
        ),
        ({"timing": "advance", "grace": Grace(1, 1)}, errors.UnsupportedTerms, "grace.interest_payment"),
        (
            {
                "formula": "irregular",
                "instalments": 1,
                "irregular": (IrregularRow(date(2026, 3, 1), principal=usd(10_000)),),
                "exceptional": (Exceptional(usd(1), 1),),
            },
            errors.UnsupportedTerms,
            "exceptional",
        ),
        ({"principal_fixed": usd(800)}, errors.UnsupportedTerms, "principal_fixed"),
        (
            {"formula": "fixed_principal", "principal_fixed": usd(0)},
            errors.InvalidPrincipal,
            "principal_fixed",
        ),
        ({"timing": "advance", "formula": "flat"}, errors.UnsupportedTerms, "timing"),
    ],
)
def test_absurd_terms_are_refused(changed: dict[str, Any], error: type[Invalid], field: str) -> None:
    with pytest.raises(error) as refused:
        a_schedule(**changed)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("slot", "error", "field"),
    [
        ({"base": SlotBase.FIXED}, errors.InvalidSlot, "slots.0.amount"),
        ({"base": SlotBase.BALANCE}, errors.InvalidSlot, "slots.0.percent"),
        ({"base": SlotBase.BALANCE, "percent": Decimal(-1)}, errors.InvalidSlot, "slots.0.percent"),
        ({"base": SlotBase.BALANCE, "percent": Decimal("NaN")}, errors.InvalidSlot, "slots.0.percent"),
        ({"base": SlotBase.SLOT, "percent": Decimal(1), "of": "no"}, errors.InvalidSlot, "slots.0.of"),
        ({"amount": usd(1), "first": 0}, errors.InvalidSlot, "slots.0.first"),
        ({"amount": usd(1), "first": 4, "last": 3}, errors.InvalidSlot, "slots.0.first"),
        ({"amount": PESOS}, errors.MixedCurrencies, "slots.0.amount"),
        (
            {"base": SlotBase.INSTALMENT, "percent": Decimal(1), "timing": SlotTiming.ADVANCE},
            errors.UnsupportedTerms,
            "slots.0.timing",
        ),
        (
            {
                "base": SlotBase.BALANCE,
                "ages": (AgeBand(18, 30, Decimal(1)),),
                "insured": (Insured(date(1970, 1, 1)),),
            },
            errors.NoAgeBand,
            "slots",
        ),
    ],
)
def test_incomplete_slots_are_refused(slot: dict[str, Any], error: type[Invalid], field: str) -> None:
    with pytest.raises(error) as refused:
        a_schedule(slots=(Slot("one", INSURANCE, **slot),))
    assert refused.value.field == field


def test_slots_that_refer_to_each_other_in_a_circle_are_refused() -> None:
    circle = (
        Slot("one", INSURANCE, SlotBase.SLOT, percent=Decimal(1), of="two"),
        Slot("two", INSURANCE, SlotBase.SLOT, percent=Decimal(1), of="one"),
    )
    with pytest.raises(errors.InvalidSlot):
        a_schedule(slots=circle)


@pytest.mark.parametrize(
    "make",
    [
        lambda: some_terms(day_count="no_such"),
        lambda: some_terms(accrual="no_such"),
        lambda: Frequency("fortnights"),
        lambda: Grace(deferred="no_such"),
        lambda: Slot("one", "no_such", amount=usd(1)),
    ],
)
def test_words_without_meaning_are_refused(make: Any) -> None:
    with pytest.raises(Invalid):
        make()


def test_unknowns_without_a_solution_are_refused() -> None:
    with pytest.raises(errors.NoSolution) as refused:
        solve_term(some_terms(), usd("150.00"))
    assert refused.value.field == "instalment"
    with pytest.raises(errors.NoSolution):
        solve_principal(some_terms(), usd(0))
    with pytest.raises(errors.NoSolution):
        solve_rate(some_terms(), usd(-5))
    with pytest.raises(errors.MixedCurrencies):
        solve_rate(some_terms(), PESOS)
    two = replace(some_terms(), draws=(*some_terms().draws, Draw(LENT_ON + timedelta(1), usd(1))))
    with pytest.raises(errors.NoSolution):
        solve_principal(two, usd(1000))
