"""The caller: menu by permission and module, business dates in scope, languages."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.platform import clock
from chalicelib.platform.closing.runs import LOCK, RUNS, ClosingRun, RunLock, RunState
from chalicelib.platform.http.routes import all_operations
from chalicelib.platform.tenancy import TENANTS
from tests.functional.platform.conftest import Change
from tests.support.bank import FIRST, SECOND, Bank

ROLE = {
    "names": {"es": "Lector", "en": "Reader"},
    "permissions": ["parties.read"],
    "branch_scope": "own",
}


def codes(entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        yield entry["code"]
        yield from codes(entry["children"])


def menu_of(api: Bank, who: str, tenant: str = FIRST) -> set[str]:
    return set(codes(api(who, tenant).get("/v1/platform/me").expect(200)["menu"]))


def with_modules(api: Bank, *modules: str) -> None:
    work = api.work()
    work.put(TENANTS, replace(work.get(TENANTS), modules=modules))
    work.commit()


def test_me_says_who_where_and_which_day(api: Bank) -> None:
    me = api("officer2").get("/v1/platform/me").expect(200).json
    assert (me["user"]["name"], me["tenant"]["name"]) == ("Tamia Cotacachi", "Cooperativa Sisa")
    assert [(day["branch"], day["name"], day["business_date"]) for day in me["business_dates"]] == [
        ("2", "Cotacachi", "2026-06-01")
    ]
    assert me["language"] == "es"


def test_who_sees_every_branch_sees_every_date(api: Bank) -> None:
    days = api("admin").get("/v1/platform/me")["business_dates"]
    assert [day["branch"] for day in days] == ["1", "2"]


@pytest.mark.feature("GEN-39")
def test_what_a_role_may_not_do_is_not_in_its_menu_and_its_address_is_forbidden(api: Bank) -> None:
    teller, admin = menu_of(api, "teller"), menu_of(api, "admin")
    assert {"deposits.deposit", "deposits.withdraw"} <= teller
    assert not {"administration.parameters", "administration.audit", "administration"} & teller
    assert {"administration.parameters", "administration.audit"} <= admin
    answer = api("teller").get("/v1/platform/parameters/deposits.plan")
    assert (answer.status, answer.code) == (403, "permission_denied")


def test_a_branch_whose_day_is_being_closed_says_so(api: Bank) -> None:
    before = api("officer2").get("/v1/platform/business-dates").expect(200)["items"]
    assert [(day["branch"], day["state"]) for day in before] == [("2", "open")]
    work = api.work()
    day = date(2026, 6, 1)
    run = ClosingRun("run_1", day, day, ("2",), RunState.RUNNING, "usr_x", clock.now())
    work.put(RUNS, run)
    work.put(LOCK, RunLock(run.id))
    work.commit()
    days = api("admin").get("/v1/platform/business-dates").expect(200)["items"]
    assert [(day["branch"], day["state"]) for day in days] == [("1", "open"), ("2", "closing")]


def test_groups_without_an_open_place_are_left_out(api: Bank) -> None:
    assert "accounting" not in menu_of(api, "officer")


@pytest.mark.feature("GEN-11")
def test_a_module_that_the_cooperative_has_not_is_neither_served_nor_shown(api: Bank) -> None:
    assert "accounting.trial_balance" in menu_of(api, "accountant")
    with_modules(api, "administration", "parties", "deposits", "member_portal")
    answer = api("accountant").get("/v1/accounting/trial-balance")
    assert (answer.status, answer.code) == (404, "not_found")
    assert not {"accounting", "accounting.trial_balance"} & menu_of(api, "accountant")
    kinds = api("admin").get("/v1/platform/parameter-kinds")["items"]
    assert not [kind for kind in kinds if kind["module"] == "accounting"]
    assert "accounting.trial_balance" in menu_of(api, "accountant", SECOND)


@pytest.mark.feature("GEN-43")
def test_a_profile_without_an_application_gets_403_on_all_of_it_and_an_audit_row(
    api: Bank, change: Change, today: str
) -> None:
    change("administration.role", "teller", ROLE, on=today)
    who = api.person("teller").id
    operations = [each for each in all_operations() if each.path.startswith("/v1/deposits/")]
    paths = [(each.method, re.sub(r"{\w+}", "x", each.path)) for each in operations]
    calls = [api("teller").send(method, path) for method, path in paths]
    assert {(call.status, call.code) for call in calls} == {(403, "permission_denied")}
    assert api("teller").get("/v1/parties/parties?q=lema&by=name").status == 200
    rows = api("auditor").get(f"/v1/platform/audit-events?actor={who}&kind=security&limit=200")["items"]
    assert sorted(row["operation"] for row in rows) == sorted(each.name for each in operations)
    assert {row["entity"] for row in rows} == {"permission_denied"}


@pytest.mark.feature("GEN-44")
def test_a_function_is_opened_to_a_group_to_a_person_and_to_everybody(
    api: Bank, grant: Callable[..., dict[str, Any]]
) -> None:
    def status(who: str) -> int:
        return api(who).get("/v1/platform/audit-events?limit=1").status

    assert [status("teller"), status("officer"), status("accountant")] == [403, 403, 403]
    grant("platform.read_audit", "group", "officer")
    assert [status("teller"), status("officer"), status("accountant")] == [403, 200, 403]
    grant("platform.read_audit", "user", "accountant")
    assert [status("teller"), status("officer"), status("accountant")] == [403, 403, 200]
    grant("platform.read_audit", "everyone")
    assert [status("teller"), status("officer"), status("accountant")] == [200, 200, 200]


def test_a_role_changes_at_the_next_request(api: Bank, change: Change, today: str) -> None:
    assert api("teller").get("/v1/platform/reports").status == 200
    change("administration.role", "teller", ROLE, on=today)
    assert api("teller").get("/v1/platform/reports").status == 403


def test_a_cooperative_has_a_menu_of_its_own(api: Bank, change: Change, today: str) -> None:
    group = {"names": {"es": "Ventanilla", "en": "Counter"}, "level": 1, "node_kind": "group"}
    leaf = {"names": {"es": "Depositar"}, "parent": "counter", "level": 2, "path": "/deposits/deposit"}
    change("administration.menu", "counter", group, on=today)
    change("administration.menu", "counter-in", {**leaf, "permission": "deposits.post_deposit"}, on=today)
    audit = {**leaf, "names": {"es": "Auditar"}, "path": "/audit", "permission": "platform.read_audit"}
    change("administration.menu", "counter-audit", audit, on=today)
    menu = api("teller").get("/v1/platform/me")["menu"]
    assert [(entry["label"], [leaf["label"] for leaf in entry["children"]]) for entry in menu] == [
        ("Ventanilla", ["Depositar"])
    ]
    assert api("accountant").get("/v1/platform/me")["menu"] == []


def test_the_chosen_language_holds_on_every_device(api: Bank) -> None:
    api("teller").put("/v1/platform/me/language", {"language": "en"}).expect(204)
    client = api("teller")
    client.language = ""
    me = client.get("/v1/platform/me").expect(200).json
    assert (me["language"], me["user"]["language"]) == ("en", "en")
    assert {entry["label"] for entry in me["menu"]} >= {"Home", "Deposits"}


def test_a_language_that_is_not_offered_is_refused_in_the_callers_language(api: Bank) -> None:
    client = api("teller")
    client.language = "en"
    answer = client.put("/v1/platform/me/language", {"language": "fr"})
    assert (answer.status, answer.code, answer["field"]) == (422, "language_not_offered", "language")
    assert answer["detail"] == "The cooperative does not offer the language fr."


def test_a_member_has_no_console_menu(api: Bank) -> None:
    me = api.member("pty_x").get("/v1/platform/me").expect(200).json
    assert [entry["code"] for entry in me["menu"]] == ["home"]
    assert me["business_dates"] == []


def test_visitors_see_the_cooperatives_and_their_brands(api: Bank) -> None:
    names = api().get("/v1/platform/tenants").expect(200)["items"]
    assert {(name["code"], name["name"]) for name in names} == {
        (FIRST, "Cooperativa Sisa"),
        (SECOND, api.work(SECOND).get(TENANTS).trade_name),
    }
    brand = api().get(f"/v1/platform/tenants/{FIRST}/branding").expect(200).json
    assert (brand["branding"]["accent"], brand["languages"]) == ("#c8553d", ["es", "en"])
    unknown = api().get("/v1/platform/tenants/nowhere/branding")
    assert (unknown.status, unknown.code) == (404, "unknown_tenant")


def test_the_bank_says_that_it_is_well(api: Bank) -> None:
    assert api().get("/v1/platform/health").expect(200)["status"] == "ok"
