"""A branch's accounting month: open, soft-closed, closed; reopened only with a second person's approval (ACC-79)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.domain.voucher import Signature
from chalicelib.modules.accounting.errors import AuthorCannotAuthorise, PeriodNotOver, PeriodStateForbids


class PeriodState(StrEnum):
    """Life of a period. In a soft-closed one only those with a permission of their own still post."""

    OPEN = "open"
    SOFT_CLOSED = "soft_closed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Period:
    """A month of a branch. ``asked`` is who wants it reopened, with ``asked_reason``, until somebody decides."""

    branch: str
    month: str
    state: PeriodState = PeriodState.OPEN
    changed: Signature | None = None
    reason: str = ""
    asked: Signature | None = None
    asked_reason: str = ""
    version: int = 0


def month_of(day: date) -> str:
    """``2026-06``: the month a date belongs to."""
    return f"{day:%Y-%m}"


def last_day(month: str) -> date:
    """The last calendar day of a month."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


def closed(
    period: Period, final: bool, last_closed: date | None, business_date: date, by: Signature, reason: str
) -> Period:
    """The period closed, finally or softly.

    Raises PeriodNotOver while the branch stands in the month or its last business date is not in the ledger yet, and
    PeriodStateForbids where there is nothing to close.
    """
    following = business_date > last_day(period.month)
    if not following or last_closed is None or month_of(last_closed) < period.month:
        raise PeriodNotOver("month", month=period.month)
    state = PeriodState.CLOSED if final else PeriodState.SOFT_CLOSED
    if period.state is PeriodState.CLOSED or period.state is state:
        raise PeriodStateForbids("month", state=period.state.value)
    return replace(period, state=state, changed=by, reason=reason, asked=None, asked_reason="")


def reopening_asked(period: Period, by: Signature, reason: str) -> Period:
    """The wish to reopen, put on record. Raises PeriodStateForbids."""
    if period.state is PeriodState.OPEN or period.asked is not None:
        raise PeriodStateForbids("month", state="reopening" if period.asked else period.state.value)
    return replace(period, asked=by, asked_reason=reason)


def reopening_decided(period: Period, approve: bool, by: Signature, reason: str) -> Period:
    """A second person's answer. Raises PeriodStateForbids, AuthorCannotAuthorise."""
    if period.asked is None:
        raise PeriodStateForbids("month", state=period.state.value)
    if period.asked.id == by.id:
        raise AuthorCannotAuthorise("month")
    if not approve:
        return replace(period, asked=None, asked_reason="")
    return replace(
        period,
        state=PeriodState.OPEN,
        changed=by,
        reason=f"{period.asked_reason} / {reason}" if reason else period.asked_reason,
        asked=None,
        asked_reason="",
    )
