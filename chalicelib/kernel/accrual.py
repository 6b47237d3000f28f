"""Interest accrued on a balance, exactly: integers all the way, whatever the annual base.

Accrued interest is counted in *accrual units*. One unit is one minor unit of the currency divided by
ACCRUAL_DENOMINATOR, which every supported annual base (360, 364, 365, 366) and the six decimals of a percent
divide without remainder. So a day's interest is a whole number of units, sums never drift, and rounding
happens once, by the plan's policy, when the interest is paid.

Methods (spec 04, formulas 1 to 3), B the balance, r annual, N the base: flat: B·r/N.  tiered (escalonado):
B·r_k/N, k the band that holds B.  banded (diferencial): every slice of B at its own band's rate, Σ min(max(B
- from_k, 0), to_k - from_k)·r_k/N.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid, InvariantError
from chalicelib.kernel.money import Money, currency
from chalicelib.kernel.rounding import HALF_UP, Rounding, RoundingMode, round_ratio

_Value = TypeVar("_Value")

_BASES_LCM = 145_880_280  # least common multiple of 360, 364, 365 and 366
ACCRUAL_DENOMINATOR = _BASES_LCM * 10**8  # and of a micro-percent: 100 × 1,000,000
UNITS_BY_BASE = {base: _BASES_LCM // base for base in (360, 364, 365, 366)}

Daily = Callable[[int], int]
"""Units that a balance in minor units earns in one day."""
BalanceSteps = Sequence[tuple[date, int]]
"""Balances in minor units, each from its date on, in order of date."""
DailySteps = Sequence[tuple[date, Daily]]
"""Daily functions, each from its date on, in order of date: the history of rates."""


class InvalidBands(Invalid):
    """Bands are missing, do not follow one another, or are several where the method takes one."""

    code = "invalid_bands"


class InvalidBase(Invalid):
    """The annual base is not 360, 364, 365 or 366."""

    code = "invalid_base"


class NoRateInForce(Invalid):
    """Interest is asked for a day before the first known rate."""

    code = "no_rate_in_force"


class UnorderedHistory(InvariantError):
    """Balances or rates are not in order of date."""

    code = "unordered_history"


class Method(StrEnum):
    """How the rate depends on the balance."""

    FLAT = "flat"
    TIERED = "tiered"
    BANDED = "banded"


@dataclass(frozen=True, slots=True)
class Band:
    """Balances of `from_minor` ≤ B < `to_minor` (None: no upper end) at `rate_micro` micro-percent a year."""

    from_minor: int
    to_minor: int | None
    rate_micro: int


@dataclass(frozen=True, slots=True)
class AccrualRun:
    """Consecutive days of one balance and one rate: `daily_units` a day, `units` in all `days`."""

    first_day: date
    days: int
    balance_minor: int
    daily_units: int

    @property
    def units(self) -> int:
        return self.daily_units * self.days


# -- a day's interest ---------------------------------------------------------------------------------------


def flat(rate_micro: int) -> tuple[Band, ...]:
    """The single band of a flat rate."""
    return (Band(0, None, rate_micro),)


def daily(method: str, bands: Sequence[Band], base: int) -> Daily:
    """Compiles a rate into the function that prices one day of a balance.

    A balance that is zero, negative or outside the bands earns nothing. Raises InvalidBase, InvalidBands.
    """
    if base not in UNITS_BY_BASE:
        raise InvalidBase("day_count_base", base=base)
    check_bands(method, bands)
    scale = UNITS_BY_BASE[base]
    if Method(method) is Method.FLAT:
        return _flat(bands[0].rate_micro * scale)
    starts = [band.from_minor for band in bands]
    rates = [0, *(band.rate_micro * scale for band in bands)]
    offsets = [0] * len(rates)
    if Method(method) is Method.BANDED:
        offsets = _offsets(bands, rates)
    end = bands[-1].to_minor
    if end is not None:
        # Above the last band: what the bands earned, and nothing on the excess (nothing at all when tiered).
        starts.append(end)
        offsets.append(offsets[-1] + rates[-1] * end if Method(method) is Method.BANDED else 0)
        rates.append(0)
    return _stepped(starts, rates, offsets)


def check_bands(method: str, bands: Sequence[Band]) -> None:
    """Bands ascend, each begins where the last ended, only the last may be open; flat takes one."""
    if not bands or (method == Method.FLAT and len(bands) != 1):
        raise InvalidBands("bands", count=len(bands), method=str(method))
    for position, band in enumerate(bands):
        previous_end = bands[position - 1].to_minor if position else None
        if position and band.from_minor != previous_end:
            raise InvalidBands(f"bands.{position}.from", start=band.from_minor, previous_end=previous_end)
        if band.from_minor < 0 or (band.to_minor is not None and band.to_minor <= band.from_minor):
            raise InvalidBands(f"bands.{position}.to", start=band.from_minor, end=band.to_minor)


def _offsets(bands: Sequence[Band], rates: Sequence[int]) -> list[int]:
    """What to add to B × rate of its band so that the lower slices earn their own rates."""
    offsets, offset, previous = [0], 0, 0
    for band, rate in zip(bands, rates[1:], strict=True):
        offset += band.from_minor * (previous - rate)
        previous = rate
        offsets.append(offset)
    return offsets


def _flat(units_per_minor: int) -> Daily:
    def price(balance_minor: int) -> int:
        return balance_minor * units_per_minor if balance_minor > 0 else 0

    return price


def _stepped(starts: list[int], rates: list[int], offsets: list[int]) -> Daily:
    """Price by the band found: positions are one past the band, the first is "below every band"."""
    find = bisect_right

    def price(balance_minor: int) -> int:
        if balance_minor <= 0:
            return 0
        band = find(starts, balance_minor)
        return balance_minor * rates[band] + offsets[band]

    return price


# -- interest over days -------------------------------------------------------------------------------------


def accrue(history: BalanceSteps, daily_by_date: DailySteps, first_day: date, last_day: date) -> int:
    """Units earned from `first_day` to `last_day`, both included; none if the last is before the first.

    The balance of a day is that of the latest step on or before it, zero before the first step. Cost grows
    with the steps within the period, not with its days. Raises NoRateInForce, UnorderedHistory.
    """
    if len(history) == 1 and len(daily_by_date) == 1:  # the idle account, which end of day meets in thousands
        (since, balance_minor), (rate_since, price) = history[0], daily_by_date[0]
        if since <= first_day and rate_since <= first_day:
            days = last_day.toordinal() - first_day.toordinal() + 1
            return price(balance_minor) * days if days > 0 else 0
    return sum(
        days * daily_units for _, days, _, daily_units in _pieces(history, daily_by_date, first_day, last_day)
    )


def runs(
    history: BalanceSteps, daily_by_date: DailySteps, first_day: date, last_day: date
) -> Iterator[AccrualRun]:
    """The period cut wherever balance or rate changes: the rows behind `accrue`. Raises as it does."""
    for day, days, balance_minor, daily_units in _pieces(history, daily_by_date, first_day, last_day):
        yield AccrualRun(date.fromordinal(day), days, balance_minor, daily_units)


def _pieces(
    history: BalanceSteps, daily_by_date: DailySteps, first_day: date, last_day: date
) -> Iterator[tuple[int, int, int, int]]:
    """First day (ordinal), days, balance and daily units of every run of the period."""
    balances, prices = _ordinals(history), _ordinals(daily_by_date)
    at, end = first_day.toordinal(), last_day.toordinal() + 1
    balance, price = _in_force(balances, at), _in_force(prices, at)
    if at < end and price == 0:
        raise NoRateInForce("first_day", first_day=first_day)
    while at < end:
        until = end
        if balance < len(balances):
            until = min(until, balances[balance][0])
        if price < len(prices):
            until = min(until, prices[price][0])
        balance_minor = balances[balance - 1][1] if balance else 0
        yield at, until - at, balance_minor, prices[price - 1][1](balance_minor)
        at = until
        while balance < len(balances) and balances[balance][0] <= at:
            balance += 1
        while price < len(prices) and prices[price][0] <= at:
            price += 1


def daily_rows(
    history: BalanceSteps, daily_by_date: DailySteps, first_day: date, last_day: date
) -> Iterator[tuple[date, int, int, int]]:
    """One row per calendar day: date, balance in minor units, units of the day, units so far (DEP-24)."""
    cumulative = 0
    for run in runs(history, daily_by_date, first_day, last_day):
        start = run.first_day.toordinal()
        for day in range(start, start + run.days):
            cumulative += run.daily_units
            yield date.fromordinal(day), run.balance_minor, run.daily_units, cumulative


def average_balance(history: BalanceSteps, first_day: date, last_day: date) -> Fraction:
    """Average daily balance in minor units, exact: Σ_d B_d / days, both ends included (spec 04 formula 9).

    Zero for an empty period. Raises UnorderedHistory.
    """
    days = last_day.toordinal() - first_day.toordinal() + 1
    if days <= 0:
        return Fraction(0)
    by_day: DailySteps = [(first_day, _itself)]
    return Fraction(sum(run.units for run in runs(history, by_day, first_day, last_day)), days)


def _itself(balance_minor: int) -> int:
    return balance_minor


def _ordinals(steps: Sequence[tuple[date, _Value]]) -> list[tuple[int, _Value]]:
    """The steps by ordinal day, proven to be in order."""
    result: list[tuple[int, _Value]] = []
    previous = 0
    for since, value in steps:
        day = since.toordinal()
        if day < previous:
            raise UnorderedHistory("history", since=since)
        previous = day
        result.append((day, value))
    return result


def _in_force(steps: list[tuple[int, _Value]], day: int) -> int:
    """How many steps have begun on the day; the one in force is the last of them."""
    return bisect_right(steps, day, key=_day_of)


def _day_of(step: tuple[int, object]) -> int:
    return step[0]


# -- units and money ----------------------------------------------------------------------------------------


def units_of(money: Money) -> int:
    """The units that are worth exactly this money."""
    return money.minor * ACCRUAL_DENOMINATOR


def to_money(units: int, code: str, rounding: Rounding = HALF_UP) -> Money:
    """The money those units are worth, rounded once; what is left, `units - units_of(it)`, is carried."""
    return Money(rounding.to_minor(units, ACCRUAL_DENOMINATOR, currency(code).decimals), code)


def to_decimal(units: int, code: str, decimals: int = 6) -> Decimal:
    """The units in major units of the currency with `decimals` decimals, half up: to show, never to sum."""
    denominator = ACCRUAL_DENOMINATOR * 10 ** currency(code).decimals
    shown = round_ratio(units * 10**decimals, denominator, RoundingMode.HALF_UP)
    return Decimal(f"{shown}E-{decimals}")


def annual_percent(daily_units: int, balance_minor: int, base: int) -> Decimal:
    """The annual percentage at which a balance earns so many units in one day, to six decimals: to show.

    The balance is positive; where slices of it earn different rates, it is their average.
    """
    shown = round_ratio(
        daily_units * base * 100 * 10**6, ACCRUAL_DENOMINATOR * balance_minor, RoundingMode.HALF_UP
    )
    return Decimal(f"{shown}E-6")
