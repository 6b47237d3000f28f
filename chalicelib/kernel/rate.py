"""Rates of interest and their conversion into equivalents.

A rate written by a person has at most six decimals of a percent. Conversions between compounding periods are
irrational, so an equivalent keeps 34 significant digits and is rounded only where a plan says so.

Formulas (spec 04 formula 4; spec 05 formulas 4 and 5), j nominal, m periods a year, e effective annual:
in arrears e = (1 + j/m)^m - 1 and j = m((1+e)^(1/m) - 1); in advance e = (1 - j/m)^-m - 1 and
j = m(1 - (1+e)^(-1/m)).
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException
from enum import StrEnum
from fractions import Fraction

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid

PERCENT_DECIMALS = 6
MICRO = 1_000_000  # micro-percents in one percent: the integer form of a written rate
_WORK = Context(prec=50, rounding=ROUND_HALF_EVEN)
_KEEP = Context(prec=34, rounding=ROUND_HALF_EVEN)
_HUNDRED = Decimal(100)


class InvalidRate(Invalid):
    """Not a percentage with at most six decimals, or periods a year that are not positive."""

    code = "invalid_rate"


class RateOutOfRange(Invalid):
    """A rate at which money would vanish: -100 % or less a period, or 100 % or more a period in advance."""

    code = "rate_out_of_range"


class Kind(StrEnum):
    """Nominal (compounded `periods_per_year` times) or effective annual."""

    NOMINAL = "nominal"
    EFFECTIVE = "effective"


class Timing(StrEnum):
    """When a period's interest is due: at its end or at its start."""

    ARREARS = "arrears"
    ADVANCE = "advance"


@dataclass(frozen=True, slots=True)
class Rate:
    """An annual rate in percent. An effective rate is annual, in arrears: both other fields are then idle."""

    percent: Decimal
    kind: Kind = Kind.NOMINAL
    periods_per_year: int | Fraction = 12
    timing: Timing = Timing.ARREARS

    @classmethod
    def nominal(
        cls, percent: str | int | Decimal, periods_per_year: int | Fraction, timing: str = Timing.ARREARS
    ) -> Rate:
        """Nominal annual rate of `periods_per_year` periods; a Fraction such as 360/95 is an open period."""
        if isinstance(periods_per_year, float) or periods_per_year <= 0:
            raise InvalidRate("periods_per_year", periods_per_year=str(periods_per_year))
        return cls(written_percent(percent), Kind.NOMINAL, periods_per_year, Timing(timing))

    @classmethod
    def effective(cls, percent: str | int | Decimal) -> Rate:
        """Effective annual rate."""
        return cls(written_percent(percent), Kind.EFFECTIVE, 1, Timing.ARREARS)

    @property
    def micro(self) -> int:
        """Micro-percent, the exact integer that accrual uses. Raises InvalidRate past six decimals."""
        return micro_of(self.percent)

    @property
    def per_period(self) -> Decimal:
        """Rate of one period as a number: 12 % nominal monthly is 0.01."""
        periods = Fraction(self.periods_per_year)
        rate = _WORK.divide(self.percent, _HUNDRED)
        return _KEEP.plus(_WORK.divide(_WORK.multiply(rate, periods.denominator), Decimal(periods.numerator)))

    def rounded(self, decimals: int = PERCENT_DECIMALS) -> Rate:
        """The rate with its percent rounded half up to `decimals`."""
        step = Decimal(1).scaleb(-decimals)
        percent = self.percent.quantize(step, rounding="ROUND_HALF_UP", context=_WORK)
        return Rate(percent, self.kind, self.periods_per_year, self.timing)

    def effective_annual(self) -> Rate:
        """The effective annual rate. Raises RateOutOfRange."""
        if self.kind is Kind.EFFECTIVE:
            _growth_of(self.percent)
            return self
        growth = _growth_of(self.percent, self.periods_per_year, self.timing)
        return Rate(_percent_of(growth), Kind.EFFECTIVE, 1, Timing.ARREARS)

    def equivalent(
        self,
        kind: str,
        periods_per_year: int | Fraction = 1,
        timing: str = Timing.ARREARS,
    ) -> Rate:
        """The rate of another kind, periodicity or timing that makes money grow the same. Raises
        RateOutOfRange.
        """
        if Kind(kind) is Kind.EFFECTIVE:
            return self.effective_annual()
        if isinstance(periods_per_year, float) or periods_per_year <= 0:
            raise InvalidRate("periods_per_year", periods_per_year=str(periods_per_year))
        target = Timing(timing)
        if (self.kind, Fraction(self.periods_per_year), self.timing) == (
            Kind.NOMINAL,
            periods_per_year,
            target,
        ):
            _growth_of(self.percent, self.periods_per_year, self.timing)
            return self
        growth = self._growth()
        periods = Fraction(periods_per_year)
        inverse = _WORK.divide(Decimal(periods.denominator), Decimal(periods.numerator))
        many = _WORK.divide(Decimal(periods.numerator), Decimal(periods.denominator))
        if target is Timing.ARREARS:
            step = _WORK.subtract(_WORK.power(growth, inverse), Decimal(1))
        else:
            step = _WORK.subtract(Decimal(1), _WORK.power(growth, -inverse))
        percent = _KEEP.plus(_WORK.multiply(_WORK.multiply(step, many), _HUNDRED))
        return Rate(percent, Kind.NOMINAL, periods_per_year, target)

    def _growth(self) -> Decimal:
        if self.kind is Kind.EFFECTIVE:
            return _growth_of(self.percent)
        return _growth_of(self.percent, self.periods_per_year, self.timing)


def written_percent(percent: str | int | Decimal) -> Decimal:
    """A percentage as people write it. Raises InvalidRate on floats, other text or more than six decimals."""
    if isinstance(percent, bool) or not isinstance(percent, str | int | Decimal):
        raise InvalidRate("rate", rate=repr(percent))
    try:
        value = Decimal(percent)
    except DecimalException:
        raise InvalidRate("rate", rate=repr(percent)) from None
    micro_of(value)
    return value


def micro_of(percent: Decimal) -> int:
    """`percent` × 1,000,000 as an exact integer. Raises InvalidRate when it is not one."""
    if not percent.is_finite() or abs(percent.adjusted()) > 40:
        raise InvalidRate("rate", rate=str(percent)[:40])
    numerator, denominator = percent.as_integer_ratio()
    micro, rest = divmod(numerator * MICRO, denominator)
    if rest:
        raise InvalidRate("rate", rate=str(percent), decimals=PERCENT_DECIMALS)
    return micro


def _growth_of(
    percent: Decimal, periods_per_year: int | Fraction = 1, timing: Timing = Timing.ARREARS
) -> Decimal:
    """What 1 becomes in a year, to 50 digits."""
    periods = Fraction(periods_per_year)
    yearly = _WORK.divide(percent, _HUNDRED)
    step = _WORK.divide(_WORK.multiply(yearly, periods.denominator), Decimal(periods.numerator))
    base = _WORK.add(Decimal(1), step if timing is Timing.ARREARS else -step)
    if base <= 0:
        raise RateOutOfRange("rate", rate=str(percent), periods_per_year=str(periods))
    many = _WORK.divide(Decimal(periods.numerator), Decimal(periods.denominator))
    return _WORK.power(base, many if timing is Timing.ARREARS else -many)


def _percent_of(growth: Decimal) -> Decimal:
    return _KEEP.plus(_WORK.multiply(_WORK.subtract(growth, Decimal(1)), _HUNDRED))
