"""Each branch's business date, held in several equal copies ("gates").

A posting reads one copy and makes its transaction depend on it; the cut-over moves all copies in one write. So no
posting can slip into a day that has been cut over, and no single item is touched by every posting (ADR 0003).
"""

from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict, Invalid
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.work import UnitOfWork

GATES_PER_BRANCH = 8


class UnknownBranch(Invalid):
    """No branch has this code, or it has no business date yet."""

    code = "unknown_branch"


class ClosedDate(Conflict):
    """The date has been closed (or is not open yet) for this branch."""

    code = "closed_date"


@dataclass(frozen=True, slots=True)
class Gate:
    """One copy of a branch's business date. ``previous_date`` is the one being closed or closed last."""

    branch: str
    number: int
    business_date: date
    previous_date: date
    next_date: date
    version: int = 0


GATES = Collection(Gate, table="core", partition="day#{branch}", sort="gate#{number:02d}")


def gate_of(work: UnitOfWork, branch: str, spread: str = "") -> Gate:
    """The copy of the branch's date that this ``spread`` (any text) falls on. Raises UnknownBranch."""
    gate = work.find(GATES, branch=branch, number=gate_number(spread))
    if gate is None:
        raise UnknownBranch("branch", branch=branch)
    return gate


def gate_number(spread: str) -> int:
    """Which copy a text falls on."""
    return sum(spread.encode()) % GATES_PER_BRANCH


def business_date(work: UnitOfWork, branch: str) -> date:
    """The branch's current business date."""
    return gate_of(work, branch).business_date


def open_branch(work: UnitOfWork, branch: str, first: date, previous: date, following: date) -> None:
    """Give a new branch its first business date."""
    for number in range(GATES_PER_BRANCH):
        work.put(GATES, Gate(branch, number, first, previous, following))


def all_gates(work: UnitOfWork, branch: str) -> list[Gate]:
    """Every copy of a branch's date, read in one call."""
    work.load([(GATES, {"branch": branch, "number": number}) for number in range(GATES_PER_BRANCH)])
    return [work.get(GATES, branch=branch, number=number) for number in range(GATES_PER_BRANCH)]
