"""Cut-over: the branches' business date moves on, in one write, before anything is closed."""

from dataclasses import replace
from datetime import date

from chalicelib.platform.closing.branches import branch_codes, calendar_of
from chalicelib.platform.posting.days import GATES, GATES_PER_BRANCH, Gate, UnknownBranch, all_gates
from chalicelib.platform.work import UnitOfWork

BRANCHES_PER_WRITE = 100 // GATES_PER_BRANCH
MAX_BATCH = 100


def branches_to_close(work: UnitOfWork, today: date) -> tuple[date, date, tuple[str, ...]]:
    """(date to close, date that opens, branches that stand on it): the earliest date that any branch stands on."""
    gates = _gates(work, today)
    if not gates:
        raise UnknownBranch("business_date", reason="none_open")
    earliest = min(gate.business_date for gate in gates)
    following = min(gate.next_date for gate in gates if gate.business_date == earliest)
    together = tuple(
        gate.branch for gate in gates if gate.business_date == earliest and gate.next_date == following
    )
    return earliest, following, together


def all_have_closed(work: UnitOfWork, closing: date) -> bool:
    """Whether no branch stands on a date any more, so that all of them together are one day's figures."""
    return all(gate.business_date > closing for gate in _gates(work, closing))


def _gates(work: UnitOfWork, on: date) -> list[Gate]:
    """One copy of the date of each branch that has begun."""
    codes = branch_codes(work.config, on)
    for first in range(0, len(codes), MAX_BATCH):
        work.load([(GATES, {"branch": branch, "number": 0}) for branch in codes[first : first + MAX_BATCH]])
    return [gate for branch in codes if (gate := work.find(GATES, branch=branch, number=0))]


def groups(branches: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The branches in groups that one write can move together."""
    return [
        branches[first : first + BRANCHES_PER_WRITE] for first in range(0, len(branches), BRANCHES_PER_WRITE)
    ]


def stand_still(work: UnitOfWork, branches: tuple[str, ...], closing: date) -> bool:
    """Whether none of these branches has left the date; if so, the transaction holds only while that is true.

    One copy of one branch of each group stands for the group in the transaction, since ``move`` moves all copies of
    all branches of a group in one write.
    """
    for group in groups(branches):
        work.load([(GATES, {"branch": code, "number": n}) for code in group for n in range(GATES_PER_BRANCH)])
        if any(gate.business_date > closing for branch in group for gate in all_gates(work, branch)):
            return False
        first = work.get(GATES, branch=group[0], number=0)
        work.check(GATES, first, business_date=first.business_date)
    return True


def move(work: UnitOfWork, branches: tuple[str, ...], closing: date) -> int:
    """Move the date of these branches from the one that closes to their next; answers how many moved now."""
    moved = 0
    for branch in branches:
        for gate in all_gates(work, branch):
            if gate.business_date != closing:
                continue
            following = calendar_of(work.config, branch, gate.next_date).next(gate.next_date)
            work.put(
                GATES, replace(gate, previous_date=closing, business_date=gate.next_date, next_date=following)
            )
            moved += gate.number == 0
    return moved
