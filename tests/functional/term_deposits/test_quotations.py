"""What a term deposit pays, through the API, with the numbers of the specification."""

from decimal import Decimal
from typing import Any

import pytest

from tests.functional.term_deposits.conftest import Quote, SetPlan, amounts, ask
from tests.support.bank import Bank


def total(found: dict[str, Any], name: str) -> str:
    amount: str = found["totals"][name]["amount"]
    return amount


@pytest.mark.feature("TDP-129")
def test_quotation_of_180_days_with_tax(quote: Quote) -> None:
    found = quote(withholding={"source": "percent", "percent": "2"})
    assert [total(found, name) for name in ("interest", "withheld", "net", "maturity_amount")] == [
        "400.00",
        "8.00",
        "392.00",
        "10392.00",
    ]
    assert found["maturity_date"] == "2026-11-28"
    assert [(row["date"], row["days"]) for row in found["rows"]] == [("2026-11-28", 180)]


@pytest.mark.feature("POR-20", "OLB-24")
@pytest.mark.parametrize("who", ["", "officer"])
def test_published_rate_row_is_what_a_simulation_pays(bank: Bank, who: str) -> None:
    found = ask(bank, "DPF", "5000.00", who, term_days=180).expect(200).json
    assert (found["rate"], found["effective_rate"]) == ("7.50", "7.6406")
    assert [total(found, name) for name in ("interest", "withheld", "net", "maturity_amount")] == [
        "187.50",
        "3.75",
        "183.75",
        "5183.75",
    ]
    assert (found["agreed_maturity_date"], found["maturity_date"]) == ("2026-11-28", "2026-11-30")
    assert "maturity_moved" in {notice["code"] for notice in found["notices"]}
    assert amounts(found["rows"], "paid") == ["5183.75"]


@pytest.mark.feature("TDP-131")
@pytest.mark.parametrize(
    ("amount", "days", "rate"),
    [("12000.00", 181, "8.25"), ("12000.00", 180, "8"), ("9999.99", 181, "7.75"), ("20000.00", 360, "8.5")],
)
def test_rate_comes_from_the_row_of_amount_and_term(bank: Bank, amount: str, days: int, rate: str) -> None:
    assert ask(bank, "DPF", amount, term_days=days).expect(200)["rate"] == rate


@pytest.mark.feature("TDP-53")
def test_interest_in_advance_is_paid_at_the_start_and_in_arrears_at_the_end(quote: Quote) -> None:
    advance = quote(days=90, payment="advance", opening_date="2026-06-01")["rows"]
    arrears = quote(days=90, payment="maturity", opening_date="2026-06-01")["rows"]
    assert [(row["date"], row["paid"]["amount"]) for row in advance] == [
        ("2026-06-01", "200.00"),
        ("2026-08-30", "10000.00"),
    ]
    assert [(row["date"], row["paid"]["amount"]) for row in arrears] == [("2026-08-30", "10200.00")]


@pytest.mark.feature("TDP-56", "TDP-68")
@pytest.mark.parametrize(("base", "interest"), [("actual/360", "402.22"), ("actual/365", "396.71")])
def test_annual_bases(quote: Quote, base: str, interest: str) -> None:
    assert total(quote(days=181, day_count=base), "interest") == interest


@pytest.mark.feature("TDP-69")
def test_daily_compound_interest(quote: Quote) -> None:
    found = quote(days=181, day_count="actual/365", compounding="daily")
    assert total(found, "interest") == "404.64"
    assert found["formula"]["code"] == "daily"


def test_effective_rate_grows_by_the_fraction_of_the_year(quote: Quote) -> None:
    found = quote(days=181, day_count="actual/365", rate_kind="effective")
    assert (total(found, "interest"), found["effective_rate"]) == ("389.02", "8.0000")
    assert abs(Decimal(found["gross_yield"]) - 8) < Decimal("0.001")


@pytest.mark.feature("TDP-57")
def test_kinds_of_periods(quote: Quote) -> None:
    exact = quote(days=61, payment="monthly", opening_date="2026-06-01")["rows"]
    thirty = quote(days=90, payment="monthly", period_unit="thirty_days")["rows"]
    quarters = quote(days=180, payment="quarterly", period_unit="thirty_days")["rows"]
    assert [row["days"] for row in exact] == [30, 31]
    assert [row["days"] for row in thirty] == [30, 30, 30]
    assert ([row["days"] for row in quarters], amounts(quarters, "interest")) == (
        [90, 90],
        ["200.00", "200.00"],
    )
    opened = quote(days=95)
    assert (total(opened, "interest"), opened["effective_rate"]) == ("211.11", "8.2385")


