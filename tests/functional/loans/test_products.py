"""The products on offer, for whom, and what a simulation of one says beside its figures."""

from typing import Any

import pytest

from tests.functional.loans.conftest import SetParameter
from tests.functional.loans.desk import SIMULATIONS, column, refused, simulated
from tests.support.bank import SECOND, Bank
from tests.support.given import a_member, money

CONSUMER: dict[str, Any] = {"product": "CONS", "principal": money("5000"), "instalments": 24}
PRODUCTS = "/v1/loans/products"


@pytest.mark.feature("POR-10")
def test_visitors_members_and_staff_see_the_same_table(bank: Bank) -> None:
    member = bank.member(a_member(bank)["id"])
    visiting = bank().post(SIMULATIONS, {**CONSUMER, "tenant": "sisa"}).expect(200).json
    assert visiting == member.post(SIMULATIONS, CONSUMER).expect(200).json
    assert visiting == simulated(bank, **CONSUMER)
    assert visiting["first_instalment"] == money("243.86")
    assert visiting["last_instalment"] == money("243.89")
    assert visiting["totals"]["interest"] == money("852.67")
    assert visiting["totals"]["cost"] == money("852.67")
    assert (visiting["rate"]["nominal"], visiting["rate"]["effective"]) == ("15.6", "16.765178")


def test_a_visitor_names_the_cooperative(bank: Bank) -> None:
    def asked(**body: Any) -> tuple[int, str]:
        answer = bank().post(SIMULATIONS, {**CONSUMER, **body})
        return answer.status, answer.code

    assert asked() == (401, "not_signed_in")
    assert asked(tenant="nowhere") == (404, "unknown_tenant")
    assert bank().get(PRODUCTS).status == 401
    assert bank("officer").get(f"{PRODUCTS}?tenant={SECOND}").code == "unknown_tenant"
    offered = bank().get(f"{PRODUCTS}?tenant={SECOND}").expect(200)["items"]
    assert [(product["code"], product["currency"]) for product in offered] == [("CONS", "COP")]


def test_a_cooperative_without_the_module_offers_nothing(bank: Bank) -> None:
    from dataclasses import replace

    from chalicelib.platform.tenancy import TENANTS

    work = bank.work()
    work.put(TENANTS, replace(work.get(TENANTS), modules=("administration", "deposits")))
    work.commit()
    assert bank().get(f"{PRODUCTS}?tenant=sisa").code == "not_found"
    assert bank("officer").get(PRODUCTS).code == "not_found"


def test_only_published_products_are_shown_to_others_than_staff(bank: Bank) -> None:
    shown = {product["code"] for product in bank().get(f"{PRODUCTS}?tenant=sisa").expect(200)["items"]}
    assert shown == {"CONS", "TIER", "TAXED"}
    every = bank("officer").get("/v1/loans/plans").expect(200)["items"]
    assert {product["code"] for product in every} == {*shown, "INDEXED"}
    terms = next(product["terms"] for product in every if product["code"] == "CONS")
    assert (terms["fixed_rate"], terms["amortisation_plan"]) == ("15.60", "LEVEL")
    assert bank("operator").get("/v1/loans/plans").code == "permission_denied"
    hidden = {"tenant": "sisa", "product": "INDEXED", "principal": money("5000"), "instalments": 24}
    answer = bank().post(SIMULATIONS, hidden)
    assert (answer.status, answer.code, answer["field"]) == (422, "unknown_loan_product", "product")
    assert simulated(bank, product="INDEXED", instalments=24)["rate"]["index"] == "REF"


