"""Reports: declared once, shown as rows, CSV, spreadsheet or PDF in the reader's language.

A module declares ``register_report(Report(code, permission, columns, filters, rows, totals))``; a document that is no
list of rows of a declared report, such as a statement, is a ``Sheet`` given to ``render``.
"""

from chalicelib.platform.reports.registry import Column, Kind, Occasion, Report, register_report
from chalicelib.platform.reports.render import Document, render
from chalicelib.platform.reports.sheet import Reader, Sheet, SheetColumn, check_reader, reader_of

__all__ = [
    "Column",
    "Document",
    "Kind",
    "Occasion",
    "Reader",
    "Report",
    "Sheet",
    "SheetColumn",
    "check_reader",
    "reader_of",
    "register_report",
    "render",
]
