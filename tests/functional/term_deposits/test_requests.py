"""Who may simulate what, what is refused and how, and what the answer says in words."""

import base64
from typing import Any

import pytest

from chalicelib.platform.access import authentication
from tests.functional.term_deposits.conftest import PRODUCTS, SIMULATIONS, SetPlan, ask
from tests.support.bank import Bank
from tests.support.given import money
from tests.support.pdf import text_of


def codes(api: Bank, who: str = "") -> list[str]:
    path = PRODUCTS if who else f"{PRODUCTS}?tenant=sisa"
    return [item["code"] for item in api(who).get(path).expect(200)["items"]]


# -- who --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("OLB-24")
def test_only_what_is_published_can_be_seen_or_simulated(bank: Bank) -> None:
    member = bank.member("pty_somebody")
    assert codes(bank) == ["DPF", "DPR"]
    hidden = ask(bank, "DPX", "1000.00", "", term_days=90)
    unknown = ask(bank, "NONE", "1000.00", "", term_days=90)
    assert (hidden.status, hidden.code, hidden["field"]) == (422, "unknown_term_deposit", "product")
    assert [hidden[name] for name in ("title", "detail")] == [unknown[name] for name in ("title", "detail")]
    asked = {"product": "DPX", "amount": money("1000.00"), "term_days": 90}
    assert member.post(SIMULATIONS, asked).code == "unknown_term_deposit"
    assert ask(bank, "DPX", "1000.00", term_days=90).code == "term_deposit_not_published"


@pytest.mark.feature("OLB-24")
def test_a_product_is_seen_as_soon_as_it_is_published_and_offered(bank: Bank, set_plan: SetPlan) -> None:
    set_plan("NEW")
    assert codes(bank) == codes(bank, "teller") == ["DPF", "DPR", "NEW"]
    set_plan("LATER", offered_from="2026-07-01")
    assert "LATER" not in codes(bank)
    assert ask(bank, "LATER", "1000.00", "", term_days=90).code == "unknown_term_deposit"
    later = ask(bank, "LATER", "1000.00", "", term_days=90, opening_date="2026-07-01")
    assert later.expect(200)["opening_date"] == "2026-07-01"


def test_a_member_needs_to_name_no_cooperative(bank: Bank) -> None:
    member = bank.member("pty_somebody")
    asked = {"product": "DPF", "amount": money("5000.00"), "term_days": 180}
    found = member.post(SIMULATIONS, asked).expect(200)
    assert found["totals"]["maturity_amount"]["amount"] == "5183.75"
    assert member.get(PRODUCTS).expect(200)["items"][0]["minimum_amount"] == money("100.00")
    other = member.post(SIMULATIONS, {**asked, "tenant": "paramo"})
    assert (other.status, other.code) == (404, "unknown_tenant")


def test_a_visitor_names_the_cooperative(bank: Bank) -> None:
    asked = {"product": "DPF", "amount": money("5000.00"), "term_days": 180}
    assert bank().post(SIMULATIONS, asked).status == 401
    assert bank().post(SIMULATIONS, {**asked, "tenant": "nobody"}).code == "unknown_tenant"
    assert bank().post(SIMULATIONS, {**asked, "tenant": "platform"}).code == "unknown_tenant"
    assert bank().get(PRODUCTS).status == 401
    products = bank().get(f"{PRODUCTS}?tenant=paramo").expect(200)["items"]
    assert [(item["code"], item["currency"]) for item in products] == [("CDAT", "COP")]


def test_an_address_that_asks_too_often_has_to_wait(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authentication, "VISITOR_REQUESTS_PER_MINUTE", 0)
    answer = ask(bank, "DPF", "5000.00", "", term_days=180)
    assert (answer.status, answer.code) == (429, "too_many_requests")
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("own", [{"rate": "8"}, {"overrides": {"grace_days": 3}}])
def test_own_terms_are_for_staff_who_may_simulate(bank: Bank, own: dict[str, Any]) -> None:
    member = bank.member("pty_somebody")
    asked = {"product": "DPF", "amount": money("5000.00"), "term_days": 180, **own}
    refused = [
        member.post(SIMULATIONS, asked),
        bank("teller").post(SIMULATIONS, asked),
        bank().post(SIMULATIONS, {**asked, "tenant": "sisa"}),
    ]
    assert {(answer.status, answer.code) for answer in refused} == {(403, "only_for_staff")}
    bank("officer").post(SIMULATIONS, asked).expect(200)


def test_staff_see_every_plan_with_the_terms_they_may_change(bank: Bank) -> None:
    plans = {
        plan["code"]: plan for plan in bank("officer").get("/v1/term_deposits/plans").expect(200)["items"]
    }
    assert {code: plan["published"] for code, plan in plans.items()} == {
        "DPF": True,
        "DPR": True,
        "DPX": False,
    }
    assert plans["DPF"]["terms"]["grace_days"] == 5
    assert "published" not in plans["DPF"]["terms"]
    assert bank("teller").get("/v1/term_deposits/plans").status == 403


