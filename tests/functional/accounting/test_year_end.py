"""The close of the fiscal year's last day empties income and expense into the result, once, and by a voucher."""

import pytest

from tests.functional.accounting.books import (
    balance,
    change_control,
    close_day,
    end_of_day,
    post,
    set_parameter,
    today,
)
from tests.support.bank import Bank

VOUCHERS = "/v1/accounting/vouchers"
TRIAL_BALANCE = "/v1/accounting/trial-balance"


def ends_the_year_today(bank: Bank, **terms) -> None:
    day = today(bank)
    change_control(bank, fiscal_year_end_month=day.month, fiscal_year_end_day=day.day, **terms)


def a_year_of_business(bank: Bank) -> None:
    """Branch 1 earns 1200.00 and spends 900.00; branch 2 loses 40.00."""
    post(bank, ("1", "cash_on_hand", "1200.00"), ("1", "fee_income_deposits", "-1200.00"))
    post(bank, ("1", "rounding_expense", "900.00"), ("1", "cash_on_hand", "-900.00"))
    post(bank, ("2", "rounding_expense", "40.00"), ("2", "cash_on_hand", "-40.00"), at="2")


def made_by_the_close(bank: Bank) -> list[dict]:
    found = bank("accountant").get(f"{VOUCHERS}?state=applied").expect(200)["items"]
    return [voucher for voucher in found if voucher["origin"] == "profit_loss_closing"]


@pytest.mark.feature("ACC-56")
def test_after_the_fiscal_year_end_income_and_expense_are_zero_and_the_result_is_in_equity(
    bank: Bank,
) -> None:
    ends_the_year_today(bank)
    a_year_of_business(bank)
    day = end_of_day(bank)
    for branch, result in (("1", "-300.00"), ("2", "40.00")):
        assert [balance(bank, account, branch, date=day) for account in ("4", "5")] == ["0.00", "0.00"]
        assert balance(bank, "360105", branch, date=day) == result
        found = bank("auditor").get(f"{TRIAL_BALANCE}?branch={branch}&date={day}").expect(200)
        assert found["totals"]["difference"]["amount"] == "0.00"
    vouchers = {voucher["branch"]: voucher for voucher in made_by_the_close(bank)}
    assert {branch: voucher["number"] for branch, voucher in vouchers.items()} == {
        "1": "CIE-000001",
        "2": "CIE-000002",
    }
    assert vouchers["1"]["business_date"] == day.isoformat()
    assert [(row["account"], row["side"], row["amount"]["amount"]) for row in vouchers["1"]["lines"]] == [
        ("450790", "credit", "900.00"),
        ("549005", "debit", "1200.00"),
        ("360105", "credit", "300.00"),
    ]
    close_day(bank)
    assert len(made_by_the_close(bank)) == 2


@pytest.mark.feature("ACC-56")
def test_the_closing_of_the_year_is_undone_by_the_reversal_of_its_voucher(bank: Bank) -> None:
    ends_the_year_today(bank)
    a_year_of_business(bank)
    close_day(bank)
    voucher = next(each for each in made_by_the_close(bank) if each["branch"] == "1")
    path = f"{VOUCHERS}/{voucher['id']}/reversals"
    assert bank("accountant").post(path, {"reason": "ajuste de auditoría"}).expect(201)["state"] == "applied"
    assert [balance(bank, account, "1") for account in ("450790", "549005", "360105")] == [
        "900.00",
        "-1200.00",
        "0.00",
    ]


def test_a_branch_may_have_its_own_result_account_or_close_the_year_by_hand(bank: Bank) -> None:
    ends_the_year_today(bank, result_account="360305")
    day = today(bank)
    terms = {"fiscal_year_end_month": day.month, "fiscal_year_end_day": day.day}
    change_control(bank, scope="branch:2", **terms, profit_loss_closing="by_hand")
    a_year_of_business(bank)
    close_day(bank)
    assert [balance(bank, "360305", branch) for branch in ("1", "2")] == ["-300.00", "0.00"]
    assert balance(bank, "450790", "2") == "40.00"


def test_accounts_that_are_no_longer_in_use_are_emptied_too(bank: Bank) -> None:
    ends_the_year_today(bank)
    a_year_of_business(bank)
    found = bank.work().config.get("accounting.account", "450790", today(bank)).to_body()
    set_parameter(bank, "accounting.account", "450790", {**found, "active": False})
    close_day(bank)
    assert balance(bank, "450790") == "0.00"
    assert bank("auditor").get("/v1/accounting/exceptions").expect(200)["items"] == []


def test_a_year_that_ends_on_a_day_without_business_is_closed_by_the_close_that_covers_it(bank: Bank) -> None:
    friday = today(bank)
    while friday.isoweekday() != 5:
        close_day(bank)
        friday = today(bank)
    sunday = friday.replace(day=friday.day + 2)
    change_control(bank, fiscal_year_end_month=sunday.month, fiscal_year_end_day=sunday.day)
    a_year_of_business(bank)
    assert close_day(bank) == friday
    assert balance(bank, "360105", "1", date=friday) == "-300.00"
