"""What is derived from movements does not depend on where they lie, and no movement is lost or doubled on the way."""

import gzip
from collections import Counter
from contextlib import suppress
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.statement import StatementPeriod
from chalicelib.modules.deposits.repository import histories
from chalicelib.modules.deposits.service import archiving, enquiry, history, issuing, money
from chalicelib.modules.deposits.tables import HISTORY
from chalicelib.platform import archive
from chalicelib.platform.closing.applications import ClosingDay, PieceRun
from chalicelib.platform.posting.records import MOVEMENTS, Movement
from chalicelib.workflows.end_of_day import tasks
from tests.functional.end_of_day.test_interruptions import Died, books, dying_at
from tests.support.memory import MemoryStore
from tests.support.small_bank import SmallBank, a_bank, close_day, drive, start_closing

FIRST, LAST = date(2026, 5, 29), date(2026, 6, 9)
DAYS = st.dates(FIRST - timedelta(days=1), LAST + timedelta(days=1))
EARNS = {"pays_interest": True, "fixed_rate": "3.65", "interest_cycle": "MONTH_END"}
CHEQUE = Money.of("300.00", "USD")


def closed_while_open(bank: SmallBank, account: str, amount: str) -> None:
    """A close during which the new day's counter serves the account before the close has come to it."""
    run_id = start_closing(bank)
    event = {"task": "begin", "tenant": bank.store.tenant, "run_id": run_id, "part": ""}
    tasks.begin(tasks.job_of(event, bank.store), event)
    bank.deposit(account, amount)
    drive(bank.store, run_id)


@pytest.fixture(scope="module")
def lived() -> tuple[SmallBank, str]:
    """A bank with an account of eight days: interest of a day that was closing, a cheque in clearing, an overdraft."""
    bank = a_bank()
    account = bank.an_account("C2", "1", funds="1000.00", overrides=EARNS)
    bank.withdraw(account, "100.00")
    closed_while_open(bank, account, "7.00")
    bank.withdraw(account, "950.00")
    close_day(bank)
    bank.do(lambda work: money.deposit(work, money.Instruction(account, CHEQUE, code="D02")))
    for _ in range(5):
        close_day(bank)
        bank.deposit(account, "1.50")
    return bank, account


def twin(bank: SmallBank) -> SmallBank:
    other = copy(bank)
    other.store = bank.store.copy()  # type: ignore[attr-defined]
    return other


def closing(bank: SmallBank) -> PieceRun:
    today = bank.today()
    return PieceRun(ClosingDay(today, today + timedelta(days=1)), bank.work, bank.do)


def archived_until(bank: SmallBank, account: str, before: date, *, dies: bool = False) -> None:
    """Archive what is dated before a day; a process that dies has archived everything and deleted nothing."""
    writes = 0

    def dying(call: str) -> None:
        nonlocal writes
        writes += call == "transact"
        if writes == 2:
            raise Died

    bank.store.observe = dying if dies else None
    with suppress(Died):
        archiving.archive_history(closing(bank), account, before)
    bank.store.observe = None


def listed(bank: SmallBank, account: str) -> list[Movement]:
    """The movements that the history of an account shows, with the balance after each."""
    found = enquiry.movements(bank.work(), account, FIRST, LAST, newest_first=False, limit=100, cursor=None)
    return found.movements


def hot(bank: SmallBank, account: str) -> list[Movement]:
    return list(bank.work().all(MOVEMENTS, account_id=account))


def cold(bank: SmallBank, account: str) -> list[Movement]:
    return list(archive.rows(bank.work(), HISTORY, account))


def objects(store: MemoryStore) -> list[str]:
    """The keys of what is in the archive."""
    return [key for key in store.files if key.startswith(f"{store.tenant}/archive/")]


