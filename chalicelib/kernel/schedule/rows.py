"""What a schedule answers: rows, totals and dated flows, all in minor units of one currency."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate


class Row(NamedTuple):
    """An instalment. Amounts in minor units; the balance is the principal still owed after it.

    `starts` to `due` are the interest period's `days` and the date of payment (apart when only the due date
    moved to a business day), `days` calendar days. `slots` are the charges in the order of the terms' slots.
    `drawn_minor` is what further draws lent, less what was prepaid, from `starts` (included) to the end of the
    period (excluded): a draw on a due date belongs to the next row.
    """

    number: int
    starts: date
    due: date
    days: int
    principal_minor: int
    interest_minor: int
    charges_minor: int
    insurance_minor: int
    instalment_minor: int
    balance_minor: int
    slots: tuple[int, ...] = ()
    drawn_minor: int = 0


class Totals(NamedTuple):
    """Sums over the rows and what is withheld at disbursement."""

    principal_minor: int
    interest_minor: int
    charges_minor: int
    insurance_minor: int
    paid_minor: int


class Withheld(NamedTuple):
    """What the first draw is reduced by ([F-12])."""

    interest_minor: int = 0
    charges_minor: int = 0
    insurance_minor: int = 0
    slots: tuple[int, ...] = ()

    @property
    def total_minor(self) -> int:
        return self.interest_minor + self.charges_minor + self.insurance_minor


class Flow(NamedTuple):
    """Money on a date: positive to the borrower, negative from the borrower."""

    on: date
    minor: int


@dataclass(frozen=True, slots=True)
class FormulaUsed:
    """The formula of a schedule and its parameters, as texts for the words of a catalogue."""

    id: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """The rows of a loan. `level_minor` is the instalment solved for (the first one where they grow)."""

    currency: str
    draws: tuple[Flow, ...]
    rows: tuple[Row, ...]
    withheld: Withheld
    level_minor: int
    formula: FormulaUsed
    nominal: Rate  # the first one, of the loan's own periodicity

    @property
    def effective(self) -> Rate:
        """The effective annual rate that the nominal one is equivalent to."""
        return self.nominal.effective_annual()

    @property
    def principal_minor(self) -> int:
        return sum(draw.minor for draw in self.draws)

    @property
    def totals(self) -> Totals:
        """What the loan pays in all, the amounts withheld included."""
        principal = sum(row.principal_minor for row in self.rows)
        interest = sum(row.interest_minor for row in self.rows) + self.withheld.interest_minor
        charges = sum(row.charges_minor for row in self.rows) + self.withheld.charges_minor
        insurance = sum(row.insurance_minor for row in self.rows) + self.withheld.insurance_minor
        return Totals(principal, interest, charges, insurance, principal + interest + charges + insurance)

    @property
    def net_minor(self) -> int:
        """What reaches the borrower on the first date: the first draw less what is withheld ([F-12])."""
        return self.draws[0].minor - self.withheld.total_minor

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The borrower's dated flows, for the measures of cost: net draws in, instalments out."""
        first = Flow(self.draws[0].on, self.net_minor)
        paid = (Flow(row.due, -row.instalment_minor) for row in self.rows)
        return tuple(sorted((first, *self.draws[1:], *paid), key=_date_of))

    def money(self, minor: int) -> Money:
        """Minor units as money of the loan's currency."""
        return Money(minor, self.currency)


def _date_of(flow: Flow) -> date:
    return flow.on
