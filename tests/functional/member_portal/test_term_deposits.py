"""The member's own term deposits, beside what the core keeps of them."""

import pytest

from tests.functional.member_portal.conftest import DEPOSITS, a_term_deposit
from tests.functional.term_deposits.test_deposits import close_days
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, money

OWN = "/v1/member_portal/term-deposits"


@pytest.mark.feature("POR-17")
def test_an_active_deposit_is_listed_with_the_interest_that_the_core_says(bank: Bank) -> None:
    account = an_account(bank, plan="S2", balance="6000.00")
    deposit = a_term_deposit(bank, account, "5000.00", payment="monthly")
    close_days(bank, 2)
    portal = bank.member(account["party_id"])
    (own,) = portal.get(OWN).expect(200)["items"]
    core = bank("officer").get(f"{DEPOSITS}/{deposit['id']}").expect(200).json
    assert own["accrued_interest"] == core["accrued_interest"] == "2.083333"
    assert (own["number"], own["state"], own["rate"]) == (core["number"], "open", "7.5")
    assert (own["amount"], own["principal"]) == (money("5000.00"), money("5000.00"))
    assert (own["opened_on"], own["maturity_date"], own["term_days"]) == ("2026-06-01", "2026-11-28", 180)
    assert own["days_left"] == 178
    assert (own["payment"], own["at_maturity"]) == ("monthly", "pay_to_account")
    assert (own["account_id"], own["account_number"]) == (account["id"], account["number"])
    assert own["next_payment"]["interest"] == core["next_payment"]["interest"]
    detail = portal.get(f"{OWN}/{deposit['id']}").expect(200)
    names = ("number", "date", "interest", "withheld", "net", "paid", "settled")
    assert [[row[name] for name in names] for row in detail["payments"]] == [
        [row[name] for name in names] for row in core["rows"]
    ]
    assert detail["payments"][-1]["capital"] == money("0.00")


def test_deposits_that_matured_are_no_longer_listed_and_can_still_be_read(bank: Bank) -> None:
    account = an_account(bank, plan="S2", balance="1000.00")
    short = a_term_deposit(bank, account, "300.00", term_days=1)
    long = a_term_deposit(bank, account, "400.00", term_days=90)
    longer = a_term_deposit(bank, account, "100.00", term_days=180)
    close_days(bank, 1)
    portal = bank.member(account["party_id"])
    assert [row["id"] for row in portal.get(OWN).expect(200)["items"]] == [long["id"], longer["id"]]
    ended = portal.get(f"{OWN}/{short['id']}").expect(200)
    assert (ended["state"], ended["principal"], ended["next_payment"]) == ("matured", money("0.00"), None)
    shown = portal.get("/v1/member_portal/position").expect(200)
    assert {row["id"]: row["active"] for row in shown["accounts"]}[short["id"]] is False
    assert shown["totals"][0]["net"] == money("1000.06")


def test_a_member_without_term_deposits_gets_an_empty_list_and_never_anothers(bank: Bank) -> None:
    deposit = a_term_deposit(bank, an_account(bank, plan="S2", balance="1000.00"), "500.00")
    portal = bank.member(a_member(bank)["id"])
    assert portal.get(OWN).expect(200)["items"] == []
    refused = portal.get(f"{OWN}/{deposit['id']}")
    assert (refused.status, refused.code) == (404, "term_deposit_not_found")
