"""Transfers between the member's own accounts: published, quoted before they are confirmed, made once, receipted."""

from typing import Any

import pytest

from chalicelib.platform.today import calendar_day
from chalicelib.workflows import movement_notices  # noqa: F401 - it declares who is told
from tests.functional.deposits.conftest import SetParameter, set_parameter
from tests.functional.parties.test_account_parties import owner, tie
from tests.functional.platform import stream
from tests.support.api import Client
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, money

__all__ = ["set_parameter"]
PORTAL = "/v1/member_portal"
ACCOUNTS, QUOTES, TRANSFERS = (
    f"{PORTAL}/{part}" for part in ("transfer-accounts", "transfer-quotes", "transfers")
)


@pytest.fixture
def published(bank: Bank, set_parameter: SetParameter) -> None:
    """The cooperative offers transfers between own accounts."""
    set_parameter("member_portal.settings", "main", {"own_transfers": True})


def a_saver(bank: Bank, *balances: str) -> tuple[Client, list[dict[str, Any]]]:
    """(the portal of a member, their savings accounts with these balances)."""
    holder = a_member(bank)["id"]
    accounts = [an_account(bank, plan="S2", party_id=holder, balance=balance) for balance in balances]
    return bank.member(holder), accounts


def asked(payer: dict[str, Any], payee: dict[str, Any], amount: str, **more: Any) -> dict[str, Any]:
    return {"from_account": payer["id"], "to_account": payee["id"], "amount": money(amount), **more}


def ledgers(bank: Bank, *accounts: dict[str, Any]) -> list[str]:
    paths = [f"/v1/deposits/accounts/{account['id']}/balances" for account in accounts]
    return [bank("officer").get(path).expect(200)["ledger"]["amount"] for path in paths]


@pytest.mark.feature("POR-31")
@pytest.mark.usefixtures("published")
def test_fifty_move_once_and_the_receipt_has_a_number(bank: Bank) -> None:
    portal, (savings, goal) = a_saver(bank, "200.00", "10.00")
    body = asked(savings, goal, "50.00", narrative="Para el viaje")
    quote = portal.post(QUOTES, body).expect(200)
    assert (quote["total"], quote["charges"]) == (money("50.00"), [])
    assert quote["from_account"] == {
        "id": savings["id"],
        "number": savings["number"],
        "available": money("150.00"),
    }
    assert quote["to_account"]["available"] == money("60.00")
    assert ledgers(bank, savings, goal) == ["200.00", "10.00"], "a quote moves nothing"
    receipt = portal.post(TRANSFERS, body, key="mine-1").expect(201)
    again = portal.post(TRANSFERS, body, key="mine-1").expect(201)
    assert (again["id"], again.headers["Idempotency-Hit"]) == (receipt["id"], "true")
    assert ledgers(bank, savings, goal) == ["150.00", "60.00"]
    assert {name: receipt[name] for name in quote.json} == quote.json, "what was quoted is what is done"
    movements = portal.get(f"{PORTAL}/accounts/{savings['id']}/movements").expect(200)["items"]
    made = movements[0]
    assert (made["entry_id"], made["amount"]) == (receipt["id"], money("-50.00"))
    assert (made["narrative"], made["channel"]) == ("Para el viaje", "portal")
    assert receipt["number"] == receipt["id"][-8:].upper()
    assert (receipt["business_date"], len(receipt["number"])) == ("2026-06-01", 8)


@pytest.mark.feature("POR-31")
@pytest.mark.usefixtures("published")
def test_more_than_there_is_is_refused_before_confirming_and_when_it_is_tried(bank: Bank) -> None:
    portal, (savings, goal) = a_saver(bank, "200.00", "10.00")
    hold = {"amount": money("170.00"), "code": "GAR", "reason": "garantía"}
    bank("manager").post(f"/v1/deposits/accounts/{savings['id']}/holds", hold).expect(201)
    body = asked(savings, goal, "50.00")
    for path in (QUOTES, TRANSFERS):
        refused = portal.post(path, body)
        assert (refused.status, refused.code, refused["field"]) == (422, "insufficient_funds", "amount")
        assert "30,00" in refused["detail"]
    assert ledgers(bank, savings, goal) == ["200.00", "10.00"]


@pytest.mark.usefixtures("published")
def test_what_it_costs_is_told_before_and_taken_with_it(bank: Bank, set_parameter: SetParameter) -> None:
    charge = {"names": {"es": "Transferencia", "en": "Transfer"}, "currency": "USD", "amount": "0.40"}
    set_parameter("deposits.service_charge", "TRF", {**charge, "taxable": True})
    line = {"charge": "TRF", "trigger": "transaction", "transaction_code": "T02"}
    set_parameter("deposits.fee_table", "TT", {"names": {"es": "Tarifas"}, "lines": [line]})
    plan = bank("admin").get("/v1/platform/parameters/deposits.plan/S2").expect(200)["body"]
    set_parameter("deposits.plan", "S2", {**plan, "fee_table": "TT"})
    portal, (savings, goal) = a_saver(bank, "100.00", "1.00")
    quote = portal.post(QUOTES, asked(savings, goal, "50.00")).expect(200)
    assert [(each["name"], each["amount"], each["tax"]) for each in quote["charges"]] == [
        ("Transferencia", money("0.40"), False),
        ("Transferencia", money("0.06"), True),
    ]
    assert (quote["total"], quote["from_account"]["available"]) == (money("50.46"), money("49.54"))
    short = portal.post(QUOTES, asked(savings, goal, "99.80")).expect(422)
    assert short.code == "charges_not_covered"
    portal.post(TRANSFERS, asked(savings, goal, "50.00")).expect(201)
    assert ledgers(bank, savings, goal) == ["49.54", "51.00"]


