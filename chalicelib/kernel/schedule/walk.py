"""The rows of a schedule, walked instalment by instalment in whole minor units.

Interest is exact until it is rounded, once per period (or per balance segment); principal is what the
instalment leaves, and the last row pays what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import repeat
from operator import add, ge, sub
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.rounding import RoundingMode, round_ratio
from chalicelib.kernel.schedule.errors import ExceptionalBeyondDebt, NeverAmortises
from chalicelib.kernel.schedule.factors import Segments
from chalicelib.kernel.schedule.formulas import Pays
from chalicelib.kernel.schedule.preparation import Prepared
from chalicelib.kernel.schedule.rows import Row
from chalicelib.kernel.schedule.terms import Accrual, Compounding, DeferredInterest, InterestBase, SkipMode

_row_of: Any = partial(tuple.__new__, Row)  # of all its values at once, in half the time of its constructor


@dataclass(slots=True)
class Owed:
    """Where a walk stands: principal owed, all that was lent, and interest that is deferred, to the next
    instalments or to the last.
    """

    balance: int
    lent: int
    deferred: int = 0
    to_end: int = 0
    rows: list[Row] = field(default_factory=list)

    def copy(self) -> Owed:
        """The same place without the rows behind it."""
        return Owed(self.balance, self.lent, self.deferred, self.to_end)


def walk(prepared: Prepared, owed: Owed, amounts: Sequence[int], start: int, stop: int) -> None:
    """Adds the rows from `start` to before `stop` to what is owed; `amounts` begin at `start`.

    The amounts are instalments, or principal where the formula pays principal. Ends early once nothing is
    owed. Raises NeverAmortises, ExceptionalBeyondDebt.
    """
    if prepared.plain:
        _plain(prepared, owed, amounts, start, stop)
        return
    for row in range(start, stop):
        _row(prepared, owed, amounts[row - start], row)
        if not owed.balance and not owed.deferred and not _drawn_after(prepared, row):
            break


def _plain(prepared: Prepared, owed: Owed, amounts: Sequence[int], start: int, stop: int) -> None:
    """Rows of principal and interest, worked out first and then put together column by column."""
    opening, final = owed.balance, stop == prepared.rows
    mode, due = prepared.terms.rounding.interest.mode, amounts[: stop - start - final]
    balances = _even(prepared, opening, due, start, stop) if mode is RoundingMode.HALF_UP else None
    interests: list[int] | None = None
    if balances is None:
        balances, interests = _uneven(prepared, opening, due, start)
    principals = list(map(sub, [opening, *balances], balances))
    if interests is None:
        interests = list(map(sub, due, principals))
    rest = balances[-1] if balances else opening
    if final and rest:
        principals.append(rest)
        interests.append(_interest(prepared, rest, stop - 1))
        balances.append(0)
    owed.balance = balances[-1] if balances else opening
    spans, none = prepared.spans, repeat(0)
    starts = spans.starts[start:stop]
    columns = zip(
        range(start + 1, stop + 1),
        starts,
        spans.dues[start:stop],
        map(sub, map(date.toordinal, spans.ends[start:stop]), map(date.toordinal, starts)),
        principals,
        interests,
        none,
        none,
        map(add, principals, interests),
        balances,
        repeat(()),
        none,
        strict=False,
    )
    owed.rows += map(_row_of, columns)


def _even(
    prepared: Prepared, opening: int, amounts: Sequence[int], start: int, stop: int
) -> list[int] | None:
    """Balances of rows that each pay their amount, in the shortest loop there is; None where a row does not,
    its amount being below its interest or beyond what is owed.
    """
    balance = opening
    balances = [
        balance := balance + (balance * above + half) // below - amount
        for (above, half, below), amount in zip(_doubled(prepared, start, stop), amounts, strict=False)
    ]
    falling = all(map(ge, [opening, *balances], balances)) and (not balances or balances[-1] > 0)
    return balances if falling else None


def _uneven(
    prepared: Prepared, balance: int, amounts: Sequence[int], start: int
) -> tuple[list[int], list[int]]:
    """Balances and interests of rows whose amounts may be short, or more than is owed: there the loan ends."""
    balances: list[int] = []
    interests: list[int] = []
    for row, amount in enumerate(amounts, start):
        interest = _interest(prepared, balance, row)
        principal = amount - interest
        if principal < 0:
            principal = _short(prepared, row, principal)
        balance -= min(principal, balance)
        balances.append(balance)
        interests.append(interest)
        if not balance:
            break
    return balances, interests


def _interest(prepared: Prepared, balance: int, row: int) -> int:
    _, above, below = prepared.segments[row][0]
    return round_ratio(balance * above, below, prepared.terms.rounding.interest.mode)


def _doubled(prepared: Prepared, start: int, stop: int) -> Iterable[tuple[int, int, int]]:
    """Twice the numerator, the denominator and twice the denominator of every row's factor."""
    cuts = prepared.segments[start:stop]
    if cuts and cuts.count(cuts[0]) == len(cuts):
        _, above, below = cuts[0][0]
        return repeat((2 * above, below, 2 * below))
    return [(2 * cut[0].numerator, cut[0].denominator, 2 * cut[0].denominator) for cut in cuts]