@pytest.mark.feature("TDP-58")
@pytest.mark.parametrize(
    ("unit", "maturity", "days"), [("thirty_days", "2025-02-15", 92), ("calendar", "2025-02-13", 90)]
)
def test_interest_by_the_calendar_and_maturity_by_commercial_months(
    quote: Quote, unit: str, maturity: str, days: int
) -> None:
    found = quote(days=90, opening_date="2024-11-15", maturity_unit=unit, day_count="actual/365")
    assert (found["maturity_date"], found["rows"][0]["days"]) == (maturity, days)


def test_thirty_day_months_pay_equal_months(quote: Quote) -> None:
    found = quote(days=181, opening_date="2026-01-15", day_count="30/360_european")
    assert (found["counted_days"], total(found, "interest")) == (180, "400.00")


@pytest.mark.feature("TDP-66")
def test_tax_is_withheld_from_interest(quote: Quote) -> None:
    row = quote(days=90, withholding={"source": "percent", "percent": "7"})["rows"][0]
    assert [row[name]["amount"] for name in ("interest", "withheld", "net")] == ["200.00", "14.00", "186.00"]


@pytest.mark.feature("TDP-80", "TDP-81")
def test_bonus_rate_of_the_first_days(quote: Quote) -> None:
    terms = {"bonus_rate": "10", "bonus_days": 30, "period_unit": "thirty_days"}
    assert total(quote(**terms), "interest") == "416.67"
    rows = quote(payment="monthly", **terms)["rows"]
    assert [row["rate_percent"] for row in rows] == ["10", "8", "8", "8", "8", "8"]
    assert amounts(rows, "interest")[:2] == ["83.33", "66.67"]
    assert sum(Decimal(each) for each in amounts(rows, "interest")) == Decimal("416.67")


@pytest.mark.parametrize(
    ("payment", "effective"),
    [("quarterly", "8.2432"), ("monthly", "8.3000"), ("half_yearly", "8.1600"), ("yearly", "8.0000")],
)
def test_effective_equivalent_of_each_periodicity(quote: Quote, payment: str, effective: str) -> None:
    found = quote(days=360, payment=payment)
    assert (found["nominal_rate"], found["effective_rate"]) == ("8.0000", effective)


def test_effective_equivalent_in_advance(quote: Quote) -> None:
    assert quote(days=90, payment="advance")["effective_rate"] == "8.4166"


@pytest.mark.feature("TDP-86")
def test_rate_beyond_the_plan_is_refused(bank: Bank, set_plan: SetPlan) -> None:
    set_plan("LIMITED", rate_max="9", rate_min="5")
    for rate in ("9.5", "4.99"):
        answer = ask(bank, "LIMITED", "1000.00", term_days=90, rate=rate)
        assert (answer.status, answer.code, answer["field"]) == (422, "rate_outside_plan", "rate")
    assert ask(bank, "LIMITED", "1000.00", term_days=90, rate="9").expect(200)["rate"] == "9"


@pytest.mark.feature("TDP-21")
@pytest.mark.parametrize(
    ("method", "value", "penalty"),
    [
        ("days_of_interest", "30", "26.67"),
        ("percent_of_amount", "1", "40.00"),
        ("rate_reduction", "3", "33.33"),
    ],
)
def test_penalty_of_an_early_cancellation(quote: Quote, method: str, value: str, penalty: str) -> None:
    rule = {"method": method, "value": value}
    found = quote("4000", days=180, cancel_after_days=100, early_cancellation=rule)["early_cancellation"]
    assert (found["elapsed_days"], found["interest"]["amount"]) == (100, "88.89")
    assert found["penalty"]["amount"] == penalty
    assert Decimal(found["received"]["amount"]) == Decimal("4088.89") - Decimal(penalty)


def test_penalty_by_days_elapsed_and_within_the_interest(quote: Quote) -> None:
    bands = [{"from_days": 0, "value": "100"}, {"from_days": 90, "value": "50"}]
    rule = {"method": "percent_of_interest", "bands": bands}
    costs = [
        quote(days=180, cancel_after_days=days, early_cancellation=rule)["early_cancellation"]
        for days in (45, 90)
    ]
    assert [each["penalty"]["amount"] for each in costs] == ["100.00", "100.00"]
    assert [each["received"]["amount"] for each in costs] == ["10000.00", "10100.00"]
    greedy = {"method": "percent_of_amount", "value": "10"}
    found = quote(days=180, cancel_after_days=90, early_cancellation=greedy)
    assert found["early_cancellation"]["received"]["amount"] == "10000.00"
    touching = {**greedy, "may_touch_principal": True}
    found = quote(days=180, cancel_after_days=90, early_cancellation=touching)
    assert found["early_cancellation"]["received"]["amount"] == "9200.00"
    assert "cancellation_loses_capital" in {each["code"] for each in found["notices"] if each["important"]}


