"""Branches, calendars and cycles on the wire."""

from datetime import date

from pydantic import Field

from chalicelib.kernel.names import name_in
from chalicelib.modules.administration.plans import Branch, CalendarPlan, CyclePlan
from chalicelib.platform.http.payload import Payload, View
from chalicelib.platform.posting.days import Gate


class OnQuery(Payload):
    """As it holds on a date; on the latest business date where none is given."""

    on: date | None = None


class BranchView(View):
    """A branch; language, time zone and calendar are the head office's where it has none of its own (ADM-03)."""

    code: str
    name: str
    head_office: bool
    branch_type: str
    status: str
    parent: str | None
    address: str
    city: str
    province: str
    region: str
    phones: list[str]
    email: str | None
    language: str | None
    time_zone: str | None
    calendar: str | None
    opening_hours: str
    business_date: date | None = None
    state: str

    @classmethod
    def of(cls, code: str, branch: Branch, gate: Gate | None) -> "BranchView":
        taken = set(cls.model_fields) & set(Branch.model_fields)
        return cls(
            code=code,
            **{name: getattr(branch, name) for name in taken - {"phones"}},
            phones=list(branch.phones),
            business_date=gate.business_date if gate else None,
            state=branch.status if gate else "not_opened",
        )


class BranchList(View):
    """Every branch in the order of the codes."""

    items: list[BranchView]
    next_cursor: str | None = None


class OpenBranch(Payload):
    """The first business date of a branch."""

    first_business_date: date


class BranchDay(View):
    """The business date of a branch and its neighbours."""

    branch: str
    business_date: date
    previous_date: date
    next_date: date


class CalendarView(View):
    """A calendar; ``holidays`` are its own, without those of the one it extends."""

    code: str
    name: str
    extends: str | None
    weekend_days: list[int]
    region: str
    holidays: int

    @classmethod
    def of(cls, code: str, plan: CalendarPlan, language: str) -> "CalendarView":
        return cls(
            code=code,
            name=name_in(plan.names, language),
            extends=plan.extends,
            weekend_days=list(plan.weekend_days),
            region=plan.region,
            holidays=len(plan.holidays),
        )


class CalendarList(View):
    """Every calendar."""

    items: list[CalendarView]
    next_cursor: str | None = None


class PeriodQuery(Payload):
    """Dates, both included; for cycles, the branch whose calendar moves them."""

    from_date: date = Field(alias="from")
    to_date: date = Field(alias="to")
    branch: str = Field("", max_length=5)


class NextQuery(Payload):
    """The day after which to look."""

    after: date


class DayView(View):
    """One date."""

    date: date


class DateList(View):
    """Dates in order."""

    items: list[date]
    count: int
    next_cursor: str | None = None


class CycleView(View):
    """A cycle."""

    code: str
    name: str
    unit: str
    interval: int
    shift: str
    calendar: str | None

    @classmethod
    def of(cls, code: str, plan: CyclePlan, language: str) -> "CycleView":
        return cls(
            code=code,
            name=name_in(plan.names, language),
            unit=str(plan.unit),
            interval=plan.interval,
            shift=plan.shift.value,
            calendar=plan.calendar,
        )


class CycleList(View):
    """Every cycle."""

    items: list[CycleView]
    next_cursor: str | None = None
