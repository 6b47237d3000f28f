"""The registry of instalment formulas: a formula is a pure function, and present value is its entrance.

Every formula solves one equation. The balance runs B_k = B_(k-1) · g_k + D_k - X_k from the opening B_0, with
g_k = 1 + the interest factor of period k, D_k what is drawn in it (with interest to its end) and X_k the
instalment of principal and interest; it must end at B_n = 0, which is to say that the instalments' present
value is the principal. Amounts are integers scaled by ONE (48 significant digits); interest in advance is the
same equation with g_1 = 1 and g_k = 1 / (1 - d_k).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.schedule.errors import (
    ExceptionalBeyondDebt,
    FormulaAlreadyRegistered,
    FormulaMissesValue,
    InvalidGrowth,
    NeverAmortises,
    UnknownFormula,
)
from chalicelib.kernel.schedule.terms import InterestBase

SHIFT = 160
ONE = 1 << SHIFT
_CLOSED_BITS = 20_000  # up to this size whole powers are quicker than a discounted sum
_TOLERANCE = Fraction(1, 1_000)  # minor units
_LARGEST_PERCENT = 1_000


class Pays(StrEnum):
    """What a formula's amounts are."""

    INSTALMENT = "instalment"  # principal and interest together
    PRINCIPAL = "principal"  # principal alone, interest on top


class Uses(StrEnum):
    """Parameters that a formula takes beside principal, rate and number: it cannot do without growth and rows
    typed by hand, the others it may.
    """

    GROWTH_PERCENT = "growth_percent"
    GROWTH_AMOUNT = "growth_amount"
    EXCEPTIONAL = "exceptional"
    PRINCIPAL_FIXED = "principal_fixed"
    IRREGULAR = "irregular"
    GRACE_PRINCIPAL = "grace_principal"


@dataclass(frozen=True, slots=True)
class Problem:
    """What a formula is given: `rows` instalments from the `first`th of the loan (0 the first) on.

    `opening` is the principal owed before them, scaled. `growth` holds g_k as pairs of integers, `drawn` D_k
    scaled (None: nothing). `extra` are exceptional amounts on top, `free` says which instalments the formula
    decides (None: all; the others pay `extra` alone). `shares` says what part of each, scaled, is principal and
    interest where charges are inside the instalment (None: all of it). The rest are the formula's parameters.
    """

    rows: int
    opening: int
    growth: Sequence[tuple[int, int]]
    first: int = 0
    drawn: Sequence[int] | None = None
    extra: Sequence[int] | None = None
    free: Sequence[bool] | None = None
    shares: Sequence[int] | None = None
    every: int = 1
    percent: Decimal = Decimal(0)
    amount: int = 0  # scaled: the growth by amount
    fixed: int | None = None  # scaled: the principal of each instalment
    typed: Sequence[tuple[bool, int | None]] = ()  # rows by hand: is it principal, and how much, scaled
    parameters: Mapping[str, str] = field(default_factory=dict)

    def solve(self, weights: Sequence[int] | None = None, fixed: Sequence[int] | None = None) -> int:
        """The C for which instalments C · weight + fixed + extra end the balance at zero, scaled.

        Weights are scaled by ONE; None are all 1. Raises ExceptionalBeyondDebt when C would be negative
        and NeverAmortises when none is enough: nothing is left to pay by, or interest outgrows 48 digits.
        """
        extra, free, drawn, growth = self.extra, self.free, self.drawn, self.growth
        worth = 0
        if weights is None and fixed is None and extra is None and free is None and drawn is None:
            if growth.count(growth[0]) == self.rows and self.rows * growth[0][0].bit_length() < _CLOSED_BITS:
                return self._closed(*growth[0])
            for above, below in reversed(growth):
                worth = (worth + ONE) * below // above
            return (self.opening << SHIFT) // _positive(worth)
        owed = 0
        for at in range(self.rows - 1, -1, -1):
            above, below = growth[at]
            weight, amount = 0, 0 if extra is None else extra[at]
            if free is None or free[at]:
                weight = ONE if weights is None else weights[at]
                amount += 0 if fixed is None else fixed[at]
            if self.shares is not None:
                weight, amount = weight * self.shares[at] >> SHIFT, amount * self.shares[at] >> SHIFT
            worth = (worth + weight) * below // above
            owed = (owed + amount - (0 if drawn is None else drawn[at])) * below // above
        if self.opening < owed:
            raise ExceptionalBeyondDebt("exceptional")
        return ((self.opening - owed) << SHIFT) // _positive(worth)

    def _closed(self, above: int, below: int) -> int:
        """The level of [F-01] in closed form, P·i / (1 - v^n) with v = below / above, in exact integers."""
        if above == below:
            return self.opening // self.rows
        grown: int = above**self.rows
        least: int = below**self.rows
        return self.opening * (above - below) * grown // (below * (grown - least))

    def instalments(
        self, weights: Sequence[int] | None = None, fixed: Sequence[int] | None = None
    ) -> list[int]:
        """The instalments of `solve`: C · weight + fixed + extra where free, extra alone elsewhere."""
        level = self.solve(weights, fixed)
        amounts = [level] * self.rows if weights is None else [level * weight >> SHIFT for weight in weights]
        if fixed is not None:
            amounts = [amount + more for amount, more in zip(amounts, fixed, strict=True)]
        return self.with_extra(amounts)

    def with_extra(self, amounts: list[int]) -> list[int]:
        """The amounts with the exceptional ones added, or in their place."""
        if self.free is not None:
            amounts = [amount if free else 0 for amount, free in zip(amounts, self.free, strict=True)]
        if self.extra is not None:
            amounts = [amount + more for amount, more in zip(amounts, self.extra, strict=True)]
        return amounts


