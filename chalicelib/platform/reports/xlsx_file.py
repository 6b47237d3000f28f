"""A sheet as a spreadsheet: numeric cells for amounts and counts, dates as dates, texts never read as formulas."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from chalicelib.kernel.currency import currency
from chalicelib.kernel.money import Money
from chalicelib.platform.clock import zone
from chalicelib.platform.reports.sheet import RIGHT_ALIGNED, Reader, Sheet, SheetColumn

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXACT_DIGITS = 15
"""A spreadsheet keeps 15 digits of a number; longer amounts are written as text, so that none is changed."""
WIDTHS = {"money": 18, "date": 12, "instant": 20, "integer": 12, "percent": 12, "boolean": 8, "text": 28}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(sheet: Sheet, reader: Reader) -> bytes:
    """The file's bytes: the rows on the first page; title, facts and totals on the second."""
    book = Workbook(write_only=True)
    rows = book.create_sheet(_sheet_name(sheet.title))
    mixed = {column.key for column in sheet.columns if len(sheet.currencies(column.key)) > 1}
    rows.freeze_panes = "A2"
    for number, width in enumerate(_widths(sheet, mixed), start=1):
        rows.column_dimensions[get_column_letter(number)].width = width
    fill = PatternFill("solid", fgColor=reader.primary.lstrip("#")[:6] or "1F5F5B")
    rows.append(list(_header(rows, sheet, mixed, fill)))
    for row in sheet.rows:
        cells: list[Any] = []
        for column in sheet.columns:
            value = row.get(column.key)
            cells.append(_cell(rows, value, column, reader))
            if column.key in mixed:
                cells.append(value.currency if isinstance(value, Money) else None)
        rows.append(cells)
    _about(book.create_sheet(_sheet_name(reader.words["total"])), sheet, reader)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _header(rows: Any, sheet: Sheet, mixed: set[str], fill: PatternFill) -> Iterator[Any]:
    for column in sheet.columns:
        codes = sheet.currencies(column.key)
        label = f"{column.label} ({codes[0]})" if len(codes) == 1 else column.label
        yield _title(rows, label, column, fill)
        if column.key in mixed:
            yield _title(rows, "ISO 4217", column, fill)


def _title(rows: Any, label: str, column: SheetColumn, fill: PatternFill) -> Any:
    cell = _text(rows, label)
    cell.font, cell.fill = Font(bold=True, color="FFFFFF"), fill
    cell.alignment = Alignment(horizontal="right" if column.kind in RIGHT_ALIGNED else "left")
    return cell


def _widths(sheet: Sheet, mixed: set[str]) -> Iterator[int]:
    for column in sheet.columns:
        yield max(WIDTHS[column.kind], min(len(column.label) + 6, 60))
        if column.key in mixed:
            yield 10


def _cell(rows: Any, value: Any, column: SheetColumn, reader: Reader) -> Any:
    if value is None:
        return None
    if isinstance(value, Money):
        return _number(rows, value.decimal, _amount_format(value.currency))
    if isinstance(value, bool):
        return _text(rows, reader.words["yes" if value else "no"])
    if isinstance(value, Decimal):
        return _number(rows, value, "0.00####")
    if isinstance(value, int):
        return _number(rows, Decimal(value), "#,##0")
    if isinstance(value, datetime):
        return _dated(rows, value.astimezone(zone(reader.time_zone)).replace(tzinfo=None), "yyyy-mm-dd hh:mm")
    if isinstance(value, date):
        return _dated(rows, value, "yyyy-mm-dd")
    return _text(rows, str(value))


def _number(rows: Any, value: Decimal, shown: str) -> Any:
    if len(value.normalize().as_tuple().digits) > EXACT_DIGITS:
        return _text(rows, f"{value:f}")
    cell: Any = WriteOnlyCell(rows)
    cell.value, cell.number_format = value, shown
    return cell


def _amount_format(code: str) -> str:
    decimals = currency(code).decimals
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _dated(rows: Any, value: date, shown: str) -> Any:
    cell: Any = WriteOnlyCell(rows)
    cell.value, cell.number_format = value, shown
    return cell


def _text(rows: Any, text: str) -> Any:
    cell = WriteOnlyCell(rows, value=_UNPRINTABLE.sub("", text))
    cell.data_type = "s"
    return cell


def _about(page: Any, sheet: Sheet, reader: Reader) -> None:
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 32, 32
    page.append([_text(page, reader.institution)])
    page.append([_text(page, sheet.title)])
    for label, value in (
        *sheet.facts,
        (reader.words["generated"], reader.show(sheet.generated_at, "instant")),
    ):
        page.append([_text(page, label), _text(page, value)])
    for note in sheet.header_notes:
        page.append([_text(page, note)])
    labels = {column.key: column for column in sheet.columns}
    for key, total in sheet.totals.items():
        for amount in total if isinstance(total, list) else [total]:
            name = f"{reader.words['total']} · {labels[key].label}"
            name += f" ({amount.currency})" if isinstance(amount, Money) else ""
            page.append([_text(page, name), _cell(page, amount, labels[key], reader)])
    for note in sheet.notes:
        page.append([_text(page, note)])


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip() or "1"
