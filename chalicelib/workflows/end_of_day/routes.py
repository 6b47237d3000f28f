"""The routes by which operators run and watch the end of day."""

from datetime import date, datetime

from pydantic import Field

from chalicelib.platform.access.errors import OutsideBranchScope
from chalicelib.platform.closing import dues
from chalicelib.platform.closing.dues import Due
from chalicelib.platform.closing.runs import ClosingRun, RunState, StepRun
from chalicelib.platform.http.payload import Payload, View
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import opening, service

routes = Routes("platform")
READ, RUN, SKIP = "platform.read_closing", "platform.run_closing", "platform.skip_closing_step"


class StartRun(Payload):
    """Which date to close; it must be the one that is due."""

    business_date: date | None = None


class SkipStep(Payload):
    """A failed step to leave out, and why."""

    step: str = Field(max_length=20)
    part: str = Field(max_length=20)
    reason: str = Field(min_length=3, max_length=200)


class RetryRun(Payload):
    """Why a run goes on, where there is more to say than that its cause is gone."""

    reason: str = Field("", max_length=200)


class CancelRun(Payload):
    """Why a run is given up."""

    reason: str = Field(min_length=3, max_length=200)


class StepView(View):
    """A step of a run: what it is for, how far it came, and what stopped it."""

    step: str
    part: str
    branches: list[str]
    state: str
    planned: int
    read: int
    processed: int
    skipped: int
    failed: int
    attempts: int
    started_at: datetime | None
    finished_at: datetime | None
    error: str
    reason: str

    @staticmethod
    def of(step: StepRun) -> "StepView":
        """The view of a step."""
        tally = step.tally
        return StepView(
            step=step.step,
            part=step.part,
            branches=sorted({unit.branch for unit in step.units}) or [step.part],
            state=step.state.value,
            planned=sum(unit.records for unit in step.units),
            read=tally.read,
            processed=tally.processed,
            skipped=tally.skipped,
            failed=tally.failed,
            attempts=step.attempts,
            started_at=step.started_at,
            finished_at=step.finished_at,
            error=step.error,
            reason=step.reason,
        )


class RunView(View):
    """A run of the end of day.

    ``executing`` says whether the machine is at work on it now: a run that is ``running`` and not executing was
    interrupted, and can be retried. ``lacking`` counts what a retry of a completed one would still report or issue.
    ``start_of_day`` says how far the start of ``open_date`` is: ``waiting`` where the end of day is complete and
    somebody has to ask for it.
    """

    id: str
    business_date: date
    open_date: date
    branches: list[str]
    state: str
    executing: bool
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    pieces: int
    records: int
    done: int = 0
    lacking: int = 0
    executions: int
    error: str
    resumed_by: str
    resumed_at: datetime | None
    resume_reason: str
    start_of_day: str
    opening_requested_by: str
    opening_requested_at: datetime | None
    opened_at: datetime | None
    steps: list[StepView] = []
    version: int

    @staticmethod
    def of(
        run: ClosingRun,
        done: int = 0,
        steps: list[StepRun] | None = None,
        lacking: int = 0,
        begun: bool = False,
    ) -> "RunView":
        """The view of a run, with its steps where they were read; ``begun``: the machine starts with this answer."""
        return RunView(
            id=run.id,
            business_date=run.business_date,
            open_date=run.open_date,
            branches=list(run.branches),
            state=run.state.value,
            executing=run.state is RunState.RUNNING if begun else service.is_executing(run),
            started_by=run.started_by,
            started_at=run.started_at,
            finished_at=run.finished_at,
            pieces=run.pieces,
            records=run.records,
            done=done,
            lacking=lacking,
            executions=run.execution,
            error=run.error,
            resumed_by=run.resumed_by,
            resumed_at=run.resumed_at,
            resume_reason=run.resume_reason,
            start_of_day=run.start_of_day.value,
            opening_requested_by=run.opening_requested_by,
            opening_requested_at=run.opening_requested_at,
            opened_at=run.opened_at,
            steps=[StepView.of(step) for step in steps or ()],
            version=run.version,
        )


class DuesQuery(Payload):
    """Of which branch; with a date, what that start of day settled, else what waits."""

    branch: str = Field(pattern=r"^[1-9][0-9]{0,4}$")
    settled_on: date | None = None


class DueView(View):
    """Something that a start of day carries out, and what became of it."""

    id: str
    application: str
    kind: str
    branch: str
    due_on: date
    state: str
    tries: int
    tried_on: date | None
    problem: str

    @staticmethod
    def of(due: Due) -> "DueView":
        """The view of a due."""
        return DueView(
            id=due.id,
            application=due.application,
            kind=due.kind,
            branch=due.branch,
            due_on=due.due_on,
            state=due.state.value,
            tries=due.tries,
            tried_on=due.tried_on,
            problem=due.problem,
        )


class DueList(View):
    """Dues of a branch in order of date."""

    items: list[DueView]


class RunList(View):
    """Runs, the latest first."""

    items: list[RunView]
    next_cursor: str | None = None


@routes.get("/closing-runs", permission=READ, response=RunList)
def list_closing_runs(work: UnitOfWork) -> RunList:
    """The runs of the end of day."""
    return RunList(items=[RunView.of(run) for run in service.recent(work)])


@routes.post("/closing-runs", permission=RUN, request=StartRun, response=RunView, status=202)
def start_closing_run(work: UnitOfWork, body: StartRun) -> RunView:
    """Close the day that is due."""
    return RunView.of(service.start(work, body.business_date), begun=True)


@routes.get("/closing-runs/{run_id}", permission=READ, response=RunView)
def read_closing_run(work: UnitOfWork, run_id: str) -> RunView:
    """A run with the progress of every step."""
    progress = service.progress(work, run_id)
    return RunView.of(progress.run, progress.done, progress.steps, progress.lacking)


@routes.post("/closing-runs/{run_id}/retries", permission=RUN, request=RetryRun, response=RunView, status=202)
def retry_closing_run(work: UnitOfWork, run_id: str, body: RetryRun) -> RunView:
    """Go on with a failed run."""
    return RunView.of(service.retry(work, run_id, body.reason), begun=True)


@routes.post("/closing-runs/{run_id}/cancellations", permission=RUN, request=CancelRun, response=RunView)
def cancel_closing_run(work: UnitOfWork, run_id: str, body: CancelRun) -> RunView:
    """Give up a run that has not cut over."""
    return RunView.of(service.cancel(work, run_id, body.reason))


@routes.post("/closing-runs/{run_id}/starts-of-day", permission=RUN, response=RunView, status=202)
def request_start_of_day(work: UnitOfWork, run_id: str) -> RunView:
    """Start the day that a completed run opens."""
    return RunView.of(opening.request(work, run_id), begun=True)


@routes.post("/closing-runs/{run_id}/skips", permission=SKIP, request=SkipStep, response=StepView)
def skip_closing_step(work: UnitOfWork, run_id: str, body: SkipStep) -> StepView:
    """Leave out a failed step."""
    return StepView.of(service.skip(work, run_id, body.step, body.part, body.reason))


@routes.get("/dues", permission=READ, query=DuesQuery, response=DueList)
def list_dues(work: UnitOfWork, query: DuesQuery) -> DueList:
    """What waits for a start of day in a branch, or what one settled."""
    if not work.context.actor.sees_branch(query.branch):
        raise OutsideBranchScope("branch")
    return DueList(items=[DueView.of(due) for due in dues.listed(work, query.branch, query.settled_on)])