@dataclass(frozen=True, slots=True)
class Formula:
    """An instalment formula: `amounts(problem)` gives what each instalment pays, scaled by ONE and unrounded.

    `source` cites where it comes from.
    """

    id: str
    amounts: Callable[[Problem], list[int]]
    pays: Pays = Pays.INSTALMENT
    base: InterestBase = InterestBase.BALANCE
    uses: tuple[Uses, ...] = ()
    source: str = ""


_REGISTERED: dict[str, Formula] = {}


def register(formula: Formula) -> Formula:
    """Makes a formula selectable, once its instalments are worth the principal in every probe (LON-15).

    Raises FormulaMissesValue, FormulaAlreadyRegistered.
    """
    if formula.id in _REGISTERED:
        raise FormulaAlreadyRegistered("formula", formula=formula.id)
    for probe in _probes(formula):
        amounts = formula.amounts(probe)
        missing = present_value_gap(formula, probe, amounts)
        if len(amounts) != probe.rows or abs(missing) > _TOLERANCE:
            raise FormulaMissesValue("formula", formula=formula.id, gap=f"{_shown(missing)}")
    _REGISTERED[formula.id] = formula
    return formula


def unregister(id: str) -> None:
    """Takes a formula of one's own out of the registry. Raises UnknownFormula."""
    formula_of(id)
    del _REGISTERED[id]


def formula_of(id: str) -> Formula:
    """The registered formula. Raises UnknownFormula."""
    try:
        return _REGISTERED[id]
    except KeyError:
        raise UnknownFormula("formula", formula=id) from None


def registered() -> tuple[str, ...]:
    """Ids of all formulas, in the order of their registration."""
    return tuple(_REGISTERED)


def present_value_gap(formula: Formula, problem: Problem, amounts: Sequence[int]) -> Fraction:
    """Opening balance less the present value of the instalments, in minor units, to 48 digits.

    Amounts that are principal alone carry the interest of their period, so their sum is what counts.
    """
    drawn = problem.drawn or [0] * problem.rows
    if formula.pays is Pays.PRINCIPAL:
        return Fraction(problem.opening + sum(drawn) - sum(amounts), ONE)
    worth = 0
    for (above, below), amount, more in reversed(list(zip(problem.growth, amounts, drawn, strict=False))):
        worth = (worth + amount - more) * below // above
    return Fraction(problem.opening - worth, ONE)


def _positive(worth: int) -> int:
    if worth <= 0:
        raise NeverAmortises("instalments", number=1)
    return worth


def _shown(gap: Fraction) -> Decimal:
    return Decimal(round(gap * 10_000)).scaleb(-4)


