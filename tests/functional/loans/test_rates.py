"""Rates: by amount, by index, converted, limited; and how days are counted."""

import base64
from typing import Any

import pytest

from tests.functional.loans.conftest import SetParameter
from tests.functional.loans.desk import column, named, refused, simulated
from tests.support.bank import Bank
from tests.support.given import money

MILLION: dict[str, Any] = {"principal": money("1000000"), "instalments": 1, "disbursed_on": "2026-06-01"}
ADVANCE = {"kind": "nominal", "periods_per_year": 4, "timing": "advance"}


@pytest.mark.feature("LON-13")
@pytest.mark.parametrize(("amount", "percent"), [("5000", "18"), ("5000.01", "16"), ("10000", "16")])
def test_the_amount_picks_the_rate(bank: Bank, amount: str, percent: str) -> None:
    found = simulated(bank, product="TIER", principal=money(amount))
    assert found["rate"]["nominal"] == percent


@pytest.mark.feature("LON-23", "LON-32")
def test_an_index_rate_has_the_value_of_the_day(bank: Bank, set_parameter: SetParameter) -> None:
    history = [
        {"valid_from": "2024-01-01", "percent": "8"},
        {"valid_from": "2026-07-01", "percent": "8.25"},
    ]
    set_parameter("loans.index_rate", "IBO", {"names": named("IBO"), "history": history})
    values = [
        bank("officer").get(f"/v1/loans/index-rates/IBO?on={day}").expect(200)["current"]["percent"]
        for day in ("2026-06-30", "2026-07-01")
    ]
    assert values == ["8", "8.25"]
    past = bank("officer").get("/v1/loans/index-rates/REF?on=2024-06-30").expect(200).json
    assert past["current"]["percent"] == "23"
    assert [value["percent"] for value in past["values"]] == ["23", "24"]
    asked = {"filters": {"index": "REF"}, "format": "csv"}
    file = bank("officer").post("/v1/platform/reports/loan_index_history/runs", asked).expect(200)
    lines = base64.b64decode(file["content_base64"]).decode("utf-8-sig").splitlines()
    assert [line.split(",")[1:3] for line in lines[1:3]] == [["2024-01-01", "23"], ["2025-01-01", "24"]]


@pytest.mark.feature("LON-24")
def test_an_index_rate_shows_its_effective_equivalent(bank: Bank) -> None:
    items = bank("officer").get("/v1/loans/index-rates").expect(200)["items"]
    found = next(item for item in items if item["code"] == "REF")
    assert (found["kind"], found["periods_per_year"], found["timing"]) == ("nominal", 4, "advance")
    assert (found["current"]["percent"], found["current"]["effective"]) == ("24", "28.082143")


@pytest.mark.feature("LON-29")
def test_two_loans_over_one_index(bank: Bank, set_parameter: SetParameter) -> None:
    history = [{"valid_from": "2024-01-01", "percent": "10"}]
    set_parameter("loans.index_rate", "TEN", {"names": named("Diez"), "history": history})
    rates = [
        simulated(bank, terms={"rate": {"index": "TEN", "spread_points": points}})["rate"]
        for points in ("3.25", "-0.50")
    ]
    assert [rate["nominal"] for rate in rates] == ["13.25", "9.5"]
    assert {rate["index_percent"] for rate in rates} == {"10"}


@pytest.mark.feature("LON-30")
def test_a_quoted_rate_becomes_the_one_of_the_loans_own_periods(bank: Bank) -> None:
    found = simulated(bank, terms={"rate": {"percent": "24", "quoted": ADVANCE}})
    assert found["rate"]["nominal"] == "25.007163"
    assert found["rate"]["per_period"] == "2.08393"
    assert found["rate"]["effective"] == "28.082143"


@pytest.mark.feature("LON-31")
@pytest.mark.parametrize(
    ("stage", "nominal"), [("before_conversion", "28.2826"), ("at_effective", "27.3729")]
)
def test_points_are_added_to_the_quoted_or_to_the_effective_rate(
    bank: Bank, stage: str, nominal: str
) -> None:
    rate = {"index": "REF", "spread_points": "3", "spread_stage": stage}
    found = simulated(bank, terms={"rate": rate})
    assert f"{round(float(found['rate']['nominal']), 4)}" == nominal


