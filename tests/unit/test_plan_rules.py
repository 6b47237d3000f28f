"""What a tenant may not write in its parameters: each mistake has its own code, at the field where it is."""

from importlib import import_module
from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.kernel.names import name_in
from chalicelib.modules.administration.plans import check_branch_code
from tests.unit.packs import KINDS

NAMES = {"es": "Nombre"}
SAVINGS = {
    "names": NAMES,
    "product_class": "savings",
    "currency": "USD",
    "product_number": 1,
    "accounting_code": "savings",
}
EARNING = {**SAVINGS, "pays_interest": True, "fixed_rate": "1", "interest_cycle": "MONTH_END"}
BANDS = [
    {"from_amount": "0", "to_amount": "1000", "rate": "1"},
    {"from_amount": "1000", "rate": "2"},
]
TIERED = {"names": NAMES, "currency": "USD", "method": "tiered", "bands": BANDS}
CASH = {
    "names": NAMES,
    "operation": "cash_deposit",
    "side": "credit",
    "contra_role": "cash_on_hand",
    "channels": ["teller"],
}
FIXED = {"names": NAMES, "currency": "USD", "amount": "1"}
MONTHLY = {"names": NAMES, "unit": "monthly"}
DOCUMENT = {"names": NAMES}
ASSET = {"names": NAMES, "account_class": "asset", "normal_side": "debit", "level": 2, "parent": "1"}
FIGURE = {
    "names": NAMES,
    "topic": "tax",
    "unit": "percent",
    "values": [{"code": "a", "names": NAMES, "value": "1"}],
}


def band(start: str, end: str | None = None, **terms: str) -> dict[str, Any]:
    return {"from_amount": start, **({"to_amount": end} if end else {}), **terms}


VALID: list[tuple[str, dict[str, Any]]] = [
    ("administration.institution", {}),
    ("administration.cycle", MONTHLY),
    ("administration.regulatory_figure", FIGURE),
    ("accounting.account", ASSET),
    ("accounting.control", {}),
    ("parties.control", {}),
    ("parties.document_rule", DOCUMENT),
    ("deposits.control", {}),
    ("deposits.branch_control", {}),
    ("deposits.plan", SAVINGS),
    ("deposits.plan", EARNING),
    ("deposits.interest_code", TIERED),
    ("deposits.transaction_code", CASH),
    ("deposits.service_charge", FIXED),
]

