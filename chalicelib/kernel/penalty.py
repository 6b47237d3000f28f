"""What an early withdrawal costs (multa por cancelación anticipada). Source: spec 05 formula 8, PenaltyTable."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import CurrencyMismatch, Money
from chalicelib.kernel.rounding import HALF_UP, Rounding


class PenaltyMethod(StrEnum):
    """How the penalty is reckoned; `value` of the rule is a percentage, days or percentage points."""

    NONE = "none"
    PERCENT_OF_AMOUNT = "percent_of_amount"  # pct·W
    PERCENT_OF_INTEREST = "percent_of_interest"  # pct of the interest accrued on W
    DAYS_OF_INTEREST = "days_of_interest"  # W·r·k/N
    RATE_REDUCTION = "rate_reduction"  # W·Δr·d/N over the elapsed days d


@dataclass(frozen=True, slots=True)
class PenaltyRule:
    """A rule and its bounds. `free_percent` of the principal may be withdrawn without penalty.

    The penalty never exceeds the interest accrued on what is withdrawn unless it may touch the principal.
    """

    method: PenaltyMethod = PenaltyMethod.NONE
    value: Decimal = Decimal(0)
    minimum: Money | None = None
    maximum: Money | None = None
    free_percent: Decimal = Decimal(0)
    may_touch_principal: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "method", PenaltyMethod(self.method))


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """`amount` of a deposit of `principal` at `rate_percent`, `elapsed_days` after it began; `accrued` is the interest
    that the withdrawn amount has earned since. `base`: days of the year.
    """

    amount: Money
    principal: Money
    rate_percent: Decimal
    elapsed_days: int
    base: int
    accrued: Money
    in_grace: bool = False


def penalty(rule: PenaltyRule, withdrawal: Withdrawal, rounding: Rounding = HALF_UP) -> Money:
    """What the withdrawal costs: zero in grace, never negative, never more than what is paid out (TDP-21, TDP-37)."""
    amount, code = withdrawal.amount, withdrawal.amount.currency
    if withdrawal.accrued.currency != code or withdrawal.principal.currency != code:
        raise CurrencyMismatch("currency", left=code, right=withdrawal.accrued.currency)
    nothing = Money(0, code)
    if rule.method is PenaltyMethod.NONE or withdrawal.in_grace or amount.minor <= 0:
        return nothing
    free = withdrawal.principal.times(Fraction(rule.free_percent) / 100)
    charged = max(amount - free, nothing)
    if not charged:
        return nothing
    cost = charged.times(_factor(rule, withdrawal), rounding)
    if rule.minimum is not None:
        cost = max(cost, rule.minimum)
    if rule.maximum is not None:
        cost = min(cost, rule.maximum)
    most = max(withdrawal.accrued, nothing)
    if rule.may_touch_principal:
        most += amount
    return max(min(cost, most), nothing)


def _factor(rule: PenaltyRule, withdrawal: Withdrawal) -> Fraction:
    """What the charged part of the amount is multiplied by."""
    value = Fraction(rule.value)
    if rule.method is PenaltyMethod.PERCENT_OF_AMOUNT:
        return value / 100
    if rule.method is PenaltyMethod.DAYS_OF_INTEREST:
        return Fraction(withdrawal.rate_percent) * value / (100 * withdrawal.base)
    if rule.method is PenaltyMethod.RATE_REDUCTION:
        return value * withdrawal.elapsed_days / (100 * withdrawal.base)
    return value / 100 * Fraction(max(withdrawal.accrued.minor, 0), withdrawal.amount.minor)
