"""The register of reports that modules declare."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid, InvariantError, NotFound
from chalicelib.platform import declared
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.kinds_declared import REPORT_SCHEDULE, ReportSchedule
from chalicelib.platform.parameters import kinds
from chalicelib.platform.work import UnitOfWork

Kind = Literal["text", "money", "date", "instant", "integer", "percent", "boolean"]


class UnknownReport(NotFound):
    """No report has this code, or not for the caller's cooperative."""

    code = "unknown_report"


class ReportNotSchedulable(Invalid):
    """No report has this code, or it is only made when somebody asks for it."""

    code = "report_not_schedulable"


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
class Occasion:
    """What a scheduled report is made for: a branch (blank: all of them), the date that closed, the cycle that ended.

    ``first`` and ``last`` are the days of that cycle, both included.
    """

    branch: str
    business_date: date
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Report:
    """A report: who may run it, what it is asked for, its columns, its rows, and which columns are summed.

    ``rows(work, filters)`` gives dicts by column key, its words in the language of ``work``. ``scheduled(occasion)``
    says what it is asked for when the end of day makes it; without it, only people ask for it. Texts:
    ``reports.<code>.title``, ``….columns.<key>``, ``….filters.<name>``.
    """

    code: str
    permission: str
    columns: list[Column]
    rows: Callable[[UnitOfWork, Any], Iterable[dict[str, Any]]]
    filters: type[BaseModel] = NoFilters
    totals: tuple[str, ...] = ()
    scheduled: Callable[[Occasion], dict[str, Any]] | None = None

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
    report = _find(code)
    if report is None:
        raise UnknownReport("code", report=code)
    return report


def _find(code: str) -> Report | None:
    if code not in _REPORTS:
        declared.load("reports")
    return _REPORTS.get(code)


def all_reports() -> Iterator[Report]:
    """Every report in the order of its code."""
    declared.load("reports")
    return iter(sorted(_REPORTS.values(), key=lambda report: report.code))


def check_schedule(config: Any, code: str, schedule: ReportSchedule, on: date) -> None:
    """A schedule names a report that the end of day can make. Raises ReportNotSchedulable."""
    known = _find(schedule.report)
    if known is None or known.scheduled is None:
        raise ReportNotSchedulable("report", report=schedule.report)


kinds.require(REPORT_SCHEDULE, check_schedule)
