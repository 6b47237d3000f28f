"""Branches, calendars and cycles as the bank computes with them."""

from datetime import date

from chalicelib.kernel.business_date import BusinessDate
from chalicelib.kernel.calendar import Calendar
from chalicelib.kernel.cycle import Recurrence
from chalicelib.modules.administration import events
from chalicelib.modules.administration.domain import WORKING, check_branch, with_inherited
from chalicelib.modules.administration.errors import (
    BranchAlreadyOpen,
    BranchNotOpen,
    HeadOfficeMissing,
    PeriodTooLong,
    UnknownBranchCode,
    UnknownCalendar,
    UnknownCycle,
)
from chalicelib.modules.administration.plans import Branch, CalendarPlan, CyclePlan, Institution
from chalicelib.platform import today
from chalicelib.platform.events import emit
from chalicelib.platform.parameters.service import EffectiveInThePast
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.posting.days import Gate, open_branch
from chalicelib.platform.work import UnitOfWork

INSTITUTION = "administration.institution"
BRANCH = "administration.branch"
CALENDAR = "administration.calendar"
CYCLE = "administration.cycle"
LONGEST_PERIOD_DAYS = 3660
"""Ten years of days or dates in one answer."""


def institution(config: Snapshot, on: date) -> Institution:
    """The institution's own record; its defaults where the tenant has none."""
    found: Institution = config.main(INSTITUTION, on)
    return found


def branches(config: Snapshot, on: date) -> list[tuple[str, Branch]]:
    """(code, branch) of every branch on a date, in the order of the codes, blanks as the head office has them."""
    found = sorted(config.all(BRANCH, on), key=lambda row: int(row[0]))
    head_office = next((branch for _, branch in found if branch.head_office), None)
    return [(code, with_inherited(branch, head_office)) for code, branch in found]


def branch_codes(config: Snapshot, on: date) -> list[str]:
    """Codes of the branches whose business date moves."""
    return [code for code, branch in branches(config, on) if branch.status in WORKING]


def branch(config: Snapshot, code: str, on: date) -> Branch:
    """One branch with its blanks as the head office has them. Raises UnknownBranchCode."""
    found = dict(branches(config, on)).get(code)
    if found is None:
        raise UnknownBranchCode("branch", branch=code)
    return found


def branch_name(config: Snapshot, code: str, on: date) -> str:
    """What a branch is called; its code where it has no record on the date."""
    found: Branch | None = config.find(BRANCH, code, on)
    return found.name if found else code


def check_branch_set(config: Snapshot, code: str, branch: Branch, on: date) -> None:
    """A branch's record among the others. Raises BranchCodeRange, SecondHeadOffice."""
    check_branch(code, branch, config.all(BRANCH, on))


def calendar(config: Snapshot, code: str, on: date) -> Calendar:
    """A calendar with the holidays of the one it extends. Raises UnknownCalendar."""
    plan: CalendarPlan | None = config.find(CALENDAR, code, on)
    if plan is None:
        raise UnknownCalendar("calendar", calendar=code)
    base: CalendarPlan | None = config.find(CALENDAR, plan.extends, on) if plan.extends else None
    return plan.calendar(base)


def calendar_of(config: Snapshot, code: str, on: date) -> Calendar:
    """The calendar of a branch, its own or the head office's. Raises UnknownBranchCode, HeadOfficeMissing."""
    name = branch(config, code, on).calendar
    if name is None:
        raise HeadOfficeMissing()
    return calendar(config, name, on)


def cycle(config: Snapshot, code: str, on: date) -> CyclePlan:
    """A cycle's parameters. Raises UnknownCycle."""
    plan: CyclePlan | None = config.find(CYCLE, code, on)
    if plan is None:
        raise UnknownCycle("cycle", cycle=code)
    return plan


def cycle_of(config: Snapshot, code: str, on: date) -> Recurrence:
    """The dates of a cycle, to compute with. Raises UnknownCycle."""
    return cycle(config, code, on).recurrence()


def cycle_dates(
    config: Snapshot, code: str, first: date, last: date, on: date, branch_code: str = ""
) -> list[date]:
    """Dates of a cycle in a period, as its parameters are on ``on`` (ADM-23 to ADM-26).

    The branch's calendar moves them, or else the cycle's own.
    """
    check_period(first, last)
    plan = cycle(config, code, on)
    if branch_code:
        return plan.recurrence().dates(first, last, calendar_of(config, branch_code, on))
    if plan.calendar:
        return plan.recurrence().dates(first, last, calendar(config, plan.calendar, on))
    return plan.recurrence().dates(first, last)


def check_period(first: date, last: date) -> None:
    """Raises PeriodTooLong for dates in the wrong order or too far apart."""
    if not 0 <= (last - first).days <= LONGEST_PERIOD_DAYS:
        raise PeriodTooLong("to", days=LONGEST_PERIOD_DAYS)


def open_for_business(work: UnitOfWork, code: str, first: date) -> Gate:
    """Give a branch its first business date, once.

    Raises UnknownBranchCode, BranchNotOpen, BranchAlreadyOpen, EffectiveInThePast, NotBusinessDay.
    """
    gates = today.gates(work)
    latest = max((gate.business_date for gate in gates.values()), default=first)
    found = branch(work.config, code, max(first, latest))
    if found.status != "open":
        raise BranchNotOpen("code", branch=code, status=found.status)
    if code in gates:
        raise BranchAlreadyOpen("code", branch=code)
    if first < latest:
        raise EffectiveInThePast("first_business_date", business_date=latest.isoformat())
    day = BusinessDate.at(first, calendar_of(work.config, code, first))
    open_branch(work, code, day.current, day.previous, day.next)
    emit(work, events.BRANCH_OPENED, {"branch": code, "business_date": first.isoformat()})
    return Gate(code, 0, day.current, day.previous, day.next)
