"""Correlations and indicators: signed sums of balances, what they are compared with, and how bad that is."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.sheet import Row
from chalicelib.modules.accounting.plans import AccountCorrelation, Indicator, SignedAccount

CENT = Decimal("0.01")


class Colour(StrEnum):
    """How an indicator stands to its limits."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Trend(StrEnum):
    """How an indicator stands to itself at the end of the period before."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


def signed_sum(terms: Iterable[SignedAccount], rows: Mapping[str, Row], chart: Chart) -> int:
    """The sum of closing balances in minor units, each on its account's normal side, as their signs say.

    ``rows`` are those of posted accounts; an account of a term counts with all that lies under it.
    """
    total = 0
    for each in terms:
        debit = sum(row.closing for code, row in rows.items() if chart.within(code, each.account))
        account = chart.find(each.account)
        natural = -debit if account and account.normal_side == "credit" else debit
        total += natural if each.sign == "plus" else -natural
    return total


def holds(correlation: AccountCorrelation, minor: int, tolerance_minor: int) -> bool:
    """Whether the sum stands to zero as the correlation says; the tolerance is in favour of holding."""
    return {
        "equal": abs(minor) <= tolerance_minor,
        "not_equal": abs(minor) > tolerance_minor,
        "less": minor < tolerance_minor or minor < 0,
        "at_most": minor <= tolerance_minor,
        "more": minor > -tolerance_minor or minor > 0,
        "at_least": minor >= -tolerance_minor,
    }[correlation.comparison]


def ratio(numerator_minor: int, denominator_minor: int) -> Decimal | None:
    """A percentage with two decimals: 812 500 of 1 000 000 is 81.25; None of nothing."""
    if not denominator_minor:
        return None
    share = Decimal(numerator_minor) * 100 / Decimal(denominator_minor)
    return share.quantize(CENT, ROUND_HALF_UP)


def colour_of(indicator: Indicator, value: Decimal | None) -> Colour | None:
    """Red beyond the red limit, amber beyond the amber one; None where there is no value."""
    if value is None:
        return None
    for limit, colour in ((indicator.red, Colour.RED), (indicator.amber, Colour.AMBER)):
        if limit is not None and (value > limit if indicator.worse == "higher" else value < limit):
            return colour
    return Colour.GREEN


def trend_of(value: Decimal | None, before: Decimal | None) -> Trend | None:
    """Up, down or the same; None where either is missing."""
    if value is None or before is None:
        return None
    if value == before:
        return Trend.SAME
    return Trend.UP if value > before else Trend.DOWN
