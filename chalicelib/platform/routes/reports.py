"""Reports: which there are, and running one."""

from chalicelib.platform import files
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.reports import render, service
from chalicelib.platform.schemas.reports import ReportDefinitions, ReportResult, RunReport
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform")


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
    sheet, reader = service.sheet_of(work, report, body.filters, body.language or "", body.locale or "")
    if body.format == "json":
        return ReportResult(
            title=sheet.title,
            generated_at=sheet.generated_at,
            columns=service.columns(work, report, reader.language),
            rows=service.plain_rows(sheet),
            totals={key: service.plain(total) for key, total in sheet.totals.items()},
        )
    document = render(sheet, body.format, reader, bom=body.bom)
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
