"""Every worked number of the deposit interest formulas (spec 04, formulas 1 to 4, 8 and 9; DEP-14 to DEP-26)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from chalicelib.kernel.accrual import (
    ACCRUAL_DENOMINATOR,
    Band,
    accrue,
    average_balance,
    daily,
    daily_rows,
    flat,
    to_decimal,
    to_money,
    units_of,
)
from chalicelib.kernel.calendar import Calendar
from chalicelib.kernel.cycle import Cycle, CycleUnit
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate, micro_of

OPENED = date(2026, 4, 1)
THIRTY_DAYS = (OPENED, OPENED + timedelta(days=29))


def cents(amount: str) -> int:
    return Money.of(amount, "USD").minor


def micro(percent: str) -> int:
    return micro_of(Decimal(percent))


def bands(first: str, second: str, third: str) -> tuple[Band, ...]:
    """The bands of the worked examples: up to 1,000, up to 5,000 and above."""
    return (
        Band(0, cents("1000"), micro(first)),
        Band(cents("1000"), cents("5000"), micro(second)),
        Band(cents("5000"), None, micro(third)),
    )


def thirty_days_of(balance: str, percent: str, base: int) -> Money:
    price = daily("flat", flat(micro(percent)), base)
    return to_money(accrue([(OPENED, cents(balance))], [(OPENED, price)], *THIRTY_DAYS), "USD")


def a_day_of(method: str, balance: str, steps: tuple[Band, ...]) -> Decimal:
    return to_decimal(daily(method, steps, 365)(cents(balance)), "USD")


# -- formula 1: flat -------------------------------------------------------------------------------------------


def test_flat_earns_the_rate_over_the_base_each_day():
    assert a_day_of("flat", "1000", flat(micro("3"))) == Decimal("0.082192")


@pytest.mark.parametrize(
    ("percent", "base", "interest"),
    [("3", 365, "2.47"), ("3", 360, "2.50"), ("3.5", 365, "2.88")],
    ids=["DEP-14 fixed rate", "DEP-19 base 360", "DEP-15 three percent and half a point"],
)
def test_thirty_days_of_a_thousand(percent, base, interest):
    assert thirty_days_of("1000", percent, base) == Money.of(interest, "USD")


@pytest.mark.parametrize("base", [360, 365])
def test_february_has_28_accruals_in_both_bases(base):
    price = daily("flat", flat(micro("3")), base)
    february = (date(2026, 2, 1), date(2026, 2, 28))
    rows = list(daily_rows([(date(2026, 1, 1), cents("1000"))], [(date(2026, 1, 1), price)], *february))
    assert len(rows) == 28
    assert rows[-1][3] == 28 * price(cents("1000"))


@pytest.mark.parametrize(("balance", "yearly"), [("500", "15.00"), ("50000", "1500.00")])
def test_flat_rate_is_the_same_whatever_the_balance(balance, yearly):
    assert to_money(365 * daily("flat", flat(micro("3")), 365)(cents(balance)), "USD") == Money.of(
        yearly, "USD"
    )


# -- formulas 2 and 3: tiered and banded -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("balance", "interest"), [("8000", "0.657534"), ("5000", "0.410959"), ("4999", "0.273918")]
)
def test_tiered_prices_the_whole_balance_at_its_band(balance, interest):
    assert a_day_of("tiered", balance, bands("1", "2", "3")) == Decimal(interest)


def test_banded_prices_each_slice_at_its_own_rate():
    assert a_day_of("banded", "8000", bands("1", "2", "3")) == Decimal("0.493151")
    year = 365 * daily("banded", bands("1", "2", "3"), 365)(cents("8000"))
    assert year == units_of(Money.of("180.00", "USD"))
    assert Decimal(year * 100) / (cents("8000") * ACCRUAL_DENOMINATOR) == Decimal("2.25")


@pytest.mark.parametrize(("method", "yearly"), [("banded", "210.00"), ("tiered", "240.00")])
def test_reference_rate_with_a_spread_by_band(method, yearly):
    year = 365 * daily(method, bands("2", "2.5", "3"), 365)(cents("8000"))
    assert year == units_of(Money.of(yearly, "USD"))


# -- formula 4: effective of a nominal ---------------------------------------------------------------------------


def test_three_percent_monthly_is_3_0416_effective():
    assert str(Rate.nominal("3", 12).effective_annual().rounded(4).percent) == "3.0416"


# -- formula 8: withholding --------------------------------------------------------------------------------------


def test_withholding_of_two_percent():
    gross = Money.of("100.00", "USD")
    tax = gross.percent(Decimal("2"))
    assert (tax, gross - tax) == (Money.of("2.00", "USD"), Money.of("98.00", "USD"))


# -- formula 9: average balance ----------------------------------------------------------------------------------


def test_average_balance_of_a_cycle():
    history = [(OPENED, cents("500")), (OPENED + timedelta(days=10), cents("200"))]
    assert average_balance(history, *THIRTY_DAYS) == cents("300.00")


# -- rates that change, days that close, interest that is paid ---------------------------------------------------


def test_reference_rate_applies_from_its_own_day():
    at_four, at_five = (daily("flat", flat(micro(rate)), 365) for rate in ("4", "5"))
    rates = [(OPENED, at_four), (date(2026, 4, 10), at_five)]
    rows = {row[0]: row[2] for row in daily_rows([(OPENED, cents("1000"))], rates, *THIRTY_DAYS)}
    assert rows[date(2026, 4, 9)] == at_four(cents("1000"))
    assert rows[date(2026, 4, 10)] == at_five(cents("1000"))


def test_scheduled_rate_shows_on_the_first_of_july():
    rates = [
        (date(2026, 1, 1), daily("flat", flat(micro("2")), 365)),
        (date(2026, 7, 1), daily("flat", flat(micro("2.5")), 365)),
    ]
    rows = list(daily_rows([(OPENED, cents("1000"))], rates, date(2026, 6, 30), date(2026, 7, 1)))
    assert [to_decimal(row[2], "USD") for row in rows] == [Decimal("0.054795"), Decimal("0.068493")]


def test_friday_accrues_three_dated_rows_that_sum_to_the_ledger_entry():
    price = daily("flat", flat(micro("3")), 365)
    friday, sunday = date(2026, 5, 15), date(2026, 5, 17)
    rows = list(daily_rows([(OPENED, cents("1000"))], [(OPENED, price)], friday, sunday))
    assert [row[0] for row in rows] == [friday, date(2026, 5, 16), sunday]
    assert sum(row[2] for row in rows) == accrue([(OPENED, cents("1000"))], [(OPENED, price)], friday, sunday)


def test_quarter_end_is_paid_on_31_march_only_and_leaves_less_than_half_a_cent():
    cycle = Cycle(CycleUnit.QUARTERLY, date(2026, 3, 31), day_of_month="last")
    assert cycle.dates(date(2026, 1, 1), date(2026, 4, 30), Calendar()) == [date(2026, 3, 31)]
    price = daily("flat", flat(micro("3")), 365)
    history = [(date(2026, 1, 1), cents("1000"))]
    accrued = accrue(history, [(date(2026, 1, 1), price)], date(2026, 1, 1), date(2026, 3, 31))
    paid = to_money(accrued, "USD")
    assert paid == Money.of("7.40", "USD")
    assert abs(to_decimal(accrued - units_of(paid), "USD")) < Decimal("0.005")
