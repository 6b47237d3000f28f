"""Starting a run, watching it, retrying it after a failure, cancelling it before it has begun."""

from dataclasses import replace
from datetime import date

import orjson

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict, NotFound
from chalicelib.kernel.identifiers import derived_id
from chalicelib.platform import attempts, aws, clock, settings
from chalicelib.platform.closing.control import CONTROL_KIND, ClosingControl
from chalicelib.platform.closing.runs import (
    LOCK,
    RUNS,
    STEPS,
    WAITING,
    CannotCancel,
    ClosingRun,
    NothingToRetry,
    RunInProgress,
    RunLock,
    RunState,
    StartOfDayPending,
    StepRun,
    StepState,
    UnknownRun,
)
from chalicelib.platform.observability import log
from chalicelib.platform.posting.days import ClosedDate
from chalicelib.platform.today import calendar_day
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import cut_over, reports

SKIPPABLE = frozenset({"open"}) | reports.LATER_STEPS
DONE = frozenset({StepState.COMPLETED, StepState.SKIPPED})
ENDED = frozenset({"SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"})


class UnknownStep(NotFound):
    """The run has no such step."""

    code = "unknown_step"


class StepNotSkippable(Conflict):
    """A step that carries balances cannot be left out, only repeated."""

    code = "step_not_skippable"


class NotYetDue(Conflict):
    """The date has not come yet by the tenant's clock, and the tenant does not close ahead of it."""

    code = "not_yet_due"


@dataclass(frozen=True, slots=True)
class Progress:
    """A run with its steps."""

    run: ClosingRun
    steps: list[StepRun]

    @property
    def done(self) -> int:
        """Records processed so far."""
        return sum(step.tally.read for step in self.steps if step.step == "close")

    @property
    def lacking(self) -> int:
        """Reports and issues of a completed run that are still to be made; a retry makes them."""
        if self.run.state is not RunState.COMPLETED:
            return 0
        return sum(step.state not in DONE for step in self.steps if step.step in reports.LATER_STEPS)


def start(work: UnitOfWork, business_date: date | None = None) -> ClosingRun:
    """Close the earliest date that any branch stands on, for all branches that stand on it.

    A run that was cancelled begins again under its own id. Raises RunInProgress, NotYetDue, StartOfDayPending, or
    ClosedDate where ``business_date`` is not that date.
    """
    lock = work.find(LOCK)
    if lock:
        raise RunInProgress("business_date", run_id=lock.run_id)
    closing, opening, branches = cut_over.branches_to_close(work, calendar_day(work))
    if business_date and business_date != closing:
        raise ClosedDate("business_date", business_date=business_date.isoformat(), branch=branches[0])
    control: ClosingControl = work.config.main(CONTROL_KIND, closing)
    _check_due(work, closing, control)
    _check_started(work, branches)
    run = ClosingRun(
        id=derived_id("run", work.tenant, closing.isoformat(), *branches),
        business_date=closing,
        open_date=opening,
        branches=branches,
        state=RunState.RUNNING,
        started_by=work.context.actor.id,
        started_at=clock.now(),
        opens_on_request=control.start_of_day == "on_request",
    )
    earlier = work.find(RUNS, id=run.id)
    if earlier and earlier.state is RunState.CANCELLED:
        run = replace(run, execution=earlier.execution + 1, version=earlier.version)
    elif earlier:
        raise ClosedDate("business_date", business_date=closing.isoformat(), branch=branches[0])
    work.put(LOCK, RunLock(run.id))
    work.put(RUNS, run)
    work.afterwards(lambda: launch(work, run))
    return run


def _check_due(work: UnitOfWork, closing: date, control: ClosingControl) -> None:
    today = calendar_day(work)
    if closing > today and not control.allow_future_dates:
        raise NotYetDue("business_date", business_date=closing.isoformat(), today=today.isoformat())


def _check_started(work: UnitOfWork, branches: tuple[str, ...]) -> None:
    """What is due on a date is dated that date: it must be done before the date closes."""
    for waiting in work.all(WAITING):
        if not set(branches).isdisjoint(waiting.branches):
            raise StartOfDayPending(
                "business_date", business_date=waiting.open_date.isoformat(), run_id=waiting.run_id
            )


