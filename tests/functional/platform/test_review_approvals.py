"""Dual control: what may wait for a second person, who decides it, and for whom it is carried out."""

import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.platform import approvals
from chalicelib.platform.access.people import PEOPLE, PersonState
from chalicelib.platform.http.routes import PUBLIC, SIGNED_IN, STAFF, all_operations
from tests.functional.platform.conftest import Change
from tests.support.bank import Bank
from tests.support.given import an_account, money

RULE, INBOX = "platform.approval_rule", "/v1/platform/approvals"


def changed_person(api: Bank, who: str, **changed: Any) -> None:
    work = api.work()
    work.put(PEOPLE, replace(work.get(PEOPLE, id=api.person(who).id), **changed))
    work.commit()


@pytest.fixture
def waiting(api: Bank, change: Change, today: str) -> dict[str, Any]:
    """A withdrawal of 2,000 that the teller of branch 1 asked for."""
    change(RULE, "deposits.post_withdrawal", {"from_amount": "1000"}, on=today)
    account = an_account(api, balance="5000.00")
    path = f"/v1/deposits/accounts/{account['id']}/withdrawals"
    asked: dict[str, Any] = api("teller").post(path, {"amount": money("2000.00")}).expect(202).json
    return asked


def decided(api: Bank, who: str, identifier: str) -> Any:
    return api(who).post(f"{INBOX}/{identifier}/decisions", {"decision": "approve"})


@pytest.mark.parametrize("changed", [{"state": PersonState.BLOCKED}, {"roles": ("auditor",)}])
def test_what_the_maker_may_no_longer_do_is_not_carried_out(
    api: Bank, waiting: dict[str, Any], changed: dict[str, Any]
) -> None:
    changed_person(api, "teller", **changed)
    answer = decided(api, "manager", waiting["id"])
    assert (answer.status, answer.code) == (409, "maker_not_permitted")
    assert api.work().get(approvals.REQUESTS, id=waiting["id"]).state is approvals.RequestState.PENDING


def test_who_does_not_work_for_the_branch_neither_sees_nor_decides(
    api: Bank, waiting: dict[str, Any]
) -> None:
    changed_person(api, "manager", branch_scope="own", branches=("2",))
    assert api("manager").get(INBOX)["items"] == []
    answer = decided(api, "manager", waiting["id"])
    assert (answer.status, answer.code) == (403, "outside_branch_scope")
    changed_person(api, "manager", branch_scope="list", branches=("2", "1"))
    assert decided(api, "manager", waiting["id"]).status == 201


def test_the_branches_that_a_request_names_count_before_the_makers() -> None:
    asked = {"branch": "1", "lines": [{"branch": "2"}, {"branch": None}, {"branch": "1"}]}
    assert list(approvals._branches([{"id": "x"}, asked])) == ["1", "2", "1"]


@pytest.mark.parametrize(
    ("amount", "reaches"),
    [(None, True), (("10.00", "EUR"), True), (("999.99", "USD"), False), (("1000.00", "USD"), True)],
)
def test_what_is_not_known_to_be_below_the_limit_waits(amount: tuple[str, str] | None, reaches: bool) -> None:
    rule = approvals.ApprovalRule.model_validate({"from_amount": "1000"})
    asked = approvals.Money.of(*amount) if amount else None
    assert approvals._reaches(asked, rule, "USD") is reaches


def test_an_operation_without_an_amount_waits_under_a_rule_with_one(
    api: Bank, change: Change, today: str
) -> None:
    change(RULE, "administration.block_user", {"from_amount": "1000"}, on=today)
    path = f"/v1/administration/users/{api.person('officer').id}/blocks"
    assert api("admin").post(path, {"reason": "Prueba"}).status == 202
    assert api.work().get(PEOPLE, id=api.person("officer").id).state is PersonState.ACTIVE


@pytest.mark.parametrize(
    "operation",
    [
        "platform.sign_in",
        "platform.change_password",
        "platform.decide_approval",
        "platform.decide_version",
        "accounting.decide_voucher",
        "administration.reset_password",
        "deposits.list_holds",
        "no.such_thing",
    ],
)
def test_a_rule_for_what_cannot_wait_is_refused(api: Bank, today: str, operation: str) -> None:
    body = {"code": operation, "effective_from": today, "body": {}}
    answer = api("admin").post(f"/v1/platform/parameters/{RULE}", body)
    assert (answer.status, answer.code) == (422, "operation_not_approvable")


def test_nothing_that_waits_can_hold_a_secret() -> None:
    approvable = [operation for operation in all_operations() if operation.approvable]
    of_staff = {each.name for each in all_operations() if each.money and each.realm == STAFF}
    assert of_staff - {"accounting.decide_voucher"} <= {operation.name for operation in approvable}
    for operation in approvable:
        assert operation.permission not in (PUBLIC, SIGNED_IN)
        fields = json.dumps(operation.request.model_json_schema()) if operation.request else ""
        assert not any(word in fields for word in ('"password', '"secret', '"refresh_token'))
