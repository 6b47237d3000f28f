"""What a run of the end of day leaves on record: the run, its steps with their checkpoints, and the lock."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class ClosingRun:
    """One closing of one business date for the branches that stand on it; ``resumed_*`` tell of its last retry."""

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
    version: int = 0


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


RUNS = Collection(ClosingRun, table="core", partition="closing#runs", sort="{id}", audited=True)
STEPS = Collection(StepRun, table="core", partition="closing#steps#{run_id}", sort="{step}#{part}")
LOCK = Collection(RunLock, table="core", partition="closing#lock", sort="lock")
