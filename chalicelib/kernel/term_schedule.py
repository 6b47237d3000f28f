"""The payments of a term deposit: when interest is paid or capitalised, what is withheld, what comes back.

Interest stays exact; each payment is what has been earned so far, rounded once by the policy, less what was paid
before, so that the payments of unchanged capital add up to the interest of the whole term rounded once. Source: spec 05
formulas 1, 2 and 10; TDP-53, TDP-57, TDP-58, TDP-61, TDP-66, TDP-67.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from chalicelib.kernel.calendar import EVERY_DAY, Calendar, Shift
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.money import Money, currency
from chalicelib.kernel.rate import RateOutOfRange, Timing
from chalicelib.kernel.rounding import HALF_UP, Rounding
from chalicelib.kernel.term_interest import TermRate
from chalicelib.kernel.withholding import Withholding

MONTH_DAYS = 30
LONGEST_TERM_DAYS = 36_600


class InvalidTerm(Invalid):
    """A term without days, of more than a century, or that ends beyond the calendar."""

    code = "invalid_term"


class PeriodUnit(StrEnum):
    """What the months of a period, or of a term, are."""

    CALENDAR = "calendar"  # from the 15th to the 15th
    THIRTY_DAYS = "thirty_days"  # exactly 30 days each


class Reinvestment(StrEnum):
    """How interest in advance that joins the capital earns itself (formula 10)."""

    FULL = "full"  # from its own first day: capital = P/(1 - d·t)
    ONCE = "one_pass"  # from the next period on: capital = P·(1 + d·t)


@dataclass(frozen=True, slots=True)
class Bonus:
    """Another rate, in percent a year, for the first days of a simple-interest deposit (TDP-80)."""

    percent: Decimal
    days: int


@dataclass(frozen=True, slots=True)
class TermDeposit:
    """What is placed, until when and on what terms.

    `matures_on` is the date agreed, before it moves to a business day by `shift`. `period_months` None: one period to
    maturity. `accrue_on_roll`: the days by which a date moves earn interest too.  `capitalised`: net interest joins
    the capital instead of being paid; `reinvestment` says how when it is interest in advance.
    """

    principal: Money
    opened_on: date
    matures_on: date
    rate: TermRate
    period_months: int | None = None
    period_unit: PeriodUnit = PeriodUnit.CALENDAR
    timing: Timing = Timing.ARREARS
    capitalised: bool = False
    withholding: Withholding = field(default_factory=Withholding)
    rounding: Rounding = HALF_UP
    calendar: Calendar = EVERY_DAY
    shift: Shift = Shift.NEXT
    accrue_on_roll: bool = True
    bonus: Bonus | None = None
    reinvestment: Reinvestment = Reinvestment.FULL

    def __post_init__(self) -> None:
        object.__setattr__(self, "period_unit", PeriodUnit(self.period_unit))
        object.__setattr__(self, "timing", Timing(self.timing))
        object.__setattr__(self, "reinvestment", Reinvestment(self.reinvestment))
        days = (self.matures_on - self.opened_on).days
        if not 0 < days <= LONGEST_TERM_DAYS:
            raise InvalidTerm("term_days", days=days)

    def rate_from(self, day: date) -> TermRate:
        """The rate in force on a day: the bonus rate and then the agreed one (TDP-81)."""
        if self.bonus is not None and day < self._bonus_ends:
            return replace(self.rate, percent=self.bonus.percent)
        return self.rate

    def interest(self, capital_minor: int, start: date, end: date) -> Fraction:
        """The interest of a period, in minor units: what it earns, and what that earns where it is reinvested in full.

        Raises RateOutOfRange where a period in advance earns its whole capital.
        """
        earned = self.earned(capital_minor, start, end)
        advance = self.timing is Timing.ADVANCE
        if not (advance and self.capitalised and self.reinvestment is Reinvestment.FULL):
            return earned
        left = capital_minor - earned
        if left <= 0:
            raise RateOutOfRange("rate", rate=str(self.rate.percent), periods_per_year=self.period_months)
        return earned * capital_minor / left

    def earned(self, capital_minor: int, start: date, end: date) -> Fraction:
        """What a capital earns in a period, paid at its end or, in advance, at its start, in minor units."""
        cut = self._bonus_ends
        if self.bonus is not None and start < cut < end:
            return self.earned(capital_minor, start, cut) + self.earned(capital_minor, cut, end)
        rate = self.rate_from(start)
        if self.timing is Timing.ADVANCE:
            return rate.discount(capital_minor, start, end)
        return rate.interest(capital_minor, start, end)

    @property
    def _bonus_ends(self) -> date:
        return self.opened_on + timedelta(days=self.bonus.days if self.bonus else 0)

    @property
    def term_days(self) -> int:
        """Calendar days from the opening to the date agreed."""
        return (self.matures_on - self.opened_on).days

    @property
    def paid_on(self) -> date:
        """The business day on which the capital is paid. Raises NoBusinessDay."""
        return self.due(self.matures_on)

    def due(self, nominal: date) -> date:
        """Where a date moves that is not a business day; it never moves to the opening or before it."""
        moved = self.calendar.adjust(nominal, self.shift)
        return moved if moved > self.opened_on else nominal


@dataclass(frozen=True, slots=True)
class TermPayment:
    """One row: interest of the `days` from `start`, at the rate that is in force there, due on `date`.

    `capital` is what stands on deposit after it (at maturity: what is given back); `paid` what the holder receives.
    """

    number: int
    start: date
    date: date
    days: int
    rate_percent: Decimal
    interest: Money
    withheld: Money
    net: Money
    capital: Money
    principal_paid: Money
    paid: Money


@dataclass(frozen=True, slots=True)
class TermTotals:
    """Sums of a schedule. `maturity_amount` is what is received on the last day."""

    interest: Money
    withheld: Money
    net: Money
    received: Money
    maturity_amount: Money


def maturity_of(opened_on: date, term_days: int, unit: str = PeriodUnit.CALENDAR) -> date:
    """The date on which a term of so many days ends (TDP-58).

    By the calendar it is that many days later; by months of thirty days it is a month later for each 30 days and a
    day for each one left: 90 days from 15 November end on 15 February. Raises InvalidTerm.
    """
    if not 0 < term_days <= LONGEST_TERM_DAYS:
        raise InvalidTerm("term_days", days=term_days)
    try:
        if PeriodUnit(unit) is PeriodUnit.CALENDAR:
            return opened_on + timedelta(days=term_days)
        months, days = divmod(term_days, MONTH_DAYS)
        return months_later(opened_on, months) + timedelta(days=days)
    except (OverflowError, ValueError):
        raise InvalidTerm("term_days", days=term_days) from None


def months_later(day: date, months: int) -> date:
    """The same day so many months later, the last one of a shorter month. Raises ValueError past year 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def schedule(deposit: TermDeposit) -> list[TermPayment]:
    """The payments of a deposit in order; the last one gives the capital back. Raises NoBusinessDay."""
    return list(_payments(deposit))


