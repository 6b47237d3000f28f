"""A schedule from its terms: instalments worked out, rounded, walked, and the cents put in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from chalicelib.kernel.rounding import RoundingMode, round_ratio
from chalicelib.kernel.schedule.equation import foreseen, problem_from, whole_growth
from chalicelib.kernel.schedule.formulas import ONE, SHIFT
from chalicelib.kernel.schedule.preparation import Prepared, prepare
from chalicelib.kernel.schedule.rows import Flow, FormulaUsed, Row, Schedule, Withheld
from chalicelib.kernel.schedule.terms import LoanTerms, Residue
from chalicelib.kernel.schedule.walk import Owed, walk

_TRIES = 4
_GUARD_BITS = 96  # a half that the last of 160 bits cut short is still a half


def schedule(terms: LoanTerms) -> Schedule:
    """The rows of a loan. Raises Invalid errors, each with its own code and the field at fault."""
    prepared = prepare(terms)
    owed = Owed(prepared.opening, prepared.opening)
    withheld = _withheld(prepared)
    stages = prepared.stages
    if stages[0]:
        walk(prepared, owed, [0] * stages[0], 0, stages[0])
    level = 0
    for position, start in enumerate(stages):
        stop = stages[position + 1] if position + 1 < len(stages) else prepared.rows
        amounts = planned(prepared, owed, start)
        if not position:
            level = amounts[0]
        walk(prepared, owed, settled(prepared, owed, amounts, start), start, stop)
        if not owed.balance and stop == prepared.rows:
            break
    return Schedule(
        terms.currency,
        tuple(Flow(draw.on, draw.amount.minor) for draw in terms.draws),
        tuple(owed.rows),
        withheld,
        level,
        FormulaUsed(terms.formula, used_parameters(terms)),
        prepared.rates.prices[0].nominal,
    )


def exact_amounts(prepared: Prepared, owed: Owed, start: int) -> list[int]:
    """The formula's unrounded amounts from a row on, scaled."""
    return prepared.formula.amounts(problem_from(prepared, start, owed.balance, owed.lent))


def planned(prepared: Prepared, owed: Owed, start: int) -> list[int]:
    """The formula's amounts from a row on, each rounded on its own; exceptional amounts and those typed by
    hand stay as they are."""
    if prepared.terms.irregular:
        return [row.amount.minor for row in prepared.terms.irregular[start:]]
    amounts = exact_amounts(prepared, owed, start)
    extra = prepared.extra
    if extra is None and amounts.count(amounts[0]) == len(amounts):
        return [to_minor(prepared, amounts[0])] * len(amounts)
    found: list[int] = []
    before, rounded = None, 0
    for at, amount in enumerate(amounts):
        more = extra[start + at] if extra is not None else 0
        if more or amount != before:
            rounded = to_minor(prepared, amount - more * ONE)
            before = amount if not more else None
        found.append(rounded + more)
    return found


def to_minor(prepared: Prepared, scaled: int) -> int:
    """A scaled amount by the instalment's rounding."""
    policy = prepared.terms.rounding.instalment
    kept = (scaled + (1 << (SHIFT - _GUARD_BITS - 1))) >> (SHIFT - _GUARD_BITS)
    return policy.to_minor(kept, 1 << _GUARD_BITS, prepared.decimals)


# -- where the cents go -------------------------------------------------------------------------------------


def settled(prepared: Prepared, owed: Owed, amounts: list[int], start: int) -> list[int]:
    """The amounts with the residue of rounding where the terms want it; the last row takes what remains."""
    residue = prepared.terms.rounding.residue
    if residue is Residue.LAST or len(amounts) < 2 or prepared.terms.irregular:
        return amounts
    if residue is Residue.LEVELLED:
        return _levelled(prepared, owed, amounts, start)
    if residue is Residue.SPREAD:
        return _spread(prepared, owed, amounts, start)
    return _first(prepared, owed, amounts, start)


def _residue(prepared: Prepared, owed: Owed, amounts: Sequence[int], start: int) -> int:
    """What the last instalment pays beyond its plan, were nothing more drawn; less when it ends early."""
    ahead, segments = owed.copy(), foreseen(prepared, start)
    if segments is not prepared.segments:
        prepared = replace(prepared, segments=segments)
    walk(prepared, ahead, amounts, start, prepared.rows)
    if len(ahead.rows) < len(amounts):
        paid = sum(_of_instalment(prepared, row) for row in ahead.rows)
        return paid - sum(amounts)
    return _of_instalment(prepared, ahead.rows[-1]) - amounts[-1]


