"""From terms to numbers: periods, interest factors, draws and exceptional amounts by row, ready to be walked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import field
from datetime import date

from chalicelib.kernel.currency import currency
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.day_count import YearFraction
from chalicelib.kernel.rate import Timing
from chalicelib.kernel.schedule.charging import Charging
from chalicelib.kernel.schedule.check import check, check_included
from chalicelib.kernel.schedule.due_dates import Spans, periods
from chalicelib.kernel.schedule.errors import DrawAfterLastDue, InvalidExceptional, UnsupportedTerms
from chalicelib.kernel.schedule.factors import (
    Rates,
    Segment,
    Segments,
    fractions,
    segments,
)
from chalicelib.kernel.schedule.formulas import Formula, Pays, formula_of
from chalicelib.kernel.schedule.terms import (
    ExceptionalMode,
    InterestBase,
    LoanTerms,
    SkipMode,
)


@dataclass(slots=True)
class Prepared:
    """A loan ready to be walked. Lists are by row, the first at 0; amounts in minor units.

    `segments` price the period whose interest the row pays; `stages` are the rows from which the instalment is
    worked out anew, because something was drawn or the rate changed.
    """

    terms: LoanTerms
    formula: Formula
    decimals: int
    spans: Spans
    wholes: list[YearFraction]
    rates: Rates
    segments: list[Segments]
    opening: int
    stages: list[int]
    extra: list[int] | None
    free: list[bool] | None
    charging: Charging | None
    plain: bool = False  # rows need nothing but interest of one factor, rounded to the minor unit
    skips: dict[int, SkipMode] = field(default_factory=dict)  # rows that need not be paid

    @property
    def rows(self) -> int:
        return len(self.spans)

    @property
    def first_paying(self) -> int:
        """The first row that pays principal."""
        return self.terms.grace.principal

    @property
    def in_advance(self) -> bool:
        return self.terms.timing is Timing.ADVANCE


def prepare(terms: LoanTerms) -> Prepared:
    """Checks the terms and works out all that does not depend on the balance. Raises Invalid errors."""
    formula = formula_of(terms.formula)
    check(terms, formula)
    spans = periods(terms)
    rates = Rates(terms)
    opening, draws = _opening(terms)
    if draws and draws[-1][0] >= spans.ends[-1]:
        raise DrawAfterLastDue(f"draws.{len(terms.draws) - 1}.on", on=draws[-1][0])
    if draws and terms.timing is Timing.ADVANCE:
        raise UnsupportedTerms("draws", other="timing")
    wholes = fractions(terms, spans)
    priced = _segments(terms, spans, wholes, rates, draws)
    decimals = currency(terms.currency).decimals
    charging = None
    if terms.slots:
        check_included(terms, formula)
        charging = Charging(terms, spans, decimals)
    extra, free = _exceptional(terms, spans) if terms.exceptional else (None, None)
    stages = _stages(terms, spans, draws)
    plain = extra is None and charging is None and _is_plain(terms, formula)
    return Prepared(
        terms,
        formula,
        decimals,
        spans,
        wholes,
        rates,
        priced,
        opening,
        stages,
        extra,
        free,
        charging,
        plain,
    )


def _is_plain(terms: LoanTerms, formula: Formula) -> bool:
    return (
        formula.pays is Pays.INSTALMENT
        and formula.base is InterestBase.BALANCE
        and not terms.irregular
        and terms.timing is Timing.ARREARS
        and not terms.capitalises
        and not terms.grace.principal
        and not terms.grace.interest_payment
        and terms.rounding.interest.unit is None
        and len(terms.draws) == 1
        and not terms.later_rates
        and terms.rate.percent >= 0
    )


def _opening(terms: LoanTerms) -> tuple[int, list[tuple[date, int]]]:
    """What is drawn on the first day, and the later draws."""
    first = terms.disbursed_on
    opening = sum(draw.amount.minor for draw in terms.draws if draw.on == first)
    return opening, [(draw.on, draw.amount.minor) for draw in terms.draws if draw.on > first]


def _segments(
    terms: LoanTerms,
    spans: Spans,
    wholes: list[YearFraction],
    rates: Rates,
    draws: Sequence[tuple[date, int]],
) -> list[Segments]:
    free_of_interest = terms.grace.interest_charge
    if not draws and len(rates.since) == 1 and not free_of_interest:
        price = rates.prices[0].factor
        if wholes.count(wholes[0]) == len(wholes):
            return [(Segment(0, *price(wholes[0])),)] * len(wholes)
        known: dict[tuple[int, int], Segments] = {}
        found = []
        for whole in wholes:
            if whole not in known:
                known[whole] = (Segment(0, *price(whole)),)
            found.append(known[whole])
        return found
    found = []
    for row, whole in enumerate(wholes):
        span = spans[row]
        within = [(on, minor) for on, minor in draws if span.starts <= on < span.ends]
        if terms.timing is Timing.ADVANCE:  # priced as the period starts
            cut: Segments = (Segment(0, *rates.at(span.starts).factor(whole)),)
        else:
            cut = segments(terms, span, whole, rates, within)
        if row < free_of_interest:
            cut = tuple(Segment(each.drawn_minor, 0, 1) for each in cut)
        found.append(cut)
    return found


def _stages(terms: LoanTerms, spans: Spans, draws: Sequence[tuple[date, int]]) -> list[int]:
    starts = spans.starts
    first = min(terms.grace.principal, len(spans) - 1)
    if not draws and not terms.later_rates:
        return [first]
    rows = {first} | {max(first, bisect_right(starts, on) - 1) for on, _ in draws}
    if terms.rate_changes_instalment and terms.formula != "irregular":
        last = spans.ends[-1]
        changes = [step.since for step in terms.later_rates if step.since < last]
        rows |= {max(first, bisect_right(starts, since) - 1) for since in changes}
    return sorted(rows)


def _exceptional(terms: LoanTerms, spans: Spans) -> tuple[list[int], list[bool] | None]:
    """Exceptional amounts by row, and which rows the formula still decides. Raises InvalidExceptional."""
    extra, free = [0] * len(spans), [True] * len(spans)
    dues = spans.dues
    for position, exceptional in enumerate(terms.exceptional):
        path = f"exceptional.{position}"
        if exceptional.number is not None:
            row = exceptional.number - 1
        else:
            row = bisect_left(dues, exceptional.on or terms.disbursed_on)
        if not terms.grace.principal <= row < len(spans):
            raise InvalidExceptional(
                f"{path}.{'on' if exceptional.number is None else 'number'}", amount=exceptional.amount
            )
        if exceptional.mode is ExceptionalMode.REPLACE:
            if extra[row] or not free[row]:
                raise InvalidExceptional(path, amount=exceptional.amount)
            free[row] = False
        extra[row] += exceptional.amount.minor
    return extra, None if all(free) else free