def test_a_product_caps_the_rate_of_its_index(bank: Bank, set_parameter: SetParameter) -> None:
    capped = simulated(bank, product="INDEXED", instalments=12)
    assert capped["rate"]["limited"] is None
    plan = {
        "names": named("Con techo"),
        "loan_type": "housing",
        "currency": "USD",
        "amount_min": "1000",
        "amount_max": "100000",
        "term_min": 12,
        "term_max": 240,
        "rate_kind": "index",
        "index_rate": "REF",
        "rate_max": "18",
        "amortisation_plan": "LEVEL",
    }
    set_parameter("loans.plan", "CAP", plan)
    found = simulated(bank, product="CAP")
    assert (found["rate"]["quoted"], found["rate"]["limited"]) == ("18", "capped")
    assert "rate_capped" in [notice["code"] for notice in found["notices"]]


@pytest.mark.feature("LON-35")
def test_simple_interest_of_a_day_and_of_thirty(bank: Bank) -> None:
    terms = {"rate": {"percent": "16.666116"}, "day_count": "30/360_period", "conversion": "as_quoted"}
    daily = {"unit": "days", "every": 1}
    day = simulated(bank, **MILLION, frequency=daily, terms=terms)
    month = simulated(bank, **MILLION, terms=terms)
    assert column(day, "interest") == ["462.95"]
    assert column(month, "interest") == ["13888.43"]


@pytest.mark.feature("LON-39")
@pytest.mark.parametrize(
    ("compounding", "interest"), [("continuous", "27969.75"), ("per_period", "27776.86")]
)
def test_unpaid_interest_compounds_continuously_or_by_periods(
    bank: Bank, compounding: str, interest: str
) -> None:
    terms = {
        "rate": {"percent": "18", "quoted": {"kind": "effective"}},
        "day_count": "30/360_period",
        "interest_method": "compound",
        "compounding": compounding,
        "formula": "bullet",
        "grace": {"interest_payment": 1},
    }
    found = simulated(bank, **{**MILLION, "instalments": 2}, terms=terms)
    assert found["totals"]["interest"] == money(interest)


def test_interest_in_advance_is_withheld_at_disbursement(bank: Bank) -> None:
    rate = {"percent": "16.437821", "quoted": {"timing": "advance"}}
    terms = {"rate": rate, "interest_timing": "advance"}
    found = simulated(bank, **MILLION, terms=terms)
    assert found["disbursement"]["interest"] == money("13698.18")
    assert found["disbursement"]["net"] == money("986301.82")
    assert column(found, "interest") == ["0.00"]
    year = simulated(bank, terms={"interest_timing": "advance", "rate": {**rate, "percent": "18"}})
    assert year["disbursement"]["interest"] == money("150.00")
    assert column(year, "instalment")[0] == "904.33"


@pytest.mark.feature("LON-43")
@pytest.mark.parametrize(
    ("months", "count", "days", "interest"),
    [(3, "30/360_bank", 60, "20.00"), (2, "actual/365", 59, "19.40")],
)
def test_the_term_decides_how_days_are_counted(
    bank: Bank, set_parameter: SetParameter, months: int, count: str, days: int, interest: str
) -> None:
    plan = {
        "names": named("Corto"),
        "loan_type": "consumer",
        "currency": "USD",
        "amount_min": "100",
        "amount_max": "10000",
        "term_min": 1,
        "term_max": 60,
        "frequencies": [{"unit": "months", "every": 2}, {"unit": "months", "every": 1}],
        "fixed_rate": "12",
        "conversion": "as_quoted",
        "day_count": "30/360_bank",
        "day_count_by_term": [{"up_to_months": months if months == 2 else 1, "day_count": "actual/365"}],
        "amortisation_plan": "LEVEL",
    }
    set_parameter("loans.plan", "SHORT", plan)
    found = simulated(
        bank, product="SHORT", principal=money("1000"), instalments=1, disbursed_on="2027-01-15"
    )
    assert found["formula"]["day_count"] == count
    assert (column(found, "due_on"), column(found, "counted_days")) == (["2027-03-15"], [days])
    assert column(found, "interest") == [interest]
    by_hand = simulated(
        bank,
        principal=money("1000"),
        instalments=1,
        frequency={"unit": "months", "every": 2},
        disbursed_on="2025-01-15",
        terms={"rate": {"percent": "12"}, "day_count": count, "conversion": "as_quoted"},
    )
    assert (column(by_hand, "due_on"), column(by_hand, "counted_days")) == (["2025-03-15"], [days])
    assert column(by_hand, "interest") == [interest]


def test_a_rate_set_by_hand_stays_within_the_product(bank: Bank) -> None:
    above: dict[str, Any] = {"product": "CONS", "terms": {"rate": {"percent": "16"}}}
    assert refused(bank, **above) == (422, "rate_out_of_limits", "terms.rate.percent")
    below = simulated(bank, product="CONS", terms={"rate": {"percent": "15"}})
    assert (below["rate"]["nominal"], below["overridden"]) == ("15", ["rate"])
