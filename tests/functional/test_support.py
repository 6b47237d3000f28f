"""The functional tests' own support: two cooperatives, clients who are signed in, a state to begin from."""

import pytest

from tests.support.bank import FIRST, SECOND, Bank
from tests.support.given import a_member, an_account, an_organisation, deposit, money, withdraw


def test_there_are_two_cooperatives(bank: Bank) -> None:
    assert [bank.work(code).context.tenant.currency for code in (FIRST, SECOND)] == ["USD", "COP"]


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_begins_from_the_same_state(api: Bank, time: str) -> None:
    assert a_member(api)["number"] == 1, time


@pytest.mark.parametrize("tenant", [FIRST, SECOND])
def test_accounts_are_made_through_the_api(api: Bank, tenant: str) -> None:
    account = an_account(api, tenant=tenant, balance="50000")
    assert account["ledger"]["amount"].split(".")[0] == "50000"
    assert an_organisation(api, tenant=tenant)["kind"] == "legal"


def test_a_balance_is_what_was_moved(api: Bank) -> None:
    account = an_account(api, branch="2", balance="100.00")
    withdraw(api, account["id"], "30.00")
    deposit(api, account["id"], "5.50", who="teller2")
    found = api("officer2").get(f"/v1/deposits/accounts/{account['id']}/balances")
    assert found["ledger"] == money("75.50")


def test_a_visitor_is_not_signed_in(api: Bank) -> None:
    assert api().get("/v1/deposits/accounts?party_id=x").status == 401


def test_staff_sign_in_with_their_password(api: Bank) -> None:
    credentials = {"tenant": FIRST, "username": "teller", "password": "Quinua-de-altura-7"}
    session = api().post("/v1/access/sessions", credentials).expect(201)
    assert session["user"]["roles"] == ["teller"]


def test_members_see_their_own_portal_only(api: Bank) -> None:
    account = an_account(api, balance="10.00")
    member = api.member(account["party_id"])
    assert member.get("/v1/member_portal/accounts").status == 200
    assert member.get(f"/v1/deposits/accounts/{account['id']}").status == 403
