"""Rates that follow an index: what is added to it and when, how far they may move, and which one holds on a date.

Sources: spec 06 [F-06] (the chain of conversion), [F-09] (repricing) and LON-24 to LON-31; spec 05 formula 6.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from chalicelib.kernel.accrual import NoRateInForce, UnorderedHistory
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid, InvariantError
from chalicelib.kernel.rate import Kind, Rate, Timing

_WORK = Context(prec=50, rounding=ROUND_HALF_EVEN)
_HUNDRED = Decimal(100)


class InvalidRateLimits(Invalid):
    """A floor above the cap, a smallest change above the largest, or a change below zero."""

    code = "invalid_rate_limits"


class MixedExpressions(InvariantError):
    """Two rates are compared that are not quoted in the same way."""

    code = "mixed_rate_expressions"


class SpreadStage(StrEnum):
    """Where in the conversion the spread, in percentage points a year, meets the index."""

    BEFORE_CONVERSION = "before_conversion"  # added to the index as it is quoted
    AT_EFFECTIVE = "at_effective"  # added to the index's effective annual rate
    COMPOUNDED = "compounded"  # (1 + effective)(1 + spread) - 1


@dataclass(frozen=True, slots=True)
class Expression:
    """How a rate is quoted: its kind, periods a year and timing."""

    kind: Kind = Kind.NOMINAL
    periods_per_year: int | Fraction = 12
    timing: Timing = Timing.ARREARS

    def of(self, rate: Rate) -> Rate:
        """The equivalent of a rate in this expression. Raises RateOutOfRange."""
        return rate.equivalent(self.kind, self.periods_per_year, self.timing)


def with_spread(index: Rate, spread: Decimal, stage: str, expression: Expression) -> Rate:
    """The index, its spread added at a stage, in the expression of the contract. Raises RateOutOfRange."""
    chosen = SpreadStage(stage)
    if chosen is SpreadStage.BEFORE_CONVERSION:
        total = _WORK.add(index.percent, spread)
        return expression.of(Rate(total, index.kind, index.periods_per_year, index.timing))
    effective = index.effective_annual().percent
    if chosen is SpreadStage.AT_EFFECTIVE:
        total = _WORK.add(effective, spread)
    else:
        product = _WORK.multiply(_WORK.add(_HUNDRED, effective), _WORK.add(_HUNDRED, spread))
        total = _WORK.subtract(_WORK.divide(product, _HUNDRED), _HUNDRED)
    return expression.of(Rate(total, Kind.EFFECTIVE, 1, Timing.ARREARS))


# -- repricing ----------------------------------------------------------------------------------------------


class Reason(StrEnum):
    """Why a repriced rate is not its candidate."""

    CHANGE_TOO_SMALL = "change_too_small"
    CHANGE_LIMITED = "change_limited"
    FLOORED = "floored"
    CAPPED = "capped"


@dataclass(frozen=True, slots=True)
class Repriced:
    """The rate after a repricing and what held it back, in the order in which it was applied."""

    rate: Rate
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Percentages and percentage points, all in the contract's expression; None: no limit.

    Raises InvalidRateLimits.
    """

    floor: Decimal | None = None
    cap: Decimal | None = None
    smallest_change: Decimal | None = None
    largest_change: Decimal | None = None

    def __post_init__(self) -> None:
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise InvalidRateLimits("cap", floor=self.floor, cap=self.cap)
        for name in ("smallest_change", "largest_change"):
            change = getattr(self, name)
            if change is not None and change < 0:
                raise InvalidRateLimits(name, change=change)
        if (
            self.smallest_change is not None
            and self.largest_change is not None
            and self.smallest_change > self.largest_change
        ):
            raise InvalidRateLimits("largest_change", change=self.largest_change)

    def tightened(self, other: RateLimits) -> RateLimits:
        """The tighter of two sets of limits, such as a plan's and a contract's (LON-28)."""
        return RateLimits(
            _most(self.floor, other.floor),
            _least(self.cap, other.cap),
            _most(self.smallest_change, other.smallest_change),
            _least(self.largest_change, other.largest_change),
        )

    def opening(self, candidate: Rate) -> Repriced:
        """A contract's first rate: only floor and cap apply."""
        return self._bounded(candidate, ())

    def repriced(self, old: Rate, candidate: Rate) -> Repriced:
        """The rate that follows `old` [F-09]: keep it when the change is too small, then limit the change,
        then floor and cap. Raises MixedExpressions.
        """
        if _expression_of(old) != _expression_of(candidate):
            raise MixedExpressions("rate", old=str(_expression_of(old)), new=str(_expression_of(candidate)))
        change = _WORK.subtract(candidate.percent, old.percent)
        reasons: tuple[Reason, ...] = ()
        if change and self.smallest_change is not None and abs(change) < self.smallest_change:
            candidate, reasons = old, (Reason.CHANGE_TOO_SMALL,)
        elif self.largest_change is not None and abs(change) > self.largest_change:
            step = self.largest_change.copy_sign(change)
            candidate = _with_percent(old, _WORK.add(old.percent, step))
            reasons = (Reason.CHANGE_LIMITED,)
        return self._bounded(candidate, reasons)

    def _bounded(self, rate: Rate, reasons: tuple[Reason, ...]) -> Repriced:
        if self.floor is not None and rate.percent < self.floor:
            return Repriced(_with_percent(rate, self.floor), (*reasons, Reason.FLOORED))
        if self.cap is not None and rate.percent > self.cap:
            return Repriced(_with_percent(rate, self.cap), (*reasons, Reason.CAPPED))
        return Repriced(rate, reasons)


def _expression_of(rate: Rate) -> tuple[Kind, Fraction, Timing]:
    if rate.kind is Kind.EFFECTIVE:
        return rate.kind, Fraction(1), Timing.ARREARS
    return rate.kind, Fraction(rate.periods_per_year), rate.timing


def _with_percent(rate: Rate, percent: Decimal) -> Rate:
    return Rate(percent, rate.kind, rate.periods_per_year, rate.timing)


def _most(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return max((each for each in (one, other) if each is not None), default=None)


def _least(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return min((each for each in (one, other) if each is not None), default=None)


# -- histories ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RateHistory:
    """Rates, each from its date on until the next one, in order of date.

    Raises UnorderedHistory when a date does not follow the one before it.
    """

    steps: tuple[tuple[date, Rate], ...]

    def __post_init__(self) -> None:
        days = [since for since, _ in self.steps]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise UnorderedHistory("history", since=max(days))

    def on(self, day: date) -> Rate:
        """The rate in force on a day. Raises NoRateInForce before the first one."""
        begun = bisect_right(self.steps, day, key=_since)
        if not begun:
            raise NoRateInForce("first_day", first_day=day)
        return self.steps[begun - 1][1]

    def pieces(self, start: date, end: date) -> list[tuple[date, date, Rate]]:
        """The period from `start` to `end` (excluded) cut where the rate changes; empty when it has no days.

        Raises NoRateInForce.
        """
        if end <= start:
            return []
        cuts = [start, *(since for since, _ in self.steps if start < since < end), end]
        return [(first, last, self.on(first)) for first, last in pairwise(cuts)]


def _since(step: tuple[date, Rate]) -> date:
    return step[0]
