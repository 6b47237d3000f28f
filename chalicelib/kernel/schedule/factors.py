"""Interest factors: what a balance of 1 earns in a period, exactly, as a pair of integers.

[F-06] a quoted rate becomes the equivalent nominal j of the loan's own periodicity; [F-07] simple interest is
j × fraction of the year; [F-08] compound interest (1+i)^fraction - 1, in advance 1 - (1+i)^-fraction. Where a
draw or another rate falls within a period, the period has segments.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.day_count import DAY_COUNTS, Convention, YearFraction, day_count
from chalicelib.kernel.rate import Kind, Rate, RateOutOfRange, Timing
from chalicelib.kernel.schedule.due_dates import Period, Spans, days_of, periods_between, periods_in_first
from chalicelib.kernel.schedule.errors import RatesOutOfOrder
from chalicelib.kernel.schedule.terms import Accrual, Conversion, LoanTerms, PeriodCount, Unit

Factor = tuple[int, int]
_WORK = Context(prec=60, rounding=ROUND_HALF_EVEN)
_KEEP_DIGITS = 45
LARGEST_PERCENT = 1_000_000  # a year
_BASES: dict[str, int] = {
    PeriodCount.PERIOD_360: 360,
    PeriodCount.PERIOD_364: 364,
    PeriodCount.PERIOD_365: 365,
}
_BY_PERIOD = (Convention.ACTUAL_ACTUAL_LEAP_DAY, Convention.ACTUAL_ACTUAL_STARTING_YEAR)
NOTHING: Factor = (0, 1)


class Segment(NamedTuple):
    """Part of a period at one balance and one rate: what is drawn as it starts, and the factor."""

    drawn_minor: int
    numerator: int
    denominator: int


Segments = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Pricing:
    """The loan's rate ready for use: `factor` prices a fraction of the year, `nominal` is what it shows."""

    nominal: Rate
    factor: Callable[[YearFraction], Factor]


def periods_per_year(terms: LoanTerms) -> Fraction:
    """Periodicity of the loan: 12 months, 52 weeks or the days of the annual base, over the frequency."""
    unit, every = terms.frequency.unit, terms.frequency.every
    if unit is Unit.MONTHS:
        return Fraction(12, every)
    base = _annual_base(terms.day_count)
    if base is None:
        return Fraction(52 if unit is Unit.WEEKS else 365, every)
    return Fraction(base, days_of(terms.frequency))


def _annual_base(count: str) -> int | None:
    if count == PeriodCount.SAME_AS_PERIOD:
        return None
    for base in (360, 364):
        if str(base) in count:
            return base
    return 365


def pricing(terms: LoanTerms, rate: Rate, field: str = "rate") -> Pricing:
    """The rate in the loan's own expression. Raises RateOutOfRange."""
    if not rate.percent.is_finite() or not -100 < rate.percent <= LARGEST_PERCENT:
        raise RateOutOfRange(field, rate=str(rate.percent), periods_per_year=str(rate.periods_per_year))
    own = periods_per_year(terms)
    if rate.kind is Kind.NOMINAL and terms.conversion is Conversion.AS_QUOTED:
        nominal = Rate(rate.percent, Kind.NOMINAL, own, terms.timing)
    elif rate.kind is Kind.NOMINAL and rate.periods_per_year == own and rate.timing is terms.timing:
        nominal = rate
    else:
        nominal = rate.equivalent(Kind.NOMINAL, own, terms.timing)
    if terms.accrual is Accrual.COMPOUND:
        return Pricing(nominal, _compound(nominal.effective_annual().percent, terms.timing))
    return Pricing(nominal, _simple(nominal.percent, terms.timing, field))


def _simple(percent: Decimal, timing: Timing, field: str) -> Callable[[YearFraction], Factor]:
    above, below = percent.as_integer_ratio()
    below *= 100

    def factor(fraction: YearFraction) -> Factor:
        numerator, denominator = above * fraction[0], below * fraction[1]
        if numerator <= -denominator or (timing is Timing.ADVANCE and numerator >= denominator):
            raise RateOutOfRange(field, rate=str(percent), periods_per_year=str(Fraction(*fraction)))
        return numerator, denominator

    return factor


def _compound(percent: Decimal, timing: Timing) -> Callable[[YearFraction], Factor]:
    growth = _WORK.add(Decimal(1), _WORK.divide(percent, Decimal(100)))
    known: dict[YearFraction, Factor] = {}
    unit = 10**_KEEP_DIGITS

    def factor(fraction: YearFraction) -> Factor:
        found = known.get(fraction)
        if found is None:
            exponent = _WORK.divide(Decimal(fraction[0]), Decimal(fraction[1]))
            if timing is Timing.ARREARS:
                part = _WORK.subtract(_WORK.power(growth, exponent), Decimal(1))
            else:
                part = _WORK.subtract(Decimal(1), _WORK.power(growth, -exponent))
            found = known[fraction] = int(part.scaleb(_KEEP_DIGITS, _WORK)), unit
        return found

    return factor


