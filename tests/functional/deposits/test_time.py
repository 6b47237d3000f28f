"""What days, branches and changes of terms do to an account."""

from datetime import date, timedelta

import pytest

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.errors import InsufficientFunds
from chalicelib.modules.deposits.service import enquiry, money, opening
from chalicelib.platform.context import Actor, ActorKind
from chalicelib.workflows.end_of_day import cut_over
from tests.support.small_bank import a_bank, close_day, drive, start_closing

TELLER_OF_1 = Actor(ActorKind.STAFF, "usr_1", "Teller", ("*",), ("1",), "all")
TELLER_OF_2 = Actor(ActorKind.STAFF, "usr_2", "Teller", ("*",), ("2",), "all")


def test_a_branch_that_is_behind_cannot_overdraw_an_account_of_one_that_is_ahead() -> None:
    bank = a_bank()
    account = bank.an_account("S1", "2", funds="100.00")
    bank.do(lambda work: cut_over.move(work, ("2",), bank.today("2")))
    assert bank.today("1") < bank.today("2")
    asked = money.Instruction(account, Money(500_000, "USD"))
    with pytest.raises(InsufficientFunds):
        bank.do(lambda work: money.withdraw(work, asked), TELLER_OF_1)


def test_branches_on_different_dates_work_together_each_on_its_own_date() -> None:
    bank = a_bank()
    ahead, behind = bank.an_account("S1", "2", funds="100.00"), bank.an_account("S1", "1", funds="100.00")
    bank.do(lambda work: cut_over.move(work, ("2",), bank.today("2")))
    asked = money.Instruction(behind, Money(1_000, "USD"))
    receipt = bank.do(lambda work: money.deposit(work, asked), TELLER_OF_2)
    assert receipt.posted.movements[behind].business_date == bank.today("1")
    bank.transfer(ahead, behind, "5.00")
    assert bank.account(behind).ledger_minor == 11_500


def test_a_change_of_terms_prices_only_the_days_from_it_on() -> None:
    bank = a_bank()
    account = bank.an_account("S1", "1", funds="1000.00")
    for _ in range(5):
        close_day(bank)
    before = bank.do(lambda work: enquiry.accrued(work, bank.account(account)))
    bank.do(lambda work: opening.change_terms(work, account, {"fixed_rate": "1000"}))
    assert bank.do(lambda work: enquiry.accrued(work, bank.account(account))) == before
    close_day(bank)
    assert bank.do(lambda work: enquiry.accrued(work, bank.account(account))) > before + 20


def test_what_arrives_on_monday_earns_from_monday_even_if_friday_pays_nothing() -> None:
    bank = a_bank()
    account = bank.an_account("S1", "1", funds="10.00")
    bank.withdraw(account, "5.00")
    bank.do(lambda work: cut_over.move(work, ("1", "2"), bank.today()))
    monday = bank.today()
    bank.deposit(account, "10000.00")
    found = bank.account(account)
    assert found.closing_minor(monday - timedelta(days=3)) == 500
    close_days = bank.do(
        lambda work: enquiry.interest_days(work, account, monday, monday + timedelta(days=9))
    )
    assert close_days[0].balance == Money(1_000_500, "USD")


def test_yesterdays_deposit_is_undone_as_if_it_had_never_been() -> None:
    bank = a_bank(date(2026, 6, 3))
    account, apart = (bank.an_account("S1", "1", funds="500.00") for _ in range(2))
    asked = money.Instruction(account, Money(100_000, "USD"))
    entry = bank.do(lambda work: money.deposit(work, asked)).posted.entry.id
    close_day(bank)
    bank.do(lambda work: money.reverse(work, entry, "mistake"))
    close_day(bank)
    units = {
        each: bank.do(
            lambda work, each=each: enquiry.accrued(work, bank.account(each))  # type: ignore[misc]
        )
        for each in (account, apart)
    }
    assert units[account] == units[apart] > 0
    assert bank.account(account).ledger == bank.account(apart).ledger


def test_a_statement_knows_what_the_close_posted_after_the_next_day_began() -> None:
    bank = a_bank()
    account = bank.an_account("S1", "1", funds="9000.00")
    friday = bank.today()
    run = start_closing(bank)
    bank.do(lambda work: cut_over.move(work, ("1", "2"), friday))
    for _ in range(30):
        bank.deposit(account, "1.00")
    drive(bank.store, run)
    monday = bank.today()
    period = bank.do(lambda work: enquiry.statement(work, account, friday, monday))
    assert period.closing == bank.account(account).ledger
    later = bank.do(lambda work: enquiry.statement(work, account, monday, monday))
    assert later.opening == Money(bank.account(account).closing_minor(friday), "USD")
    assert later.closing == bank.account(account).ledger
