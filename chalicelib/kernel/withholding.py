"""Tax withheld from interest: a percentage, who is exempt, and from which interest on (TDP-66, TDP-87)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.kernel.rounding import HALF_UP, Rounding


class Exemption(StrEnum):
    """Why nothing is withheld."""

    HOLDER = "holder"
    TERM = "term"  # the deposit is for long enough
    SMALL_INTEREST = "small_interest"  # a day's interest is below the threshold


@dataclass(frozen=True, slots=True)
class Withholding:
    """`percent` of the interest, unless the holder is exempt, the term has `exempt_from_days` days or more, or a
    day's interest is below `daily_threshold_minor`.
    """

    percent: Decimal = Decimal(0)
    exempt_from_days: int | None = None
    daily_threshold_minor: int | None = None
    holder_exempt: bool = False

    def exemption(self, interest: Money, days: int, term_days: int) -> Exemption | None:
        """Why the interest of these days, of a deposit for `term_days`, is exempt; None when it is taxed."""
        if self.holder_exempt:
            return Exemption.HOLDER
        if self.exempt_from_days is not None and term_days >= self.exempt_from_days:
            return Exemption.TERM
        if self.daily_threshold_minor is not None and interest.minor < self.daily_threshold_minor * days:
            return Exemption.SMALL_INTEREST
        return None

    def on(self, interest: Money, days: int, term_days: int, rounding: Rounding = HALF_UP) -> Money:
        """What is withheld from the interest of these days: never negative, never more than the interest."""
        if interest.minor <= 0 or not self.percent or self.exemption(interest, days, term_days) is not None:
            return Money(0, interest.currency)
        withheld = interest.times(Fraction(self.percent) / 100, rounding)
        return min(interest, max(withheld, Money(0, interest.currency)))
