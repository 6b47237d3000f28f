"""The machine's definition, run as it stands: what goes on at once, what waits for what, and what a failure ends."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.kernel.errors import InvariantError
from chalicelib.kernel.money import Money
from chalicelib.platform.closing import applications
from chalicelib.platform.closing.applications import Application, ClosingDay, PieceRun, Tally, Unit
from chalicelib.platform.closing.control import CONTROL_KIND
from chalicelib.platform.closing.runs import RunState, StepState
from chalicelib.platform.storage.codec import Item
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import machine, service, tasks
from tests.support.machine import execute
from tests.support.memory import MemoryStore
from tests.support.small_bank import SmallBank, a_bank, start_closing

ARN = "arn:aws:lambda:us-east-1:123456789012:function:closing"
RECORDS = 5000
SECONDS_TO_MEET = 300
"""A bound for those who never meet; on a slow machine they meet late."""


class SharedStore(MemoryStore):
    """A store in memory that several threads use at once."""

    def __init__(self, tenant: str, tables: Any = None) -> None:
        super().__init__(tenant, tables)
        self.lock = threading.RLock()

    def pages(self, *given: Any, **options: Any) -> Iterator[tuple[list[Item], Any]]:
        with self.lock:
            found = list(super().pages(*given, **options))
        yield from found

    def transact(self, writes: list[dict[str, Any]]) -> None:
        with self.lock:
            super().transact(writes)

    def put(self, request: dict[str, Any]) -> None:
        with self.lock:
            super().put(request)


def run_machine(bank: SmallBank, run_id: str, crowd: "Crowd | None" = None) -> list[str]:
    """Run the definition with the closing function behind it; answers the states it went through."""
    store: MemoryStore = bank.store  # type: ignore[assignment]

    def call(event: dict[str, Any]) -> dict[str, Any]:
        with crowd.inside(event["task"]) if crowd else nullcontext():
            return tasks.TASKS[event["task"]](tasks.job_of(event, store), event)

    with store.printing():
        given = {"tenant": store.tenant, "run_id": run_id}
        return execute(machine.definition(ARN), given, call)


class Crowd:
    """How many calls of each task were under way at once; the first calls of ``awaited`` wait for one another."""

    def __init__(self, awaited: str, together: int) -> None:
        self.awaited, self.meeting, self.lock = awaited, threading.Barrier(together), threading.Lock()
        self.now: Counter[str] = Counter()
        self.most: Counter[str] = Counter()

    @contextmanager
    def inside(self, task: str) -> Iterator[None]:
        with self.lock:
            self.now[task] += 1
            self.most[task] = max(self.most[task], self.now[task])
        if task == self.awaited:
            self.meeting.wait(SECONDS_TO_MEET)
        try:
            yield
        finally:
            with self.lock:
                self.now[task] -= 1


def a_shared_bank(*modules: str) -> SmallBank:
    """A bank whose store threads may share, with these modules besides its own."""
    bank = a_bank()
    kept: MemoryStore = bank.store  # type: ignore[assignment]
    shared = SmallBank(SharedStore(kept.tenant, kept.tables))
    tenant = shared.work().get(TENANTS)
    changed = replace(tenant, modules=(*tenant.modules, *modules))
    shared.store.batch_put("config", [TENANTS.encode(shared.store.tenant, changed, tenant.version)])
    return shared


def an_application(name: str, meeting: threading.Barrier, log: list[tuple[str, str]]) -> Application:
    """An application with one piece's worth of records, which closes only while the other one is closing too."""

    def units(work: UnitOfWork, branch: str) -> list[Unit]:
        return [Unit(name, branch, 0, RECORDS)] if branch == "1" else []

    def close(run: PieceRun, given: list[Unit]) -> Tally:
        log.append(("began", name))
        meeting.wait(SECONDS_TO_MEET)
        log.append(("ended", name))
        return Tally(read=RECORDS, processed=RECORDS, sums={f"1|{name}|USD": {"ledger": 0}})

    def settle(work: UnitOfWork, branch: str, day: ClosingDay, tally: Tally) -> None:
        log.append(("settled", name))

    return Application(name, units, close, settle, lambda tally: {})


