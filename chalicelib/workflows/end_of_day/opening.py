"""The start of a day that waits to be asked for: asking, and completing a run with it or without."""

from dataclasses import replace

from chalicelib.platform import clock
from chalicelib.platform.closing.runs import (
    LOCK,
    RUNS,
    STEPS,
    WAITING,
    ClosingRun,
    EndOfDayNotComplete,
    RunInProgress,
    RunLock,
    RunState,
    StartOfDay,
    StartOfDayRunning,
    StepRun,
    StepState,
    WaitingDay,
)
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import service


def request(work: UnitOfWork, run_id: str) -> ClosingRun:
    """Start the day that a run opens; the run itself where that was done before, and one that stopped goes on.

    Raises EndOfDayNotComplete, StartOfDayRunning; RunInProgress while another run is under way.
    """
    run = service.find(work, run_id)
    match run.start_of_day:
        case StartOfDay.COMPLETED:
            return run
        case StartOfDay.PENDING:
            raise EndOfDayNotComplete("id", state=run.state.value)
        case StartOfDay.RUNNING if service.is_executing(run):
            raise StartOfDayRunning("id")
        case StartOfDay.RUNNING | StartOfDay.FAILED:
            return service.retry(work, run_id)
    lock = work.find(LOCK)
    if lock:
        raise RunInProgress("id", run_id=lock.run_id)
    begun = replace(
        run,
        state=RunState.RUNNING,
        execution=run.execution + 1,
        opening_requested_by=work.context.actor.id,
        opening_requested_at=clock.now(),
    )
    work.put(LOCK, RunLock(run.id))
    work.put(RUNS, begun)
    work.afterwards(lambda: service.launch(work, begun))
    return begun


def steps_of(run: ClosingRun) -> list[StepRun]:
    """What the branches of a run will be started with once somebody asks for it."""
    if not run.opens_on_request:
        return []
    return [StepRun(run.id, "open", branch, StepState.PENDING) for branch in run.branches]


def complete(work: UnitOfWork, run_id: str) -> None:
    """Say that a run is complete, and the start of the day too where the run was to start it.

    A late call of the execution that closed the day does not complete the start of the next one.
    """
    run = service.find(work, run_id)
    if run.opening_requested_at and _has_branches_left(work, run):
        return
    _remember(work, run)
    lock = work.find(LOCK)
    if lock and lock.run_id == run.id:
        work.delete(LOCK, lock)
    if run.state is not RunState.COMPLETED:
        now = clock.now()
        done = replace(run, state=RunState.COMPLETED, error="")
        if run.opens:
            done = replace(done, opened_at=run.opened_at or now)
        if not run.opening_requested_at:
            done = replace(done, finished_at=now)
        work.put(RUNS, done)


def _has_branches_left(work: UnitOfWork, run: ClosingRun) -> bool:
    return any(step.state not in service.DONE for step in work.all(STEPS, run_id=run.id, prefix="open#"))


def _remember(work: UnitOfWork, run: ClosingRun) -> None:
    """Keep in mind whether the day that a complete run opens waits to be started."""
    known = work.find(WAITING, run_id=run.id)
    if run.opens and known:
        work.delete(WAITING, known)
    if not run.opens and known is None:
        work.put(WAITING, WaitingDay(run.id, run.open_date, run.branches))
