"""91 schedules that the tests of Apache Fineract assert, reproduced through parameters alone.

`data/loan_schedules.json` holds the parameters in the words of their origin and every row. The words become
terms below; nothing looks at a case's name.
"""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from chalicelib.kernel.day_count import Convention
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.rounding import HALF_EVEN, Rounding, RoundingMode
from chalicelib.kernel.schedule import schedule
from chalicelib.kernel.schedule.terms import (
    Conversion,
    Draw,
    DrawValue,
    Frequency,
    Grace,
    LoanTerms,
    PeriodCount,
    RateStep,
    Residue,
    RoundingPolicy,
    Unit,
)

CASES = json.loads((Path(__file__).parent / "data" / "loan_schedules.json").read_text("utf-8"))["cases"]
FORMULAS = {"annuity": "regular", "flat_equal_instalments": "flat", "equal_principal": "fixed_principal"}
DAY_COUNTS = {
    "30/360": PeriodCount.PERIOD_360,
    "same_as_repayment_period": PeriodCount.SAME_AS_PERIOD,
    "actual/360": Convention.ACTUAL_360,
    "actual/364": Convention.ACTUAL_364,
    "actual/365": Convention.ACTUAL_365,
    "actual/actual-split31dec": Convention.ACTUAL_ACTUAL_YEAR_END,
    "actual/actual-split1jan": Convention.ACTUAL_ACTUAL_ISDA,
    "actual/actual-feb29only": Convention.ACTUAL_ACTUAL_LEAP_DAY,
}
WHOLE_UNITS = "1"  # the older of the two engines rounds instalments to whole units where nothing else is said


def terms_of(parameters: dict) -> LoanTerms:
    """Terms in our words."""
    multiple = parameters["instalment_rounded_to_multiple_of"]
    if parameters["fineract_engine"] == "CUMULATIVE":
        multiple = multiple or WHOLE_UNITS
    return LoanTerms(
        currency="USD",
        draws=(
            Draw(
                date.fromisoformat(parameters["disbursement_date"]), Money.of(parameters["principal"], "USD")
            ),
        ),
        rate=Rate.nominal(parameters["annual_nominal_rate_pct"], 12),
        conversion=Conversion.AS_QUOTED,
        instalments=parameters["instalments"],
        frequency=Frequency(Unit(parameters["frequency"].lower()), parameters["repay_every"]),
        first_due=date.fromisoformat(parameters["first_due_date"]),
        formula=FORMULAS[parameters["method"]],
        day_count=DAY_COUNTS[parameters["day_count"]],
        draw_value=DrawValue.PERIOD_START,
        grace=Grace(
            parameters.get("grace_principal", 0),
            parameters.get("grace_interest_payment", 0),
            parameters.get("interest_free_periods", 0),
        ),
        rounding=RoundingPolicy(
            Rounding(RoundingMode.HALF_EVEN, Decimal(multiple) if multiple else None),
            HALF_EVEN,
            residue=Residue.LEVELLED,
        ),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_published_schedule_comes_out_exactly(case: dict) -> None:
    made = schedule(terms_of(case["parameters"]))

    def text(minor: int) -> str:
        return made.money(minor).text

    rows = [
        {
            "nr": row.number,
            "date": row.due.isoformat(),
            "days": row.days,
            "principal": text(row.principal_minor),
            "interest": text(row.interest_minor),
            "instalment": text(row.instalment_minor),
            "balance": text(row.balance_minor),
        }
        for row in made.rows
    ]
    assert rows == case["rows"]


def test_all_of_the_published_schedules_are_here() -> None:
    assert len({case["id"] for case in CASES}) == 91


# Of the same origin (ProgressiveEMICalculatorTest): other frequencies, tranches and changes of rate. Each row is
# (instalment, interest); a change of rate there takes effect on the eve of its date.
OTHERS = {
    "every_week": (
        {"repay_every": 1, "frequency": "WEEKS", "first_due_date": "2024-01-08", "day_count": "actual/364"},
        "16.77/0.18 16.77/0.15 16.77/0.12 16.77/0.09 16.77/0.06 16.78/0.03",
    ),
    "every_second_week": (
        {
            "repay_every": 2,
            "frequency": "WEEKS",
            "first_due_date": "2024-01-15",
            "day_count": "actual/364",
            "instalments": 3,
        },
        "33.57/0.36 33.57/0.24 33.58/0.12",
    ),
    "every_15_days": (
        {"repay_every": 15, "frequency": "DAYS", "first_due_date": "2024-01-16"},
        "16.90/0.40 16.90/0.33 16.90/0.26 16.90/0.20 16.90/0.13 16.89/0.07",
    ),
    "tranche_on_a_due_date": (
        {"draws": [("2024-03-01", "100")]},
        "17.13/0.79 17.13/0.66 42.63/1.32 42.63/0.99 42.63/0.67 42.61/0.33",
    ),
    "tranche_in_the_first_period": (
        {"draws": [("2024-01-08", "200")]},
        "51.33/2.01 51.33/1.98 51.33/1.59 51.33/1.20 51.33/0.80 51.33/0.40",
    ),
    "tranche_in_a_later_period": (
        {"draws": [("2024-02-15", "100")]},
        "17.13/0.79 37.53/1.07 37.53/1.16 37.53/0.88 37.53/0.59 37.53/0.29",
    ),
    "tranche_with_one_instalment": (
        {
            "principal": "1000",
            "annual_nominal_rate_pct": "7",
            "instalments": 1,
            "draws": [("2024-01-15", "1000")],
        },
        "2009.03/9.03",
    ),
    "rate_from_a_due_date": (
        {"annual_nominal_rate_pct": "7", "rates": [("2024-02-01", "4")]},
        "17.01/0.58 16.88/0.28 16.88/0.22 16.88/0.17 16.88/0.11 16.89/0.06",
    ),
    "rate_in_the_middle_of_a_period": (
        {"annual_nominal_rate_pct": "7", "rates": [("2024-02-14", "4")]},
        "17.01/0.58 16.90/0.37 16.90/0.22 16.90/0.17 16.90/0.11 16.90/0.06",
    ),
}
A_HUNDRED = {
    "principal": "100",
    "annual_nominal_rate_pct": "9.4822",
    "instalments": 6,
    "repay_every": 1,
    "frequency": "MONTHS",
    "method": "annuity",
    "day_count": "30/360",
    "disbursement_date": "2024-01-01",
    "first_due_date": "2024-02-01",
    "instalment_rounded_to_multiple_of": None,
    "fineract_engine": "PROGRESSIVE",
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_published_instalments_come_out_exactly(name: str) -> None:
    changed, rows = OTHERS[name]
    terms = terms_of({**A_HUNDRED, **changed})
    further = [(date.fromisoformat(on), Money.of(amount, "USD")) for on, amount in changed.get("draws", [])]
    steps = [(date.fromisoformat(since), Rate.nominal(rate, 12)) for since, rate in changed.get("rates", [])]
    made = schedule(
        replace(
            terms,
            draws=(*terms.draws, *(Draw(on, amount) for on, amount in further)),
            later_rates=tuple(RateStep(since, rate) for since, rate in steps),
        )
    )
    found = [
        f"{made.money(row.instalment_minor).text}/{made.money(row.interest_minor).text}" for row in made.rows
    ]
    assert found == rows.split()
    assert made.rows[-1].balance_minor == 0
