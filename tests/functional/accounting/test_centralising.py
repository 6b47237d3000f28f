"""What the close gathers by itself: balances of all branches in one, and each branch's result of the day."""

from typing import Any

import pytest

from tests.functional.accounting.books import balance, change_control, close_day, post, set_parameter, today
from tests.functional.parties.people import publish
from tests.support.bank import Bank

CENTRALISATION = "accounting.centralisation"
TRIAL_BALANCE = "/v1/accounting/trial-balance"
FEES, ROUNDING = "549005", "450790"


def a_centralisation(*accounts: str, **terms: Any) -> dict[str, Any]:
    return {"names": {"es": "Centralización"}, "accounts": list(accounts), "to_branch": "1", **terms}


def earned(bank: Bank, branch: str, fees: str, costs: str) -> None:
    """Income and expense of a branch, in cash."""
    post(bank, (branch, "cash_on_hand", fees), (branch, "fee_income_deposits", f"-{fees}"), at=branch)
    post(bank, (branch, "rounding_expense", costs), (branch, "cash_on_hand", f"-{costs}"), at=branch)


def shown(bank: Bank, *places: tuple[str, str], **query: Any) -> list[str]:
    return [balance(bank, account, branch, **query) for account, branch in places]


def vouchers(bank: Bank) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        bank("accountant").get("/v1/accounting/vouchers?state=applied").expect(200)["items"]
    )
    return found


@pytest.mark.feature("ACC-45")
def test_a_group_of_accounts_is_handed_over_to_one_branch_with_both_legs(bank: Bank) -> None:
    post(bank, ("2", "cash_on_hand", "80.00"), ("2", "tax_withheld_payable", "-80.00"), at="2")
    post(bank, ("1", "cash_on_hand", "20.00"), ("1", "tax_withheld_payable", "-20.00"))
    terms = a_centralisation("2504", unit="daily", first_date=today(bank).isoformat())
    publish(bank, CENTRALISATION, "TAXES", terms)
    day = close_day(bank)
    places = (("250405", "2"), ("250405", "1"), ("290801", "2"), ("190801", "1"), ("110105", "2"))
    assert shown(bank, *places, date=day) == ["0.00", "-100.00", "-80.00", "80.00", "80.00"]
    (voucher,) = vouchers(bank)
    assert (voucher["origin"], voucher["branch"]) == (f"{CENTRALISATION}:TAXES", "2")


@pytest.mark.feature("ACC-47")
def test_the_result_of_all_branches_goes_to_one_each_month(bank: Bank) -> None:
    earned(bank, "1", "500.00", "100.00")
    earned(bank, "2", "70.00", "20.00")
    publish(bank, CENTRALISATION, "RESULT", a_centralisation("4", "5", first_date=today(bank).isoformat()))
    places = ((FEES, "2"), (ROUNDING, "2"), (FEES, "1"), (ROUNDING, "1"))
    day = close_day(bank)
    assert shown(bank, *places, date=day) == ["0.00", "0.00", "-570.00", "120.00"]
    assert shown(bank, ("290801", "2"), ("190801", "1"), date=day) == ["-50.00", "50.00"]
    earned(bank, "2", "30.00", "10.00")
    day = close_day(bank)
    assert shown(bank, *places, date=day) == ["-30.00", "10.00", "-570.00", "120.00"], "not before a month"
    for branch in ("1", "2"):
        found = bank("auditor").get(f"{TRIAL_BALANCE}?branch={branch}&date={day}").expect(200)
        assert found["totals"]["difference"]["amount"] == "0.00"


def test_what_a_sub_ledger_keeps_by_branch_is_not_centralised(bank: Bank) -> None:
    body = a_centralisation("549005", "21", first_date=today(bank).isoformat())
    asked = {"code": "WRONG", "effective_from": today(bank).isoformat(), "body": body}
    refused = bank("admin").post(f"/v1/platform/parameters/{CENTRALISATION}", asked)
    assert (refused.status, refused.code, refused["field"]) == (422, "transfer_of_controlled", "accounts.1")


def test_a_group_named_twice_is_refused(bank: Bank) -> None:
    body = a_centralisation("4", "4", first_date=today(bank).isoformat())
    asked = {"code": "WRONG", "effective_from": today(bank).isoformat(), "body": body}
    refused = bank("admin").post(f"/v1/platform/parameters/{CENTRALISATION}", asked)
    assert refused.status == 422
    assert [row["code"] for row in refused["errors"]] == ["transfer_repeated"]


@pytest.mark.feature("ACC-50")
def test_each_branch_recognises_the_result_of_its_day(bank: Bank) -> None:
    change_control(bank, daily_result="automatic")
    set_parameter(bank, "accounting.role_map", "daily_result_debit", {"account": ROUNDING})
    result = "360305", "2"
    earned(bank, "2", "1200.00", "900.00")
    day = close_day(bank)
    (voucher,) = vouchers(bank)
    assert [(row["side"], row["amount"]["amount"], row["account"]) for row in voucher["lines"]] == [
        ("debit", "300.00", ROUNDING),
        ("credit", "300.00", "360305"),
    ]
    assert shown(bank, result, (FEES, "2"), date=day) == ["-300.00", "-1200.00"]
    earned(bank, "2", "40.00", "90.00")
    day = close_day(bank)
    assert shown(bank, result, date=day) == ["-250.00"], "a loss is the other way round"
    close_day(bank)
    assert shown(bank, result) == ["-250.00"], "a day without movements has no result"
