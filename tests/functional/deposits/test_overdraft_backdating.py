"""Entries dated back on overdrawn accounts: the interest of each past day as its limits and steps make it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.workflows.end_of_day import cut_over
from tests.functional.deposits.conftest import CloseDays, SetParameter, StandOn
from tests.functional.deposits.test_backdating import CASH, dated, dated_back
from tests.functional.deposits.test_enforcement import a_code
from tests.functional.deposits.test_overdrafts import a_group, checking, grant, ledger_of, overdraft, take
from tests.functional.end_of_day.test_interruptions import books
from tests.support.bank import Bank
from tests.support.given import an_account, deposit
from tests.support.small_bank import a_bank, close_day, drive, start_closing


@pytest.fixture(autouse=True)
def codes(set_parameter: SetParameter) -> None:
    """Cash may be dated back; OD lets an account go 2,000 below zero at 18 % on 360 days."""
    set_parameter("deposits.transaction_code", "D01", CASH)
    set_parameter("deposits.transaction_code", "W01", a_code(backdatable=True))
    set_parameter("deposits.overdraft_group", "G", a_group("2000"))
    set_parameter("deposits.plan", "OD", checking(od_group_ordinary="G"))


def owed(bank: Bank, account: dict[str, Any]) -> Decimal:
    return Decimal(overdraft(bank, account)["accrued_interest"])


def lines(bank: Bank, account: dict[str, Any], day: str) -> list[tuple[str, str]]:
    path = f"/v1/deposits/accounts/{account['id']}/transactions?from={day}&to={day}&order=oldest"
    rows = bank("officer").get(path).expect(200)["items"]
    return [(row["code"], row["amount"]["amount"]) for row in rows]


@pytest.mark.feature("DEP-89")
def test_four_hundred_dated_ten_days_back_make_the_interest_two_less(
    bank: Bank, stand_on: StandOn, close_days: CloseDays
) -> None:
    account = an_account(bank, plan="OD")
    take(bank, account, "1000.00").expect(201)
    stand_on("2026-06-15")
    assert owed(bank, account) == Decimal("7.000000")
    dated(bank, account, "400.00", "2026-06-05").expect(201)
    assert lines(bank, account, "2026-06-15") == [("D01", "400.00"), ("O01", "-5.00")]
    assert (owed(bank, account), ledger_of(bank, account)) == (Decimal(0), "-605.00")
    close_days(2)
    assert owed(bank, account) == Decimal("0.605000")


@pytest.mark.feature("DEP-89")
def test_what_was_charged_already_is_given_back(bank: Bank, stand_on: StandOn, close_days: CloseDays) -> None:
    account = an_account(bank, plan="OD")
    take(bank, account, "1000.00").expect(201)
    stand_on("2026-06-15")
    deposit(bank, account["id"], "7.00")
    assert (owed(bank, account), ledger_of(bank, account)) == (Decimal(0), "-1000.00")
    dated(bank, account, "400.00", "2026-06-05").expect(201)
    rows = lines(bank, account, "2026-06-15")
    assert rows == [("O01", "-7.00"), ("D01", "7.00"), ("D01", "400.00"), ("I02", "2.00")]
    assert (owed(bank, account), ledger_of(bank, account)) == (Decimal(0), "-598.00")
    close_days(2)
    assert owed(bank, account) == Decimal("0.598000")
    sums = bank("officer").get(f"/v1/deposits/accounts/{account['id']}/year-sums?year=2026").expect(200)
    assert sums["interest_paid"]["amount"] == "0.00"


@pytest.mark.feature("DEP-89")
def test_each_past_day_has_the_limit_and_the_step_of_its_own(
    bank: Bank, set_parameter: SetParameter, stand_on: StandOn, close_days: CloseDays
) -> None:
    """An own limit of 1,000 up to the fifth day at 18 %, then 9 %: four days at each, of 400, less."""
    set_parameter("deposits.plan", "OWN", checking())
    account = an_account(bank, plan="OWN")
    grant(bank, account, "1000.00", rate_steps=[{"days": 5, "rate": "18"}, {"rate": "9"}])
    take(bank, account, "1000.00").expect(201)
    stand_on("2026-06-15")
    before = owed(bank, account)
    assert before == 5 * Decimal("0.5") + 9 * Decimal("0.25")
    dated(bank, account, "400.00", "2026-06-02").expect(201)
    less = Decimal(400) * (4 * Decimal("0.18") + 9 * Decimal("0.09")) / 360
    collected = next(amount for code, amount in lines(bank, account, "2026-06-15") if code == "O01")
    assert -Decimal(collected) == round(before - less, 2)
    close_days(1)


def test_a_debit_dated_back_costs_the_days_that_it_makes_overdrawn(
    bank: Bank, stand_on: StandOn, close_days: CloseDays
) -> None:
    account = an_account(bank, plan="OD", balance="100.00")
    stand_on("2026-06-15")
    take(bank, account, "1100.00", "manager", value_date="2026-06-05").expect(201)
    assert owed(bank, account) == Decimal("5.000000")
    close_days(1)
    assert owed(bank, account) == Decimal("5.500000")


def test_an_entry_dated_back_while_the_day_before_is_closing_changes_nothing_of_it() -> None:
    bank = a_bank()
    account = bank.an_account("C2", "1", funds="200.00")
    bank.withdraw(account, "400.00")
    close_day(bank)
    monday = bank.today()
    run = start_closing(bank)
    quiet: Any = bank.store.copy()  # type: ignore[attr-defined]
    drive(quiet, run)
    bank.do(lambda work: cut_over.move(work, ("1", "2"), monday))
    bank.do(lambda work: dated_back(work, account, "150.00", monday - timedelta(days=2)))
    late = bank.account(account).debit_late_units
    drive(bank.store, run)
    sheets = {key: item for key, item in books(quiet).items() if "#ledger" in key[1]}
    assert sheets
    assert {key: item for key, item in books(bank.store).items() if key in sheets} == sheets  # type: ignore[arg-type]
    assert late < 0
    close_day(bank)
