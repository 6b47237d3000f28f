"""What the reports of accounting share: filters by reference, columns, amounts of a row, short texts."""

from typing import Any

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.modules.accounting.domain.sheet import Row
from chalicelib.modules.accounting.plans import EntryText
from chalicelib.modules.accounting.repository.chart import ENTRY_TEXT
from chalicelib.platform.posting.records import JournalRecord
from chalicelib.platform.reports import Column
from chalicelib.platform.work import UnitOfWork

_ACCOUNT: dict[str, Any] = {
    "pattern": r"^[0-9]{1,20}$",
    "json_schema_extra": {"ref": "accounting.account"},
}
BRANCH: Any = Field(None, pattern=r"^[1-9][0-9]{0,4}$", json_schema_extra={"ref": "administration.branch"})
ACCOUNT: Any = Field(**_ACCOUNT)
ACCOUNT_IF_ANY: Any = Field(None, **_ACCOUNT)
CURRENCY: Any = Field(None, pattern=r"^[A-Z]{3}$")


def amounts(row: Row, currency: str) -> dict[str, Money]:
    """A row's four amounts by column."""
    return {
        "opening": Money(row.opening, currency),
        "debits": Money(row.debit, currency),
        "credits": Money(row.credit, currency),
        "closing": Money(row.closing, currency),
    }


def columns(**kinds: Any) -> list[Column]:
    """Columns by key and kind."""
    return [Column(key, kind) for key, kind in kinds.items()]


def short_text(work: UnitOfWork, record: JournalRecord) -> str:
    """What an entry's code is called in the caller's language (ACC-15); the code itself where nobody named it."""
    found: EntryText | None = work.config.find(ENTRY_TEXT, record.code, record.business_date)
    return name_in(found.texts, work.context.language) if found else record.code
