"""Staff simulate a term deposit of no product: every term is theirs, the engine and the answers are the products'."""

from typing import Any

import pytest

from tests.functional.term_deposits.conftest import SIMULATIONS
from tests.support.api import Reply
from tests.support.bank import Bank
from tests.support.given import money

PLANS = "/v1/term_deposits/plans"
OF_ITS_PRODUCT = ("product", "product_name", "notices", "to_be_confirmed", "withholding")


def simulated(bank: Bank, terms: dict[str, Any] | None = None, who: str = "officer", **changes: Any) -> Reply:
    asked = {"amount": money("5000.00"), "term_days": 180, "terms": terms or {"rate": "7.50"}, **changes}
    return bank(who).post(SIMULATIONS, {name: value for name, value in asked.items() if value is not None})


@pytest.mark.parametrize("days", [90, 180, 360])
@pytest.mark.parametrize("code", ["DPF", "DPR"])
def test_the_terms_of_a_product_written_out_answer_as_the_product_does(
    bank: Bank, code: str, days: int
) -> None:
    plans = {row["code"]: row for row in bank("officer").get(PLANS).expect(200)["items"]}
    plan = plans[code]
    rates = [
        {
            **row,
            "from_amount": row["from_amount"]["amount"],
            "to_amount": row["to_amount"] and row["to_amount"]["amount"],
        }
        for row in plan["rates"]
    ]
    asked = {"payment": plan["payments"][0], "cancel_after_days": 30, "term_days": days}
    if not plan["early_cancellation_allowed"]:
        del asked["cancel_after_days"]
    written = {"product": code, "amount": money("5000.00"), **asked}
    of_product = bank("officer").post(SIMULATIONS, written).expect(200).json
    own = simulated(bank, {**plan["terms"], "rates": rates}, **asked).expect(200).json
    differ = [name for name in of_product if of_product[name] != own[name] and name not in OF_ITS_PRODUCT]
    assert differ == []
    assert (own["product"], own["product_name"]) == ("", "Condiciones propias")


def test_rate_withholding_payment_and_penalty_are_what_was_asked(bank: Bank) -> None:
    terms = {
        "rate": "9",
        "day_count": "30/360_us",
        "withholding": {"source": "percent", "percent": "2"},
        "early_cancellation": {"method": "percent_of_interest", "value": "50"},
        "due_date_shift": "none",
    }
    found = simulated(bank, terms, payment="monthly", cancel_after_days=60).expect(200).json
    assert [row["interest"]["amount"] for row in found["rows"]] == ["37.50"] * 5 + ["33.75"]
    assert [row["withheld"]["amount"] for row in found["rows"]] == ["0.75"] * 5 + ["0.68"]
    assert found["totals"]["net"] == money("216.82")
    assert (found["rate"], found["withholding"]["percent"], found["payment"]) == ("9", "2", "monthly")
    assert found["early_cancellation"]["penalty"] == money("37.50")


def test_a_document_of_own_terms_is_named_after_them(bank: Bank) -> None:
    asked = {"amount": money("5000.00"), "term_days": 180, "terms": {"rate": "7.5"}, "format": "csv"}
    found = bank("officer").post(f"{SIMULATIONS}/documents", asked).expect(200)
    assert found["filename"] == "term-deposit-own-2026-06-01.csv"


def test_visitors_and_members_choose_products_only(bank: Bank) -> None:
    terms = {"rate": "7.5"}
    asked = {"amount": money("5000.00"), "term_days": 180, "terms": terms}
    refused = [
        simulated(bank, terms, who="teller"),
        bank.member("pty_somebody").post(SIMULATIONS, asked),
        bank().post(SIMULATIONS, {**asked, "tenant": "sisa"}),
    ]
    for answer in refused:
        assert (answer.status, answer.code, answer["field"]) == (403, "only_for_staff", "terms")
    nothing = bank().post(SIMULATIONS, {"amount": money("1.00"), "term_days": 90, "tenant": "sisa"})
    assert (nothing.status, nothing.code, nothing["field"]) == (422, "term_deposit_or_terms", "product")