# -- what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"amount": money("99.99")}, "amount_below_minimum", "amount"),
        ({"amount": money("50000.01")}, "amount_above_maximum", "amount"),
        ({"amount": money("1000000", "COP")}, "term_deposit_other_currency", "amount"),
        ({"amount": {"amount": "100.001", "currency": "USD"}}, "excess_decimals", "amount"),
        ({"amount": money("0.00")}, "amount_not_positive", "amount"),
        ({"amount": money("-500.00")}, "amount_not_positive", "amount"),
        ({"amount": {"amount": "1e3", "currency": "USD"}}, "invalid_amount", "amount"),
        ({"amount": {"amount": "500.00", "currency": "ZZZ"}}, "unknown_currency", "amount"),
        ({"term_days": 29}, "term_too_short", "term_days"),
        ({"term_days": 721}, "term_too_long", "term_days"),
        ({"term_days": 0}, "out_of_range", "term_days"),
        ({"term_days": 100_000}, "out_of_range", "term_days"),
        ({"term_days": None}, "term_or_maturity_date", "term_days"),
        ({"maturity_date": "2026-11-28"}, "term_or_maturity_date", "term_days"),
        ({"term_days": None, "maturity_date": "2026-06-10"}, "term_too_short", "maturity_date"),
        ({"term_days": None, "maturity_date": "2026-05-01"}, "term_too_short", "maturity_date"),
        ({"term_days": None, "maturity_date": "9999-12-31"}, "term_too_long", "maturity_date"),
        ({"term_days": 400}, "no_rate_for_term", "term_days"),
        ({"payment": "yearly"}, "payment_not_offered", "payment"),
        ({"payment": "weekly"}, "not_allowed", "payment"),
        ({"product": "NONE"}, "unknown_term_deposit", "product"),
        ({"opening_date": "2026-05-31"}, "opening_date_out_of_range", "opening_date"),
        ({"opening_date": "2027-06-03"}, "opening_date_out_of_range", "opening_date"),
        ({"cancel_after_days": 180}, "cancellation_outside_term", "cancel_after_days"),
        ({"rate": 7.5}, "decimal_text", "rate"),
        ({"amount": money("99.99"), "term_days": 29}, "invalid_fields", None),
    ],
)
def test_wrong_input_is_named(bank: Bank, changes: dict[str, Any], code: str, field: str | None) -> None:
    body = {"tenant": "sisa", "product": "DPF", "amount": money("5000.00"), "term_days": 180, **changes}
    answer = bank().post(SIMULATIONS, {name: value for name, value in body.items() if value is not None})
    assert (answer.status, answer.code, answer.json.get("field")) == (422, code, field)
    assert answer["title"] != f"errors.{code}.title"


def test_the_least_amount_is_taken(bank: Bank) -> None:
    ask(bank, "DPF", "100.00", "", term_days=180).expect(200)


def test_several_wrong_fields_are_all_named(bank: Bank) -> None:
    answer = ask(bank, "DPF", "99.99", "", term_days=29, payment="yearly")
    assert [(each["field"], each["code"]) for each in answer["errors"]] == [
        ("amount", "amount_below_minimum"),
        ("term_days", "term_too_short"),
        ("payment", "payment_not_offered"),
    ]
    assert "100,00 USD" in answer["errors"][0]["message"]


@pytest.mark.parametrize(
    ("overrides", "code", "field"),
    [
        ({"published": True}, "term_not_overridable", "overrides.published"),
        ({"grace_days": 366}, "out_of_range", "overrides.grace_days"),
        ({"day_count": "actual/361"}, "not_allowed", "overrides.day_count"),
        (
            {"day_count": "actual/actual_isda", "compounding": "daily"},
            "daily_needs_fixed_base",
            "overrides.compounding",
        ),
        (
            {"withholding": {"source": "figure", "figure": "none", "figure_code": "x"}},
            "unknown_reference",
            "overrides.withholding.figure",
        ),
    ],
)
def test_own_terms_must_fit_the_plan(bank: Bank, overrides: dict[str, Any], code: str, field: str) -> None:
    answer = ask(bank, "DPF", "5000.00", term_days=180, overrides=overrides)
    assert (answer.status, answer.code, answer["field"]) == (422, code, field)


def test_product_that_is_not_paid_back_early_says_so(bank: Bank) -> None:
    asked = {"tenant": "paramo", "product": "CDAT", "amount": money("1000000", "COP"), "term_days": 180}
    found = bank().post(SIMULATIONS, asked).expect(200)
    assert "no_early_cancellation" in {notice["code"] for notice in found["notices"]}
    refused = bank().post(SIMULATIONS, {**asked, "cancel_after_days": 10})
    assert (refused.status, refused.code) == (422, "cancellation_not_allowed")


