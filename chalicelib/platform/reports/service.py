"""Listing and running reports for a caller."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from pydantic import BaseModel, ValidationError

from chalicelib.kernel.money import Money
from chalicelib.platform import wording
from chalicelib.platform.access.errors import PermissionDenied
from chalicelib.platform.http.pipeline import InvalidRequest
from chalicelib.platform.parameters import forms
from chalicelib.platform.problems import FieldProblem, field_problems
from chalicelib.platform.reports.registry import Report, UnknownReport, all_reports, report_named
from chalicelib.platform.reports.sheet import Reader, Sheet, SheetColumn, reader_of, totals_of
from chalicelib.platform.schemas.reports import ReportColumn, ReportDefinition, ReportFilter
from chalicelib.platform.schemas.texts import Choice
from chalicelib.platform.work import UnitOfWork


def reports_for(work: UnitOfWork) -> Iterator[Report]:
    """The reports of the tenant's modules that the caller may run."""
    actor = work.context.actor
    return (report for report in all_reports() if _offered(work, report) and actor.may(report.permission))


def report_for(work: UnitOfWork, code: str) -> Report:
    """A report that the caller may run. Raises UnknownReport, PermissionDenied."""
    report = report_named(code)
    if not _offered(work, report):
        raise UnknownReport("code", report=code)
    if not work.context.actor.may(report.permission):
        raise PermissionDenied(permission=report.permission)
    return report


def definition(work: UnitOfWork, report: Report) -> ReportDefinition:
    """What a report shows and asks for, in the caller's language."""
    return ReportDefinition(
        code=report.code,
        label=wording.say(work, f"reports.{report.code}.title"),
        module=report.module,
        columns=columns(work, report, work.context.language),
        filters=list(_filters(work, report)),
    )


def columns(work: UnitOfWork, report: Report, language: str) -> list[ReportColumn]:
    """The columns with their labels in a language."""
    return [
        ReportColumn(
            name=column.key, label=_label(work, report, "columns", column.key, language), type=column.kind
        )
        for column in report.columns
    ]


def sheet_of(
    work: UnitOfWork, report: Report, filters: dict[str, Any], language: str, locale: str
) -> tuple[Sheet, Reader]:
    """The report run with these filters, and its reader. Raises InvalidRequest naming ``filters.<name>``."""
    asked = _asked(report, filters)
    reader = reader_of(work, language, locale)
    with work.speaking(reader.language):
        rows = list(report.rows(work, asked))
    title = wording.say(work, f"reports.{report.code}.title", reader.language)
    return (
        Sheet(
            name=f"{report.code}-{work.tenant}",
            title=title,
            columns=[SheetColumn(c.name, c.label, c.type) for c in columns(work, report, reader.language)],  # type: ignore[arg-type]
            rows=rows,
            facts=[
                (_label(work, report, "filters", name, reader.language), reader.show(value, "text"))
                for name, value in asked
                if value not in (None, "")
            ],
            totals=totals_of(report.totals, rows),
        ),
        reader,
    )


def plain_rows(sheet: Sheet) -> list[dict[str, Any]]:
    """The rows as JSON writes them: exact texts, ISO dates, amounts with their currency."""
    return [{column.key: plain(row.get(column.key)) for column in sheet.columns} for row in sheet.rows]


def plain(value: Any) -> Any:
    """A value as JSON writes it."""
    if isinstance(value, Money):
        return value.to_api()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def _offered(work: UnitOfWork, report: Report) -> bool:
    return report.module in ("platform", *work.context.tenant.modules)


def _asked(report: Report, filters: dict[str, Any]) -> BaseModel:
    try:
        return report.filters.model_validate_json(orjson.dumps(filters))
    except ValidationError as error:
        rows = [FieldProblem(f"filters.{row.field}", row.code, row.params) for row in field_problems(error)]
        raise InvalidRequest(rows) from None


def _filters(work: UnitOfWork, report: Report) -> Iterator[ReportFilter]:
    required = set(report.filters.model_json_schema().get("required", []))
    for name, node in report.filters.model_json_schema().get("properties", {}).items():
        reference = node.get("ref")
        yield ReportFilter(
            name=name,
            label=_label(work, report, "filters", name, work.context.language),
            help=wording.find(work, f"reports.{report.code}.filters.{name}.help") or "",
            type=_type_of(node),
            required=name in required,
            ref=reference,
            values=[Choice(**value) for value in forms.values_of(work, reference)]
            if reference
            else [
                Choice(
                    value=str(value),
                    label=forms.label_of_option(work, f"reports.{report.code}", name, str(value)),
                )
                for value in node.get("enum", [])
            ],
        )


def _type_of(node: dict[str, Any]) -> str:
    for choice in (node, *node.get("anyOf", [])):
        if choice.get("type") not in (None, "null"):
            return str(choice.get("format") or choice["type"])
    return "string"


def _label(work: UnitOfWork, report: Report, part: str, name: str, language: str) -> str:
    keys = (f"reports.{report.code}.{part}.{name}", f"reports.{part}.{name}")
    found = (wording.find(work, key, language) for key in keys)
    return next((words for words in found if words), name.replace("_", " ").capitalize())