@pytest.mark.feature("GEN-64")
def test_applications_close_at_once_and_accounting_waits_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of two applications waits, while it closes, for the other one to be closing: one by one they would fail."""
    log: list[tuple[str, str]] = []
    meeting = threading.Barrier(2)
    for name in ("savings_of_test", "loans_of_test"):
        made = an_application(name, meeting, log)
        monkeypatch.setitem(applications._APPLICATIONS, name, made)
    bank = a_shared_bank("savings_of_test", "loans_of_test")
    run_id = start_closing(bank)
    assert run_machine(bank, run_id) == [
        "Begin",
        "Pieces",
        "ClosePieces",
        "SettleBranches",
        "Conclude",
        "CloseLedgers",
        "Prove",
        "OpenBranches",
        "DueReports",
        "Reports",
        "Finish",
        "Done",
    ]
    assert service.find(bank.work(), run_id).state is RunState.COMPLETED
    order = [event for event, _ in log]
    assert order[:4] == ["began", "began", "ended", "ended"]
    assert set(order[4:]) == {"settled"}
    pieces = [step for step in service.progress(bank.work(), run_id).steps if step.step == "close"]
    assert sorted(unit.application for step in pieces for unit in step.units) == [
        "loans_of_test",
        "savings_of_test",
    ]
    begun, ended = ([getattr(step, name) for step in pieces] for name in ("started_at", "finished_at"))
    assert len(pieces) == 2
    assert max(begun) < min(ended)


@pytest.mark.feature("GEN-75")
def test_forty_branches_close_ten_pieces_at_once_and_all_forty_end() -> None:
    branches = tuple(str(number) for number in range(1, 41))
    bank = a_shared_bank()
    bank.open_branches(branches)
    bank.with_sets(CONTROL_KIND, {"main": {"most_pieces": 10, "target_records": 1}})
    accounts = {
        branch: bank.an_account("S1", branch, funds=f"{1000 + int(branch)}.00") for branch in branches
    }
    closing = bank.today()
    run_id = start_closing(bank)
    crowd = Crowd("piece", together=10)
    assert run_machine(bank, run_id, crowd)[-1] == "Done"

    assert crowd.most["piece"] == 10
    assert max(crowd.most[task] for task in ("ledger", "open")) <= 10
    steps = service.progress(bank.work(), run_id).steps
    closed = [unit.branch for step in steps if step.step == "close" for unit in step.units]
    assert sorted(closed) == sorted(branches)
    for name in ("settle", "ledger", "open"):
        ended = [step.part for step in steps if step.step == name and step.state is StepState.COMPLETED]
        assert sorted(ended) == sorted(branches), name
    for branch, account in accounts.items():
        assert bank.today(branch) > closing
        assert bank.account(account).ledger > Money.of(f"{1000 + int(branch)}.00", "USD"), "interest of May"


def test_the_order_without_the_machine_is_the_machines() -> None:
    """Who drives the steps by hand, as seeding does, takes them from one list; it is the definition's."""
    states, name, found = machine.definition(ARN)["States"], "ClosePieces", []
    while name != "DueReports":
        state = states[name]
        step = state["ItemProcessor"]["States"] if state["Type"] == "Map" else {"": state}
        task = next(iter(step.values()))["Parameters"]["task"]
        found.append((task, state.get("ItemsPath", "").removeprefix("$.plan.")))
        name = state["Next"]
    assert tuple(found) == tasks.CLOSE


@pytest.mark.feature("GEN-77")
@pytest.mark.parametrize("pieces", [1, 8])
def test_as_many_pieces_are_under_way_at_once_as_the_parameter_says(pieces: int) -> None:
    """Eight at once wait for one another in the middle of their work; where one is allowed, they never meet."""
    branches = tuple(str(number) for number in range(1, 9))
    bank = a_shared_bank()
    bank.open_branches(branches)
    bank.with_sets(CONTROL_KIND, {"main": {"most_pieces": pieces, "target_records": 1}})
    for branch in branches:
        bank.an_account("S1", branch, funds="1000.00")
    crowd = Crowd("piece", together=pieces)
    assert run_machine(bank, start_closing(bank), crowd)[-1] == "Done"
    assert crowd.most["piece"] == pieces


def test_a_step_that_fails_ends_the_run_as_failed_and_nothing_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: Any) -> Tally:
        raise InvariantError("books")

    monkeypatch.setattr(tasks, "prove_books", broken)
    bank = a_shared_bank()
    run_id = start_closing(bank)
    with pytest.raises(Exception, match="ClosingFailed"):
        run_machine(bank, run_id)
    run = service.find(bank.work(), run_id)
    assert (run.state, "invariant_broken" in run.error) == (RunState.FAILED, True)
    assert {step.step for step in service.progress(bank.work(), run_id).steps} == {
        "settle",
        "conclude",
        "ledger",
        "prove",
    }


def test_reports_that_cannot_even_be_planned_do_not_fail_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr("chalicelib.workflows.end_of_day.reports.due_steps", broken)
    bank = a_shared_bank()
    run_id = start_closing(bank)
    assert run_machine(bank, run_id)[-3:] == ["DueReports", "Finish", "Done"]
    assert service.find(bank.work(), run_id).state is RunState.COMPLETED
