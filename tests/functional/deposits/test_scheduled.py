"""Transfers ordered for a later day: carried out at its start, tried once, and told of when they fail."""

from datetime import date
from typing import Any

import pytest

from chalicelib.platform.closing import dues
from chalicelib.platform.closing.runs import STEPS
from chalicelib.platform.notifications.records import NOTIFICATIONS
from tests.functional.deposits.conftest import CloseDays
from tests.support.bank import Bank
from tests.support.given import an_account, deposit, money, withdraw

PATH = "/v1/deposits/scheduled-transfers"


def ordered(bank: Bank, payer: str, payee: str, amount: str, on: str) -> Any:
    asked = {"from_account": payer, "to_account": payee, "amount": money(amount), "date": on}
    return bank("teller").post(PATH, asked)


def listed(bank: Bank, account: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = bank("teller").get(f"{PATH}?account_id={account}").expect(200)["items"]
    return rows


def ledger(bank: Bank, account: str) -> str:
    found = bank("teller").get(f"/v1/deposits/accounts/{account}/balances").expect(200)
    return str(found["ledger"]["amount"])


def movements(bank: Bank, account: str, on: str) -> list[dict[str, Any]]:
    path = f"/v1/deposits/accounts/{account}/transactions?from={on}&to={on}&order=oldest"
    rows: list[dict[str, Any]] = bank("teller").get(path).expect(200)["items"]
    return rows


@pytest.mark.feature("GEN-62")
def test_a_transfer_dated_a_later_day_moves_both_balances_before_the_first_posting_of_that_day(
    bank: Bank, close_days: CloseDays
) -> None:
    payer = an_account(bank, plan="S2", balance="100.00")["id"]
    payee = an_account(bank, plan="S2", balance="1.00")["id"]
    order = ordered(bank, payer, payee, "40.00", "2026-06-03").expect(201).json
    assert (order["state"], ledger(bank, payer)) == ("scheduled", "100.00")
    close_days(1)
    assert (ledger(bank, payer), ledger(bank, payee)) == ("100.00", "1.00")
    close_days(1)
    assert (ledger(bank, payer), ledger(bank, payee)) == ("60.00", "41.00")
    deposit(bank, payer, "5.00")
    moved = movements(bank, payer, "2026-06-03")
    assert [row["amount"]["amount"] for row in moved] == ["-40.00", "5.00"]
    done = listed(bank, payer)[0]
    assert (done["state"], done["entry_id"]) == ("executed", moved[0]["entry_id"])
    assert [row["amount"]["amount"] for row in movements(bank, payee, "2026-06-03")] == ["40.00"]


def test_a_date_on_a_weekend_is_carried_out_when_the_next_day_opens(
    bank: Bank, close_days: CloseDays
) -> None:
    payer = an_account(bank, plan="S2", balance="100.00")["id"]
    payee = an_account(bank, plan="S2")["id"]
    ordered(bank, payer, payee, "40.00", "2026-06-06").expect(201)
    close_days(5)
    assert [row["amount"]["amount"] for row in movements(bank, payee, "2026-06-08")] == ["40.00"]


def test_without_funds_it_fails_once_is_told_and_shows_in_the_run(bank: Bank, close_days: CloseDays) -> None:
    payer = an_account(bank, plan="S2", balance="100.00")
    payee = an_account(bank, plan="S2")["id"]
    ordered(bank, payer["id"], payee, "90.00", "2026-06-02").expect(201)
    withdraw(bank, payer["id"], "50.00")
    close_days(1)
    failed = listed(bank, payer["id"])[0]
    assert (failed["state"], failed["problem"]) == ("failed", "insufficient_funds")
    work = bank.work()
    notices = list(work.all(NOTIFICATIONS, recipient=payer["party_id"]))
    assert [notice.event for notice in notices] == ["scheduled_transfer_failed"]
    assert "90,00" in notices[0].body
    run = bank("admin").get("/v1/platform/closing-runs").expect(200)["items"][0]["id"]
    tallies = {step.part: step.tally for step in work.all(STEPS, run_id=run, prefix="open#")}
    assert (tallies["1"].read, tallies["1"].processed, tallies["1"].failed) == (1, 0, 1)
    shown = bank("admin").get("/v1/platform/dues?branch=1&settled_on=2026-06-02").expect(200)["items"]
    assert [(row["state"], row["problem"]) for row in shown] == [("failed", "insufficient_funds")]
    deposit(bank, payer["id"], "500.00")
    close_days(1)
    assert ledger(bank, payee) == "0.00"


def test_an_order_is_taken_back_until_its_day(bank: Bank, close_days: CloseDays) -> None:
    payer = an_account(bank, plan="S2", balance="100.00")["id"]
    payee = an_account(bank, plan="S2")["id"]
    order = ordered(bank, payer, payee, "40.00", "2026-06-02").expect(201).json
    waits = bank("admin").get("/v1/platform/dues?branch=1").expect(200)["items"]
    assert [row["kind"] for row in waits] == ["scheduled_transfer"]
    cancelled = bank("teller").delete(f"{PATH}/{order['id']}").expect(200)
    assert cancelled["state"] == "cancelled"
    again = bank("teller").delete(f"{PATH}/{order['id']}")
    assert (again.status, again.code) == (409, "transfer_not_scheduled")
    close_days(1)
    assert ledger(bank, payee) == "0.00"
    assert not list(dues.waiting(bank.work(), "1", date.max))


@pytest.mark.parametrize("on", ["2026-06-01", "2026-05-20", "2027-07-01"])
def test_only_a_later_day_within_a_year_can_be_ordered(bank: Bank, on: str) -> None:
    payer = an_account(bank, plan="S2", balance="100.00")["id"]
    payee = an_account(bank, plan="S2")["id"]
    refused = ordered(bank, payer, payee, "40.00", on)
    assert (refused.status, refused.code, refused["field"]) == (422, "scheduled_date", "date")


def test_an_order_of_a_closed_or_foreign_account_is_refused(bank: Bank) -> None:
    payer = an_account(bank, plan="S2", balance="100.00")["id"]
    assert ordered(bank, payer, payer, "1.00", "2026-06-02").code == "same_account"
    assert ordered(bank, payer, "dep_none", "1.00", "2026-06-02").code == "unknown_account"
    assert bank("teller").delete(f"{PATH}/sch_none").code == "unknown_scheduled_transfer"
