"""Cheques in clearing: uncleared until their day, by the code's days, and what that means for funds and interest."""

from datetime import date
from typing import Any

import pytest

from chalicelib.modules.member_portal.service import position as portal
from chalicelib.platform.context import Actor, ActorKind
from tests.functional.deposits.conftest import CloseDays, SetParameter
from tests.functional.deposits.test_features import a_plan, earned
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, deposit, money


@pytest.fixture
def codes(set_parameter: SetParameter) -> None:
    """Cheque codes of one, two, three and five days (CH1, CH2, CH3, CH5)."""
    for days in (1, 2, 3, 5):
        body = {
            "names": {"es": "Depósito en cheque", "en": "Cheque deposit"},
            "operation": "cheque_deposit",
            "side": "credit",
            "contra_role": "cheques_in_clearing",
            "accumulators": ["ledger", "float"],
            "channels": ["teller"],
            "float_day": days,
        }
        set_parameter("deposits.transaction_code", f"CH{days}", body)


def cheque(bank: Bank, account: dict[str, Any], amount: str, code: str) -> dict[str, Any]:
    path = f"/v1/deposits/accounts/{account['id']}/deposits"
    made: dict[str, Any] = bank("teller").post(path, {"amount": money(amount), "code": code}).expect(201).json
    return made


