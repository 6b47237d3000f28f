"""The cash that a teller holds, and the limit that a branch sets within the institution's."""

from typing import Any

import pytest

from tests.functional.accounting.books import enrol
from tests.functional.parties.people import publish
from tests.support.api import Client, Reply
from tests.support.bank import Bank
from tests.support.given import an_account, money

KIND = "administration.cash_control"
POSITIONS = "/v1/administration/cash-positions"


def proposed(bank: Bank, limit: str | None, scope: str = "tenant") -> Reply:
    body = {"teller_limit": limit}
    asked = {"code": "main", "scope": scope, "effective_from": "2026-06-01", "body": body}
    return bank("admin").post(f"/v1/platform/parameters/{KIND}", asked)


def limited(bank: Bank, limit: str | None, scope: str = "tenant") -> Reply:
    """The answer to the second person who approves a limit."""
    version = proposed(bank, limit, scope).expect(201)["id"]
    return bank("admin2").post(
        f"/v1/platform/parameter-versions/{version}/approvals", {"decision": "approve"}
    )


def a_teller_of_12(bank: Bank) -> Client:
    publish(bank, "administration.branch", "12", {"name": "San Pablo"})
    opening = {"first_business_date": "2026-06-01"}
    bank("admin").post("/v1/administration/branches/12/openings", opening).expect(201)
    return enrol(bank, "teller12", "12", scope="all", role="teller")


def cash(client: Client, account: dict[str, Any], kind: str, amount: str) -> dict[str, Any]:
    path = f"/v1/deposits/accounts/{account['id']}/{kind}"
    receipt: dict[str, Any] = client.post(path, {"amount": money(amount)}).expect(201).json
    return receipt


@pytest.mark.feature("GEN-56")
def test_a_teller_of_a_stricter_branch_is_warned_at_its_own_limit(bank: Bank) -> None:
    """5,000 for the institution, 3,000 at branch 12: 3,500 is too much there, and not in branch 1."""
    limited(bank, "5000").expect(201)
    limited(bank, "3000", "branch:12").expect(201)
    teller = a_teller_of_12(bank)
    account = an_account(bank)
    assert cash(teller, account, "deposits", "3000.00")["warnings"] == []
    (warning,) = cash(teller, account, "deposits", "500.00")["warnings"]
    assert warning["code"] == "teller_cash_limit"
    assert "3.500,00" in warning["message"]
    assert "3.000,00" in warning["message"]
    assert cash(bank("teller"), account, "deposits", "3500.00")["warnings"] == []
    shown = bank("admin").get(f"{POSITIONS}?branch=12").expect(200)
    assert shown["business_date"] == "2026-06-01"
    (position,) = shown["items"]
    assert (position["name"], position["held"], position["limit"], position["over"]) == (
        "Teller12",
        money("3500.00"),
        money("3000"),
        True,
    )
    (other,) = bank("admin").get(f"{POSITIONS}?branch=1").expect(200)["items"]
    assert (other["held"], other["limit"], other["over"]) == (money("3500.00"), money("5000"), False)


def test_what_is_paid_out_or_undone_leaves_the_drawer(bank: Bank) -> None:
    limited(bank, "100").expect(201)
    account = an_account(bank)
    over = cash(bank("teller"), account, "deposits", "150.00")
    assert [warning["code"] for warning in over["warnings"]] == ["teller_cash_limit"]
    assert cash(bank("teller"), account, "withdrawals", "60.00")["warnings"] == []
    path = f"/v1/deposits/transactions/{over['entry_id']}/reversals"
    cash(bank("teller"), account, "deposits", "80.00")
    bank("manager").post(path, {"reason": "Monto equivocado"}).expect(201)
    (position,) = bank("admin").get(f"{POSITIONS}?branch=1").expect(200)["items"]
    assert position["held"] == money("20.00"), "what the manager undid is taken from the teller"


def test_the_first_answer_keeps_its_warning(bank: Bank) -> None:
    limited(bank, "100").expect(201)
    path = f"/v1/deposits/accounts/{an_account(bank)['id']}/deposits"
    answers = [bank("teller").post(path, {"amount": money("150.00")}, key="same-key") for _ in range(2)]
    assert answers[0].json == answers[1].json
    assert answers[1]["warnings"]


def test_a_branch_cannot_be_laxer_than_the_institution(bank: Bank) -> None:
    limited(bank, "5000").expect(201)
    refused = proposed(bank, "5000.01", "branch:2").expect(422)
    problem = refused["errors"][0]
    assert (problem["field"], problem["code"]) == ("teller_limit", "above_tenant_limit")
    assert "5000" in problem["message"]


def test_a_branch_limit_gives_way_where_the_institutions_falls_below_it(bank: Bank) -> None:
    limited(bank, "3000", "branch:1").expect(201)
    limited(bank, "50").expect(201)
    assert cash(bank("teller"), an_account(bank), "deposits", "60.00")["warnings"]


def test_no_cash_is_counted_where_there_is_no_limit(bank: Bank) -> None:
    cash(bank("teller"), an_account(bank), "deposits", "999999.00")
    assert bank("admin").get(f"{POSITIONS}?branch=1").expect(200)["items"] == []


def test_the_cash_of_a_branch_out_of_scope_is_not_shown(bank: Bank) -> None:
    grant = {"permission": "administration.read_cash_positions", "subject_kind": "everyone", "subject": ""}
    publish(bank, "administration.function_grant", "administration.read_cash_positions", grant)
    assert bank("manager").get(f"{POSITIONS}?branch=2").status == 404
    assert bank("manager").get(POSITIONS).expect(200)["branch"] == "1"
