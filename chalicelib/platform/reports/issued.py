"""Reports that the end of day made: kept as files of the tenant, found in the inbox of the branch (GEN-58, GEN-60)."""

import re
from dataclasses import field
from datetime import date, datetime
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import NotFound
from chalicelib.platform.context import Actor
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.reports.registry import Report, report_named
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.work import UnitOfWork

INSTITUTION = "all"
"""The place of what covers all branches together; its reports are seen by who sees every branch."""
FILE_ID = re.compile(r"(all|[1-9][0-9]{0,4})~([0-9]{4}-[0-9]{2}-[0-9]{2})~([A-Za-z0-9_.-]{1,60})", re.ASCII)
MOST_READS = 10


class UnknownReportFile(NotFound):
    """No report has this id, or it is not for the caller."""

    code = "unknown_report_file"


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report that was made: by which schedule, for which branch and date, asked for what, and where it is kept.

    ``place`` is a branch or ``all``; ``filters`` make the same figures again in another language.
    """

    schedule: str
    report: str
    place: str
    business_date: date
    language: str
    form: str
    filename: str
    content_type: str
    key: str
    rows: int
    made_at: datetime
    kept_until: date
    filters: dict[str, Any] = field(default_factory=dict)
    version: int = 0

    @property
    def id(self) -> str:
        """What the API calls the file: ``place~date~schedule``."""
        return f"{self.place}~{self.business_date.isoformat()}~{self.schedule}"


REPORT_FILES = Collection(
    ReportFile, table="core", partition="reports#{place}", sort="{business_date}#{schedule}"
)


def find(work: UnitOfWork, place: str, on: date, schedule: str) -> ReportFile | None:
    """What a schedule made for a place and date, or None."""
    return work.find(REPORT_FILES, place=place, business_date=on, schedule=schedule)


def listed(
    work: UnitOfWork, place: str, first: date, last: date, limit: int, cursor: str | None
) -> tuple[list[ReportFile], str | None]:
    """(a page of the inbox of a place that the caller may see, its cursor), the newest first."""
    place = place or work.context.actor.branch
    if not _sees(work.context.actor, place):
        return [], None
    found: list[ReportFile] = []
    for _ in range(MOST_READS):
        page = work.query(
            REPORT_FILES,
            place=place,
            between=(first.isoformat(), f"{last.isoformat()}#~"),
            forward=False,
            limit=limit - len(found),
            cursor=cursor,
        )
        found += [file for file in page.items if _may_read(work, file)]
        cursor = page.next_cursor
        if cursor is None or len(found) >= limit:
            break
    return found, cursor


def report_file(work: UnitOfWork, identifier: str) -> ReportFile:
    """A report of the caller's inbox. Raises UnknownReportFile."""
    match = FILE_ID.fullmatch(identifier)
    day = _day(match[2]) if match else None
    file = find(work, match[1], day, match[3]) if match and day else None
    if file is None or not _sees(work.context.actor, file.place) or not _may_read(work, file):
        raise UnknownReportFile("id")
    return file


def expired(work: UnitOfWork, place: str, on: date) -> list[ReportFile]:
    """The files of a place that need not be kept on a date any more."""
    return [file for file in work.all(REPORT_FILES, place=place) if file.kept_until < on]


def inbox_date(work: UnitOfWork) -> date:
    """The latest date that an inbox is asked for: the business date of the caller's branch."""
    return business_date(work, work.context.actor.branch)


def _sees(actor: Actor, place: str) -> bool:
    return actor.branch_scope == "all" if place == INSTITUTION else actor.sees_branch(place)


def _may_read(work: UnitOfWork, file: ReportFile) -> bool:
    """The report's own permission opens its files too."""
    report: Report = report_named(file.report)
    return work.context.actor.may(report.permission)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
