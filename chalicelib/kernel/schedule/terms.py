"""The terms of a loan's schedule (plan de amortización): all that a schedule depends on, and nothing else.

Amounts are Money of one currency, rates are kernel Rates, shares and premiums percentages. A plan's parameters
and a person's simulation become one `LoanTerms`; `schedule(terms)` makes the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from chalicelib.kernel.calendar import EVERY_DAY, Calendar, Shift
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.day_count import Convention, day_count
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate, Timing
from chalicelib.kernel.rounding import HALF_UP, Rounding
from chalicelib.kernel.schedule.errors import InvalidChoice, IrregularRows
from chalicelib.kernel.schedule.slots import Slot

LARGEST_INSTALMENTS = 1_200  # a hundred years of months


_Choice = TypeVar("_Choice", bound=StrEnum)


def chosen(kind: type[_Choice], value: str, field: str) -> _Choice:
    """The member of an enumeration that a text names. Raises InvalidChoice."""
    if value.__class__ is kind:
        return value
    try:
        return kind(value)
    except ValueError:
        raise InvalidChoice(field, value=str(value)[:40]) from None


def set_field(terms: object, name: str, value: object) -> None:
    """Sets a field of a frozen dataclass while it is made."""
    object.__setattr__(terms, name, value)


class Unit(StrEnum):
    """What a frequency counts."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Frequency:
    """Every `every` days, weeks or months; months keep the first due date's day (the last in short months)."""

    unit: Unit = Unit.MONTHS
    every: int = 1

    def __post_init__(self) -> None:
        set_field(self, "unit", chosen(Unit, self.unit, "frequency.unit"))


MONTHLY = Frequency()


class PeriodCount(StrEnum):
    """Day counts that look at the period, not at its days; the part of a period counts by its real days."""

    SAME_AS_PERIOD = "same_as_repayment_period"  # 1/12 a month, 1/52 a week, 1/365 a day
    PERIOD_360 = "30/360_period"  # 30 a month, 7 a week, 1 a day, over 360, whatever the real days
    PERIOD_364 = "30/364_period"
    PERIOD_365 = "30/365_period"


class Accrual(StrEnum):
    """How interest grows within a period."""

    SIMPLE = "simple"  # balance × nominal × fraction of the year ([F-07])
    COMPOUND = "compound"  # balance × ((1 + effective)^fraction - 1) ([F-08])


class Compounding(StrEnum):
    """Whether interest that a period leaves unpaid earns interest in the next (LON-39)."""

    CONTINUOUS = "continuous"
    PER_PERIOD = "per_period"


class Conversion(StrEnum):
    """What a nominal rate of another periodicity means on this loan (LON-30)."""

    EQUIVALENT = "equivalent"  # converted to the loan's own periodicity
    AS_QUOTED = "as_quoted"  # taken over the day count as it stands


class InterestBase(StrEnum):
    """What interest is charged on."""

    BALANCE = "balance"
    ORIGINAL = "original"  # flat: the principal lent, to the end


class LevelBasis(StrEnum):
    """Which interest the instalment is worked out with."""

    ACCRUED = "accrued"  # the very fractions of the periods: present value is exact
    NOMINAL = "nominal"  # equal periods; the last instalment takes what the real days change
    THIRTY_DAYS = "thirty_days"  # so too, months of thirty days over the base of the day count


class DrawValue(StrEnum):
    """From when a draw in the middle of a period counts for the instalment; its interest always runs from its
    date.
    """

    OWN_DATE = "own_date"  # present value is exact
    PERIOD_START = "period_start"


class Residue(StrEnum):
    """Where the cents go that rounding leaves."""

    LAST = "last"
    FIRST = "first"
    SPREAD = "spread"  # one unit each over the instalments, from the first on
    LEVELLED = "levelled"  # the instalment moves by residue / n when that brings the last one nearer


class DeferredInterest(StrEnum):
    """What becomes of interest while its payment is in grace."""

    NEXT = "next"  # due with the first instalment after the grace
    SPREAD = "spread"  # in equal parts over the instalments after the grace
    CAPITALISED = "capitalised"  # becomes principal as each period ends


class SkipMode(StrEnum):
    """What becomes of an instalment that need not be paid."""

    TO_END = "to_end"  # its principal and interest are due with the last one (LON-149)
    RECALCULATE = "recalculate"  # its interest becomes principal, the later instalments rise (LON-150)
    INTEREST_FORGIVEN = "interest_forgiven"  # no interest for its period; the later instalments rise


