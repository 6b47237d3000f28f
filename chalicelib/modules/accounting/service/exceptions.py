"""Posting exceptions: what waits in suspense, and moving it where it belongs (GEN-52, ACC-35, ACC-64)."""

from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Leg
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting import events, postings
from chalicelib.modules.accounting.errors import (
    LedgerRuleMissing,
    PostingExceptionCleared,
    UnknownPostingException,
)
from chalicelib.modules.accounting.reports.exceptions import ExceptionQuery, matching
from chalicelib.modules.accounting.repository.branches import sees
from chalicelib.modules.accounting.repository.journal import cursor_at, is_id, place_of_cursor
from chalicelib.modules.accounting.service.entries import Source, source_of
from chalicelib.modules.accounting.service.ledger_rule import target
from chalicelib.platform.events import emit
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.posting.exceptions import EXCEPTIONS, ExceptionState, PostingException
from chalicelib.platform.posting.records import JOURNAL, place_of
from chalicelib.platform.work import UnitOfWork

LIST = "posting-exceptions"


@dataclass(frozen=True, slots=True)
class ExceptionPage:
    """Some exceptions, each with what its entry came from, and where the list goes on."""

    items: list[tuple[PostingException, Source | None]]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Reposted:
    """A cleared exception, the entry that cleared it and the account that the amount went to."""

    exception: PostingException
    entry_id: str
    account: str


def posting_exception(work: UnitOfWork, exception_id: str) -> PostingException:
    """The exception with this id, within the caller's branches. Raises UnknownPostingException."""
    found = work.find(EXCEPTIONS, id=exception_id) if is_id(exception_id, "pex") else None
    if found is None or not sees(work, found.branch):
        raise UnknownPostingException("id")
    return found


def listed(work: UnitOfWork, query: ExceptionQuery, limit: int, cursor: str | None) -> ExceptionPage:
    """A page of the exceptions asked for, newest first."""
    after = place_of_cursor(cursor, LIST) if cursor else ""
    found = [each for each in matching(work, query) if not after or _place(each) < after]
    page = found[:limit]
    sources = [(each, source_of_exception(work, each)) for each in _with_records(work, page)]
    more = len(found) > limit
    return ExceptionPage(sources, cursor_at(LIST, _place(page[-1])) if more else None)


def source_of_exception(work: UnitOfWork, found: PostingException) -> Source | None:
    """What the exception's entry came from, where that can be read."""
    records = [work.find(JOURNAL, **key) for key in _records_of(found)]
    return source_of([record for record in records if record])


def repost(work: UnitOfWork, exception_id: str) -> Reposted:
    """Move an amount out of suspense to the account that its role means now.

    Raises PostingExceptionCleared, LedgerRuleMissing.
    """
    found = posting_exception(work, exception_id)
    if found.state is ExceptionState.CLEARED:
        raise PostingExceptionCleared("id", by=found.cleared_by)
    today = business_date(work, found.branch)
    account = account_now(work, found, today)
    legs = postings.reposting_legs(
        found.branch,
        found.side,
        Money(found.minor, found.currency),
        found.role,
        found.product,
        found.suspense_account,
    )
    entry = posting.draft(
        work,
        postings.REPOSTING,
        found.branch,
        legs,
        source_ref=found.id,
        derived_from=(work.tenant, postings.REPOSTING, found.id),
    )
    posted = posting.post(work, entry)
    cleared = replace(found, state=ExceptionState.CLEARED, cleared_by=posted.entry.id)
    work.put(EXCEPTIONS, cleared)
    emit(work, events.EXCEPTION_CLEARED, {"exception_id": found.id, "entry_id": posted.entry.id})
    return Reposted(replace(cleared, version=cleared.version + 1), posted.entry.id, account)


def account_now(work: UnitOfWork, found: PostingException, today: date) -> str:
    """The account that the exception's role means today. Raises LedgerRuleMissing."""
    leg = Leg(found.branch, found.side, Money(found.minor, found.currency), found.role, product=found.product)
    account, reason = target(work.config, leg, today)
    if reason is not None:
        raise LedgerRuleMissing("id", role=found.role, reason=reason.value)
    return account


def _with_records(work: UnitOfWork, page: list[PostingException]) -> list[PostingException]:
    """The same exceptions, with the journal records that name their sources read ahead."""
    keys = [key for each in page for key in _records_of(each)]
    for start in range(0, len(keys), 100):
        work.load([(JOURNAL, key) for key in keys[start : start + 100]])
    return page


def _records_of(found: PostingException) -> list[dict[str, Any]]:
    """Where the entry's first record lies, and the one of the exception's own branch."""
    place = place_of(found.entry_id)
    places = {(place.branch, place.business_date), (found.branch, found.business_date)}
    return [
        {"id": found.entry_id, "branch": branch, "business_date": day, "shard": place.shard}
        for branch, day in sorted(places)
    ]


def _place(found: PostingException) -> str:
    return f"{found.business_date}#{found.at.isoformat()}#{found.id}"
