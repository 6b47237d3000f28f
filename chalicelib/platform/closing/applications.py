"""The register of applications that close: what each declares, the end of day does (DESIGN §7)."""

from collections.abc import Callable
from dataclasses import field
from datetime import date, timedelta
from typing import Any, Protocol

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform import declared
from chalicelib.platform.closing.dues import Due
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ClosingDay:
    """The day that is being closed, what it covers, and the day that is open meanwhile."""

    business_date: date
    open_date: date

    @property
    def covered_until(self) -> date:
        """The last calendar day that this close accrues: the eve of the next business date."""
        return self.open_date - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest part of an application's records that a piece can be given: a shard of a branch."""

    application: str
    branch: str
    shard: int
    records: int


@dataclass(slots=True)
class Tally:
    """What a step did: counts that must add up, and sums by branch, product and currency.

    ``sums`` maps ``branch|product|currency`` to named integers; sums of tallies are tallies.
    """

    read: int = 0
    processed: int = 0
    skipped: int = 0
    failed: int = 0
    sums: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, key: str, **amounts: int) -> None:
        """Add named amounts under a key."""
        row = self.sums.setdefault(key, {})
        for name, amount in amounts.items():
            row[name] = row.get(name, 0) + amount

    def plus(self, other: "Tally") -> "Tally":
        """The sum of two tallies."""
        result = Tally(
            self.read + other.read,
            self.processed + other.processed,
            self.skipped + other.skipped,
            self.failed + other.failed,
            {key: dict(row) for key, row in self.sums.items()},
        )
        for key, row in other.sums.items():
            result.add(key, **row)
        return result


class Unfinished(Exception):
    """Some of a step's records could not be done: what was, and what stopped the first of the others."""

    def __init__(self, tally: Tally, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons[:5]))
        self.tally = tally


class Settle(Protocol):
    """Post a branch's totals."""

    def __call__(self, work: UnitOfWork, branch: str, day: ClosingDay, tally: Tally) -> None: ...


class Conclude(Protocol):
    """Make the entries of a day that follow from its balances, for all branches that close together."""

    def __call__(self, run: "PieceRun", branches: tuple[str, ...], /) -> Tally: ...


class Open(Protocol):
    """Do what a branch's new day begins with."""

    def __call__(self, work: UnitOfWork, branch: str, day: ClosingDay) -> Tally: ...


@dataclass(frozen=True, slots=True)
class Application:
    """A module's part in the end of day.

    ``units(work, branch)`` says what there is to read; ``close(run, units)`` visits every record of some units and
    answers a tally; ``settle(work, branch, day, tally)`` posts a branch's totals; ``conclude(run, branches)`` makes the
    entries that follow from the day's balances once every branch has its totals; ``open`` runs at the start of the
    next day for a branch; ``owes(tally)`` gives what the ledger must show: (branch, role, product, currency) → minor;
    ``roles`` are those under which the ledger may show nothing else. ``apply_due(work, due)`` carries out one of its
    dues, which a start of day gives it; ``refuse_due`` is told of one that could not be, with its problem.
    ``issue(run, units)`` comes last, once the day is open: it issues what is due to people, such as statements, for the
    pieces whose tally counted ``issues``.
    """

    name: str
    units: Callable[[UnitOfWork, str], list[Unit]]
    close: Callable[["PieceRun", list[Unit]], Tally]
    settle: Settle
    owes: Callable[[Tally], dict[tuple[str, str, str, str], int]]
    roles: tuple[str, ...] = ()
    conclude: Conclude | None = None
    open: Open | None = None
    after: tuple[str, ...] = ()
    apply_due: Callable[[UnitOfWork, Due], None] | None = None
    refuse_due: Callable[[UnitOfWork, Due], None] | None = None
    issue: Callable[["PieceRun", list[Unit]], Tally] | None = None


@dataclass(frozen=True, slots=True)
class PieceRun:
    """What a piece's work is given: the day, and how to make a fresh operation for each record it must write."""

    day: ClosingDay
    work: Callable[[], UnitOfWork]
    commit: Callable[[Callable[[UnitOfWork], Any]], Any]


_APPLICATIONS: dict[str, Application] = {}


def register_application(application: Application) -> None:
    """Declare a module's part in the end of day."""
    _APPLICATIONS[application.name] = application


def applications() -> list[Application]:
    """Every declared application, those that come after others behind them."""
    declared.load("closing")
    ordered: list[Application] = []
    waiting = sorted(_APPLICATIONS.values(), key=lambda application: application.name)
    while waiting:
        names = {application.name for application in waiting}
        ready = [application for application in waiting if not names & set(application.after)]
        ordered += ready or waiting
        waiting = [application for application in waiting if application not in ordered]
    return ordered


def application_named(name: str) -> Application:
    """The application with this name."""
    declared.load("closing", name)
    return _APPLICATIONS[name]