def test_cancelling_before_the_exempt_term_pays_the_tax(quote: Quote) -> None:
    rule = {"source": "percent", "percent": "3", "exempt_days": 180}
    found = quote(days=180, cancel_after_days=90, withholding=rule)
    assert (total(found, "withheld"), found["withholding"]["exemption"]) == ("0.00", "term")
    assert found["early_cancellation"]["withheld"]["amount"] == "6.00"


def test_grace_days_earn_the_maturity_rate(quote: Quote) -> None:
    found = quote(days=90, grace_days=5, maturity_rate="2", payment="quarterly", period_unit="thirty_days")
    assert (found["grace"]["interest"]["amount"], found["grace"]["until"]) == ("2.78", "2026-09-04")
    assert quote(days=90, grace_days=5)["grace"]["interest"]["amount"] == "0.00"
    assert quote(days=90)["grace"] is None


def test_capitalised_interest_grows_and_is_paid_at_maturity(bank: Bank) -> None:
    found = ask(bank, "DPR", "10000.00", term_days=365).expect(200).json
    assert amounts(found["rows"], "capital") == ["10200.00", "10404.00", "10612.08", "10824.32"]
    assert amounts(found["rows"], "paid") == ["0.00", "0.00", "0.00", "10824.32"]
    assert (found["effective_rate"], found["withholding"]["exemption"]) == ("8.2432", "term")


@pytest.mark.feature("TDP-67")
def test_interest_in_advance_is_reinvested(bank: Bank, set_plan: SetPlan) -> None:
    set_plan("R", payments=["advance_capitalised"], capitalisation="quarterly", period_unit="thirty_days")
    full = ask(bank, "R", "10000.00", term_days=360).expect(200).json
    assert (full["rows"][0]["interest"]["amount"], full["rows"][0]["date"]) == ("204.08", "2026-06-01")
    assert amounts(full["rows"], "capital") == ["10204.08", "10412.33", "10624.82", "10841.66", "10841.66"]
    assert (full["effective_rate"], total(full, "maturity_amount")) == ("8.4166", "10841.66")
    assert full["formula"]["worked"] == (
        "200,00 USD × 10.000,00 USD ÷ (10.000,00 USD − 200,00 USD) = 204,08 USD"
    )
    one_pass = ask(bank, "R", "10000.00", term_days=90, overrides={"reinvest_advance": "one_pass"})
    assert amounts(one_pass.expect(200)["rows"], "capital") == ["10200.00", "10200.00"]


def test_days_until_the_business_day_earn_where_the_plan_says_so(quote: Quote) -> None:
    moved = {"due_date_shift": "next"}
    earning, not_earning = quote(**moved), quote(accrue_on_roll=False, **moved)
    assert earning["maturity_date"] == not_earning["maturity_date"] == "2026-11-30"
    assert (earning["counted_days"], not_earning["counted_days"]) == (182, 180)
    assert (total(earning, "interest"), total(not_earning, "interest")) == ("404.44", "400.00")


def test_term_may_be_given_by_its_last_day(bank: Bank, quote: Quote) -> None:
    by_date = ask(bank, "X", "10000", maturity_date="2026-11-28").expect(200).json
    assert by_date["rows"] == quote(days=180)["rows"]


def test_yields_are_those_of_the_dated_payments(quote: Quote) -> None:
    found = quote(days=365, day_count="actual/365", withholding={"source": "percent", "percent": "2"})
    assert (found["gross_yield"], found["net_yield"], found["no_yield"]) == ("8.0000", "7.8400", None)


def test_large_amounts_stay_exact(quote: Quote) -> None:
    found = quote("999999999999999999.99", days=360)
    assert total(found, "interest") == "80000000000000000.00"


def test_cooperative_in_pesos_rounds_to_whole_pesos(bank: Bank) -> None:
    body = {"product": "CDAT", "amount": {"amount": "1000000", "currency": "COP"}, "term_days": 365}
    found = bank("officer", "paramo").post("/v1/term_deposits/simulations", body).expect(200).json
    assert (total(found, "interest"), total(found, "withheld")) == ("100000", "4000")
    assert found["nominal_rate"] == "10.0000"
