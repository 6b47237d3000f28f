"""Calendars and cycles as a tenant writes them; the kernel computes with what they give."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator

from chalicelib.kernel.calendar import Calendar, Shift
from chalicelib.kernel.cycle import Cycle, CycleUnit, InvalidCycle, Recurrence, UserCycle
from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Plan, term
from chalicelib.kernel.plan_rules import check_ascending, check_distinct, check_given

Weekday = Annotated[int, Field(ge=1, le=7)]
RULE_PARTS = ("unit", "anchor", "interval", "day_of_month", "weekday")


class Holiday(Plan):
    """A day that is not processed. `unverified` ones follow from the rule and still have to be confirmed."""

    date: date
    names: Names = term()
    unverified: bool = term(False)


class CalendarPlan(Plan):
    """Days that are processed (ADM-15 to ADM-18). One that `extends` another adds its holidays to that one's."""

    names: Names = term()
    extends: str | None = term(None, ref="administration.calendar")
    weekend_days: tuple[Weekday, ...] = term((6, 7), max_length=6)
    region: str = term("", max_length=40)
    holidays: tuple[Holiday, ...] = term(())

    @field_validator("weekend_days")
    @classmethod
    def _no_weekday_twice(cls, weekdays: tuple[int, ...]) -> tuple[int, ...]:
        check_distinct(weekdays, "weekday_repeated")
        return weekdays

    @field_validator("holidays")
    @classmethod
    def _holidays_in_order(cls, holidays: tuple[Holiday, ...]) -> tuple[Holiday, ...]:
        check_ascending(holiday.date for holiday in holidays)
        return holidays

    def calendar(self, base: Self | None = None) -> Calendar:
        """The calendar to compute with; `base` is the plan that this one extends, whose weekend it does not take."""
        inherited = base.holidays if base else ()
        return Calendar(
            weekend=frozenset(self.weekend_days),
            holidays=frozenset(holiday.date for holiday in (*inherited, *self.holidays)),
        )


class CyclePlan(Plan):
    """A frequency by rule, or the dates themselves for a user's own cycle (ADM-23 to ADM-26)."""

    names: Names = term()
    unit: CycleUnit | Literal["user"] = term()
    interval: int = term(1, unit="count", ge=1, le=1000)
    anchor: date = term(date(2020, 1, 1))
    day_of_month: Annotated[int, Field(ge=1, le=31)] | Literal["last", "last_business"] | None = term(None)
    weekday: Weekday | None = term(None)
    shift: Shift = term(Shift.NONE)
    dates: tuple[date, ...] = term(())
    calendar: str | None = term(None, ref="administration.calendar")

    @field_validator("dates")
    @classmethod
    def _dates_or_rule(cls, dates: tuple[date, ...], info: ValidationInfo) -> tuple[date, ...]:
        check_given(bool(dates), info.data.get("unit") == "user", "cycle_dates")
        check_ascending(dates)
        return dates

    @field_validator("shift")
    @classmethod
    def _parts_agree(cls, shift: Shift, info: ValidationInfo) -> Shift:
        parts = {name: value for name, value in info.data.items() if name in RULE_PARTS}
        if len(parts) == len(RULE_PARTS) and parts["unit"] != "user":
            try:
                Cycle(shift=shift, **parts)
            except InvalidCycle as error:
                raise ValueError("invalid_cycle") from error
        return shift

    def recurrence(self) -> Recurrence:
        """The cycle to compute with."""
        if not isinstance(self.unit, CycleUnit):
            return UserCycle(self.dates, self.shift)
        return Cycle(self.unit, self.anchor, self.interval, self.day_of_month, self.weekday, self.shift)
