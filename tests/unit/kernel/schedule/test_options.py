"""Options of a schedule: where cents go, how instalments and interest are rounded, what grace defers."""

from datetime import date
from decimal import Decimal

import pytest

from chalicelib.kernel.day_count import Convention
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.rounding import Rounding, RoundingMode
from chalicelib.kernel.schedule.terms import (
    DeferredInterest,
    Draw,
    DrawValue,
    Grace,
    LevelBasis,
    RateStep,
    Residue,
    RoundingPolicy,
)
from tests.support.loans import LENT_ON, a_schedule, amounts, usd


def rounded(unit: str | None = None, mode: RoundingMode = RoundingMode.HALF_UP, **policy: object) -> dict:
    return {"rounding": RoundingPolicy(Rounding(mode, Decimal(unit) if unit else None), **policy)}


@pytest.mark.parametrize(
    ("residue", "first", "second", "last"),
    [
        (Residue.LAST, "878.00", "878.00", "877.97"),
        (Residue.FIRST, "877.97", "878.00", "878.00"),
        (Residue.SPREAD, "877.99", "877.99", "878.00"),
        (Residue.LEVELLED, "878.00", "878.00", "877.97"),
    ],
)
def test_cents_go_where_the_terms_say(residue: Residue, first: str, second: str, last: str) -> None:
    made = amounts(a_schedule(rate=Rate.nominal("9.75", 12), **rounded(residue=residue)))
    assert (made[0], made[1], made[11]) == (first, second, last)


@pytest.mark.parametrize(
    ("unit", "mode", "level"),
    [
        ("1", RoundingMode.HALF_UP, "917.00"),
        ("5", RoundingMode.UP, "920.00"),
        ("5", RoundingMode.DOWN, "915.00"),
        ("0.05", RoundingMode.HALF_EVEN, "916.80"),
        ("100", RoundingMode.HALF_UP, "900.00"),
    ],
)
def test_instalment_is_rounded_to_any_unit(unit: str, mode: RoundingMode, level: str) -> None:
    made = a_schedule(**rounded(unit, mode))
    assert amounts(made)[:11] == [level] * 11
    assert made.rows[-1].balance_minor == 0


def test_large_unit_may_end_the_loan_early() -> None:
    made = amounts(a_schedule(**rounded("500", RoundingMode.UP)))
    assert made[:10] == ["1000.00"] * 10
    assert len(made) == 11


def test_peso_instalments_in_thousands() -> None:
    made = a_schedule(
        currency="COP",
        draws=(Draw(LENT_ON, Money(10_000_000, "COP")),),
        **rounded("1000", RoundingMode.HALF_UP),
    )
    assert {row.instalment_minor for row in made.rows[:11]} == {917_000}


def test_interest_is_rounded_once_or_by_balance_segment() -> None:
    halves = {
        "principal": "100.00",
        "rate": Rate.nominal("0.30", 12),
        "instalments": 1,
        "later_rates": (RateStep(date(2026, 1, 25), Rate.nominal("0.40", 12)),),
        "day_count": Convention.ACTUAL_360,
    }
    # 10 days at 0.30 % are 0.83 cents, 21 days at 0.40 % are 2.33 cents
    assert a_schedule(**halves).rows[0].interest_minor == 3
    by_segment = RoundingPolicy(interest=Rounding(RoundingMode.UP), interest_by_segment=True)
    assert a_schedule(**halves, rounding=by_segment).rows[0].interest_minor == 4
    once = RoundingPolicy(interest=Rounding(RoundingMode.DOWN))
    assert a_schedule(**halves, rounding=once).rows[0].interest_minor == 3
    down = RoundingPolicy(interest=Rounding(RoundingMode.DOWN), interest_by_segment=True)
    assert a_schedule(**halves, rounding=down).rows[0].interest_minor == 2


def test_instalment_by_equal_periods_leaves_the_real_days_to_the_last() -> None:
    nominal = a_schedule(day_count=Convention.ACTUAL_365, level_basis=LevelBasis.NOMINAL)
    assert amounts(nominal)[:11] == ["916.80"] * 11
    assert abs(nominal.rows[-1].instalment_minor - 91_680) > 100
    thirty = a_schedule(day_count=Convention.ACTUAL_365, level_basis=LevelBasis.THIRTY_DAYS)
    assert amounts(thirty)[:11] == ["915.63"] * 11  # 18 % × 30 / 365 a month
    exact = a_schedule(day_count=Convention.ACTUAL_365)
    assert abs(exact.rows[-1].instalment_minor - exact.rows[0].instalment_minor) < 12


def test_tranche_counts_from_its_day_or_from_its_period() -> None:
    draws = (Draw(LENT_ON, usd(5000)), Draw(date(2026, 3, 1), usd(5000)))
    own, period = (a_schedule(draws=draws, draw_value=value) for value in DrawValue)
    assert own.rows[1].interest_minor == period.rows[1].interest_minor
    assert own.rows[1].instalment_minor < period.rows[1].instalment_minor
    assert abs(own.rows[-1].instalment_minor - own.rows[1].instalment_minor) < 12


def test_later_rate_leaves_the_instalment_to_the_last_if_the_terms_say_so() -> None:
    later = (RateStep(date(2026, 5, 15), Rate.nominal("20.4", 12)),)
    follows = amounts(a_schedule(later_rates=later))
    assert (follows[3], follows[4]) == ("916.80", "924.80")
    stays = a_schedule(later_rates=later, rate_changes_instalment=False)
    assert amounts(stays)[:11] == ["916.80"] * 11
    assert stays.rows[-1].balance_minor == 0


@pytest.mark.parametrize(
    ("deferred", "fourth", "fifth"),
    [
        (DeferredInterest.NEXT, "1646.10", "1196.10"),
        (DeferredInterest.SPREAD, "1246.10", "1246.10"),
        (DeferredInterest.CAPITALISED, "1250.73", "1250.73"),
    ],
)
def test_interest_of_a_grace_is_due_at_once_in_parts_or_capitalised(
    deferred: DeferredInterest, fourth: str, fifth: str
) -> None:
    made = a_schedule(grace=Grace(3, 3, 0, deferred))
    found = amounts(made)
    assert found[:3] == ["0.00"] * 3
    assert (found[3], found[4]) == (fourth, fifth)
    assert made.rows[-1].balance_minor == 0
    assert sum(row.principal_minor for row in made.rows) == 1_000_000


def test_grace_on_charging_costs_nothing() -> None:
    made = a_schedule(grace=Grace(interest_charge=3))
    assert amounts(made, "interest")[:4] == ["0.00", "0.00", "0.00", "110.39"]


def test_no_interest_and_a_single_instalment() -> None:
    assert amounts(a_schedule(rate=Rate.nominal(0, 12), instalments=6))[4:] == ["1666.67", "1666.65"]
    assert amounts(a_schedule(instalments=1)) == ["10150.00"]
