"""Closing an account: what it pays, what keeps it open, and books that still agree."""

from typing import Any

import pytest

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.errors import ClosingUnderWay
from chalicelib.modules.deposits.service import closures
from chalicelib.modules.deposits.tables import SHARDS
from tests.functional.deposits.conftest import CloseDays, SetParameter, StandOn
from tests.functional.deposits.test_charges import a_charge, a_fee_table
from tests.functional.deposits.test_features import a_plan
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, money
from tests.support.small_bank import a_bank, close_day, drive, start_closing

ACCOUNTS = "/v1/deposits/accounts"
WHY = {"reason": "pedido del socio"}


def a_closing_plan(set_parameter: SetParameter, **terms: Any) -> None:
    """A plan that earns 0.123 a day on 100.00 and charges 0.50 for closing."""
    set_parameter("deposits.service_charge", "CLS", a_charge(amount="0.50"))
    set_parameter("deposits.fee_table", "CLS", a_fee_table({"charge": "CLS", "trigger": "closing"}))
    set_parameter("deposits.plan", "CLS", a_plan(fixed_rate="44.895", fee_table="CLS", **terms))


@pytest.mark.feature("DEP-131")
def test_closing_pays_balance_interest_less_charges_and_leaves_nothing(
    bank: Bank, set_parameter: SetParameter, stand_on: StandOn, close_days: CloseDays
) -> None:
    a_closing_plan(set_parameter)
    account = an_account(bank, plan="CLS", balance="100.00")
    stand_on("2026-06-11")
    path = f"{ACCOUNTS}/{account['id']}"
    quote = bank("officer").get(f"{path}/closure-quote").expect(200).json
    assert (quote["interest"], quote["payout"]) == (money("1.23"), money("100.73"))
    assert (quote["charges"][0]["charge"], quote["charges"][0]["amount"]) == ("CLS", money("0.50"))
    assert quote["obstacles"] == []
    closed = bank("officer").post(f"{path}/closures", WHY).expect(201).json
    assert (closed["payout"], closed["state"], closed["ledger"]) == (money("100.73"), "closed", money("0.00"))
    rows = bank("officer").get(f"{path}/transactions?from=2026-06-11&to=2026-06-11&order=oldest")["items"]
    assert [(row["code"], row["amount"]["amount"]) for row in rows] == [
        ("I01", "1.23"),
        ("F01", "-0.50"),
        ("K01", "-100.73"),
    ]
    assert bank("teller").post(f"{path}/deposits", {"amount": money("1.00")}).code == "account_closed"
    assert bank("officer").post(f"{path}/closures", WHY).code == "account_closed"
    taken = {"party_id": account["party_id"], "branch": "1", "plan": "CLS", "number": account["number"]}
    assert bank("officer").post(ACCOUNTS, taken).code == "number_taken"
    close_days(1)


def test_the_rest_goes_to_another_account_with_its_tax_withheld(
    bank: Bank, set_parameter: SetParameter, stand_on: StandOn, close_days: CloseDays
) -> None:
    a_closing_plan(set_parameter, withholding_applies=True, withholding_pct="2")
    member = a_member(bank)
    account = an_account(bank, plan="CLS", balance="100.00", party_id=member["id"])
    other = an_account(bank, plan="S2", branch="1", party_id=member["id"])
    stand_on("2026-06-11")
    asked = {**WHY, "to_account": other["id"]}
    closed = bank("officer").post(f"{ACCOUNTS}/{account['id']}/closures", asked).expect(201)
    assert (closed["tax"], closed["payout"]) == (money("0.02"), money("100.71"))
    assert bank("officer").get(f"{ACCOUNTS}/{other['id']}")["ledger"] == money("100.71")
    close_days(1)


def test_what_keeps_an_account_open_is_named(bank: Bank, set_parameter: SetParameter) -> None:
    a_closing_plan(set_parameter, allows_cheques=True)
    account = an_account(bank, plan="CLS", balance="0.30")
    path = f"{ACCOUNTS}/{account['id']}"
    hold = bank("officer").post(
        f"{path}/holds", {"code": "GAR", "amount": money("0.10"), "reason": "garantía"}
    )
    bank("officer").post(f"{path}/cheque-books", {"first": 101, "last": 125}).expect(201)
    assert bank("officer").get(f"{path}/closure-quote")["obstacles"] == ["holds", "charges", "cheques"]
    assert bank("officer").post(f"{path}/closures", WHY).code == "holds_remain"
    bank("manager").post(f"{path}/holds/{hold['id']}/releases", {"reason": "ya no"}).expect(201)
    assert bank("officer").post(f"{path}/closures", WHY).code == "charges_remain"
    bank("teller").post(f"{path}/deposits", {"amount": money("0.20")}).expect(201)
    assert bank("officer").post(f"{path}/closures", WHY).code == "cheques_remain"
    back = {"first": 101, "last": 125, "kind": "returned_to_bank", "reason": "cierre de la cuenta"}
    bank("officer").post(f"{path}/stop-payments", back).expect(201)
    closed = bank("officer").post(f"{path}/closures", WHY).expect(201)
    assert (closed["payout"], closed["state"]) == (money("0.00"), "closed")


def test_a_closed_account_leaves_the_end_of_day_and_its_books_agree() -> None:
    bank = a_bank()
    first, second = bank.an_account("S1", "1", funds="333.33"), bank.an_account("S2", "1", funds="777.77")
    close_day(bank)
    for account in (first, second):
        bank.do(lambda work, account=account: closures.close_account(work, account, "fin"))  # type: ignore[misc]
        assert bank.account(account).ledger_minor == 0
    assert bank.work().get(SHARDS, branch="1", number=0).indexed == 0
    close_day(bank)
    close_day(bank)


def test_no_account_is_closed_while_the_end_of_day_counts_it() -> None:
    bank = a_bank()
    account = bank.an_account("S1", "1", funds="100.00")
    run_id = start_closing(bank)
    with pytest.raises(ClosingUnderWay):
        bank.do(lambda work: closures.close_account(work, account, "fin"))
    drive(bank.store, run_id)
    closed = bank.do(lambda work: closures.close_account(work, account, "fin"))
    assert closed.quote.payout >= Money.of("100.00", "USD")
    close_day(bank)
