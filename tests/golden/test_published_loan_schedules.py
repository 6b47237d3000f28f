"""91 schedules that the tests of Apache Fineract assert, reproduced through parameters alone.

`data/loan_schedules.json` holds the parameters in the words of their origin and every row. The words become
terms below; nothing looks at a case's name.
"""

import json
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
