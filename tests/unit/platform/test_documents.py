"""Sheets as CSV, spreadsheet and PDF, away from any route."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from chalicelib.kernel.money import Money
from chalicelib.platform.reports import Reader, Sheet, SheetColumn, fonts, render
from chalicelib.platform.reports.render import MOST_ROWS, DocumentTooLong, UnknownForm
from chalicelib.platform.reports.sheet import totals_of
from tests.support.pdf import text_of

READER = Reader(
    "es",
    "es-EC",
    "America/Guayaquil",
    "Cooperativa Sisa",
    "#1f5f5b",
    {"page": "Página {page} de {pages}", "total": "Total", "yes": "Sí", "no": "No", "generated": "Generado"},
)
COLUMNS = [SheetColumn("name", "Nombre"), SheetColumn("amount", "Monto", "money")]


def a_sheet(rows: list[dict[str, Any]], **changed: Any) -> Sheet:
    made = datetime(2026, 6, 1, 12, tzinfo=UTC)
    return Sheet(
        **{"name": "x", "title": "Prueba", "columns": COLUMNS, "rows": rows, "generated_at": made, **changed}
    )


def lines(sheet: Sheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(render(sheet, "csv", READER).content.decode())))


def cells(sheet: Sheet) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(render(sheet, "xlsx", READER).content))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_several_currencies_stand_beside_their_amounts() -> None:
    rows = [
        {"name": "a", "amount": Money.of("1.50", "USD")},
        {"name": "b", "amount": Money.of("1000", "COP")},
        {"name": "c", "amount": None},
    ]
    assert lines(a_sheet(rows)) == [
        ["Nombre", "Monto", "Monto (ISO 4217)"],
        ["a", "1.50", "USD"],
        ["b", "1000", "COP"],
        ["c", "", ""],
    ]
    assert cells(a_sheet(rows))[1:] == [("a", 1.5, "USD"), ("b", 1000, "COP"), ("c", None, None)]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "\t=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    sheet = a_sheet([{"name": text, "amount": None}])
    assert lines(sheet)[1][0] == f"'{text}"
    assert cells(sheet)[1][0] == text
    book = load_workbook(io.BytesIO(render(sheet, "xlsx", READER).content))
    assert book.worksheets[0]["A2"].data_type == "s"


@pytest.mark.parametrize("text", ["+593 99 123 4567", "-12", "a=b", "Ñusta"])
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    assert lines(a_sheet([{"name": text, "amount": None}]))[1][0] == text


def test_amounts_beyond_a_spreadsheets_digits_are_written_as_text() -> None:
    exact = Money.of("999999999999999999.99", "USD")
    assert cells(a_sheet([{"name": "x", "amount": exact}]))[1][1] == "999999999999999999.99"
    assert (
        cells(a_sheet([{"name": "x", "amount": Money.of("9999999999999.99", "USD")}]))[1][1]
        == 9999999999999.99
    )


def test_characters_that_a_spreadsheet_refuses_are_left_out() -> None:
    assert cells(a_sheet([{"name": "a\x00b\x1fc", "amount": None}]))[1][0] == "abc"


def test_pages_are_numbered_and_repeat_their_headings() -> None:
    rows = [{"name": f"Fila {number}", "amount": Money(number, "USD")} for number in range(200)]
    written = text_of(render(a_sheet(rows, totals=totals_of(("amount",), rows)), "pdf", READER).content)
    pages = written.count("Nombre")
    assert pages > 3
    assert all(f"Página {number} de {pages}" in written for number in range(1, pages + 1))
    assert [line for line in written.splitlines() if line.startswith("Fila ")] == [
        f"Fila {n}" for n in range(200)
    ]
    assert "Total USD" in written
    assert "199,00" in written


def test_long_texts_are_broken_and_nothing_is_lost() -> None:
    words = [f"palabra{number}" for number in range(120)]
    written = text_of(render(a_sheet([{"name": " ".join(words), "amount": None}]), "pdf", READER).content)
    assert [word for word in written.split() if word.startswith("palabra")] == words


def test_a_sheet_without_rows_is_still_a_document() -> None:
    for form in MOST_ROWS:
        assert render(a_sheet([]), form, READER).content


def test_markup_in_a_text_is_text() -> None:
    written = text_of(
        render(a_sheet([{"name": "<b>&amp; 王</b>" * 9, "amount": None}]), "pdf", READER).content
    )
    assert "<b>&amp;" in written


@pytest.mark.parametrize("text", ["مرحبا", "Ana محمد علي Lema", "日本語カナ한국어", "Ωμέγα Жук", "ԱԲԳ"])
def test_a_line_is_copied_as_it_was_written(text: str) -> None:
    written = text_of(
        render(a_sheet([{"name": text, "amount": None}], facts=[("Titular", text)]), "pdf", READER).content
    )
    assert f"Titular: {text}" in written
    assert written.count(text) == 2


def test_a_text_from_right_to_left_is_turned_and_keeps_its_marks() -> None:
    assert fonts.visual("ab مُد cd") == "ab د" + "مُ cd"
    assert fonts.visual("plain") == "plain"


def test_too_many_rows_and_other_forms_are_refused() -> None:
    rows = [{"name": "x", "amount": None}] * (MOST_ROWS["pdf"] + 1)
    with pytest.raises(DocumentTooLong):
        render(a_sheet(rows), "pdf", READER)
    with pytest.raises(UnknownForm):
        render(a_sheet([]), "docx", READER)


def test_file_names_are_plain() -> None:
    assert (
        render(a_sheet([], name="Balance de Ñandú 1/2"), "csv", READER).filename == "balance-de-nandu-1-2.csv"
    )


def test_totals_are_by_currency_and_exact() -> None:
    rows = [
        {"name": 3, "amount": Money.of("0.10", "USD")},
        {"name": 4, "amount": Money.of("0.20", "USD")},
        {"name": None, "amount": Money.of("5", "COP")},
    ]
    assert totals_of(("amount", "name"), rows) == {
        "amount": [Money.of("0.30", "USD"), Money.of("5", "COP")],
        "name": 7,
    }