def _short(prepared: Prepared, row: int, principal: int) -> int:
    """Principal of a row whose instalment is below its interest: none for a matter of rounding, negative
    where the terms capitalise. Raises NeverAmortises.
    """
    if prepared.terms.capitalises:
        return principal
    unit = prepared.terms.rounding.instalment.unit
    slack = 1 if unit is None else int(unit.scaleb(prepared.decimals)) + 1
    if -principal > slack:
        raise NeverAmortises("instalments", number=row + 1)
    return 0


def _row(prepared: Prepared, owed: Owed, amount: int, row: int) -> None:
    """One row with all that a row may have."""
    cut, charging = prepared.segments[row], prepared.charging
    drawn = cut[0].drawn_minor if len(cut) == 1 else sum(part.drawn_minor for part in cut)
    opening = owed.balance + cut[0].drawn_minor
    interest = 0
    if prepared.in_advance:
        owed.balance, owed.lent = opening, owed.lent + drawn
    else:
        interest = interest_of(prepared, owed, cut)
    if charging is not None:
        charging.original = owed.lent
    known = charging.known(row, opening, interest) if charging else []
    principal = _principal(prepared, owed, amount, row, interest, known)
    if prepared.in_advance:
        interest = _ahead(prepared, owed.balance - principal, row)
    due_in_all = Fraction(principal + interest)
    if _capitalises(prepared, row):
        paid, principal = interest, principal - interest
    else:
        paid = _paid_interest(prepared, owed, interest, row, ends=principal >= owed.balance)
    owed.balance -= principal
    slots = charging.charged(row, known, due_in_all, owed.balance) if charging else []
    charges, insurance = charging.sums(slots) if charging else (0, 0)
    starts, ends, due = prepared.spans[row]
    total = principal + paid + charges + insurance
    owed.rows.append(
        Row(
            row + 1,
            starts,
            due,
            (ends - starts).days,
            principal,
            paid,
            charges,
            insurance,
            total,
            owed.balance,
            tuple(slots),
            drawn,
        )
    )


def interest_of(prepared: Prepared, owed: Owed, cut: Segments) -> int:
    """Interest of a period, rounded; draws enter what is owed on their way."""
    terms = prepared.terms
    by_segment, compound = terms.rounding.interest_by_segment, terms.accrual is Accrual.COMPOUND
    flat = prepared.formula.base is InterestBase.ORIGINAL
    carried = owed.deferred if compound and terms.compounding is Compounding.CONTINUOUS else 0
    exact, rounded = Fraction(0), 0
    for drawn, numerator, denominator in cut:
        owed.balance += drawn
        owed.lent += drawn
        base = (owed.lent if flat else owed.balance) + carried
        if len(cut) == 1:
            return terms.rounding.interest.to_minor(base * numerator, denominator, prepared.decimals)
        worth = Fraction(base * numerator, denominator)
        if compound and not flat:
            worth += exact * Fraction(numerator, denominator)
        exact += worth
        if by_segment:
            rounded += _rounded(prepared, worth)
    return rounded if by_segment else _rounded(prepared, exact)


