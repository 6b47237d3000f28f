"""The schedule engine: level schedules, long ones, day counts, and what else a Python programmer would take.

The other libraries are there for this comparison alone; what is deployed knows nothing of them.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

from chalicelib.kernel.day_count import DAY_COUNTS
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.schedule import LoanTerms, schedule
from chalicelib.kernel.schedule.terms import Draw
from tests.bench.figures import core_seconds, record

LENT_ON = date(2026, 1, 15)
MANY, LONG = 60, 1_200
LOANS = 400
CENT = Decimal("0.01")
EXACT = Context(prec=28, rounding=ROUND_HALF_UP)


def loans(rows: int, many: int) -> list[LoanTerms]:
    """Level loans, no two alike."""
    return [
        LoanTerms(
            "USD",
            (Draw(LENT_ON, Money(1_000_000 + 37 * number, "USD")),),
            Rate.nominal(Decimal(1_200 + number % 700) / 100, 12),
            rows,
        )
        for number in range(many)
    ]


def raw(terms: LoanTerms) -> list[tuple[Decimal, Decimal, Decimal]]:
    """The decimal arithmetic that a level schedule cannot do without, and nothing else."""
    balance = terms.principal.decimal
    rate = EXACT.divide(terms.rate.percent, Decimal(1_200))
    growth = EXACT.power(EXACT.add(Decimal(1), rate), -terms.instalments)
    level = EXACT.divide(EXACT.multiply(balance, rate), EXACT.subtract(Decimal(1), growth))
    level = level.quantize(CENT, ROUND_HALF_UP)
    rows = []
    for _ in range(terms.instalments - 1):
        interest = (balance * rate).quantize(CENT, ROUND_HALF_UP)
        principal = level - interest
        balance -= principal
        rows.append((principal, interest, balance))
    rows.append((balance, (balance * rate).quantize(CENT, ROUND_HALF_UP), Decimal(0)))
    return rows


def each(make: Callable[[LoanTerms], Any], terms: list[LoanTerms], rounds: int = 5) -> float:
    """Seconds of one core for one of the schedules."""

    def all_of_them() -> None:
        for one in terms:
            make(one)

    return core_seconds(all_of_them, rounds) / len(terms)


def level() -> None:
    """Level schedules of 60 instalments per second and core, beside the raw arithmetic."""
    terms = loans(MANY, LOANS)
    ours, bare = each(schedule, terms), each(raw, terms)
    record(
        "schedule_level_60",
        {
            "schedules_per_second": round(1 / ours),
            "wanted": 5_000,
            "ratio_to_raw_decimal": round(ours / bare, 2),
        },
        met=1 / ours >= 5_000,
    )


def long() -> None:
    """1,200 rows: milliseconds, ratio to the raw arithmetic, and what a row costs beside one of 60."""
    ours, bare = (each(make, loans(LONG, 10)) for make in (schedule, raw))
    short = each(schedule, loans(MANY, LOANS))
    record(
        "schedule_1200_rows",
        {
            "milliseconds": round(1_000 * ours, 2),
            "wanted": 25,
            "ratio_to_raw_decimal": round(ours / bare, 2),
            "row_beside_row_of_60": round(ours / LONG / (short / MANY), 2),
        },
        met=1_000 * ours <= 25,
    )


def day_counts() -> None:
    """Fractions of the year per second and core, by convention."""
    pairs = [
        (date(2024 + number % 5, 1 + number % 12, 1 + number % 28), date(2030, 1 + number % 12, 15))
        for number in range(2_000)
    ]
    within = [(start, start.replace(month=12, day=31)) for start, _ in pairs]
    found = {}
    for convention, count in DAY_COUNTS.items():
        fraction = count.year_fraction

        def all_of_them(fraction: Callable[[date, date], Any] = fraction) -> None:
            for start, end in within:
                fraction(start, end)

        found[convention.value] = round(len(within) / core_seconds(all_of_them, 7))
    least = min(found.values())
    figures = {"per_second": found, "least": least, "wanted": 1_000_000}
    record("day_count_fractions", figures, met=least >= 1_000_000)


# -- what a Python programmer would otherwise take ----------------------------------------------------------


def others() -> None:
    """numpy-financial in a loop, and the amortization package: how much longer they take, how far they err."""
    ours = each(schedule, loans(MANY, LOANS))
    figures: dict[str, Any] = {}
    for name, make, error in (
        ("numpy_financial", numpy_financial, error_of_numpy_financial),
        ("amortization", amortization, error_of_amortization),
    ):
        figures[name] = {
            "times_our_time": round(each(make, loans(MANY, 40), 3) / ours, 2),
            "largest_error": error(),
        }
    record("schedule_others", figures)


def numpy_financial(terms: LoanTerms) -> list[tuple[float, float]]:
    """Principal and interest of every period, as its manual shows it."""
    npf = importlib.import_module("numpy_financial")
    rate, lent = float(terms.rate.percent) / 1_200, float(terms.principal.decimal)
    many = terms.instalments
    return [
        (float(-npf.ppmt(rate, period, many, lent)), float(-npf.ipmt(rate, period, many, lent)))
        for period in range(1, many + 1)
    ]


def amortization(terms: LoanTerms) -> list[Any]:
    """Its rows, which have no dates."""
    package = importlib.import_module("amortization.schedule")
    rate, lent = float(terms.rate.percent) / 100, float(terms.principal.decimal)
    return list(package.amortization_schedule(lent, rate, terms.instalments))


def error_of_numpy_financial() -> str:
    """Largest difference in cents from the exact, unrounded interest, over large and long loans."""
    largest = Fraction(0)
    for terms in large_loans():
        rate = Fraction(terms.rate.percent) / 1_200
        balance = Fraction(terms.principal.minor)
        growth = (1 + rate) ** terms.instalments
        instalment = balance * rate * growth / (growth - 1)
        for _, interest in numpy_financial(terms):
            exact = balance * rate
            largest = max(largest, abs(Fraction(interest) * 100 - exact))
            balance += exact - instalment
    return f"{float(largest):.2e} cents before rounding"


def error_of_amortization() -> str:
    """Largest difference in cents from the exact, rounded rows, and in how many of the loans."""
    largest, wrong = 0, 0
    for terms in large_loans():
        gaps = [
            max(
                abs(round(row.interest * 100) - own.interest_minor),
                abs(round(row.principal * 100) - own.principal_minor),
            )
            for row, own in zip(amortization(terms), schedule(terms).rows, strict=True)
        ]
        largest, wrong = max(largest, *gaps), wrong + any(gaps)
    return f"{largest} cents, in {wrong} of {len(large_loans())} loans"


def large_loans() -> list[LoanTerms]:
    """From thousands to hundreds of millions, at rates with six decimals."""
    return [
        LoanTerms(
            "USD",
            (Draw(LENT_ON, Money(7_919 ** (1 + number % 3) + 104_729 * number, "USD")),),
            Rate.nominal(Decimal(3_000_000 + 92_821 * number) / 1_000_000, 12),
            (24, 60, 240)[number % 3],
        )
        for number in range(300)
    ]


def run() -> None:
    """All of them."""
    level()
    long()
    day_counts()
    others()
