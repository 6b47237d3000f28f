"""A statement that was issued for a cycle."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class IssuedStatement:
    """An account's statement of the days ``first`` to ``last``, kept as a file under ``key``."""

    account_id: str
    first: date
    last: date
    language: str
    filename: str
    content_type: str
    key: str
    made_at: datetime
    version: int = 0