@dataclass(frozen=True, slots=True)
class Draw:
    """A disbursement of the principal: the first gives the loan its date, others are tranches."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class RateStep:
    """Another rate, from its date on."""

    since: date
    rate: Rate


@dataclass(frozen=True, slots=True)
class Grace:
    """Instalments at the start in which principal is not paid, interest is not paid, or is not charged."""

    principal: int = 0
    interest_payment: int = 0
    interest_charge: int = 0
    deferred: DeferredInterest = DeferredInterest.NEXT

    def __post_init__(self) -> None:
        set_field(self, "deferred", chosen(DeferredInterest, self.deferred, "grace.deferred"))


@dataclass(frozen=True, slots=True)
class Growth:
    """Every `every` instalments the instalment changes by a signed percentage, or by a signed amount."""

    every: int = 1
    percent: Decimal | None = None
    amount: Money | None = None


class ExceptionalMode(StrEnum):
    """Whether an exceptional instalment comes on top of the regular one or instead of it ([F-02])."""

    ADD = "add"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Exceptional:
    """An exceptional instalment at a number, or with the first due date on or after a date."""

    amount: Money
    number: int | None = None
    on: date | None = None
    mode: ExceptionalMode = ExceptionalMode.ADD

    def __post_init__(self) -> None:
        set_field(self, "mode", chosen(ExceptionalMode, self.mode, "exceptional.mode"))


@dataclass(frozen=True, slots=True)
class IrregularRow:
    """A row typed by hand: its principal, or its instalment of principal and interest; never both."""

    due: date
    principal: Money | None = None
    instalment: Money | None = None

    @property
    def amount(self) -> Money:
        """The amount that was typed. Raises IrregularRows when neither or both were."""
        if self.principal is not None and self.instalment is None:
            return self.principal
        if self.instalment is None or self.principal is not None:
            raise IrregularRows("irregular", rows=0, instalments=0)
        return self.instalment


@dataclass(frozen=True, slots=True)
class RoundingPolicy:
    """Rounding of the instalment (its unit and mode) and of interest (per period or balance segment)."""

    instalment: Rounding = HALF_UP
    interest: Rounding = HALF_UP
    interest_by_segment: bool = False
    residue: Residue = Residue.LAST

    def __post_init__(self) -> None:
        set_field(self, "residue", chosen(Residue, self.residue, "rounding.residue"))


@dataclass(frozen=True, slots=True)
class DueDates:
    """Where due dates go that fall on a day not processed, and whether the interest period goes with them.

    `day` is the day of the month of later due dates (the last in shorter months); None keeps the day of the
    first one, or that of the first draw when the first due date follows from it (31-Jan, 28-Feb, 31-Mar).
    """

    calendar: Calendar = EVERY_DAY
    shift: Shift = Shift.NONE
    interest_moves: bool = False
    day: int | None = None

    def __post_init__(self) -> None:
        set_field(self, "shift", chosen(Shift, self.shift, "due_dates.shift"))


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """Everything a schedule depends on. `first_due` None: one period after the first draw.

    `formula` is the id of a registered formula. `timing` says whether the loan's interest is due in arrears or
    in advance, however its rate is quoted. `rate_changes_instalment` False leaves the instalment as it is when
    a later rate begins, and the last one absorbs the difference (LON-101). `principal_fixed` is what a plan of
    fixed principal repays each time ([F-03]). `capitalises` admits instalments below the period's interest
    (LON-185). Raises InvalidChoice, UnknownDayCount.
    """

    currency: str
    draws: tuple[Draw, ...]
    rate: Rate
    instalments: int
    frequency: Frequency = MONTHLY
    timing: Timing = Timing.ARREARS
    first_due: date | None = None
    formula: str = "regular"
    day_count: Convention | PeriodCount = PeriodCount.SAME_AS_PERIOD
    accrual: Accrual = Accrual.SIMPLE
    compounding: Compounding = Compounding.PER_PERIOD
    conversion: Conversion = Conversion.EQUIVALENT
    level_basis: LevelBasis = LevelBasis.ACCRUED
    draw_value: DrawValue = DrawValue.OWN_DATE
    later_rates: tuple[RateStep, ...] = ()
    rate_changes_instalment: bool = True
    grace: Grace = Grace()
    growth: Growth | None = None
    exceptional: tuple[Exceptional, ...] = ()
    irregular: tuple[IrregularRow, ...] = ()
    principal_fixed: Money | None = None
    capitalises: bool = False
    slots: tuple[Slot, ...] = ()
    rounding: RoundingPolicy = RoundingPolicy()
    due_dates: DueDates = DueDates()
    parameters: Mapping[str, str] = field(default_factory=dict)  # of a registered formula of one's own

    def __post_init__(self) -> None:
        if self.day_count.__class__ not in (Convention, PeriodCount):
            set_field(self, "day_count", _count_of(self.day_count))
        for name, kind in _CHOICES:
            value = getattr(self, name)
            if value.__class__ is not kind:
                set_field(self, name, chosen(kind, value, name))

    @property
    def principal(self) -> Money:
        """What is lent in all draws. Raises CurrencyMismatch."""
        return Money.total((draw.amount for draw in self.draws), self.currency)

    @property
    def disbursed_on(self) -> date:
        """Date of the first draw."""
        return self.draws[0].on


_CHOICES: tuple[tuple[str, type[StrEnum]], ...] = (
    ("timing", Timing),
    ("accrual", Accrual),
    ("compounding", Compounding),
    ("conversion", Conversion),
    ("level_basis", LevelBasis),
    ("draw_value", DrawValue),
)


def _count_of(text: str) -> Convention | PeriodCount:
    if text in PeriodCount.__members__.values():
        return PeriodCount(text)
    return day_count(text).convention
