"""The end of day can die at any storage call and be resumed; the books are those of a run that never died."""

from collections import Counter, deque
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import pytest

from chalicelib.kernel.money import Money
from chalicelib.modules.term_deposits.tables import DEPOSITS
from chalicelib.platform.closing.runs import LOCK, WAITING, StepState
from chalicelib.workflows.end_of_day import service
from chalicelib.workflows.end_of_day.reports import LATER_STEPS
from tests.support.memory import MemoryStore
from tests.support.small_bank import (
    CLOSE,
    REPORT,
    SmallBank,
    a_bank,
    close_day,
    drive,
    start_closing,
    step,
    steps,
)

TIMES = frozenset({"posted_at", "at", "made_at", "started_at", "finished_at", "created_at"})
OUTBOX = "#outbox#"
RUNS_NOTES, THROTTLE = BOOKKEEPING = ("closing#", "throttle#")
REPEATED = frozenset({"attempts", "version"})


class Died(BaseException):
    """What a process that is killed looks like from inside: nothing catches it."""


def a_bank_at_month_end() -> SmallBank:
    """Friday 29 May 2026: interest and fees fall due on Sunday 31; accounts in two branches, one of them overdrawn.

    Two current accounts owe maintenance and the charge for a low balance: one can pay both, the other neither.
    """
    bank = a_bank()
    first = bank.an_account("S1", "1", funds="1000.00")
    second = bank.an_account("S2", "2", funds="8000.00")
    third = bank.an_account("S1", "2", funds="250.00")
    for method in ({"interest_account": bank.account(third).number}, {}):
        terms = {"interest_payment_method": "account" if method else "cheque"}
        bank.an_account("S1", "1", funds="5000.00", overrides=terms, **method)
    bank.transfer(first, second, "100.00")
    bank.transfer(second, third, "33.33")
    bank.schedule(third, first, "9999.00", date(2026, 6, 1))
    overdrawn = bank.an_account("C2", "1", funds="200.00")
    bank.withdraw(overdrawn, "457.89")
    bank.an_account("C1", "2", funds="60.00")
    bank.an_account("C1", "1", funds="0.50")
    return bank


