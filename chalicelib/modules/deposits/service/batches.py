"""Batch files: registering, applying line by line as the counter would, and what is left to somebody (DEP-78 to 81).

Every line is a transaction of its own, in which the batch notes that the line is done: killed and applied again, a
batch goes on where it was. Lines are posted by the very functions of the counter and refused for the same reasons.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Literal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError
from chalicelib.kernel.money import Money, currency
from chalicelib.modules.deposits import events, repository
from chalicelib.modules.deposits.domain.batch import (
    LINES_A_PAGE,
    RETRIED,
    Batch,
    BatchDigest,
    BatchPage,
    BatchState,
    Line,
    LineState,
    Outcome,
    PendingTransaction,
    Totals,
    check_totals,
    counted,
    digest_of,
    finished,
    parsed,
)
from chalicelib.modules.deposits.errors import (
    BatchNotOpen,
    BatchRegisteredBefore,
    DigestMismatch,
    EarlierBatchWaits,
)
from chalicelib.modules.deposits.plans import DepositControl
from chalicelib.modules.deposits.repository import batches as kept
from chalicelib.modules.deposits.service import codes, money
from chalicelib.modules.deposits.tables import BATCH_DIGESTS, BATCH_PAGES, BATCHES, OUTCOMES, PENDING
from chalicelib.platform import attempts, clock
from chalicelib.platform.events import emit
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

MOST_LINES_A_CALL = 500
"""Lines that one request applies; the answer says whether there are more."""
Make = Callable[[], UnitOfWork]


@dataclass(frozen=True, slots=True)
class FileAsked:
    """A file to register, with what its sender says is in it."""

    source: str
    branch: str
    form: Literal["csv", "json"]
    content: str
    currency: str
    expected_count: int
    expected_debits: Decimal
    expected_credits: Decimal
    digest: str = ""
    sequence: int = 0
    reject_pct_limit: Decimal | None = None
    stop_on_limit: bool = False


def register(work: UnitOfWork, asked: FileAsked) -> Batch:
    """Keep a file to be applied (DEP-78).

    Raises MalformedBatch, MalformedBatchLine, BatchTotalsWrong, DigestMismatch, BatchRegisteredBefore.
    """
    code = currency(asked.currency).code
    digest = digest_of(asked.content)
    if asked.digest and asked.digest.lower() != digest:
        raise DigestMismatch("digest")
    known = work.find(BATCH_DIGESTS, digest=digest)
    if known:
        raise BatchRegisteredBefore("content", batch=known.batch_id)
    lines = parsed(asked.content, asked.form, code)
    expected = Totals(
        asked.expected_count,
        Money.of(asked.expected_debits, code).minor,
        Money.of(asked.expected_credits, code).minor,
    )
    check_totals(lines, expected)
    today = business_date(work, asked.branch)
    control: DepositControl = work.config.main("deposits.control", today)
    own = asked.reject_pct_limit
    batch = Batch(
        id=new_id("bat"),
        source=asked.source,
        branch=asked.branch,
        currency=code,
        digest=digest,
        totals=expected,
        reject_pct_limit=control.batch_default_reject_pct if own is None else own,
        stop_on_limit=asked.stop_on_limit,
        registered_by=work.context.actor.id,
        registered_at=clock.now(),
        business_date=today,
        sequence=asked.sequence,
    )
    work.put(BATCH_DIGESTS, BatchDigest(digest, batch.id))
    for number in range(-(-len(lines) // LINES_A_PAGE)):
        page = tuple(lines[number * LINES_A_PAGE : (number + 1) * LINES_A_PAGE])
        work.put(BATCH_PAGES, BatchPage(batch.id, number, page))
    return work.put(BATCHES, batch)


def apply_batch(work: UnitOfWork, batch_id: str) -> Batch:
    """Try the next lines of a batch, each in a transaction of its own; after the last one, debits without funds again.

    Raises UnknownBatch, BatchNotOpen, EarlierBatchWaits.
    """
    batch = kept.batch(work, batch_id)
    if not batch.open:
        raise BatchNotOpen("batch_id", state=batch.state.value)
    for other in kept.found(work):
        if other.open and 0 < other.sequence < batch.sequence:
            raise EarlierBatchWaits("batch_id", batch=other.id, sequence=other.sequence)
    make = partial(_line_work, work)
    for number, line in _lines(work, batch):
        batch = _once(make, batch_id, number, line)
        if not batch.open:
            return batch
    if batch.next_line < batch.totals.count:
        return batch
    for outcome in kept.outcomes(work, batch_id):
        if outcome.state is LineState.REJECTED and outcome.reason == RETRIED and not outcome.retried:
            _again(make, outcome)
    return attempts.run(make, partial(_finish, batch_id=batch_id))


def resend(work: UnitOfWork, pending_id: str) -> tuple[Outcome, money.Receipt]:
    """Post a rejected line today, at the request of somebody who has seen to its reason (DEP-90)."""
    outcome = kept.pending_outcome(work, pending_id)
    batch = kept.batch(work, outcome.batch_id)
    receipt = _post(work, batch, outcome.number, outcome.line)
    entry = receipt.posted.entry.id
    done = replace(outcome, state=LineState.POSTED, entry_id=entry, decided_by=work.context.actor.id)
    return _resolve(work, done), receipt


def discard(work: UnitOfWork, pending_id: str, reason: str) -> Outcome:
    """Decide that a rejected line is never posted (DEP-90)."""
    outcome = kept.pending_outcome(work, pending_id)
    by = work.context.actor.id
    return _resolve(work, replace(outcome, state=LineState.DISCARDED, decided_by=by, remark=reason))


def _line_work(work: UnitOfWork) -> UnitOfWork:
    fresh = work.fresh()
    fresh.context = replace(work.context, channel=codes.BATCH, idempotency_key="", if_match=None)
    return fresh


def _lines(work: UnitOfWork, batch: Batch) -> Iterator[tuple[int, Line]]:
    """(number, line) of the lines that this request tries."""
    last = min(batch.totals.count, batch.next_line + MOST_LINES_A_CALL)
    for number in range(batch.next_line, last):
        page = work.get(BATCH_PAGES, batch_id=batch.id, number=number // LINES_A_PAGE)
        yield number, page.lines[number % LINES_A_PAGE]


def _once(make: Make, batch_id: str, number: int, line: Line) -> Batch:
    try:
        return attempts.run(make, partial(_post_line, batch_id=batch_id, number=number, line=line))
    except BankError as refused:
        _check_refusal(refused)
        reject = partial(_reject_line, batch_id=batch_id, number=number, line=line, reason=refused.code)
        return attempts.run(make, reject)


def _check_refusal(refused: BankError) -> None:
    """A line is rejected for what is wrong with it, not because the bank is busy or broken."""
    if refused.status >= 500 or isinstance(refused, attempts.Busy):
        raise refused


def _post_line(work: UnitOfWork, *, batch_id: str, number: int, line: Line) -> Batch:
    batch = work.get(BATCHES, id=batch_id)
    if batch.next_line > number:
        return batch
    entry = _post(work, batch, number, line).posted.entry.id
    work.put(OUTCOMES, Outcome(batch_id, number, line, LineState.POSTED, entry_id=entry))
    return work.put(BATCHES, counted(batch, LineState.POSTED, number + 1))


def _reject_line(work: UnitOfWork, *, batch_id: str, number: int, line: Line, reason: str) -> Batch:
    batch = work.get(BATCHES, id=batch_id)
    if batch.next_line > number:
        return batch
    work.put(OUTCOMES, Outcome(batch_id, number, line, LineState.REJECTED, reason))
    work.put(PENDING, PendingTransaction(batch_id, number))
    batch = counted(batch, LineState.REJECTED, number + 1)
    if batch.stop_on_limit and batch.over_limit:
        batch = replace(batch, state=BatchState.STOPPED)
        _alert(work, batch)
    return work.put(BATCHES, batch)


def _again(make: Make, outcome: Outcome) -> None:
    try:
        attempts.run(make, partial(_post_again, outcome=outcome))
    except BankError as refused:
        _check_refusal(refused)
        retried = replace(outcome, retried=True, reason=refused.code)
        attempts.run(make, lambda work: work.put(OUTCOMES, retried))


def _post_again(work: UnitOfWork, *, outcome: Outcome) -> None:
    batch = work.get(BATCHES, id=outcome.batch_id)
    entry = _post(work, batch, outcome.number, outcome.line).posted.entry.id
    _resolve(work, replace(outcome, state=LineState.POSTED, entry_id=entry, retried=True))
    work.put(BATCHES, replace(batch, posted=batch.posted + 1, rejected=batch.rejected - 1))


def _finish(work: UnitOfWork, *, batch_id: str) -> Batch:
    batch = work.get(BATCHES, id=batch_id)
    if not batch.open:
        return batch
    done = finished(batch)
    if done.state is BatchState.APPLIED_WITH_ALERT:
        _alert(work, done)
    return work.put(BATCHES, done)


def _alert(work: UnitOfWork, batch: Batch) -> None:
    emit(
        work,
        events.BATCH_OVER_LIMIT,
        {
            "batch_id": batch.id,
            "source": batch.source,
            "rejected": batch.rejected,
            "lines": batch.totals.count,
            "limit_pct": f"{batch.reject_pct_limit:f}",
        },
    )


def _resolve(work: UnitOfWork, outcome: Outcome) -> Outcome:
    pending = work.find(PENDING, batch_id=outcome.batch_id, number=outcome.number)
    if pending:
        work.delete(PENDING, pending)
    return work.put(OUTCOMES, outcome)


def _post(work: UnitOfWork, batch: Batch, number: int, line: Line) -> money.Receipt:
    """Post a line as the counter would post it, by the batch's channel."""
    account = repository.account_numbered(work, line.account, "account")
    asked = money.Instruction(
        account.id,
        Money(line.minor, batch.currency),
        line.narrative,
        line.code,
        batch.branch,
        channel=codes.BATCH,
        source_ref=f"{batch.id}-{number}",
        derived_from=(work.tenant, "batch", batch.id, number),
    )
    return money.deposit(work, asked) if line.side == "credit" else money.withdraw(work, asked)
