"""The chart in bulk: accounts from a file, attributes of many accounts, and what a branch keeps in its own way."""

from datetime import timedelta
from typing import Any

import pytest

from tests.functional.accounting.books import (
    a_voucher,
    change_control,
    close_day,
    line,
    post,
    set_parameter,
    today,
)
from tests.support.bank import Bank

IMPORTS, CHANGES = "/v1/accounting/account-imports", "/v1/accounting/account-changes"
HEADER = "code,name,name_en,account_class,normal_side,level,parent,postable,maximum_balance"


def with_dual_control(bank: Bank, *operations: str) -> None:
    for operation in operations:
        set_parameter(bank, "platform.approval_rule", f"accounting.{operation}", {"enabled": True})


def approved(bank: Bank, request: Any) -> None:
    """A second person lets the request be carried out."""
    assert request.expect(202)["state"] == "pending_approval"
    path = f"/v1/platform/approvals/{request['id']}/decisions"
    bank("accountant2").post(path, {"decision": "approve"}).expect(200, 201)


def a_file(*rows: str) -> str:
    return "\n".join([HEADER, *rows])


def row(number: int, parent: str = "5690") -> str:
    return f"{parent}{number:04d},Ingreso {number},Income {number},income,credit,5,{parent},sí,"


@pytest.mark.feature("ACC-46")
def test_of_three_hundred_accounts_in_a_file_two_with_bad_parents_are_reported(bank: Bank) -> None:
    lines = [row(number) for number in range(1, 301)]
    lines[99], lines[199] = row(100, "777"), row(200, "5699")
    asked = {"csv": a_file(*lines)}
    preview = bank("accountant").post(f"{IMPORTS}/previews", asked).expect(200).json
    assert (preview["created"], preview["refused"]) == (298, 2)
    assert len(bank("auditor").get("/v1/accounting/accounts?parent=5690").expect(200)["items"]) == 1
    with_dual_control(bank, "import_accounts")
    request = bank("accountant").post(IMPORTS, asked)
    approved(bank, request)
    found = bank("auditor").get("/v1/accounting/accounts?parent=5690").expect(200)["items"]
    assert len(found) == 1 + 298
    assert {each["code"]: each["names"] for each in found}["56900300"] == {
        "es": "Ingreso 300",
        "en": "Income 300",
    }
    errors = [(each["row"], each["field"], each["problem"]) for each in preview["errors"]]
    assert errors == [(101, "parent", "unknown_reference"), (201, "parent", "unknown_reference")]
    assert all(each["message"] for each in preview["errors"])


def test_without_dual_control_the_accounts_of_a_file_wait_for_approval(bank: Bank) -> None:
    done = bank("accountant").post(IMPORTS, {"csv": a_file(row(1))}).expect(201)
    assert (done["created"], done["errors"]) == (1, [])
    assert bank("auditor").get("/v1/accounting/accounts/56900001").status == 404
    waiting = bank("admin").get("/v1/platform/parameters/accounting.account/56900001/versions").expect(200)
    assert [version["state"] for version in waiting["items"]] == ["pending_approval"]
    again = bank("accountant").post(IMPORTS, {"csv": a_file(row(1))}).expect(201)
    assert (again["created"], again["unchanged"]) == (0, 1)


