"""Balances that a close moves: lines that take a balance from where it lies to where it shall lie."""

from collections.abc import Mapping
from typing import NamedTuple

from chalicelib.kernel.entry import (
    INTERBRANCH_DUE_FROM,
    INTERBRANCH_DUE_TO,
    INTERBRANCH_MEMO_DUE_FROM,
    INTERBRANCH_MEMO_DUE_TO,
    Side,
)
from chalicelib.modules.accounting.domain.chart import Chart, is_memorandum
from chalicelib.modules.accounting.domain.sheet import DIRECT, LedgerSheet, Row, RowKey, held
from chalicelib.modules.accounting.domain.voucher import VoucherLine


class Group(NamedTuple):
    """The pair of roles under which branches owe each other, on or off balance."""

    name: str
    due_to: str
    due_from: str


BALANCE_SHEET = Group("balance_sheet", INTERBRANCH_DUE_TO, INTERBRANCH_DUE_FROM)
MEMORANDUM = Group("memorandum", INTERBRANCH_MEMO_DUE_TO, INTERBRANCH_MEMO_DUE_FROM)


class Pair(NamedTuple):
    """What two branches owe each other in a currency, as one of them keeps it: minor units, both not negative."""

    due_to: int
    due_from: int

    @property
    def common(self) -> int:
        """What can be set off."""
        return max(0, min(self.due_to, self.due_from))


def line(
    branch: str,
    account: str,
    debit_minor: int,
    currency: str,
    role: str = "",
    product: str = "",
    component: str = "",
) -> VoucherLine:
    """A debit line for a positive amount, a credit line for a negative one."""
    side = Side.DEBIT if debit_minor > 0 else Side.CREDIT
    return VoucherLine(
        branch,
        account,
        side,
        abs(debit_minor),
        currency,
        role=role,
        product=product,
        component=component,
    )


def moved(
    key: RowKey, row: Row, branch: str, to_branch: str, to_account: str, usable: bool
) -> tuple[VoucherLine, VoucherLine]:
    """A whole balance taken to another account or branch, under the product and role it is kept under.

    An account that is not ``usable`` is left to the ledger's rule, which knows where such amounts wait.
    """
    there = held(to_account, key.role) if usable else f"{DIRECT}{to_account}"
    return (
        line(branch, key.account, -row.closing, key.currency, held(key.account, key.role), key.product),
        line(to_branch, to_account, row.closing, key.currency, there, key.product),
    )


def pairs_of(sheet: LedgerSheet, group: Group) -> dict[tuple[str, str], Pair]:
    """(counter branch, currency) → what the branch owes it and is owed by it, on or off balance."""
    found: dict[tuple[str, str], Pair] = {}
    for key, row in sheet.rows.items():
        place = (key.product, key.currency)
        known = found.get(place, Pair(0, 0))
        if key.role == group.due_to:
            found[place] = known._replace(due_to=known.due_to - row.closing)
        elif key.role == group.due_from:
            found[place] = known._replace(due_from=known.due_from + row.closing)
    return found


def off_balance(rows: Mapping[RowKey, Row], chart: Chart) -> dict[str, int]:
    """Currency → what the memorandum accounts of a sheet are out of balance by, debits positive; zeros left out.

    A sheet balances as a whole, so the other accounts are out by the same amount on the other side.
    """
    sums: dict[str, int] = {}
    for key, row in rows.items():
        if is_memorandum(chart.class_of(key.account)):
            sums[key.currency] = sums.get(key.currency, 0) + row.closing
    return {currency: minor for currency, minor in sums.items() if minor}
