"""Interest as it accrues, is paid and is taxed, read where each can be seen: account, movements and ledger."""

from decimal import Decimal
from typing import Any

import pytest

from tests.functional.deposits.conftest import CloseDays, SetParameter, StandOn
from tests.functional.deposits.test_features import a_plan, earned
from tests.support.bank import Bank
from tests.support.given import an_account

PAYABLE, WITHHELD = "250105", "250405"
"""Where the cooperative's map has interest payable on demand deposits, and tax withheld."""


def lines(bank: Bank, ledger_account: str, first: str, last: str) -> list[dict[str, Any]]:
    """What was posted to a ledger account, oldest first."""
    path = f"/v1/accounting/movements?account={ledger_account}&branch=1&from={first}&to={last}"
    rows: list[dict[str, Any]] = bank("auditor").get(path).expect(200)["items"]
    return rows


def movements(bank: Bank, account: dict[str, Any], first: str, last: str) -> list[tuple[str, str, str]]:
    """(date, code, amount) of what the system posted to a deposit account, oldest first."""
    path = f"/v1/deposits/accounts/{account['id']}/transactions?from={first}&to={last}&order=oldest"
    rows = bank("officer").get(path).expect(200)["items"]
    return [
        (row["business_date"], row["code"], row["amount"]["amount"])
        for row in rows
        if row["channel"] == "system"
    ]


def now(bank: Bank, account: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = bank("officer").get(f"/v1/deposits/accounts/{account['id']}").expect(200).json
    return found


@pytest.mark.feature("DEP-24")
def test_fridays_close_accrues_three_dated_days_whose_sum_is_the_ledgers_entry(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.plan", "ACC", a_plan())
    account = an_account(bank, plan="ACC", balance="36500.00")
    close_days(5)
    rows = earned(bank, account, "2026-06-01", "2026-06-07")[4:]
    assert [(row["day"], row["balance"]["amount"], row["interest"], row["cumulative"]) for row in rows] == [
        ("2026-06-05", "36500.00", "3.000000", "15.000000"),
        ("2026-06-06", "36500.00", "3.000000", "18.000000"),
        ("2026-06-07", "36500.00", "3.000000", "21.000000"),
    ]
    posted = [
        (row["business_date"], row["credit"]["amount"])
        for row in lines(bank, PAYABLE, "2026-06-01", "2026-06-08")
    ]
    week = [(f"2026-06-0{day}", "3.00") for day in range(1, 5)]
    assert posted == [*week, ("2026-06-05", "9.00")]
    assert sum(Decimal(row["interest"]) for row in rows) == Decimal(posted[-1][1])


@pytest.mark.feature("DEP-04")
def test_accounts_of_two_plans_accrue_at_their_own_rate_the_same_night(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    accounts = []
    for plan, rate in (("LOW", "3"), ("HIGH", "6")):
        set_parameter("deposits.plan", plan, a_plan(fixed_rate=rate))
        accounts.append(an_account(bank, plan=plan, balance="36500.00"))
    close_days(1)
    assert [now(bank, account)["accrued_interest"] for account in accounts] == ["3.000000", "6.000000"]
    (posted,) = lines(bank, PAYABLE, "2026-06-01", "2026-06-01")
    assert (posted["business_date"], posted["credit"]["amount"]) == ("2026-06-01", "9.00")


@pytest.mark.feature("DEP-25", "DEP-26")
def test_interest_of_a_quarter_is_paid_into_the_account_on_its_last_day_only(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays, stand_on: StandOn
) -> None:
    set_parameter("deposits.plan", "QRT", a_plan(interest_cycle="QUARTER_END"))
    account = an_account(bank, plan="QRT", balance="1000.00")
    seen = {}
    for day in ("2026-06-29", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30"):
        if day != "2026-06-30":
            stand_on(day)
        close_days(1)
        found = now(bank, account)
        seen[day] = (found["ledger"]["amount"], abs(Decimal(found["accrued_interest"])) < Decimal("0.005"))
    assert seen == {
        "2026-06-29": ("1000.00", False),
        "2026-06-30": ("1002.47", True),
        "2026-07-31": ("1002.47", False),
        "2026-08-31": ("1002.47", False),
        "2026-09-30": ("1010.05", True),
    }
    assert movements(bank, account, "2026-06-01", "2026-10-01") == [
        ("2026-06-30", "I01", "2.47"),
        ("2026-09-30", "I01", "7.58"),
    ]


@pytest.mark.feature("DEP-30", "DEP-31")
def test_what_is_withheld_is_one_posting_to_the_tax_and_the_exempt_have_none(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays, stand_on: StandOn
) -> None:
    """A hundred earned in June: by the plan's two per cent, by an account's own five, and by neither."""
    terms = {"fixed_rate": "12", "day_count_base": 360, "interest_cycle": "MONTH_END"}
    taxed_plan = a_plan(**terms, withholding_applies=True, withholding_pct="2")
    set_parameter("deposits.plan", "TAX", taxed_plan)
    set_parameter("deposits.plan", "FREE", a_plan(**terms))
    cases = {
        "plan": ("TAX", {}, "10098.00"),
        "own": ("TAX", {"withholding_pct": "5"}, "10095.00"),
        "exempt": ("TAX", {"withholding_applies": False}, "10100.00"),
        "free": ("FREE", {}, "10100.00"),
    }
    accounts = {
        name: an_account(bank, plan=plan, balance="10000.00", overrides=own)
        for name, (plan, own, _) in cases.items()
    }
    stand_on("2026-06-30")
    close_days(1)
    for name, (_, _, expected) in cases.items():
        assert now(bank, accounts[name])["ledger"]["amount"] == expected, name
    day = ("2026-06-30", "2026-06-30")
    earned_only = [("2026-06-30", "I01", "100.00")]
    assert movements(bank, accounts["plan"], *day) == [*earned_only, ("2026-06-30", "X01", "-2.00")]
    assert movements(bank, accounts["own"], *day) == [*earned_only, ("2026-06-30", "X01", "-5.00")]
    assert movements(bank, accounts["exempt"], *day) == earned_only
    assert movements(bank, accounts["free"], *day) == earned_only

    owed = lines(bank, WITHHELD, "2026-06-01", "2026-07-01")
    assert sorted(row["credit"]["amount"] for row in owed) == ["2.00", "5.00"]
    withheld_from = {}
    for row in owed:
        entry = bank("auditor").get(f"/v1/accounting/entries/{row['entry_id']}").expect(200)
        (account_id,) = {leg["account_id"] for leg in entry["legs"]} - {""}
        withheld_from[account_id] = row["credit"]["amount"]
    assert withheld_from == {accounts["plan"]["id"]: "2.00", accounts["own"]["id"]: "5.00"}
