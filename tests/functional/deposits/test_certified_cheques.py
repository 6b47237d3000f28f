"""Certified cheques, with the numbers of the specification."""

from typing import Any

import pytest

from tests.functional.deposits.conftest import SetParameter
from tests.functional.deposits.test_charges import a_charge
from tests.functional.deposits.test_overdrafts import ledger_of, take
from tests.functional.deposits.test_servicing import available, control_of, path_of
from tests.support.bank import Bank
from tests.support.given import an_account, money


@pytest.fixture
def account(bank: Bank, set_parameter: SetParameter) -> dict[str, Any]:
    """A current account of 100.00 with cheques 101 to 110; certifying holds the funds and costs 3.00."""
    set_parameter("deposits.service_charge", "CER", a_charge(amount="3.00"))
    certifying = {"certification_hold": "GAR", "certification_charge": "CER"}
    set_parameter("deposits.control", "main", control_of(bank, **certifying))
    made = an_account(bank, plan="C1", balance="100.00")
    bank("officer").post(f"{path_of(made)}/cheque-books", {"first": 101, "last": 110}).expect(201)
    return made


def certify(bank: Bank, account: dict[str, Any], number: int, amount: str, who: str = "manager") -> Any:
    asked = {"number": number, "amount": money(amount)}
    return bank(who).post(f"{path_of(account)}/cheque-certifications", asked)


def pay(bank: Bank, account: dict[str, Any], number: int, amount: str) -> Any:
    asked = {"number": number, "amount": money(amount)}
    return bank("teller").post(f"{path_of(account)}/cheque-payments", asked)


@pytest.mark.feature("DEP-96")
def test_certifying_seventy_five_holds_them_and_paying_takes_just_those(
    bank: Bank, account: dict[str, Any]
) -> None:
    assert certify(bank, account, 101, "75.00", "teller").status == 403
    certify(bank, account, 101, "75.00").expect(201)
    assert (ledger_of(bank, account), available(bank, account)) == ("97.00", "22.00")
    state = bank("teller").get(f"{path_of(account)}/cheques/101").expect(200)["state"]
    assert state == "certified"
    assert pay(bank, account, 102, "22.01").code == "insufficient_funds"
    pay(bank, account, 102, "22.00").expect(201)
    wrong = pay(bank, account, 101, "74.00")
    assert (wrong.status, wrong.code) == (422, "certified_amount_differs")
    pay(bank, account, 101, "75.00").expect(201)
    assert (ledger_of(bank, account), available(bank, account)) == ("0.00", "0.00")
    assert pay(bank, account, 101, "75.00").code == "cheque_already_paid"


def test_the_funds_of_a_certified_cheque_are_freed_by_cancelling_it_only(
    bank: Bank, account: dict[str, Any]
) -> None:
    made = certify(bank, account, 101, "75.00").expect(201).json
    release = f"{path_of(account)}/holds/{made['hold_id']}/releases"
    assert bank("manager").post(release, {"reason": "error"}).code == "cheque_certified"
    stop = {"first": 101, "last": 101, "reason": "perdido"}
    assert bank("teller").post(f"{path_of(account)}/stop-payments", stop).code == "cheque_certified"
    assert certify(bank, account, 101, "10.00").code == "cheque_certified"
    path = f"{path_of(account)}/cheque-certifications/101/cancellations"
    bank("manager").post(path, {"reason": "devuelto"}).expect(201)
    assert available(bank, account) == "97.00"
    assert bank("manager").post(path, {"reason": "devuelto"}).code == "cheque_not_certified"
    take(bank, account, "97.00").expect(201)


def test_what_cannot_be_certified(bank: Bank, account: dict[str, Any], set_parameter: SetParameter) -> None:
    assert certify(bank, account, 999, "1.00").code == "unknown_cheque"
    assert certify(bank, account, 101, "100.01").code == "hold_exceeds_balance"
    assert certify(bank, account, 101, "98.00").code == "charges_not_covered"
    set_parameter("deposits.control", "main", control_of(bank, certification_hold=None))
    assert certify(bank, account, 101, "1.00").code == "certification_not_offered"
    assert available(bank, account) == "100.00"
