"""Dues: what a close, or an order for a later day, prepares and the start of a day carries out (ADR 0011).

A due is written in the transaction of what it comes from, under an id derived from its key, so that it is written once.
It waits in its branch until the start of the first day on or after ``due_on``; then its application carries it out in a
transaction of its own, which also says that it was. What is refused stays, with the problem, and is tried again at the
next start of day, ``most_tries`` times where that is limited.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.identifiers import derived_id
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.work import UnitOfWork

WAITING = "waiting"
MOST_LISTED = 1000


class DueSettled(Conflict):
    """The due was carried out, given up or cancelled before."""

    code = "due_settled"


class DueState(StrEnum):
    """Life of a due. A failed one waits for its next try, if it has one left."""

    PENDING = "pending"
    APPLIED = "applied"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Due:
    """Something to carry out in a branch at the start of a day. ``payload`` is its application's own.

    ``most_tries`` is zero where it is tried until it succeeds; ``problem`` is the code of what refused the last try.
    """

    id: str
    application: str
    kind: str
    branch: str
    due_on: date
    payload: dict[str, Any]
    most_tries: int = 0
    state: DueState = DueState.PENDING
    tries: int = 0
    tried_on: date | None = None
    problem: str = ""
    version: int = 0

    @property
    def waits(self) -> bool:
        """Whether some start of day has still to carry it out."""
        if self.state is DueState.FAILED:
            return not self.most_tries or self.tries < self.most_tries
        return self.state is DueState.PENDING


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a due stands in its branch's lists: what waits, in order of date, and what each day settled.

    ``listed`` is ``waiting`` or the business date that settled it.
    """

    branch: str
    listed: str
    due_on: date
    due_id: str
    state: DueState = DueState.PENDING
    tried_on: date | None = None
    version: int = 0


DUES = Collection(Due, table="core", partition="due#{id}", sort="due", audited=True)
LISTINGS = Collection(Listing, table="core", partition="dues#{branch}#{listed}", sort="{due_on}#{due_id}")


def prepare(
    work: UnitOfWork,
    application: str,
    kind: str,
    branch: str,
    due_on: date,
    *,
    key: tuple[str, ...],
    payload: dict[str, Any],
    most_tries: int = 0,
) -> Due:
    """Put a due into the operation's transaction; the one that was prepared under the same key before, if any."""
    due = Due(
        id=derived_id("due", work.tenant, application, kind, *key),
        application=application,
        kind=kind,
        branch=branch,
        due_on=due_on,
        payload=payload,
        most_tries=most_tries,
    )
    known = work.find(DUES, id=due.id)
    if known:
        return known
    work.put(LISTINGS, Listing(branch, WAITING, due_on, due.id))
    return work.put(DUES, due)


def cancel(work: UnitOfWork, due_id: str) -> Due:
    """Take back a due that waits. Raises DueSettled."""
    due = work.get(DUES, id=due_id)
    if not due.waits:
        raise DueSettled("id", state=due.state.value)
    return _moved(work, replace(due, state=DueState.CANCELLED), None)


def applied(work: UnitOfWork, due: Due, on: date) -> Due:
    """Say that a due was carried out, in the transaction that did it."""
    done = replace(due, state=DueState.APPLIED, tries=due.tries + 1, tried_on=on, problem="")
    return _moved(work, done, on)


def refused(work: UnitOfWork, due: Due, on: date, problem: str) -> Due:
    """Say that a due could not be carried out and why; it goes on waiting if it has a try left."""
    failed = replace(due, state=DueState.FAILED, tries=due.tries + 1, tried_on=on, problem=problem)
    return _moved(work, failed, on)


def waiting(work: UnitOfWork, branch: str, until: date) -> Iterator[Listing]:
    """What waits in a branch for a start of day up to a date, the earliest first."""
    return work.all(LISTINGS, branch=branch, listed=WAITING, between=("0", f"{until.isoformat()}#~"))


def settled_on(work: UnitOfWork, branch: str, day: date) -> Iterator[Listing]:
    """What the start of a day carried out or gave up in a branch."""
    return work.all(LISTINGS, branch=branch, listed=day.isoformat())


def listed(work: UnitOfWork, branch: str, settled: date | None = None) -> list[Due]:
    """The first MOST_LISTED dues that wait in a branch, or that a start of day settled there."""
    listings = settled_on(work, branch, settled) if settled else waiting(work, branch, date.max)
    ids = [listing.due_id for listing in islice(listings, MOST_LISTED)]
    for first in range(0, len(ids), 100):
        work.load([(DUES, {"id": due_id}) for due_id in ids[first : first + 100]])
    return [work.get(DUES, id=due_id) for due_id in ids]


def _moved(work: UnitOfWork, due: Due, on: date | None) -> Due:
    """Store a due and put it into the list where it now belongs; a cancelled one is in none."""
    listing = work.get(LISTINGS, branch=due.branch, listed=WAITING, due_on=due.due_on, due_id=due.id)
    if due.waits:
        work.put(LISTINGS, replace(listing, state=due.state, tried_on=due.tried_on))
    else:
        work.delete(LISTINGS, listing)
        if on is not None:
            place = Listing(due.branch, on.isoformat(), due.due_on, due.id, due.state, due.tried_on)
            work.put(LISTINGS, place)
    return work.put(DUES, due)
