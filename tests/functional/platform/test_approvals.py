"""Dual control: operations that wait for a second person, and the inbox where they are decided."""

from typing import Any

import pytest

from tests.functional.platform.conftest import Change
from tests.support.bank import Bank
from tests.support.given import an_account, money

RULE, INBOX = "platform.approval_rule", "/v1/platform/approvals"


def decided(api: Bank, who: str, identifier: str, decision: str = "approve", reason: str = "") -> Any:
    path = f"{INBOX}/{identifier}/decisions"
    return api(who).post(path, {"decision": decision, "reason": reason})


def balance(api: Bank, account: dict[str, Any]) -> str:
    found: str = api("teller").get(f"/v1/deposits/accounts/{account['id']}/balances")["ledger"]["amount"]
    return found


@pytest.fixture
def account(api: Bank, change: Change, today: str) -> dict[str, Any]:
    """An account at whose counter withdrawals from 1,000 on need a second person."""
    change(RULE, "deposits.post_withdrawal", {"from_amount": "1000"}, on=today)
    return an_account(api, balance="5000.00")


@pytest.mark.feature("GEN-50")
def test_over_the_threshold_an_operation_waits_for_another_person(
    api: Bank, account: dict[str, Any], change: Change, today: str
) -> None:
    path = f"/v1/deposits/accounts/{account['id']}/withdrawals"
    api("teller").post(path, {"amount": money("999.99")}).expect(201)
    waiting = api("manager").post(path, {"amount": money("1500.00")}).expect(202).json
    assert (waiting["state"], waiting["operation"]) == ("pending_approval", "deposits.post_withdrawal")
    assert balance(api, account) == "4000.01"
    mine = decided(api, "manager", waiting["id"])
    assert (mine.status, mine.code) == (409, "self_approval")
    entry = api("accountant").get(INBOX)["items"][0]
    assert (entry["requested_by_name"], entry["amount"]) == ("Gabriela Cevallos", money("1500.00"))
    assert entry["may_decide"] is True
    assert (entry["operation"], entry["operation_name"]) == (waiting["operation"], "Retirar de una cuenta")
    assert entry["summary"] == entry["operation_name"]
    done = decided(api, "accountant", waiting["id"]).expect(201).json
    assert done["state"] == "approved"
    assert done["result"]["amount"] == money("1500.00")
    assert balance(api, account) == "2500.01"
    assert decided(api, "accountant", waiting["id"]).code == "already_decided"


def test_a_rejected_operation_is_never_carried_out(api: Bank, account: dict[str, Any]) -> None:
    path = f"/v1/deposits/accounts/{account['id']}/withdrawals"
    waiting = api("teller").post(path, {"amount": money("2000.00")}).expect(202).json
    done = decided(api, "manager", waiting["id"], "reject", "Falta documento").expect(201).json
    assert (done["state"], done["reason"], done["result"]) == ("rejected", "Falta documento", None)
    assert balance(api, account) == "5000.00"
    rejected = api("manager").get(f"{INBOX}?state=rejected")["items"]
    assert [entry["id"] for entry in rejected] == [waiting["id"]]


def test_who_may_not_decide_neither_sees_nor_decides(api: Bank, account: dict[str, Any]) -> None:
    path = f"/v1/deposits/accounts/{account['id']}/withdrawals"
    waiting = api("teller").post(path, {"amount": money("2000.00")}).expect(202).json
    assert api("officer").get(INBOX)["items"] == []
    assert decided(api, "officer", waiting["id"]).code == "permission_denied"
    own = api("teller").get(INBOX)["items"]
    assert [(entry["id"], entry["may_decide"]) for entry in own] == [(waiting["id"], False)]


def test_proposed_parameters_wait_in_the_same_inbox(api: Bank) -> None:
    body = {"names": {"es": "Certificado"}, "currency": "USD", "amount": "5.00"}
    asked = {"code": "FEE", "effective_from": "2026-06-01", "body": body}
    version = api("admin").post("/v1/platform/parameters/deposits.service_charge", asked).expect(201).json
    entry = api("admin2").get(INBOX)["items"][0]
    assert (entry["id"], entry["operation"]) == (version["id"], "platform.propose_parameter")
    assert entry["summary"].endswith(": Certificado")
    assert entry["operation_name"] == "Proponer un cambio de parámetros"
    assert entry["requested_by_name"] == "Rosa Quishpe"
    assert decided(api, "admin", version["id"]).code == "self_approval"
    assert decided(api, "manager", version["id"]).code == "permission_denied"
    assert decided(api, "admin2", version["id"]).expect(201)["state"] == "approved"
    assert api("admin").get("/v1/platform/parameters/deposits.service_charge/FEE").status == 200
    assert api("admin2").get(INBOX)["items"] == []


def test_a_rule_is_called_by_the_operation_that_waits(api: Bank) -> None:
    asked = {"code": "deposits.post_transfer", "effective_from": "2030-01-01", "body": {"from_amount": "10"}}
    api("admin").post(f"/v1/platform/parameters/{RULE}", asked).expect(201)
    listed = api("admin").get(f"/v1/platform/parameters/{RULE}").expect(200)["items"]
    labels = {each["code"]: each["label"] for each in listed}
    assert labels["deposits.post_transfer"] == "Transferir entre cuentas"
    assert (
        api("admin2").get(INBOX)["items"][0]["summary"] == "Reglas de doble control: Transferir entre cuentas"
    )


@pytest.mark.parametrize("identifier", ["apr_none", "deposits.plan~X~tenant~9", "a~b"])
def test_what_does_not_exist_cannot_be_decided(api: Bank, identifier: str) -> None:
    assert decided(api, "admin", identifier).status == 404
