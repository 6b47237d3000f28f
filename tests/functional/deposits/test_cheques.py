"""Cheques of current accounts, shown through the API with the numbers of the specification."""

from typing import Any

import pytest

from tests.functional.deposits.conftest import CloseDays
from tests.support.bank import Bank
from tests.support.given import an_account, money

ACCOUNTS = "/v1/deposits/accounts"


def a_current_account(bank: Bank) -> dict[str, Any]:
    """A current account with cheques 101 to 125."""
    account = an_account(bank, plan="C1", balance="500.00")
    bank("officer").post(f"{ACCOUNTS}/{account['id']}/cheque-books", {"first": 101, "last": 125}).expect(201)
    return account


def present(bank: Bank, account: dict[str, Any], number: int, amount: str = "10.00") -> Any:
    path = f"{ACCOUNTS}/{account['id']}/cheque-payments"
    return bank("teller").post(path, {"number": number, "amount": money(amount)})


def state(bank: Bank, account: dict[str, Any], number: int) -> str:
    found: str = bank("officer").get(f"{ACCOUNTS}/{account['id']}/cheques/{number}").expect(200)["state"]
    return found


@pytest.mark.feature("DEP-05")
def test_no_cheque_book_for_a_plan_without_cheques(bank: Bank) -> None:
    path = f"{ACCOUNTS}/{an_account(bank, plan='S1')['id']}/cheque-books"
    refused = bank("officer").post(path, {"first": 101, "last": 125})
    assert (refused.status, refused.code) == (422, "cheques_not_allowed")


@pytest.mark.feature("DEP-109")
@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (101, 125, "cheques_overlap"),
        (125, 130, "cheques_overlap"),
        (90, 101, "cheques_overlap"),
        (110, 112, "cheques_overlap"),
        (126, 150, ""),
        (200, 199, "invalid_cheque_range"),
        (200, 1200, "invalid_cheque_range"),
    ],
)
def test_ranges_do_not_overlap(bank: Bank, first: int, last: int, code: str) -> None:
    account = a_current_account(bank)
    path = f"{ACCOUNTS}/{account['id']}/cheque-books"
    assert bank("officer").post(path, {"first": first, "last": last}).code == code
    books = bank("officer").get(path)["items"]
    assert (books[0]["first"], books[0]["last"], len(books)) == (101, 125, 1 if code else 2)


@pytest.mark.feature("DEP-110")
def test_a_cheque_is_paid_once_and_each_number_has_its_state(bank: Bank) -> None:
    account = a_current_account(bank)
    paid = present(bank, account, 103, "75.00").expect(201)
    assert (paid["code"], paid["ledger"]) == ("W02", money("425.00"))
    again = present(bank, account, 103, "75.00")
    assert (again.status, again.code) == (409, "cheque_already_paid")
    assert present(bank, account, 300).code == "unknown_cheque"
    path = f"{ACCOUNTS}/{account['id']}/stop-payments"
    for first, last, kind in ((104, 104, "stopped"), (105, 106, "lost"), (107, 107, "returned_to_bank")):
        asked = {"first": first, "last": last, "kind": kind, "reason": "aviso del socio"}
        bank("teller").post(path, asked).expect(201)
    states = {number: state(bank, account, number) for number in (102, 103, 104, 105, 106, 107)}
    assert states == {
        102: "unused",
        103: "paid",
        104: "stopped",
        105: "lost",
        106: "lost",
        107: "returned_to_bank",
    }
    assert present(bank, account, 107).code == "cheque_returned"
    undo = f"/v1/deposits/transactions/{paid['id']}/reversals"
    bank("teller").post(undo, {"reason": "otro cheque"}).expect(201)
    assert state(bank, account, 103) == "unused"
    present(bank, account, 103, "75.00").expect(201)


@pytest.mark.feature("DEP-91", "DEP-92")
def test_a_stopped_range_is_refused_until_its_last_day_is_over(bank: Bank, close_days: CloseDays) -> None:
    account = a_current_account(bank)
    path = f"{ACCOUNTS}/{account['id']}/stop-payments"
    asked = {"first": 110, "last": 112, "reason": "factura en disputa", "expires_on": "2026-06-02"}
    stop = bank("officer").post(path, asked).expect(201)
    refused = present(bank, account, 111)
    assert (refused.status, refused.code) == (409, "cheque_stopped")
    assert "factura en disputa" in refused["detail"]
    present(bank, account, 113).expect(201)
    close_days(1)
    assert present(bank, account, 111).code == "cheque_stopped"
    close_days(1)
    present(bank, account, 111).expect(201)
    found = bank("officer").get(path)["items"][0]
    assert (found["id"], found["state"], found["ended_on"]) == (stop["id"], "expired", "2026-06-02")


@pytest.mark.feature("DEP-95")
def test_a_lost_cheque_is_stopped_at_once_in_every_branch(bank: Bank) -> None:
    account = a_current_account(bank)
    path = f"{ACCOUNTS}/{account['id']}/stop-payments"
    lost = {"first": 120, "last": 121, "kind": "lost", "reason": "chequera perdida"}
    stop = bank("teller").post(path, lost).expect(201)
    assert stop["reported_by"] == bank.person("teller").id
    assert stop["reported_at"]
    for teller in ("teller", "teller2"):
        asked = {"number": 120, "amount": money("10.00")}
        refused = bank(teller).post(f"{ACCOUNTS}/{account['id']}/cheque-payments", asked)
        assert refused.code == "cheque_stopped"
    lifting = f"{path}/{stop['id']}/liftings"
    bank("officer").post(lifting, {"reason": "apareció"}).expect(201)
    assert bank("officer").post(lifting, {"reason": "apareció"}).code == "stop_ended"
    present(bank, account, 120).expect(201)


def test_a_status_may_allow_debits_and_no_cheques(bank: Bank, set_parameter: Any) -> None:
    account = a_current_account(bank)
    status = {"names": {"es": "Sin cheques"}, "base_class": "active", "allow": {"cheque": False}}
    set_parameter("deposits.status_code", "active", status)
    assert present(bank, account, 101).code == "status_forbids"
    path = f"{ACCOUNTS}/{account['id']}/withdrawals"
    bank("teller").post(path, {"amount": money("1.00")}).expect(201)
