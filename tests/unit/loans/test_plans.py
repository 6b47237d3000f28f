"""What a loan product, an amortisation plan, an index rate and a life table may not be."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.modules.loans.plans import (
    AmortisationPlan,
    FigureShare,
    IndexRate,
    LifeTable,
    LoanPlan,
    LoanSlot,
)

NAMES = {"es": "Nombre"}
LOAN: dict[str, Any] = {
    "names": NAMES,
    "loan_type": "consumer",
    "currency": "USD",
    "amount_min": "300",
    "amount_max": "20000",
    "term_min": 6,
    "term_max": 60,
    "fixed_rate": "15.60",
    "amortisation_plan": "LEVEL",
}
FEE = {"code": "FEE", "names": NAMES, "amount": "1"}
TIER = {"from_amount": "0", "to_amount": "5000", "percent": "18"}


def codes(model: type, body: dict[str, Any]) -> set[str]:
    """What the model refuses the body for."""
    with pytest.raises(ValidationError) as refusal:
        model.model_validate(body)  # type: ignore[attr-defined]
    found = set()
    for error in refusal.value.errors():
        raised = error.get("ctx", {}).get("error")
        found.add(str(raised) if raised else error["type"])
    return found


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"currency": "XXX"}, "unknown_currency"),
        ({"amount_min": "300.005"}, "excess_decimals"),
        ({"amount_max": "100"}, "range_reversed"),
        ({"term_max": 5}, "range_reversed"),
        ({"fixed_rate": None}, "fixed_rate_missing"),
        ({"rate_tiers": [TIER]}, "fixed_rate_not_allowed"),
        ({"fixed_rate": None, "rate_tiers": [TIER, {**TIER, "from_amount": "5000"}]}, "rate_tiers_overlap"),
        ({"index_rate": "REF"}, "index_rate_not_allowed"),
        ({"rate_kind": "index", "fixed_rate": None}, "index_rate_missing"),
        ({"rate_max": "15"}, "fixed_rate_out_of_limits"),
        ({"rate_min": "16"}, "fixed_rate_out_of_limits"),
        ({"rate_min": "10", "rate_max": "9"}, "range_reversed"),
        ({"frequencies": [{}, {}]}, "frequency_repeated"),
        ({"charges": [FEE, FEE]}, "slot_code_repeated"),
        ({"insurances": [FEE], "charges": [FEE]}, "slot_code_repeated"),
        (
            {"charges": [{"code": "TAX", "names": NAMES, "base": "slot", "of": "NONE", "percent": "1"}]},
            "slot_of_unknown",
        ),
        ({"charges": [{**FEE, "code": f"F{n}"} for n in range(10)]}, "too_long"),
    ],
)
def test_a_product_that_contradicts_itself_is_refused(change: dict[str, Any], code: str) -> None:
    LoanPlan.model_validate(LOAN)
    assert code in codes(LoanPlan, {**LOAN, **change})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": None}, "slot_amount_missing"),
        ({"percent": "1"}, "slot_percentages_exclusive"),
        ({"base": "balance"}, "slot_amount_not_allowed"),
        ({"base": "balance", "amount": None}, "slot_percentages_exclusive"),
        (
            {"base": "balance", "amount": None, "percent": "1", "life_table": "L"},
            "slot_percentages_exclusive",
        ),
        ({"of": "OTHER"}, "slot_of_not_allowed"),
        ({"base": "slot", "amount": None, "percent": "1"}, "slot_of_missing"),
        ({"first_instalment": 3, "last_instalment": 2}, "range_reversed"),
    ],
)
def test_a_charge_has_one_way_of_being_reckoned(change: dict[str, Any], code: str) -> None:
    assert code in codes(LoanSlot, {**FEE, **change})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"formula": "nothing"}, "formula_not_registered"),
        ({"formula": "geometric"}, "growth_percent_missing"),
        ({"growth": {"percent": "1"}}, "growth_percent_not_allowed"),
        ({"formula": "arithmetic", "growth": {"percent": "1"}}, "growth_percent_not_allowed"),
        ({"formula": "arithmetic"}, "growth_amount_missing"),
        ({"growth": {}}, "growth_amount_missing"),
    ],
)
def test_an_amortisation_plan_fits_its_formula(change: dict[str, Any], code: str) -> None:
    assert code in codes(AmortisationPlan, {"names": NAMES, **change})


def test_an_index_rate_has_a_value_from_its_first_day_on() -> None:
    history = [{"valid_from": "2026-01-01", "percent": "8"}, {"valid_from": "2026-07-01", "percent": "9"}]
    rate = IndexRate.model_validate({"names": NAMES, "history": history})
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [rate.percent_on(day) for day in days] == [None, Decimal(8), Decimal(8), Decimal(9)]
    assert "dates_out_of_order" in codes(IndexRate, {"names": NAMES, "history": history[::-1]})


def test_age_bands_leave_no_gap() -> None:
    bands = [{"age_from": 18, "age_to": 60, "rate": "0.04"}, {"age_from": 62, "age_to": 75, "rate": "0.11"}]
    body = {"names": NAMES, "insurer": "A", "bands": bands}
    assert "age_bands_not_contiguous" in codes(LifeTable, body)


@pytest.mark.parametrize(
    ("start", "end", "percent"),
    [
        (date(2026, 6, 1), date(2027, 6, 1), "0.5"),
        (date(2026, 6, 1), date(2027, 5, 31), "0.505556"),  # 364 days over 360
        (date(2026, 6, 1), date(2026, 12, 1), "0.254167"),
        (date(2024, 2, 29), date(2025, 2, 28), "0.5"),
    ],
)
def test_the_share_that_a_law_fixes_is_in_proportion_below_a_year(
    start: date, end: date, percent: str
) -> None:
    share = FigureShare(figure="solca", value_code="general", prorated_below_a_year=True)
    assert round(share.of_days(Decimal("0.5"), start, end), 6) == Decimal(percent)
    whole = FigureShare(figure="solca", value_code="general")
    assert whole.of_days(Decimal("0.5"), start, end) == Decimal("0.5")
