"""What the end of day does with overdrafts: ageing, reclassification, interest by cycle; no account written."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest

from chalicelib.kernel.accrual import to_money
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.deposits.domain.overdraft import Step
from chalicelib.modules.deposits.domain.status import steps_of
from chalicelib.modules.deposits.plans import DepositControl
from chalicelib.modules.deposits.service import opening, overdraft
from chalicelib.modules.deposits.service.overdraft import LimitAsked
from chalicelib.platform.parameters.versions import VERSIONS, ParameterVersion
from chalicelib.platform.tenancy import TENANTS
from chalicelib.workflows.end_of_day import cut_over
from tests.functional.end_of_day.test_interruptions import books
from tests.support.small_bank import SmallBank, a_bank, close_day, drive, parameters, start_closing

PERCENT = 1_000_000
RECEIVABLE, INCOME, MEMO = (
    "overdraft_interest_receivable",
    "overdraft_interest_income",
    "memo_overdraft_interest",
)
DAY = timedelta(days=1)
NEVER_USED_VERSIONS = count(1_000)


def an_overdrawn_account(bank: SmallBank, amount: str, *steps: Step, plan: str = "C1") -> str:
    """Id of an account with a limit of its own that is overdrawn by an amount from today on."""
    account = bank.an_account(plan, funds="200.00")
    asked = LimitAsked(
        account,
        Money.of(amount, "USD"),
        steps or (Step(0, 18 * PERCENT),),
        bank.today(),
        date(2027, 1, 1),
        "Comité",
    )
    bank.do(lambda work: overdraft.set_limit(work, asked))
    bank.withdraw(account, str(Decimal(200) + Decimal(amount)))
    return account


def shown(bank: SmallBank, role: str, on: date) -> str:
    """What the ledger of branch 1 shows under a role after a date, debits positive."""
    return f"{Decimal(accounting.balance(bank.work(), '1', role, 'checking', 'USD', on)) / 100:.2f}"


def close_until(bank: SmallBank, last: date) -> None:
    """Close every business date up to and with one."""
    while bank.today() <= last:
        close_day(bank)


def change_control(bank: SmallBank, since: date, **changes: object) -> None:
    """A new version of the tenant's control record, in force from a date on."""
    now = next(row for row in parameters() if row.kind == "deposits.control")
    body = DepositControl.model_validate({**now.body, **changes}).to_body()
    version: ParameterVersion = replace(now, number=now.number + 1, effective_from=since, body=body)
    item = bank.store.get(*TENANTS.key(bank.store.tenant))
    assert item is not None
    tenant = replace(TENANTS.decode(item), config_version=next(NEVER_USED_VERSIONS))
    bank.store.batch_put("config", [VERSIONS.encode(bank.store.tenant, version, 1)])
    bank.store.batch_put("config", [TENANTS.encode(bank.store.tenant, tenant, tenant.version)])


@pytest.mark.feature("DEP-39")
def test_the_rate_rises_with_the_days_overdrawn() -> None:
    bank = a_bank(first_day=date(2026, 6, 1))
    steps = Step(15, 20 * PERCENT), Step(15, 24 * PERCENT), Step(0, 28 * PERCENT)
    account = an_overdrawn_account(bank, "1000.00", *steps, plan="C2")
    close_until(bank, date(2026, 6, 26))
    found = bank.account(account)
    fortieth = date(2026, 6, 1) + timedelta(days=39)
    units = found.debit_on(fortieth, steps_of(bank.work().config, found, bank.today()))
    assert to_money(units, "USD") == Money.of("26.11", "USD")


