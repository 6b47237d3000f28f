"""Bills: instalments that fell due, what is still to be paid of them, and the late interest they gather."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.rounding import Rounding
from chalicelib.kernel.schedule.events import Component, LateBase, LateRule, PaymentOrder
from chalicelib.kernel.schedule.rows import Row

_WORK = Context(prec=50)
Parts = dict[Component, int]

_LATE_BASES: dict[LateBase, tuple[Component, ...]] = {
    LateBase.PRINCIPAL: (Component.PRINCIPAL,),
    LateBase.PRINCIPAL_AND_INTEREST: (Component.PRINCIPAL, Component.INTEREST),
    LateBase.ALL: (Component.PRINCIPAL, Component.INTEREST, Component.CHARGES, Component.INSURANCE),
}


@dataclass(slots=True)
class Bill:
    """An instalment that fell due: what was `billed` and what is `pending`, in minor units by component.

    Late interest is exact until it is charged: `late_exact` since the beginning, `late_charged` of it so far.
    """

    number: int
    due: date
    billed: Parts
    pending: Parts
    counted_to: date
    late_exact: Fraction = Fraction(0)
    late_charged: int = 0
    current_exact: Fraction = Fraction(0)
    current_charged: int = 0

    @classmethod
    def of(cls, row: Row, due: date) -> Bill:
        """The bill of a row, due on a date; interest that became principal is not asked for."""
        capitalised = min(0, row.principal_minor)
        parts = {
            Component.LATE: 0,
            Component.INSURANCE: row.insurance_minor,
            Component.CHARGES: row.charges_minor,
            Component.INTEREST: row.interest_minor + capitalised,
            Component.PRINCIPAL: row.principal_minor - capitalised,
        }
        return cls(row.number, due, parts, dict(parts), due)

    @property
    def pending_minor(self) -> int:
        return sum(self.pending.values())


@dataclass(frozen=True, slots=True)
class LatePricing:
    """A late rule ready for one loan: what a balance of 1 costs a day, late and at the loan's own rate."""

    rule: LateRule
    daily: Fraction
    current_daily: Fraction
    rounding: Rounding
    decimals: int

    @classmethod
    def of(cls, rule: LateRule, loan_percent: Decimal, rounding: Rounding, decimals: int) -> LatePricing:
        """The rule at the loan's nominal rate."""
        percent = rule.percent_for(loan_percent)
        if rule.effective:
            growth = _WORK.add(Decimal(1), _WORK.divide(percent, Decimal(100)))
            exponent = _WORK.divide(Decimal(1), Decimal(rule.annual_days))
            daily = Fraction(_WORK.subtract(_WORK.power(growth, exponent), Decimal(1)))
        else:
            daily = Fraction(percent) / (100 * rule.annual_days)
        current = Fraction(loan_percent) / (100 * rule.annual_days)
        return cls(rule, daily, current if rule.current_interest else Fraction(0), rounding, decimals)

    def charge(self, bill: Bill, on: date) -> None:
        """Brings the late interest of a bill up to a day and adds what is new to what is pending."""
        days = (on - bill.counted_to).days
        if days <= 0 or not bill.pending_minor:
            return
        late, grace = (on - bill.due).days, self.rule.grace_days
        counted = days
        if not self.rule.retroactive:
            before = max(0, (bill.counted_to - bill.due).days - grace)
            counted = max(0, late - grace) - before
        base = sum(bill.pending[part] for part in _LATE_BASES[self.rule.base])
        bill.late_exact += base * self.daily * counted
        bill.current_exact += bill.pending[Component.PRINCIPAL] * self.current_daily * days
        bill.counted_to = on
        if late > grace:
            charged = self._rounded(bill.late_exact)
            self._add(bill, Component.LATE, charged - bill.late_charged)
            bill.late_charged = charged
        charged = self._rounded(bill.current_exact)
        self._add(bill, Component.INTEREST, charged - bill.current_charged)
        bill.current_charged = charged

    def _rounded(self, exact: Fraction) -> int:
        return self.rounding.to_minor(exact.numerator, exact.denominator, self.decimals)

    def _add(self, bill: Bill, part: Component, minor: int) -> None:
        bill.billed[part] += minor
        bill.pending[part] += minor


@dataclass(slots=True)
class Distribution:
    """What a payment paid: by component over all bills, by bill and component, and the rest."""

    parts: Parts = field(default_factory=lambda: dict.fromkeys(Component, 0))
    bills: dict[int, Parts] = field(default_factory=dict)
    rest_minor: int = 0


def distribute(bills: Sequence[Bill], minor: int, order: PaymentOrder) -> Distribution:
    """Pays bills, the oldest first within each group of the order, and answers what went where (LON-77)."""
    found = Distribution(rest_minor=minor)
    for group in order.groups:
        for bill in bills:
            for part in group:
                paid = min(bill.pending[part], found.rest_minor)
                if paid <= 0:
                    continue
                bill.pending[part] -= paid
                found.rest_minor -= paid
                found.parts[part] += paid
                of_bill = found.bills.setdefault(bill.number, {})
                of_bill[part] = of_bill.get(part, 0) + paid
    return found
