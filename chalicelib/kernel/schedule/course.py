"""The course of a loan: its rows as they stand, worked out anew from the row in which something happens."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date

from chalicelib.kernel.rate import Rate
from chalicelib.kernel.schedule.building import planned, settled
from chalicelib.kernel.schedule.errors import ExceptionalBeyondDebt, InvalidExceptional
from chalicelib.kernel.schedule.factors import (
    Segment,
    Segments,
    part_of,
    pricing,
    segments,
)
from chalicelib.kernel.schedule.formulas import Pays
from chalicelib.kernel.schedule.preparation import prepare
from chalicelib.kernel.schedule.rows import Row
from chalicelib.kernel.schedule.terms import Exceptional, ExceptionalMode, LoanTerms, SkipMode
from chalicelib.kernel.schedule.walk import Owed, interest_of, walk


class Course:
    """Rows of a loan that change as it lives. Amounts in minor units; rows from 0.

    A prepayment is a draw with a minus: the balance of its period changes on its day, and so does interest.
    """

    def __init__(self, terms: LoanTerms) -> None:
        self.terms = terms
        self.prepared = prepare(terms)
        self.prepared.plain = False
        self.spans = self.prepared.spans
        self.dues = list(self.spans.dues)
        self.changes = [(draw.on, draw.amount.minor) for draw in terms.draws if draw.on > terms.disbursed_on]
        self.stages = set(self.prepared.stages)
        self.amounts = [0] * len(self.spans)
        self.starts: list[Owed] = []
        self.rows: list[Row] = []
        self._run(0, Owed(self.prepared.opening, self.prepared.opening), solve=True)

    # -- where a day falls ----------------------------------------------------------------------------------

    def row_at(self, on: date, first_open: int) -> int | None:
        """The open row whose period holds a day; None when the last one has passed."""
        row = max(first_open, bisect_right(self.spans.starts, on) - 1)
        return row if row < len(self.rows) else None

    def balance_at(self, on: date, row: int) -> int:
        """Principal not due yet on a day of a row, its draws and prepayments until then counted."""
        return self.starts[row].balance + sum(minor for when, minor in self._within(row) if when <= on)

    def accrued_at(self, on: date, row: int) -> int:
        """Interest of the row's period to a day, rounded; negative where it was collected in advance and is
        not earned yet.
        """
        span, whole, prepared = self.spans[row], self.prepared.wholes[row], self.prepared
        if prepared.in_advance:
            start = max(on, span.starts)
            left = part_of(self.terms, span, whole, start, span.ends)
            above, below = prepared.rates.at(span.starts).factor(left)
            unearned = self.balance_at(on, row) * above
            return -self.terms.rounding.interest.to_minor(unearned, below, prepared.decimals)
        if on <= span.starts or row < self.terms.grace.interest_charge:
            return 0
        cut = segments(self.terms, span, whole, prepared.rates, self._within(row), until=min(on, span.ends))
        return interest_of(prepared, self.starts[row].copy(), cut)

    def deferred_at(self, row: int) -> int:
        """Interest of earlier periods that is still to be paid with later rows."""
        return self.starts[row].deferred + self.starts[row].to_end

    # -- what may happen ------------------------------------------------------------------------------------

    def change_balance(self, on: date, row: int, minor: int, *, solve: bool) -> None:
        """More principal from a day on, or less."""
        self.changes.append((max(on, self.spans.starts[row]), minor))
        self._cut(row)
        self._rerun(row, solve=solve)

    def change_rate(self, on: date, row: int, rate: Rate, *, solve: bool, field: str) -> None:
        """Another rate from a day on."""
        self.prepared.rates.add(max(on, self.spans.starts[row]), pricing(self.terms, rate, field))
        for later in range(row, len(self.spans)):
            self._cut(later)
        self._rerun(row, solve=solve)

    def skip(self, row: int, mode: SkipMode) -> None:
        """An instalment that need not be paid."""
        self.prepared.skips[row] = mode
        self._cut(row)
        if mode is not SkipMode.TO_END:
            self.stages.add(row + 1)
        self._rerun(row, solve=False)

    def extend(self, row: int, more: int) -> None:
        """More instalments at the end. Raises InvalidInstalments."""
        self.terms = replace(self.terms, instalments=self.terms.instalments + more)
        changed = prepare(self.terms)
        prepared = self.prepared
        for name in ("terms", "spans", "wholes"):
            setattr(prepared, name, getattr(changed, name))
        self.spans = prepared.spans
        if prepared.charging is not None:
            prepared.charging.spans = prepared.spans
        known = len(self.dues)
        self.dues += self.spans.dues[known:]
        prepared.segments += changed.segments[known:]
        for later in range(known, len(self.spans)):
            self._cut(later)
        prepared.extra = None if prepared.extra is None else prepared.extra + [0] * more
        prepared.free = None if prepared.free is None else prepared.free + [True] * more
        self.amounts += [0] * more
        self._rerun(row, solve=True)

    def add_exceptional(self, row: int, exceptional: Exceptional, field: str) -> None:
        """An exceptional instalment of a later row. Raises InvalidExceptional, ExceptionalBeyondDebt."""
        if exceptional.number is not None:
            at = exceptional.number - 1
        else:
            at = next((i for i, due in enumerate(self.dues) if exceptional.on and due >= exceptional.on), -1)
        prepared = self.prepared
        if not row <= at < len(self.spans) or exceptional.amount.minor <= 0:
            raise InvalidExceptional(field, amount=exceptional.amount)
        prepared.extra = prepared.extra or [0] * len(self.spans)
        if exceptional.mode is ExceptionalMode.REPLACE:
            prepared.free = prepared.free or [True] * len(self.spans)
            prepared.free[at], prepared.extra[at] = False, 0
        prepared.extra[at] += exceptional.amount.minor
        if exceptional.amount.minor > self.starts[row].balance * 2:
            raise ExceptionalBeyondDebt(field, number=at + 1)
        self._rerun(row, solve=True)

    def end(self, on: date, row: int, interest: int, balance: int) -> None:
        """The loan ends on a day with a row of what was owed."""
        starts = self.spans.starts[row]
        del self.rows[row:]
        self.rows.append(
            Row(
                row + 1,
                starts,
                on,
                max(0, (on - starts).days),
                balance,
                interest,
                0,
                0,
                balance + interest,
                0,
            )
        )

    # -- anew -----------------------------------------------------------------------------------------------

    def _within(self, row: int) -> list[tuple[date, int]]:
        span = self.spans[row]
        return [(on, minor) for on, minor in self.changes if span.starts <= on < span.ends]

    def _cut(self, row: int) -> None:
        """The row's segments by what was drawn, prepaid and repriced in it."""
        prepared, span, whole = self.prepared, self.spans[row], self.prepared.wholes[row]
        within = self._within(row)
        if prepared.in_advance:
            net = sum(minor for _, minor in within)
            cut: Segments = (Segment(net, *prepared.rates.at(span.starts).factor(whole)),)
        else:
            cut = segments(self.terms, span, whole, prepared.rates, within)
        forgiven = prepared.skips.get(row) is SkipMode.INTEREST_FORGIVEN
        if forgiven or row < self.terms.grace.interest_charge:
            cut = tuple(Segment(part.drawn_minor, 0, 1) for part in cut)
        prepared.segments[row] = cut

    def _rerun(self, row: int, *, solve: bool) -> None:
        owed = self.starts[row]
        del self.starts[row:], self.rows[row:]
        self._run(row, owed, solve=solve)

    def _run(self, row: int, owed: Owed, *, solve: bool) -> None:
        """Rows from one on; the instalment is worked out anew at stages, and in that one if `solve` says so."""
        owed = owed.copy()
        paying = self.prepared.first_paying
        for at in range(row, len(self.spans)):
            self.starts.append(owed.copy())
            if at >= paying and ((at == row and solve) or (at > row and at in self.stages)):
                self._solve(at, owed)
            walk(self.prepared, owed, [self.amounts[at]], at, at + 1)
            if not owed.balance and not self._changes_after(at):
                break
        self.rows += owed.rows

    def _solve(self, row: int, owed: Owed) -> None:
        """Instalments from a row on; where the new one would not cover the interest that has run in its period,
        that row pays its interest and the next one begins the level.
        """
        self.amounts[row:] = settled(self.prepared, owed, planned(self.prepared, owed, row), row)
        if len(self.prepared.segments[row]) == 1 or self.prepared.formula.pays is Pays.PRINCIPAL:
            return
        interest = interest_of(self.prepared, owed.copy(), self.prepared.segments[row])
        if self.amounts[row] < interest and row + 1 < len(self.spans):
            self.amounts[row] = interest
            self.stages.add(row + 1)

    def _changes_after(self, row: int) -> bool:
        return any(on >= self.spans.ends[row] and minor > 0 for on, minor in self.changes)
