"""Slots at work: what each insurance or charge amounts to in an instalment, and its part in the level equation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import add

from chalicelib.kernel.day_count import DAY_COUNTS
from chalicelib.kernel.schedule.due_dates import Spans
from chalicelib.kernel.schedule.errors import InvalidSlot, NoAgeBand
from chalicelib.kernel.schedule.slots import AgeBand, Insured, Slot, SlotBase, SlotKind, SlotTiming
from chalicelib.kernel.schedule.terms import LoanTerms

_NOTHING = Fraction(0)
Linear = tuple[Fraction, Fraction, Fraction]
"""An amount as a + b · balance + c · (principal and interest), all in minor units."""


class Charging:
    """The slots of a loan, in an order in which each finds what it refers to. Raises InvalidSlot, NoAgeBand."""

    __slots__ = ("at", "original", "policy", "scale", "slots", "spans", "terms")

    def __init__(self, terms: LoanTerms, spans: Spans, decimals: int) -> None:
        self.terms, self.slots, self.spans = terms, terms.slots, spans
        self.at = _in_order(terms.slots)
        self.policy, self.scale = terms.rounding.interest, decimals
        self.original = terms.draws[0].amount.minor

    # -- one instalment -------------------------------------------------------------------------------------

    def known(self, row: int, balance: int, interest: int) -> list[int | None]:
        """Amounts in arrears that do not depend on the instalment; None for those that do."""
        found: list[int | None] = [0] * len(self.slots)
        for index in self.at:
            slot = self.slots[index]
            if slot.timing is not SlotTiming.ARREARS or not _charged(slot, row + 1):
                continue
            base = self._base(slot, balance, interest, found)
            found[index] = None if base is None else self._amount(slot, row, base)
        return found

    def completed(self, row: int, found: list[int | None], instalment: Fraction) -> list[int]:
        """The amounts with those that are a part of the instalment of principal and interest."""
        for index in self.at:
            if found[index] is None:
                slot = self.slots[index]
                base = (
                    instalment if slot.base is SlotBase.INSTALMENT else Fraction(found[self._of(slot)] or 0)
                )
                found[index] = self._amount(slot, row, base)
        return [amount or 0 for amount in found]

    def charged(self, row: int, found: list[int | None], instalment: Fraction, balance: int) -> list[int]:
        """All amounts of a row: in arrears, and for the next period in advance on the balance it leaves."""
        amounts = self.completed(row, found, instalment)
        if row + 1 == len(self.spans):
            return amounts
        return list(map(add, amounts, self.ahead(row, balance)))

    def ahead(self, row: int, balance: int) -> list[int]:
        """Amounts of the next period charged in advance on the balance left; row -1 is the disbursement."""
        found = [0] * len(self.slots)
        for index in self.at:
            slot = self.slots[index]
            up_front = slot.timing is SlotTiming.UP_FRONT and row < 0
            if not up_front and (slot.timing is not SlotTiming.ADVANCE or not _charged(slot, row + 2)):
                continue
            base = self._base(slot, balance, 0, list(found)) or _NOTHING
            found[index] = self._amount(slot, row + 1, base)
        return found

    def sums(self, amounts: Sequence[int]) -> tuple[int, int]:
        """(charges, insurance) of the amounts of one row."""
        insurance = sum(
            amount
            for slot, amount in zip(self.slots, amounts, strict=True)
            if slot.kind is SlotKind.INSURANCE
        )
        return sum(amounts) - insurance, insurance

    def included(self, amounts: Sequence[int | None]) -> int:
        """What is inside the level instalment of the amounts known."""
        pairs = zip(self.slots, amounts, strict=True)
        return sum(amount for slot, amount in pairs if slot.included and amount is not None)

    # -- the level equation ---------------------------------------------------------------------------------

    def linear(self, row: int, factor: Fraction) -> Linear:
        """The included slots of a row as one linear expression, unrounded."""
        found: list[Linear] = [(_NOTHING, _NOTHING, _NOTHING)] * len(self.slots)
        whole = found[0]
        for index in self.at:
            slot = self.slots[index]
            if slot.timing is not SlotTiming.ARREARS or not _charged(slot, row + 1):
                continue
            rate = sum(self._rates(slot, row), _NOTHING)
            if slot.base is SlotBase.FIXED:
                found[index] = (self._fixed(slot), _NOTHING, _NOTHING)
            elif slot.base is SlotBase.ORIGINAL:
                found[index] = (rate * self.original, _NOTHING, _NOTHING)
            elif slot.base is SlotBase.BALANCE:
                found[index] = (_NOTHING, rate, _NOTHING)
            elif slot.base is SlotBase.BALANCE_AND_INTEREST:
                found[index] = (_NOTHING, rate * (1 + factor), _NOTHING)
            elif slot.base is SlotBase.INSTALMENT:
                found[index] = (_NOTHING, _NOTHING, rate)
            else:
                a, b, c = found[self._of(slot)]
                found[index] = (rate * a, rate * b, rate * c)
            if slot.included:
                whole = (
                    whole[0] + found[index][0],
                    whole[1] + found[index][1],
                    whole[2] + found[index][2],
                )
        return whole

    # -- parts ----------------------------------------------------------------------------------------------

    def _base(self, slot: Slot, balance: int, interest: int, found: Sequence[int | None]) -> Fraction | None:
        """What the percentage is of; None while it is not known."""
        if slot.base is SlotBase.BALANCE:
            return Fraction(balance)
        if slot.base is SlotBase.ORIGINAL:
            return Fraction(self.original)
        if slot.base is SlotBase.BALANCE_AND_INTEREST:
            return Fraction(balance + interest)
        if slot.base is SlotBase.SLOT:
            amount = found[self._of(slot)]
            return None if amount is None else Fraction(amount)
        return None if slot.base is SlotBase.INSTALMENT else _NOTHING

    def _amount(self, slot: Slot, row: int, base: Fraction) -> int:
        if slot.base is SlotBase.FIXED:
            return self._rounded(self._fixed(slot))
        return sum(self._rounded(base * rate) for rate in self._rates(slot, row))

    def _rounded(self, value: Fraction) -> int:
        return self.policy.to_minor(value.numerator, value.denominator, self.scale)

    def _fixed(self, slot: Slot) -> Fraction:
        return Fraction(0 if slot.amount is None else slot.amount.minor)

    def _of(self, slot: Slot) -> int:
        return next(index for index, other in enumerate(self.slots) if other.code == slot.of)

    def _rates(self, slot: Slot, row: int) -> list[Fraction]:
        """The rate of each insured person, as a share of the base; a single one without persons (LON-72)."""
        if slot.base is SlotBase.FIXED:
            return [_NOTHING]
        span = self.spans[min(max(row, 0), len(self.spans) - 1)]
        share = Fraction(1, 100)
        if slot.accrues is not None and slot.timing is not SlotTiming.UP_FRONT:
            share *= Fraction(*DAY_COUNTS[slot.accrues].year_fraction(span.starts, span.ends))
        if not slot.insured:
            return [Fraction(slot.percent or 0) * share]
        return [
            Fraction(_percent_of(slot, person, span.due)) * share * Fraction(person.share_percent) / 100
            for person in slot.insured
        ]


def _percent_of(slot: Slot, person: Insured, on: date) -> Decimal:
    """The person's percentage on a day: of the table by age or the slot's own, and the extra premium."""
    percent = slot.percent
    if slot.ages:
        percent = _band(slot.ages, age_on(person.birth_date, on), slot.code).percent
    return (percent or Decimal(0)) + person.extra_percent


def _band(ages: Sequence[AgeBand], age: int, code: str) -> AgeBand:
    for band in ages:
        if band.from_age <= age <= band.to_age:
            return band
    raise NoAgeBand("slots", slot=code, age=age)


def age_on(birth_date: date, on: date) -> int:
    """Completed years of life on a day."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def _charged(slot: Slot, number: int) -> bool:
    return slot.first <= number and (slot.last is None or number <= slot.last)


def _in_order(slots: Sequence[Slot]) -> list[int]:
    """Indexes such that a slot comes after the one it refers to. Raises InvalidSlot when they go in a circle."""
    known: set[str] = set()
    order: list[int] = []
    while len(order) < len(slots):
        ready = [
            index
            for index, slot in enumerate(slots)
            if index not in order and (slot.base is not SlotBase.SLOT or slot.of in known)
        ]
        if not ready:
            index = next(index for index in range(len(slots)) if index not in order)
            raise InvalidSlot(f"slots.{index}.of", slot=slots[index].code)
        order += ready
        known |= {slots[index].code for index in ready}
    return order
