"""A sheet as CSV (RFC 4180, UTF-8): exact values, the same in every place, one line per row and nothing else."""

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chalicelib.kernel.money import Money
from chalicelib.platform.reports.sheet import Reader, Sheet

BOM = "\ufeff"
_FORMULA = re.compile(r"^[=@\t\r]|^[+-](?![\d\s().,/-]*$)")


def write(sheet: Sheet, reader: Reader, *, bom: bool) -> bytes:
    """The file's bytes. Amounts are plain decimals; where a column holds several currencies, the next says which."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    mixed = {column.key for column in sheet.columns if len(sheet.currencies(column.key)) > 1}
    writer.writerow(_header(sheet, mixed))
    for row in sheet.rows:
        cells: list[str] = []
        for column in sheet.columns:
            value = row.get(column.key)
            cells.append(plain(value, reader))
            if column.key in mixed:
                cells.append(value.currency if isinstance(value, Money) else "")
        writer.writerow(cells)
    return ((BOM if bom else "") + out.getvalue()).encode()


def _header(sheet: Sheet, mixed: set[str]) -> list[str]:
    header: list[str] = []
    for column in sheet.columns:
        codes = sheet.currencies(column.key)
        header.append(f"{column.label} ({codes[0]})" if len(codes) == 1 else column.label)
        if column.key in mixed:
            header.append(f"{column.label} (ISO 4217)")
    return header


def plain(value: Any, reader: Reader) -> str:
    """A value as another program reads it."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return value.text
    if isinstance(value, bool):
        return reader.words["yes" if value else "no"]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text