@pytest.mark.feature("DEP-43", "DEP-44")
def test_an_overdraft_moves_to_the_next_bucket_on_its_day_and_nobody_writes_the_account() -> None:
    bank = a_bank(first_day=date(2026, 6, 1))
    account = an_overdrawn_account(bank, "312.30")
    saver = bank.an_account("C1", funds="50.00")
    free = {"fee_table": "NONE", "charge_amounts": [{"charge": "MIN", "amount": "0"}]}
    for each in (account, saver):
        bank.do(lambda work, each=each: opening.change_terms(work, each, free))  # type: ignore[misc]
    close_day(bank)
    first = date(2026, 6, 1)
    assert shown(bank, "overdrafts_bucket_1", first) == "312.30"
    assert shown(bank, "member_deposits", first) == "-50.00"
    written = bank.account(account).version, bank.account(saver).version
    close_until(bank, date(2026, 6, 30))
    assert shown(bank, "overdrafts_bucket_1", date(2026, 6, 30)) == "312.30"
    close_until(bank, date(2026, 7, 1))
    thirty_first = date(2026, 7, 1)
    assert shown(bank, "overdrafts_bucket_1", thirty_first) == "0.00"
    assert shown(bank, "overdrafts_bucket_2", thirty_first) == "312.30"
    assert (bank.account(account).version, bank.account(saver).version) == written
    assert shown(bank, "member_deposits", thirty_first) == "-50.00"


@pytest.mark.feature("DEP-44")
def test_closing_again_adds_nothing_and_a_deposit_leaves_the_buckets() -> None:
    bank = a_bank(first_day=date(2026, 6, 1))
    account = an_overdrawn_account(bank, "312.30")
    run = close_day(bank)
    before = books(bank.store)  # type: ignore[arg-type]
    drive(bank.store, run)
    assert books(bank.store) == before  # type: ignore[arg-type]
    bank.deposit(account, "1000.00")
    close_day(bank)
    assert shown(bank, "overdrafts_bucket_1", date(2026, 6, 2)) == "0.00"
    assert shown(bank, "member_deposits", date(2026, 6, 2)) == f"-{bank.account(account).ledger.text}"
    assert shown(bank, RECEIVABLE, date(2026, 6, 2)) == "0.00"


@pytest.mark.feature("DEP-01")
def test_new_ageing_limits_hold_from_their_date_on() -> None:
    bank = a_bank(first_day=date(2026, 6, 1))
    an_overdrawn_account(bank, "100.00")
    close_until(bank, date(2026, 6, 17))
    today = bank.today()
    assert (today - date(2026, 6, 1)).days + 1 == 18
    change_control(bank, today + timedelta(days=1), overdraft_age_limits=[15, 45, 90])
    close_until(bank, today)
    tomorrow = bank.today()
    assert (shown(bank, "overdrafts_bucket_1", today), shown(bank, "overdrafts_bucket_2", today)) == (
        "100.00",
        "0.00",
    )
    close_until(bank, tomorrow)
    assert shown(bank, "overdrafts_bucket_1", tomorrow) == "0.00"
    assert shown(bank, "overdrafts_bucket_2", tomorrow) == "100.00"


@pytest.mark.feature("DEP-42")
def test_the_cycle_charges_the_interest_without_any_credit() -> None:
    bank = a_bank(first_day=date(2026, 6, 1))
    account = an_overdrawn_account(bank, "1000.00", Step(0, 36 * PERCENT), plan="C2")
    close_until(bank, date(2026, 6, 29))
    assert bank.account(account).ledger_minor == -100_000
    close_until(bank, date(2026, 6, 30))
    assert bank.account(account).ledger == Money.of("-1030.00", "USD")
    assert shown(bank, RECEIVABLE, date(2026, 6, 30)) == "0.00"
    assert shown(bank, "overdraft_interest_income", date(2026, 6, 30)) == "-30.00"


def test_interest_on_overdrafts_is_accrued_day_by_day_and_in_the_ledger_to_the_cent() -> None:
    bank = a_bank(first_day=date(2026, 6, 1))
    for amount in ("100.01", "33.33", "777.77"):
        an_overdrawn_account(bank, amount)
    close_day(bank)
    exact = Decimal("911.11") * Decimal("0.18") / 365
    assert Decimal(shown(bank, RECEIVABLE, date(2026, 6, 1))) == round(exact, 2)
    close_until(bank, date(2026, 6, 5))
    assert Decimal(shown(bank, RECEIVABLE, date(2026, 6, 5))) == round(exact * 7, 2)


