"""A deposit on the books: what it has earned, what is owed, what falls due."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.accrual import ACCRUAL_DENOMINATOR
from chalicelib.kernel.day_count import Convention
from chalicelib.kernel.term_interest import Compounding
from chalicelib.modules.term_deposits.domain.deposit import (
    AgreedPayment,
    TermDeposit,
    TermDepositState,
    earned_minor,
    falling_due,
    owed_units,
    prepared,
    settled,
    unprepared,
)
from chalicelib.modules.term_deposits.plans import Payment

OPENED = date(2026, 7, 9)


def two_months(amount_minor: int = 10_000_00, rate: str = "8") -> TermDeposit:
    """Interest of 31 and 31 days on 360, the first moved from Sunday to Monday without earning more."""
    first = round(Fraction(amount_minor) * Fraction(rate) * 31 / 36_000)
    second = round(Fraction(amount_minor) * Fraction(rate) * 62 / 36_000) - first
    return TermDeposit(
        id="tdp_1",
        number="1",
        party_id="pty_1",
        branch="1",
        shard=0,
        plan="X",
        currency="USD",
        account_id="dep_1",
        amount_minor=amount_minor,
        opened_on=OPENED,
        matures_on=date(2026, 9, 9),
        paid_on=date(2026, 9, 9),
        payment=Payment.MONTHLY,
        rate=Decimal(rate),
        day_count=Convention.ACTUAL_360,
        compounding=Compounding.SIMPLE,
        withholding_percent=Decimal(0),
        payments=(
            AgreedPayment(1, OPENED, date(2026, 8, 9), date(2026, 8, 10), first, 0, amount_minor, False),
            AgreedPayment(
                2, date(2026, 8, 9), date(2026, 9, 9), date(2026, 9, 9), second, 0, amount_minor, True
            ),
        ),
        principal_minor=amount_minor,
    )


def test_interest_is_exact_within_a_payments_days_and_the_payments_once_they_are_over() -> None:
    deposit = two_months()
    assert earned_minor(deposit, OPENED) == 0
    assert earned_minor(deposit, date(2026, 7, 10)) == Fraction(2000, 9)
    assert earned_minor(deposit, date(2026, 8, 9)) == 68_89
    assert earned_minor(deposit, date(2026, 8, 10)) == 68_89 + Fraction(2000, 9)
    assert earned_minor(deposit, date(2030, 1, 1)) == 137_78


def test_a_payment_dated_before_its_days_are_over_is_owed_from_its_date() -> None:
    deposit = two_months()
    early = replace(deposit.payments[0], due_on=date(2026, 8, 7))
    deposit = replace(deposit, payments=(early, deposit.payments[1]))
    assert earned_minor(deposit, date(2026, 8, 6)) < 68_89
    assert earned_minor(deposit, date(2026, 8, 7)) == 68_89


def test_what_was_paid_is_not_owed_and_the_last_payment_ends_it() -> None:
    deposit = two_months()
    day = date(2026, 8, 10)
    due = falling_due(deposit, day)
    assert [each.number for each in due] == [1]
    paid = settled(deposit, due, day)
    assert (paid.state, paid.matured_on) == (TermDepositState.OPEN, None)
    assert owed_units(paid, date(2026, 8, 9)) == 0
    assert owed_units(paid, day) == Fraction(2000, 9) * ACCRUAL_DENOMINATOR
    ended = settled(paid, falling_due(paid, date(2026, 9, 9)), date(2026, 9, 9))
    assert (ended.state, ended.next_payment) == (TermDepositState.MATURED, None)
    assert owed_units(ended, date(2026, 9, 10)) == 0


def test_each_payment_is_prepared_once() -> None:
    deposit = two_months()
    day = date(2026, 8, 10)
    assert unprepared(deposit, date(2026, 8, 9)) == ()
    found = unprepared(deposit, day)
    assert [each.number for each in found] == [1]
    assert unprepared(prepared(deposit, found), day) == ()


@given(st.integers(1, 10**12), st.decimals("0.01", "40", places=2), st.integers(0, 70))
def test_interest_never_shrinks_but_for_the_rounding_of_a_payment(
    amount: int, rate: Decimal, days: int
) -> None:
    deposit = two_months(amount, str(rate))
    day = date.fromordinal(OPENED.toordinal() + days)
    following = date.fromordinal(day.toordinal() + 1)
    assert earned_minor(deposit, following) >= earned_minor(deposit, day) - 1
    assert owed_units(deposit, following) >= 0