def retry(work: UnitOfWork, run_id: str, reason: str = "") -> ClosingRun:
    """Go on with a failed run where it stopped; what is done stays done.

    So does a run that says it is running while nothing runs it: its execution was never started, or has ended; and a
    completed one makes the reports that it could not make. Who asked, when and why stays with the run.
    Raises NothingToRetry.
    """
    run = find(work, run_id)
    stopped = run.state is RunState.FAILED or (run.state is RunState.RUNNING and not is_executing(run))
    lacking = run.state is RunState.COMPLETED and _lacks_reports(work, run)
    if not (stopped or lacking):
        raise NothingToRetry("id", state=run.state.value)
    resumed = replace(
        run,
        state=RunState.RUNNING,
        execution=run.execution + 1,
        error="",
        resumed_by=work.context.actor.id,
        resumed_at=clock.now(),
        resume_reason=reason,
    )
    work.put(RUNS, resumed)
    work.afterwards(lambda: launch(work, resumed))
    return resumed


def _lacks_reports(work: UnitOfWork, run: ClosingRun) -> bool:
    later = (
        step for name in reports.LATER_STEPS for step in work.all(STEPS, run_id=run.id, prefix=f"{name}#")
    )
    return any(step.state not in DONE for step in later)


def cancel(work: UnitOfWork, run_id: str, reason: str) -> ClosingRun:
    """Give up a failed run that has not cut over. Raises CannotCancel once the date of any of its branches has moved.

    Should one move at the same moment, the transaction is refused and the question asked again.
    """
    run = find(work, run_id)
    if run.state is not RunState.FAILED or not cut_over.stand_still(work, run.branches, run.business_date):
        raise CannotCancel("id", state=run.state.value)
    lock = work.find(LOCK)
    if lock and lock.run_id == run.id:
        work.delete(LOCK, lock)
    return work.put(RUNS, replace(run, state=RunState.CANCELLED, error=reason, finished_at=clock.now()))


def skip(work: UnitOfWork, run_id: str, step: str, part: str, reason: str) -> StepRun:
    """Leave out a failed step for a reason that is kept. Raises StepNotSkippable, UnknownStep."""
    find(work, run_id)
    if step not in SKIPPABLE:
        raise StepNotSkippable("step", step=step)
    found = work.find(STEPS, run_id=run_id, step=step, part=part)
    if found is None:
        raise UnknownStep("step", step=step)
    if found.state is StepState.COMPLETED:
        raise StepNotSkippable("step", step=step)
    return work.put(
        STEPS,
        replace(
            found, state=StepState.SKIPPED, reason=reason, by=work.context.actor.id, finished_at=clock.now()
        ),
    )


def find(work: UnitOfWork, run_id: str) -> ClosingRun:
    """The run with this id. Raises UnknownRun."""
    run = work.find(RUNS, id=run_id)
    if run is None:
        raise UnknownRun("id")
    return run


def progress(work: UnitOfWork, run_id: str) -> Progress:
    """A run with all of its steps as they stand."""
    return Progress(find(work, run_id), list(work.all(STEPS, run_id=run_id)))


def recent(work: UnitOfWork) -> list[ClosingRun]:
    """Every run, the latest date first."""
    return sorted(work.all(RUNS), key=lambda run: (run.business_date, run.started_at), reverse=True)


def is_executing(run: ClosingRun) -> bool:
    """Whether the machine is at work on the run; one that is ``running`` and is not can be retried."""
    return run.state is RunState.RUNNING and _has_execution(run)


def _has_execution(run: ClosingRun) -> bool:
    """Whether the state machine is at work on the run's current execution."""
    machine = settings.closing_machine_arn()
    if not machine:
        return False
    execution = f"{machine.replace(':stateMachine:', ':execution:')}:{_execution_name(run)}"
    machines = aws.client("stepfunctions")
    try:
        found = machines.describe_execution(executionArn=execution)
    except machines.exceptions.ExecutionDoesNotExist:
        return False
    return found["status"] not in ENDED


def _execution_name(run: ClosingRun) -> str:
    return f"{run.id}-{run.execution}"


def launch(work: UnitOfWork, run: ClosingRun) -> None:
    """Start the state machine; if that fails, the run says so and can be retried. It may have been started before."""
    machines = aws.client("stepfunctions")
    try:
        machines.start_execution(
            stateMachineArn=settings.closing_machine_arn(),
            name=_execution_name(run),
            input=orjson.dumps({"tenant": work.tenant, "run_id": run.id}).decode(),
        )
    except machines.exceptions.ExecutionAlreadyExists:
        return
    except Exception as error:  # whatever it was, the run must not stay "running" with nothing that runs it
        log.exception("closing_not_started", tenant=work.tenant, run_id=run.id)
        reason = type(error).__name__
        attempts.run(work.fresh, lambda fresh: mark_failed(fresh, run.id, reason))


def mark_failed(work: UnitOfWork, run_id: str, error: str) -> None:
    """Say that a run stopped and why."""
    run = find(work, run_id)
    if run.state is RunState.RUNNING:
        work.put(RUNS, replace(run, state=RunState.FAILED, error=error[:500]))
