"""Charges that the close makes are in its books whatever else happens that day."""

from datetime import timedelta

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.charges import ChargeState, Due
from chalicelib.modules.deposits.domain.year_sums import of_year
from chalicelib.modules.deposits.service import charges
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.platform.storage.store import MAX_TRANSACTION_ITEMS
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import cut_over
from tests.support.small_bank import SmallBank, a_bank, close_day, drive, start_closing

MAINTENANCE_AND_LOW_BALANCE = 150 + 23 + 200 + 30


def pending(bank: SmallBank, account_id: str) -> list[str]:
    """Codes of the charges that wait."""
    rows = bank.do(lambda work: repository.charges(work, account_id, ChargeState.PENDING))
    return [row.charge for row in rows]


def a_low_account(bank: SmallBank) -> str:
    """Id of a current account that was opened with its minimum and holds 60.00."""
    account = bank.an_account("C1", "1", funds="200.00")
    bank.withdraw(account, "140.00")
    return account


def test_what_is_withdrawn_on_the_open_day_is_no_longer_there_for_a_charge() -> None:
    bank = a_bank()
    account = a_low_account(bank)
    run_id = start_closing(bank)
    drive(bank.store, run_id)
    assert bank.account(account).ledger_minor == 6_000 - MAINTENANCE_AND_LOW_BALANCE
    late = a_bank()
    account = a_low_account(late)
    run_id = start_closing(late)
    late.do(lambda work: cut_over.move(work, ("1", "2"), late.today()))
    late.withdraw(account, "60.00")
    drive(late.store, run_id)
    assert late.account(account).ledger_minor == 0
    assert sorted(pending(late, account)) == ["MIN", "MNT"]


def test_charges_of_the_year_add_up_with_their_tax() -> None:
    bank = a_bank()
    account = bank.an_account("S1", "1", funds="100.00")
    bank.do(lambda work: charges.charge(work, charges.ChargeAsked(account, "EXT")))
    after = bank.account(account)
    assert (after.ledger_minor, of_year(after.year_sums, 2026)["fees_ytd"]) == (10_000 - 115, 115)


def test_many_charges_that_wait_are_taken_over_several_closes() -> None:
    bank = a_bank()
    account = bank.an_account("C1", "1")
    count = 45
    bank.do(lambda work: _owe(work, account, count))
    bank.deposit(account, "500.00")
    left = []
    for _ in range(3):
        close_day(bank)
        left.append(len(pending(bank, account)))
    assert left == [25, 5, 0]
    assert MAX_TRANSACTION_ITEMS >= 1 + 20 * 4


def test_an_account_that_owes_nothing_is_not_written() -> None:
    bank = a_bank()
    account = bank.an_account("S3", "1", funds="900.00")
    version = bank.account(account).version
    close_day(bank)
    close_day(bank)
    assert bank.account(account).version == version


def _owe(work: UnitOfWork, account_id: str, count: int) -> None:
    account = repository.account(work, account_id)
    due = Due("EXT", "request", Money(100, "USD"), Money(0, "USD"), "fee_income_deposits", at_once=True)
    for _ in range(count):
        charges.put_off(work, work.get(ACCOUNTS, id=account.id), due, account.opened_on, account.opened_on)


def test_a_cycle_is_charged_once_even_if_its_end_is_covered_by_two_closes() -> None:
    bank = a_bank()
    account = a_low_account(bank)
    close_day(bank)
    once = bank.account(account)
    assert once.charged_through == bank.today() - timedelta(days=1)
    close_day(bank)
    assert bank.account(account).ledger_minor == once.ledger_minor
