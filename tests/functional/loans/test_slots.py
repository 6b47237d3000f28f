"""Insurances and charges: bases, methods and tables, beside or within the instalment, and what all of it costs."""

from typing import Any

import pytest

from tests.functional.loans.conftest import SetParameter
from tests.functional.loans.desk import column, named, refused, simulated, slot
from tests.support.bank import Bank
from tests.support.given import money

TWENTY_THOUSAND: dict[str, Any] = {
    "principal": money("20000"),
    "instalments": 12,
    "disbursed_on": "2026-06-01",
}


def a_slot(code: str, **terms: Any) -> dict[str, Any]:
    return {"code": code, "names": named(code), **terms}


def test_insurance_beside_and_within_the_level_instalment(bank: Bank) -> None:
    life = a_slot("LIFE", base="balance", percent="0.068")
    outside = simulated(bank, terms={"insurances": [life]})
    assert (column(outside, "instalment")[0], column(outside, "instalment")[-1]) == ("923.60", "917.42")
    inside = simulated(bank, terms={"insurances": [{**life, "included_in_level": True}]})
    assert set(column(inside, "instalment")[:-1]) == {"920.69"}
    assert column(inside, "balance")[-1] == "0.00"


@pytest.mark.feature("LON-62")
def test_insurance_that_accrues_by_days(bank: Bank) -> None:
    life = a_slot("LIFE", base="balance", percent="0.6", accrues="actual/360")
    found = simulated(bank, **TWENTY_THOUSAND, terms={"insurances": [life]})
    assert found["rows"][0]["days"] == 30
    assert slot(found, "LIFE")[0] == "10.00"


@pytest.mark.feature("LON-64")
def test_insurance_once_per_instalment_whatever_its_days(bank: Bank) -> None:
    life = a_slot("LIFE", base="original", percent="0.05")
    found = simulated(bank, **TWENTY_THOUSAND, terms={"insurances": [life]})
    assert {row["days"] for row in found["rows"]} == {28, 30, 31}
    assert set(slot(found, "LIFE")) == {"10.00"}


@pytest.mark.feature("LON-65")
def test_the_same_rate_on_two_bases(bank: Bank) -> None:
    slots = [
        a_slot("ONE", base="balance", percent="0.05"),
        a_slot("TWO", base="balance_and_interest", percent="0.05"),
    ]
    found = simulated(bank, **TWENTY_THOUSAND, terms={"insurances": slots})
    assert (slot(found, "ONE")[0], slot(found, "TWO")[0]) == ("10.00", "10.15")


@pytest.mark.feature("LON-66")
def test_a_slot_taxes_another(bank: Bank) -> None:
    slots = [a_slot("ONE", amount="13.60"), a_slot("TAX", base="slot", of="ONE", percent="15")]
    found = simulated(bank, **TWENTY_THOUSAND, terms={"insurances": slots})
    assert (slot(found, "ONE")[0], slot(found, "TAX")[0]) == ("13.60", "2.04")


@pytest.mark.feature("LON-67")
def test_the_table_follows_the_age_of_the_insured(bank: Bank) -> None:
    born = [{"birth_date": "1965-09-15"}]
    life = a_slot("LIFE", base="original", life_table="LIFE")
    found = simulated(bank, **TWENTY_THOUSAND, insured=born, terms={"insurances": [life]})
    assert slot(found, "LIFE")[:5] == ["8.00", "8.00", "8.00", "22.00", "22.00"]
    assert found["rows"][3]["due_on"] == "2026-10-01"
    without = refused(bank, **TWENTY_THOUSAND, terms={"insurances": [life]})
    assert without == (422, "insured_missing", "insured")


@pytest.mark.feature("LON-69")
def test_equal_loans_by_the_tables_of_two_insurers(bank: Bank, set_parameter: SetParameter) -> None:
    for insurer, rate in (("A", "0.024"), ("B", "0.0255")):
        bands = [{"age_from": 18, "age_to": 75, "rate": rate}]
        set_parameter(
            "loans.life_table", insurer, {"names": named(insurer), "insurer": insurer, "bands": bands}
        )
    billed = [
        slot(
            simulated(
                bank,
                **TWENTY_THOUSAND,
                insured=[{"birth_date": "1990-01-01"}],
                terms={"insurances": [a_slot("LIFE", base="balance", life_table=insurer)]},
            ),
            "LIFE",
        )[0]
        for insurer in ("A", "B")
    ]
    assert billed == ["4.80", "5.10"]


@pytest.mark.feature("LON-71")
def test_insured_persons_share_the_loan(bank: Bank) -> None:
    life = a_slot("LIFE", base="balance", life_table="LIFE")
    couple = [
        {"birth_date": "1991-01-01", "share_percent": "60"},
        {"birth_date": "1964-01-01", "share_percent": "40"},
    ]
    found = simulated(bank, **TWENTY_THOUSAND, insured=couple, terms={"insurances": [life]})
    assert slot(found, "LIFE")[0] == "13.60"
    couple[1]["share_percent"] = "30"
    assert refused(bank, **TWENTY_THOUSAND, insured=couple, terms={"insurances": [life]}) == (
        422,
        "insured_shares",
        "terms.insurances.0.insured",
    )


@pytest.mark.feature("LON-74")
def test_a_charge_for_some_instalments(bank: Bank) -> None:
    fee = a_slot("LEGAL", amount="5.00", last_instalment=3)
    found = simulated(bank, terms={"charges": [fee]})
    assert slot(found, "LEGAL") == ["5.00"] * 3 + [""] * 9
    assert found["totals"]["charges"] == money("15.00")
    many = [a_slot(f"S{number}", amount="1") for number in range(10)]
    assert refused(bank, terms={"charges": many}) == (422, "too_long", "terms.charges")
    assert refused(bank, terms={"insurances": many}) == (422, "too_long", "terms.insurances")


def test_the_total_annual_cost_holds_every_charge(bank: Bank) -> None:
    charges = [a_slot("FEE", amount="200", timing="up_front"), a_slot("SMS", amount="4.50")]
    found = simulated(bank, terms={"charges": charges})
    assert found["disbursement"]["net"] == money("9800.00")
    assert column(found, "instalment")[0] == "921.30"
    cost = found["total_cost"]
    assert abs(float(cost["per_period"]) - 1.9052) < 0.0001  # the last instalment is a cent higher
    assert round(float(cost["annual"]), 3) == 25.418
    assert found["totals"]["cost"] == money("1255.61")


def test_the_tax_that_a_law_fixes_is_withheld_in_proportion_below_a_year(bank: Bank) -> None:
    asked: dict[str, Any] = {
        "product": "TAXED",
        "insured": [{"birth_date": "1990-01-01"}],
        "disbursed_on": "2026-06-01",
    }
    year = simulated(bank, **asked, instalments=12)
    assert year["disbursement"]["items"][0]["amount"] == money("50.00")
    assert "SMS" not in {item["code"] for item in year["rows"][0]["slots"]}
    half = simulated(bank, **asked, instalments=6, options=["SMS"])
    assert half["disbursement"]["items"][0]["amount"] == money("25.42")  # 10,000 × 0.5 % × 183 / 360
    assert slot(half, "SMS")[0] == "1.50"
    notice = next(notice for notice in year["notices"] if notice["code"] == "to_be_confirmed")
    assert "SOLCA" in notice["text"]
