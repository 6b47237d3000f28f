"""The reports of accounting: columns, filters and rows, for the screen, CSV, spreadsheet and PDF."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.modules.accounting import permissions
from chalicelib.modules.accounting.reports import movements
from chalicelib.modules.accounting.reports.balances import AccountQuery
from chalicelib.modules.accounting.reports.exceptions import ExceptionQuery, breaches, matching
from chalicelib.modules.accounting.reports.filters import (
    ACCOUNT,
    BRANCH,
    CURRENCY,
    amounts,
    columns,
    short_text,
)
from chalicelib.modules.accounting.reports.journal import journal_lines
from chalicelib.modules.accounting.reports.trial_balance import LedgerQuery, trial_balance_of
from chalicelib.modules.accounting.repository.branches import Cover
from chalicelib.platform import wording
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.reports import Occasion, Report, register_report
from chalicelib.platform.work import UnitOfWork


class BranchAndDate(Payload):
    """A branch (all if blank) and a date (today's business date if blank)."""

    branch: str | None = BRANCH
    on: date | None = None


class TrialBalanceFilters(BranchAndDate):
    """As the trial balance of the API; ``region`` sums its branches."""

    since: date | None = None
    level: int | None = Field(None, ge=1, le=9)
    currency: str | None = CURRENCY
    region: str = Field("", max_length=40)
    eliminate_interbranch: bool = False


class MovementFilters(Payload):
    """An account between two dates."""

    account: str = ACCOUNT
    since: date
    until: date
    branch: str | None = BRANCH
    currency: str | None = CURRENCY


class ExceptionFilters(Payload):
    """Open exceptions, or all, of a branch or of every one."""

    state: Literal["open", "cleared", "all"] = "open"
    branch: str | None = BRANCH
    since: date | None = None
    until: date | None = None


def trial_balance_rows(work: UnitOfWork, filters: TrialBalanceFilters) -> Iterator[dict[str, Any]]:
    """The lines of the trial balance and, as the last one, its total: lines of higher levels are sums themselves."""
    query = LedgerQuery(
        Cover(filters.branch or "", filters.region),
        filters.on,
        filters.since,
        filters.currency or "",
        filters.level,
        filters.eliminate_interbranch,
    )
    found = trial_balance_of(work, query)
    code = found.balance.currency
    for line in found.balance.lines:
        account = found.chart.find(line.code)
        name = name_in(account.names, work.context.language) if account else line.code
        yield {"code": line.code, "name": name, "level": line.level, **amounts(line.row, code)}
    total = wording.say(work, "reports.trial_balance.total")
    yield {"code": "", "name": total, "level": None, **amounts(found.balance.total, code)}


def journal_rows(work: UnitOfWork, filters: BranchAndDate) -> Iterator[dict[str, Any]]:
    """Every leg of a day's journal in the order of posting."""
    for line in journal_lines(work, Cover(filters.branch or ""), filters.on):
        record, leg = line.record, line.leg
        money = Money(leg.minor, leg.currency)
        yield {
            "branch": record.branch,
            "posted_at": record.posted_at,
            "entry_id": record.id,
            "code": record.code,
            "account": leg.ledger_account,
            "role": leg.role,
            "product": leg.product,
            "debit": money if leg.debit_minor > 0 else None,
            "credit": money if leg.debit_minor < 0 else None,
            "narrative": record.narrative,
            "text": short_text(work, record),
            "actor": record.actor,
            "value_date": record.value_date,
        }


def movement_rows(work: UnitOfWork, filters: MovementFilters) -> Iterator[dict[str, Any]]:
    """The opening balance, the lines, and the balance after each."""
    asked = AccountQuery(filters.account, Cover(filters.branch or ""), filters.currency or "")
    found = movements.movements(work, asked, filters.since, filters.until, None)
    code = found.currency
    opening = wording.say(work, "reports.account_movements.opening")
    yield {
        "business_date": found.first,
        "narrative": opening,
        "debit": None,
        "credit": None,
        "balance": Money(found.total.opening, code),
    }
    for line in found.lines:
        money = Money(abs(line.minor), code)
        yield {
            "business_date": line.business_date,
            "branch": line.branch,
            "entry_id": line.entry_id,
            "code": line.code,
            "narrative": line.narrative,
            "debit": money if line.minor > 0 else None,
            "credit": money if line.minor < 0 else None,
            "balance": Money(line.balance, code),
        }


def exception_rows(work: UnitOfWork, filters: ExceptionFilters) -> Iterator[dict[str, Any]]:
    """Postings in suspense, newest first."""
    state = "" if filters.state == "all" else filters.state
    query = ExceptionQuery(state, filters.branch or "", "", filters.since, filters.until)
    for found in matching(work, query):
        yield {
            "business_date": found.business_date,
            "branch": found.branch,
            "code": found.code,
            "role": found.role,
            "product": found.product,
            "reason": wording.say(work, f"accounting.exception_reasons.{found.reason}"),
            "side": wording.say(work, f"accounting.sides.{found.side.value}"),
            "amount": Money(found.minor, found.currency),
            "suspense_account": found.suspense_account,
            "entry_id": found.entry_id,
            "state": wording.say(work, f"accounting.exception_states.{found.state.value}"),
        }


def account_exception_rows(work: UnitOfWork, filters: BranchAndDate) -> Iterator[dict[str, Any]]:
    """Accounts beyond their attributes on a date."""
    on, found = breaches(work, Cover(filters.branch or ""), filters.on)
    for each in found:
        limit = each.breach.limit
        yield {
            "date": on,
            "branch": each.branch,
            "account": each.breach.account,
            "kind": wording.say(work, f"accounting.breach_kinds.{each.breach.kind}"),
            "amount": each.breach.amount,
            "limit": f"{limit:f}" if limit is not None else "",
        }


def _branch_and_date(occasion: Occasion) -> dict[str, Any]:
    """A branch, or all, on the date that closed."""
    return {"branch": occasion.branch or None, "on": occasion.business_date}


TRIAL_BALANCE = Report(
    code="trial_balance",
    permission=permissions.READ_LEDGER,
    columns=columns(
        code="text",
        name="text",
        level="integer",
        opening="money",
        debits="money",
        credits="money",
        closing="money",
    ),
    filters=TrialBalanceFilters,
    rows=trial_balance_rows,
    scheduled=_branch_and_date,
)
JOURNAL_OF_DAY = Report(
    code="journal_of_day",
    permission=permissions.READ_LEDGER,
    columns=columns(
        branch="text",
        posted_at="instant",
        entry_id="text",
        code="text",
        account="text",
        role="text",
        product="text",
        debit="money",
        credit="money",
        text="text",
        narrative="text",
        actor="text",
        value_date="date",
    ),
    filters=BranchAndDate,
    rows=journal_rows,
    scheduled=_branch_and_date,
    totals=("debit", "credit"),
)
ACCOUNT_MOVEMENTS = Report(
    code="account_movements",
    permission=permissions.READ_LEDGER,
    columns=columns(
        business_date="date",
        branch="text",
        entry_id="text",
        code="text",
        narrative="text",
        debit="money",
        credit="money",
        balance="money",
    ),
    filters=MovementFilters,
    rows=movement_rows,
    totals=("debit", "credit"),
)
POSTING_EXCEPTIONS = Report(
    code="posting_exceptions",
    permission=permissions.READ_EXCEPTIONS,
    columns=columns(
        business_date="date",
        branch="text",
        code="text",
        role="text",
        product="text",
        reason="text",
        side="text",
        amount="money",
        suspense_account="text",
        entry_id="text",
        state="text",
    ),
    filters=ExceptionFilters,
    rows=exception_rows,
    scheduled=lambda occasion: {"branch": occasion.branch or None},
    totals=("amount",),
)
ACCOUNT_EXCEPTIONS = Report(
    code="account_exceptions",
    permission=permissions.READ_EXCEPTIONS,
    columns=columns(date="date", branch="text", account="text", kind="text", amount="money", limit="text"),
    filters=BranchAndDate,
    rows=account_exception_rows,
    scheduled=_branch_and_date,
)


for report in (TRIAL_BALANCE, JOURNAL_OF_DAY, ACCOUNT_MOVEMENTS, POSTING_EXCEPTIONS, ACCOUNT_EXCEPTIONS):
    register_report(report)
