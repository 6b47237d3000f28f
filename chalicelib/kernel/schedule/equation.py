"""The equation of a loan from a row on: what its formula is given to solve.

Nothing to come is foreseen: draws and rates that begin after the row's own period have equations of their own.
"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

from chalicelib.kernel.schedule.factors import (
    Factor,
    Segment,
    Segments,
    regular_fraction,
    thirty_day_fraction,
)
from chalicelib.kernel.schedule.formulas import ONE, Problem
from chalicelib.kernel.schedule.preparation import Prepared
from chalicelib.kernel.schedule.terms import Accrual, DrawValue, InterestBase, LevelBasis, LoanTerms

_DAY = timedelta(days=1)


def problem_from(prepared: Prepared, row: int, balance: int, drawn_before: int) -> Problem:
    """The equation of the instalments from a row on, given the principal owed as its period starts.

    `drawn_before` is all that was lent until then. Draws within the row's own period count; later ones do
    not: they begin a problem of their own.
    """
    terms, last = prepared.terms, prepared.rows
    first = prepared.segments[row]
    opening = (balance + first[0].drawn_minor) * ONE
    drawn = _drawn(prepared, row)
    if terms.draw_value is DrawValue.PERIOD_START and drawn is not None:
        opening += sum(part.drawn_minor for part in first[1:]) * ONE
        drawn = None
    growth = _growth(prepared, row)
    extra = [minor * ONE for minor in prepared.extra[row:]] if prepared.extra else None
    if prepared.formula.base is InterestBase.ORIGINAL:
        lent = drawn_before + sum(part.drawn_minor for part in first)
        interest = [lent * ONE * (above - below) // below for above, below in growth]
        interest[0] = int(_flat_interest(first, drawn_before) * ONE)
        drawn = (
            interest if drawn is None else [one + other for one, other in zip(interest, drawn, strict=True)]
        )
        growth = [(1, 1)] * (last - row)
    if prepared.charging is not None and any(slot.included for slot in terms.slots):
        return _with_included(prepared, row, opening, growth, drawn, extra)
    return Problem(
        last - row,
        opening,
        growth,
        row - prepared.first_paying,
        drawn,
        extra,
        prepared.free[row:] if prepared.free else None,
        **_parameters(prepared),
    )


def _flat_interest(cut: Segments, lent_minor: int) -> Fraction:
    """Interest of a period on all that was lent, each part of it at what was lent by then."""
    total = Fraction(0)
    for part in cut:
        lent_minor += part.drawn_minor
        total += Fraction(lent_minor * part.numerator, part.denominator)
    return total


def _parameters(prepared: Prepared) -> dict[str, Any]:
    """The formula's own parameters."""
    terms = prepared.terms
    found: dict[str, Any] = {}
    if terms.growth is not None:
        found["every"] = terms.growth.every
        if terms.growth.percent is not None:
            found["percent"] = terms.growth.percent
        if terms.growth.amount is not None:
            found["amount"] = terms.growth.amount.minor * ONE
    if terms.principal_fixed is not None:
        found["fixed"] = terms.principal_fixed.minor * ONE
    if terms.irregular:
        found["typed"] = typed(terms)
    if terms.parameters:
        found["parameters"] = terms.parameters
    return found


def typed(terms: LoanTerms) -> list[tuple[bool, int | None]]:
    """Rows by hand as (is principal, scaled amount)."""
    return [
        (True, row.principal.minor * ONE)
        if row.principal is not None
        else (False, None if row.instalment is None else row.instalment.minor * ONE)
        for row in terms.irregular
    ]


def foreseen(prepared: Prepared, row: int) -> list[Segments]:
    """The segments of all rows as they are known when a row begins: its own with what is drawn and repriced in
    it, later ones at the rate then in force and without the draws to come.
    """
    if prepared.plain:
        return prepared.segments
    own, since = prepared.segments[row], prepared.rates.since
    ends = prepared.spans.ends[row]
    later = prepared.segments[row + 1 :]
    if since[-1] < ends and not any(part.drawn_minor for cut in later for part in cut):
        return prepared.segments
    price = prepared.rates.at(ends - _DAY).factor
    seen = [(Segment(0, *price(whole)),) for whole in prepared.wholes[row + 1 :]]
    for at, cut in enumerate(later):
        if not any(part.numerator for part in cut):
            seen[at] = (Segment(0, 0, 1),)
    return [*prepared.segments[:row], own, *seen]


