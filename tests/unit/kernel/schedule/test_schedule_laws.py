"""Laws that hold for every schedule, whatever its terms."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chalicelib.kernel.calendar import Calendar, Shift
from chalicelib.kernel.day_count import DAY_COUNTS, Convention
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.rounding import Rounding, RoundingMode
from chalicelib.kernel.schedule import Schedule, schedule
from chalicelib.kernel.schedule.equation import problem_from
from chalicelib.kernel.schedule.formulas import ONE, present_value_gap
from chalicelib.kernel.schedule.preparation import prepare
from chalicelib.kernel.schedule.slots import Slot, SlotBase, SlotKind
from chalicelib.kernel.schedule.terms import (
    Accrual,
    DeferredInterest,
    Draw,
    DueDates,
    Exceptional,
    Frequency,
    Grace,
    Growth,
    LoanTerms,
    PeriodCount,
    Residue,
    RoundingPolicy,
    Unit,
)
from chalicelib.kernel.schedule.walk import Owed, walk

GROWING = {
    "geometric": st.builds(Growth, st.integers(1, 12), st.decimals(-4, 4, places=2)),
    "step_geometric": st.builds(Growth, st.integers(1, 12), st.decimals(-4, 4, places=2)),
    "arithmetic": st.builds(
        Growth, st.integers(1, 12), amount=st.integers(-50, 50).map(lambda minor: Money(minor, "USD"))
    ),
}
FORMULAS = ["regular", "fixed_principal", "flat", "bullet", *GROWING]


@st.composite
def many_terms(draw, formulas=tuple(FORMULAS), plain: bool = False) -> LoanTerms:
    """Loans of every kind that the engine promises to amortise."""
    formula = draw(st.sampled_from(formulas))
    count = draw(st.integers(1, 40))
    lent_on = draw(st.dates(date(2023, 1, 1), date(2028, 12, 31)))
    frequency = Frequency(draw(st.sampled_from(list(Unit))), draw(st.integers(1, 3)))
    rate = draw(
        st.one_of(
            st.builds(Rate.nominal, st.decimals(0, 60, places=4), st.sampled_from([1, 2, 4, 12])),
            st.builds(Rate.effective, st.decimals(0, 60, places=4)),
        )
    )
    terms = LoanTerms(
        currency="USD",
        draws=(Draw(lent_on, Money(draw(st.integers(100_000, 10**9)), "USD")),),
        rate=rate,
        instalments=count,
        frequency=frequency,
        formula=formula,
        day_count=draw(st.sampled_from([*Convention, *PeriodCount])),
        accrual=draw(st.sampled_from(list(Accrual))),
        growth=draw(GROWING[formula]) if formula in GROWING else None,
        capitalises=formula in GROWING,
        rounding=RoundingPolicy(
            Rounding(draw(st.sampled_from([RoundingMode.HALF_UP, RoundingMode.HALF_EVEN]))),
            residue=draw(st.sampled_from(list(Residue))),
        ),
    )
    if plain:
        return terms
    if formula != "flat" and draw(st.booleans()):
        terms = replace(terms, timing="advance", rate=Rate.nominal(12, 12))
    elif draw(st.booleans()):
        graced = draw(st.integers(0, count - 1))
        deferred = draw(st.sampled_from(list(DeferredInterest)))
        terms = replace(terms, grace=Grace(graced, draw(st.integers(0, graced)), 0, deferred))
    return terms


@given(many_terms())
@settings(max_examples=150, deadline=None)
def test_principal_sums_to_the_loan_and_the_balance_ends_at_zero(terms: LoanTerms) -> None:
    made = schedule(terms)
    assert sum(row.principal_minor for row in made.rows) == made.principal_minor
    assert made.rows[-1].balance_minor == 0
    balance = made.principal_minor
    for row in made.rows:
        balance -= row.principal_minor
        assert row.balance_minor == balance
        parts = row.principal_minor + row.interest_minor + row.charges_minor + row.insurance_minor
        assert row.instalment_minor == parts
    assert len(made.rows) <= terms.instalments
    assert all(one.due < other.due for one, other in pairwise(made.rows))
    assert sum(flow.minor for flow in made.flows) == -made.totals.interest_minor


@given(many_terms(formulas=("regular", "fixed_principal", "geometric", "arithmetic", "bullet", "flat")))
@settings(max_examples=100, deadline=None)
def test_unrounded_instalments_are_worth_the_principal(terms: LoanTerms) -> None:
    prepared = prepare(terms)
    problem = problem_from(prepared, prepared.stages[0], prepared.opening, prepared.opening)
    gap = present_value_gap(prepared.formula, problem, prepared.formula.amounts(problem))
    assert abs(gap) < Fraction(prepared.opening, 10**28)


@given(many_terms(formulas=("regular", "fixed_principal", "flat", "bullet"), plain=True))
@settings(max_examples=60, deadline=None)
def test_balances_never_rise_where_nothing_is_capitalised(terms: LoanTerms) -> None:
    made = schedule(terms)
    assert all(row.principal_minor >= 0 and row.interest_minor >= 0 for row in made.rows)


@given(many_terms(formulas=("regular",), plain=True))
@settings(max_examples=100, deadline=None)
def test_level_rows_are_those_of_slow_fractions(terms: LoanTerms) -> None:
    rate = Rate.nominal(terms.rate.percent, 12)
    count = Convention.ACTUAL_ACTUAL_ISDA
    terms = replace(terms, rate=rate, day_count=count, conversion="as_quoted", rounding=RoundingPolicy())
    terms = replace(terms, accrual=Accrual.SIMPLE)
    made = schedule(terms)
    nominal = Fraction(rate.percent) / 100
    fraction = DAY_COUNTS[count].year_fraction
    factors = [nominal * Fraction(*fraction(row.starts, row.due)) for row in made.rows]
    worth = Fraction(0)
    for factor in reversed(factors):
        worth = (worth + 1) / (1 + factor)
    balance = made.principal_minor
    level = floor(balance / worth + Fraction(1, 2))
    for row, factor in zip(made.rows, factors, strict=True):
        interest = floor(balance * factor + Fraction(1, 2))
        principal = balance if row is made.rows[-1] else level - interest
        assert (row.interest_minor, row.principal_minor) == (interest, principal)
        balance -= principal


@given(many_terms(formulas=("regular", "geometric", "arithmetic"), plain=True))
@settings(max_examples=60, deadline=None)
def test_the_fast_walk_and_the_whole_walk_agree(terms: LoanTerms) -> None:
    terms = replace(terms, capitalises=False)
    try:
        prepared = prepare(terms)
        quick = schedule(terms)
    except Invalid:
        return
    if not prepared.plain or terms.rounding.residue is not Residue.LAST:
        return
    amounts = [row.instalment_minor for row in quick.rows]
    prepared.plain = False
    owed = Owed(prepared.opening, prepared.opening)
    walk(prepared, owed, amounts, 0, len(amounts))
    assert tuple(owed.rows) == quick.rows


@given(many_terms(formulas=("regular",), plain=True), st.integers(1, 30), st.integers(10_000, 10**8))
@settings(max_examples=60, deadline=None)
def test_tranches_on_any_day_end_at_zero(terms: LoanTerms, days: int, minor: int) -> None:
    later = Draw(terms.disbursed_on + timedelta(days), Money(minor, "USD"))
    with_later = replace(terms, draws=(*terms.draws, later))
    assume(later.on < schedule(terms).rows[-1].due)
    made = schedule(with_later)
    assert sum(row.principal_minor for row in made.rows) == made.principal_minor
    assert made.rows[-1].balance_minor == 0
    assert sum(row.drawn_minor for row in made.rows) == minor


@given(many_terms(formulas=("regular",), plain=True), st.integers(1, 40), st.integers(1, 99))
@settings(max_examples=60, deadline=None)
def test_exceptional_instalments_end_at_zero(terms: LoanTerms, number: int, share: int) -> None:
    number = min(number, terms.instalments)
    amount = Money(max(1, terms.principal.minor * share // 200), "USD")
    exceptional = (Exceptional(amount, number=number),)
    made = schedule(replace(terms, exceptional=exceptional, capitalises=True))
    assert made.rows[-1].balance_minor == 0
    assert sum(row.principal_minor for row in made.rows) == made.principal_minor


@given(
    many_terms(formulas=("regular",), plain=True),
    st.lists(
        st.builds(
            Slot,
            code=st.uuids().map(str),
            kind=st.sampled_from(list(SlotKind)),
            base=st.sampled_from(
                [SlotBase.BALANCE, SlotBase.ORIGINAL, SlotBase.INSTALMENT, SlotBase.BALANCE_AND_INTEREST]
            ),
            percent=st.decimals(0, Decimal("0.1"), places=3),
            included=st.booleans(),
        ),
        max_size=3,
    ),
)
@settings(max_examples=60, deadline=None)
def test_charges_inside_and_outside_leave_the_level_total_level(terms: LoanTerms, slots: list[Slot]) -> None:
    terms = replace(terms, slots=tuple(slots), rounding=RoundingPolicy(), capitalises=True)
    made = schedule(terms)
    assert made.rows[-1].balance_minor == 0
    inside = {
        row.principal_minor
        + row.interest_minor
        + sum(amount for slot, amount in zip(slots, row.slots, strict=True) if slot.included)
        for row in made.rows[:-1]
    }
    assert inside <= {made.level_minor}
    problem = problem_from(prepare(terms), 0, terms.principal.minor, terms.principal.minor)
    assert abs(problem.solve() - made.level_minor * ONE) <= ONE


@given(many_terms(formulas=("regular",), plain=True), st.sampled_from(list(Shift)), st.booleans())
@settings(max_examples=60, deadline=None)
def test_due_dates_fall_on_business_days(terms: LoanTerms, shift: Shift, moves: bool) -> None:
    terms = replace(
        terms,
        frequency=Frequency(Unit.MONTHS, 1),
        due_dates=DueDates(Calendar(), shift, interest_moves=moves),
        day_count=Convention.ACTUAL_365,
    )
    made = schedule(terms)
    nominal = schedule(replace(terms, due_dates=DueDates()))
    for row, unmoved in zip(made.rows, nominal.rows, strict=True):
        assert row.due == Calendar().adjust(unmoved.due, shift)
        if not moves:
            assert (row.starts, row.days, row.interest_minor) == (
                unmoved.starts,
                unmoved.days,
                unmoved.interest_minor,
            )


@given(
    st.builds(
        LoanTerms,
        currency=st.sampled_from(["USD", "COP", "BHD"]),
        draws=st.lists(
            st.builds(
                Draw,
                st.dates(),
                st.builds(Money, st.integers(-1, 10**12), st.sampled_from(["USD", "COP"])),
            ),
            max_size=3,
        ).map(tuple),
        rate=st.builds(Rate, st.decimals(-300, 10**6, places=2), st.sampled_from(["nominal", "effective"])),
        instalments=st.integers(-1, 1300) | st.integers(1, 12),
        frequency=st.builds(Frequency, st.sampled_from(list(Unit)), st.integers(-1, 1001)),
        first_due=st.none() | st.dates(),
        formula=st.sampled_from([*FORMULAS, "irregular", "interest_only", "no_such"]),
        day_count=st.sampled_from([*Convention, *PeriodCount]),
        accrual=st.sampled_from(list(Accrual)),
        timing=st.sampled_from(["arrears", "advance"]),
        grace=st.builds(Grace, st.integers(-1, 5), st.integers(-1, 5), st.integers(-1, 5)),
        growth=st.none() | st.builds(Growth, st.integers(0, 5), st.none() | st.decimals(allow_nan=True)),
        exceptional=st.lists(
            st.builds(
                Exceptional, st.builds(Money, st.integers(-1, 10**9), st.just("USD")), st.integers(-1, 20)
            ),
            max_size=2,
        ).map(tuple),
        capitalises=st.booleans(),
    )
)
@settings(max_examples=200, deadline=None)
def test_any_input_is_a_schedule_or_an_error_of_its_own(terms: LoanTerms) -> None:
    made, refused = outcome(terms)
    assert (made is None) != (refused is None)
    if made is not None:
        assert made.rows[-1].balance_minor == 0
    if refused is not None:
        assert refused.code != "invalid"
        assert refused.field


def outcome(terms: LoanTerms) -> tuple[Schedule | None, Invalid | None]:
    try:
        return schedule(terms), None
    except Invalid as refused:
        return None, refused