def test_a_deposit_while_the_day_closes_belongs_to_the_new_day() -> None:
    bank = a_bank(first_day=date(2026, 6, 1))
    account = an_overdrawn_account(bank, "912.50", Step(0, 36 * PERCENT))
    close_day(bank)
    run = start_closing(bank)
    limit = bank.account(account).overdraft_limits[0].id
    bank.do(lambda work: cut_over.move(work, ("1", "2"), date(2026, 6, 2)))
    bank.do(lambda work: overdraft.withdraw_limit(work, account, limit, "paid"))
    bank.deposit(account, "1.00")
    drive(bank.store, run)
    assert shown(bank, RECEIVABLE, date(2026, 6, 2)) == "1.80"
    assert shown(bank, "overdrafts_bucket_1", date(2026, 6, 2)) == "912.50"
    assert bank.account(account).ledger_minor == -91_250
    close_day(bank)
    expected = Decimal("0.80") + Decimal("912.50") * Decimal("0.1677") / 365
    assert Decimal(shown(bank, RECEIVABLE, date(2026, 6, 3))) == round(expected, 2)


DAY_61 = date(2026, 7, 27)


def a_bank_on_day_sixty(**security: str) -> tuple[SmallBank, str]:
    """A bank whose account, 1,500 overdrawn at 0.927778 a day, has had its 60th day closed, and that account."""
    bank = a_bank(first_day=date(2026, 5, 28))
    account = bank.an_account("C1", funds="200.00")
    bank.do(lambda work: opening.change_terms(work, account, {"day_count_base": 360}))
    for amount, rate in (("500.00", 18), ("700.00", 22), ("300.00", 30)):
        asked = LimitAsked(
            account,
            Money.of(amount, "USD"),
            (Step(0, rate * PERCENT),),
            bank.today(),
            date(2027, 1, 1),
            "Comité",
            **security,
        )
        bank.do(lambda work, asked=asked: overdraft.set_limit(work, asked))  # type: ignore[misc]
    bank.withdraw(account, "1700.00")
    close_until(bank, DAY_61 - timedelta(days=1))
    assert bank.today() == DAY_61
    return bank, account


@pytest.mark.feature("DEP-45", "DEP-46", "DEP-47")
def test_after_sixty_days_interest_goes_to_memorandum_accounts_until_the_overdraft_is_covered() -> None:
    bank, account = a_bank_on_day_sixty()
    before = [shown(bank, role, DAY_61 - timedelta(days=1)) for role in (RECEIVABLE, INCOME, MEMO)]
    assert before == ["55.67", "-55.67", "0.00"]
    close_day(bank)
    assert [shown(bank, role, DAY_61) for role in (RECEIVABLE, INCOME, MEMO)] == ["55.67", "-55.67", "0.93"]
    assert bank.account(account).suspended_on == DAY_61
    version = bank.account(account).version
    close_day(bank)
    assert (shown(bank, MEMO, bank.today() - DAY), bank.account(account).version) == ("1.86", version)
    bank.deposit(account, "2000.00")
    assert bank.account(account).ledger == Money.of("442.48", "USD")
    covered = bank.today()
    close_day(bank)
    assert bank.account(account).suspended_on is None
    assert [shown(bank, role, covered) for role in (RECEIVABLE, INCOME, MEMO)] == ["0.00", "-57.52", "0.00"]
    close_day(bank)


@pytest.mark.feature("DEP-45")
def test_a_rule_for_overdrafts_without_collateral_leaves_one_with_a_mortgage_alone() -> None:
    bank, account = a_bank_on_day_sixty(collateral_type="mortgage", collateral_ref="H-1")
    close_day(bank)
    assert bank.account(account).suspended_on is None
    assert [shown(bank, role, DAY_61) for role in (RECEIVABLE, MEMO)] == ["56.59", "0.00"]


def test_a_deposit_of_the_open_day_does_not_change_what_the_close_keeps_off_the_balance_sheet() -> None:
    bank, account = a_bank_on_day_sixty()
    run = start_closing(bank)
    bank.do(lambda work: cut_over.move(work, ("1", "2"), DAY_61))
    bank.deposit(account, "56.00")
    drive(bank.store, run)
    assert [shown(bank, role, DAY_61) for role in (RECEIVABLE, INCOME, MEMO)] == ["55.67", "-55.67", "0.93"]
    close_day(bank)
    after = DAY_61 + timedelta(days=1)
    assert [shown(bank, role, after) for role in (RECEIVABLE, INCOME, MEMO)] == ["0.00", "-56.00", "1.52"]
