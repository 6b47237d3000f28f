"""The steps that the state machine calls. Each is idempotent: what has a checkpoint is not done again."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError, Conflict
from chalicelib.modules.accounting import public as accounting
from chalicelib.platform import attempts, clock
from chalicelib.platform.access.authentication import store_of
from chalicelib.platform.closing import start_of_day
from chalicelib.platform.closing.applications import (
    ClosingDay,
    PieceRun,
    Tally,
    Unfinished,
    application_named,
    applications,
)
from chalicelib.platform.closing.control import CONTROL_KIND, ClosingControl
from chalicelib.platform.closing.planning import plan_pieces, shared_out
from chalicelib.platform.closing.runs import (
    RUNS,
    STEPS,
    ClosingRun,
    RunState,
    StepRun,
    StepState,
    UnknownRun,
)
from chalicelib.platform.context import Actor, ActorKind, Context
from chalicelib.platform.observability import log
from chalicelib.platform.parameters.snapshot import Snapshot, snapshot_of
from chalicelib.platform.storage.store import Store
from chalicelib.platform.tenancy import TENANTS, Tenant
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import cut_over, opening, reports, service
from chalicelib.workflows.end_of_day.machine import INLINE_PIECES
from chalicelib.workflows.end_of_day.proof import prove_books

T = TypeVar("T")
BETWEEN = " "
"""Between the branches of one part."""


class RunNotUnderWay(Conflict):
    """The run was cancelled or has failed; a late call of the state machine does nothing."""

    code = "run_not_under_way"


@dataclass(frozen=True, slots=True)
class Job:
    """One call of the state machine: whose run, and how to work on it."""

    store: Store
    tenant: Tenant
    config: Snapshot
    run_id: str
    part: str

    def work(self) -> UnitOfWork:
        """A fresh unit of work of the bank itself."""
        context = Context(
            tenant=self.tenant.context(),
            actor=Actor(ActorKind.SYSTEM, "closing", "closing", ("*",), branch_scope="all"),
            request_id=self.run_id,
            channel="system",
            language=self.tenant.default_language,
        )
        return UnitOfWork(self.store, context, self.config)

    def commit(self, operation: Callable[[UnitOfWork], T]) -> T:
        """Do something in a transaction of its own."""
        return attempts.run(self.work, operation)

    @property
    def run(self) -> ClosingRun:
        return service.find(self.work(), self.run_id)

    @property
    def day(self) -> ClosingDay:
        run = self.run
        return ClosingDay(run.business_date, run.open_date)


def run(event: dict[str, Any]) -> dict[str, Any]:
    """Do the step that an event of the state machine names."""
    job = job_of(event)
    log.info("closing_step", tenant=job.tenant.code, run_id=job.run_id, task=event["task"], part=job.part)
    return TASKS[event["task"]](job, event)


def job_of(event: dict[str, Any], store: Store | None = None) -> Job:
    """The job an event describes; ``store`` stands in for the tenant's own in tests."""
    store = store or store_of(event["tenant"])
    item = store.get(*TENANTS.key(event["tenant"]))
    if item is None:
        raise UnknownRun("tenant")
    tenant = TENANTS.decode(item)
    return Job(
        store, tenant, snapshot_of(store, tenant.config_version), event["run_id"], event.get("part", "")
    )


def begin(job: Job, event: dict[str, Any]) -> dict[str, Any]:
    """Cut over, then plan: answers the pieces, then the branches whose ledgers close and whose days open.

    These go in no more groups than there may be pieces at once, so that no step runs wider than the bank allows. A run
    that waits to be asked to open the day opens none, and one that was asked does nothing else.
    """
    run = job.run
    if run.state not in (RunState.RUNNING, RunState.COMPLETED):
        raise RunNotUnderWay("id", state=run.state.value)
    for branches in cut_over.groups(run.branches):
        job.commit(partial(cut_over.move, branches=branches, closing=run.business_date))
    planned = list(job.work().all(STEPS, run_id=run.id, prefix="close#"))
    if not run.planned:
        planned = _plan(job, run, planned)
    control: ClosingControl = job.work().config.main(CONTROL_KIND, run.business_date)
    together = [BETWEEN.join(group) for group in shared_out(run.branches, control.most_pieces)]
    pieces = [] if run.opening_requested_at else [step.part for step in planned]
    return {
        "pieces": pieces,
        "many": len(pieces) > INLINE_PIECES,
        "ledgers": [] if run.opening_requested_at else together,
        "openings": together if run.opens and _has_openings() else [],
    }


def _has_openings() -> bool:
    return any(application.open or application.apply_due for application in applications())


