"""The start of a day that waits to be asked for: only after the end of day, once, and before that day closes."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chalicelib.platform import aws, clock
from chalicelib.platform.closing import start_of_day
from chalicelib.platform.closing.control import CONTROL_KIND
from chalicelib.platform.closing.runs import (
    LOCK,
    ClosingRun,
    EndOfDayNotComplete,
    RunInProgress,
    RunState,
    StartOfDay,
    StartOfDayPending,
    StartOfDayRunning,
    StepState,
)
from chalicelib.platform.reports import registry
from chalicelib.platform.work import VersionConflict
from chalicelib.workflows.end_of_day import opening, schedule, service, tasks
from tests.functional.accounting.books import set_parameter
from tests.functional.deposits.test_scheduled import ledger, movements, ordered
from tests.functional.end_of_day.test_interruptions import (
    a_bank_at_month_end,
    books,
    check_every_death,
    outcome,
)
from tests.functional.end_of_day.test_machine import a_shared_bank, run_machine
from tests.functional.end_of_day.test_runs import MACHINE, Machines
from tests.support.bank import FIRST, Bank
from tests.support.given import an_account, deposit
from tests.support.memory import MemoryStore
from tests.support.small_bank import FIRST_DAY, SmallBank, a_bank, close_day, drive, start_closing

RUNS = "/v1/platform/closing-runs"
ON_REQUEST = {"start_of_day": "on_request"}
MONDAY = date(2026, 6, 1)


@pytest.fixture
def machines(monkeypatch: pytest.MonkeyPatch) -> Machines:
    """Step Functions that start nothing: the test drives the steps."""
    made, real = Machines(), aws.client
    monkeypatch.setenv("MINGA_CLOSING_MACHINE_ARN", MACHINE)
    monkeypatch.setattr(aws, "client", lambda name: made if name == "stepfunctions" else real(name))
    return made


def on_request(bank: SmallBank, **more: Any) -> SmallBank:
    bank.with_sets(CONTROL_KIND, {"main": {**ON_REQUEST, **more}})
    return bank


def requested(bank: SmallBank, run_id: str) -> ClosingRun:
    return bank.do(lambda work: opening.request(work, run_id))


def the_run(bank: SmallBank, run_id: str) -> ClosingRun:
    return service.find(bank.work(), run_id)


def openings(bank: SmallBank, run_id: str) -> list[StepState]:
    return [step.state for step in service.progress(bank.work(), run_id).steps if step.step == "open"]


def opened(shown: dict[str, Any]) -> list[str]:
    return [step["state"] for step in shown["steps"] if step["step"] == "open"]


@pytest.mark.feature("GEN-61")
def test_a_day_is_started_on_request_once_the_end_of_the_day_before_is_complete(
    bank: Bank, machines: Machines
) -> None:
    set_parameter(bank, CONTROL_KIND, "main", ON_REQUEST)
    operator = bank("operator")
    payer = an_account(bank, plan="S2", balance="100.00")["id"]
    payee = an_account(bank, plan="S2", balance="1.00")["id"]
    ordered(bank, payer, payee, "40.00", "2026-06-02").expect(201)

    run = operator.post(RUNS, {}).expect(202).json
    path = f"{RUNS}/{run['id']}"
    refused = operator.post(f"{path}/starts-of-day")
    assert (run["state"], refused.status, refused.code) == ("running", 409, "end_of_day_not_complete")

    drive(bank.store(FIRST), run["id"])
    waiting = operator.get(path).expect(200).json
    assert (waiting["state"], waiting["start_of_day"], waiting["opened_at"]) == ("completed", "waiting", None)
    assert opened(waiting) == ["pending", "pending"]
    deposit(bank, payer, "5.00")
    assert (ledger(bank, payer), ledger(bank, payee)) == ("105.00", "1.00")
    assert operator.post(RUNS, {}).code == "start_of_day_pending"
    assert bank("teller").post(f"{path}/starts-of-day").status == 403

    started = operator.post(f"{path}/starts-of-day").expect(202).json
    assert (started["state"], started["start_of_day"], started["executing"]) == ("running", "running", True)
    assert started["opening_requested_by"] == operator.person_id
    assert operator.post(f"{path}/starts-of-day").code == "start_of_day_running"
    assert operator.post(RUNS, {}).code == "run_in_progress"

    drive(bank.store(FIRST), run["id"])
    done = operator.get(path).expect(200).json
    assert (done["state"], done["start_of_day"]) == ("completed", "completed")
    assert opened(done) == ["completed", "completed"]
    assert done["finished_at"] == waiting["finished_at"] <= done["opened_at"]
    assert (ledger(bank, payer), ledger(bank, payee)) == ("65.00", "41.00")
    amounts = [row["amount"]["amount"] for row in movements(bank, payer, "2026-06-02")]
    assert amounts == ["5.00", "-40.00"]
    again = operator.post(f"{path}/starts-of-day").expect(202).json
    assert (again["id"], again["executions"], again["opened_at"]) == (run["id"], 2, done["opened_at"])
    assert operator.post(RUNS, {}).expect(202)["business_date"] == "2026-06-02"


def test_where_the_end_of_day_starts_the_next_one_a_request_finds_it_done(
    bank: Bank, machines: Machines
) -> None:
    operator = bank("operator")
    run = operator.post(RUNS, {}).expect(202).json
    path = f"{RUNS}/{run['id']}"
    assert run["start_of_day"] == "pending"
    assert operator.post(f"{path}/starts-of-day").code == "end_of_day_not_complete"
    drive(bank.store(FIRST), run["id"])
    found = operator.post(f"{path}/starts-of-day").expect(202).json
    assert (found["state"], found["start_of_day"], found["executions"]) == ("completed", "completed", 1)
    assert found["opened_at"] == found["finished_at"]
    assert list(machines.executions) == [f"{run['id']}-1"]
    assert operator.post(f"{RUNS}/run_unknown/starts-of-day").status == 404


def test_the_machine_closes_without_opening_and_opens_without_closing_again(machines: Machines) -> None:
    bank = on_request(a_shared_bank())
    payer, payee = (bank.an_account("S2", "1", funds=funds) for funds in ("100.00", "10.00"))
    bank.schedule(payer, payee, "40.00", MONDAY)
    run_id = start_closing(bank)
    assert run_machine(bank, run_id)[-1] == "Done"
    assert openings(bank, run_id) == [StepState.PENDING] * 2
    before = service.progress(bank.work(), run_id)
    assert bank.account(payer).ledger.text == "100.01", "interest of May"
    requested(bank, run_id)
    assert run_machine(bank, run_id)[-1] == "Done"
    assert openings(bank, run_id) == [StepState.COMPLETED] * 2
    assert bank.account(payer).ledger.text == "60.01"
    after = {(step.step, step.part): step for step in service.progress(bank.work(), run_id).steps}
    for step in before.steps:
        assert step.step == "open" or after[step.step, step.part] == step


def test_killed_anywhere_a_start_of_day_goes_on_and_leaves_the_books_of_one_that_came_with_the_close(
    machines: Machines,
) -> None:
    bank = a_bank_at_month_end()
    waits = on_request(SmallBank(bank.store.copy()))  # type: ignore[attr-defined]
    run_id = close_day(waits)
    assert close_day(bank) == run_id
    requested(waits, run_id)
    store: MemoryStore = waits.store  # type: ignore[assignment]
    assert check_every_death(store, run_id, ("close", "report")) > 20
    drive(store, run_id)
    with_close: MemoryStore = bank.store  # type: ignore[assignment]
    assert in_ledgers(store) == in_ledgers(with_close)
    assert store.files == with_close.files
    ended = outcome(store, run_id)
    assert ended["run"] == (RunState.COMPLETED, StartOfDay.COMPLETED)
    assert (ended["lock"], ended["waiting"]) == (None, [])


def test_killed_anywhere_an_end_of_day_that_starts_no_day_leaves_it_waiting() -> None:
    bank = on_request(a_bank(branches=("1",)))
    bank.an_account("S1", "1", funds="1000.00")
    run_id = start_closing(bank)
    store: MemoryStore = bank.store  # type: ignore[assignment]
    assert check_every_death(store, run_id, ("close", "report")) > 50
    drive(store, run_id)
    ended = outcome(store, run_id)
    assert ended["run"] == (RunState.COMPLETED, StartOfDay.WAITING)
    assert (ended["lock"], [day.run_id for day in ended["waiting"]]) == (None, [run_id])


def in_ledgers(store: MemoryStore) -> dict[Any, Any]:
    """Everything stored but the parameters, of which one bank has one more."""
    return {key: item for key, item in books(store).items() if key[0] != "config"}


def test_a_start_that_failed_goes_on_when_it_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, machines: Machines
) -> None:
    def broken(*_: Any) -> Any:
        raise ConnectionError

    bank = on_request(a_bank())
    run_id = close_day(bank)
    requested(bank, run_id)
    with monkeypatch.context() as patched:
        patched.setattr(start_of_day, "carry_out", broken)
        with pytest.raises(ConnectionError):
            drive(bank.store, run_id)
    bank.do(lambda work: service.mark_failed(work, run_id, "ConnectionError"))
    assert the_run(bank, run_id).start_of_day is StartOfDay.FAILED
    with pytest.raises(RunInProgress):
        bank.do(service.start)
    assert requested(bank, run_id).execution == 3
    drive(bank.store, run_id)
    assert the_run(bank, run_id).start_of_day is StartOfDay.COMPLETED


def test_two_who_ask_at_once_start_one_execution(machines: Machines) -> None:
    bank = on_request(a_bank())
    run_id = close_day(bank)
    first, second = bank.work(), bank.work()
    opening.request(first, run_id)
    opening.request(second, run_id)
    first.commit()
    with pytest.raises(VersionConflict):
        second.commit()
    machines.executions[f"{run_id}-2"] = "RUNNING"
    with pytest.raises(StartOfDayRunning):
        requested(bank, run_id)


def test_a_late_call_of_the_close_does_not_complete_the_start(machines: Machines) -> None:
    bank = on_request(a_bank())
    run_id = close_day(bank)
    requested(bank, run_id)
    event = {"task": "finish", "tenant": bank.store.tenant, "run_id": run_id}
    tasks.TASKS["finish"](tasks.job_of(event, bank.store), event)
    assert the_run(bank, run_id).start_of_day is StartOfDay.RUNNING
    assert bank.work().get(LOCK).run_id == run_id


def test_making_reports_that_lack_does_not_start_the_day(
    monkeypatch: pytest.MonkeyPatch, machines: Machines
) -> None:
    bank = on_request(a_bank())
    run_id = start_closing(bank)
    with monkeypatch.context() as patched:
        patched.setattr(registry, "_REPORTS", {})
        drive(bank.store, run_id)
    assert service.progress(bank.work(), run_id).lacking == 3
    bank.do(lambda work: service.retry(work, run_id))
    with pytest.raises(EndOfDayNotComplete):
        requested(bank, run_id)
    drive(bank.store, run_id)
    assert service.progress(bank.work(), run_id).lacking == 0
    assert the_run(bank, run_id).start_of_day is StartOfDay.WAITING
    assert openings(bank, run_id) == [StepState.PENDING] * 2


def test_a_run_that_was_cancelled_starts_no_day() -> None:
    bank = on_request(a_bank())
    run_id = start_closing(bank)
    bank.do(lambda work: service.mark_failed(work, run_id, "out of memory"))
    bank.do(lambda work: service.cancel(work, run_id, "wrong day"))
    with pytest.raises(EndOfDayNotComplete):
        requested(bank, run_id)


def test_a_day_that_waits_in_one_branch_keeps_no_other_branch_from_closing(machines: Machines) -> None:
    """Branch 2 has a holiday on Friday: it closes Thursday in a run of its own."""
    thursday = date(2026, 5, 28)
    bank = on_request(a_bank(thursday))
    bank.stand_on(thursday, MONDAY, branches=("2",))
    first = close_day(bank)
    assert the_run(bank, first).branches == ("1",)
    second = close_day(bank)
    assert the_run(bank, second).branches == ("2",)
    with pytest.raises(StartOfDayPending) as refused:
        bank.do(service.start)
    assert refused.value.params["run_id"] == first
    requested(bank, first)
    drive(bank.store, first)
    assert bank.do(service.start).branches == ("1",)


# -- by the clock ---------------------------------------------------------------------------------------------------


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock to a time of Ecuador."""

    def set_to(text: str) -> None:
        moment = datetime.fromisoformat(f"{text}-05:00").astimezone(UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return set_to


def by_clock(bank: SmallBank) -> bool:
    return schedule._start_if_due(tasks.job_of({"tenant": bank.store.tenant, "run_id": ""}, bank.store))


def test_the_clock_starts_a_day_at_its_hour(machines: Machines, at: Callable[[str], None]) -> None:
    bank = on_request(a_bank(), opens_at="06:30")
    at("2026-05-29T22:30")
    run_id = close_day(bank)
    at("2026-06-01T06:29")
    assert not by_clock(bank)
    at("2026-06-01T06:30")
    assert by_clock(bank)
    assert the_run(bank, run_id).opening_requested_by == "closing"
    assert not by_clock(bank), "it is under way"
    drive(bank.store, run_id)
    assert not by_clock(bank)
    assert the_run(bank, run_id).start_of_day is StartOfDay.COMPLETED


def test_the_clock_starts_a_day_that_nobody_started_before_it_closes_it(
    machines: Machines, at: Callable[[str], None]
) -> None:
    bank = on_request(a_bank(), starts_at="22:30")
    at("2026-05-29T22:30")
    assert by_clock(bank)
    run_id = the_run(bank, bank.work().get(LOCK).run_id).id
    drive(bank.store, run_id)
    at("2026-06-01T22:29")
    assert not by_clock(bank)
    at("2026-06-01T22:30")
    assert by_clock(bank)
    assert (the_run(bank, run_id).start_of_day, bank.today()) == (StartOfDay.RUNNING, MONDAY)
    drive(bank.store, run_id)
    assert by_clock(bank)
    assert bank.work().get(LOCK).run_id != run_id
    assert FIRST_DAY < MONDAY
