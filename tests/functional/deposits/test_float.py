"""Uncleared funds that may be drawn on, and cheques that come back unpaid, with the numbers of the specification."""

from datetime import date
from typing import Any

import pytest

from tests.functional.deposits.conftest import CloseDays, SetParameter
from tests.functional.deposits.test_charges import a_charge, a_fee_table
from tests.functional.deposits.test_clearing import cheque, shown
from tests.functional.deposits.test_features import a_plan
from tests.functional.deposits.test_overdrafts import a_group, checking, ledger_of, overdraft, take
from tests.support.bank import Bank
from tests.support.given import an_account, deposit, money, withdraw


@pytest.fixture(autouse=True)
def codes(set_parameter: SetParameter) -> None:
    """Cheques of two days (CH2)."""
    body = {
        "names": {"es": "Depósito en cheque"},
        "operation": "cheque_deposit",
        "side": "credit",
        "contra_role": "cheques_in_clearing",
        "channels": ["teller"],
        "float_day": 2,
    }
    set_parameter("deposits.transaction_code", "CH2", body)


def a_plan_with_both_groups(set_parameter: SetParameter) -> None:
    """OD: 300 below zero, and 200 of what has not cleared."""
    set_parameter("deposits.overdraft_group", "G300", a_group("300"))
    set_parameter("deposits.overdraft_group", "F200", {**a_group("200"), "kind": "float"})
    set_parameter("deposits.plan", "OD", checking(od_group_ordinary="G300", od_group_float="F200"))


def came_back(bank: Bank, receipt: dict[str, Any], who: str = "manager") -> Any:
    path = f"/v1/deposits/transactions/{receipt['entry_id']}/cheque-returns"
    return bank(who).post(path, {"reason": "sin fondos"})


@pytest.mark.feature("DEP-10")
def test_a_new_current_account_has_both_limits_of_its_plan(bank: Bank, set_parameter: SetParameter) -> None:
    a_plan_with_both_groups(set_parameter)
    account = an_account(bank, plan="OD")
    found = overdraft(bank, account)
    assert (found["limit"], found["slices"][0]["code"]) == (money("300.00"), "G300")
    assert (found["float_limit"], found["float_group"]) == (money("200.00"), "F200")
    assert found["spendable"] == money("300.00")


@pytest.mark.feature("DEP-34")
def test_as_much_of_the_float_as_its_limit_can_be_drawn_on(bank: Bank, set_parameter: SetParameter) -> None:
    set_parameter("deposits.overdraft_group", "F200", {**a_group("200"), "kind": "float"})
    set_parameter("deposits.plan", "FL", checking(od_group_float="F200"))
    account = an_account(bank, plan="FL")
    cheque(bank, account, "500.00", "CH2")
    assert shown(bank, account)[:2] == ("500.00", "0.00")
    refused = take(bank, account, "200.01")
    assert (refused.status, refused.code) == (422, "insufficient_funds")
    take(bank, account, "200.00").expect(201)
    assert take(bank, account, "0.01").code == "insufficient_funds"
    assert ledger_of(bank, account) == "300.00"


def test_no_more_of_the_float_than_there_is(bank: Bank, set_parameter: SetParameter) -> None:
    a_plan_with_both_groups(set_parameter)
    account = an_account(bank, plan="OD")
    cheque(bank, account, "50.00", "CH2")
    assert overdraft(bank, account)["spendable"] == money("350.00")
    assert take(bank, account, "350.01").code == "insufficient_funds"
    take(bank, account, "350.00").expect(201)
    assert ledger_of(bank, account) == "-300.00"


@pytest.mark.feature("DEP-127")
def test_a_cheque_that_comes_back_leaves_the_float_and_costs_its_charge(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.service_charge", "RET", a_charge(amount="2.00"))
    line = {"charge": "RET", "trigger": "transaction", "transaction_code": "R01"}
    set_parameter("deposits.fee_table", "RET", a_fee_table(line))
    set_parameter("deposits.plan", "RET", a_plan(fee_table="RET"))
    account = an_account(bank, plan="RET", balance="10.00")
    receipt = cheque(bank, account, "100.00", "CH2")
    assert shown(bank, account) == ("110.00", "10.00", [(2, "100.00")])
    assert came_back(bank, receipt, "teller").status == 403
    made = came_back(bank, receipt).expect(201)
    assert made["code"] == "R01"
    assert [(row["charge"], row["amount"]) for row in made["charges"]] == [("RET", money("2.00"))]
    assert shown(bank, account) == ("8.00", "8.00", [])
    again = came_back(bank, receipt)
    assert (again.status, again.code) == (409, "cheque_came_back")
    reverse = f"/v1/deposits/transactions/{receipt['entry_id']}/reversals"
    assert bank("manager").post(reverse, {"reason": "error"}).code == "cheque_came_back"
    close_days(3)
    assert shown(bank, account) == ("8.00", "8.00", [])


def test_what_has_cleared_leaves_the_balance_even_below_zero_and_the_charge_waits(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.service_charge", "RET", a_charge(amount="2.00"))
    code = bank.work().config.get("deposits.transaction_code", "R01", date(2026, 6, 1)).to_body()
    set_parameter("deposits.transaction_code", "R01", {**code, "charge": "RET"})
    account = an_account(bank, plan="S2", balance="10.00")
    receipt = cheque(bank, account, "100.00", "CH2")
    close_days(2)
    withdraw(bank, account["id"], "90.00")
    came_back(bank, receipt).expect(201)
    assert ledger_of(bank, account) == "-80.00"
    path = f"/v1/deposits/accounts/{account['id']}/charges"
    waiting = bank("officer").get(path).expect(200)["items"]
    assert [(row["charge"], row["state"]) for row in waiting] == [("RET", "pending")]
    close_days(1)


def test_a_return_that_is_undone_lets_the_cheque_come_back_again(bank: Bank) -> None:
    account = an_account(bank, plan="S2")
    receipt = cheque(bank, account, "100.00", "CH2")
    before = shown(bank, account)
    returned = came_back(bank, receipt).expect(201)
    assert shown(bank, account)[0] == "0.00"
    reverse = f"/v1/deposits/transactions/{returned['entry_id']}/reversals"
    bank("manager").post(reverse, {"reason": "era otro cheque"}).expect(201)
    assert shown(bank, account) == before
    came_back(bank, receipt).expect(201)


def test_only_cheques_come_back(bank: Bank) -> None:
    account = an_account(bank, plan="S2")
    cash = deposit(bank, account["id"], "10.00")
    refused = came_back(bank, cash)
    assert (refused.status, refused.code) == (422, "not_a_cheque_deposit")
    undone = cheque(bank, account, "100.00", "CH2")
    reverse = f"/v1/deposits/transactions/{undone['entry_id']}/reversals"
    bank("manager").post(reverse, {"reason": "error"}).expect(201)
    assert came_back(bank, undone).code == "cheque_came_back"
    assert came_back(bank, {"entry_id": "ent_none"}).code == "unknown_entry"