def derived(bank: SmallBank, account_id: str, first: date, last: date) -> dict[str, Any]:
    """Everything that is derived from an account's movements of a period."""
    work, account = bank.work(), bank.account(account_id)
    period = enquiry.statement_of(work, account, StatementPeriod(first, last))
    return {
        "statement": period,
        "before": histories.balance_before(work, account, first.isoformat()),
        "after": histories.balance_before(work, account, f"{last}#~"),
        "interest": history.balances_by_value_date(work, account, first, last),
        "closings": histories.closing_balances(work, account, first, last) if last >= bank.today() else None,
        "rows": list(histories.movements(work, account, first, last)),
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.tuples(DAYS, st.booleans()), min_size=1, max_size=3), period=st.tuples(DAYS, DAYS))
def test_statements_balances_and_interest_are_the_same_wherever_the_movements_lie(
    lived: tuple[SmallBank, str], cuts: list[tuple[date, bool]], period: tuple[date, date]
) -> None:
    """Also where the process died before it deleted what it had archived."""
    whole, account = lived
    first, last = sorted(period)
    other = twin(whole)
    with other.store.printing():  # type: ignore[attr-defined]
        for before, dies in sorted(cuts):
            archived_until(other, account, before, dies=dies)
        assert derived(other, account, first, last) == derived(whole, account, first, last)
        kept = other.account(account).archived
        through = kept.through if kept else date.min
        at_hand = [row for row in hot(other, account) if row.business_date > through]
        assert cold(other, account) + at_hand == hot(whole, account)
        assert (kept.minor if kept else 0) + sum(row.minor for row in at_hand) == whole.account(
            account
        ).ledger_minor
        shown = listed(whole, account)
        assert listed(other, account) == [row for row in shown if row.business_date > through]
        assert list(histories.archived(other.work(), other.account(account), FIRST, LAST)) == [
            row for row in shown if row.business_date <= through
        ]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=DAYS, value_date=st.dates(FIRST, LAST - timedelta(days=1)))
def test_what_is_dated_back_into_archived_days_changes_the_same_interest(
    lived: tuple[SmallBank, str], before: date, value_date: date
) -> None:
    whole, account = lived
    banks = [twin(whole), twin(whole)]
    asked = money.Instruction(account, Money.of("400.00", "USD"), code="D01", value_date=value_date)
    with banks[0].store.printing():  # type: ignore[attr-defined]
        archived_until(banks[0], account, before)
        for bank in banks:
            bank.do(lambda work: money.deposit(work, asked))
    found = [bank.account(account) for bank in banks]
    fields = ("ledger_minor", "accrued_units", "late_units", "debit_units", "overdrawn_since", "uncleared")
    for name in fields:
        assert getattr(found[0], name) == getattr(found[1], name), name


def test_the_history_has_a_movement_that_is_younger_than_some_of_the_next_day(
    lived: tuple[SmallBank, str],
) -> None:
    """Else the laws above would not be about it."""
    rows = hot(*lived)
    assert [row.sequence for row in rows] != sorted(row.sequence for row in rows)
    assert any(row.value_date > row.business_date for row in rows)
    assert any(row.balance_minor < 0 for row in rows)


def test_two_at_once_move_each_movement_once(lived: tuple[SmallBank, str]) -> None:
    """While one process writes its object, another moves the same movements and deletes half of them."""
    whole, account = lived
    bank = twin(whole)
    store: MemoryStore = bank.store  # type: ignore[assignment]
    rows = hot(bank, account)

    def rival(call: str) -> None:
        if call == "put_object":
            store.observe = None
            archived_until(bank, account, LAST)

    with store.printing():
        store.observe = rival
        archived_until(bank, account, LAST)
        assert cold(bank, account) + hot(bank, account) == rows
        (piece,) = archive.pieces(bank.work(), HISTORY, account)
        assert [piece.key] == objects(store)
        assert piece.records == len(cold(bank, account))


def test_an_object_that_is_not_what_was_written_is_not_taken_for_history(
    lived: tuple[SmallBank, str],
) -> None:
    whole, account = lived
    bank = twin(whole)
    store: MemoryStore = bank.store  # type: ignore[assignment]
    with store.printing():
        archived_until(bank, account, LAST)
        (key,) = objects(store)
        lines = gzip.decompress(store.files[key])
        assert lines.startswith(b'{"account_id":"')
        store.files[key] = gzip.compress(lines.replace(b'"minor":-10000', b'"minor":-10001'))
        with pytest.raises(archive.ArchiveDamaged):
            cold(bank, account)


def test_what_is_not_in_the_archive_is_never_deleted(lived: tuple[SmallBank, str]) -> None:
    whole, account = lived
    bank = twin(whole)
    store: MemoryStore = bank.store  # type: ignore[assignment]
    first = hot(bank, account)[0]
    with store.printing():
        archived_until(bank, account, LAST)
        store.batch_put("journal", [MOVEMENTS.encode(store.tenant, replace(first, minor=1), 1)])
        with pytest.raises(archive.NotInArchive):
            archived_until(bank, account, LAST)
        assert hot(bank, account)[0].minor == 1


