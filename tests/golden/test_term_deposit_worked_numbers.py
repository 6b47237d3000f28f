"""Every worked number of the term deposit formulas (spec 05, formulas 1 to 16) and of the rows that they explain."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from chalicelib.kernel.accrual import Band, daily
from chalicelib.kernel.day_count import day_count
from chalicelib.kernel.index_rate import Expression, SpreadStage, with_spread
from chalicelib.kernel.isin import InvalidIsin, checked_isin
from chalicelib.kernel.money import Money
from chalicelib.kernel.penalty import PenaltyRule, Withdrawal, penalty
from chalicelib.kernel.rate import Kind, Rate, Timing, micro_of
from chalicelib.kernel.term_interest import (
    Compounding,
    TermRate,
    accrued_by_fraction,
    compound_daily,
    compound_effective,
    index_between,
    indexed,
    reinvested_in_full,
    simple,
    split_at_month_end,
    stepped,
    taxable_after_alienation,
)
from chalicelib.kernel.term_schedule import Bonus, TermDeposit, maturity_of, schedule, totals
from chalicelib.kernel.withholding import Withholding

TEN_THOUSAND = 1_000_000


def usd(minor: Fraction | int) -> str:
    """Minor units as an amount, rounded once."""
    return Money(1, "USD").times(Fraction(minor)).text


def percent(text: str) -> Decimal:
    return Decimal(text)


def deposit(amount: str = "10000", rate: str = "8", days: int = 90, **terms) -> TermDeposit:
    """A deposit from 2 March 2026 on actual/360, whose dates do not move."""
    opened = terms.pop("opened_on", date(2026, 3, 2))
    convention = terms.pop("convention", "actual/360")
    compounding = terms.pop("compounding", Compounding.SIMPLE)
    return TermDeposit(
        Money.of(amount, "USD"),
        opened,
        opened + timedelta(days=days),
        TermRate(percent(rate), day_count(convention).convention, compounding),
        **terms,
    )


def interest_of(found: TermDeposit) -> str:
    return totals(schedule(found)).interest.text


# -- formulas 1 and 2 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("convention", "days", "expected"),
    [("actual/360", 181, "402.22"), ("actual/365", 181, "396.71"), ("actual/360", 180, "400.00")],
)
def test_simple_interest(convention, days, expected):
    assert interest_of(deposit(days=days, convention=convention)) == expected


def test_daily_compound_and_effective_interest():
    assert usd(compound_daily(TEN_THOUSAND, percent("8"), 181, 365)) == "404.64"
    assert usd(compound_effective(TEN_THOUSAND, percent("8"), (181, 365))) == "389.02"
    assert interest_of(deposit(days=181, convention="actual/365", compounding=Compounding.DAILY)) == "404.64"
    assert (
        interest_of(deposit(days=181, convention="actual/365", compounding=Compounding.EFFECTIVE)) == "389.02"
    )


# -- formula 3 -------------------------------------------------------------------------------------------------


def test_days_of_thirty_day_months():
    start, end = date(2026, 1, 15), date(2026, 7, 15)
    assert day_count("30/360_european").days(start, end) == 180
    assert day_count("actual/360").days(start, end) == 181


def test_maturity_by_commercial_months_and_by_the_calendar():
    assert maturity_of(date(2024, 11, 15), 90, "thirty_days") == date(2025, 2, 15)
    assert maturity_of(date(2024, 11, 15), 90) == date(2025, 2, 13)


# -- formula 6 and TDP-76 --------------------------------------------------------------------------------------


def test_spread_over_an_effective_and_over_a_nominal_reference():
    effective = Expression(Kind.EFFECTIVE, 1, Timing.ARREARS)
    whole = with_spread(Rate.effective("7"), percent("2"), SpreadStage.COMPOUNDED, effective)
    assert whole.percent == percent("9.14")
    assert whole.equivalent("nominal", 4).rounded(4).percent == percent("8.8424")
    quarterly = Expression(Kind.NOMINAL, 4, Timing.ARREARS)
    for spread, expected in (("2", "9"), ("-0.5", "6.5")):
        nominal = with_spread(Rate.nominal("7", 4), percent(spread), "before_conversion", quarterly)
        assert nominal.percent == percent(expected)


def test_tiers_on_the_whole_and_in_proportion():
    starts, spreads = ("0", "5000", "10000", "20000", "50000"), ("0", "0.25", "0.5", "0.75", "1")
    cents = [Money.of(start, "USD").minor for start in starts]
    bands = [
        Band(start, end, micro_of(percent("6") + percent(spread)))
        for start, end, spread in zip(cents, [*cents[1:], None], spreads, strict=True)
    ]
    amount = Money.of("60000", "USD").minor
    one_percent = daily("flat", [Band(0, None, micro_of(percent("1")))], 360)(amount)
    average = {
        method: Fraction(daily(method, bands, 360)(amount), one_percent) for method in ("tiered", "banded")
    }
    assert average["tiered"] == 7
    assert round(average["banded"], 4) == Fraction("6.6458")


# -- formula 7 -------------------------------------------------------------------------------------------------


def test_monetary_correction_with_and_without_points_over_it():
    first, last = percent("300"), percent("305.125")
    half = index_between(first, last, 15, 30)
    assert usd(indexed(TEN_THOUSAND, first, last)) == "170.83"
    assert usd(indexed(TEN_THOUSAND, first, half)) == "85.05"
    assert usd(indexed(TEN_THOUSAND, first, last, percent("2"), (30, 365))) == "187.40"


# -- formula 8 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "value", "expected"),
    [
        ("percent_of_amount", "1", "40.00"),
        ("days_of_interest", "30", "26.67"),
        ("rate_reduction", "3", "33.33"),
    ],
)
def test_penalties(method, value, expected):
    amount = Money.of("4000", "USD")
    accrued = Money(1, "USD").times(simple(amount.minor, percent("8"), (100, 360)))
    withdrawn = Withdrawal(amount, Money.of("10000", "USD"), percent("8"), 100, 360, accrued)
    assert penalty(PenaltyRule(method, percent(value)), withdrawn).text == expected


# -- formulas 9 to 12 ------------------------------------------------------------------------------------------


def test_grace_days_earn_the_maturity_rate():
    assert usd(simple(TEN_THOUSAND, percent("2"), (5, 360))) == "2.78"
    assert usd(simple(TEN_THOUSAND, percent("8"), (5, 360))) == "11.11"
    assert usd(simple(TEN_THOUSAND, percent("2"), (4, 360))) == "2.22"
    assert usd(simple(TEN_THOUSAND, percent("0"), (5, 360))) == "0.00"


def test_advance_interest_reinvested_in_full_and_in_one_pass():
    quarter = (90, 360)
    assert usd(TEN_THOUSAND + reinvested_in_full(TEN_THOUSAND, percent("8"), quarter)) == "10204.08"
    assert usd(TEN_THOUSAND + simple(TEN_THOUSAND, percent("8"), quarter)) == "10200.00"
    capital = TEN_THOUSAND
    for _ in range(4):
        capital += Money(1, "USD").times(reinvested_in_full(capital, percent("8"), quarter)).minor
    effective = Rate.nominal("8", 4, "advance").effective_annual()
    assert usd(capital) == usd(TEN_THOUSAND * (1 + Fraction(effective.percent) / 100)) == "10841.66"


def test_premium_of_a_bond_placed_after_its_issue():
    assert usd(simple(5_000_000, percent("9"), (40, 360))) == "500.00"


def test_withholding_after_an_alienation():
    base = taxable_after_alienation(200_00, 30, 90)
    assert usd(base) == "66.67"
    assert usd(base * 7 / 100) == "4.67"
    normal = Withholding(percent("7")).on(Money.of("200", "USD"), 90, 90)
    assert normal.text == "14.00"


# -- formula 13 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "following", "booked", "held"),
    [
        (date(2024, 11, 29), date(2024, 12, 2), "20.00", "10.00"),  # a Friday that ends its month
        (date(2025, 1, 31), date(2025, 2, 3), "10.00", "20.00"),  # the first days of the next are not worked
        (date(2025, 9, 30), date(2025, 10, 1), "10.00", "0.00"),  # the first is a business day
        (date(2024, 12, 31), date(2025, 1, 2), "10.00", "10.00"),  # the end of the year
        (date(2024, 2, 28), date(2024, 2, 29), "10.00", "0.00"),  # a leap year's 28 February
    ],
)
def test_month_end_split(first, following, booked, held):
    rate = TermRate(percent("8"), day_count("actual/360").convention)

    def interest(start, end):
        return rate.interest(4_500_000, start, end)

    split = split_at_month_end(interest, first, following)
    assert (usd(split.booked), usd(split.held)) == (booked, held)


# -- formulas 14 to 16 -----------------------------------------------------------------------------------------


def test_accrued_interest_among_fractions():
    parts = [Money.of(part, "USD") for part in ("3333.33", "3333.33", "3333.34")]
    shares = accrued_by_fraction(Money.of("57.41", "USD"), parts)
    assert [share.text for share in shares] == ["19.14", "19.14", "19.13"]


def test_bonus_rate_is_rounded_with_the_agreed_one():
    steps = [(percent("10"), 30), (percent("8"), 150)]
    assert usd(stepped(TEN_THOUSAND, steps, 360)) == "416.67"
    assert interest_of(deposit(days=180, bonus=Bonus(percent("10"), 30))) == "416.67"


def test_isin_check_digit():
    assert checked_isin("US0378331005") == "US0378331005"
    for wrong in ("US0378331006", "US037833100", "us0378331005", ""):
        with pytest.raises(InvalidIsin):
            checked_isin(wrong)


# -- payments --------------------------------------------------------------------------------------------------


def test_interest_in_advance_and_in_arrears():
    arrears, advance = schedule(deposit()), schedule(deposit(timing=Timing.ADVANCE))
    assert [(row.date, row.interest.text, row.paid.text) for row in arrears] == [
        (date(2026, 5, 31), "200.00", "10200.00")
    ]
    assert [(row.date, row.interest.text, row.paid.text) for row in advance] == [
        (date(2026, 3, 2), "200.00", "200.00"),
        (date(2026, 5, 31), "0.00", "10000.00"),
    ]


def test_open_period_of_95_days():
    assert interest_of(deposit(days=95)) == "211.11"


def test_capitalised_quarter_raises_the_capital():
    rows = schedule(deposit(days=180, period_months=3, period_unit="thirty_days", capitalised=True))
    assert [row.capital.text for row in rows] == ["10200.00", "10404.00"]
    assert rows[-1].paid.text == "10404.00"


def test_withholding_is_taken_from_the_interest():
    row = schedule(deposit(withholding=Withholding(percent("7"))))[0]
    assert (row.interest.text, row.withheld.text, row.net.text) == ("200.00", "14.00", "186.00")


@pytest.mark.parametrize(
    ("amount", "rate", "interest", "tax", "maturity"),
    [("10000", "8", "400.00", "8.00", "10392.00"), ("5000", "7.50", "187.50", "3.75", "5183.75")],
)
def test_quotations_of_180_days(amount, rate, interest, tax, maturity):
    whole = totals(schedule(deposit(amount, rate, 180, withholding=Withholding(percent("2")))))
    assert (whole.interest.text, whole.withheld.text, whole.maturity_amount.text) == (interest, tax, maturity)
