"""Reports: what there is, how to run one, what comes back."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from chalicelib.platform.http.payload import Payload, View
from chalicelib.platform.schemas.texts import Choice


class ReportColumn(View):
    """A column: ``type`` is text, money, date, instant, integer, percent or boolean."""

    name: str
    label: str
    type: str


class ReportFilter(View):
    """What a report is asked for."""

    name: str
    label: str
    help: str
    type: str
    required: bool
    ref: str | None = None
    values: list[Choice] = []


class ReportDefinition(View):
    """A report that the caller may run."""

    code: str
    label: str
    module: str
    columns: list[ReportColumn]
    filters: list[ReportFilter]


class ReportDefinitions(View):
    """The reports that the caller may run."""

    items: list[ReportDefinition]
    next_cursor: str | None = None


class RunReport(Payload):
    """Filters by name, the form, and whose words and marks: the reader's where nothing is said.

    ``bom`` puts the UTF-8 mark in front of a CSV, which spreadsheets look for.
    """

    filters: dict[str, Any] = Field(default_factory=dict)
    format: Literal["json", "csv", "xlsx", "pdf"] = "json"
    language: str | None = Field(None, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    locale: str | None = Field(None, pattern=r"^[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")
    bom: bool = False


class ReportResult(View):
    """Rows and totals (json), or a file in ``content_base64``, or where to fetch it (``url``) when it is large.

    A total of a money column has one amount per currency.
    """

    title: str
    generated_at: datetime
    columns: list[ReportColumn] | None = None
    rows: list[dict[str, Any]] | None = None
    totals: dict[str, Any] | None = None
    filename: str | None = None
    content_type: str | None = None
    content_base64: str | None = None
    url: str | None = None