def test_product_whose_figure_is_missing_is_not_offered(bank: Bank, set_plan: SetPlan) -> None:
    set_plan("GAP", withholding={"source": "figure", "figure": "term_yields", "figure_code": "nothing"})
    assert codes(bank) == ["DPF", "DPR"]
    answer = ask(bank, "GAP", "1000.00", term_days=90)
    assert (answer.status, answer.code, answer["field"]) == (409, "figure_missing", "product")


# -- what it says -------------------------------------------------------------------------------------------------


def test_figure_to_be_confirmed_is_shown(bank: Bank) -> None:
    found = ask(bank, "DPR", "1000.00", "", term_days=120).expect(200).json
    assert found["to_be_confirmed"]
    assert found["withholding"] == {
        "percent": "3",
        "exempt_days": 360,
        "exemption": None,
        "to_be_confirmed": True,
    }
    assert found["notices"][0] == {
        "code": "tax_to_be_confirmed",
        "text": "La retención usa una cifra por confirmar.",
        "important": True,
    }
    assert [item["to_be_confirmed"] for item in bank().get(f"{PRODUCTS}?tenant=sisa")["items"]] == [
        False,
        True,
    ]


def test_rates_to_be_confirmed_are_shown(bank: Bank, set_plan: SetPlan) -> None:
    set_plan("DOUBT", rates_to_be_confirmed=True)
    found = ask(bank, "DOUBT", "1000.00", "", term_days=120).expect(200).json
    assert found["to_be_confirmed"]
    assert found["notices"][0]["code"] == "rates_to_be_confirmed"


def test_formula_is_told_in_the_readers_language(bank: Bank) -> None:
    body = {"tenant": "sisa", "product": "DPF", "amount": money("5000.00"), "term_days": 180}
    spanish = bank().post(SIMULATIONS, body).expect(200)["formula"]
    english = bank().post(SIMULATIONS, body, headers={"accept-language": "en"}).expect(200)["formula"]
    assert spanish == {
        "code": "simple",
        "words": "Interés simple: capital × tasa anual × días ÷ días del año.",
        "worked": "5.000,00 USD × 7,50 % × 180 ÷ 360 = 187,50 USD",
    }
    assert english["worked"] == "5,000.00 USD × 7.50 % × 180 ÷ 360 = 187.50 USD"
    assert english["words"].startswith("Simple interest")


def test_every_way_of_paying_and_compounding_has_its_words(bank: Bank, set_plan: SetPlan) -> None:
    ways = ["maturity", "advance", "monthly", "capitalised", "advance_capitalised"]
    set_plan("X", payments=ways, capitalisation="monthly")
    told = [
        ask(bank, "X", "1000.00", term_days=180, payment=way, overrides=terms).expect(200)["formula"]
        for way in ways
        for terms in (
            {},
            {"compounding": "daily"},
            {"rate_kind": "effective"},
            {"reinvest_advance": "one_pass"},
        )
    ]
    assert len({formula["code"] for formula in told}) == 9
    assert not [formula for formula in told if "formulas." in formula["words"] + formula["worked"]]
    assert not [formula for formula in told if "{" in formula["worked"]]


def test_document_has_the_brand_and_the_same_figures(bank: Bank) -> None:
    body = {"product": "DPF", "amount": money("5000.00"), "term_days": 180, "cancel_after_days": 90}
    for tenant, language, wanted in (
        (
            {"tenant": "sisa"},
            "es",
            ("Simulación de depósito a plazo", "187,50", "5.183,75", "Al vencimiento"),
        ),
        ({}, "en", ("Term deposit simulation", "187.50", "5,183.75", "At maturity")),
    ):
        client = bank("" if tenant else "officer")
        asked = {**body, **tenant, "language": language}
        document = client.post(f"{SIMULATIONS}/documents", asked).expect(200)
        assert document["filename"] == "term-deposit-dpf-2026-06-01.pdf"
        shown = text_of(base64.b64decode(document["content_base64"]))
        assert not [text for text in ("Cooperativa Sisa", *wanted) if text not in shown]
    table = bank("officer").post(f"{SIMULATIONS}/documents", {**body, "format": "csv"}).expect(200)
    assert "5183" in base64.b64decode(table["content_base64"]).decode("utf-8-sig")


def test_simulating_leaves_nothing_behind(bank: Bank) -> None:
    ask(bank, "DPF", "5000.00", "officer", term_days=180).expect(200)
    ask(bank, "DPX", "5000.00", "officer", term_days=180).expect(422)
    events = "/v1/platform/audit-events?operation=term_deposits.simulate_term_deposit"
    assert bank("auditor").get(events).expect(200)["items"] == []
