"""Entries with an earlier value date: who may make them, how far back, and the interest they change."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.service import enquiry
from chalicelib.modules.deposits.service import money as counter
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.platform.today import calendar_day
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import cut_over
from tests.functional.deposits.conftest import CloseDays, SetParameter
from tests.functional.deposits.test_features import earned
from tests.functional.end_of_day.test_interruptions import books
from tests.support.bank import Bank
from tests.support.given import an_account, deposit, money
from tests.support.small_bank import a_bank, close_day, drive, start_closing

TODAY = date(2026, 6, 1)
TEN_DAYS_AGO = (TODAY - timedelta(days=10)).isoformat()
CASH = {
    "names": {"es": "Depósito", "en": "Deposit"},
    "operation": "cash_deposit",
    "side": "credit",
    "contra_role": "cash_on_hand",
    "channels": ["teller"],
    "backdatable": True,
}


@pytest.fixture
def backdatable(set_parameter: SetParameter) -> None:
    """Cash deposits may be dated back."""
    set_parameter("deposits.transaction_code", "D01", CASH)


FLAT: dict[str, Any] = {"plan": "S1", "overrides": {"fixed_rate": "3.65", "day_count_base": 365}}
TIERED: dict[str, Any] = {"plan": "S2"}
"""The bands of DEP-21."""


def an_old_account(bank: Bank, asked: dict[str, Any], opened_on: date = date(2026, 1, 2)) -> dict[str, Any]:
    """An account that was opened in the year's first days, as one brought over from another system is."""
    account = an_account(bank, **asked)
    work = bank.work()
    work.put(ACCOUNTS, replace(work.get(ACCOUNTS, id=account["id"]), opened_on=opened_on))
    work.commit()
    return account


def dated(bank: Bank, account: dict[str, Any], amount: str, value_date: str, who: str = "manager") -> Any:
    path = f"/v1/deposits/accounts/{account['id']}/deposits"
    return bank(who).post(path, {"amount": money(amount), "value_date": value_date})


def accrued(bank: Bank, account: dict[str, Any]) -> Decimal:
    found = bank("manager").get(f"/v1/deposits/accounts/{account['id']}/balances").expect(200)
    return Decimal(found["accrued_interest"])


@pytest.mark.feature("DEP-86")
@pytest.mark.usefixtures("backdatable")
def test_ten_days_back_with_a_supervisor_and_not_ninety_one_days(
    bank: Bank, set_parameter: SetParameter
) -> None:
    account = an_old_account(bank, FLAT)
    too_early = dated(bank, account, "10.00", (TODAY - timedelta(days=91)).isoformat(), "manager")
    assert (too_early.status, too_early.code) == (422, "value_date_too_early")
    alone = dated(bank, account, "10.00", TEN_DAYS_AGO, "teller")
    assert (alone.status, alone.code) == (403, "permission_denied")
    today = calendar_day(bank.work()).isoformat()
    rule = {"from_amount": "1000000", "backdated": True}
    set_parameter("platform.approval_rule", "deposits.post_deposit", rule, today)
    deposit(bank, account["id"], "1.00")
    waiting = dated(bank, account, "10.00", TEN_DAYS_AGO, "teller").expect(202).json
    decision = {"decision": "approve", "reason": "ok"}
    bank("manager").post(f"/v1/platform/approvals/{waiting['id']}/decisions", decision).expect(201)
    found = bank("teller").get(f"/v1/deposits/accounts/{account['id']}/balances").expect(200)
    assert found["ledger"]["amount"] == "11.00"


@pytest.mark.usefixtures("backdatable")
@pytest.mark.parametrize(
    ("days", "code"), [(90, ""), (91, "value_date_too_early"), (-1, "backdating_not_allowed")]
)
def test_how_far_a_value_date_may_be(bank: Bank, days: int, code: str) -> None:
    account = an_old_account(bank, FLAT)
    asked = dated(bank, account, "10.00", (TODAY - timedelta(days=days)).isoformat())
    assert asked.code == code


def test_a_code_that_does_not_say_so_cannot_be_dated_back(bank: Bank) -> None:
    account = an_old_account(bank, FLAT)
    assert dated(bank, account, "10.00", TEN_DAYS_AGO).code == "backdating_not_allowed"


@pytest.mark.usefixtures("backdatable")
def test_nothing_counts_from_before_the_account_was_opened(bank: Bank) -> None:
    account = an_old_account(bank, FLAT, TODAY - timedelta(days=9))
    assert dated(bank, account, "10.00", TEN_DAYS_AGO).code == "value_date_too_early"


