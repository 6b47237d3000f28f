"""Which day it is for a change of parameters: what was computed with the old version must stand.

Parameters of the business may begin on the latest business date of any branch, or later. Words, menus, roles and
notices have nothing to do with business dates: they may begin on the calendar day of the tenant's time zone.
"""

from datetime import date

from chalicelib.platform import clock
from chalicelib.platform.posting.days import GATES, Gate
from chalicelib.platform.work import UnitOfWork

BRANCH_KIND = "administration.branch"
BY_CALENDAR = ("platform.", "administration.role", "administration.menu", "administration.function_grant")


def calendar_day(work: UnitOfWork) -> date:
    """The day by the clock in the tenant's time zone."""
    return clock.day_at(clock.now(), work.context.tenant.time_zone)


def gates(work: UnitOfWork) -> dict[str, Gate]:
    """One copy of the business date of every branch that has one, by branch."""
    branches = [code for code, _ in work.config.all(BRANCH_KIND, date.max)]
    work.load([(GATES, {"branch": branch, "number": 0}) for branch in branches[:100]])
    found = ((branch, work.find(GATES, branch=branch, number=0)) for branch in branches)
    return {branch: gate for branch, gate in found if gate is not None}


def business_day(work: UnitOfWork) -> date:
    """The latest business date of any branch; the calendar day of a tenant that has not begun."""
    dates = [gate.business_date for gate in gates(work).values()]
    return max(dates) if dates else calendar_day(work)


def today_for(work: UnitOfWork, kind: str) -> date:
    """The first day on which a new version of this kind may begin."""
    return calendar_day(work) if kind.startswith(BY_CALENDAR) else business_day(work)
