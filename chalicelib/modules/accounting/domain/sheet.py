"""The daily sheet of a branch (hoja de saldos): every balance after a business date, derived from the journal.

Amounts are integers in minor units, debits positive and credits negative. A sheet is the previous one with the day's
turnover added; turnovers add up in any order, so a day may be read in parts. Nothing here is written by a posting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from typing import NamedTuple

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import InvariantError

DIRECT = "gl:"
"""Prefix of the role of a leg that names its ledger account itself: ``gl:110105``."""
SUSPENSE = "suspense:"
"""Prefix of the role of a leg that leaves suspense: ``suspense:<account>:<role that was meant>``."""


HELD = "at:"
"""Prefix of the role of a leg that moves a balance from where it lies: ``at:<account>:<role it is kept under>``."""


class RowKey(NamedTuple):
    """What a balance is kept by. ``role`` is empty for legs that named their account directly."""

    account: str
    currency: str
    product: str = ""
    role: str = ""


class Row(NamedTuple):
    """A balance at the opening of the day and what the day debited and credited (both not negative)."""

    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """The balance after the day."""
        return self.opening + self.debit - self.credit


class LedgerLeg(NamedTuple):
    """What the ledger needs of a posted leg; ``minor`` is debit positive, credit negative."""

    account: str
    currency: str
    product: str
    role: str
    minor: int


@dataclass(slots=True)
class Turnover:
    """Debits and credits by row, with how many entries and legs made them."""

    sums: dict[RowKey, tuple[int, int]] = field(default_factory=dict)
    entries: int = 0
    legs: int = 0

    def add_entry(self, legs: Iterable[LedgerLeg]) -> None:
        """Add the legs of one journal record."""
        self.entries += 1
        sums = self.sums
        for account, currency, product, role, minor in legs:
            self.legs += 1
            key = RowKey(account, currency, product, ledger_role(role))
            debit, credit = sums.get(key, (0, 0))
            sums[key] = (debit + minor, credit) if minor > 0 else (debit, credit - minor)

    def plus(self, other: Turnover) -> Turnover:
        """The turnover of both; the order does not matter."""
        total = Turnover(dict(self.sums), self.entries + other.entries, self.legs + other.legs)
        for key, (debit, credit) in other.sums.items():
            known = total.sums.get(key, (0, 0))
            total.sums[key] = (known[0] + debit, known[1] + credit)
        return total


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """All balances of a branch after a business date, in the order of their keys."""

    branch: str
    business_date: date
    rows: Mapping[RowKey, Row]
    entries: int = 0
    legs: int = 0

    def balance_of_account(self, account: str, currency: str, product: str | None = None) -> int:
        """Closing balance of a ledger account; of one product, or of all where it is None."""
        return sum(
            row.closing
            for key, row in self.rows.items()
            if key.account == account and key.currency == currency and product in (None, key.product)
        )

    def balance_of_role(self, role: str, currency: str, product: str | None = None) -> int:
        """Closing balance of what was posted under a role, whichever accounts carried it over time.

        What waits in suspense under the role counts too: a missing or changed map moves accounts, not what is owed.
        """
        return sum(
            row.closing
            for key, row in self.rows.items()
            if key.role == role and key.currency == currency and product in (None, key.product)
        )

    def differences(self) -> dict[str, int]:
        """Debits minus credits by currency, of the balances or else of the day: zero in a sound ledger."""
        sums: dict[str, int] = {}
        moved: dict[str, int] = {}
        for key, row in self.rows.items():
            sums[key.currency] = sums.get(key.currency, 0) + row.closing
            moved[key.currency] = moved.get(key.currency, 0) + row.debit - row.credit
        return {code: sums[code] or moved[code] for code in sums}

    def carried_to(self, day: date) -> LedgerSheet:
        """The sheet of a later day on which nothing moved."""
        return rolled(self, self.branch, day, Turnover())


def held(account: str, role: str) -> str:
    """The role of a leg on the very account that is named, whatever the map and the chart say now."""
    return f"{HELD}{account}:{role}"


def ledger_role(role: str) -> str:
    """The role a balance is kept under: none for direct legs, the role that was meant for legs that name both."""
    for prefix in (SUSPENSE, HELD):
        if role.startswith(prefix):
            return ledger_role(role.removeprefix(prefix).partition(":")[2])
    return "" if role.startswith(DIRECT) else role


def turnover_of(entries: Iterable[Iterable[LedgerLeg]]) -> Turnover:
    """The turnover of journal records."""
    total = Turnover()
    for legs in entries:
        total.add_entry(legs)
    return total


def fold(
    previous: LedgerSheet | None, branch: str, day: date, entries: Iterable[Iterable[LedgerLeg]]
) -> LedgerSheet:
    """The sheet after a day: the previous sheet with the day's journal. The same journal gives the same sheet."""
    return rolled(previous, branch, day, turnover_of(entries))


def rolled(previous: LedgerSheet | None, branch: str, day: date, turnover: Turnover) -> LedgerSheet:
    """The previous sheet with a day's turnover; rows that are zero and did not move are left out."""
    if previous is not None and (previous.branch != branch or previous.business_date >= day):
        raise InvariantError(
            "sheet", branch=branch, day=day.isoformat(), previous=previous.business_date.isoformat()
        )
    before = {key: row.closing for key, row in previous.rows.items()} if previous else {}
    rows = {}
    for key in sorted(before.keys() | turnover.sums.keys()):
        debit, credit = turnover.sums.get(key, (0, 0))
        row = Row(before.get(key, 0), debit, credit)
        if any(row):
            rows[key] = row
    return LedgerSheet(branch, day, rows, turnover.entries, turnover.legs)


def combined(sheets: Iterable[Mapping[RowKey, Row]]) -> dict[RowKey, Row]:
    """Rows of several branches as one."""
    total: dict[RowKey, Row] = {}
    for rows in sheets:
        for key, row in rows.items():
            known = total.get(key)
            total[key] = (
                row
                if known is None
                else Row(known.opening + row.opening, known.debit + row.debit, known.credit + row.credit)
            )
    return total


def over_period(before: LedgerSheet | None, sheets: Iterable[LedgerSheet]) -> dict[RowKey, Row]:
    """Opening, debits and credits of a period: ``before`` is the last sheet before it, ``sheets`` those within it."""
    total = {key: Row(row.closing, 0, 0) for key, row in before.rows.items()} if before else {}
    moved = ({key: Row(0, row.debit, row.credit) for key, row in sheet.rows.items()} for sheet in sheets)
    rows = combined([total, *moved])
    return {key: row for key, row in sorted(rows.items()) if any(row)}
