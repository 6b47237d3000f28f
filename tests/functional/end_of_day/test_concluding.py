"""What the close makes by itself: each voucher once, wherever the run dies, and what is refused stops nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chalicelib.kernel.calendar import Calendar
from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.accounting.domain.voucher import Voucher
from chalicelib.modules.accounting.service import concluding
from chalicelib.modules.accounting.tables import BROKEN_CORRELATIONS, VOUCHERS, VOUCHERS_OF_BRANCH
from chalicelib.platform import clock
from chalicelib.platform.parameters.versions import VERSIONS, ParameterVersion, VersionState
from chalicelib.platform.posting import service as posting
from chalicelib.platform.tenancy import TENANTS
from chalicelib.workflows.end_of_day import service, tasks
from tests.functional.end_of_day.test_interruptions import check_every_death
from tests.support.memory import MemoryStore
from tests.support.small_bank import CLOSE, NEVER_TWICE, SmallBank, a_bank, close_day, drive, start_closing

FROM_THE_START = date(2025, 1, 1)
EVERY_WEEKDAY = Calendar()
NOON = datetime(2026, 5, 29, 17, tzinfo=UTC)


def with_set(
    bank: SmallBank, kind: str, code: str, body: dict[str, Any], since: date = FROM_THE_START
) -> None:
    """Put an approved version of a parameter set, newer than those there are."""
    tenant, number = bank.work().get(TENANTS), next(NEVER_TWICE)
    version = ParameterVersion(
        kind=kind,
        code=code,
        scope="tenant",
        number=number,
        effective_from=since,
        state=VersionState.APPROVED,
        body=body,
        maker="usr_admin",
        made_at=NOON,
    )
    bank.store.batch_put("config", [VERSIONS.encode(bank.store.tenant, version, 1)])
    later = replace(tenant, config_version=number)
    stored = TENANTS.encode(bank.store.tenant, later, tenant.version)
    bank.store.batch_put("config", [stored])


def a_template(
    bank: SmallBank, *lines: tuple[str, str, str], code: str = "RENT", concept: str = "LOAN"
) -> None:
    """A template of (account, side, percent), numbered by an automatic concept of its own."""
    with_set(
        bank,
        "accounting.voucher_concept",
        concept,
        {"names": {"es": concept}, "prefix": concept, "origin": "automatic", "approval_required": False},
    )
    rows = lines or (("45079001", "debit", "100"), ("110105", "credit", "100"))
    body = {
        "names": {"es": "Arriendo"},
        "concept": concept,
        "lines": [{"account": account, "side": side, "percent": percent} for account, side, percent in rows],
    }
    with_set(bank, "accounting.entry_template", code, body)


def recurring(bank: SmallBank, code: str = "RENT", **terms: Any) -> None:
    body = {"names": {"es": "Arriendo"}, "template": "RENT", "branch": "1", "amount": "1200.00", **terms}
    with_set(bank, "accounting.recurring_entry", code, body)


def post(bank: SmallBank, *rows: tuple[str, str, int], at: str = "1") -> None:
    """Post legs of (branch, role, minor; debit positive)."""
    legs = tuple(
        Leg(branch, Side.DEBIT if minor > 0 else Side.CREDIT, Money(abs(minor), "USD"), role)
        for branch, role, minor in rows
    )
    bank.do(lambda work: posting.post(work, posting.draft(work, "test", at, legs)))


def made(bank: SmallBank, branch: str = "1") -> list[Voucher]:
    """The vouchers of a branch in the order of their dates and numbers."""
    work = bank.work()
    found = [work.get(VOUCHERS, id=row.voucher_id) for row in work.all(VOUCHERS_OF_BRANCH, branch=branch)]
    return sorted(found, key=lambda voucher: (voucher.captured_on, voucher.number))


def balance(bank: SmallBank, account: str, branch: str, on: date) -> int:
    return accounting.balance(bank.work(), branch, account, None, "USD", on)


@pytest.mark.feature("ACC-76")
def test_a_recurring_entry_makes_a_voucher_a_month_and_numbers_them_without_gaps() -> None:
    bank = a_bank(date(2026, 1, 30), branches=("1",))
    a_template(bank)
    recurring(bank, first_date="2026-01-31", occurrences=2)
    for day, following in (
        (date(2026, 1, 30), date(2026, 2, 2)),
        (date(2026, 2, 27), date(2026, 3, 2)),
        (date(2026, 3, 31), date(2026, 4, 1)),
    ):
        bank.stand_on(day, following, branches=("1",))
        close_day(bank)
    assert [(voucher.number, voucher.applied_on) for voucher in made(bank)] == [
        ("LOAN-000001", date(2026, 1, 30)),
        ("LOAN-000002", date(2026, 2, 27)),
    ]
    assert balance(bank, "45079001", "1", date(2026, 3, 31)) == 2400_00


@pytest.mark.feature("ACC-72")
def test_a_monthly_entry_of_the_31st_makes_twelve_vouchers_in_a_year_on_the_last_business_day() -> None:
    bank = a_bank(date(2025, 1, 31), branches=("1",))
    a_template(bank)
    recurring(bank, first_date="2025-01-31", last_date="2026-12-31", occurrences=12)
    last_days = (31, 28, 31, 30, 30, 30, 31, 29, 30, 31, 28, 31)
    for month, number in enumerate((*last_days, 30), 1):
        day = date(2025 + month // 13, (month - 1) % 12 + 1, number)
        bank.stand_on(day, EVERY_WEEKDAY.next(day), branches=("1",))
        close_day(bank)
    vouchers = [voucher for voucher in made(bank) if voucher.origin.endswith(":RENT")]
    applied_on = [each.applied_on for each in vouchers]
    assert applied_on == [date(2025, month, number) for month, number in enumerate(last_days, 1)]
    assert {each.debits()["USD"] for each in vouchers} == {Money.of("1200.00", "USD")}


@pytest.mark.feature("ACC-72")
def test_daily_entries_come_on_business_days_and_weekly_ones_on_their_weekday() -> None:
    bank = a_bank(date(2026, 6, 4), branches=("1",))
    a_template(bank)
    recurring(bank, "EVERY_DAY", unit="daily", first_date="2026-06-01", occurrences=6)
    recurring(bank, "WEDNESDAYS", unit="weekly", first_date="2026-06-03", amount="7.00")
    for _ in range(6):
        close_day(bank)
    found = {
        code: [each.applied_on.day for each in made(bank) if each.applied_on and each.origin.endswith(code)]
        for code in ("EVERY_DAY", "WEDNESDAYS")
    }
    assert found == {"EVERY_DAY": [4, 5, 8], "WEDNESDAYS": [10]}


def a_bank_with_much_to_conclude() -> SmallBank:
    """Friday 29 May: the fiscal year ends on Sunday, rent is due, balances move, two branches owe each other."""
    bank = a_bank()
    control = bank.work().config.main("accounting.control", date(2026, 5, 29)).to_body()
    year = {"fiscal_year_end_month": 5, "fiscal_year_end_day": 31, "branch_balancing": "automatic"}
    with_set(bank, "accounting.control", "main", {**control, **year, "daily_result": "automatic"})
    gathered = {"names": {"es": "Gastos"}, "accounts": ["4507"], "to_branch": "1", "first_date": "2026-05-29"}
    with_set(bank, "accounting.centralisation", "COSTS", gathered)
    a_template(bank)
    recurring(bank, first_date="2026-01-30", unit="monthly")
    post(bank, ("1", "cash_on_hand", 700_00), ("2", "fee_income_deposits", -700_00))
    post(bank, ("2", "cash_on_hand", 400_00), ("1", "fee_income_deposits", -400_00), at="2")
    post(bank, ("2", "rounding_expense", 15_00), ("2", "cash_on_hand", -15_00), at="2")
    post(bank, ("2", "memo_overdraft_interest", 30_00), ("2", "rounding_income", -30_00), at="2")
    correlation = {"names": {"es": "Sin caja"}, "terms": [{"account": "1101"}]}
    with_set(bank, "accounting.correlation", "NO_CASH", correlation)
    moves = {
        "names": {"es": "Traslado"},
        "on": "2026-05-29",
        "rows": [{"from_account": "110105", "to_account": "110110", "from_branch": "2", "to_branch": "1"}],
    }
    with_set(bank, "accounting.balance_transfer", "CASH", moves)
    notes = {"names": {"es": "Nota de gerencia"}, "first_date": "2026-05-29"}
    with_set(bank, "accounting.management_note", "MONTHLY", notes)
    return bank


def settled(bank: SmallBank) -> tuple[MemoryStore, str]:
    """A run whose branches have their totals: what comes next is to conclude."""
    run_id = start_closing(bank)
    store: MemoryStore = bank.store  # type: ignore[assignment]

    def call(task: str, part: str = "") -> dict[str, Any]:
        event = {"task": task, "tenant": store.tenant, "run_id": run_id, "part": part}
        return tasks.TASKS[task](tasks.job_of(event, store), event)

    plan = call("begin")
    for task, parts in (("piece", plan["pieces"]), ("settle", plan["ledgers"])):
        for part in parts:
            call(task, part)
    return store, run_id


@pytest.mark.feature("ACC-56")
def test_dying_at_any_storage_call_makes_every_voucher_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    bank = a_bank_with_much_to_conclude()
    store, run_id = settled(bank)
    assert check_every_death(store, run_id, (CLOSE,)) > 50
    drive(store, run_id)
    origins = sorted(each.origin.partition(":")[0] for branch in "12" for each in made(bank, branch))
    assert origins == [
        "accounting.balance_transfer",
        "accounting.centralisation",
        "accounting.management_note",
        "accounting.recurring_entry",
        "branch_balancing",
        "daily_result",
        "daily_result",
        "profit_loss_closing",
        "profit_loss_closing",
    ]
    step = next(step for step in service.progress(bank.work(), run_id).steps if step.step == "conclude")
    assert (step.tally.read, step.tally.processed, step.tally.failed) == (10, 9, 1)
    assert [each.code for each in bank.work().all(BROKEN_CORRELATIONS)] == ["NO_CASH"]
    assert set(accounting.proof(bank.work(), ("1", "2"), date(2026, 5, 29)).values()) == {0}


def test_what_cannot_be_made_is_put_on_record_once_and_the_day_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    bank = a_bank(branches=("1",))
    a_template(bank)
    recurring(bank, first_date="2026-05-29", template="LATER")
    store, run_id = settled(bank)
    check_every_death(store, run_id, (CLOSE,))
    drive(store, run_id)
    found = concluding.refusals(bank.work(), None)
    assert [(each.branch, each.problem, each.business_date) for each in found] == [
        ("1", "unknown_reference", date(2026, 5, 29))
    ]
    assert made(bank) == []
    assert bank.today() == date(2026, 6, 1)
