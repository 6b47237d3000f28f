"""Day counts by table: month ends, leap years, year ends."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.day_count import Convention, PeriodReversed, UnknownDayCount, day_count

dates = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def between(start: str, end: str) -> tuple[date, date]:
    return date.fromisoformat(start), date.fromisoformat(end)


@pytest.mark.parametrize(
    ("start", "end", "actual", "us", "european", "bank"),
    [
        ("2025-01-15", "2025-07-15", 181, 180, 180, 180),
        ("2025-01-15", "2025-03-15", 59, 60, 60, 60),
        ("2025-01-30", "2025-01-31", 1, 0, 0, 0),
        ("2025-01-31", "2025-02-28", 28, 28, 28, 30),
        ("2025-02-28", "2025-03-01", 1, 1, 3, 1),
        ("2025-02-27", "2025-02-28", 1, 1, 1, 3),
        ("2024-02-28", "2024-02-29", 1, 1, 1, 2),
        ("2024-02-29", "2024-03-31", 31, 30, 31, 30),
        ("2025-02-28", "2026-02-28", 365, 360, 360, 360),
        ("2025-03-15", "2025-03-31", 16, 16, 15, 15),
        ("2025-03-31", "2025-05-31", 61, 60, 60, 60),
        ("2025-05-04", "2025-05-04", 0, 0, 0, 0),
    ],
)
def test_days_between(start, end, actual, us, european, bank):
    period = between(start, end)
    counted = [
        day_count(convention).days(*period)
        for convention in ("actual/365", "30/360_us", "30/360_european", "30/360_bank")
    ]
    assert counted == [actual, us, european, bank]


@pytest.mark.parametrize(
    ("start", "end", "isda", "year_end", "leap_day", "starting_year"),
    [
        # Within one year of each kind.
        ("2025-03-01", "2025-09-01", (184, 365), (184, 365), (184, 365), (184, 365)),
        ("2024-03-01", "2024-09-01", (184, 366), (184, 366), (184, 365), (184, 366)),
        ("2024-01-01", "2024-02-29", (59, 366), (59, 366), (59, 366), (59, 366)),
        # Across a year end: ISDA example of 1 Nov 2003 to 1 May 2004 (61/365 + 121/366).
        (
            "2003-11-01",
            "2004-05-01",
            Fraction(61, 365) + Fraction(121, 366),
            Fraction(60, 365) + Fraction(122, 366),
            (182, 366),
            (182, 365),
        ),
        ("2023-12-31", "2024-01-01", (1, 365), (1, 366), (1, 365), (1, 365)),
        ("2024-12-31", "2025-01-01", (1, 366), (1, 365), (1, 365), (1, 366)),
        (
            "2023-07-01",
            "2026-07-01",
            2 + Fraction(184, 365) + Fraction(181, 365),
            2 + Fraction(183, 365) + Fraction(182, 365),
            (1096, 366),
            (1096, 365),
        ),
        ("1897-01-01", "1903-12-31", None, None, (2554, 365), (2554, 365)),
    ],
)
def test_actual_actual_by_convention(start, end, isda, year_end, leap_day, starting_year):
    expected = {
        Convention.ACTUAL_ACTUAL_ISDA: isda,
        Convention.ACTUAL_ACTUAL_YEAR_END: year_end,
        Convention.ACTUAL_ACTUAL_LEAP_DAY: leap_day,
        Convention.ACTUAL_ACTUAL_STARTING_YEAR: starting_year,
    }
    for convention, fraction in expected.items():
        if fraction is not None:
            wanted = Fraction(*fraction) if isinstance(fraction, tuple) else fraction
            assert Fraction(*day_count(convention).year_fraction(*between(start, end))) == wanted, convention


@given(dates, st.integers(0, 4000))
def test_actual_days_are_calendar_days_over_the_base(start, length):
    end = start + timedelta(days=length)
    for base in (360, 364, 365):
        assert day_count(f"actual/{base}").year_fraction(start, end) == (length, base)


@given(dates, st.integers(0, 2000), st.integers(0, 2000))
def test_isda_and_bank_month_are_additive(start, first, second):
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    for convention in (
        Convention.ACTUAL_ACTUAL_ISDA,
        Convention.ACTUAL_ACTUAL_YEAR_END,
        Convention.THIRTY_360_BANK,
        Convention.THIRTY_360_EUROPEAN,
    ):
        fraction = day_count(convention).year_fraction
        parts = Fraction(*fraction(start, middle)) + Fraction(*fraction(middle, end))
        assert parts == Fraction(*fraction(start, end))


@pytest.mark.parametrize("convention", [each for each in Convention if each.startswith("30/360")])
@pytest.mark.parametrize("day", ["2023-12-15", "2024-01-30", "2024-06-30", "2023-02-15"])
def test_year_of_thirty_day_months_is_a_year_leap_or_not(convention, day):
    start = date.fromisoformat(day)
    assert day_count(convention).year_fraction(start, start.replace(year=start.year + 1)) == (360, 360)


@pytest.mark.parametrize(("year", "days"), [(2023, 365), (2024, 366), (2000, 366), (2100, 365)])
def test_calendar_year_is_one_by_the_conventions_that_follow_it(year, days):
    period = date(year, 1, 1), date(year + 1, 1, 1)
    assert day_count("actual/360").days(*period) == days
    assert Fraction(*day_count("actual/actual_isda").year_fraction(*period)) == 1
    assert Fraction(*day_count("actual/actual_starting_year").year_fraction(*period)) == 1
    assert Fraction(*day_count("actual/364").year_fraction(*period)) == Fraction(days, 364)


@given(dates, st.integers(0, 4000), st.sampled_from([each for each in Convention if "30/360" not in each]))
def test_a_day_later_is_never_counted_less(start, length, convention):
    end = start + timedelta(days=length)
    days = day_count(convention).days
    assert days(start, end + timedelta(days=1)) == days(start, end) + 1


@given(dates, st.integers(1, 4000), st.sampled_from(Convention))
def test_fraction_is_close_to_calendar_time(start, length, convention):
    end = start + timedelta(days=length)
    counted = Fraction(*day_count(convention).year_fraction(start, end))
    assert abs(counted - Fraction(length, 365)) <= Fraction(4, 365) + Fraction(length, 365) * Fraction(2, 100)


@pytest.mark.parametrize("convention", list(Convention))
def test_reversed_period_is_refused(convention):
    for read in (day_count(convention).days, day_count(convention).year_fraction):
        with pytest.raises(PeriodReversed):
            read(date(2026, 1, 2), date(2025, 12, 31))


def test_unknown_convention_is_refused():
    with pytest.raises(UnknownDayCount):
        day_count("actual/366")
