"""What happens to a loan: payments, prepayments, late interest, and changes of its terms."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.schedule import schedule
from chalicelib.kernel.schedule.bills import Bill, distribute
from chalicelib.kernel.schedule.errors import (
    EventAfterPayoff,
    EventsOutOfOrder,
    InvalidEvent,
    InvalidLateRule,
    InvalidPaymentOrder,
    MixedCurrencies,
    PaymentBeyondDebt,
    UnsupportedTerms,
)
from chalicelib.kernel.schedule.events import (
    Component,
    Effect,
    Event,
    ExceptionalAdded,
    Extension,
    FurtherDraw,
    LateBase,
    LateRule,
    Payment,
    PaymentOrder,
    Payoff,
    Postponement,
    RateChange,
    Rules,
    Skip,
)
from chalicelib.kernel.schedule.life import live, payoff_on
from chalicelib.kernel.schedule.slots import Slot, SlotBase, SlotKind
from chalicelib.kernel.schedule.terms import Exceptional, IrregularRow, SkipMode
from tests.support.loans import LENT_ON, amounts, some_terms, usd, usd_text

ORDER = (Component.LATE, Component.INSURANCE, Component.INTEREST, Component.PRINCIPAL, Component.CHARGES)


def due(number: int) -> date:
    return date(2026 + (number > 11), (number % 12) + 1, 15)


def on_time(many: int) -> list[Event]:
    return [Payment(due(number), usd("916.80")) for number in range(1, many + 1)]


def a_bill(number: int, **pending: int) -> Bill:
    parts = {part: pending.get(part, 0) for part in Component}
    return Bill(number, due(number), dict(parts), parts, due(number))


# -- order of payment ---------------------------------------------------------------------------------------


def test_payment_follows_the_order_of_components() -> None:
    bill = a_bill(1, late=10, insurance=20, interest=50, principal=200)
    distribute([bill], 100, PaymentOrder.per_bill(*ORDER))
    assert (bill.pending[Component.PRINCIPAL], bill.pending[Component.LATE]) == (180, 0)
    bill = a_bill(1, late=10, insurance=20, interest=50, principal=200)
    distribute([bill], 100, PaymentOrder.per_bill(*reversed(ORDER)))
    assert bill.pending[Component.LATE] == 10


def test_payment_goes_bill_by_bill_or_component_by_component() -> None:
    def bills() -> list[Bill]:
        return [a_bill(1, late=413, principal=20_000), a_bill(2, late=747, principal=20_000)]

    per_bill = distribute(bills(), 21_000, PaymentOrder.per_bill(*ORDER))
    assert per_bill.bills == {1: {"late": 413, "principal": 20_000}, 2: {"late": 587}}
    total_first = PaymentOrder(((Component.LATE,), ORDER[1:]))
    late_first = distribute(bills(), 21_000, total_first)
    assert late_first.bills == {1: {"late": 413, "principal": 19_840}, 2: {"late": 747}}


def test_order_names_every_component_once() -> None:
    with pytest.raises(InvalidPaymentOrder):
        PaymentOrder.per_bill(Component.INTEREST, Component.PRINCIPAL)
    with pytest.raises(InvalidPaymentOrder):
        PaymentOrder.per_component(*ORDER, Component.LATE)


# -- payments -----------------------------------------------------------------------------------------------


def test_paid_as_planned_the_rows_are_those_of_the_schedule() -> None:
    lived = live(some_terms(), [*on_time(11), Payment(due(12), usd("916.81"))])
    assert lived.rows == schedule(some_terms()).rows
    assert lived.paid_off
    assert lived.movements[-1].balance_minor == 0


def test_amount_held_pays_bills_as_they_fall_due() -> None:
    lived = live(some_terms(), [Payment(LENT_ON, usd(2000), Effect.HELD)], until=due(3))
    assert [bill.pending_minor for bill in lived.bills] == [0, 0, 75040]
    assert live(some_terms(), [Payment(LENT_ON, usd(2000), Effect.HELD)], until=due(2)).held_minor == 16640


@pytest.mark.parametrize(
    ("grace_days", "retroactive", "paid_late_days", "late"),
    [(0, False, 10, "2.47"), (5, False, 10, "1.23"), (5, True, 10, "2.47"), (5, True, 5, "0.00")],
)
def test_late_interest_with_grace(grace_days: int, retroactive: bool, paid_late_days: int, late: str) -> None:
    rule = LateRule(percent=Decimal(18), annual_days=365, grace_days=grace_days, retroactive=retroactive)
    terms = some_terms(500, rate=Rate.nominal(0, 12), instalments=1)
    lived = live(terms, [], Rules(late=rule), until=due(1) + timedelta(paid_late_days))
    assert usd_text(lived.late_minor) == late


def test_late_rate_by_factor_capped_on_a_chosen_base() -> None:
    rule = LateRule(factor=Decimal(2), largest_percent=Decimal(25), base=LateBase.ALL)
    assert rule.percent_for(Decimal(15)) == 25
    lived = live(some_terms(), [], Rules(late=rule), until=due(1) + timedelta(10))
    assert usd_text(lived.late_minor) == "6.37"  # 916.80 × 25 % × 10 / 360


def test_current_interest_may_run_on_overdue_principal() -> None:
    rule = LateRule(percent=Decimal(0), current_interest=True)
    lived = live(some_terms(), [], Rules(late=rule), until=due(1) + timedelta(10))
    assert (
        usd_text(lived.bills[0].pending[Component.INTEREST]) == "153.83"
    )  # 150.00 + 766.80 × 18 % × 10 / 360


def test_late_payment_leaves_the_plan_and_costs_its_late_interest() -> None:
    rules = Rules(late=LateRule(percent=Decimal(24)))
    lived = live(some_terms(), [Payment(due(1) + timedelta(10), usd("916.80"))], rules)
    assert usd_text(lived.late_minor) == "5.11"
    assert lived.bills[0].pending_minor == 511
    assert lived.rows == schedule(some_terms()).rows


# -- payoff -------------------------------------------------------------------------------------------------


def test_payoff_on_a_due_date_is_the_balance_and_on_a_later_day_its_interest_too() -> None:
    assert usd_text(payoff_on(some_terms(), on_time(4), due(4)).total_minor) == "6863.09"
    ten_days = payoff_on(some_terms(), on_time(4), due(4) + timedelta(10))
    assert usd_text(ten_days.parts[Component.INTEREST]) == "33.21"  # 102.95 × 10 / 31


def test_paying_the_payoff_closes_the_loan() -> None:
    day = due(4) + timedelta(10)
    debt = payoff_on(some_terms(), on_time(4), day).total_minor
    for closing in (Payoff(day), Payment(day, Money(debt, "USD"))):
        lived = live(some_terms(), [*on_time(4), closing])
        assert lived.paid_off
        assert lived.movements[-1].paid_minor == debt
        assert sum(row.principal_minor for row in lived.rows) == 1_000_000
        with pytest.raises(EventAfterPayoff) as refused:
            live(some_terms(), [*on_time(4), closing, Payment(day, usd(1))])
        assert refused.value.field == "events.5.on"


def test_unearned_interest_is_returned_at_payoff() -> None:
    terms = some_terms(timing="advance", rate=Rate.nominal(18, 12, "advance"))
    assert payoff_on(terms, [], LENT_ON).total_minor == 1_000_000 - 15_000


# -- other events -------------------------------------------------------------------------------------------


def test_skipped_instalment_is_due_at_the_end_or_worked_into_the_others() -> None:
    to_end = live(some_terms(), [*on_time(2), Skip(due(2), 3, SkipMode.TO_END)])
    assert amounts(to_end)[2:11] == ["0.00"] + ["916.80"] * 8
    assert Decimal(amounts(to_end)[-1]) > Decimal("1833.60")
    again = live(some_terms(), [*on_time(2), Skip(due(2), 3)])
    assert amounts(again)[2] == "0.00"
    assert len(set(amounts(again)[3:11])) == 1
    for lived in (to_end, again):
        assert lived.rows[-1].balance_minor == 0
        assert sum(row.principal_minor for row in lived.rows) == 1_000_000
    forgiven = live(some_terms(), [*on_time(2), Skip(due(2), 3, SkipMode.INTEREST_FORGIVEN)])
    assert forgiven.interest_minor < again.interest_minor


def test_postponed_instalment_is_not_late_until_its_new_date() -> None:
    rules = Rules(late=LateRule(percent=Decimal(24)))
    later = [Postponement(due(1) - timedelta(3), 1, due(1) + timedelta(19))]
    assert live(some_terms(), later, rules, until=due(1) + timedelta(19)).late_minor == 0
    assert live(some_terms(), later, rules, until=due(1) + timedelta(20)).late_minor > 0


def test_extension_lowers_the_instalment() -> None:
    longer = live(some_terms(), [*on_time(4), Extension(due(4), 6)])
    assert len(longer.rows) == 18
    assert longer.rows[-1].balance_minor == 0
    assert Decimal(amounts(longer)[4]) < Decimal("916.80")


def test_extension_goes_on_with_its_insurance() -> None:
    life = Slot("life", SlotKind.INSURANCE, SlotBase.BALANCE, percent=Decimal("0.5"), included=True)
    longer = live(some_terms(slots=(life,)), [Extension(due(4), 6)], until=due(4))
    assert all(row.insurance_minor > 0 for row in longer.rows)
    assert longer.rows[-1].balance_minor == 0


def test_extension_of_a_loan_of_one_instalment() -> None:
    longer = live(some_terms(instalments=1), [Extension(due(1) - timedelta(1), 2)])
    assert amounts(longer) == amounts_of_three()


def amounts_of_three() -> list[str]:
    return amounts(schedule(some_terms(instalments=3)))


def test_draw_or_rate_in_the_middle_of_a_period_counts_from_its_day() -> None:
    middle = due(4) + timedelta(15)
    dearer = live(some_terms(), [*on_time(4), RateChange(middle, Rate.nominal(36, 12))])
    assert usd_text(dearer.rows[4].interest_minor) == "156.08"  # 102.95 × (15 + 2 × 16) / 31
    more = live(some_terms(), [*on_time(4), FurtherDraw(middle, usd(1000))])
    assert usd_text(more.rows[4].interest_minor) == "110.69"  # 102.95 + 15.00 × 16 / 31


# -- what is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "error", "field"),
    [
        ([Payment(due(2), usd(1)), Payment(due(1), usd(1))], EventsOutOfOrder, "events.1.on"),
        ([Payment(LENT_ON - timedelta(1), usd(1))], EventsOutOfOrder, "events.0.on"),
        ([Payment(due(1), usd(0))], InvalidEvent, "events.0.amount"),
        ([Payment(due(1), Money.of(1, "COP"))], MixedCurrencies, "events.0.amount"),
        ([Payment(due(1), usd(20_000))], PaymentBeyondDebt, "events.0.amount"),
        ([Skip(due(1), 1)], InvalidEvent, "events.0.number"),
        ([Skip(due(1), 12)], InvalidEvent, "events.0.number"),
        ([Skip(due(1), 13)], InvalidEvent, "events.0.number"),
        ([Postponement(due(1), 2, due(1))], InvalidEvent, "events.0.due"),
        ([Extension(due(1), 0)], InvalidEvent, "events.0.instalments"),
        ([FurtherDraw(due(12), usd(1))], InvalidEvent, "events.0.on"),
        ([FurtherDraw(due(1), usd(-1))], InvalidEvent, "events.0.amount"),
        (
            [ExceptionalAdded(due(1), Exceptional(usd(30_000), number=4))],
            Invalid,
            "events.0.exceptional",
        ),
    ],
)
def test_impossible_events_are_refused(events: Sequence[Event], error: type[Invalid], field: str) -> None:
    with pytest.raises(error) as refused:
        live(some_terms(), events)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"percent": Decimal(-1)},
        {"percent": Decimal(1), "factor": Decimal(1)},
        {"percent": Decimal(1), "annual_days": 0},
        {"percent": Decimal(1), "grace_days": -1},
    ],
)
def test_late_rules_that_mean_nothing_are_refused(given: dict) -> None:
    with pytest.raises(InvalidLateRule):
        LateRule(**given)


def test_irregular_loans_are_not_extended_nor_made_exceptional() -> None:
    rows = (IrregularRow(due(1), principal=usd(4000)), IrregularRow(due(3), principal=usd(6000)))
    terms = some_terms(formula="irregular", instalments=2, irregular=rows)
    with pytest.raises(InvalidEvent):
        live(terms, [Extension(LENT_ON, 1)])
    with pytest.raises(UnsupportedTerms):
        live(terms, [ExceptionalAdded(LENT_ON, Exceptional(usd(1), number=1))])


def test_loans_with_interest_in_advance_are_not_drawn_again() -> None:
    with pytest.raises(UnsupportedTerms):
        live(some_terms(timing="advance"), [FurtherDraw(due(1), usd(1))])


# -- laws ---------------------------------------------------------------------------------------------------

LOANS = st.builds(
    lambda minor, percent, count, formula: replace(
        some_terms(rate=Rate.nominal(percent, 12), instalments=count, formula=formula),
        draws=(replace(some_terms().draws[0], amount=Money(minor, "USD")),),
    ),
    st.integers(100_000, 10**8),
    st.decimals(0, 80, places=2),
    st.integers(2, 36),
    st.sampled_from(["regular", "fixed_principal", "bullet"]),
)
EXTRA = st.sampled_from([Effect.LOWER_INSTALMENT, Effect.SHORTEN_TERM])


@given(LOANS, st.integers(0, 1000), st.integers(1, 98), EXTRA)
@settings(max_examples=60, deadline=None)
def test_prepayment_never_raises_interest_and_all_principal_comes_back(
    terms, after_days: int, share: int, effect: Effect
) -> None:
    plan = schedule(terms)
    day = LENT_ON + timedelta(after_days)
    assume(day < plan.rows[-1].due)
    due_rows = [row for row in plan.rows if row.due <= day and row.instalment_minor]
    paid = [Payment(row.due, plan.money(row.instalment_minor)) for row in due_rows]
    balance = next(row for row in plan.rows if row.due > day).principal_minor
    extra = plan.money(max(1, balance * share // 100))
    lived = live(terms, [*paid, Payment(day, extra, effect)])
    cents = len(plan.rows) if effect is Effect.LOWER_INSTALMENT else 1
    assert lived.interest_minor <= plan.totals.interest_minor + cents
    assert lived.rows[-1].balance_minor == 0
    assert sum(row.principal_minor for row in lived.rows) + extra.minor == plan.principal_minor


@given(LOANS, st.integers(0, 700), st.integers(2, 10**5), st.integers(1, 99), st.sampled_from(list(Effect)))
@settings(max_examples=60, deadline=None)
def test_two_payments_of_a_day_are_one(
    terms, after_days: int, minor: int, share: int, effect: Effect
) -> None:
    plan = schedule(terms)
    day = LENT_ON + timedelta(after_days)
    assume(day < plan.rows[-1].due)
    late = Rules(late=LateRule(percent=Decimal(24), grace_days=3, retroactive=True))
    minor = min(minor, plan.principal_minor // 3)
    one, other = (
        Money(part, "USD") for part in (minor * share // 100 or 1, minor - (minor * share // 100 or 1))
    )
    assume(other.minor > 0)
    whole = live(terms, [Payment(day, one + other, effect)], late, until=day + timedelta(40))
    parts = live(
        terms, [Payment(day, one, effect), Payment(day, other, effect)], late, until=day + timedelta(40)
    )
    assert (whole.rows, whole.held_minor) == (parts.rows, parts.held_minor)
    assert [bill.pending for bill in whole.bills] == [bill.pending for bill in parts.bills]


@given(LOANS, st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_payoff_is_what_closes_the_loan_on_any_day(terms, after_days: int) -> None:
    plan = schedule(terms)
    day = LENT_ON + timedelta(after_days)
    rules = Rules(late=LateRule(percent=Decimal(24)))
    debt = payoff_on(terms, [], day, rules).total_minor
    lived = live(terms, [Payoff(day)], rules)
    assert lived.paid_off
    assert lived.movements[-1].paid_minor == debt
    assert sum(row.principal_minor for row in lived.rows) == plan.principal_minor