def _probes(formula: Formula) -> list[Problem]:
    """Small loans of every kind: one and many rows, no interest, uneven periods, growth both ways."""
    found = []
    for principal, rows, rate in ((1_000_000, 12, 15), (5_000_000, 30, 9), (123_457, 1, 40), (100_000, 7, 0)):
        even = [(1_000 + rate, 1_000)] * rows
        uneven = [(1_000 + rate * (at % 3), 1_000) for at in range(rows)]
        for growth in (even, uneven):
            for percent, amount in ((0, 0), (1, 2_000), (-5, -100)):
                typed: list[tuple[bool, int | None]] = [(True, principal * ONE // rows)] * (rows - 1)
                found.append(
                    Problem(
                        rows,
                        principal * ONE,
                        growth,
                        every=3,
                        percent=Decimal(percent) if Uses.GROWTH_PERCENT in formula.uses else Decimal(0),
                        amount=amount * ONE if Uses.GROWTH_AMOUNT in formula.uses else 0,
                        typed=[*typed, (True, None)],
                    )
                )
    return found


# -- the formulas of the bank -------------------------------------------------------------------------------


def regular(problem: Problem) -> list[int]:
    """[F-01] Level: C = P / Σ v_k, which is P·i / (1 - (1+i)^-n) where all periods are alike."""
    if problem.free is None and problem.extra is None:
        return [problem.solve()] * problem.rows
    return problem.instalments()


def fixed_principal(problem: Problem) -> list[int]:
    """[F-03] Equal principal P / n, or the amount fixed, interest on top; the last one takes the rest."""
    owed = problem.opening + sum(problem.drawn or ())
    many = problem.rows
    extra = sum(problem.extra or ())
    if problem.free is not None:
        many = sum(problem.free)
    if extra > owed or many == 0:
        raise ExceptionalBeyondDebt("exceptional")
    each = (owed - extra) // many if problem.fixed is None else problem.fixed
    amounts = problem.with_extra([each] * problem.rows)
    before = 0
    for at, amount in enumerate(amounts):
        amounts[at] = min(amount, owed - before) if at < problem.rows - 1 else owed - before
        before += amounts[at]
    return amounts


def geometric(problem: Problem) -> list[int]:
    """[F-04], [F-05] Growth by a percentage every so many instalments: C_k = C_1 · (1+g)^floor((k-1)/m).

    C_1 comes from the general discounted sum, so i = g and the step's 0/0 need no case of their own.
    """
    return problem.instalments(growth_weights(problem))


def growth_weights(problem: Problem) -> list[int]:
    """(1+g)^floor((k-1)/m), scaled, relative to the first instalment of the loan. Raises InvalidGrowth."""
    percent = problem.percent
    if not percent.is_finite() or percent <= -100 or percent > _LARGEST_PERCENT:
        raise InvalidGrowth("growth.percent", value=str(percent))
    above, below = percent.as_integer_ratio()
    above, below = 100 * below + above, 100 * below
    weights, weight = [], ONE
    for at in range(problem.first + problem.rows):
        if at and at % problem.every == 0:
            weight = weight * above // below
        weights.append(weight)
    return weights[problem.first :]


def arithmetic(problem: Problem) -> list[int]:
    """[F-10] Growth by an amount G every k instalments: C_1 = (P - G · Σ floor((t-1)/k)·v^t) / Σ v^t."""
    steps = range(problem.first, problem.first + problem.rows)
    fixed = [problem.amount * (at // problem.every) for at in steps]
    if problem.extra is not None:
        return problem.instalments(fixed=fixed)
    try:
        return problem.instalments(fixed=fixed)
    except ExceptionalBeyondDebt:
        raise InvalidGrowth("growth.amount", value=str(problem.amount >> SHIFT)) from None


def bullet(problem: Problem) -> list[int]:
    """All principal at the end, less the exceptional amounts before it; interest with every instalment."""
    amounts = list(problem.extra or [0] * problem.rows)
    owed = problem.opening + sum(problem.drawn or ())
    before = sum(amounts[:-1])
    if before > owed:
        raise ExceptionalBeyondDebt("exceptional")
    return [*amounts[:-1], owed - before]


def irregular(problem: Problem) -> list[int]:
    """Instalments typed by hand; principal typed carries its interest, the last row takes what is left."""
    balance, amounts = problem.opening, []
    for at, (is_principal, typed) in enumerate(problem.typed):
        above, below = problem.growth[at]
        grown = balance * above // below + (problem.drawn[at] if problem.drawn else 0)
        if typed is None:
            amount = grown
        else:
            amount = typed + (grown - balance if is_principal else 0)
        amounts.append(amount)
        balance = grown - amount
    return amounts


for _formula in (
    Formula("regular", regular, source="[F-01]"),
    Formula("regular_exceptions", regular, uses=(Uses.EXCEPTIONAL,), source="[F-02]"),
    Formula(
        "fixed_principal", fixed_principal, Pays.PRINCIPAL, uses=(Uses.PRINCIPAL_FIXED,), source="[F-03]"
    ),
    Formula("geometric", geometric, uses=(Uses.GROWTH_PERCENT,), source="[F-04]"),
    Formula("step_geometric", geometric, uses=(Uses.GROWTH_PERCENT,), source="[F-05]"),
    Formula("arithmetic", arithmetic, uses=(Uses.GROWTH_AMOUNT,), source="[F-10]"),
    Formula("flat", regular, base=InterestBase.ORIGINAL, source="interest on the principal lent"),
    Formula("interest_only", regular, uses=(Uses.GRACE_PRINCIPAL,), source="[F-01] after the grace"),
    Formula("bullet", bullet, Pays.PRINCIPAL, source="principal at the end"),
    Formula("irregular", irregular, uses=(Uses.IRREGULAR,), source="LON-53"),
):
    register(_formula)
