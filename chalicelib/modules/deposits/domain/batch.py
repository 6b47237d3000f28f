"""Batch files of debits and credits: what a file says, what became of each line, and when the whole is to alert.

Formula 12: the share of rejected lines is rejected / total · 100.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Literal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.errors import BatchTotalsWrong, MalformedBatch, MalformedBatchLine

MOST_LINES = 10_000
LINES_A_PAGE = 500
COLUMNS = ("account", "code", "side", "amount", "narrative")
RETRIED = "insufficient_funds"
"""The reason for which a debit is tried once more, after everything else (DEP-81)."""

Side = Literal["debit", "credit"]


class BatchState(StrEnum):
    """Life of a batch."""

    REGISTERED = "registered"
    APPLYING = "applying"
    APPLIED = "applied"
    APPLIED_WITH_ALERT = "applied_with_alert"
    STOPPED = "stopped"


class LineState(StrEnum):
    """What became of a line."""

    POSTED = "posted"
    REJECTED = "rejected"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: an account by its number, a transaction code (the tenant's own where blank), an amount."""

    account: str
    side: Side
    minor: int
    code: str = ""
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many lines, and what they debit and credit, in minor units."""

    count: int = 0
    debits_minor: int = 0
    credits_minor: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """A file that was registered, and how far it is applied. ``next_line`` is the first that was not tried yet.

    ``sequence`` orders batches among themselves: one with a number waits until all lower ones are applied.
    """

    id: str
    source: str
    branch: str
    currency: str
    digest: str
    totals: Totals
    reject_pct_limit: Decimal
    stop_on_limit: bool
    registered_by: str
    registered_at: datetime
    business_date: date
    sequence: int = 0
    state: BatchState = BatchState.REGISTERED
    next_line: int = 0
    posted: int = 0
    rejected: int = 0
    version: int = 0

    @property
    def open(self) -> bool:
        """Whether there are lines to be tried."""
        return self.state in (BatchState.REGISTERED, BatchState.APPLYING)

    @property
    def reject_pct(self) -> Decimal:
        """Share of rejected lines in the whole file, in percent."""
        return Decimal(self.rejected * 100) / Decimal(self.totals.count)

    @property
    def over_limit(self) -> bool:
        """Whether more lines were rejected than the limit allows."""
        return self.reject_pct > self.reject_pct_limit


@dataclass(frozen=True, slots=True)
class BatchPage:
    """Some of a file's lines as they were registered."""

    batch_id: str
    number: int
    lines: tuple[Line, ...]
    version: int = 0


@dataclass(frozen=True, slots=True)
class BatchDigest:
    """Keeps a file from being registered twice."""

    digest: str
    batch_id: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one line: posted by an entry, or rejected for a reason, which is the error's code."""

    batch_id: str
    number: int
    line: Line
    state: LineState
    reason: str = ""
    entry_id: str = ""
    retried: bool = False
    decided_by: str = ""
    remark: str = ""
    version: int = 0

    @property
    def id(self) -> str:
        """How a rejected line is called: ``<batch>-<line>``."""
        return f"{self.batch_id}-{self.number}"


@dataclass(frozen=True, slots=True)
class PendingTransaction:
    """A rejected line that somebody must send again or discard."""

    batch_id: str
    number: int
    version: int = 0


def digest_of(content: str) -> str:
    """SHA-256 of a file."""
    return sha256(content.encode()).hexdigest()


def parsed(content: str, form: Literal["csv", "json"], currency: str) -> list[Line]:
    """The lines of a file. Raises MalformedBatch, or MalformedBatchLine with the number of the line."""
    try:
        rows = json.loads(content) if form == "json" else list(csv.DictReader(io.StringIO(content.strip())))
    except (ValueError, csv.Error):
        raise MalformedBatch("content") from None
    if not isinstance(rows, list) or not rows or len(rows) > MOST_LINES:
        raise MalformedBatch("content", most=MOST_LINES)
    return [_line(row, number, currency) for number, row in enumerate(rows, 1)]


def _line(row: object, number: int, currency: str) -> Line:
    if not isinstance(row, dict) or not set(row) <= set(COLUMNS):
        raise MalformedBatchLine("content", line=number)
    values = {name: row.get(name) or "" for name in COLUMNS}
    if not all(isinstance(value, str) for value in values.values()) or not values["account"]:
        raise MalformedBatchLine("content", line=number)
    side = values["side"]
    if side not in ("debit", "credit") or len(values["narrative"]) > 140 or len(values["code"]) > 30:
        raise MalformedBatchLine("content", line=number)
    try:
        money = Money.of(values["amount"], currency)
    except BankError:
        raise MalformedBatchLine("content", line=number) from None
    if money.minor <= 0:
        raise MalformedBatchLine("content", line=number)
    return Line(
        values["account"],
        "debit" if side == "debit" else "credit",
        money.minor,
        values["code"],
        values["narrative"],
    )


def totals_of(lines: Iterable[Line]) -> Totals:
    """What the lines add up to."""
    count, sums = 0, {"debit": 0, "credit": 0}
    for line in lines:
        count += 1
        sums[line.side] += line.minor
    return Totals(count, sums["debit"], sums["credit"])


def check_totals(lines: Sequence[Line], expected: Totals) -> None:
    """Raises BatchTotalsWrong, naming what differs, where the file is not what its sender says (DEP-78)."""
    found = totals_of(lines)
    for name, field in (
        ("count", "expected_count"),
        ("debits_minor", "expected_debits"),
        ("credits_minor", "expected_credits"),
    ):
        if getattr(found, name) != getattr(expected, name):
            raise BatchTotalsWrong(field)


def counted(batch: Batch, state: LineState, through: int) -> Batch:
    """The batch after a line was tried for the first time."""
    return replace(
        batch,
        state=BatchState.APPLYING,
        next_line=through,
        posted=batch.posted + (state is LineState.POSTED),
        rejected=batch.rejected + (state is LineState.REJECTED),
    )


def finished(batch: Batch) -> Batch:
    """The batch when every line was tried: with an alert where too many were rejected (DEP-80)."""
    state = BatchState.APPLIED_WITH_ALERT if batch.over_limit else BatchState.APPLIED
    return replace(batch, state=state)
