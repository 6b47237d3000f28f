"""Every worked number of the loan formulas (spec 06, [F-01] to [F-12]) and of the rows that quote them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from chalicelib.kernel.day_count import Convention
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.schedule import (
    Schedule,
    implied_rate,
    schedule,
    solve_instalment,
    solve_principal,
    solve_rate,
    solve_term,
)
from chalicelib.kernel.schedule.errors import InsuredShares, InvalidSlot, IrregularRows, NeverAmortises
from chalicelib.kernel.schedule.events import Effect, ExceptionalAdded, FurtherDraw, Payment, RateChange
from chalicelib.kernel.schedule.life import live, payoff_on
from chalicelib.kernel.schedule.slots import AgeBand, Insured, Slot, SlotBase, SlotKind, SlotTiming
from chalicelib.kernel.schedule.terms import (
    Accrual,
    Compounding,
    Conversion,
    Draw,
    Exceptional,
    ExceptionalMode,
    Frequency,
    Grace,
    Growth,
    IrregularRow,
    LoanTerms,
    PeriodCount,
    Residue,
    RoundingPolicy,
    Unit,
)
from tests.support.loans import LENT_ON, a_schedule, amounts, some_terms, usd, usd_text

STEP = {"rate": Rate.effective(12), "instalments": 120, "formula": "step_geometric"}
IN_ADVANCE = {"timing": "advance", "rate": Rate.nominal(18, 12, "advance")}
THIRTY_DAYS = {"frequency": Frequency(Unit.DAYS, 30), "day_count": PeriodCount.PERIOD_360}


def interest(made: Schedule) -> str:
    return usd_text(made.totals.interest_minor)


def due(number: int) -> date:
    return date(2026, 1 + number, 15)


FIRST_FOUR = [Payment(due(number), usd("916.80")) for number in (1, 2, 3, 4)]

# -- [F-01] to [F-05], [F-10]: instalments ------------------------------------------------------------------


def test_level_instalment() -> None:
    made = a_schedule()
    assert amounts(made) == ["916.80"] * 11 + ["916.81"]
    assert interest(made) == "1001.61"
    assert made.rows[-1].balance_minor == 0


def test_level_instalment_with_interest_in_advance() -> None:
    made = a_schedule(**IN_ADVANCE)
    assert amounts(made)[:11] == ["904.33"] * 11
    assert usd_text(made.withheld.interest_minor) == "150.00"
    assert usd_text(made.net_minor) == "9850.00"
    assert made.rows[0].interest_minor == round(made.rows[0].balance_minor * Decimal("0.015"))
    assert made.rows[-1].interest_minor == 0


def test_exceptions_added_and_replacing() -> None:
    added = (Exceptional(usd(1000), number=6), Exceptional(usd(1000), number=12))
    made = a_schedule(formula="regular_exceptions", exceptional=added)
    assert amounts(made) == ["756.27"] * 5 + ["1756.27"] + ["756.27"] * 5 + ["1756.36"]
    replacing = (Exceptional(usd(2000), number=6, mode=ExceptionalMode.REPLACE),)
    made = a_schedule(formula="regular_exceptions", exceptional=replacing)
    assert amounts(made) == ["817.67"] * 5 + ["2000.00"] + ["817.67"] * 5 + ["817.63"]


def test_exception_by_date_falls_on_the_next_due_date() -> None:
    by_date = (
        Exceptional(usd(1000), on=date(2026, 7, 1)),
        Exceptional(usd(1000), on=due(12 - 1) + timedelta(31)),
    )
    made = a_schedule(exceptional=by_date)
    assert amounts(made)[5] == "1756.27"


def test_equal_principal() -> None:
    made = a_schedule(formula="fixed_principal")
    assert amounts(made, "principal") == ["833.33"] * 11 + ["833.37"]
    assert (amounts(made)[0], amounts(made)[-1], interest(made)) == ("983.33", "845.87", "975.00")


def test_fixed_amount_of_principal_leaves_the_rest_to_the_last() -> None:
    made = a_schedule(formula="fixed_principal", principal_fixed=usd(800))
    assert amounts(made, "principal") == ["800.00"] * 11 + ["1200.00"]


@pytest.mark.parametrize(
    ("growth", "first", "second", "eleventh", "last"),
    [
        ("1", "869.00", "877.69", "959.91", "969.50"),
        ("-1", "966.60", "956.93", "874.17", "865.44"),
        ("1.5", "845.83", "858.52", "981.62", "996.36"),
    ],
)
def test_formula_1(growth: str, first: str, second: str, eleventh: str, last: str) -> None:
    made = amounts(a_schedule(formula="geometric", growth=Growth(1, Decimal(growth))))
    assert (made[0], made[1], made[10], made[11]) == (first, second, eleventh, last)


def test_formula_2_falling() -> None:
    made = a_schedule(50_000, **STEP, growth=Growth(12, Decimal(-5)))
    found = amounts(made)
    assert found[:12] == ["832.64"] * 12
    assert found[12] == "791.00"
    assert (found[118], found[119], interest(made)) == ("524.77", "524.69", "30185.36")
    assert made.rows[-1].balance_minor == 0


@pytest.mark.parametrize(
    ("months", "growth", "first"), [(120, "5", "581.98"), (120, "0", "699.74"), (126, "-5", "817.40")]
)
def test_formula_2_by_the_general_sum(months: int, growth: str, first: str) -> None:
    made = a_schedule(50_000, **{**STEP, "instalments": months}, growth=Growth(12, Decimal(growth)))
    assert amounts(made)[0] == first


def test_formula_2_where_the_closed_form_is_nought_by_nought() -> None:
    rising = {**STEP, "growth": Growth(12, Decimal(12))}
    made = a_schedule(50_000, **rising, capitalises=True)
    first = made.rows[0]
    assert usd_text(first.instalment_minor) == "442.81"
    assert usd_text(first.interest_minor) == "474.44"
    assert usd_text(-first.principal_minor) == "31.63"
    assert usd_text(first.balance_minor) == "50031.63"
    assert made.rows[-1].balance_minor == 0
    with pytest.raises(NeverAmortises) as refused:
        a_schedule(50_000, **rising)
    assert refused.value.field == "instalments"


def test_arithmetic_growth() -> None:
    each = amounts(a_schedule(formula="arithmetic", growth=Growth(1, amount=usd(20))))
    assert (each[0], each[1], each[11]) == ("810.35", "830.35", "1030.29")
    every_sixth = amounts(a_schedule(formula="arithmetic", growth=Growth(6, amount=usd(50))))
    assert (every_sixth[5], every_sixth[6]) == ("892.92", "942.92")


def test_flat_bullet_and_interest_only() -> None:
    flat = a_schedule(formula="flat")
    assert amounts(flat, "interest") == ["150.00"] * 12
    assert amounts(flat)[0] == "983.33"
    assert amounts(a_schedule(formula="bullet")) == ["150.00"] * 11 + ["10150.00"]
    eased = amounts(a_schedule(formula="interest_only", grace=Grace(principal=6)))
    assert eased == ["150.00"] * 6 + ["1755.25"] * 5 + ["1755.26"]


def test_irregular_rows_show_their_implied_rate() -> None:
    uneven = [due(1), due(1) + timedelta(9), due(3), due(4), due(4) + timedelta(21), due(7), due(8)]
    amounts_typed = (500, 1500, 2000, 1000, 1500, 2500, 1000)
    rows = tuple(
        IrregularRow(day, principal=usd(each)) for day, each in zip(uneven, amounts_typed, strict=True)
    )
    made = a_schedule(formula="irregular", instalments=7, irregular=rows, day_count=Convention.ACTUAL_365)
    assert [row.principal_minor for row in made.rows] == [100 * each for each in amounts_typed]
    assert made.rows[0].interest_minor == 15288  # 10,000 × 18 % × 31 / 365
    with pytest.raises(IrregularRows):
        a_schedule(9_999, formula="irregular", instalments=7, irregular=rows)
    typed = tuple(IrregularRow(due(number), instalment=usd("916.80")) for number in range(1, 11))
    found = implied_rate(
        some_terms(formula="irregular", instalments=10, irregular=typed, principal="8454.90")
    )
    assert found.percent.quantize(Decimal("0.01")) == Decimal("18.00")


# -- [F-06] to [F-08]: rates and accrual --------------------------------------------------------------------


def test_quoted_rate_becomes_the_loans_own() -> None:
    made = a_schedule(rate=Rate.nominal(24, 4, "advance"))
    assert made.nominal.rounded(4).percent == Decimal("25.0072")
    assert made.effective.rounded(4).percent == Decimal("28.0821")


def one_month(**changed: object) -> LoanTerms:
    return some_terms(1_000_000, instalments=1, formula="bullet", **{**THIRTY_DAYS, **changed})


def accrued(terms: LoanTerms, days: int) -> int:
    return payoff_on(terms, [], LENT_ON + timedelta(days)).parts["interest"]


def test_simple_interest_in_arrears() -> None:
    terms = one_month(rate=Rate.nominal("16.666116", 12), conversion=Conversion.AS_QUOTED)
    assert usd_text(accrued(terms, 1)) == "462.95"
    assert amounts(schedule(terms), "interest") == ["13888.43"]


def test_simple_interest_in_advance() -> None:
    rate = Rate.nominal("16.437821", 12, "advance")
    terms = one_month(rate=rate, timing="advance", conversion=Conversion.AS_QUOTED)
    assert usd_text(schedule(terms).withheld.interest_minor) == "13698.18"
    assert usd_text(accrued(terms, 1) - accrued(terms, 0)) in ("456.60", "456.61")
    assert accrued(terms, 29) == -45661


def test_compound_interest_in_arrears() -> None:
    terms = one_month(rate=Rate.effective(18), accrual=Accrual.COMPOUND)
    posted = [accrued(terms, day) for day in range(30)]
    total = schedule(terms).rows[0].interest_minor
    assert usd_text(posted[1]) == "459.87"
    assert usd_text(total - posted[29]) == "466.04"
    assert usd_text(total) == "13888.43"


def test_compound_interest_in_advance() -> None:
    terms = one_month(rate=Rate.effective(18), accrual=Accrual.COMPOUND, timing="advance")
    assert usd_text(schedule(terms).withheld.interest_minor) == "13698.18"
    assert [usd_text(accrued(terms, day)) for day in (0, 10)] == ["-13698.18", "-9153.10"]


@pytest.mark.parametrize(
    ("compounding", "total"), [(Compounding.CONTINUOUS, "27969.75"), (Compounding.PER_PERIOD, "27776.86")]
)
def test_compounding_over_unpaid_periods(compounding: Compounding, total: str) -> None:
    made = a_schedule(
        1_000_000,
        instalments=2,
        formula="bullet",
        rate=Rate.effective(18),
        accrual=Accrual.COMPOUND,
        compounding=compounding,
        grace=Grace(interest_payment=1),
        **THIRTY_DAYS,
    )
    assert amounts(made, "interest") == ["0.00", total]


@pytest.mark.parametrize(
    ("count", "total"), [(Convention.THIRTY_360_EUROPEAN, "20.00"), (Convention.ACTUAL_365, "19.40")]
)
def test_day_count_per_loan(count: Convention, total: str) -> None:
    made = a_schedule(
        1_000,
        draws=(Draw(date(2025, 1, 15), usd(1000)),),
        rate=Rate.nominal(12, 6),
        instalments=1,
        frequency=Frequency(Unit.MONTHS, 2),
        day_count=count,
    )
    assert amounts(made, "interest") == [total]


def test_frequency_of_days_and_of_months_from_the_31st() -> None:
    def dates(frequency: Frequency) -> list[date]:
        made = a_schedule(draws=(Draw(date(2026, 1, 31), usd(1000)),), frequency=frequency, instalments=3)
        return [row.due for row in made.rows]

    assert dates(Frequency(Unit.DAYS, 14)) == [date(2026, 2, 14), date(2026, 2, 28), date(2026, 3, 14)]
    assert dates(Frequency()) == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


# -- insurances and charges ---------------------------------------------------------------------------------

LIFE = Slot("life", SlotKind.INSURANCE, SlotBase.BALANCE, percent=Decimal("0.068"))


def insurance(**slot: object) -> list[str]:
    """Insurance of a loan of 20,000 whose principal stays, month by month."""
    given: dict = {"code": "life", "kind": SlotKind.INSURANCE, "base": SlotBase.BALANCE, **slot}
    made = a_schedule(20_000, formula="bullet", instalments=3, slots=(Slot(**given),), **THIRTY_DAYS)
    return amounts(made, "insurance")


def test_life_insurance_outside_the_level_instalment() -> None:
    made = amounts(a_schedule(slots=(LIFE,), rounding=RoundingPolicy(residue=Residue.FIRST)))
    assert (made[0], made[-1]) == ("923.61", "917.41")  # 923.60 and the cent of the first instalment
    assert amounts(a_schedule(slots=(LIFE,)))[0] == "923.60"


def test_life_insurance_inside_the_level_instalment() -> None:
    inside = Slot("life", SlotKind.INSURANCE, SlotBase.BALANCE, percent=Decimal("0.068"), included=True)
    made = a_schedule(slots=(inside,))
    assert amounts(made)[:11] == ["920.69"] * 11
    assert made.rows[-1].balance_minor == 0


def test_insurance_accrued_and_in_advance_and_fixed() -> None:
    annual = {"percent": Decimal("0.6"), "accrues": Convention.ACTUAL_360}
    assert insurance(**annual) == ["10.00"] * 3
    assert insurance(**annual, timing=SlotTiming.ADVANCE) == ["10.00", "10.00", "0.00"]
    assert insurance(percent=Decimal("0.05")) == ["10.00"] * 3
    assert insurance(percent=Decimal("0.05"), base=SlotBase.BALANCE_AND_INTEREST) == ["10.15"] * 3


def test_insurance_by_age_and_extra_premium() -> None:
    ages = (
        AgeBand(18, 40, Decimal("0.04")),
        AgeBand(41, 60, Decimal("0.11")),
        AgeBand(61, 99, Decimal("0.3")),
    )
    young, older = date(1991, 1, 1), date(1968, 1, 1)
    both = (Insured(young, Decimal(60)), Insured(older, Decimal(40)))
    assert insurance(ages=ages, insured=both)[0] == "13.60"
    extra = (both[0], Insured(older, Decimal(40), Decimal("0.02")))
    assert insurance(ages=ages, insured=extra)[0] == "15.20"  # 4.80 + 10.40
    turns_61 = (Insured(date(1965, 3, 10)),)
    assert insurance(ages=ages, insured=turns_61) == ["22.00", "60.00", "60.00"]
    with pytest.raises(InsuredShares):
        insurance(ages=ages, insured=(both[0], Insured(older, Decimal(30))))


def test_tax_on_another_slot() -> None:
    first = Slot("life", SlotKind.INSURANCE, amount=usd("13.60"))
    tax = Slot("vat", SlotKind.INSURANCE, SlotBase.SLOT, percent=Decimal(15), of="life")
    row = a_schedule(slots=(tax, first)).rows[0]
    assert row.slots == (204, 1360)


def test_charges_by_instalment_and_nine_of_a_kind() -> None:
    fee = Slot("legal", SlotKind.CHARGE, amount=usd(5), last=3)
    assert amounts(a_schedule(slots=(fee,)), "charges") == ["5.00"] * 3 + ["0.00"] * 9
    nine = tuple(Slot(f"c{number}", SlotKind.CHARGE, amount=usd("4.50")) for number in range(9))
    assert amounts(a_schedule(slots=nine), "charges") == ["40.50"] * 12
    with pytest.raises(InvalidSlot):
        a_schedule(slots=(*nine, fee))


def test_net_disbursement() -> None:
    premium = Slot("life", SlotKind.INSURANCE, amount=usd("13.60"), timing=SlotTiming.UP_FRONT)
    assert usd_text(a_schedule(slots=(premium,), **IN_ADVANCE).net_minor) == "9836.40"


# -- life of a loan -----------------------------------------------------------------------------------------


def test_extra_payment_lowers_the_instalment_or_shortens_the_term() -> None:
    lower = live(some_terms(), [*FIRST_FOUR, Payment(due(4), usd(3000))])
    assert usd_text(lower.movements[3].balance_minor) == "6863.09"
    assert amounts(lower)[4:11] == ["516.05"] * 7
    shorter = live(some_terms(), [*FIRST_FOUR, Payment(due(4), usd(3000), Effect.SHORTEN_TERM)])
    assert amounts(shorter)[4:] == ["916.80"] * 4 + ["354.85"]


def test_rate_change_recalculates_or_leaves_it_to_the_last() -> None:
    dearer = Rate.nominal("20.4", 12)
    follows = live(some_terms(), [*FIRST_FOUR, RateChange(due(4), dearer)])
    assert amounts(follows)[4:11] == ["924.80"] * 7
    stays = live(some_terms(), [*FIRST_FOUR, RateChange(due(4), dearer, changes_instalment=False)])
    assert amounts(stays)[4:11] == ["916.80"] * 7
    assert stays.rows[-1].balance_minor == 0


def test_exceptional_instalment_added_to_a_running_loan() -> None:
    december = Exceptional(usd(1000), on=date(2026, 12, 1))
    running = live(some_terms(), [*FIRST_FOUR, ExceptionalAdded(date(2026, 5, 20), december)])
    made = amounts(running)
    assert made[:4] == ["916.80"] * 4
    assert Decimal(made[4]) < Decimal("916.80")
    assert Decimal(made[10]) == Decimal(made[4]) + 1000
    assert running.rows[-1].balance_minor == 0


def test_draws_recalculate_on_what_is_disbursed() -> None:
    draws = (Draw(LENT_ON, usd(4000)), Draw(due(2), usd(3000)), Draw(due(5), usd(3000)))
    made = a_schedule(draws=draws)
    assert amounts(made)[0] == usd_text(solve_instalment(some_terms(4000)).minor)
    assert [row.number for row in made.rows if row.drawn_minor] == [3, 6]
    assert sum(row.principal_minor for row in made.rows) == 1_000_000
    lived = live(some_terms(4000), [FurtherDraw(due(2), usd(3000)), FurtherDraw(due(5), usd(3000))])
    assert lived.rows == made.rows


# -- the unknown --------------------------------------------------------------------------------------------


def test_each_unknown_is_found() -> None:
    assert solve_instalment(some_terms()) == usd("916.80")
    assert solve_term(some_terms(), usd("916.80")) == 12
    assert solve_principal(some_terms(), usd("916.80")) == usd("10000.00")
    assert solve_rate(some_terms(), usd("916.80")).percent.quantize(Decimal("0.001")) == Decimal("18.000")
