"""Due dates and interest periods: anchors, first periods, and days that are not processed."""

import itertools
from calendar import monthrange
from datetime import date
from fractions import Fraction

import pytest

from chalicelib.kernel.calendar import Calendar, Shift
from chalicelib.kernel.schedule import schedule
from chalicelib.kernel.schedule.due_dates import periods_between, periods_in_first
from chalicelib.kernel.schedule.terms import Draw, DueDates, Frequency, LoanTerms, Unit
from tests.support.loans import a_schedule, some_terms, usd

MONTHLY = Frequency()
WEEKLY = Frequency(Unit.WEEKS)


def lent_on(day: date, **changed: object) -> LoanTerms:
    return some_terms(draws=(Draw(day, usd(10_000)),), **changed)


def dues(terms: LoanTerms) -> list[str]:
    return [row.due.isoformat() for row in schedule(terms).rows]


@pytest.mark.parametrize(
    ("day", "changed", "expected"),
    [
        (date(2026, 1, 31), {}, ["2026-02-28", "2026-03-31", "2026-04-30"]),
        (date(2024, 1, 31), {}, ["2024-02-29", "2024-03-31", "2024-04-30"]),
        (date(2026, 1, 30), {}, ["2026-02-28", "2026-03-30", "2026-04-30"]),
        (date(2024, 1, 29), {}, ["2024-02-29", "2024-03-29", "2024-04-29"]),
        (date(2026, 1, 31), {"first_due": date(2026, 2, 28)}, ["2026-02-28", "2026-03-31", "2026-04-30"]),
        (date(2026, 1, 20), {"first_due": date(2026, 2, 28)}, ["2026-02-28", "2026-03-28", "2026-04-28"]),
        (
            date(2026, 1, 20),
            {"first_due": date(2026, 2, 28), "due_dates": DueDates(day=31)},
            ["2026-02-28", "2026-03-31", "2026-04-30"],
        ),
        (
            date(2026, 1, 31),
            {"frequency": Frequency(Unit.MONTHS, 3)},
            ["2026-04-30", "2026-07-31", "2026-10-31"],
        ),
        (date(2026, 11, 30), {}, ["2026-12-30", "2027-01-30", "2027-02-28"]),
        (
            date(2026, 1, 31),
            {"frequency": Frequency(Unit.DAYS, 14)},
            ["2026-02-14", "2026-02-28", "2026-03-14"],
        ),
        (
            date(2026, 12, 24),
            {"frequency": Frequency(Unit.WEEKS, 2)},
            ["2027-01-07", "2027-01-21", "2027-02-04"],
        ),
    ],
)
def test_due_dates_keep_their_anchor(day: date, changed: dict, expected: list[str]) -> None:
    assert dues(lent_on(day, instalments=3, **changed)) == expected


@pytest.mark.parametrize("every", [1, 3, 7])
@pytest.mark.parametrize("year", [1899, 1985, 1990, 2026, 2145, 2150, 2190])
@pytest.mark.parametrize("day", [28, 29, 31])
def test_due_dates_are_the_same_in_and_beyond_the_years_known_by_heart(
    day: int, year: int, every: int
) -> None:
    start = date(year, 1, day)
    one_by_one = []
    for number in range(1, 121):
        on_year, month = divmod(year * 12 + every * number, 12)
        one_by_one.append(date(on_year, month + 1, min(day, monthrange(on_year, month + 1)[1])).isoformat())
    assert dues(lent_on(start, instalments=120, frequency=Frequency(Unit.MONTHS, every))) == one_by_one


@pytest.mark.parametrize(
    ("shift", "expected"),
    [
        (Shift.NONE, ["2026-01-31", "2026-02-28", "2026-03-31"]),
        (Shift.NEXT, ["2026-02-02", "2026-03-02", "2026-03-31"]),
        (Shift.PREVIOUS, ["2026-01-30", "2026-02-27", "2026-03-31"]),
        (Shift.SAME_MONTH, ["2026-01-30", "2026-02-27", "2026-03-31"]),
    ],
)
@pytest.mark.parametrize("interest_moves", [False, True])
def test_due_dates_move_with_or_without_their_interest(
    shift: Shift, expected: list[str], interest_moves: bool
) -> None:
    terms = lent_on(date(2025, 12, 31), instalments=3, due_dates=DueDates(Calendar(), shift, interest_moves))
    assert dues(terms) == expected
    days = [row.days for row in schedule(terms).rows]
    moved = [date(2025, 12, 31), *(date.fromisoformat(due) for due in expected)]
    lengths = [(end - start).days for start, end in itertools.pairwise(moved)]
    assert days == (lengths if interest_moves else [31, 28, 31])


@pytest.mark.parametrize(
    ("day", "first_due", "frequency", "many"),
    [
        (date(2026, 1, 15), date(2026, 2, 15), MONTHLY, Fraction(1)),
        (date(2026, 1, 31), date(2026, 2, 28), MONTHLY, Fraction(1)),
        (date(2026, 1, 25), date(2026, 2, 15), MONTHLY, Fraction(21, 31)),
        (date(2026, 1, 15), date(2026, 2, 28), MONTHLY, 1 + Fraction(13, 31)),
        (date(2026, 1, 15), date(2026, 4, 15), MONTHLY, Fraction(3)),
        (date(2026, 1, 15), date(2026, 2, 2), WEEKLY, 2 + Fraction(4, 7)),
    ],
)
def test_first_period_may_be_short_or_long(
    day: date, first_due: date, frequency: Frequency, many: Fraction
) -> None:
    terms = lent_on(day, first_due=first_due, frequency=frequency)
    assert periods_in_first(terms) == many
    first = schedule(terms).rows[0]
    rate = terms.rate.equivalent("nominal", 12 if frequency is MONTHLY else 52).percent
    exact = 1_000_000 * many * Fraction(rate) / 100 / (12 if frequency is MONTHLY else 52)
    assert abs(first.interest_minor - exact) <= Fraction(1, 2)


def test_periods_between_uneven_dates() -> None:
    assert periods_between(date(2026, 1, 31), date(2026, 3, 31), MONTHLY) == 2
    assert periods_between(date(2026, 1, 15), date(2026, 1, 25), MONTHLY) == Fraction(10, 31)
    assert periods_between(date(2026, 1, 1), date(2026, 1, 18), WEEKLY) == 2 + Fraction(3, 7)


def test_periods_join_without_gaps() -> None:
    rows = a_schedule(instalments=24).rows
    assert all(one.due == other.starts for one, other in itertools.pairwise(rows))
