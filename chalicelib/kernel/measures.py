"""What dated flows are worth: effective annual cost or yield, total interest, duration, and two offers side by side.

The yield is the annual rate r at which Σ flow·(1 + r)^(-days/365) is zero. It is looked for as the discount factor v of
one day, in which the sum is a polynomial Σ flow·v^days: Newton's steps within a bracket, on decimals of forty digits
(ADR 10). Flows without a single answer give a value that says why, never an exception, a loop or a guess.

Sources: Descartes' rule of signs; C. J. Norstrøm, "A Sufficient Condition for a Unique Nonnegative Internal Rate of
Return", J. Financial and Quantitative Analysis 7 (1972); F. Macaulay (1938) for the duration.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum
from itertools import accumulate, groupby, pairwise

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import CurrencyMismatch, Money

YEAR_DAYS = 365
_WORK = Context(prec=40, rounding=ROUND_HALF_EVEN)
_KEEP = Context(prec=28, rounding=ROUND_HALF_EVEN)
_ONE, _ZERO, _HUNDRED = Decimal(1), Decimal(0), Decimal(100)
_CLOSE = Decimal("1e-34")
_MOST_STEPS = 200
LOWEST_GROWTH, HIGHEST_GROWTH = Decimal("0.0001"), Decimal(10_000)
"""What one unit may become in a year for the answer to be called a rate: from -99.99 % to 999,900 %."""


class NoYield(StrEnum):
    """Why flows have no yield: a stable code."""

    ONE_SIDED = "flows_one_sided"  # nothing is given, or nothing comes back
    WITHOUT_TIME = "flows_without_time"  # everything happens on one day
    AMBIGUOUS = "yield_ambiguous"  # several rates may fit
    OUT_OF_RANGE = "yield_out_of_range"  # the rate is absurd


@dataclass(frozen=True, slots=True)
class Flow:
    """Money on a date: positive is received, negative is given."""

    day: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Measures:
    """What is said of an offer. `rate` is effective annual in percent, or why there is none.

    `interest` is received less given: a deposit's gain is positive, a loan's cost negative. `duration_days` is the
    average wait for what comes back, weighed by its present value (Macaulay); None without a rate.
    """

    rate: Decimal | NoYield
    interest: Money
    duration_days: Decimal | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The first offer against the second: differences are the first's less the second's.

    `better` is 0 or 1, the one that earns more (or costs less); None where they are equal or cannot be compared.
    """

    rate: Decimal | None
    interest: Money
    duration_days: Decimal | None
    better: int | None


def effective_yield(flows: Iterable[Flow]) -> Decimal | NoYield:
    """The effective annual rate of the flows, in percent with 28 digits, or why there is none.

    Raises CurrencyMismatch.
    """
    found = _daily_factor(_by_day(flows))
    if isinstance(found, NoYield):
        return found
    growth = _WORK.power(found, Decimal(-YEAR_DAYS))
    return _KEEP.plus(_WORK.multiply(_WORK.subtract(growth, _ONE), _HUNDRED))


def measures(flows: Sequence[Flow]) -> Measures:
    """Rate, total interest and duration of at least one flow. Raises CurrencyMismatch."""
    terms = _by_day(flows)
    code = flows[0].amount.currency
    interest = Money.total((flow.amount for flow in flows), code)
    found = _daily_factor(terms)
    if isinstance(found, NoYield):
        return Measures(found, interest, None)
    growth = _WORK.power(found, Decimal(-YEAR_DAYS))
    percent = _KEEP.plus(_WORK.multiply(_WORK.subtract(growth, _ONE), _HUNDRED))
    return Measures(percent, interest, _duration(terms, found))


def compare(one: Measures, other: Measures) -> Comparison:
    """Two offers in the same currency seen from the same side. Raises CurrencyMismatch."""
    interest = one.interest - other.interest
    rate: Decimal | None = None
    better: int | None = None
    if isinstance(one.rate, Decimal) and isinstance(other.rate, Decimal):
        rate = _KEEP.subtract(one.rate, other.rate)
        gains = one.interest.minor >= 0 and other.interest.minor >= 0
        if rate:
            better = int((rate < 0) == gains)
    duration = None
    if one.duration_days is not None and other.duration_days is not None:
        duration = _KEEP.subtract(one.duration_days, other.duration_days)
    return Comparison(rate, interest, duration, better)


