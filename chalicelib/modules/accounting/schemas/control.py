"""Exceptions and accounting months on the wire."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from chalicelib.kernel.entry import Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.period import Period, PeriodState
from chalicelib.modules.accounting.domain.refusal import Refusal
from chalicelib.modules.accounting.reports.exceptions import BranchBreach, ExceptionQuery
from chalicelib.modules.accounting.schemas.entries import SourceView
from chalicelib.modules.accounting.schemas.fields import BranchCode, CoverQuery
from chalicelib.modules.accounting.schemas.vouchers import SignatureView
from chalicelib.modules.accounting.service.entries import Source
from chalicelib.modules.accounting.service.exceptions import ExceptionPage, Reposted
from chalicelib.platform.http.payload import Amount, Payload, View
from chalicelib.platform.posting.exceptions import PostingException


class ExceptionsQuery(Payload):
    """Which posting exceptions; open ones unless another state is asked for."""

    state: Literal["open", "cleared", "all"] = "open"
    branch: BranchCode | None = None
    reason: Literal["no_rule", "inactive_account", "unknown_account"] | None = None
    from_date: date | None = Field(None, alias="from")
    to_date: date | None = Field(None, alias="to")
    limit: int = Field(100, ge=1, le=200)
    cursor: str | None = None

    def asked(self) -> ExceptionQuery:
        state = "" if self.state == "all" else self.state
        return ExceptionQuery(state, self.branch or "", self.reason or "", self.from_date, self.to_date)


class PostingExceptionView(View):
    """A leg in suspense with all that is needed to see why: source, event, role, entry, amount and reason."""

    id: str
    business_date: date
    at: datetime
    branch: str
    module: str
    event: str
    role: str
    product: str
    side: Side
    amount: Amount
    suspense_account: str
    reason: str
    state: str
    entry_id: str
    cleared_by: str
    source: SourceView | None
    version: int

    @classmethod
    def of(cls, found: PostingException, source: Source | None) -> "PostingExceptionView":
        return cls(
            id=found.id,
            business_date=found.business_date,
            at=found.at,
            branch=found.branch,
            module=source.module if source else "",
            event=found.code,
            role=found.role,
            product=found.product,
            side=found.side,
            amount=Money(found.minor, found.currency),
            suspense_account=found.suspense_account,
            reason=found.reason,
            state=found.state.value,
            entry_id=found.entry_id,
            cleared_by=found.cleared_by,
            source=SourceView.model_validate(source) if source else None,
            version=found.version,
        )


class ExceptionList(View):
    """Posting exceptions, newest first."""

    items: list[PostingExceptionView]
    next_cursor: str | None = None

    @classmethod
    def of(cls, page: ExceptionPage) -> "ExceptionList":
        return cls(
            items=[PostingExceptionView.of(*each) for each in page.items], next_cursor=page.next_cursor
        )


class RepostingView(View):
    """A cleared exception, the entry that cleared it and the account the amount went to."""

    id: str
    state: str
    entry_id: str
    account: str
    amount: Amount
    version: int

    @classmethod
    def of(cls, done: Reposted) -> "RepostingView":
        found = done.exception
        return cls(
            id=found.id,
            state=found.state.value,
            entry_id=done.entry_id,
            account=done.account,
            amount=Money(found.minor, found.currency),
            version=found.version,
        )


class RefusalsQuery(Payload):
    """What one date's close could not make; of all dates if blank."""

    on: date | None = Field(None, alias="date")


class RefusalView(View):
    """A voucher that the close was to make, from which parameter set, and the problem that refused it."""

    business_date: date
    branch: str
    narrative: str
    origin: str
    problem: str
    title: str

    @classmethod
    def of(cls, found: Refusal, title: str) -> "RefusalView":
        return cls(
            business_date=found.business_date,
            branch=found.branch,
            narrative=found.narrative,
            origin=found.origin,
            problem=found.problem,
            title=title,
        )


class RefusalList(View):
    """Refused vouchers of closes, newest first."""

    items: list[RefusalView]
    next_cursor: str | None = None


class BreachesQuery(CoverQuery):
    """Account exceptions of a date."""

    on: date | None = Field(None, alias="date")


class BreachView(View):
    """An account beyond one of its attributes; the balance is taken on its normal side."""

    branch: str
    account: str
    kind: str
    amount: Amount
    limit: str | None

    @classmethod
    def of(cls, found: BranchBreach) -> "BreachView":
        limit = found.breach.limit
        return cls(
            branch=found.branch,
            account=found.breach.account,
            kind=found.breach.kind,
            amount=found.breach.amount,
            limit=f"{limit:f}" if limit is not None else None,
        )


class BreachList(View):
    """Account exceptions of a date."""

    date: date
    items: list[BreachView]
    next_cursor: str | None = None


class PeriodsQuery(Payload):
    """A branch's year."""

    branch: BranchCode
    year: int = Field(ge=1970, le=9998)


class ClosePeriod(Payload):
    """Close a month softly, or for good."""

    state: Literal["soft_closed", "closed"]
    reason: str = Field("", max_length=200)


class AskReopening(Payload):
    """Why a month must be reopened."""

    reason: str = Field(min_length=3, max_length=200)


class PeriodView(View):
    """A branch's accounting month, and who wants it reopened."""

    branch: str
    month: str
    state: PeriodState
    changed: SignatureView | None
    reason: str
    asked: SignatureView | None
    asked_reason: str
    version: int

    @classmethod
    def of(cls, period: Period) -> "PeriodView":
        return cls.model_validate(period)


class PeriodList(View):
    """The months of a year."""

    items: list[PeriodView]
    next_cursor: str | None = None