# -- fractions of the year ----------------------------------------------------------------------------------


def regular_fraction(terms: LoanTerms) -> YearFraction:
    """Fraction of the year of a regular period, by its kind alone."""
    unit, every = terms.frequency.unit, terms.frequency.every
    base = _BASES.get(terms.day_count)
    if base is None:
        own = periods_per_year(terms)
        return own.denominator, own.numerator
    return (30 * every if unit is Unit.MONTHS else days_of(terms.frequency)), base


def thirty_day_fraction(terms: LoanTerms) -> YearFraction:
    """Fraction of the year of a regular period with months of thirty days, over the day count's own base."""
    days = days_of(terms.frequency) * (30 if terms.frequency.unit is Unit.MONTHS else 1)
    return days, _annual_base(terms.day_count) or 365


def fractions(terms: LoanTerms, spans: Spans) -> list[YearFraction]:
    """Fraction of the year of every period. Raises UnknownDayCount."""
    if isinstance(terms.day_count, PeriodCount):
        regular = regular_fraction(terms)
        if terms.irregular:
            pairs = zip(spans.starts, spans.ends, strict=True)
            many = [periods_between(starts, ends, terms.frequency) for starts, ends in pairs]
            return [_scaled(regular, each) for each in many]
        first = periods_in_first(terms)
        found = [regular] * len(spans)
        if first != 1:
            found[0] = _scaled(regular, first)
        return found
    count = day_count(terms.day_count).year_fraction
    return list(map(count, spans.starts, spans.ends))


def _scaled(fraction: YearFraction, by: Fraction) -> YearFraction:
    return fraction[0] * by.numerator, fraction[1] * by.denominator


def part_of(terms: LoanTerms, span: Period, whole: YearFraction, start: date, end: date) -> YearFraction:
    """Fraction of the year of a part of a period: by the convention itself where it adds up, else by days."""
    count = terms.day_count
    if isinstance(count, PeriodCount):
        return whole[0] * (end - start).days, whole[1] * (span.ends - span.starts).days
    if count in _BY_PERIOD:
        return (end - start).days, whole[1]
    return DAY_COUNTS[count].year_fraction(start, end)


# -- segments -----------------------------------------------------------------------------------------------


class Rates:
    """The rates of the terms by date, each ready for use. Raises RatesOutOfOrder, RateOutOfRange."""

    __slots__ = ("prices", "since")

    def __init__(self, terms: LoanTerms) -> None:
        self.since = [terms.disbursed_on]
        self.prices = [pricing(terms, terms.rate)]
        for position, step in enumerate(terms.later_rates):
            if step.since <= self.since[-1]:
                raise RatesOutOfOrder(f"later_rates.{position}.since", since=step.since)
            self.since.append(step.since)
            self.prices.append(pricing(terms, step.rate, f"later_rates.{position}.rate"))

    def add(self, since: date, price: Pricing) -> None:
        """Another rate from a day on, in place of one that begins that very day."""
        at = bisect_right(self.since, since)
        if self.since[at - 1] == since:
            self.prices[at - 1] = price
            return
        self.since.insert(at, since)
        self.prices.insert(at, price)

    def at(self, day: date) -> Pricing:
        """The rate in force on a day."""
        return self.prices[max(0, bisect_right(self.since, day) - 1)]


def segments(
    terms: LoanTerms,
    span: Period,
    whole: YearFraction,
    rates: Rates,
    draws: Sequence[tuple[date, int]],
    until: date | None = None,
) -> Segments:
    """A period cut where its draws and rates begin; draws on its first day come with the first segment.

    `until` ends it on a day within: what has passed of a period.
    """
    drawn: dict[date, int] = {}
    for on, minor in draws:
        drawn[on] = drawn.get(on, 0) + minor
    end = span.ends if until is None else until
    cuts = {day for day in (*drawn, *rates.since) if span.starts < day < end}
    if not cuts and until is None:
        return (Segment(drawn.get(span.starts, 0), *rates.at(span.starts).factor(whole)),)
    days = [span.starts, *sorted(cuts), end]
    return tuple(
        Segment(
            drawn.get(start, 0),
            *rates.at(start).factor(part_of(terms, span, whole, start, stop)),
        )
        for start, stop in pairwise(days)
    )
