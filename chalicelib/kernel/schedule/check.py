"""What the engine refuses before it computes anything."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from chalicelib.kernel.currency import currency
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Timing
from chalicelib.kernel.schedule.due_dates import check_irregular
from chalicelib.kernel.schedule.errors import (
    DrawAfterLastDue,
    InsuredShares,
    InvalidExceptional,
    InvalidGrace,
    InvalidGrowth,
    InvalidInstalments,
    InvalidPrincipal,
    InvalidSlot,
    IrregularRows,
    MissingGrowth,
    MixedCurrencies,
    UnsupportedTerms,
)
from chalicelib.kernel.schedule.formulas import Formula, Pays, Uses
from chalicelib.kernel.schedule.slots import LARGEST_SLOTS, Slot, SlotBase, SlotKind, SlotTiming
from chalicelib.kernel.schedule.terms import LARGEST_INSTALMENTS, DeferredInterest, InterestBase, LoanTerms

LARGEST_GROWTH_PERCENT = 1_000
_HUNDRED = Decimal(100)


def check(terms: LoanTerms, formula: Formula) -> None:
    """Raises the error of the first term that is absurd."""
    currency(terms.currency)
    if not 1 <= terms.instalments <= LARGEST_INSTALMENTS:
        raise InvalidInstalments(
            "instalments", instalments=terms.instalments, largest_instalments=LARGEST_INSTALMENTS
        )
    for path, amount in _amounts(terms):
        if amount.currency != terms.currency:
            raise MixedCurrencies(path, currency=amount.currency, loan_currency=terms.currency)
    _check_draws(terms)
    _check_formula(terms, formula)
    _check_grace(terms)
    for position, exceptional in enumerate(terms.exceptional):
        if exceptional.amount.minor <= 0 or (exceptional.number is None) == (exceptional.on is None):
            raise InvalidExceptional(f"exceptional.{position}", amount=exceptional.amount)
    if terms.slots:
        check_slots(terms)


def _amounts(terms: LoanTerms) -> Iterator[tuple[str, Money]]:
    """Every amount of the terms with its path."""
    for position, draw in enumerate(terms.draws):
        yield f"draws.{position}.amount", draw.amount
    for position, exceptional in enumerate(terms.exceptional):
        yield f"exceptional.{position}.amount", exceptional.amount
    for position, row in enumerate(terms.irregular):
        for name, amount in (("principal", row.principal), ("instalment", row.instalment)):
            if amount is not None:
                yield f"irregular.{position}.{name}", amount
    for position, slot in enumerate(terms.slots):
        if slot.amount is not None:
            yield f"slots.{position}.amount", slot.amount
    if terms.growth is not None and terms.growth.amount is not None:
        yield "growth.amount", terms.growth.amount
    if terms.principal_fixed is not None:
        yield "principal_fixed", terms.principal_fixed


def _check_draws(terms: LoanTerms) -> None:
    if not terms.draws:
        raise InvalidPrincipal("draws", amount="0")
    for position, draw in enumerate(terms.draws):
        if draw.amount.minor <= 0:
            raise InvalidPrincipal(f"draws.{position}.amount", amount=draw.amount.text)
        if position and draw.on < terms.draws[position - 1].on:
            raise DrawAfterLastDue(f"draws.{position}.on", on=draw.on)


def _check_formula(terms: LoanTerms, formula: Formula) -> None:
    _check_growth(terms, formula)
    if (Uses.IRREGULAR in formula.uses) != bool(terms.irregular):
        raise IrregularRows("irregular", rows=len(terms.irregular), instalments=terms.instalments)
    if terms.irregular:
        check_irregular(terms)
        if terms.exceptional:
            raise UnsupportedTerms("exceptional", other="irregular")
        for position, row in enumerate(terms.irregular):
            if (row.principal is None) == (row.instalment is None) or row.amount.minor < 0:
                raise IrregularRows(
                    f"irregular.{position}", rows=len(terms.irregular), instalments=terms.instalments
                )
        typed = [row.principal.minor for row in terms.irregular if row.principal is not None]
        if len(typed) == len(terms.irregular) and sum(typed) != terms.principal.minor:
            raise IrregularRows("irregular", rows=len(typed), instalments=terms.instalments)
    if terms.principal_fixed is not None and Uses.PRINCIPAL_FIXED not in formula.uses:
        raise UnsupportedTerms("principal_fixed", other="formula")
    if terms.principal_fixed is not None and terms.principal_fixed.minor <= 0:
        raise InvalidPrincipal("principal_fixed", amount=terms.principal_fixed.text)
    if terms.timing is Timing.ADVANCE and formula.base is InterestBase.ORIGINAL:
        raise UnsupportedTerms("timing", other="formula")


def _check_growth(terms: LoanTerms, formula: Formula) -> None:
    growth = terms.growth
    by_percent, by_amount = (use in formula.uses for use in (Uses.GROWTH_PERCENT, Uses.GROWTH_AMOUNT))
    if growth is None:
        if by_percent or by_amount:
            raise MissingGrowth("growth", formula=formula.id)
        return
    if growth.every < 1:
        raise InvalidGrowth("growth.every", value=str(growth.every))
    if (growth.percent is not None) != by_percent:
        raise MissingGrowth("growth.percent", formula=formula.id)
    if (growth.amount is not None) != by_amount:
        raise MissingGrowth("growth.amount", formula=formula.id)
    percent = growth.percent
    if percent is not None and (not percent.is_finite() or not -100 < percent <= LARGEST_GROWTH_PERCENT):
        raise InvalidGrowth("growth.percent", value=str(percent))


def _check_grace(terms: LoanTerms) -> None:
    grace, count = terms.grace, terms.instalments
    for name, value, most in (
        ("principal", grace.principal, count - 1),
        ("interest_payment", grace.interest_payment, count - 1),
        ("interest_charge", grace.interest_charge, count),
    ):
        if not 0 <= value <= most:
            raise InvalidGrace(f"grace.{name}", grace=value, instalments=count)
    if terms.formula == "interest_only" and not grace.principal:
        raise InvalidGrace("grace.principal", grace=0, instalments=count)
    if grace.deferred is DeferredInterest.CAPITALISED and grace.interest_payment > grace.principal:
        raise InvalidGrace("grace.interest_payment", grace=grace.interest_payment, instalments=count)
    if terms.timing is Timing.ADVANCE and grace.interest_payment:
        raise UnsupportedTerms("grace.interest_payment", other="timing")


def check_slots(terms: LoanTerms) -> None:
    """At most nine of a kind, each whole, shares of 100 %. Raises InvalidSlot, InsuredShares."""
    codes = [slot.code for slot in terms.slots]
    for kind in SlotKind:
        if sum(slot.kind is kind for slot in terms.slots) > LARGEST_SLOTS:
            raise InvalidSlot("slots", slot=kind.value)
    for position, slot in enumerate(terms.slots):
        path = f"slots.{position}"
        if codes.index(slot.code) != position:
            raise InvalidSlot(f"{path}.code", slot=slot.code)
        if slot.base is SlotBase.SLOT and (slot.of not in codes or slot.of == slot.code):
            raise InvalidSlot(f"{path}.of", slot=slot.code)
        _check_slot(terms, slot, path)


def _check_slot(terms: LoanTerms, slot: Slot, path: str) -> None:
    priced = slot.amount is not None if slot.base is SlotBase.FIXED else slot.percent is not None
    if slot.ages:
        priced = slot.base is not SlotBase.FIXED and bool(slot.insured)
    if not priced or (slot.amount is not None and slot.amount.minor < 0):
        raise InvalidSlot(
            f"{path}.amount" if slot.base is SlotBase.FIXED else f"{path}.percent", slot=slot.code
        )
    if not all(map(_is_share, (slot.percent, *(band.percent for band in slot.ages)))):
        raise InvalidSlot(f"{path}.percent", slot=slot.code)
    if not all(
        _is_share(part) for person in slot.insured for part in (person.share_percent, person.extra_percent)
    ):
        raise InvalidSlot(f"{path}.insured", slot=slot.code)
    if slot.insured and sum(person.share_percent for person in slot.insured) != _HUNDRED:
        raise InsuredShares(
            f"{path}.insured", total=str(sum(person.share_percent for person in slot.insured))
        )
    if slot.first < 1 or (slot.last is not None and slot.last < slot.first):
        raise InvalidSlot(f"{path}.first", slot=slot.code)
    if slot.timing is not SlotTiming.ARREARS and (
        slot.included or slot.base in (SlotBase.INSTALMENT, SlotBase.BALANCE_AND_INTEREST)
    ):
        raise UnsupportedTerms(f"{path}.timing", other=f"{path}.base")
    if slot.included and terms.timing is Timing.ADVANCE:
        raise UnsupportedTerms(f"{path}.included", other="timing")


def _is_share(percent: Decimal | None) -> bool:
    return percent is None or (percent.is_finite() and 0 <= percent <= LARGEST_GROWTH_PERCENT)


def check_included(terms: LoanTerms, formula: Formula) -> None:
    """Only a formula of whole instalments has room for charges within them. Raises UnsupportedTerms."""
    if formula.pays is Pays.PRINCIPAL or terms.formula == "irregular":
        for position, slot in enumerate(terms.slots):
            if slot.included:
                raise UnsupportedTerms(f"slots.{position}.included", other="formula")
