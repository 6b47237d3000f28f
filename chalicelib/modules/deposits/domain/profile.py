"""What is said about an account beside its terms, and the trail of what was changed in it (DEP-112, DEP-113)."""

from collections.abc import Iterator
from datetime import date, datetime
from json import dumps
from typing import Any, NamedTuple

from chalicelib.kernel.dataclass import dataclass

MOST_MARKETING_CODES = 5
ENTITY = "deposit_account"
"""What the cooperative's own fields of accounts are declared for."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The holder's own name for the account, its officer (oficial de cuenta) and up to five marketing codes."""

    alias: str = ""
    officer: str = ""
    marketing_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MaintainedField:
    """One field that somebody changed, as text before and after; it leaves the trail of the account at ``expires_at``.

    The audit trail of the cooperative keeps it for good.
    """

    account_id: str
    id: str
    field: str
    before: str
    after: str
    by: str
    by_name: str
    approver: str
    channel: str
    business_date: date
    at: datetime
    expires_at: int
    version: int = 0


class FieldChange(NamedTuple):
    """A field's name, its text before and its text after."""

    field: str
    before: str
    after: str


def changed_fields(before: dict[str, Any], after: dict[str, Any]) -> Iterator[FieldChange]:
    """The fields that differ, those within others by their path (``overrides.statement_cycle``), by name."""
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if isinstance(old or new, dict):
            inner = changed_fields(old or {}, new or {})
            yield from (FieldChange(f"{name}.{row.field}", row.before, row.after) for row in inner)
        elif old != new:
            yield FieldChange(name, _text(old), _text(new))


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return dumps(value, ensure_ascii=False, default=str)