# --- at the end of the day ---------------------------------------------------------------------------------------


def with_retention(bank: SmallBank, days: int) -> None:
    plan = bank.work().config.get("deposits.plan", "C1", FIRST).model_dump(mode="json")
    bank.with_sets("deposits.plan", {"C1": {**plan, "history_retention_days": days}})


@pytest.fixture(scope="module")
def at_the_end_of_july() -> tuple[SmallBank, str]:
    """Friday 31 July 2026; the account moved in May, on 30 June, on 1 July and today."""
    bank = a_bank()
    account = bank.an_account("C1", "1", funds="500.00")
    bank.withdraw(account, "20.00")
    close_day(bank)
    for day, following in ((30, 1), (1, 31), (31, 3)):
        month = 6 if day == 30 else 7
        bank.stand_on(date(2026, month, day), date(2026, 8 if day == 31 else 7, following))
        bank.deposit(account, f"{day}.00")
    return bank, account


def issue(bank: SmallBank) -> None:
    """The step of the close of 31 July that issues statements, and archives what they make old enough."""
    run = PieceRun(ClosingDay(date(2026, 7, 31), date(2026, 8, 3)), bank.work().fresh, bank.do)
    with bank.store.printing():  # type: ignore[attr-defined]
        issuing.issue(run, repository.units(bank.work(), "deposits", "1"))


@pytest.mark.parametrize("most", [archiving.MOST_IN_A_PIECE, 1], ids=["one object", "an object per day"])
def test_the_step_can_die_anywhere_and_moves_each_movement_once(
    at_the_end_of_july: tuple[SmallBank, str], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """30 days before the statement of 31 July is 1 July: what is older moves, what is of that day stays."""
    monkeypatch.setattr(archiving, "MOST_IN_A_PIECE", most)
    start, account = twin(at_the_end_of_july[0]), at_the_end_of_july[1]
    with_retention(start, 30)
    rows, whole = hot(start, account), twin(start)
    calls: list[str] = []
    whole.store.observe = calls.append
    issue(whole)
    whole.store.observe = None
    assert hot(whole, account) == [row for row in rows if row.business_date >= date(2026, 7, 1)]
    with whole.store.printing():  # type: ignore[attr-defined]
        assert cold(whole, account) + hot(whole, account) == rows
    assert len(objects(whole.store)) == (1 if most > 1 else 2)  # type: ignore[arg-type]
    for call in range(1, len(calls) + 1):
        bank = twin(start)
        bank.store.observe = dying_at(call)
        with pytest.raises(Died):
            issue(bank)
        bank.store.observe = None
        issue(bank)
        assert books(bank.store) == books(whole.store), f"killed at {calls[call - 1]}, call {call}"  # type: ignore[arg-type]
        assert bank.store.files == whole.store.files  # type: ignore[attr-defined]


def test_a_plan_that_says_nothing_keeps_everything(at_the_end_of_july: tuple[SmallBank, str]) -> None:
    bank, account = twin(at_the_end_of_july[0]), at_the_end_of_july[1]
    rows = hot(bank, account)
    issue(bank)
    assert bank.account(account).archived is None
    assert (hot(bank, account), objects(bank.store)) == (rows, [])  # type: ignore[arg-type]


def test_an_account_without_old_movements_costs_one_read_more_and_no_write(
    at_the_end_of_july: tuple[SmallBank, str],
) -> None:
    """And nothing at all where the account is younger than what is kept, or its plan keeps everything."""
    start, account = twin(at_the_end_of_july[0]), at_the_end_of_july[1]
    for row in hot(start, account)[:-2]:
        del start.store.tables["journal"][MOVEMENTS.key_of(start.store.tenant, row)[1:]]  # type: ignore[attr-defined]
    found: dict[int, Counter[str]] = {}
    for days in (0, 80, 30):
        bank = twin(start)
        with_retention(bank, days)
        calls: list[str] = []
        bank.store.observe = calls.append
        issue(bank)
        found[days] = Counter(calls)
    assert found[80] == found[0]
    assert found[30] - found[0] == Counter(query=1)