@pytest.mark.usefixtures("published")
def test_only_between_accounts_of_ones_own(bank: Bank) -> None:
    portal, (savings, goal) = a_saver(bank, "100.00", "1.00")
    foreign = an_account(bank, plan="S2", balance="100.00")
    cases = [
        (asked(foreign, savings, "1.00"), 404, "unknown_account", "from_account"),
        (asked(savings, foreign, "1.00"), 404, "unknown_account", "to_account"),
        (asked(savings, savings, "1.00"), 422, "same_account", "to_account"),
        (asked(savings, goal, "0.00"), 422, "amount_not_positive", "amount"),
    ]
    for body, status, code, field in cases:
        for path in (QUOTES, TRANSFERS):
            refused = portal.post(path, body)
            assert (refused.status, refused.code, refused["field"]) == (status, code, field)
    assert portal.post(TRANSFERS, asked(savings, goal, "1.00"), key="").code == "idempotency_key_missing"
    assert ledgers(bank, savings, goal, foreign) == ["100.00", "1.00", "100.00"]


@pytest.mark.usefixtures("published")
def test_a_joint_account_takes_money_and_gives_none(bank: Bank) -> None:
    portal, (savings, joint) = a_saver(bank, "100.00", "20.00")
    other = a_member(bank)["id"]
    tie(bank, joint, owner(savings["party_id"]), owner(other, role="CO_OWNER")).expect(200)
    listed = {row["id"]: row for row in portal.get(ACCOUNTS).expect(200)["items"]}
    told = {key: (row["may_pay"], row["reason"], row["may_receive"]) for key, row in listed.items()}
    assert told == {savings["id"]: (True, "", True), joint["id"]: (False, "joint", True)}
    theirs = bank.member(other)
    for owns, body in ((portal, asked(joint, savings, "1.00")), (theirs, asked(joint, joint, "1.00"))):
        for path in (QUOTES, TRANSFERS):
            refused = owns.post(path, body)
            assert (refused.status, refused.code) == (409, "joint_account_cannot_pay")
    portal.post(TRANSFERS, asked(savings, joint, "5.00")).expect(201)
    assert ledgers(bank, savings, joint) == ["95.00", "25.00"]


@pytest.mark.usefixtures("published")
def test_an_account_that_is_held_whole_is_not_offered_and_gives_nothing(bank: Bank) -> None:
    portal, (savings, goal) = a_saver(bank, "100.00", "20.00")
    hold = {"code": "DEB", "reason": "oficio 12"}
    bank("manager").post(f"/v1/deposits/accounts/{savings['id']}/holds", hold).expect(201)
    (first, second) = portal.get(ACCOUNTS).expect(200)["items"]
    assert (first["may_pay"], first["reason"]) == (False, "stopped")
    assert second["may_pay"] is True
    refused = portal.post(QUOTES, asked(savings, goal, "1.00")).expect(409)
    assert refused.code == "account_held"


def test_a_service_that_is_not_published_is_not_there(bank: Bank, set_parameter: SetParameter) -> None:
    portal, (savings, goal) = a_saver(bank, "100.00", "20.00")
    body = asked(savings, goal, "1.00")
    assert portal.get(f"{PORTAL}/position").expect(200)["services"] == []
    for reply in (portal.get(ACCOUNTS), portal.post(QUOTES, body), portal.post(TRANSFERS, body)):
        assert (reply.status, reply.code) == (404, "service_not_published")
    set_parameter("member_portal.settings", "main", {"own_transfers": True})
    assert portal.get(f"{PORTAL}/position").expect(200)["services"] == ["own_transfers"]
    portal.post(TRANSFERS, body).expect(201)


@pytest.mark.usefixtures("published")
def test_the_member_is_told_of_it_as_of_any_other_movement(bank: Bank, set_parameter: SetParameter) -> None:
    words = {
        "channel": "in_app",
        "language": "es",
        "body": "Salió {amount} de su cuenta {account}: {narrative}",
    }
    body = {"channels": ["in_app"], "messages": [words]}
    today = calendar_day(bank.work()).isoformat()
    set_parameter("platform.notification_template", "withdrawal_made", body, today)
    portal, (savings, goal) = a_saver(bank, "100.00", "20.00")
    portal.post(TRANSFERS, asked(savings, goal, "1.00", narrative="Luz")).expect(201)
    assert stream.published(*[stream.record(item) for item in stream.items("journal")]) == []
    (notice,) = portal.get("/v1/platform/notifications").expect(200)["items"]
    assert notice["body"] == f"Salió 1,00 USD de su cuenta ••••{savings['number'][-4:]}: Luz"