def whole_growth(terms: LoanTerms, cut: Segments) -> Factor:
    """1 + the interest of a whole period on a balance that does not change in it."""
    if len(cut) == 1:
        return cut[0].numerator + cut[0].denominator, cut[0].denominator
    total = Fraction(1)
    for part in cut:
        factor = Fraction(part.numerator, part.denominator)
        total = total * (1 + factor) if terms.accrual is Accrual.COMPOUND else total + factor
    return total.numerator, total.denominator


def _growth(prepared: Prepared, row: int) -> list[Factor]:
    """g of every period from the row on; in advance, of the period that each instalment pays for."""
    terms, last = prepared.terms, prepared.rows
    if terms.level_basis is not LevelBasis.ACCRUED:
        thirty = terms.level_basis is LevelBasis.THIRTY_DAYS
        regular = thirty_day_fraction(terms) if thirty else regular_fraction(terms)
        spans = prepared.spans
        price = prepared.rates.at(spans.ends[row] - _DAY).factor
        factors = [price(regular)] * (last - row)
        growth = [(above + below, below) for above, below in factors]
    else:
        known: dict[Segments, Factor] = {}
        cuts = foreseen(prepared, row)[row:]
        if cuts.count(cuts[0]) == len(cuts):
            growth = [whole_growth(terms, cuts[0])] * len(cuts)
        else:
            growth = []
            for cut in cuts:
                if cut not in known:
                    known[cut] = whole_growth(terms, cut)
                growth.append(known[cut])
    if prepared.in_advance:
        # Each pair is 1 + d; what the equation needs is 1 / (1 - d), from the second on.
        return [(1, 1), *((below, 2 * below - above) for above, below in growth[1:])]
    return growth


def _drawn(prepared: Prepared, row: int) -> list[int] | None:
    """D of the row's period: what is drawn within it, with its interest to the end; nothing later."""
    cut = prepared.segments[row]
    if not any(part.drawn_minor for part in cut[1:]):
        return None
    worth = 0
    for at in range(1, len(cut)):
        if cut[at].drawn_minor:
            above, below = whole_growth(prepared.terms, cut[at:])
            worth += cut[at].drawn_minor * ONE * above // below
    if prepared.formula.base is InterestBase.ORIGINAL:
        worth = sum(part.drawn_minor for part in cut[1:]) * ONE
    return [worth] + [0] * (prepared.rows - row - 1)


def _with_included(
    prepared: Prepared,
    row: int,
    opening: int,
    growth: list[Factor],
    drawn: list[int] | None,
    extra: list[int] | None,
) -> Problem:
    """The equation with charges inside the level total T, as one in T: of T, principal and interest get
    (T - a - b·B) / (1 + c), so the balance grows by g + b/(1+c) and the rest is shared in proportion.
    """
    charging = prepared.charging
    many = prepared.rows - row
    extra = list(extra or [0] * many)
    drawn = list(drawn or [0] * many)
    grown: list[Factor] = []
    shares: list[int] = []
    for at in range(many):
        above, below = growth[at]
        factor = Fraction(above - below, below)
        a, b, c = charging.linear(row + at, factor) if charging else (Fraction(0),) * 3
        share = 1 / (1 + c)
        whole = 1 + factor + b * share
        grown.append((whole.numerator, whole.denominator))
        shares.append(int(share * ONE))
        drawn[at] += int(a * share * ONE)
    return Problem(
        many,
        opening,
        grown,
        row - prepared.first_paying,
        drawn,
        extra,
        prepared.free[row:] if prepared.free else None,
        shares,
        **_parameters(prepared),
    )