Term = tuple[int, int]
"""Days since the first flow and the minor units of that day."""


def _by_day(flows: Iterable[Flow]) -> list[Term]:
    ordered = sorted(flows, key=lambda flow: flow.day)
    if len({flow.amount.currency for flow in ordered}) > 1:
        raise CurrencyMismatch("currency", left=ordered[0].amount.currency, right=ordered[-1].amount.currency)
    days = [
        (day, sum(flow.amount.minor for flow in same))
        for day, same in groupby(ordered, key=lambda flow: flow.day)
    ]
    kept = [(day, minor) for day, minor in days if minor]
    return [((day - kept[0][0]).days, minor) for day, minor in kept]


def _daily_factor(terms: list[Term]) -> Decimal | NoYield:
    """The discount factor of one day at which the terms are worth nothing."""
    if len(terms) < 2:
        return NoYield.WITHOUT_TIME
    changes = _sign_changes(minor for _, minor in terms)
    if not changes:
        return NoYield.ONE_SIDED
    low, high = _factor_of(HIGHEST_GROWTH), _factor_of(LOWEST_GROWTH)
    if changes > 1:
        # Several roots are possible. Only where the running balance turns once is one positive rate certain.
        running = list(accumulate(minor for _, minor in terms))
        if _sign_changes(running) != 1 or not running[-1]:
            return NoYield.AMBIGUOUS
        high = _ONE
    return _root(terms, low, high)


def _sign_changes(values: Iterable[int]) -> int:
    signs = [value > 0 for value in values if value]
    return sum(one != other for one, other in pairwise(signs))


def _factor_of(growth: Decimal) -> Decimal:
    return _WORK.power(growth, _WORK.divide(Decimal(-1), Decimal(YEAR_DAYS)))


def _root(terms: list[Term], low: Decimal, high: Decimal) -> Decimal | NoYield:
    """Newton's method that falls back on halving, so that it always ends within the bracket."""
    at_low, at_high = _value(terms, low)[0], _value(terms, high)[0]
    if not at_low or not at_high:
        return low if not at_low else high
    if (at_low > 0) == (at_high > 0):
        return NoYield.OUT_OF_RANGE
    factor = _ONE if low < _ONE < high else _WORK.divide(_WORK.add(low, high), Decimal(2))
    for _ in range(_MOST_STEPS):
        value, slope = _value(terms, factor)
        if not value:
            return factor
        if (value > 0) == (at_low > 0):
            low = factor
        else:
            high = factor
        step = _WORK.divide(value, slope) if slope else high
        if abs(step) < _CLOSE or _WORK.subtract(high, low) < _CLOSE:
            return factor
        factor = _WORK.subtract(factor, step)
        if not low < factor < high:
            factor = _WORK.divide(_WORK.add(low, high), Decimal(2))
    return factor


def _value(terms: list[Term], factor: Decimal) -> tuple[Decimal, Decimal]:
    """Σ c·v^t and its slope Σ t·c·v^(t-1). Powers go from one day to the next by their gap, and gaps repeat."""
    powers: dict[int, Decimal] = {}
    power, at = _ONE, 0
    value, slope = _ZERO, _ZERO
    for days, minor in terms:
        gap = days - at
        if gap not in powers:
            powers[gap] = _WORK.power(factor, Decimal(gap))
        power, at = _WORK.multiply(power, powers[gap]), days
        present = _WORK.multiply(power, Decimal(minor))
        value = _WORK.add(value, present)
        slope = _WORK.add(slope, _WORK.multiply(present, Decimal(days)))
    return value, _WORK.divide(slope, factor)


def _duration(terms: list[Term], factor: Decimal) -> Decimal:
    """Average days until what comes back (the flows of the other sign than the first), by present value."""
    given = terms[0][1] > 0
    back = [(days, minor) for days, minor in terms if (minor > 0) != given]
    value, slope = _value(back, factor)
    return _KEEP.divide(_WORK.multiply(slope, factor), value)
