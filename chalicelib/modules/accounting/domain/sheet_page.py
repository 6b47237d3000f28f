"""How a sheet is stored: its rows as compressed JSON, in as many pages as its size needs."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import InvariantError
from chalicelib.modules.accounting.domain.sheet import LedgerSheet, Row, RowKey

PAGE_BYTES = 300_000
"""Largest page before compression; an item of the table may have 400 kB."""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One page of a branch's sheet of a date. ``content`` is base64 of zlib of JSON rows of seven values."""

    branch: str
    business_date: date
    page: int
    pages: int
    entries: int
    legs: int
    content: str
    version: int = 0


def pages_of(sheet: LedgerSheet, page_bytes: int = PAGE_BYTES) -> list[SheetPage]:
    """The pages of a sheet, at least one; the same sheet always gives the same pages."""
    parts = list(_parts((_row_text(key, row) for key, row in sheet.rows.items()), page_bytes))
    return [
        SheetPage(
            sheet.branch, sheet.business_date, number, len(parts), sheet.entries, sheet.legs, _packed(part)
        )
        for number, part in enumerate(parts)
    ]


def sheet_of(pages: Sequence[SheetPage]) -> LedgerSheet:
    """The sheet that pages hold, given in any order. Raises InvariantError where one is missing."""
    ordered = sorted(pages, key=lambda page: page.page)
    first = ordered[0]
    if [page.page for page in ordered] != list(range(first.pages)):
        raise InvariantError("pages", branch=first.branch, day=first.business_date.isoformat())
    rows = {RowKey(*values[:4]): Row(*values[4:]) for page in ordered for values in _unpacked(page.content)}
    return LedgerSheet(first.branch, first.business_date, rows, first.entries, first.legs)


def _parts(rows: Iterable[bytes], page_bytes: int) -> Iterator[list[bytes]]:
    part: list[bytes] = []
    size = 0
    for row in rows:
        if part and size + len(row) > page_bytes:
            yield part
            part, size = [], 0
        part.append(row)
        size += len(row) + 1
    yield part


def _row_text(key: RowKey, row: Row) -> bytes:
    """A row as JSON; the standard writer, because it keeps integers of any size exact."""
    return json.dumps([*key, *row], separators=(",", ":"), ensure_ascii=False).encode()


def _packed(rows: list[bytes]) -> str:
    return base64.b64encode(zlib.compress(b"[" + b",".join(rows) + b"]", 6)).decode()


def _unpacked(content: str) -> list[list[Any]]:
    rows: list[list[Any]] = json.loads(zlib.decompress(base64.b64decode(content)))
    return rows