def test_a_product_tells_what_a_form_needs(bank: Bank) -> None:
    found = bank().get(f"{PRODUCTS}?tenant=sisa").expect(200)["items"]
    consumer = next(product for product in found if product["code"] == "CONS")
    assert (consumer["amount_min"], consumer["amount_max"]) == (money("300.00"), money("20000.00"))
    assert (consumer["term_min"], consumer["term_max"], consumer["term_unit"]) == (6, 60, "months")
    assert [method["code"] for method in consumer["methods"]] == ["LEVEL", "FIXED"]
    assert (consumer["nominal"], consumer["effective"]) == ("15.6", "16.765178")
    tiers = next(product for product in found if product["code"] == "TIER")
    assert [(f["label"], f["instalments_min"], f["instalments_max"]) for f in tiers["frequencies"]] == [
        ("Mensual", 6, 36),
        ("Trimestral", 2, 12),
    ]
    assert [tier["nominal"] for tier in tiers["tiers"]] == ["18", "16"]


def test_terms_of_ones_own_are_for_staff_who_may_simulate(bank: Bank) -> None:
    own = {"principal": money("1000"), "instalments": 12, "terms": {"rate": {"percent": "10"}}}
    member = bank.member(a_member(bank)["id"])
    assert member.post(SIMULATIONS, own).code == "permission_denied"
    assert bank().post(SIMULATIONS, {**own, "tenant": "sisa"}).code == "permission_denied"
    assert bank("operator").post(SIMULATIONS, own).code == "permission_denied"
    skip = {"kind": "skip", "on": "2026-07-05", "number": 3}
    assert member.post(SIMULATIONS, {**CONSUMER, "events": [skip]}).code == "permission_denied"
    prepaid = {"kind": "payment", "on": "2026-12-05", "amount": money("1000")}
    saved = member.post(SIMULATIONS, {**CONSUMER, "events": [prepaid]}).expect(200)["course"]["saved"]
    assert float(saved["amount"]) > 0


@pytest.mark.feature("LON-12")
def test_the_term_limits_are_named(bank: Bank) -> None:
    answer = bank("officer").post(
        SIMULATIONS, {"product": "TIER", "principal": money("1000"), "instalments": 40}
    )
    assert (answer.status, answer.code, answer["field"]) == (422, "term_out_of_limits", "instalments")
    assert "de 6 a 36" in answer["detail"]
    quarters: dict[str, Any] = {"frequency": {"unit": "months", "every": 3}, "product": "TIER"}
    assert refused(bank, terms=None, **quarters, instalments=13)[1] == "term_out_of_limits"


@pytest.mark.feature("OLB-16")
def test_terms_and_frequencies_are_those_of_the_publication(bank: Bank) -> None:
    long = {**CONSUMER, "tenant": "sisa", "instalments": 61}
    answer = bank().post(SIMULATIONS, long)
    assert (answer.status, answer.code, answer["field"]) == (422, "term_out_of_limits", "instalments")
    assert "de 6 a 60" in answer["detail"]
    assert len(bank().post(SIMULATIONS, {**long, "instalments": 60}).expect(200)["rows"]) == 60
    weekly = {**CONSUMER, "tenant": "sisa", "frequency": {"unit": "weeks", "every": 1}}
    assert bank().post(SIMULATIONS, weekly).code == "frequency_not_offered"


@pytest.mark.parametrize("amount", ["299", "20000.01"])
def test_the_amount_limits_are_named(bank: Bank, amount: str) -> None:
    answer = bank().post(SIMULATIONS, {**CONSUMER, "tenant": "sisa", "principal": money(amount)})
    assert (answer.status, answer.code, answer["field"]) == (422, "amount_out_of_limits", "principal")
    assert "de 300,00 a 20.000,00 USD" in answer["detail"]


@pytest.mark.feature("OLB-17")
def test_the_simulator_states_what_is_required_from_an_amount_on(bank: Bank) -> None:
    def required(amount: str) -> list[str]:
        body = {**CONSUMER, "tenant": "sisa", "principal": money(amount)}
        notices = bank().post(SIMULATIONS, body).expect(200)["notices"]
        return [notice["text"] for notice in notices if notice["code"] == "requirement"]

    assert required("5000") == ["Necesita un garante."]
    assert required("4999.99") == []


