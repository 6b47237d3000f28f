"""Postings whose ledger account could not be found: money is in suspense until the rule exists (GEN-52)."""

from datetime import date, datetime
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Side
from chalicelib.platform.storage.collection import Collection


class ExceptionState(StrEnum):
    """Life of an exception."""

    OPEN = "open"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class PostingException:
    """A leg that went to suspense, with what is needed to post it where it belongs."""

    id: str
    entry_id: str
    branch: str
    business_date: date
    role: str
    product: str
    side: Side
    minor: int
    currency: str
    suspense_account: str
    reason: str
    code: str
    at: datetime
    state: ExceptionState = ExceptionState.OPEN
    cleared_by: str = ""
    version: int = 0


EXCEPTIONS = Collection(
    PostingException, table="core", partition="posting-exceptions", sort="{id}", audited=True
)