WRONG: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    (
        "administration.institution",
        {},
        {"party_number_from": 9, "party_number_to": 1},
        "party_number_to",
        "range_reversed",
    ),
    (
        "administration.branch",
        {"name": "A"},
        {"head_office": True},
        "calendar",
        "head_office_calendar_missing",
    ),
    (
        "administration.branch",
        {"name": "A", "calendar": "c"},
        {"head_office": True, "status": "closed"},
        "status",
        "head_office_closed",
    ),
    (
        "administration.calendar",
        {"names": NAMES},
        {"weekend_days": [6, 6]},
        "weekend_days",
        "weekday_repeated",
    ),
    (
        "administration.calendar",
        {"names": NAMES},
        {"holidays": [{"date": "2026-05-01", "names": NAMES}, {"date": "2026-01-01", "names": NAMES}]},
        "holidays",
        "dates_out_of_order",
    ),
    ("administration.cycle", MONTHLY, {"dates": ["2026-01-01"]}, "dates", "cycle_dates_not_allowed"),
    ("administration.cycle", MONTHLY, {"unit": "user"}, "dates", "cycle_dates_missing"),
    ("administration.cycle", MONTHLY, {"weekday": 5}, "shift", "invalid_cycle"),
    (
        "administration.role",
        {"names": NAMES},
        {"permissions": ["a.b", "a.b"]},
        "permissions",
        "permission_repeated",
    ),
    (
        "administration.function_grant",
        {"permission": "a.b"},
        {"subject_kind": "user"},
        "subject",
        "subject_missing",
    ),
    (
        "administration.function_grant",
        {"permission": "a.b"},
        {"subject_kind": "everyone", "subject": "ana"},
        "subject",
        "subject_not_allowed",
    ),
    ("administration.menu", {"names": NAMES, "path": "/x"}, {"level": 2}, "level", "menu_level_and_parent"),
    ("administration.menu", {"names": NAMES, "level": 1}, {}, "path", "menu_path_missing"),
    (
        "administration.menu",
        {"names": NAMES, "level": 1},
        {"node_kind": "external_url", "path": "http://x"},
        "path",
        "menu_url_not_https",
    ),
    (
        "administration.code_table",
        {"names": NAMES},
        {"values": [{"code": "A", "names": NAMES}, {"code": "A", "names": NAMES}]},
        "values",
        "code_repeated",
    ),
    (
        "administration.user_field",
        {"entity": "party", "key": "k", "names": NAMES},
        {"field_type": "code"},
        "code_table",
        "code_table_missing",
    ),
    ("administration.regulatory_figure", FIGURE, {"currency": "USD"}, "currency", "currency_not_allowed"),
    ("administration.regulatory_figure", FIGURE, {"unit": "money"}, "currency", "currency_missing"),
    ("accounting.account", ASSET, {"level": 1}, "parent", "account_level_and_parent"),
    (
        "accounting.account",
        ASSET,
        {"minimum_balance": "5", "maximum_balance": "1"},
        "maximum_balance",
        "range_reversed",
    ),
    (
        "accounting.role_map",
        {"account": "1"},
        {"overrides": [{"account": "2"}]},
        "overrides.0.branch",
        "override_without_condition",
    ),
    (
        "accounting.role_map",
        {"account": "1"},
        {"overrides": [{"product": "a", "account": "2"}, {"product": "a", "account": "3"}]},
        "overrides",
        "override_repeated",
    ),
    (
        "accounting.control",
        {},
        {"fiscal_year_end_month": 2, "fiscal_year_end_day": 29},
        "fiscal_year_end_day",
        "day_not_in_month",
    ),
    (
        "accounting.control",
        {},
        {"voucher_approval": "over_threshold"},
        "voucher_approval_threshold",
        "threshold_missing",
    ),
    ("parties.document_rule", DOCUMENT, {"pattern": "("}, "pattern", "pattern_invalid"),
    ("parties.document_rule", DOCUMENT, {"min_length": 9, "max_length": 3}, "max_length", "range_reversed"),
    ("parties.document_rule", DOCUMENT, {"algorithm": "weights"}, "weights", "weights_missing"),
    (
        "parties.document_rule",
        DOCUMENT,
        {"algorithm": "weights", "weights": [3, 7]},
        "modulus",
        "modulus_missing",
    ),
    (
        "parties.party_type",
        {"names": NAMES},
        {"blacklisted": True},
        "blacklisted",
        "blacklisted_may_not_hold_accounts",
    ),
    (
        "parties.required_field",
        {"field": "spouse"},
        {"when_field": "a"},
        "when_value",
        "condition_incomplete",
    ),
    (
        "deposits.control",
        {},
        {"overdraft_age_limits": [30, 30]},
        "overdraft_age_limits",
        "age_limits_not_ascending",
    ),
    ("deposits.control", {}, {"dormancy_days": 10}, "dormancy_days", "inactivity_stages_not_ascending"),
    ("deposits.plan", SAVINGS, {"fixed_rate": "1"}, "interest_code", "rate_without_interest"),
    ("deposits.plan", EARNING, {"fixed_rate": None}, "interest_code", "rate_source_missing"),
    ("deposits.plan", EARNING, {"interest_code": "T"}, "interest_code", "rate_sources_exclusive"),
    ("deposits.plan", EARNING, {"interest_cycle": None}, "interest_cycle", "interest_cycle_missing"),
    ("deposits.plan", EARNING, {"credit_method": "tiered"}, "credit_method", "bands_need_interest_code"),
    ("deposits.plan", EARNING, {"reference_rate": "R"}, "reference_rate", "reference_rate_not_allowed"),
    ("deposits.plan", SAVINGS, {"currency": "XXX"}, "currency", "unknown_currency"),
    ("deposits.plan", SAVINGS, {"minimum_balance": "0.001"}, "minimum_balance", "excess_decimals"),
    ("deposits.plan", SAVINGS, {"minimum_age": 18, "maximum_age": 17}, "maximum_age", "range_reversed"),
    (
        "deposits.plan",
        SAVINGS,
        {"minimum_balance_behaviour": "fee"},
        "minimum_balance_charge",
        "minimum_balance_charge_missing",
    ),
    (
        "deposits.plan",
        SAVINGS,
        {"scheduled_rates": [{"effective_from": "2026-01-01", "value": "1"}]},
        "scheduled_rates",
        "scheduled_rates_need_fixed_rate",
    ),
    ("deposits.interest_code", TIERED, {"method": "flat"}, "bands", "flat_takes_one_band"),
    ("deposits.interest_code", TIERED, {"bands": [band("5", rate="1")]}, "bands", "bands_start_at_zero"),
    (
        "deposits.interest_code",
        TIERED,
        {"bands": [band("0", "10", rate="1"), band("11", rate="2")]},
        "bands",
        "bands_not_contiguous",
    ),
    ("deposits.interest_code", TIERED, {"bands": [band("0", "10", rate="1")]}, "bands", "last_band_open"),
    (
        "deposits.interest_code",
        TIERED,
        {"bands": [band("9", "9", rate="1")]},
        "bands.0.to_amount",
        "band_reversed",
    ),
    ("deposits.interest_code", TIERED, {"bands": [band("0")]}, "bands.0.spread", "band_rate_or_spread"),
    (
        "deposits.interest_code",
        TIERED,
        {"bands": [band("0", spread="1")]},
        "bands",
        "band_spread_not_allowed",
    ),
    ("deposits.interest_code", TIERED, {"rate_type": "variable"}, "reference_rate", "reference_rate_missing"),
    (
        "deposits.reference_rate",
        {"names": NAMES},
        {"history": [{"date": "2026-01-01", "rate": "1"}, {"date": "2026-01-01", "rate": "2"}]},
        "history",
        "dates_out_of_order",
    ),
    ("deposits.transaction_code", CASH, {"side": "debit"}, "side", "operation_and_side"),
    ("deposits.transaction_code", CASH, {"monetary": False}, "monetary", "operation_and_monetary"),
    ("deposits.transaction_code", CASH, {"contra_role": None}, "contra_role", "contra_role_missing"),
    (
        "deposits.status_code",
        {"names": NAMES},
        {"base_class": "closed"},
        "allow",
        "closed_allows_nothing",
    ),
    ("deposits.status_code", {"names": NAMES}, {"base_class": "dormant"}, "allow", "class_allows_no_debit"),
    ("deposits.hold_code", {"names": NAMES}, {"stops": "both"}, "extent", "credit_hold_is_total"),
    ("deposits.service_charge", FIXED, {"amount": None}, "amount", "charge_amount_missing"),
    ("deposits.service_charge", FIXED, {"percent": "1"}, "percent", "charge_percent_not_allowed"),
    ("deposits.service_charge", FIXED, {"minimum": "1"}, "minimum", "charge_bounds_not_allowed"),
    ("deposits.service_charge", FIXED, {"amount": None, "routine": "per_band"}, "bands", "bands_missing"),
    (
        "deposits.fee_table",
        {"names": NAMES},
        {"lines": [{"charge": "A", "trigger": "transaction"}]},
        "lines.0.transaction_code",
        "transaction_code_missing",
    ),
    (
        "deposits.branch_control",
        {},
        {"fixed_charge_amounts": [{"charge": "A", "amount": "1"}, {"charge": "A", "amount": "2"}]},
        "fixed_charge_amounts",
        "charge_repeated",
    ),
]