@pytest.mark.feature("DEP-87", "DEP-88")
@pytest.mark.usefixtures("backdatable")
def test_ten_days_of_a_thousand_earn_one_and_the_daily_rows_show_it(
    bank: Bank, close_days: CloseDays
) -> None:
    account = an_old_account(bank, FLAT)
    dated(bank, account, "500.00", "2026-05-18").expect(201)
    before, rows = accrued(bank, account), earned(bank, account, "2026-05-15", "2026-05-31")
    receipt = dated(bank, account, "1000.00", TEN_DAYS_AGO).expect(201).json
    assert accrued(bank, account) - before == Decimal("1.000000")
    after = earned(bank, account, "2026-05-15", "2026-05-31")
    rises = {
        now["day"]: Decimal(now["balance"]["amount"]) - Decimal(then["balance"]["amount"])
        for then, now in zip(rows, after, strict=True)
    }
    assert {day for day, rise in rises.items() if rise} == {f"2026-05-{day}" for day in range(22, 32)}
    assert set(rises.values()) == {Decimal(0), Decimal(1000)}
    close_days(1)
    reverse = f"/v1/deposits/transactions/{receipt['entry_id']}/reversals"
    assert bank("teller").post(reverse, {"reason": "mistake"}).code == "permission_denied"
    bank("manager").post(reverse, {"reason": "mistake"}).expect(201)
    assert accrued(bank, account) == before + Decimal(rows[-1]["interest"])


@pytest.mark.feature("DEP-88")
@pytest.mark.usefixtures("backdatable")
def test_a_late_amount_lifts_the_whole_balance_to_another_tier(bank: Bank, close_days: CloseDays) -> None:
    account = an_old_account(bank, TIERED)
    dated(bank, account, "800.00", TEN_DAYS_AGO).expect(201)
    before = accrued(bank, account)
    receipt = dated(bank, account, "400.00", TEN_DAYS_AGO).expect(201).json
    assert round(accrued(bank, account) - before, 4) == Decimal("0.4384")
    reverse = f"/v1/deposits/transactions/{receipt['entry_id']}/reversals"
    bank("manager").post(reverse, {"reason": "mistake"}).expect(201)
    assert accrued(bank, account) == before
    close_days(1)


def dated_back(work: UnitOfWork, account: str, amount: str, value_date: date) -> Any:
    asked = counter.Instruction(account, Money.of(amount, "USD"), value_date=value_date)
    return counter.deposit(work, asked)


def test_interest_that_was_paid_is_adjusted_with_the_next() -> None:
    """Paid on 31 May for May; on 2 June somebody posts what should have counted from 29 May."""
    bank = a_bank()
    account = bank.an_account("S2", "1", funds="8000.00")
    close_day(bank)
    close_day(bank)
    bank.do(lambda work: dated_back(work, account, "1000.00", date(2026, 5, 29)))
    in_time = bank.an_account("S2", "1")
    rows = bank.do(lambda work: enquiry.interest_days(work, account, date(2026, 5, 29), date(2026, 6, 1)))
    assert [row.balance.minor - 900_000 for row in rows[:3]] == [0, 0, 0]
    shown = bank.do(lambda work: enquiry.accrued(work, bank.account(account)))
    paid = bank.account(account).ledger_minor - 900_000
    assert shown + Decimal(paid) / 100 == pytest.approx(
        sum(row.interest for row in rows), abs=Decimal("0.00001")
    )
    close_day(bank)
    assert bank.account(in_time).late_units == 0


def test_a_late_entry_while_the_day_before_is_closing_changes_nothing_of_it() -> None:
    bank = a_bank()
    account = bank.an_account("S1", "1", funds="8000.00")
    friday = bank.today()
    run = start_closing(bank)
    quiet: Any = bank.store.copy()  # type: ignore[attr-defined]
    drive(quiet, run)
    bank.do(lambda work: cut_over.move(work, ("1", "2"), friday))
    bank.do(lambda work: dated_back(work, account, "5000.00", friday))
    drive(bank.store, run)
    sheets = {key: item for key, item in books(quiet).items() if "#ledger" in key[1]}
    assert sheets
    assert {key: item for key, item in books(bank.store).items() if key in sheets} == sheets  # type: ignore[arg-type]
    close_day(bank)


def test_what_no_history_shows_counts_in_the_balances_of_the_past(
    bank: Bank, set_parameter: SetParameter
) -> None:
    set_parameter("deposits.transaction_code", "D01", {**CASH, "store_history": False})
    account = an_old_account(bank, TIERED)
    dated(bank, account, "800.00", TEN_DAYS_AGO).expect(201)
    before = accrued(bank, account)
    dated(bank, account, "400.00", TEN_DAYS_AGO).expect(201)
    assert round(accrued(bank, account) - before, 4) == Decimal("0.4384")
    path = f"/v1/deposits/accounts/{account['id']}/transactions?from=2026-06-01&to=2026-06-01"
    found = bank("teller").get(path).expect(200)
    assert (found["items"], found["closing"]["amount"]) == ([], "1200.00")