def books(store: MemoryStore) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Everything the bank has stored, without clock times and without the run's own notes.

    Events have an id drawn anew for each; they are told apart by what they say, and counted.
    """
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    events: Counter[str] = Counter()
    for name, table in store.tables.items():
        for key, item in table.items():
            if OUTBOX in key[0]:
                events[f"{item['name']['S']} {item['payload']['S']}"] += 1
            elif not any(mark in key[0] for mark in BOOKKEEPING):
                found[name, *key] = {field: value for field, value in item.items() if field not in TIMES}
    return {**found, ("journal", OUTBOX, ""): dict(events)}


def dying_at(call: int) -> Any:
    """An observer that kills the process at its n-th storage call."""
    seen = 0

    def observe(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == call:
            raise Died

    return observe


def counted(store: MemoryStore, run_id: str, parts: tuple[str, ...] = (CLOSE, REPORT)) -> int:
    calls: list[str] = []
    store.observe = calls.append
    drive(store, run_id, parts)
    store.observe = None
    return len(calls)


def outcome(store: MemoryStore, run_id: str) -> dict[str, Any]:
    """What a run says of itself, without its clock times and attempts, and what keeps others from starting."""
    work = SmallBank(store).work()
    found = service.progress(work, run_id)
    return {
        "run": (found.run.state, found.run.start_of_day),
        "steps": {(step.step, step.part): step.state for step in found.steps},
        "lock": work.find(LOCK),
        "waiting": list(work.all(WAITING)),
    }


@dataclass(frozen=True, slots=True)
class Stage:
    """What a run that never dies has stored after one of its steps, and how many storage calls the step makes."""

    task: str
    part: str
    calls: int
    store: MemoryStore
    state: dict[Any, Any]


def stages_of(start: MemoryStore, run_id: str, parts: tuple[str, ...]) -> list[Stage]:
    """The steps of a run that never dies."""
    store, calls, stages = start.copy(), list[str](), list[Stage]()
    store.observe = calls.append
    for task, part in steps(store, run_id, parts):
        stages.append(Stage(task, part, len(calls), store.copy(), state(store, start)))
        calls.clear()
    return stages


def state(store: MemoryStore, start: MemoryStore) -> dict[Any, Any]:
    """All that has changed since the start and that a later step may read: the books, the run's notes, the files.

    Of clock times only whether they stand there; how often the run's notes were written, and the ids of events, are
    left out.
    """
    found: dict[Any, Any] = {}
    events: Counter[str] = Counter()
    for name, table in store.tables.items():
        before = start.tables[name]
        found |= {(name, *key): None for key in before.keys() - table.keys()}
        for key, item in table.items():
            if before.get(key) is item or THROTTLE in key[0]:
                continue
            if OUTBOX in key[0]:
                events[f"{item['name']['S']} {item['payload']['S']}"] += 1
            else:
                passing = REPEATED if RUNS_NOTES in key[0] else frozenset()
                found[name, *key] = {
                    field: "then" if field in TIMES or field.endswith("_at") else value
                    for field, value in item.items()
                    if field not in passing
                }
    return {**found, OUTBOX: dict(events), "files": dict(store.files)}


def check_every_death(start: MemoryStore, run_id: str, parts: tuple[str, ...]) -> int:
    """Kill these parts of a run at each of their storage calls, and resume; answers how many calls there are.

    A death is tried on what the steps before it have left, as a step finds nothing else. The resumed run begins anew
    and is followed until it has stored what the one that never died had after the same step: from there both are one
    run. One that never comes to that is followed to its end, where the books, the files and the outcome count.
    """
    stages = stages_of(start, run_id, parts)
    whole, calls = stages[-1].store, 0
    expected, ended = books(whole), outcome(whole, run_id)
    for number, stage in enumerate(stages):
        before = stages[number - 1].store if number else start
        for call in range(1, stage.calls + 1):
            store = before.copy()
            store.observe = dying_at(call)
            with pytest.raises(Died):
                step(store, run_id, stage.task, stage.part)
            store.observe = None
            if not becomes_the_same(store, start, run_id, parts, stages[number:], number):
                assert books(store) == expected, f"killed at storage call {call} of {stage.task} {stage.part}"
                assert outcome(store, run_id) == ended, f"at storage call {call} of {stage.task} {stage.part}"
                assert store.files == whole.files
        calls += stage.calls
    return calls


def becomes_the_same(
    store: MemoryStore,
    start: MemoryStore,
    run_id: str,
    parts: tuple[str, ...],
    following: list[Stage],
    passed: int,
) -> bool:
    """Resume a run; whether it has stored, after one of the following steps, what the run that never died had then."""
    with closing(steps(store, run_id, parts)) as resumed:
        for stage, done in zip(following, islice(resumed, passed, None), strict=False):
            if (stage.task, stage.part) == done and state(store, start) == stage.state:
                return True
        deque(resumed, maxlen=0)
    return False


def test_dying_at_any_storage_call_and_resuming_equals_a_run_that_never_died() -> None:
    bank = a_bank_at_month_end()
    run_id = start_closing(bank)
    assert check_every_death(bank.store, run_id, (CLOSE,)) > 50  # type: ignore[arg-type]


def test_dying_at_any_storage_call_of_the_reports_makes_each_of_them_once() -> None:
    bank = a_bank_at_month_end()
    checking = bank.an_account("C1", "1", funds="500.00")
    run_id = start_closing(bank)
    drive(bank.store, run_id, (CLOSE,))
    assert check_every_death(bank.store, run_id, (REPORT,)) > 50  # type: ignore[arg-type]
    drive(bank.store, run_id, (REPORT,))
    steps = [step for step in service.progress(bank.work(), run_id).steps if step.step in LATER_STEPS]
    assert {step.state for step in steps} == {StepState.COMPLETED}
    assert {(step.step, step.part) for step in steps} == {
        ("report", "1"),
        ("report", "2"),
        ("report", "all"),
        ("issue", "0000"),
    }
    store: MemoryStore = bank.store  # type: ignore[assignment]
    assert [key for key in store.files if checking in key] == [
        f"chakana/statements/{checking}/statement-{bank.account(checking).number[-4:]}-2026-05-29-2026-05-31.pdf"
    ]


def test_dying_while_the_interest_of_a_term_deposit_falls_due_pays_it_once() -> None:
    bank = a_bank(date(2026, 4, 30), branches=("1",))
    saver = bank.an_account("C1", "1", funds="4500.00")
    deposit = bank.term_deposit(saver, "4000.00")
    close_day(bank)
    bank.stand_on(date(2026, 5, 28), date(2026, 5, 29), branches=("1",))
    close_day(bank)
    run_id = start_closing(bank)
    assert check_every_death(bank.store, run_id, (CLOSE,)) > 30  # type: ignore[arg-type]
    drive(bank.store, run_id, (CLOSE,))
    assert bank.work().get(DEPOSITS, id=deposit).settled == 1
    assert bank.account(saver).ledger == Money.of("518.97", "USD")


def test_dying_twice_is_no_worse() -> None:
    bank = a_bank_at_month_end()
    run_id = start_closing(bank)
    start: MemoryStore = bank.store  # type: ignore[assignment]
    whole = start.copy()
    calls = counted(whole, run_id)
    expected = books(whole)
    for call in range(3, calls, 7):
        store = start.copy()
        for again in (call, call // 2 + 1):
            store.observe = dying_at(again)
            with suppress(Died):
                drive(store, run_id)
        store.observe = None
        drive(store, run_id)
        assert books(store) == expected


def test_running_a_finished_close_again_changes_nothing() -> None:
    bank = a_bank_at_month_end()
    run_id = close_day(bank)
    store: MemoryStore = bank.store  # type: ignore[assignment]
    before = books(store)
    drive(store, run_id)
    assert books(store) == before


def test_postings_between_the_steps_land_in_the_new_day_and_change_nothing_of_the_old() -> None:
    quiet = a_bank_at_month_end()
    run_id = start_closing(quiet)
    busy = SmallBank(quiet.store.copy())  # type: ignore[attr-defined]
    accounts = [key[0].rpartition("#")[2] for key in busy.store.tables["core"] if key[1] == "account"]  # type: ignore[attr-defined]
    drive(quiet.store, run_id)
    calls = 0

    def at_the_counter(_: str) -> None:
        nonlocal calls
        calls += 1
        if calls % 5 == 0 and calls > 30:
            busy.store.observe = None
            busy.deposit(accounts[calls % len(accounts)], "7.00")
            busy.store.observe = at_the_counter

    busy.store.observe = at_the_counter
    drive(busy.store, run_id)
    busy.store.observe = None
    day = {key: item for key, item in books(quiet.store).items() if "#ledger" in key[1]}  # type: ignore[arg-type]
    assert day
    assert {key: item for key, item in books(busy.store).items() if key in day} == day  # type: ignore[arg-type]
    close_day(quiet)
    close_day(busy)
