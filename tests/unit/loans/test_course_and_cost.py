"""A loan after its events, and what it costs in all."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.schedule import schedule
from chalicelib.kernel.schedule.events import Effect, Payment, Payoff, Rules
from chalicelib.kernel.schedule.life import live
from chalicelib.kernel.schedule.slots import Slot, SlotKind, SlotTiming
from chalicelib.kernel.schedule.terms import Draw, LoanTerms
from chalicelib.modules.loans.domain.cost import cost_of
from chalicelib.modules.loans.domain.course import course_of
from chalicelib.modules.loans.errors import TooManyEvents

START = date(2026, 1, 15)
TERMS = LoanTerms("USD", (Draw(START, Money.of("10000", "USD")),), Rate.nominal("18", 12), 12)
PREPAID = Payment(date(2026, 5, 15), Money.of("3000", "USD"))


def test_without_events_the_course_is_the_plan() -> None:
    assert course_of(TERMS, []).life.rows == schedule(TERMS).rows


@pytest.mark.parametrize("effect", [Effect.LOWER_INSTALMENT, Effect.SHORTEN_TERM])
def test_paid_as_planned_is_what_paying_every_bill_comes_to(effect: Effect) -> None:
    event = replace(PREPAID, effect=effect)
    bills = [
        Payment(row.due, Money(row.instalment_minor, "USD"), Effect.HELD)
        for row in schedule(TERMS).rows
        if row.due <= event.on
    ]
    assert course_of(TERMS, [event]).life.rows == live(TERMS, [*bills, event]).rows


def test_after_the_last_due_date_nothing_is_owed() -> None:
    last = schedule(TERMS).rows[-1].due
    assert live(TERMS, [], Rules(paid_when_due=True), until=last).paid_off


def test_events_that_would_rebuild_too_many_rows_are_refused() -> None:
    long = replace(TERMS, instalments=1200)
    with pytest.raises(TooManyEvents):
        course_of(long, [Payoff(date(2030, 1, day)) for day in range(1, 6)])


def test_the_cost_of_a_loan_without_charges_is_its_rate() -> None:
    found = cost_of(TERMS, schedule(TERMS))
    assert found.per_period is not None
    assert abs(found.per_period - Rate.nominal("18", 12).per_period * 100) < Rate.nominal("1", 12).per_period
    assert not found.by_dates


def test_charges_raise_the_cost() -> None:
    plain = cost_of(TERMS, schedule(TERMS)).annual
    fee = Slot("FEE", SlotKind.CHARGE, amount=Money.of("100", "USD"), timing=SlotTiming.UP_FRONT)
    charged = replace(TERMS, slots=(fee,))
    dear = cost_of(charged, schedule(charged)).annual
    assert plain is not None
    assert dear is not None
    assert dear > plain


def test_a_longer_first_period_is_reckoned_by_dates() -> None:
    terms = replace(TERMS, first_due=date(2026, 3, 20))
    found = cost_of(terms, schedule(terms))
    assert found.by_dates
    assert found.per_period is None
    assert found.annual is not None


def test_a_loan_of_which_nothing_arrives_has_no_rate() -> None:
    fee = Slot("FEE", SlotKind.CHARGE, amount=Money.of("10000", "USD"), timing=SlotTiming.UP_FRONT)
    terms = replace(TERMS, slots=(fee,))
    found = cost_of(terms, schedule(terms))
    assert found.annual is None
    assert found.reason is not None