def balances(bank: Bank, account: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (
        bank("teller").get(f"/v1/deposits/accounts/{account['id']}/balances").expect(200).json
    )
    return found


def shown(bank: Bank, account: dict[str, Any]) -> tuple[str, str, list[tuple[int, str]]]:
    """(ledger, available, (days, amount) of each bucket)."""
    found = balances(bank, account)
    buckets = [(each["days"], each["amount"]["amount"]) for each in found["buckets"]]
    return found["ledger"]["amount"], found["available"]["amount"], buckets


@pytest.mark.feature("DEP-60", "DEP-61")
@pytest.mark.usefixtures("codes")
def test_each_cheque_stands_in_the_bucket_of_its_codes_day(bank: Bank) -> None:
    account = an_account(bank, plan="S2")
    receipt = cheque(bank, account, "100.00", "CH1")
    assert (receipt["ledger"]["amount"], receipt["available"]["amount"]) == ("100.00", "0.00")
    cheque(bank, account, "200.00", "CH3")
    assert shown(bank, account) == ("300.00", "0.00", [(1, "100.00"), (3, "200.00")])
    other = an_account(bank, plan="S2")
    cheque(bank, other, "50.00", "CH2")
    assert shown(bank, other) == ("50.00", "0.00", [(2, "50.00")])
    path = f"/v1/deposits/accounts/{account['id']}/withdrawals"
    refused = bank("teller").post(path, {"amount": money("0.01")})
    assert (refused.status, refused.code) == (422, "insufficient_funds")


@pytest.mark.feature("DEP-62", "GEN-67")
@pytest.mark.usefixtures("codes")
def test_a_day_three_cheque_of_monday_is_available_at_thursdays_opening(
    bank: Bank, close_days: CloseDays
) -> None:
    account = an_account(bank, plan="S2", balance="10.00")
    cheque(bank, account, "200.00", "CH3")
    for left in (2, 1):
        close_days(1)
        assert shown(bank, account) == ("210.00", "10.00", [(left, "200.00")])
    close_days(1)
    assert balances(bank, account)["business_date"] == "2026-06-04"
    assert shown(bank, account) == ("210.00", "210.00", [])
    path = f"/v1/deposits/accounts/{account['id']}/withdrawals"
    bank("teller").post(path, {"amount": money("200.00")}).expect(201)


@pytest.mark.usefixtures("codes")
def test_days_of_clearing_are_business_days_or_calendar_days_as_the_tenant_says(
    bank: Bank, set_parameter: SetParameter
) -> None:
    account = an_account(bank, plan="S2")
    cheque(bank, account, "10.00", "CH5")
    assert balances(bank, account)["buckets"][0]["release_on"] == "2026-06-08"
    control = bank.work().config.main("deposits.control", date(2026, 6, 1)).to_body()
    set_parameter("deposits.control", "main", {**control, "float_day_kind": "calendar"})
    cheque(bank, account, "20.00", "CH5")
    assert [each["release_on"] for each in balances(bank, account)["buckets"]] == ["2026-06-06", "2026-06-08"]


@pytest.mark.usefixtures("codes")
def test_interest_on_the_collected_balance_begins_with_the_release(
    bank: Bank, set_parameter: SetParameter
) -> None:
    set_parameter("deposits.plan", "COL", a_plan(fixed_rate="3.65"))
    set_parameter("deposits.plan", "LED", a_plan(fixed_rate="3.65", balance_basis="ledger"))
    collected, ledger = an_account(bank, plan="COL"), an_account(bank, plan="LED")
    for account in (collected, ledger):
        cheque(bank, account, "1000.00", "CH3")
    first, last = "2026-06-01", "2026-06-05"
    assert [row["interest"] for row in earned(bank, collected, first, last)] == [
        *["0.000000"] * 3,
        *["0.100000"] * 2,
    ]
    assert [row["interest"] for row in earned(bank, ledger, first, last)] == ["0.100000"] * 5


@pytest.mark.usefixtures("codes")
def test_what_closings_accrue_agrees_with_the_days_shown(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.plan", "COL", a_plan(fixed_rate="3.65"))
    account = an_account(bank, plan="COL", balance="500.00")
    cheque(bank, account, "1000.00", "CH2")
    close_days(2)
    deposit(bank, account["id"], "100.00")
    close_days(1)
    assert balances(bank, account)["accrued_interest"] == "0.260000"
    rows = earned(bank, account, "2026-06-01", "2026-06-03")
    assert [row["interest"] for row in rows] == ["0.050000", "0.050000", "0.160000"]


@pytest.mark.usefixtures("codes")
def test_a_reversal_within_the_clearing_restores_balances_and_buckets(bank: Bank) -> None:
    account = an_account(bank, plan="S2", balance="10.00")
    cheque(bank, account, "100.00", "CH2")
    before = shown(bank, account)
    receipt = cheque(bank, account, "70.00", "CH2")
    assert shown(bank, account)[2] == [(2, "170.00")]
    path = f"/v1/deposits/transactions/{receipt['entry_id']}/reversals"
    bank("manager").post(path, {"reason": "wrong cheque"}).expect(201)
    assert shown(bank, account) == before


@pytest.mark.usefixtures("codes")
def test_a_cheque_takes_no_value_date_of_its_own(bank: Bank) -> None:
    account = an_account(bank, plan="S2")
    asked = {"amount": money("1.00"), "code": "CH1", "value_date": "2026-05-29"}
    refused = bank("manager").post(f"/v1/deposits/accounts/{account['id']}/deposits", asked)
    assert refused.code == "backdating_not_allowed"


@pytest.mark.usefixtures("codes")
def test_nobody_is_shown_or_given_uncleared_funds(bank: Bank) -> None:
    holder = a_member(bank)
    account = an_account(bank, plan="S2", party_id=holder["id"], balance="10.00")
    other = an_account(bank, plan="S2")
    cheque(bank, account, "100.00", "CH2")
    asked = {"from_account": account["id"], "to_account": other["id"], "amount": money("10.01")}
    assert bank("teller").post("/v1/deposits/transfers", asked).code == "insufficient_funds"
    shown_to_officer = bank("officer").get(f"/v1/deposits/accounts/{account['id']}").expect(200)
    assert shown_to_officer["available"]["amount"] == "10.00"
    work = bank.work(actor=Actor(ActorKind.MEMBER, "usr_member", party_id=holder["id"]))
    position = portal.position(work)
    shown = [(each.balance.text, each.available and each.available.text) for each in position.accounts]
    assert shown == [("110.00", "10.00")]
    assert [total.available.text for total in position.totals] == ["10.00"]