def _plan(job: Job, run: ClosingRun, half_made: list[StepRun]) -> list[StepRun]:
    """Write the pieces, then say in the run that the plan is whole; a plan that was half written is made anew."""
    for step in half_made:
        job.commit(partial(_forget, step=step))
    work = job.work()
    control: ClosingControl = work.config.main(CONTROL_KIND, run.business_date)
    units = [
        unit
        for application in applications()
        if application.name in job.tenant.modules
        for branch in run.branches
        for unit in application.units(work, branch)
    ]
    pieces = plan_pieces(units, control.most_pieces, control.target_records)
    steps = [
        StepRun(run.id, "close", f"{number:04d}", StepState.PENDING, tuple(piece))
        for number, piece in enumerate(pieces)
    ]
    for first in range(0, len(steps), 50):
        job.commit(partial(_put_steps, steps=steps[first : first + 50]))
    _expect(job, opening.steps_of(run) if _has_openings() else [])
    records = sum(unit.records for unit in units)
    job.commit(
        lambda fresh: fresh.put(
            RUNS, replace(fresh.get(RUNS, id=run.id), pieces=len(steps), records=records, planned=True)
        )
    )
    return steps


def _forget(work: UnitOfWork, step: StepRun) -> None:
    known = work.find(STEPS, run_id=step.run_id, step=step.step, part=step.part)
    if known:
        work.delete(STEPS, known)


def _put_steps(work: UnitOfWork, steps: list[StepRun]) -> None:
    for step in steps:
        work.put(STEPS, step)


def _expect(job: Job, steps: list[StepRun]) -> None:
    """Show steps that are still to begin."""
    for first in range(0, len(steps), 50):
        job.commit(partial(_put_missing, steps=steps[first : first + 50]))


def _put_missing(work: UnitOfWork, steps: list[StepRun]) -> None:
    for step in steps:
        if work.find(STEPS, run_id=step.run_id, step=step.step, part=step.part) is None:
            work.put(STEPS, step)


def piece(job: Job, event: dict[str, Any]) -> dict[str, Any]:
    """Close the units of one piece."""

    def closing(step: StepRun) -> Tally:
        run = PieceRun(job.day, job.work, job.commit)
        tally = Tally()
        for name in dict.fromkeys(unit.application for unit in step.units):
            mine = [unit for unit in step.units if unit.application == name]
            tally = tally.plus(_labelled(name, application_named(name).close(run, mine)))
        return tally

    return _once(job, "close", job.part, closing)


def each_branch(step: Callable[[Job], dict[str, Any]], job: Job, event: dict[str, Any]) -> dict[str, Any]:
    """Do a step of one branch for each branch of the part; one that fails ends the rest, a retry goes on there."""
    done: dict[str, Any] = {}
    for branch in job.part.split(BETWEEN):
        done = step(replace(job, part=branch))
    return {**done, "part": job.part}


def settle(job: Job) -> dict[str, Any]:
    """Post a branch's totals."""

    def settling(step: StepRun) -> Tally:
        work = job.work()
        found = tallies(work, job.run_id)
        for application in applications():
            if application.name in work.context.tenant.modules:
                tally = found.get(application.name, Tally())
                job.commit(partial(application.settle, branch=job.part, day=job.day, tally=tally))
        return Tally(read=1, processed=1)

    return _once(job, "settle", job.part, settling)


def conclude(job: Job, event: dict[str, Any]) -> dict[str, Any]:
    """What follows from the day's balances, when every branch has its totals and no ledger is closed yet."""

    def concluding(step: StepRun) -> Tally:
        run, branches, tally = PieceRun(job.day, job.work, job.commit), job.run.branches, Tally()
        for application in applications():
            if application.conclude and application.name in job.tenant.modules:
                tally = tally.plus(application.conclude(run, branches))
        return tally

    return _once(job, "conclude", "all", concluding)


def ledger(job: Job) -> dict[str, Any]:
    """Close a branch's ledger."""

    def closing(step: StepRun) -> Tally:
        job.commit(lambda work: accounting.close_ledger(work, job.part, job.day.business_date))
        return Tally(read=1, processed=1)

    return _once(job, "ledger", job.part, closing)


def prove(job: Job, event: dict[str, Any]) -> dict[str, Any]:
    """Debits equal credits, sub-ledgers equal the ledger, every record was visited; or the run fails."""
    return _once(
        job, "prove", "all", lambda _: prove_books(job.work(), job.run, tallies(job.work(), job.run_id))
    )


def open_branch(job: Job) -> dict[str, Any]:
    """What a branch's new day begins with: the applications' own work, then everything that is due."""

    def opening(step: StepRun) -> Tally:
        tally = Tally()
        for application in applications():
            if application.open:
                tally = tally.plus(job.commit(partial(application.open, branch=job.part, day=job.day)))
        return tally.plus(start_of_day.carry_out(PieceRun(job.day, job.work, job.commit), job.part))

    return _once(job, "open", job.part, opening)


