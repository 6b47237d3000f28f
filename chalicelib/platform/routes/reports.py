"""Reports: which there are, running one, and the inbox of those that the end of day made."""

from datetime import timedelta
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform import files, wording
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.reports import Report, check_reader, issued, render, service
from chalicelib.platform.reports.issued import ReportFile
from chalicelib.platform.schemas.reports import (
    ReissueReport,
    ReportDefinitions,
    ReportFiles,
    ReportFilesQuery,
    ReportFileView,
    ReportResult,
    RunReport,
)
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform")
INBOX = timedelta(days=92)
"""What an inbox shows where no dates are asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a report is asked for."""

    filters: dict[str, Any]
    form: str
    language: str
    locale: str
    bom: bool = False


@routes.get("/reports", permission="platform.run_reports", response=ReportDefinitions)
def list_reports(work: UnitOfWork) -> ReportDefinitions:
    """The reports that the caller may run."""
    return ReportDefinitions(items=[service.definition(work, report) for report in service.reports_for(work)])


@routes.post(
    "/reports/{code}/runs",
    permission="platform.run_reports",
    request=RunReport,
    response=ReportResult,
    status=200,
    idempotent=False,
    sensitive=True,
)
def run_report(work: UnitOfWork, code: str, body: RunReport) -> ReportResult:
    """Run a report: rows and totals, or a file."""
    report = service.report_for(work, code)
    asked = Asked(body.filters, body.format, body.language or "", body.locale or "", body.bom)
    return _result(work, report, asked)


@routes.get("/report-files", permission="platform.run_reports", query=ReportFilesQuery, response=ReportFiles)
def list_report_files(work: UnitOfWork, query: ReportFilesQuery) -> ReportFiles:
    """The reports that the end of day made for a branch, the latest first."""
    last = query.to_date or issued.inbox_date(work)
    first = query.from_date or last - INBOX
    found, cursor = issued.listed(work, query.branch, first, last, query.limit, query.cursor)
    return ReportFiles(items=[_file(work, each) for each in found], next_cursor=cursor)


@routes.get("/report-files/{id}", permission="platform.run_reports", response=ReportFileView, sensitive=True)
def read_report_file(work: UnitOfWork, id: str) -> ReportFileView:
    """A report of the inbox, with the address that fetches it for some minutes."""
    found = issued.report_file(work, id)
    return _file(work, found).model_copy(update={"url": files.link(found.key)})


@routes.post(
    "/report-files/{id}/issues",
    permission="platform.run_reports",
    request=ReissueReport,
    response=ReportResult,
    status=200,
    idempotent=False,
    sensitive=True,
)
def reissue_report(work: UnitOfWork, id: str, body: ReissueReport) -> ReportResult:
    """The same report again, in another language or form (GEN-16)."""
    found = issued.report_file(work, id)
    report = service.report_for(work, found.report)
    asked = Asked(found.filters, body.format, body.language or "", body.locale or "")
    return _result(work, report, asked)


def _result(work: UnitOfWork, report: Report, asked: Asked) -> ReportResult:
    check_reader(work, asked.language, asked.locale)
    sheet, reader = service.sheet_of(work, report, asked.filters, asked.language, asked.locale)
    if asked.form == "json":
        return ReportResult(
            title=sheet.title,
            generated_at=sheet.generated_at,
            columns=service.columns(work, report, reader.language),
            rows=service.plain_rows(sheet),
            totals={key: service.plain(total) for key, total in sheet.totals.items()},
        )
    document = render(sheet, asked.form, reader, bom=asked.bom)
    large = len(document.content) > files.LARGEST_INLINE_BYTES
    key = files.keep(work, document.filename, document.content_type, document.content) if large else ""
    return ReportResult(
        title=sheet.title,
        generated_at=sheet.generated_at,
        filename=document.filename,
        content_type=document.content_type,
        content_base64=None if large else document.base64,
        url=files.link(key) if large else None,
    )


def _file(work: UnitOfWork, found: ReportFile) -> ReportFileView:
    return ReportFileView(
        id=found.id,
        report=found.report,
        title=wording.say(work, f"reports.{found.report}.title"),
        branch=found.place,
        business_date=found.business_date,
        language=found.language,
        format=found.form,
        rows=found.rows,
        filename=found.filename,
        content_type=found.content_type,
        made_at=found.made_at,
        kept_until=found.kept_until,
    )
