"""Insurances and other charges of a product: what each is charged on, how much and when (LON-61 to LON-67, LON-74)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import StringConstraints, ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Percent, Plan, term
from chalicelib.kernel.plan_rules import check_distinct, check_given, check_range
from chalicelib.kernel.schedule.slots import SlotBase, SlotTiming
from chalicelib.kernel.schedule.terms import LARGEST_INSTALMENTS

SlotCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,19}$")]
SlotDayCount = Literal["30/360_bank", "actual/360", "actual/365"]


class FigureShare(Plan):
    """A percentage that a law fixes: one value of a dated regulatory figure of the country.

    ``prorated_below_a_year``: a loan of less than a year pays the part of its days over 360.
    """

    figure: str = term(ref="administration.regulatory_figure")
    value_code: str = term(max_length=30)
    prorated_below_a_year: bool = term(False)

    def of_days(self, percent: Decimal, start: date, end: date) -> Decimal:
        """The percentage of a loan from one day to another: the whole, or its part of a year of 360 days."""
        days = (end - start).days
        if not self.prorated_below_a_year or end >= anniversary(start):
            return percent
        return percent * days / 360


class LoanSlot(Plan):
    """One insurance or charge.

    A fixed base takes ``amount``; the others take exactly one of ``percent``, ``life_table`` and ``figure``, each a
    percentage of the base. ``accrues`` makes it a yearly one that accrues by days; blank, it counts once per
    instalment. ``optional`` ones are charged when the person asks for them.
    """

    code: SlotCode = term()
    names: Names = term()
    base: SlotBase = term(SlotBase.FIXED)
    amount: Amount | None = term(None, unit="money", ge=0)
    percent: Percent | None = term(None, unit="percent", ge=0, le=100)
    life_table: str | None = term(None, ref="loans.life_table")
    figure: FigureShare | None = term(None)
    of: str | None = term(None, max_length=20)
    accrues: SlotDayCount | None = term(None)
    included_in_level: bool = term(False)
    timing: SlotTiming = term(SlotTiming.ARREARS)
    first_instalment: int = term(1, unit="count", ge=1, le=LARGEST_INSTALMENTS)
    last_instalment: int | None = term(None, unit="count", ge=1, le=LARGEST_INSTALMENTS)
    optional: bool = term(False)

    @field_validator("amount")
    @classmethod
    def _amount_where_it_is_fixed(cls, amount: Amount | None, info: ValidationInfo) -> Amount | None:
        check_given(amount is not None, info.data.get("base") is SlotBase.FIXED, "slot_amount")
        return amount

    @field_validator("figure")
    @classmethod
    def _one_percentage(cls, figure: FigureShare | None, info: ValidationInfo) -> FigureShare | None:
        sources = [info.data.get("percent"), info.data.get("life_table"), figure]
        given = sum(source is not None for source in sources)
        if given != (0 if info.data.get("base") is SlotBase.FIXED else 1):
            raise ValueError("slot_percentages_exclusive")
        return figure

    @field_validator("of")
    @classmethod
    def _other_slot_where_it_is_the_base(cls, code: str | None, info: ValidationInfo) -> str | None:
        check_given(code is not None, info.data.get("base") is SlotBase.SLOT, "slot_of")
        return code

    @field_validator("last_instalment")
    @classmethod
    def _instalments_in_order(cls, last: int | None, info: ValidationInfo) -> int | None:
        check_range(info.data.get("first_instalment"), last)
        return last


def anniversary(day: date) -> date:
    """The same day of the next year; the last of February for a 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date.max if day.year == date.max.year else date(day.year + 1, 2, 28)


def check_slots(slots: tuple[LoanSlot, ...], earlier: tuple[LoanSlot, ...] = ()) -> None:
    """Every code stands once, and a tax names a slot of the same product. Raises ValueError."""
    codes = [slot.code for slot in (*earlier, *slots)]
    check_distinct(codes, "slot_code_repeated")
    if any(slot.of is not None and slot.of not in codes for slot in slots):
        raise ValueError("slot_of_unknown")
