"""The trial balance (balance de comprobación): what every account held, moved and holds, rolled up by the chart."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import (
    INTERBRANCH_DUE_FROM,
    INTERBRANCH_DUE_TO,
    INTERBRANCH_MEMO_DUE_FROM,
    INTERBRANCH_MEMO_DUE_TO,
)
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.sheet import Row, RowKey

INTERBRANCH = frozenset(
    {INTERBRANCH_DUE_TO, INTERBRANCH_DUE_FROM, INTERBRANCH_MEMO_DUE_TO, INTERBRANCH_MEMO_DUE_FROM}
)
NOTHING = Row(0, 0, 0)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account, or all that lies under it, in minor units; debits positive."""

    code: str
    level: int
    row: Row


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Lines in the order of their codes, and the sums of the posted accounts, each counted once."""

    currency: str
    lines: tuple[AccountLine, ...]
    total: Row

    @property
    def difference(self) -> int:
        """Debits minus credits of all balances and of the movement: zero in a sound ledger."""
        return self.total.closing or self.total.debit - self.total.credit


def trial_balance(
    rows: Mapping[RowKey, Row],
    chart: Chart,
    currency: str,
    *,
    level: int | None = None,
    clearance: int | None = None,
    without_interbranch: bool = False,
) -> TrialBalance:
    """The trial balance of one currency down to a level (None: as deep as the chart goes).

    Accounts above the reader's ``clearance`` have no line of their own; their amounts stay in the lines above them,
    so every total is whole (ACC-06). ``without_interbranch`` leaves out what branches owe each other (ACC-66).
    """
    posted = by_account(rows, currency, without_interbranch=without_interbranch)
    sums: dict[str, Row] = {}
    for code, row in posted.items():
        for above in chart.line_of(code):
            sums[above] = add(sums.get(above, NOTHING), row)
    lines = tuple(
        AccountLine(code, chart.level_of(code), row)
        for code, row in sorted(sums.items())
        if (level is None or chart.level_of(code) <= level) and cleared(chart, code, clearance)
    )
    total = NOTHING
    for row in posted.values():
        total = add(total, row)
    return TrialBalance(currency, lines, total)


def by_account(
    rows: Mapping[RowKey, Row], currency: str, *, without_interbranch: bool = False
) -> dict[str, Row]:
    """Rows of one currency summed by ledger account."""
    sums: dict[str, Row] = {}
    for key, row in rows.items():
        if key.currency == currency and not (without_interbranch and key.role in INTERBRANCH):
            sums[key.account] = add(sums.get(key.account, NOTHING), row)
    return sums


def under(rows: Mapping[RowKey, Row], chart: Chart, top: str, currency: str) -> Row:
    """The sum of an account and all that lies under it."""
    total = NOTHING
    for code, row in by_account(rows, currency).items():
        if chart.within(code, top):
            total = add(total, row)
    return total


def cleared(chart: Chart, code: str, clearance: int | None) -> bool:
    """Whether a reader of this clearance may see the account; what lies under a confidential one is hidden with it."""
    if clearance is None:
        return True
    line = (chart.find(above) for above in chart.line_of(code))
    return all(account is None or account.confidentiality_level <= clearance for account in line)


def add(one: Row, other: Row) -> Row:
    """Two rows as one."""
    return Row(one.opening + other.opening, one.debit + other.debit, one.credit + other.credit)
