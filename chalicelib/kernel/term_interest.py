"""Interest of money placed for a term: exact until a policy rounds it, once.

Every function answers minor units of the currency as a Fraction. What is rational stays exact; only a fractional power
(an effective rate over part of a year, an index between two quotations) is cut, at fifty digits. P principal, r annual
rate, n days, N annual base, e effective rate. Source: spec 05, formulas 1, 2, 7 and 9 to 15.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.day_count import Convention, PeriodReversed, YearFraction, day_count
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.money import InvalidWeights, Money
from chalicelib.kernel.rate import RateOutOfRange
from chalicelib.kernel.rounding import HALF_UP, Rounding

_WORK = Context(prec=50, rounding=ROUND_HALF_EVEN)
_ONE = Decimal(1)

Interest = Callable[[date, date], Fraction]
"""Interest from a day (included) to another (excluded), in minor units."""


class NoFixedBase(Invalid):
    """The day count has no annual base of its own, which daily compounding divides by."""

    code = "no_fixed_base"


class InvalidIndex(Invalid):
    """An index is not positive, or is asked for outside of the days between its two quotations."""

    code = "invalid_index"


class Compounding(StrEnum):
    """How a rate makes money grow within a period."""

    SIMPLE = "simple"  # P·r·n/N
    DAILY = "daily"  # P·((1 + r/N)^n - 1)
    EFFECTIVE = "effective"  # P·((1 + e)^(n/N) - 1)


# -- formulas -----------------------------------------------------------------------------------------------


def simple(principal_minor: int, percent: Decimal, fraction: YearFraction) -> Fraction:
    """P·r·n/N (formula 1), whether it is paid at the end of the period or at its start."""
    days, base = fraction
    over, under = percent.as_integer_ratio()
    return Fraction(principal_minor * over * days, under * 100 * base)


def compound_daily(principal_minor: int, percent: Decimal, days: int, base: int) -> Fraction:
    """P·((1 + r/N)^n - 1) (formula 2). Raises RateOutOfRange."""
    growth = 1 + Fraction(percent) / (100 * base)
    if growth <= 0:
        raise RateOutOfRange("rate", rate=str(percent), periods_per_year=str(base))
    return principal_minor * (growth**days - 1)


def compound_effective(principal_minor: int, percent: Decimal, fraction: YearFraction) -> Fraction:
    """P·((1 + e)^(n/N) - 1) (formula 2). Raises RateOutOfRange."""
    return principal_minor * (_growth(percent, fraction) - 1)


def discount_effective(principal_minor: int, percent: Decimal, fraction: YearFraction) -> Fraction:
    """What an effective rate pays at the start of a period: P·(1 - (1 + e)^(-n/N)). Raises RateOutOfRange."""
    return principal_minor * (1 - 1 / _growth(percent, fraction))


def reinvested_in_full(principal_minor: int, percent: Decimal, fraction: YearFraction) -> Fraction:
    """Interest of a period in advance that itself earns from the start: P/(1 - d·t) - P (formula 10).

    Raises RateOutOfRange.
    """
    days, base = fraction
    discount = Fraction(percent) * days / (100 * base)
    if discount >= 1:
        raise RateOutOfRange("rate", rate=str(percent), periods_per_year=str(Fraction(base, max(days, 1))))
    return principal_minor / (1 - discount) - principal_minor


def stepped(principal_minor: int, steps: Sequence[tuple[Decimal, int]], base: int) -> Fraction:
    """Σ P·r_k·n_k/N over (rate, days): a bonus rate and then the agreed one (formula 15)."""
    return sum((simple(principal_minor, percent, (days, base)) for percent, days in steps), Fraction(0))


def index_between(first: Decimal, last: Decimal, elapsed_days: int, length_days: int) -> Decimal:
    """The index on a day between two quotations: X_0·(X_1/X_0)^(t/T) (formula 7). Raises InvalidIndex."""
    if first <= 0 or last <= 0 or not 0 <= elapsed_days <= length_days or not length_days:
        raise InvalidIndex("index", first=first, last=last, days=elapsed_days)
    exponent = _WORK.divide(Decimal(elapsed_days), Decimal(length_days))
    return _WORK.multiply(first, _WORK.power(_WORK.divide(last, first), exponent))


def indexed(
    principal_minor: int,
    first: Decimal,
    last: Decimal,
    spread: Decimal = Decimal(0),
    fraction: YearFraction = (0, 365),
) -> Fraction:
    """Correction by an index and effective points over it: P·((X_t/X_0)(1 + s)^(n/N) - 1) (formula 7).

    Raises InvalidIndex, RateOutOfRange.
    """
    if first <= 0 or last <= 0:
        raise InvalidIndex("index", first=first, last=last)
    return principal_minor * (Fraction(last) / Fraction(first) * _growth(spread, fraction) - 1)


def taxable_after_alienation(interest: Fraction | int, days_held: int, days_of_period: int) -> Fraction:
    """The part of a period's interest that the buyer of a certificate is taxed on: I·held/period (formula 12).

    Raises PeriodReversed when it was held for longer than the period, or not for a positive one.
    """
    if not 0 <= days_held <= days_of_period or not days_of_period:
        raise PeriodReversed("days_held", start=days_held, end=days_of_period)
    return Fraction(interest) * days_held / days_of_period


def accrued_by_fraction(accrued: Money, parts: Sequence[Money], rounding: Rounding = HALF_UP) -> list[Money]:
    """Accrued interest among the fractions of a certificate: each its share rounded, the last the rest (formula 14).

    Raises InvalidWeights when there are no fractions, or one is not positive.
    """
    whole = sum(part.minor for part in parts)
    if not parts or any(part.minor <= 0 for part in parts):
        raise InvalidWeights("parts", weights=[part.text for part in parts])
    shares = [accrued.times(Fraction(part.minor, whole), rounding) for part in parts[:-1]]
    return [*shares, accrued - Money.total(shares, accrued.currency)]


@lru_cache(maxsize=4096)  # months have four lengths, and a power of fifty digits is what a payment costs
def _growth(percent: Decimal, fraction: YearFraction) -> Fraction:
    """(1 + e)^(n/N) to fifty digits, exact where the power is whole."""
    base = _WORK.add(_ONE, _WORK.divide(percent, Decimal(100)))
    if base <= 0:
        raise RateOutOfRange("rate", rate=str(percent), periods_per_year="1")
    years = Fraction(*fraction)
    if years.denominator == 1:
        return (1 + Fraction(percent) / 100) ** years.numerator
    return Fraction(_WORK.power(base, _WORK.divide(Decimal(years.numerator), Decimal(years.denominator))))


# -- a rate over time ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermRate:
    """An annual rate ready to price any days: percent, how it compounds, and how days are counted.

    Raises UnknownDayCount; NoFixedBase where daily compounding has no base to divide by.
    """

    percent: Decimal
    convention: Convention
    compounding: Compounding = Compounding.SIMPLE

    def __post_init__(self) -> None:
        day_count(self.convention)
        object.__setattr__(self, "compounding", Compounding(self.compounding))
        if self.compounding is Compounding.DAILY:
            fixed_base(self.convention)

    def days(self, start: date, end: date) -> int:
        """Days of a period as the convention counts them. Raises PeriodReversed."""
        return day_count(self.convention).days(start, end)

    def interest(self, principal_minor: int, start: date, end: date) -> Fraction:
        """What a principal earns from a day to another (excluded). Raises PeriodReversed, RateOutOfRange."""
        counted = day_count(self.convention)
        if self.compounding is Compounding.SIMPLE:
            return simple(principal_minor, self.percent, counted.year_fraction(start, end))
        if self.compounding is Compounding.DAILY:
            days = counted.days(start, end)
            return compound_daily(principal_minor, self.percent, days, fixed_base(self.convention))
        return compound_effective(principal_minor, self.percent, counted.year_fraction(start, end))

    def discount(self, principal_minor: int, start: date, end: date) -> Fraction:
        """What the same rate pays at the start of the period instead of at its end (TDP-53).

        A nominal rate pays the same amount, an effective one its equivalent.
        """
        if self.compounding is Compounding.EFFECTIVE:
            fraction = day_count(self.convention).year_fraction(start, end)
            return discount_effective(principal_minor, self.percent, fraction)
        return self.interest(principal_minor, start, end)

    def accrued(self, principal_minor: int, opened: date, since: date, until: date) -> Fraction:
        """What a deposit that began on `opened` earns from `since` to `until` (excluded).

        It is the difference of two sums from the beginning, so that it is additive over days and independent of
        when it is asked for.
        """
        whole = self.interest(principal_minor, opened, until)
        return whole - self.interest(principal_minor, opened, since)


_BASES = {
    Convention.THIRTY_360_US: 360,
    Convention.THIRTY_360_EUROPEAN: 360,
    Convention.THIRTY_360_BANK: 360,
    Convention.ACTUAL_360: 360,
    Convention.ACTUAL_364: 364,
    Convention.ACTUAL_365: 365,
}


def fixed_base(convention: str) -> int:
    """The annual base of a day count: 360, 364 or 365. Raises NoFixedBase for those that follow the calendar."""
    base = _BASES.get(Convention(convention))
    if base is None:
        raise NoFixedBase("day_count", day_count=convention)
    return base


def days_a_year(convention: str) -> int:
    """The annual base of a day count; 365 for those that follow the calendar."""
    return _BASES.get(Convention(convention), 365)


# -- the end of the month -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MonthEndSplit:
    """What a close books now, and what it holds for the first close of the next month, in minor units."""

    booked: Fraction
    held: Fraction


def split_at_month_end(interest: Interest, first_day: date, next_business_day: date) -> MonthEndSplit:
    """The interest of the days that a close covers, from its date to the eve of the next business day (formula 13).

    Nothing is held when they are all of one month. Raises PeriodReversed.
    """
    if next_business_day < first_day:
        raise PeriodReversed("end", start=first_day, end=next_business_day)
    next_month = (first_day.replace(day=1) + timedelta(days=32)).replace(day=1)
    cut = min(next_month, next_business_day)
    return MonthEndSplit(interest(first_day, cut), interest(cut, next_business_day))
