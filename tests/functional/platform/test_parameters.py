"""Parameters through the API: forms, versions, two persons, differences, and what they do to the bank."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.platform.http.routes import all_operations
from chalicelib.platform.parameters.kinds import all_kinds
from chalicelib.platform.posting.days import GATES, all_gates
from tests.functional.platform.conftest import Change
from tests.support.bank import FIRST, SECOND, Bank
from tests.support.given import an_account

KINDS, SETS = "/v1/platform/parameter-kinds", "/v1/platform/parameters"
TODAY, TOMORROW = "2026-06-01", "2026-06-02"
PLAN = {
    "names": {"es": "Ahorro Minka", "en": "Minka Savings"},
    "product_class": "savings",
    "currency": "USD",
    "product_number": 61,
    "accounting_code": "savings",
    "initial_status": "active",
}


def a_charge(amount: str, code: str = "USD") -> dict[str, Any]:
    return {"names": {"es": "Certificado"}, "currency": code, "amount": amount}


def charged(api: Bank, account: dict[str, Any], charge: str, tenant: str = FIRST) -> str:
    path = f"/v1/deposits/accounts/{account['id']}/charges"
    receipt = api("manager", tenant).post(path, {"charge": charge}).expect(201).json
    amount: str = receipt["amount"]["amount"]
    return amount


def next_day(api: Bank) -> None:
    """Every branch begins its next business date, without a run of the end of day."""
    work = api.work()
    for branch in ("1", "2"):
        for gate in all_gates(work, branch):
            ahead = gate.next_date + timedelta(days=1)
            work.put(
                GATES,
                replace(
                    gate, previous_date=gate.business_date, business_date=gate.next_date, next_date=ahead
                ),
            )
    work.commit()


@pytest.mark.feature("GEN-01")
def test_two_cooperatives_charge_what_each_says_on_the_same_bank(api: Bank, change: Change) -> None:
    change("deposits.service_charge", "FEE", a_charge("5.00"), on=TODAY)
    change("deposits.service_charge", "FEE", a_charge("8000", "COP"), on=TODAY, tenant=SECOND)
    ours = charged(api, an_account(api, balance="100.00"), "FEE")
    theirs = charged(api, an_account(api, tenant=SECOND, balance="100000"), "FEE", SECOND)
    assert (ours, theirs) == ("5.00", "8000")


@pytest.mark.feature("GEN-02")
def test_a_plan_saved_and_approved_opens_accounts_in_the_same_session(api: Bank, change: Change) -> None:
    refused = api("officer").post("/v1/deposits/accounts", {"party_id": "pty_x", "plan": "MK", "branch": "1"})
    assert refused.status == 422
    assert change("deposits.plan", "MK", PLAN, on=TODAY)["state"] == "effective"
    assert an_account(api, plan="MK")["plan"] == "MK"


@pytest.mark.feature("GEN-03")
def test_a_fee_changes_on_its_day_and_the_difference_is_one_field(api: Bank, change: Change) -> None:
    account = an_account(api, balance="100.00")
    change("deposits.service_charge", "FEE", a_charge("5.00"), on=TODAY)
    coming = change("deposits.service_charge", "FEE", a_charge("6.00"), on=TOMORROW)
    assert (coming["state"], coming["approved_by"]) == ("approved", api.person("admin2").id)
    assert charged(api, account, "FEE") == "5.00"
    next_day(api)
    assert charged(api, account, "FEE") == "6.00"
    difference = api("admin").get(f"{SETS}/deposits.service_charge/FEE/versions/diff?from=1&to=2").json
    assert difference == {
        "from": 1,
        "to": 2,
        "changes": [{"field": "amount", "label": "Monto", "before": "5.00", "after": "6.00"}],
    }
    versions = api("admin").get(f"{SETS}/deposits.service_charge/FEE/versions").json["items"]
    assert [(version["version"], version["state"]) for version in versions] == [
        (2, "effective"),
        (1, "superseded"),
    ]


def test_a_proposal_changes_nothing_until_another_person_approves_it(api: Bank) -> None:
    asked = {"code": "MK", "effective_from": TODAY, "body": PLAN}
    version = api("admin").post(f"{SETS}/deposits.plan", asked).expect(201).json
    assert (version["state"], version["approved_by"]) == ("pending_approval", None)
    assert api("admin").get(f"{SETS}/deposits.plan/MK").code == "unknown_parameter_version"
    path = f"/v1/platform/parameter-versions/{version['id']}/approvals"
    assert api("admin").post(path, {"decision": "approve"}).code == "self_approval"
    assert api("teller").post(path, {"decision": "approve"}).status == 403
    rejected = api("admin2").post(path, {"decision": "reject", "reason": "Sin resolución"}).expect(201).json
    assert (rejected["state"], rejected["reason"]) == ("rejected", "Sin resolución")
    assert api("admin2").post(path, {"decision": "approve"}).code == "already_decided"


def test_every_wrong_field_of_a_body_is_named(api: Bank) -> None:
    body = {**PLAN, "product_number": 0, "fixed_rate": 3.5, "currency": "usd", "colour": "red"}
    del body["accounting_code"]
    answer = api("admin").post(f"{SETS}/deposits.plan", {"code": "X", "effective_from": TODAY, "body": body})
    assert (answer.status, answer.code) == (422, "invalid_parameter")
    assert {row["code"] for row in answer["errors"]} == {"float_refused"}
    body["fixed_rate"] = "3.5"
    answer = api("admin").post(f"{SETS}/deposits.plan", {"code": "X", "effective_from": TODAY, "body": body})
    found = {(row["field"], row["code"]) for row in answer["errors"]}
    assert {
        ("product_number", "out_of_range"),
        ("currency", "wrong_format"),
        ("colour", "unknown_field"),
        ("accounting_code", "required"),
    } <= found
    assert all(row["message"] and not row["message"].startswith("errors.") for row in answer["errors"])


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"effective_from": "2026-05-31"}, "effective_in_the_past", "effective_from"),
        ({"scope": "branch:1"}, "scope_not_allowed", "scope"),
        ({"code": "no valid#"}, "wrong_format", "code"),
        ({"effective_from": "tomorrow"}, "wrong_format", "effective_from"),
        ({"body": {**PLAN, "interest_cycle": "NEVER"}}, "invalid_parameter", "interest_cycle"),
    ],
)
def test_a_wrong_proposal_says_what_is_wrong(
    api: Bank, changed: dict[str, Any], code: str, field: str
) -> None:
    asked = {"code": "MK", "effective_from": TODAY, "body": PLAN, **changed}
    answer = api("admin").post(f"{SETS}/deposits.plan", asked)
    assert (answer.status, answer.code, answer["field"]) == (422, code, field)
    assert api("admin").get(f"{SETS}/deposits.plan/MK/versions").status == 404


def test_a_reference_that_leads_nowhere_is_named(api: Bank) -> None:
    body = {**PLAN, "pays_interest": True, "interest_cycle": "NEVER", "fixed_rate": "2"}
    answer = api("admin").post(f"{SETS}/deposits.plan", {"code": "MK", "effective_from": TODAY, "body": body})
    assert [(row["field"], row["code"]) for row in answer["errors"]] == [
        ("interest_cycle", "unknown_reference")
    ]


def test_two_people_do_not_overwrite_one_another(api: Bank, change: Change) -> None:
    change("deposits.service_charge", "FEE", a_charge("5.00"), on=TODAY)
    seen = api("admin").get(f"{SETS}/deposits.service_charge/FEE").expect(200)
    assert seen.etag == '"1"'
    asked = {"code": "FEE", "effective_from": TODAY, "body": a_charge("6.00")}
    path = f"{SETS}/deposits.service_charge"
    api("admin").post(path, asked, if_match=seen.etag).expect(201)
    late = api("admin2").post(path, asked, if_match=seen.etag)
    assert (late.status, late.code) == (412, "stale_version")


def test_a_set_is_ended_on_a_date(api: Bank, change: Change) -> None:
    change("deposits.service_charge", "FEE", a_charge("5.00"), on=TODAY)
    ended = change("deposits.service_charge", "FEE", a_charge("5.00"), on=TODAY, retired=True)
    assert ended["state"] == "retired"
    assert api("admin").get(f"{SETS}/deposits.service_charge/FEE").status == 404


def test_sets_are_listed_by_code_searched_and_paged(api: Bank) -> None:
    path = f"{SETS}/deposits.plan"
    every = [item["code"] for item in api("admin").get(path).json["items"]]
    assert every == sorted(every)
    paged, cursor = [], ""
    while True:
        page = api("admin").get(f"{path}?limit=2{cursor}").expect(200).json
        paged += [item["code"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert paged == every
    found = api("admin").get(f"{path}?q=escalonado").json["items"]
    assert [item["label"] for item in found] == ["Ahorro Escalonado"]
    assert api("admin").get(f"{path}?cursor=made-up").code == "unknown_cursor"


def test_kinds_say_what_can_be_configured(api: Bank) -> None:
    kinds = {kind["kind"]: kind for kind in api("admin").get(KINDS).json["items"]}
    plan = kinds["deposits.plan"]
    assert (plan["label"], plan["requires_approval"], plan["module"]) == (
        "Planes de depósito",
        True,
        "deposits",
    )
    assert plan["count"] > 0
    assert kinds["platform.translation"]["requires_approval"] is False
    assert api("admin").get(f"{KINDS}/deposits.nothing/schema").code == "unknown_parameter_kind"


def test_a_kind_says_from_which_day_a_change_may_begin_and_a_day_earlier_is_refused(
    api: Bank, today: str
) -> None:
    kinds = {row["kind"]: row for row in api("admin").get(KINDS)["items"]}
    role, plan = kinds["administration.role"], kinds["deposits.plan"]
    assert (role["earliest_effective_from"], plan["earliest_effective_from"]) == (today, "2026-06-01")
    for kind, code in (("administration.role", "teller"), ("deposits.plan", "S2")):
        first = api("admin").get(f"{KINDS}/{kind}/schema")["earliest_effective_from"]
        assert first == kinds[kind]["earliest_effective_from"]
        body = api("admin").get(f"{SETS}/{kind}/{code}")["body"]
        day_before = (date.fromisoformat(first) - timedelta(days=1)).isoformat()
        early = api("admin").post(
            f"{SETS}/{kind}", {"code": code, "effective_from": day_before, "body": body}
        )
        assert (early.status, early.code) == (422, "effective_in_the_past")
        asked = {"code": code, "effective_from": first, "body": body}
        api("admin").post(f"{SETS}/{kind}", asked).expect(201)


def test_the_form_of_a_kind_has_labels_help_options_and_codes(api: Bank) -> None:
    client = api("admin")
    client.language = "en"
    schema = client.get(f"{KINDS}/deposits.plan/schema").expect(200).json
    fields = schema["properties"]
    assert (schema["requires_approval"], schema["languages"]) == (True, ["es", "en"])
    assert fields["fixed_rate"]["title"]
    assert fields["fixed_rate"]["unit"] == "percent"
    assert fields["interest_cycle"]["ref"] == "administration.cycle"
    assert {"value": "MONTH_END", "label": "End of month"} in fields["interest_cycle"]["values"] or fields[
        "interest_cycle"
    ]["values"]
    assert {option["value"] for option in fields["product_class"]["options"]} == {"savings", "checking"}
    assert fields["names"]["format"] == "names"
    assert "$ref" not in str(schema)


def test_a_branch_has_its_own_set_before_the_cooperatives(api: Bank) -> None:
    kinds = api("admin").get(KINDS).json["items"]
    scoped = [kind for kind in kinds if "branch" in kind["scopes"] and kind["singleton"]]
    assert scoped
    kind = scoped[0]["kind"]
    main = api("admin").get(f"{SETS}/{kind}/main")
    body = main.json["body"] if main.status == 200 else {}
    asked = {"code": "main", "scope": "branch:2", "effective_from": TODAY, "body": body}
    version = api("admin").post(f"{SETS}/{kind}", asked).expect(201).json
    path = f"/v1/platform/parameter-versions/{version['id'].replace(':', '%3A')}/approvals"
    api("admin2").post(path.replace("%3A", ":"), {"decision": "approve"}).expect(201)
    assert api("admin").get(f"{SETS}/{kind}/main?branch=2").json["scope"] == "branch:2"
    assert api("admin").get(f"{SETS}/{kind}/main?branch=1").status in (200, 404)


def test_secrets_are_masked_and_kept(api: Bank, change: Change) -> None:
    hook = {"url": "http://localhost:1/x", "events": ["deposits.*"], "secret": "un secreto bien largo"}
    day = date.max.replace(year=2030).isoformat()
    made = change("platform.webhook_subscription", "CRM", hook, on=day)
    assert made["body"]["secret"] == "•••"
    change("platform.webhook_subscription", "CRM", {**made["body"], "events": ["parties.*"]}, on=day)
    stored = api.work().config.history("platform.webhook_subscription", "CRM")[-1][1]
    assert (stored.secret, stored.events) == ("un secreto bien largo", ("parties.*",))


def test_whoever_opens_accounts_reads_their_plans_and_nothing_else(bank: Bank) -> None:
    """An officer chooses a plan and changes its terms by the form; the rest of the parameters stays closed."""
    officer = bank("officer")
    plans = officer.get("/v1/platform/parameters/deposits.plan").expect(200)["items"]
    code = next(plan["code"] for plan in plans)
    assert officer.get(f"/v1/platform/parameters/deposits.plan/{code}").expect(200)["body"]["names"]
    assert officer.get("/v1/platform/parameter-kinds/deposits.plan/schema").expect(200)["properties"]
    for path in (
        "parameters/accounting.control",
        "parameters/accounting.control/main",
        "parameter-kinds/accounting.control/schema",
        f"parameters/deposits.plan/{code}/versions",
    ):
        refused = officer.get(f"/v1/platform/{path}")
        assert (refused.status, refused.code) == (403, "permission_denied")
    assert bank("teller").get("/v1/platform/parameters/deposits.plan").status == 403


def test_readers_of_a_kind_are_holders_of_a_permission_that_some_operation_takes(api: Bank) -> None:
    """A slip in a permission's name would close a form to the very people who work with it."""
    taken = {operation.permission for operation in all_operations()}
    named = {kind.name: kind.readers for kind in all_kinds() if kind.readers}
    assert {"deposits.plan", "parties.account_role", "term_deposits.plan"} <= named.keys()
    assert {permission for readers in named.values() for permission in readers} <= taken