WRONG: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "a product as well": ({}, {"product": "DPF"}, "term_deposit_or_terms", "product"),
    "a product's rate": ({}, {"rate": "8"}, "term_deposit_or_terms", "rate"),
    "a product's changes": ({}, {"overrides": {"grace_days": 3}}, "term_deposit_or_terms", "overrides"),
    "no rate": ({"rate": None}, {}, "rate_or_table", "terms.rate"),
    "a rate and a table": (
        {"rates": [{"from_amount": "0", "from_days": 1, "to_days": 360, "rate": "7"}]},
        {},
        "rate_or_table",
        "terms.rate",
    ),
    "a negative rate": ({"rate": "-1"}, {}, "out_of_range", "terms.rate"),
    "a float": ({"rate": 7.5}, {}, "decimal_text", "terms.rate"),
    "an unknown term": ({"regalo": 1}, {}, "unknown_field", "terms.regalo"),
    "an unknown day count": ({"day_count": "30/361"}, {}, "not_allowed", "terms.day_count"),
    "capitalised by no cycle": (
        {},
        {"payment": "capitalised"},
        "capitalisation_missing",
        "terms.capitalisation",
    ),
    "a cycle for nothing": (
        {"capitalisation": "monthly"},
        {},
        "capitalisation_not_allowed",
        "terms.capitalisation",
    ),
    "compounded twice": (
        {"rate_kind": "effective", "compounding": "daily"},
        {},
        "effective_is_compounded",
        "terms.compounding",
    ),
    "a bonus for no days": ({"bonus_rate": "1"}, {}, "bonus_days_missing", "terms.bonus_days"),
    "a tax of no percentage": (
        {"withholding": {"source": "percent"}},
        {},
        "withholding_percent_missing",
        "terms.withholding.percent",
    ),
    "a figure nobody keeps": (
        {"withholding": {"source": "figure", "figure": "NONE", "figure_code": "x"}},
        {},
        "unknown_reference",
        "terms.withholding.figure",
    ),
    "bands that do not ascend": (
        {"early_cancellation": {"bands": [{"from_days": 9, "value": "1"}, {"from_days": 3, "value": "1"}]}},
        {},
        "penalty_bands_not_ascending",
        "terms.early_cancellation.bands",
    ),
    "tables that overlap": (
        {
            "rate": None,
            "rates": [
                {"from_amount": "0", "from_days": first, "to_days": 360, "rate": "7"} for first in (1, 90)
            ],
        },
        {},
        "rate_rows_overlap",
        "terms.rates",
    ),
    "no row for the term": (
        {"rate": None, "rates": [{"from_amount": "0", "from_days": 1, "to_days": 90, "rate": "7"}]},
        {},
        "no_rate_for_term",
        "term_days",
    ),
    "too long a term": ({}, {"term_days": 3661}, "term_too_long", "term_days"),
    "no term": ({}, {"term_days": None}, "term_or_maturity_date", "term_days"),
    "cancelled where it may not be": (
        {"early_cancellation": {"allowed": False}},
        {"cancel_after_days": 30},
        "cancellation_not_allowed",
        "cancel_after_days",
    ),
}


@pytest.fixture(scope="module")
def module_api(module_bank: Bank) -> Bank:
    """A bank that the cases share: they write nothing."""
    return module_bank


@pytest.mark.parametrize("name", WRONG)
def test_each_wrong_term_has_its_code_and_its_field(module_api: Bank, name: str) -> None:
    own, changes, code, field = WRONG[name]
    terms = {term: value for term, value in {"rate": "7.50", **own}.items() if value is not None}
    answer = simulated(module_api, terms or {"grace_days": 0}, **changes)
    assert (answer.status, answer.code, answer["field"]) == (422, code, field)
    assert "{" not in answer["title"] + answer["detail"]
