"""The rate of a loan: a percentage or an index with its points, within the product's floor and cap."""

from decimal import ROUND_HALF_UP, Context, Decimal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.index_rate import Expression, RateLimits, Reason, with_spread
from chalicelib.kernel.rate import Kind, Rate, Timing
from chalicelib.modules.loans.domain.asked import RateAsked
from chalicelib.modules.loans.errors import RateOutOfLimits, RateSourceMissing
from chalicelib.modules.loans.plans import LoanPlan, QuotedRate, RateTier

_WIDE = Context(prec=400)  # an absurd rate still has all its digits


@dataclass(frozen=True, slots=True)
class IndexValue:
    """An index rate as it stands on a day: its percentage, quoted in its own way."""

    code: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class Priced:
    """The loan's rate as it is quoted, and where it comes from; ``limited`` says which limit changed it."""

    rate: Rate
    index: IndexValue | None = None
    spread_points: Decimal = Decimal(0)
    limited: Reason | None = None


def rate_of_plan(plan: LoanPlan, tier: RateTier | None) -> RateAsked:
    """The rate that a product gives an amount of this tier (LON-13)."""
    if plan.rate_kind == "fixed":
        return RateAsked(tier.percent if tier else plan.fixed_rate, plan.quoted)
    points = tier.percent if tier else plan.spread_points
    return RateAsked(None, plan.quoted, plan.index_rate, points, plan.spread_stage)


def check_source(asked: RateAsked, field: str) -> None:
    """A rate has one source. Raises RateSourceMissing."""
    if (asked.percent is None) == (asked.index is None):
        raise RateSourceMissing(f"{field}.index" if asked.index else f"{field}.percent")


def priced(asked: RateAsked, index: IndexValue | None, limits: RateLimits | None = None) -> Priced:
    """The rate of a loan that begins: the points added to its index, then floor and cap (LON-28 to LON-31).

    Limits are percentages in the expression in which the rate is quoted. Raises RateOutOfRange, InvalidRate.
    """
    if index is None:
        found = Priced(asked.quoted.rate(asked.percent or Decimal(0)))
    else:
        rate = with_spread(index.rate, asked.spread_points, asked.spread_stage, _expression(asked.quoted))
        found = Priced(rate, index, asked.spread_points)
    if limits is None:
        return found
    opened = limits.opening(found.rate)
    return Priced(opened.rate, index, found.spread_points, opened.reasons[0] if opened.reasons else None)


def limits_of(plan: LoanPlan) -> RateLimits:
    """The product's floor and cap."""
    return RateLimits(plan.rate_min, plan.rate_max)


def check_limits(plan: LoanPlan, rate: Rate, field: str) -> None:
    """A rate set by hand stays within the product's floor and cap, as the product quotes them.

    Raises RateOutOfLimits.
    """
    percent = _expression(plan.quoted).of(rate).percent
    below = plan.rate_min is not None and percent < plan.rate_min
    if below or (plan.rate_max is not None and percent > plan.rate_max):
        raise RateOutOfLimits(
            field, minimum=_shown(plan.rate_min), maximum=_shown(plan.rate_max), percent=_shown(percent)
        )


def _expression(quoted: QuotedRate) -> Expression:
    return Expression(Kind(quoted.kind), quoted.periods_per_year, Timing(quoted.timing))


def shown(percent: Decimal, decimals: int = 6) -> Decimal:
    """A percentage as people read it: rounded half up, without zeros at its end or an exponent."""
    rounded = percent.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE).normalize(_WIDE)
    return rounded.quantize(Decimal(1), context=_WIDE) if rounded.as_tuple().exponent > 0 else rounded  # type: ignore[operator]


def _shown(percent: Decimal | None) -> str:
    return "-" if percent is None else f"{shown(percent):f}"
