"""Absurd requests: each has its own code and field, and none is a defect of ours."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.functional.loans.desk import SIMULATIONS, TEN_THOUSAND, refused
from tests.support.bank import Bank
from tests.support.given import money

DAY = {"on": "2026-07-05"}
PLAIN_RATE = {"percent": "18"}


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"terms": {"rate": {"percent": "-100"}}}, "rate_out_of_range", "terms.rate.percent"),
        ({"terms": {"rate": {"percent": "-250"}}}, "rate_out_of_range", "terms.rate.percent"),
        ({"terms": {"rate": {"percent": "1.1234567"}}}, "decimal_digits", "terms.rate.percent"),
        ({"terms": {"rate": {}}}, "rate_source_exclusive", "terms.rate.percent"),
        ({"terms": {"rate": {"index": "NONE"}}}, "unknown_index_rate", "terms.rate.index"),
        (
            {"terms": {"rate": {"index": "REF"}}, "disbursed_on": "2020-01-01"},
            "unknown_index_rate",
            "terms.rate.index",
        ),
        ({"instalments": 0}, "invalid_instalments", "instalments"),
        ({"instalments": -3}, "invalid_instalments", "instalments"),
        ({"instalments": 10_000}, "invalid_instalments", "instalments"),
        ({"first_due_on": "2026-05-31"}, "first_due_before_disbursement", "first_due_on"),
        (
            {"terms": {"formula": "geometric", "growth": {"percent": "60"}}, "instalments": 40},
            "never_amortises",
            "instalments",
        ),
        ({"terms": {"formula": "geometric"}}, "missing_growth", "terms.growth"),
        ({"terms": {"growth": {"percent": "1"}}}, "missing_growth", "terms.growth.percent"),
        ({"terms": {"formula": "nothing"}}, "unknown_formula", "terms.formula"),
        (
            {"exceptional": [{"number": 3, "amount": money("50000")}]},
            "exceptional_beyond_debt",
            "exceptional",
        ),
        ({"exceptional": [{"amount": money("50")}]}, "invalid_exceptional", "exceptional.0"),
        (
            {"exceptional": [{"number": 3, "amount": money("50", "EUR")}]},
            "mixed_currencies",
            "exceptional.0.amount",
        ),
        (
            {"draws": [{"on": "2026-06-01", "amount": money("9000")}]},
            "draws_do_not_add_up",
            "draws",
        ),
        (
            {
                "draws": [
                    {"on": "2026-07-01", "amount": money("6000")},
                    {"on": "2026-06-01", "amount": money("4000")},
                ]
            },
            "draw_out_of_order",
            "draws.1.on",
        ),
        ({"terms": {"grace": {"principal": 12}}}, "invalid_grace", "terms.grace.principal"),
        (
            {"terms": {"rounding": {"unit": "0.005"}}},
            "invalid_rounding_unit",
            "terms.rounding.unit",
        ),
        ({"principal": money("-5")}, "amount_not_positive", "principal"),
        ({"principal": {"amount": "10.005", "currency": "USD"}}, "excess_decimals", "principal"),
        ({"principal": {"amount": "10", "currency": "XXX"}}, "unknown_currency", "principal"),
        ({"frequency": {"unit": "months", "every": 0}}, "out_of_range", "frequency.every"),
        ({"terms": None}, "product_or_rate_missing", "product"),
        ({"options": ["NONE"]}, "unknown_option", "options.0"),
        ({"product": "NONE", "terms": None}, "unknown_loan_product", "product"),
        (
            {"product": "CONS", "terms": None, "principal": money("5000", "EUR")},
            "mixed_currencies",
            "principal",
        ),
        ({"product": "CONS", "terms": None, "method": "STEP"}, "method_not_offered", "method"),
        (
            {"product": "CONS", "terms": None, "first_due_on": "2026-12-01"},
            "first_due_too_late",
            "first_due_on",
        ),
        (
            {"product": "CONS", "terms": {"later_rates": [{"since": "2026-06-01", "rate": PLAIN_RATE}]}},
            "rate_out_of_limits",
            "terms.rate.percent",
        ),
        ({"method": "NONE"}, "unknown_reference", "method"),
        ({"disbursed_on": "9990-01-01", "instalments": 1200}, "due_beyond_calendar", "instalments"),
    ],
)
def test_absurd_terms_are_refused_at_their_field(
    bank: Bank, asked: dict[str, Any], code: str, field: str
) -> None:
    assert refused(bank, **asked) == (422, code, field)


@pytest.mark.parametrize(
    ("events", "code", "field"),
    [
        (
            [
                {"kind": "payment", "on": "2026-09-05", "amount": money("1")},
                {"kind": "payoff", "on": "2026-08-05"},
            ],
            "events_out_of_order",
            "events.1.on",
        ),
        (
            [
                {"kind": "payoff", "on": "2026-08-05"},
                {"kind": "payment", "on": "2026-09-05", "amount": money("1")},
            ],
            "event_after_payoff",
            "events.1.on",
        ),
        ([{"kind": "payoff", "on": "2026-05-01"}], "events_out_of_order", "events.0.on"),
        ([{"kind": "payment", **DAY}], "event_incomplete", "events.0.amount"),
        ([{"kind": "payment", **DAY, "amount": money("50000")}], "payment_beyond_debt", "events.0.amount"),
        ([{"kind": "payment", **DAY, "amount": money("5", "EUR")}], "mixed_currencies", "events.0.amount"),
        ([{"kind": "skip", **DAY, "number": 40}], "invalid_event", "events.0.number"),
        ([{"kind": "extension", **DAY, "instalments": 5000}], "invalid_instalments", "instalments"),
        ([{"kind": "postponement", **DAY, "number": 3}], "event_incomplete", "events.0.due_on"),
        (
            [{"kind": "payment", "on": "2030-01-01", "amount": money("5")}],
            "event_after_payoff",
            "events.0.on",
        ),
    ],
)
def test_absurd_events_are_refused_at_their_field(
    bank: Bank, events: list[dict[str, Any]], code: str, field: str
) -> None:
    assert refused(bank, disbursed_on="2026-06-01", events=events) == (422, code, field)


def test_only_staff_look_into_the_past(bank: Bank) -> None:
    body = {
        "tenant": "sisa",
        "product": "CONS",
        "principal": money("5000"),
        "instalments": 24,
        "disbursed_on": "2026-05-31",
    }
    answer = bank().post(SIMULATIONS, body)
    assert (answer.status, answer.code, answer["field"]) == (422, "disbursed_in_the_past", "disbursed_on")
    del body["tenant"]
    assert bank("officer").post(SIMULATIONS, body).status == 200


PERCENTS = st.sampled_from(["-99.999999", "0", "0.000001", "18", "900", "1000", "-100"])
TERMS = st.fixed_dictionaries(
    {"rate": st.fixed_dictionaries({"percent": PERCENTS})},
    optional={
        "formula": st.sampled_from(
            ["regular", "fixed_principal", "geometric", "arithmetic", "flat", "bullet", "interest_only"]
        ),
        "growth": st.sampled_from(
            [{"percent": "-99.9"}, {"percent": "1000"}, {"amount": "999999"}, {"amount": "-50"}]
        ),
        "day_count": st.sampled_from(["30/360_bank", "actual/365", "actual/actual_isda", "30/364_period"]),
        "interest_method": st.sampled_from(["simple", "compound"]),
        "interest_timing": st.sampled_from(["arrears", "advance"]),
        "capitalises": st.booleans(),
        "conversion": st.sampled_from(["equivalent", "as_quoted"]),
        "grace": st.fixed_dictionaries(
            {}, optional={"principal": st.integers(0, 5), "interest_payment": st.integers(0, 5)}
        ),
        "rounding": st.sampled_from([{"unit": "0.05"}, {"unit": "100000"}, {"residue": "spread"}]),
    },
)
REQUESTS = st.fixed_dictionaries(
    {
        "principal": st.sampled_from([money("0.01"), money("1"), money("10000"), money("9" * 17)]),
        "instalments": st.sampled_from([1, 2, 12, 61]),
        "terms": TERMS,
    },
    optional={
        "frequency": st.sampled_from([{"unit": "days", "every": 1}, {"unit": "weeks", "every": 52}]),
        "disbursed_on": st.sampled_from(["0001-01-01", "2024-02-29", "9999-01-01"]),
        "exceptional": st.sampled_from([[{"number": 1, "amount": money("0.01")}]]),
        "events": st.sampled_from(
            [[{"kind": "payment", "on": "2026-08-15", "amount": money("100")}], [{"kind": "payoff", **DAY}]]
        ),
    },
)


@settings(max_examples=60)
@given(asked=REQUESTS)
def test_nothing_that_is_asked_for_breaks_the_simulator(module_api: Bank, asked: dict[str, Any]) -> None:
    answer = module_api("officer").post(SIMULATIONS, {**TEN_THOUSAND, **asked})
    assert answer.status in (200, 422), (asked, answer.text)
    if answer.status == 200 and "events" not in asked:
        rows = answer.json["rows"]
        assert rows[-1]["balance"]["amount"] in ("0.00", "0")
        total = sum(round(float(row["principal"]["amount"]) * 100) for row in rows)
        assert abs(total - float(asked["principal"]["amount"]) * 100) <= total / 10**12
    elif answer.status == 422:
        assert answer.code
        assert answer.json["title"] != answer.code


@pytest.fixture(scope="module")
def module_api(module_bank: Bank) -> Bank:
    """A bank that the property's examples share: they write nothing."""
    return module_bank
