"""The register of reports that modules declare."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from chalicelib.kernel.errors import InvariantError, NotFound
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.work import UnitOfWork

Kind = Literal["text", "money", "date", "instant", "integer", "percent", "boolean"]


class UnknownReport(NotFound):
    """No report has this code, or not for the caller's cooperative."""

    code = "unknown_report"


class NoFilters(Payload):
    """A report that is asked for nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``key`` is its name in the rows; its label is the text ``reports.<code>.columns.<key>``.

    Values: ``money`` Money, ``date`` date, ``instant`` datetime, ``integer`` int, ``percent`` Decimal, ``boolean``
    bool, ``text`` str; None is an empty cell.
    """

    key: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Report:
    """A report: who may run it, what it is asked for, its columns, its rows, and which columns are summed.

    ``rows(work, filters)`` gives dicts by column key. Texts: ``reports.<code>.title``, ``….columns.<key>``,
    ``….filters.<name>``.
    """

    code: str
    permission: str
    columns: list[Column]
    rows: Callable[[UnitOfWork, Any], Iterable[dict[str, Any]]]
    filters: type[BaseModel] = NoFilters
    totals: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """The module whose report it is: the first part of its permission."""
        return self.permission.partition(".")[0]


_REPORTS: dict[str, Report] = {}


def register_report(report: Report) -> None:
    """Declare a report. Declaring another one with the same code is a broken invariant."""
    known = _REPORTS.get(report.code)
    if known and known.rows is not report.rows:
        raise InvariantError(f"report declared twice: {report.code}")
    missing = set(report.totals) - {column.key for column in report.columns}
    if missing:
        raise InvariantError(f"{report.code} sums columns it has not: {', '.join(sorted(missing))}")
    _REPORTS[report.code] = report


def report_named(code: str) -> Report:
    """The report with this code. Raises UnknownReport."""
    try:
        return _REPORTS[code]
    except KeyError:
        raise UnknownReport("code", report=code) from None


def all_reports() -> Iterator[Report]:
    """Every report in the order of its code."""
    return iter(sorted(_REPORTS.values(), key=lambda report: report.code))
