"""The life of a loan on paper: its rows after events given by date, who paid what, and what is owed on a day.

Rows that fall due become bills; a payment pays bills by the order of payment, late interest included, and what
is left of it prepays principal or is held for the bills to come. Nothing here is rounded but rows and late
interest, so a simulation says to the cent what the books will.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.kernel.schedule.bills import Bill, LatePricing, Parts, distribute
from chalicelib.kernel.schedule.course import Course
from chalicelib.kernel.schedule.errors import (
    EventAfterPayoff,
    EventsOutOfOrder,
    InvalidEvent,
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
    Payment,
    Payoff,
    Postponement,
    RateChange,
    Rules,
    Skip,
)
from chalicelib.kernel.schedule.rows import Row
from chalicelib.kernel.schedule.terms import LoanTerms


class Movement(NamedTuple):
    """What an event did: money `paid_minor`, its parts by component, what of it prepaid principal or is held,
    and the principal owed after it (overdue principal included).
    """

    on: date
    event: Event
    paid_minor: int
    parts: Parts
    prepaid_minor: int
    held_minor: int
    balance_minor: int


class Owing(NamedTuple):
    """The whole debt on a day by parts: bills pending, principal not due, interest that has run."""

    on: date
    parts: Parts
    held_minor: int

    @property
    def total_minor(self) -> int:
        """What a payoff would take, the amount held deducted."""
        return sum(self.parts.values()) - self.held_minor


@dataclass(frozen=True, slots=True)
class Life:
    """A loan after its events: all rows, past and to come, its bills, and what each event did."""

    currency: str
    rows: tuple[Row, ...]
    bills: tuple[Bill, ...]
    movements: tuple[Movement, ...]
    held_minor: int
    paid_off: bool

    @property
    def interest_minor(self) -> int:
        """All interest of the rows, late interest apart."""
        return sum(row.interest_minor for row in self.rows)

    @property
    def late_minor(self) -> int:
        """Late interest charged so far."""
        return sum(bill.billed[Component.LATE] for bill in self.bills)


def live(
    terms: LoanTerms, events: Sequence[Event], rules: Rules | None = None, until: date | None = None
) -> Life:
    """The loan after its events, in order of date; bills and late interest run to `until` (the last event).

    Raises EventsOutOfOrder, EventAfterPayoff, InvalidEvent, PaymentBeyondDebt and the errors of `schedule`.
    """
    return _lived(terms, events, rules, until).life()


def payoff_on(terms: LoanTerms, events: Sequence[Event], on: date, rules: Rules | None = None) -> Owing:
    """What a loan owes on a day, after its events until then; charges of a period that has not ended are not
    asked for. Raises EventAfterPayoff and what `live` does."""
    loan = _lived(terms, events, rules, on)
    if loan.paid_off:
        raise EventAfterPayoff("on", on=on)
    return loan.owing(on)


def _lived(terms: LoanTerms, events: Sequence[Event], rules: Rules | None, until: date | None) -> _Loan:
    loan = _Loan(terms, rules or Rules())
    latest = terms.disbursed_on
    for position, event in enumerate(events):
        field = f"events.{position}"
        if event.on < latest:
            raise EventsOutOfOrder(f"{field}.on", on=event.on, latest=latest)
        latest = event.on
        loan.advance(latest)
        if loan.paid_off:
            raise EventAfterPayoff(f"{field}.on", on=event.on)
        loan.happen(event, field)
    if until is not None:
        if until < latest:
            raise EventsOutOfOrder("until", on=until, latest=latest)
        loan.advance(until)
    return loan


class _Loan:
    """The loan at a moment of its life."""

    def __init__(self, terms: LoanTerms, rules: Rules) -> None:
        self.rules, self.currency = rules, terms.currency
        self.course = Course(terms)
        self.bills: list[Bill] = []
        self.movements: list[Movement] = []
        self.held = 0
        self.closed = False

    @property
    def billed(self) -> int:
        """How many rows have fallen due: the index of the first that is open."""
        return len(self.bills)

    @property
    def paid_off(self) -> bool:
        if self.closed:
            return True
        return self.billed == len(self.course.rows) and not any(bill.pending_minor for bill in self.bills)

    def life(self) -> Life:
        return Life(
            self.currency,
            tuple(self.course.rows),
            tuple(self.bills),
            tuple(self.movements),
            self.held,
            self.paid_off,
        )

    # -- time -----------------------------------------------------------------------------------------------

    def advance(self, on: date) -> None:
        """Bills the rows that are due by a day, pays them from what is held, and charges late interest."""
        while not self.closed and self.billed < len(self.course.rows):
            row = self.course.rows[self.billed]
            due = self.course.dues[self.billed]
            if due > on:
                break
            bill = Bill.of(row, due)
            self.bills.append(bill)
            if self.rules.paid_when_due:
                bill.pending = dict.fromkeys(Component, 0)
            if self.held:
                self._charge_late(due)
                self.held = distribute(self.bills, self.held, self.rules.order).rest_minor
        self._charge_late(on)

    def _charge_late(self, on: date) -> None:
        if self.rules.late is None:
            return
        prepared = self.course.prepared
        for bill in self.bills:
            if bill.pending_minor and bill.counted_to < on:
                percent = prepared.rates.at(on).nominal.percent
                rounding = self.course.terms.rounding.interest
                LatePricing.of(self.rules.late, percent, rounding, prepared.decimals).charge(bill, on)

    # -- events ---------------------------------------------------------------------------------------------

    def happen(self, event: Event, field: str) -> None:
        """What an event does to the loan."""
        if isinstance(event, Payment):
            self._pay(event, field)
            return
        if isinstance(event, Payoff):
            self._pay_off(event)
            return
        row = self._open_row(event.on, field)
        self._alter(event, row, field)
        self._move(event)

    def _alter(self, event: Event, row: int, field: str) -> None:
        course = self.course
        if isinstance(event, RateChange):
            solve = event.changes_instalment
            course.change_rate(event.on, row, event.rate, solve=solve, field=f"{field}.rate")
        elif isinstance(event, FurtherDraw):
            self._check_amount(event.amount, field)
            if course.prepared.in_advance:
                raise UnsupportedTerms(field, other="timing")
            course.change_balance(event.on, row, event.amount.minor, solve=True)
        elif isinstance(event, Skip):
            at = self._later_row(event.number, row, field)
            if at == len(course.rows) - 1 or course.prepared.in_advance:
                raise InvalidEvent(f"{field}.number", value=str(event.number))
            course.skip(at, event.mode)
        elif isinstance(event, Postponement):
            at = self._later_row(event.number, self.billed, field)
            after = course.dues[at + 1] if at + 1 < len(course.rows) else date.max
            if not course.dues[at] < event.due < after:
                raise InvalidEvent(f"{field}.due", value=event.due.isoformat())
            course.dues[at] = event.due
        elif isinstance(event, Extension):
            if event.instalments < 1 or course.terms.irregular:
                raise InvalidEvent(f"{field}.instalments", value=str(event.instalments))
            course.extend(row, event.instalments)
        elif isinstance(event, ExceptionalAdded):
            self._check_amount(event.exceptional.amount, f"{field}.exceptional")
            if course.terms.irregular:
                raise UnsupportedTerms(f"{field}.exceptional", other="irregular")
            course.add_exceptional(row, event.exceptional, f"{field}.exceptional")

    def _pay(self, event: Payment, field: str) -> None:
        self._check_amount(event.amount, field)
        debt = self.owing(event.on).total_minor
        if event.amount.minor > debt:
            raise PaymentBeyondDebt(f"{field}.amount", amount=event.amount, debt=Money(debt, self.currency))
        if event.amount.minor == debt:
            self._pay_off(event)
            return
        done = distribute(self.bills, event.amount.minor, self.rules.order)
        rest = done.rest_minor
        prepaid = 0
        row = self.course.row_at(event.on, self.billed)
        if rest and event.effect is not Effect.HELD and row is not None:
            balance = self.course.balance_at(event.on, row)
            prepaid = min(rest, balance)
            lower = event.effect is Effect.LOWER_INSTALMENT and prepaid < balance
            self.course.change_balance(event.on, row, -prepaid, solve=lower)
            rest -= prepaid
        self.held += rest
        self._move(event, event.amount.minor, done.parts, prepaid, rest)

    def _pay_off(self, event: Payment | Payoff) -> None:
        owing = self.owing(event.on)
        row = self.course.row_at(event.on, self.billed)
        if row is not None:
            interest = self.course.accrued_at(event.on, row) + self.course.deferred_at(row)
            self.course.end(event.on, row, interest, self.course.balance_at(event.on, row))
        prepaid = sum(owing.parts.values()) - sum(bill.pending_minor for bill in self.bills)
        for bill in self.bills:
            bill.pending = dict.fromkeys(Component, 0)
        self.held, self.closed = 0, True
        self._move(event, owing.total_minor, owing.parts, prepaid)

    def owing(self, on: date) -> Owing:
        """Bills pending, principal not due and interest that has run, on the day the loan has reached."""
        parts = {part: sum(bill.pending[part] for bill in self.bills) for part in Component}
        row = self.course.row_at(on, self.billed)
        if row is not None:
            parts[Component.PRINCIPAL] += self.course.balance_at(on, row)
            parts[Component.INTEREST] += self.course.accrued_at(on, row) + self.course.deferred_at(row)
        return Owing(on, parts, self.held)

    # -- parts ----------------------------------------------------------------------------------------------

    def _open_row(self, on: date, field: str) -> int:
        row = self.course.row_at(on, self.billed)
        if row is None:
            raise InvalidEvent(f"{field}.on", value=on.isoformat())
        return row

    def _later_row(self, number: int, first: int, field: str) -> int:
        if not first <= number - 1 < len(self.course.rows):
            raise InvalidEvent(f"{field}.number", value=str(number))
        return number - 1

    def _check_amount(self, amount: Money, field: str) -> None:
        if amount.currency != self.currency:
            raise MixedCurrencies(f"{field}.amount", currency=amount.currency, loan_currency=self.currency)
        if amount.minor <= 0:
            raise InvalidEvent(f"{field}.amount", value=amount.text)

    def _move(
        self, event: Event, paid: int = 0, parts: Parts | None = None, prepaid: int = 0, held: int = 0
    ) -> None:
        row = None if self.closed else self.course.row_at(event.on, self.billed)
        overdue = sum(bill.pending[Component.PRINCIPAL] for bill in self.bills)
        left = 0 if row is None else self.course.balance_at(event.on, row)
        none = dict.fromkeys(Component, 0)
        self.movements.append(Movement(event.on, event, paid, parts or none, prepaid, held, overdue + left))
