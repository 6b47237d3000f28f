"""Accounting months of a branch: close, ask to reopen, decide; and the check that a date is still open (ACC-79)."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from chalicelib.modules.accounting import events, permissions
from chalicelib.modules.accounting.domain.period import (
    Period,
    PeriodState,
    closed,
    last_day,
    month_of,
    reopening_asked,
    reopening_decided,
)
from chalicelib.modules.accounting.domain.voucher import Signature
from chalicelib.modules.accounting.errors import BranchNotFound, PeriodClosed, UnknownPeriod
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.branches import sees
from chalicelib.modules.accounting.tables import PERIODS
from chalicelib.platform import clock
from chalicelib.platform.events import emit
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

MONTH = re.compile(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])", re.ASCII)


def check_open(work: UnitOfWork, branches: Iterable[str], day: date) -> None:
    """Raises PeriodClosed where the month of a date is closed for one of the branches.

    In a soft-closed month only those with the permission to do so still post.
    """
    for branch in branches:
        state = period(work, branch, month_of(day)).state
        may = work.context.actor.may(permissions.POST_IN_SOFT_CLOSED)
        if state is PeriodState.CLOSED or (state is PeriodState.SOFT_CLOSED and not may):
            raise PeriodClosed("effective_date", month=month_of(day), branch=branch)


def period(work: UnitOfWork, branch: str, month: str) -> Period:
    """A branch's month; one that nobody has closed is open."""
    return work.find(PERIODS, branch=branch, month=month) or Period(branch, month)


def periods(work: UnitOfWork, branch: str, year: int) -> list[Period]:
    """The months of a branch's year, from January on. Raises BranchNotFound."""
    _check_scope(work, branch)
    known = {row.month: row for row in work.all(PERIODS, branch=branch, prefix=f"{year}-")}
    months = [f"{year}-{number:02d}" for number in range(1, 13)]
    return [known.get(month) or Period(branch, month) for month in months]


def close_period(work: UnitOfWork, branch: str, month: str, final: bool, reason: str) -> Period:
    """Close a month softly or for good. Raises PeriodNotOver, PeriodStateForbids."""
    known = _known(work, branch, month)
    last = sheets.last_stored(work, branch, last_day(month))
    standing = business_date(work, branch)
    gate = sheets.gate_if_any(work, branch)
    if gate and month_of(gate.previous_date) == month and last and last.business_date < gate.previous_date:
        last = None
    after = closed(known, final, last.business_date if last else None, standing, _signature(work), reason)
    return _save(work, after)


def ask_reopening(work: UnitOfWork, branch: str, month: str, reason: str) -> Period:
    """Ask for a closed month to be reopened. Raises PeriodStateForbids."""
    return _save(work, reopening_asked(_known(work, branch, month), _signature(work), reason))


def decide_reopening(work: UnitOfWork, branch: str, month: str, approve: bool, reason: str) -> Period:
    """Another person's answer to the wish to reopen. Raises PeriodStateForbids, AuthorCannotAuthorise."""
    known = _known(work, branch, month)
    return _save(work, reopening_decided(known, approve, _signature(work), reason))


def _save(work: UnitOfWork, changed: Period) -> Period:
    """Answers the period as it will be stored; whoever listens hears of a change of its state."""
    known = period(work, changed.branch, changed.month)
    if known.state is not changed.state:
        opened = changed.state is PeriodState.OPEN
        name = events.PERIOD_REOPENED if opened else events.PERIOD_CLOSED
        emit(work, name, {"branch": changed.branch, "month": changed.month, "state": changed.state.value})
    work.put(PERIODS, changed)
    return replace(changed, version=changed.version + 1)


def _known(work: UnitOfWork, branch: str, month: str) -> Period:
    _check_scope(work, branch)
    if not MONTH.fullmatch(month):
        raise UnknownPeriod("month")
    known = period(work, branch, month)
    work.expect(known)
    return known


def _check_scope(work: UnitOfWork, branch: str) -> None:
    if not sees(work, branch) or sheets.gate_if_any(work, branch) is None:
        raise BranchNotFound("branch")


def _signature(work: UnitOfWork) -> Signature:
    actor = work.context.actor
    return Signature(actor.id, actor.name, clock.now())