def totals(payments: list[TermPayment]) -> TermTotals:
    """The sums of a schedule that `schedule` made."""
    code = payments[-1].interest.currency
    return TermTotals(
        Money.total((row.interest for row in payments), code),
        Money.total((row.withheld for row in payments), code),
        Money.total((row.net for row in payments), code),
        Money.total((row.paid for row in payments), code),
        payments[-1].paid,
    )


def boundaries(deposit: TermDeposit) -> list[tuple[date, date]]:
    """(where interest is counted to, when it is paid) of the opening and of the end of each period."""
    found = [(deposit.opened_on, deposit.opened_on)]
    for nominal in (*_nominal_ends(deposit), deposit.matures_on):
        paid = deposit.due(nominal)
        counted = paid if deposit.accrue_on_roll else nominal
        if counted > found[-1][0]:
            found.append((counted, paid))
        elif nominal == deposit.matures_on:  # the last period's end has moved as far
            found[-1] = (found[-1][0], max(paid, found[-1][1]))
    return found


def _nominal_ends(deposit: TermDeposit) -> Iterator[date]:
    if not deposit.period_months:
        return
    position = 0
    while True:
        position += deposit.period_months
        try:
            if deposit.period_unit is PeriodUnit.CALENDAR:
                end = months_later(deposit.opened_on, position)
            else:
                end = deposit.opened_on + timedelta(days=MONTH_DAYS * position)
        except (OverflowError, ValueError):
            return
        if end >= deposit.matures_on:
            return
        yield end


def _payments(deposit: TermDeposit) -> Iterator[TermPayment]:
    code = deposit.principal.currency
    decimals = currency(code).decimals
    nothing, capital, carried = Money(0, code), deposit.principal, Fraction(0)
    periods = list(pairwise(boundaries(deposit)))
    advance = deposit.timing is Timing.ADVANCE
    for number, ((start, start_paid), (end, end_paid)) in enumerate(periods, start=1):
        carried += deposit.interest(capital.minor, start, end)
        interest = Money(deposit.rounding.to_minor(carried.numerator, carried.denominator, decimals), code)
        carried -= interest.minor
        days = deposit.rate.days(start, end)
        withheld = deposit.withholding.on(interest, days, deposit.term_days)
        net = interest - withheld
        last = number == len(periods) and not advance
        if deposit.capitalised:
            capital += net
        paid = nothing if deposit.capitalised else net
        back = capital if last else nothing
        due = start_paid if advance else end_paid
        percent = deposit.rate_from(start).percent
        yield TermPayment(
            number, start, due, days, percent, interest, withheld, net, capital, back, paid + back
        )
    if advance:
        (until, due), number = periods[-1][1], len(periods) + 1
        percent = deposit.rate.percent
        yield TermPayment(
            number, until, due, 0, percent, nothing, nothing, nothing, capital, capital, capital
        )