@pytest.mark.parametrize(("kind", "body"), VALID)
def test_a_sound_body_is_taken(kind: str, body: dict[str, Any]) -> None:
    assert isinstance(KINDS[kind].model_validate(body), KINDS[kind])


@pytest.mark.parametrize(("kind", "sound", "change", "field", "code"), WRONG)
def test_a_mistake_is_named_where_it_is(
    kind: str, sound: dict[str, Any], change: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        KINDS[kind].model_validate({**sound, **change})
    found = [(".".join(map(str, row["loc"])), row["msg"]) for row in refused.value.errors()]
    assert (field, f"Value error, {code}") in found


@pytest.mark.parametrize("code", ["0", "01", "100000", "-1", "A", ""])
def test_a_branch_code_outside_1_to_99999_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="branch_code_range"):
        check_branch_code(code)


@pytest.mark.parametrize("code", ["1", "99999"])
def test_the_ends_of_the_branch_code_range_are_taken(code: str) -> None:
    assert check_branch_code(code) == code


def test_more_than_twenty_bands_are_refused() -> None:
    bands = [band(str(n), str(n + 1), rate="1") for n in range(20)] + [band("20", rate="1")]
    model: Any = KINDS["deposits.interest_code"]
    with pytest.raises(ValidationError):
        model.model_validate({**TIERED, "bands": bands})
    twenty = model.model_validate({**TIERED, "bands": [*bands[:19], band("19", rate="1")]})
    assert len(twenty.bands) == 20


def test_the_most_specific_account_of_a_role_holds() -> None:
    role_map = KINDS["accounting.role_map"].model_validate(
        {
            "account": "1",
            "overrides": [
                {"product": "savings", "account": "2"},
                {"branch": "7", "account": "3"},
                {"product": "savings", "branch": "7", "account": "4"},
            ],
        }
    )
    account_for: Any = role_map.account_for  # type: ignore[attr-defined]
    assert [account_for(), account_for("savings"), account_for("", "7"), account_for("savings", "7")] == [
        *"1234"
    ]
    assert account_for("checking", "7") == "3"


def test_class_currency_and_accounting_of_a_plan_stay_with_the_plan() -> None:
    plan: Any = import_module("chalicelib.modules.deposits.plans").DepositPlan
    kept = {"product_class", "currency", "accounting_code"}
    assert not kept & set(plan.fields_overridable())
    inherited = {
        "fixed_rate",
        "fee_table",
        "minimum_balance",
        "interest_cycle",
        "statement_cycle",
        "initial_status",
    }
    assert inherited <= set(plan.fields_inheritable())


def test_a_name_falls_back_to_the_base_language_then_spanish() -> None:
    names = {"es": "Ahorro", "en": "Savings"}
    assert [name_in(names, tag) for tag in ("en-GB", "en", "qu", "es")] == [
        "Savings",
        "Savings",
        "Ahorro",
        "Ahorro",
    ]
    assert name_in({"qu": "Waqaychay"}, "en") == "Waqaychay"
