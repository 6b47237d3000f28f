"""The archived history of an account as a report: on screen, as CSV, XLSX or PDF (DEP-83)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.modules.deposits import permissions, repository
from chalicelib.modules.deposits.plans import TransactionCode
from chalicelib.modules.deposits.repository import histories
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.reports import Column, Report
from chalicelib.platform.wording import say
from chalicelib.platform.work import UnitOfWork


class ArchiveFilter(Payload):
    """Whose archived movements, by the account's number, of which dates, both included (all where none is named)."""

    account: str = Field(min_length=1, max_length=40)
    first: date | None = None
    last: date | None = None


def archived_movements(work: UnitOfWork, filters: ArchiveFilter) -> Iterator[dict[str, Any]]:
    """The movements of an account that are in the archive. Raises UnknownDepositAccount."""
    account = repository.account_numbered(work, filters.account, "filters.account")
    last = filters.last or date.max
    names: dict[str, str] = {}
    for row in histories.archived(work, account, filters.first or date.min, last):
        money = Money(abs(row.minor), row.currency)
        if row.code not in names:
            names[row.code] = _name(work, row.code, row.business_date)
        yield {
            "date": row.business_date,
            "value_date": row.value_date,
            "description": names[row.code],
            "narrative": row.narrative,
            "reference": row.entry_id,
            "channel": say(work, f"channels.{row.channel}"),
            "branch": row.branch,
            "debit": money if row.minor < 0 else None,
            "credit": money if row.minor > 0 else None,
            "balance": Money(row.balance_minor, row.currency),
        }


def _name(work: UnitOfWork, code: str, on: date) -> str:
    found: TransactionCode | None = work.config.find("deposits.transaction_code", code, on)
    return name_in(found.names, work.context.language) if found else code


ARCHIVE = Report(
    code="deposit_archive",
    permission=permissions.READ_ARCHIVE,
    columns=[
        Column("date", "date"),
        Column("value_date", "date"),
        Column("description"),
        Column("narrative"),
        Column("reference"),
        Column("channel"),
        Column("branch"),
        Column("debit", "money"),
        Column("credit", "money"),
        Column("balance", "money"),
    ],
    rows=archived_movements,
    filters=ArchiveFilter,
    totals=("debit", "credit"),
)
