"""What the routes of batch files and of their rejected lines take and answer."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.batch import Batch, Outcome
from chalicelib.modules.deposits.service.batches import FileAsked
from chalicelib.platform.http.payload import Amount, Payload, View

LONGEST_FILE = 2_000_000


class RegisterBatch(Payload):
    """A file of debits and credits, and what its sender says is in it.

    Lines have ``account`` (its number), ``side`` (debit or credit) and ``amount``, and may have ``code`` and
    ``narrative``; in CSV these are the columns. ``digest`` is the file's SHA-256.
    """

    source: str = Field(min_length=1, max_length=60)
    branch: str = Field(pattern=r"^[1-9][0-9]{0,4}$")
    format: Literal["csv", "json"]
    content: str = Field(min_length=1, max_length=LONGEST_FILE)
    expected_count: int = Field(ge=1)
    expected_debits: Amount
    expected_credits: Amount
    digest: str = Field("", pattern=r"^([0-9a-fA-F]{64})?$")
    sequence: int = Field(0, ge=0, le=9999)
    reject_pct_limit: str | None = Field(None, pattern=r"^([0-9]{1,2}(\.[0-9]{1,6})?|100)$")
    stop_on_limit: bool = False

    def asked(self) -> FileAsked:
        """What the service takes."""
        return FileAsked(
            source=self.source,
            branch=self.branch,
            form=self.format,
            content=self.content,
            currency=self.expected_debits.currency,
            expected_count=self.expected_count,
            expected_debits=self.expected_debits.decimal,
            expected_credits=self.expected_credits.decimal,
            digest=self.digest,
            sequence=self.sequence,
            reject_pct_limit=None if self.reject_pct_limit is None else Decimal(self.reject_pct_limit),
            stop_on_limit=self.stop_on_limit,
        )


class BatchView(View):
    """A batch and how far it is applied."""

    id: str
    source: str
    branch: str
    state: str
    digest: str
    sequence: int
    count: int
    debits: Amount
    credits: Amount
    tried: int
    posted: int
    rejected: int
    reject_pct: Decimal
    reject_pct_limit: Decimal
    business_date: date
    registered_by: str
    registered_at: datetime

    @staticmethod
    def of(batch: Batch) -> "BatchView":
        """The view of a batch."""
        totals = batch.totals
        return BatchView(
            id=batch.id,
            source=batch.source,
            branch=batch.branch,
            state=batch.state.value,
            digest=batch.digest,
            sequence=batch.sequence,
            count=totals.count,
            debits=Money(totals.debits_minor, batch.currency),
            credits=Money(totals.credits_minor, batch.currency),
            tried=batch.next_line,
            posted=batch.posted,
            rejected=batch.rejected,
            reject_pct=round(batch.reject_pct, 2),
            reject_pct_limit=batch.reject_pct_limit,
            business_date=batch.business_date,
            registered_by=batch.registered_by,
            registered_at=batch.registered_at,
        )


class BatchList(View):
    """Batches, the latest first."""

    items: list[BatchView]


class LineView(View):
    """What became of a line; ``reason`` is the code of what refused it, as the counter would have said."""

    id: str
    batch_id: str
    line: int
    account: str
    side: str
    code: str
    amount: Amount
    narrative: str
    state: str
    reason: str
    retried: bool
    entry_id: str
    decided_by: str
    remark: str

    @staticmethod
    def of(outcome: Outcome, currency: str) -> "LineView":
        """The view of a line; lines are counted from one."""
        line = outcome.line
        return LineView(
            id=outcome.id,
            batch_id=outcome.batch_id,
            line=outcome.number + 1,
            account=line.account,
            side=line.side,
            code=line.code,
            amount=Money(line.minor, currency),
            narrative=line.narrative,
            state=outcome.state.value,
            reason=outcome.reason,
            retried=outcome.retried,
            entry_id=outcome.entry_id,
            decided_by=outcome.decided_by,
            remark=outcome.remark,
        )


class LineList(View):
    """Lines of batches."""

    items: list[LineView]