@pytest.mark.parametrize(
    ("written", "field", "problem"),
    [
        ("56x,A,,income,credit,5,5690,sí,", "code", "wrong_format"),
        ("110105,A,,asset,debit,4,1101,sí,", "code", "account_exists"),
        ("580001,A,,income,credit,5,5690,sí,", "parent", "code_outside_parent"),
        ("56900001,,,income,credit,5,5690,sí,", "names", "name_missing"),
        ("56900001,A,,profit,credit,5,5690,sí,", "account_class", "not_allowed"),
        ("56900001,A,,income,credit,12,5690,sí,", "level", "out_of_range"),
        ("56900001,A,,income,credit,5,5690,perhaps,", "postable", "wrong_type"),
        ("56900001,A,,income,credit,5,5690,sí,1e9", "maximum_balance", "decimal_text"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(bank: Bank, written: str, field: str, problem: str) -> None:
    found = bank("accountant").post(f"{IMPORTS}/previews", {"csv": a_file(written)}).expect(200).json
    assert found["created"] == 0
    assert (2, field, problem) in {(each["row"], each["field"], each["problem"]) for each in found["errors"]}
    assert not [each for each in found["errors"] if each["message"].startswith("errors.")]


def test_accounts_that_hang_under_a_refused_line_are_refused_with_it(bank: Bank) -> None:
    lines = ("57,Otros,,income,credit,2,9,no,", "5701,Varios,,income,credit,3,57,sí,")
    found = bank("accountant").post(f"{IMPORTS}/previews", {"csv": a_file(*lines)}).expect(200)
    assert [(each["row"], each["problem"]) for each in found["errors"]] == [
        (2, "code_outside_parent"),
        (3, "unknown_reference"),
    ]


@pytest.mark.parametrize("text", ["", "code", "name,level\nA,1", "code,colour\n1,red", 'code,name\n"1,A'])
def test_what_is_no_file_of_accounts_is_refused(bank: Bank, text: str) -> None:
    refused = bank("accountant").post(f"{IMPORTS}/previews", {"csv": text})
    assert refused.status == 422
    assert refused.code in ("malformed_account_file", "too_short")


@pytest.mark.feature("ACC-09")
def test_a_mass_change_is_previewed_and_changes_exactly_those_accounts(bank: Bank) -> None:
    asked = {"account_class": "liability", "postable": True, "attributes": {"confidentiality_level": 3}}
    preview = bank("accountant").post(f"{CHANGES}/previews", asked).expect(200).json
    wanted = {each["code"] for each in preview["items"]}
    assert preview["accounts"] == len(wanted) == 13
    shown = bank("auditor").get("/v1/accounting/accounts/250405").expect(200)
    assert shown["confidentiality_level"] == 0
    with_dual_control(bank, "change_accounts")
    approved(bank, bank("accountant").post(CHANGES, asked))
    chart = bank("auditor").get("/v1/accounting/accounts").expect(200)["items"]
    assert {each["code"] for each in chart if each["confidentiality_level"] == 3} == wanted
    people = bank.person("accountant").id, bank.person("accountant2").id
    for code in wanted:
        audit = bank("auditor").get(f"/v1/accounting/accounts/{code}/changes").expect(200)["items"]
        assert [
            (each["field"], each["before"], each["after"], each["by"], each["approved_by"]) for each in audit
        ] == [("confidentiality_level", 0, 3, *people)]


def test_a_mass_change_across_branches_leaves_the_institutions_accounts(bank: Bank) -> None:
    asked = {"parent": "1101", "branches": ["1", "2"], "attributes": {"maximum_balance": "900.00"}}
    with_dual_control(bank, "change_accounts")
    preview = bank("accountant").post(f"{CHANGES}/previews", asked).expect(200).json
    assert [(each["code"], each["branch"]) for each in preview["items"]] == [
        ("1101", "1"),
        ("110105", "1"),
        ("1101", "2"),
        ("110105", "2"),
    ]
    assert preview["items"][0]["changes"] == [{"field": "maximum_balance", "before": None, "after": "900.00"}]
    approved(bank, bank("accountant").post(CHANGES, asked))
    limits = [
        bank("auditor").get(f"/v1/accounting/accounts/110105{at}").expect(200)["maximum_balance"]
        for at in ("", "?branch=1", "?branch=2")
    ]
    assert limits == [None, "900.00", "900.00"]
    again = bank("accountant").post(f"{CHANGES}/previews", asked)
    assert (again.status, again.code) == (422, "nothing_to_change")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"parent": "999", "attributes": {"active": False}}, "no_account_matches"),
        ({"parent": "11", "attributes": {"active": True}}, "nothing_to_change"),
        (
            {"parent": "11", "attributes": {"minimum_balance": "9", "maximum_balance": "1"}},
            "invalid_parameter",
        ),
        (
            {"parent": "11", "attributes": {"active": False}, "effective_from": "2020-01-01"},
            "effective_in_the_past",
        ),
        ({"parent": "11", "attributes": {"active": False}, "branches": ["77"]}, "branch_not_found"),
        ({"attributes": {"account_class": "income"}}, "unknown_field"),
    ],
)
def test_a_mass_change_that_makes_no_sense_is_refused(bank: Bank, asked: dict, code: str) -> None:
    refused = bank("accountant").post(f"{CHANGES}/previews", asked)
    assert (refused.status in (404, 422), refused.code) == (True, code)


def propose_for_branch(bank: Bank, branch: str, code: str, since: str, **terms: Any) -> Any:
    body = bank.work().config.get("accounting.account", code, today(bank)).to_body()
    asked = {"code": code, "scope": f"branch:{branch}", "effective_from": since, "body": {**body, **terms}}
    return bank("admin").post("/v1/platform/parameters/accounting.account", asked)


@pytest.mark.feature("ACC-08")
def test_a_branch_has_another_maximum_balance_from_a_date_on_and_the_others_keep_theirs(bank: Bank) -> None:
    change_control(bank, account_limits="block")
    tomorrow = (today(bank) + timedelta(days=1)).isoformat()
    version = propose_for_branch(bank, "2", "110105", tomorrow, maximum_balance="50.00").expect(201)
    path = f"/v1/platform/parameter-versions/{version['id']}/approvals"
    bank("admin2").post(path, {"decision": "approve"}).expect(201)
    rows = line("110105", "60.00"), line("450790", "-60.00")
    vouchers = "/v1/accounting/vouchers"
    today_still = {**a_voucher(*rows), "branch": "2", "concept": "ADJUST"}
    assert bank("accountant").post(vouchers, today_still).expect(201)["state"] == "applied"
    close_day(bank)
    limits = [
        bank("auditor").get(f"/v1/accounting/accounts/110105?branch={branch}").expect(200)["maximum_balance"]
        for branch in ("1", "2")
    ]
    assert limits == [None, "50.00"]
    assert bank("accountant").post(vouchers, today_still).code == "line_balance_limit"
    assert bank("accountant").post(vouchers, {**today_still, "branch": "1"}).status == 201
    post(bank, ("1", "cash_on_hand", "90.00"), ("1", "fee_income_deposits", "-90.00"))
    found = bank("auditor").get("/v1/accounting/account-exceptions").expect(200)["items"]
    assert [(each["branch"], each["account"], each["kind"]) for each in found if each["limit"]] == [
        ("2", "110105", "maximum_balance")
    ]


def test_what_an_account_is_stays_the_institutions(bank: Bank) -> None:
    refused = propose_for_branch(bank, "2", "110105", today(bank).isoformat(), normal_side="credit")
    assert refused.status == 422
    assert [(each["field"], each["code"]) for each in refused["errors"]] == [
        ("normal_side", "common_to_institution")
    ]


def test_bulk_changes_are_for_those_who_may(bank: Bank) -> None:
    assert bank("auditor").post(f"{IMPORTS}/previews", {"csv": a_file(row(1))}).status == 403
    assert bank("auditor").post(CHANGES, {"attributes": {"active": False}}).status == 403