def due_reports(job: Job, event: dict[str, Any]) -> dict[str, Any]:
    """Note which reports are due and for which pieces something is issued; answers their steps."""
    steps = reports.due_steps(job.work(), job.run)
    _expect(job, steps)
    return {"reports": [f"{step.step}/{step.part}" for step in steps]}


def report(job: Job, event: dict[str, Any]) -> dict[str, Any]:
    """Make the reports of a branch, or issue what is due for a piece; a failure is noted and stops nothing."""
    step, _, part = job.part.partition("/")
    action = reports.make_reports if step == reports.REPORT else reports.issue
    try:
        return _once(job, step, part, partial(action, PieceRun(job.day, job.work, job.commit)))
    except Exception:
        log.exception("report_step_failed", run_id=job.run_id, step=step, part=part)
        return {"part": part, "state": StepState.FAILED.value}


def finish(job: Job, event: dict[str, Any]) -> dict[str, Any]:
    """The run is complete; another may start."""
    job.commit(partial(opening.complete, run_id=job.run_id))
    return {"state": "completed"}


def failed(job: Job, event: dict[str, Any]) -> dict[str, Any]:
    """The state machine gave up on a step."""
    error = event.get("error") or {}
    reason = (
        str(error.get("Cause") or error.get("Error") or "failed") if isinstance(error, dict) else str(error)
    )
    job.commit(lambda work: service.mark_failed(work, job.run_id, reason))
    return {"state": "failed"}


def tallies(work: UnitOfWork, run_id: str) -> dict[str, Tally]:
    """What the pieces found, by application."""
    found: dict[str, Tally] = {}
    for step in work.all(STEPS, run_id=run_id, prefix="close#"):
        for key, sums in step.tally.sums.items():
            name, _, rest = key.partition(":")
            found.setdefault(name, Tally()).add(rest, **sums)
    return found


def _labelled(name: str, tally: Tally) -> Tally:
    return replace(tally, sums={f"{name}:{key}": sums for key, sums in tally.sums.items()})


def _once(job: Job, step: str, part: str, action: Callable[[StepRun], Tally]) -> dict[str, Any]:
    """Do a step unless its checkpoint says it is done, and leave the checkpoint."""

    def started(work: UnitOfWork) -> StepRun:
        known = work.find(STEPS, run_id=job.run_id, step=step, part=part) or StepRun(
            job.run_id, step, part, StepState.PENDING
        )
        if known.state in (StepState.COMPLETED, StepState.SKIPPED):
            return known
        begun = replace(
            known, state=StepState.RUNNING, attempts=known.attempts + 1, started_at=clock.now(), error=""
        )
        return work.put(STEPS, begun)

    record = job.commit(started)
    if record.state in (StepState.COMPLETED, StepState.SKIPPED):
        return {"part": part, "state": record.state.value}
    try:
        tally = action(record)
    except Exception as error:
        _note_failure(job, record, error)
        raise
    job.commit(lambda work: _note(work, record, StepState.COMPLETED, tally, ""))
    return {"part": part, "state": "completed"}


def _note(work: UnitOfWork, record: StepRun, state: StepState, tally: Tally, error: str) -> None:
    current = work.get(STEPS, run_id=record.run_id, step=record.step, part=record.part)
    if current.state in (StepState.COMPLETED, StepState.SKIPPED):
        return
    work.put(STEPS, replace(current, state=state, tally=tally, error=error, finished_at=clock.now()))


def _note_failure(job: Job, record: StepRun, error: Exception) -> None:
    reason = f"{error.code}: {error}" if isinstance(error, BankError) else type(error).__name__
    tally = Tally()
    if isinstance(error, Unfinished):
        reason, tally = str(error), error.tally
    try:
        job.commit(lambda work: _note(work, record, StepState.FAILED, tally, reason[:500]))
    except Exception:  # the failure itself is what must be reported
        log.exception("closing_step_not_noted", run_id=job.run_id, step=record.step, part=record.part)


TASKS: dict[str, Callable[[Job, dict[str, Any]], dict[str, Any]]] = {
    "begin": begin,
    "piece": piece,
    "settle": partial(each_branch, settle),
    "conclude": conclude,
    "ledger": partial(each_branch, ledger),
    "prove": prove,
    "open": partial(each_branch, open_branch),
    "due_reports": due_reports,
    "report": report,
    "finish": finish,
    "failed": failed,
}

CLOSE = (
    ("piece", "pieces"),
    ("settle", "ledgers"),
    ("conclude", ""),
    ("ledger", "ledgers"),
    ("prove", ""),
    ("open", "openings"),
)
"""The tasks of a close after ``begin`` in the machine's order, and which list of the plan their parts are."""


def in_order(plan: dict[str, Any], until: str = "open") -> Iterator[tuple[str, str]]:
    """(task, part) of a close, one after another, for whoever drives it without the machine."""
    for task, listed in CLOSE:
        for part in plan[listed] if listed else ("",):
            yield task, part
        if task == until:
            return
