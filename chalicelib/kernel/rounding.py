"""Rounding policies: the mode, and the unit to which an amount is rounded.

Interest and conversions stay exact (integers or fractions) until one policy rounds them, once.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid


class InvalidRoundingUnit(Invalid):
    """The unit is not positive, or is not a whole number of minor units of the currency."""

    code = "invalid_rounding_unit"


class RoundingMode(StrEnum):
    """How a value between two units is decided. Halves and directions are symmetric around zero."""

    HALF_UP = "half_up"  # halves away from zero: 2.345 -> 2.35, -2.345 -> -2.35
    HALF_EVEN = "half_even"  # halves to the even neighbour: 2.345 -> 2.34
    DOWN = "down"  # towards zero
    UP = "up"  # away from zero


def round_ratio(numerator: int, denominator: int, mode: RoundingMode) -> int:
    """Integer nearest to `numerator / denominator` by `mode`; `denominator` must be positive."""
    quotient, remainder = divmod(abs(numerator), denominator)
    if remainder:
        twice = remainder + remainder
        if (
            mode is RoundingMode.UP
            or (mode is RoundingMode.HALF_UP and twice >= denominator)
            or (
                mode is RoundingMode.HALF_EVEN
                and (twice > denominator or (twice == denominator and quotient & 1))
            )
        ):
            quotient += 1
    return -quotient if numerator < 0 else quotient


@dataclass(frozen=True, slots=True)
class Rounding:
    """A rounding policy. `unit` is in major units (0.01, 0.05, 100); None means the currency's minor unit."""

    mode: RoundingMode = RoundingMode.HALF_UP
    unit: Decimal | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "mode", RoundingMode(self.mode))
        if self.unit is not None and (not self.unit.is_finite() or self.unit <= 0):
            raise InvalidRoundingUnit("unit", unit=self.unit)

    def apply(self, value: int | Decimal | Fraction) -> Decimal:
        """`value` rounded to a multiple of the unit (to an integer when there is none), exact at any size."""
        unit = Fraction(1) if self.unit is None else Fraction(self.unit)
        ratio = Fraction(value) / unit
        multiples = round_ratio(ratio.numerator, ratio.denominator, self.mode)
        return _times(multiples, self.unit or Decimal(1))

    def to_minor(self, numerator: int, denominator: int, decimals: int) -> int:
        """Minor units nearest to `numerator / denominator` minor units of a currency with `decimals`.

        Raises InvalidRoundingUnit when the unit cannot be paid in that currency (0.005 in USD).
        """
        if self.unit is None:
            return round_ratio(numerator, denominator, self.mode)
        scaled = Fraction(self.unit) * int(10**decimals)
        if scaled.denominator != 1:
            raise InvalidRoundingUnit("unit", unit=self.unit, decimals=decimals)
        return round_ratio(numerator, denominator * scaled.numerator, self.mode) * scaled.numerator


def _times(multiples: int, unit: Decimal) -> Decimal:
    """Exact product, whatever the precision of the decimal context."""
    sign, digits, exponent = unit.as_tuple()
    coefficient = multiples * int("".join(map(str, digits))) * (-1 if sign else 1)
    return Decimal(f"{coefficient}E{exponent}")


HALF_UP = Rounding(RoundingMode.HALF_UP)
HALF_EVEN = Rounding(RoundingMode.HALF_EVEN)
DOWN = Rounding(RoundingMode.DOWN)
UP = Rounding(RoundingMode.UP)