def _rounded(prepared: Prepared, value: Fraction) -> int:
    policy = prepared.terms.rounding.interest
    return policy.to_minor(value.numerator, value.denominator, prepared.decimals)


def _principal(
    prepared: Prepared, owed: Owed, amount: int, row: int, interest: int, known: Sequence[int | None]
) -> int:
    """Principal of a row: what its instalment leaves, never more than is owed; the last row takes it all."""
    terms, balance = prepared.terms, owed.balance
    if row in prepared.skips:
        return 0
    if row == prepared.rows - 1:
        return balance
    if row < terms.grace.principal and prepared.formula.pays is Pays.INSTALMENT:
        return 0
    if prepared.formula.pays is Pays.PRINCIPAL or (
        terms.irregular and terms.irregular[row].principal is not None
    ):
        principal = amount
    elif prepared.in_advance:
        principal = _advance_principal(prepared, balance, amount, row)
    else:
        principal = _within(prepared, amount, row, interest, known) - interest
    if principal > balance:
        if prepared.extra is not None and prepared.extra[row] > balance + interest:
            raise ExceptionalBeyondDebt("exceptional", number=row + 1)
        return balance
    return _short(prepared, row, principal) if principal < 0 else principal


def _within(prepared: Prepared, amount: int, row: int, interest: int, known: Sequence[int | None]) -> int:
    """Principal and interest of a total that holds charges."""
    charging = prepared.charging
    if charging is None:
        return amount
    rest = amount - charging.included(known)
    if not any(value is None and slot.included for value, slot in zip(known, charging.slots, strict=True)):
        return rest
    _, _, part = charging.linear(row, Fraction(0))
    instalment = rest / (1 + part)
    return (
        rest - charging.included(charging.completed(row, list(known), instalment)) + charging.included(known)
    )


def _advance_principal(prepared: Prepared, balance: int, amount: int, row: int) -> int:
    """Of an instalment that also pays the next period's interest on what it leaves: (T - d·B) / (1 - d)."""
    _, above, below = prepared.segments[row + 1][0]
    left = (amount * below - above * balance) // (below - above)
    return amount - _ahead(prepared, balance - left, row)


def _ahead(prepared: Prepared, balance: int, row: int) -> int:
    """Interest in advance of the period after a row, on the balance it leaves."""
    if row + 1 >= prepared.rows:
        return 0
    _, above, below = prepared.segments[row + 1][0]
    return prepared.terms.rounding.interest.to_minor(balance * above, below, prepared.decimals)


def _capitalises(prepared: Prepared, row: int) -> bool:
    """Whether the interest of a row becomes principal: in such a grace, or skipped to be worked out anew."""
    grace = prepared.terms.grace
    in_grace = row < grace.interest_payment and grace.deferred is DeferredInterest.CAPITALISED
    return in_grace or prepared.skips.get(row) is SkipMode.RECALCULATE


def _paid_interest(prepared: Prepared, owed: Owed, interest: int, row: int, *, ends: bool) -> int:
    """Interest that a row pays: none in grace, else its own and what was deferred, all or in parts; the row
    that `ends` the loan pays everything.
    """
    grace = prepared.terms.grace
    if row < grace.interest_payment and not ends:
        owed.deferred += interest
        return 0
    if prepared.skips.get(row) is SkipMode.TO_END:
        owed.to_end += interest
        return 0
    part = owed.deferred
    if part and grace.deferred is DeferredInterest.SPREAD and not ends:
        part //= prepared.rows - row
    owed.deferred -= part
    if ends:
        part, owed.to_end = part + owed.to_end, 0
    return interest + part


def _drawn_after(prepared: Prepared, row: int) -> bool:
    return any(part.drawn_minor for cut in prepared.segments[row + 1 :] for part in cut)
