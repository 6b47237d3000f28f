"""A sheet in one of its forms. The libraries that write a form are loaded when that form is first asked for."""

import base64
import re
import unicodedata

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid
from chalicelib.platform.reports.sheet import Reader, Sheet

MOST_ROWS = {"csv": 200_000, "xlsx": 100_000, "pdf": 20_000}


class DocumentTooLong(Invalid):
    """More rows than this form can hold: narrow the filters or choose another form."""

    code = "document_too_long"


class UnknownForm(Invalid):
    """Documents are csv, xlsx or pdf."""

    code = "unknown_document_form"


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file."""

    filename: str
    content_type: str
    content: bytes

    @property
    def base64(self) -> str:
        """The content as text that fits into JSON."""
        return base64.b64encode(self.content).decode()


def render(sheet: Sheet, form: str, reader: Reader, *, bom: bool = False) -> Document:
    """The sheet as csv, xlsx or pdf. Raises DocumentTooLong, UnknownForm."""
    if form not in MOST_ROWS:
        raise UnknownForm("format", value=form)
    if len(sheet.rows) > MOST_ROWS[form]:
        raise DocumentTooLong("format", rows=len(sheet.rows), most=MOST_ROWS[form])
    name = f"{_file_name(sheet.name)}.{form}"
    if form == "csv":
        from chalicelib.platform.reports import csv_file

        return Document(name, "text/csv; charset=utf-8", csv_file.write(sheet, reader, bom=bom))
    if form == "xlsx":
        from chalicelib.platform.reports import xlsx_file

        return Document(name, xlsx_file.CONTENT_TYPE, xlsx_file.write(sheet, reader))
    from chalicelib.platform.reports import pdf_file

    return Document(name, "application/pdf", pdf_file.write(sheet, reader))


def _file_name(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.-]+", "-", plain).strip("-").lower()[:80] or "document"
