"""What a run of the end of day leaves on record: the run, its steps with their checkpoints, and the lock."""

from dataclasses import field
from datetime import date, datetime
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict, NotFound
from chalicelib.platform.closing.applications import Tally, Unit
from chalicelib.platform.storage.collection import Collection


class RunState(StrEnum):
    """Life of a run. A failed one goes on by the same command; cancelling is possible before anything was posted."""

    RUNNING = "running"
    FAILED = "failed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class StepState(StrEnum):
    """Life of a step."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    SKIPPED = "skipped"


class StartOfDay(StrEnum):
    """How far a run is with the start of the next day: before it, up to somebody, under way, stopped, done."""

    PENDING = "pending"
    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"
    COMPLETED = "completed"


class UnknownRun(NotFound):
    """No such run."""

    code = "unknown_run"


class RunInProgress(Conflict):
    """The tenant's day is being closed already."""

    code = "run_in_progress"


class NothingToRetry(Conflict):
    """Only a failed run can be retried."""

    code = "nothing_to_retry"


class CannotCancel(Conflict):
    """Something has been posted by this run; it can only be finished."""

    code = "cannot_cancel"


class EndOfDayNotComplete(Conflict):
    """A day starts only after the end of the one before is complete."""

    code = "end_of_day_not_complete"


class StartOfDayRunning(Conflict):
    """The day is being started already."""

    code = "start_of_day_running"


class StartOfDayPending(Conflict):
    """The day was never started, so it cannot be closed."""

    code = "start_of_day_pending"


@dataclass(frozen=True, slots=True)
class ClosingRun:
    """One closing of one business date for the branches that stand on it; ``resumed_*`` tell of its last retry.

    Where it ``opens_on_request`` it is complete before the next day is started; ``opening_*`` tell who asked for that,
    and ``opened_at`` when it was done.
    """

    id: str
    business_date: date
    open_date: date
    branches: tuple[str, ...]
    state: RunState
    started_by: str
    started_at: datetime
    planned: bool = False
    pieces: int = 0
    records: int = 0
    execution: int = 1
    finished_at: datetime | None = None
    error: str = ""
    resumed_by: str = ""
    resumed_at: datetime | None = None
    resume_reason: str = ""
    opens_on_request: bool = False
    opening_requested_by: str = ""
    opening_requested_at: datetime | None = None
    opened_at: datetime | None = None
    version: int = 0

    @property
    def opens(self) -> bool:
        """Whether the next day is to be started now, or was."""
        return not self.opens_on_request or self.opening_requested_at is not None

    @property
    def start_of_day(self) -> StartOfDay:
        """How far the start of the next day is."""
        complete = self.state is RunState.COMPLETED
        if self.opened_at or (complete and self.opens):
            return StartOfDay.COMPLETED
        if self.opening_requested_at:
            return StartOfDay(self.state.value)
        return StartOfDay.WAITING if complete else StartOfDay.PENDING


@dataclass(frozen=True, slots=True)
class StepRun:
    """One step of a run, for a piece or a branch or the whole: its checkpoint and what it did."""

    run_id: str
    step: str
    part: str
    state: StepState
    units: tuple[Unit, ...] = ()
    attempts: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None
    tally: Tally = field(default_factory=Tally)
    error: str = ""
    reason: str = ""
    by: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class RunLock:
    """Held while a run is under way, so that there is one at a time."""

    run_id: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class WaitingDay:
    """A date that branches stand on and that was not started: which run opens it. Until then it cannot be closed."""

    run_id: str
    open_date: date
    branches: tuple[str, ...]
    version: int = 0


RUNS = Collection(ClosingRun, table="core", partition="closing#runs", sort="{id}", audited=True)
STEPS = Collection(StepRun, table="core", partition="closing#steps#{run_id}", sort="{step}#{part}")
LOCK = Collection(RunLock, table="core", partition="closing#lock", sort="lock")
WAITING = Collection(WaitingDay, table="core", partition="closing#waiting", sort="{run_id}")
