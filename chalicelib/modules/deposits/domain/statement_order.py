"""The order in which a statement shows the lines of a day: by their codes, then by time (DEP-72)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol, TypeVar

from chalicelib.modules.deposits.domain.status import CODE
from chalicelib.modules.deposits.domain.terms import Parameters
from chalicelib.modules.deposits.plans import TransactionCode

LAST = 999


class Line(Protocol):
    """What the order depends on."""

    @property
    def business_date(self) -> date: ...
    @property
    def code(self) -> str: ...
    @property
    def posted_at(self) -> datetime: ...
    @property
    def sequence(self) -> int: ...


L = TypeVar("L", bound=Line)


def in_statement_order(parameters: Parameters, lines: Iterable[L]) -> list[L]:
    """Lines by business date, then by the order that each code had on its date, then by time."""

    def place(line: L) -> tuple[date, int, datetime, int]:
        code: TransactionCode | None = parameters.find(CODE, line.code, line.business_date)
        order = code.statement_order if code else LAST
        return line.business_date, order, line.posted_at, line.sequence

    return sorted(lines, key=place)
