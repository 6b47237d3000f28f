"""The unknown of a loan: its instalment, its term, its principal or its rate, the other three being given.

What is searched is the exact first instalment of the formula, before rounding; it falls with the term and
rises with principal and rate, so halving intervals of integers always ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.schedule.building import exact_amounts, schedule, to_minor
from chalicelib.kernel.schedule.errors import MixedCurrencies, NoSolution
from chalicelib.kernel.schedule.formulas import ONE
from chalicelib.kernel.schedule.preparation import Prepared, prepare
from chalicelib.kernel.schedule.terms import LARGEST_INSTALMENTS, LoanTerms
from chalicelib.kernel.schedule.walk import Owed, walk

RATE_DECIMALS = 12
_LOWEST_PERCENT, _HIGHEST_PERCENT = Decimal("-99.999999"), Decimal(1_000_000)
_LARGEST_MINOR = 10**26
_MOST_AT_END = 2  # a term whose last instalment is more than twice the others is no solution


def solve_instalment(terms: LoanTerms) -> Money:
    """The instalment, rounded by the terms: the first one that pays principal. Raises Invalid errors."""
    prepared = prepare(terms)
    return Money(to_minor(prepared, _first_amount(prepared)), terms.currency)


def solve_term(terms: LoanTerms, instalment: Money) -> int:
    """The least number of instalments whose (first) instalment is not above the one given.

    `terms.instalments` is ignored. Raises NoSolution when the longest term would still ask for more.
    """
    _same_currency(terms, instalment)
    least = 1 + max(
        terms.grace.principal,
        terms.grace.interest_payment,
        *(each.number or 0 for each in terms.exceptional),
        0,
    )

    def fits(number: int) -> bool:
        prepared = prepare(replace(terms, instalments=number))
        return to_minor(prepared, _first_amount(prepared)) <= instalment.minor

    if not fits(LARGEST_INSTALMENTS):
        raise NoSolution("instalment", unknown="instalments")
    found = _least(least, LARGEST_INSTALMENTS, fits)
    last = schedule(replace(terms, instalments=found)).rows[-1]
    if last.principal_minor + last.interest_minor > _MOST_AT_END * max(1, instalment.minor):
        raise NoSolution("instalment", unknown="instalments")  # it hardly pays more than interest
    return found


def solve_principal(terms: LoanTerms, instalment: Money) -> Money:
    """The largest principal that the instalment pays; that of `terms` (a single draw) is ignored.

    Raises NoSolution when not even the smallest amount is paid.
    """
    _same_currency(terms, instalment)
    if len(terms.draws) != 1:
        raise NoSolution("draws", unknown="principal")
    draw = terms.draws[0]

    def too_much(minor: int) -> bool:
        lent = replace(draw, amount=Money(minor, terms.currency))
        return _first_amount(prepare(replace(terms, draws=(lent,)))) > instalment.minor * ONE

    high = max(1, instalment.minor)
    while high < _LARGEST_MINOR and not too_much(high):
        high *= 2
    largest = _least(1, high, too_much) - 1
    if largest < 1 or high >= _LARGEST_MINOR:
        raise NoSolution("instalment", unknown="principal")
    return Money(largest, terms.currency)


def solve_rate(terms: LoanTerms, instalment: Money) -> Rate:
    """The rate, in the expression of `terms.rate` and to twelve decimals of a percent, that leads to the
    instalment. Raises NoSolution.
    """
    _same_currency(terms, instalment)
    wanted = instalment.minor * ONE
    lowest, highest = (int(edge.scaleb(RATE_DECIMALS)) for edge in (_LOWEST_PERCENT, _HIGHEST_PERCENT))

    def rate_of(value: int) -> Rate:
        return replace(terms.rate, percent=Decimal(value).scaleb(-RATE_DECIMALS))

    def reaches(value: int) -> bool:
        try:
            return _first_amount(prepare(replace(terms, rate=rate_of(value)))) >= wanted
        except Invalid:
            return value > 0  # a rate too high for its timing asks for more than any instalment

    if reaches(lowest) or not reaches(highest):
        raise NoSolution("instalment", unknown="rate")
    found = rate_of(_least(lowest, highest, reaches))
    prepare(replace(terms, rate=found))
    return found


def implied_rate(terms: LoanTerms) -> Rate:
    """The nominal rate at which rows typed by hand as instalments are worth the principal (LON-53)."""
    total = sum(row.instalment.minor for row in terms.irregular if row.instalment is not None)
    if total < terms.principal.minor or any(row.instalment is None for row in terms.irregular):
        raise NoSolution("irregular", unknown="rate")
    lowest, highest = 0, int(_HIGHEST_PERCENT.scaleb(RATE_DECIMALS))

    def rate_of(value: int) -> Rate:
        return replace(terms.rate, percent=Decimal(value).scaleb(-RATE_DECIMALS))

    def left(value: int) -> bool:
        prepared = prepare(replace(terms, rate=rate_of(value)))
        balance = Fraction(prepared.opening)
        for row, typed in enumerate(terms.irregular):
            _, numerator, denominator = prepared.segments[row][0]
            amount = 0 if typed.instalment is None else typed.instalment.minor
            balance = balance + balance * Fraction(numerator, denominator) - amount
        return balance >= 0

    if not left(highest):
        raise NoSolution("irregular", unknown="rate")
    return rate_of(_least(lowest, highest, left))


def _first_amount(prepared: Prepared) -> int:
    """The first exact amount that pays principal, scaled."""
    owed, start = Owed(prepared.opening, prepared.opening), prepared.stages[0]
    walk(prepared, owed, [0] * start, 0, start)
    return exact_amounts(prepared, owed, start)[0]


def _least(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The least integer of low..high for which it holds, known to hold at high and ever after it first does."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _same_currency(terms: LoanTerms, instalment: Money) -> None:
    if instalment.currency != terms.currency:
        raise MixedCurrencies("instalment", currency=instalment.currency, loan_currency=terms.currency)