def test_a_rate_above_the_legal_maximum_is_said(bank: Bank, set_parameter: SetParameter) -> None:
    plan = bank("admin").get("/v1/platform/parameters/loans.plan/CONS").expect(200).json
    body = {**_body(plan), "fixed_rate": "17", "rate_max": None}
    set_parameter("loans.plan", "CONS", body)
    found = simulated(bank, **CONSUMER)
    warning = next(notice for notice in found["notices"] if notice["severity"] == "warning")
    assert warning["code"] == "rate_above_ceiling"
    assert "18,39 %" in warning["text"]
    assert "16,77 %" in warning["text"]
    product = next(
        each for each in bank("officer").get(PRODUCTS).expect(200)["items"] if each["code"] == "CONS"
    )
    assert product["notices"][0]["code"] == "rate_above_ceiling"
    sixteen = {"code": "CONS", "effective_from": "2026-06-01", "body": {**body, "rate_max": "15.60"}}
    answer = bank("admin").post("/v1/platform/parameters/loans.plan", sixteen)
    assert (answer.status, answer.json["errors"][0]["code"]) == (422, "fixed_rate_out_of_limits")


def _body(found: dict[str, Any]) -> dict[str, Any]:
    """The body of the version in force, whatever the answer wraps it in."""
    if "body" in found:
        return dict(found["body"])
    return next(_body(inner) for inner in found.values() if isinstance(inner, dict) and inner)


@pytest.mark.feature("LON-08")
def test_words_change_with_the_language_and_figures_do_not(bank: Bank) -> None:
    officer = bank("officer")
    english = {"accept-language": "en"}
    spanish = officer.post(SIMULATIONS, CONSUMER).expect(200).json
    other = officer.post(SIMULATIONS, CONSUMER, headers=english).expect(200).json
    assert (spanish["method_name"], other["method_name"]) == ("Cuota nivelada", "Level instalment")
    assert (spanish["frequency"], other["frequency"]) == ("Mensual", "Monthly")
    assert spanish["formula"]["words"] != other["formula"]["words"]
    assert (spanish["rows"], spanish["totals"]) == (other["rows"], other["totals"])
    wrong = {**CONSUMER, "instalments": 61}
    details = [officer.post(SIMULATIONS, wrong, headers=headers)["detail"] for headers in ({}, english)]
    assert details[0].startswith("El plazo va de 6 a 60")
    assert details[1].startswith("The term goes from 6 to 60")
    forms = [
        bank("admin").get("/v1/platform/parameter-kinds/loans.plan/schema", headers=headers).expect(200).text
        for headers in ({}, english)
    ]
    assert "Lo menos que se presta." in forms[0]
    assert "The least that is lent." in forms[1]


def test_colombian_pesos_have_no_decimals(bank: Bank) -> None:
    body = {
        "tenant": SECOND,
        "product": "CONS",
        "principal": money("5000000", "COP"),
        "instalments": 12,
    }
    found = bank().post(SIMULATIONS, body).expect(200).json
    assert found["rate"]["effective"] == "22"
    assert all("." not in amount for amount in column(found, "instalment"))
    assert column(found, "balance")[-1] == "0"
    odd = bank().post(SIMULATIONS, {**body, "principal": {"amount": "5000000.50", "currency": "COP"}})
    assert (odd.status, odd.code, odd["field"]) == (422, "excess_decimals", "principal")


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbfN.")])
def test_a_simulation_is_printed_in_the_brand_of_the_cooperative(bank: Bank, form: str, start: bytes) -> None:
    import base64

    asked = {**CONSUMER, "tenant": "sisa", "format": form}
    found = bank().post(f"{SIMULATIONS}/documents", asked).expect(200).json
    content = base64.b64decode(found["content_base64"])
    assert content.startswith(start)
    assert found["filename"].endswith(f".{form}")
    if form == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert len(lines) >= 25
        assert lines[1].endswith("178.86,65.00,243.86,4821.14")