def _of_instalment(prepared: Prepared, row: Row) -> int:
    """The part of a row that the formula's amounts speak of."""
    if prepared.formula.pays.value == "principal":
        return row.principal_minor
    if prepared.charging is None:
        return row.instalment_minor
    return row.principal_minor + row.interest_minor + prepared.charging.included(row.slots)


def _levelled(prepared: Prepared, owed: Owed, amounts: list[int], start: int) -> list[int]:
    """Moves every instalment by residue / n, if the residue is over n / 2 minor units and gets smaller."""
    many = len(amounts)
    gap = _residue(prepared, owed, amounts, start)
    if many < 2 or abs(gap) <= many // 2:
        return amounts
    step = round_ratio(gap, many, RoundingMode.HALF_EVEN)
    extra = prepared.extra or [0] * prepared.rows
    moved = [
        to_minor(prepared, (amount + step - extra[start + at]) * ONE) + extra[start + at]
        for at, amount in enumerate(amounts)
    ]
    return moved if abs(_residue(prepared, owed, moved, start)) < abs(gap) else amounts


def _unit(prepared: Prepared) -> int:
    unit = prepared.terms.rounding.instalment.unit
    return 1 if unit is None else int(Fraction(unit) * 10**prepared.decimals)


def _spread(prepared: Prepared, owed: Owed, amounts: list[int], start: int) -> list[int]:
    """One unit more (or less) on the first instalments, as many as the residue has units."""
    gap, unit = _residue(prepared, owed, amounts, start), _unit(prepared)
    each, some = divmod(abs(gap) // unit, len(amounts))
    sign = unit if gap > 0 else -unit
    return [amount + sign * (each + (at < some)) for at, amount in enumerate(amounts)]


def _first(prepared: Prepared, owed: Owed, amounts: list[int], start: int) -> list[int]:
    """The first instalment takes the residue at its worth on that day, so that the last one is as planned."""
    grown = 1
    shrunk = 1
    for cut in foreseen(prepared, start)[start + 1 :]:
        above, below = whole_growth(prepared.terms, cut)
        grown, shrunk = grown * above, shrunk * below
        if grown.bit_length() > 2 * SHIFT:
            cut_bits = grown.bit_length() - SHIFT
            grown, shrunk = grown >> cut_bits, max(1, shrunk >> cut_bits)
    best, best_gap = amounts, _residue(prepared, owed, amounts, start)
    tried = amounts
    for _ in range(_TRIES):
        if not best_gap:
            break
        gap = _residue(prepared, owed, tried, start)
        step = round_ratio(gap * shrunk, grown, RoundingMode.HALF_UP) or (1 if gap > 0 else -1)
        tried = [tried[0] + step, *tried[1:]]
        gap = _residue(prepared, owed, tried, start)
        if abs(gap) < abs(best_gap):
            best, best_gap = tried, gap
    return best


# -- around the rows ----------------------------------------------------------------------------------------


def _withheld(prepared: Prepared) -> Withheld:
    """Interest and charges taken from the first draw ([F-12])."""
    interest = 0
    if prepared.in_advance:
        _, above, below = prepared.segments[0][0]
        interest = prepared.terms.rounding.interest.to_minor(
            prepared.opening * above, below, prepared.decimals
        )
    if prepared.charging is None:
        return Withheld(interest)
    slots = prepared.charging.ahead(-1, prepared.opening)
    charges, insurance = prepared.charging.sums(slots)
    return Withheld(interest, charges, insurance, tuple(slots))


def used_parameters(terms: LoanTerms) -> tuple[tuple[str, str], ...]:
    """What the formula was given beside principal, rate and number, as texts."""
    found: list[tuple[str, str]] = []
    if terms.growth is not None:
        found.append(("growth_every", str(terms.growth.every)))
        if terms.growth.percent is not None:
            found.append(("growth_percent", str(terms.growth.percent)))
        if terms.growth.amount is not None:
            found.append(("growth_amount", terms.growth.amount.text))
    if terms.principal_fixed is not None:
        found.append(("principal_fixed", terms.principal_fixed.text))
    if terms.exceptional:
        found.append(("exceptional", str(len(terms.exceptional))))
    return (*found, *sorted(terms.parameters.items()))
