"""Reports: what there is, how to run one, what comes back."""

from datetime import date, datetime
from typing import Any, Literal, Protocol

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


class ReportFilesQuery(Payload):
    """An inbox (the caller's branch if blank, ``all`` for the whole institution) and the dates that closed."""

    branch: str = Field("", pattern=r"^(all|[1-9][0-9]{0,4})?$")
    from_date: date | None = Field(None, alias="from")
    to_date: date | None = Field(None, alias="to")
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = None


class ReportFileView(View):
    """A report that the end of day made. ``url`` fetches it for some minutes; it comes where one file is asked for."""

    id: str
    report: str
    title: str
    branch: str
    business_date: date
    language: str
    format: str
    rows: int
    filename: str
    content_type: str
    made_at: datetime
    kept_until: date
    url: str | None = None


class ReportFiles(View):
    """The inbox of a branch."""

    items: list[ReportFileView]
    next_cursor: str | None = None


class ReissueReport(Payload):
    """The same report in another language or form: the reader's language where nothing is said."""

    format: Literal["json", "csv", "xlsx", "pdf"] = "json"
    language: str | None = Field(None, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    locale: str | None = Field(None, pattern=r"^[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")


class Issued(Protocol):
    """What modules keep of a document that they issued."""

    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def language(self) -> str: ...
    @property
    def filename(self) -> str: ...
    @property
    def content_type(self) -> str: ...
    @property
    def made_at(self) -> datetime: ...


class IssuedDocument(View):
    """A document that was issued for a period. ``url`` fetches it for some minutes, where one document is asked for."""

    period_start: date
    period_end: date
    language: str
    filename: str
    content_type: str
    issued_at: datetime
    url: str | None = None

    @staticmethod
    def of(found: Issued, url: str | None = None) -> "IssuedDocument":
        """The view of a document, and where to fetch it."""
        return IssuedDocument(
            period_start=found.first,
            period_end=found.last,
            language=found.language,
            filename=found.filename,
            content_type=found.content_type,
            issued_at=found.made_at,
            url=url,
        )


class IssuedDocuments(View):
    """Documents that were issued, the latest first."""

    items: list[IssuedDocument]
    next_cursor: str | None = None
