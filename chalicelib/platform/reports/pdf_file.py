"""A sheet as PDF: the cooperative's brand, title and facts, rows with amounts to the right, totals, page x of y.

Rows are set page by page, so that the work grows with the rows and not with their square.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from chalicelib.kernel.money import Money
from chalicelib.platform.reports import fonts, logo
from chalicelib.platform.reports.sheet import RIGHT_ALIGNED, Reader, Sheet, SheetColumn

MARGIN, TOP, BOTTOM = 14 * mm, 24 * mm, 16 * mm
TILE = 11 * mm
SIZE, LEADING, PADDING, FACT_SIZE = 8, 10, 3, 9
MOST_UPRIGHT_COLUMNS = 6
SAMPLED_ROWS = 400
BOM = "\ufeff"
NARROWEST, WIDEST = 26, 240
GREY, STRIPE = HexColor("#5b6470"), HexColor("#f4f6f6")

Part = tuple[str, str]
"""A text and the font in which its Latin letters are set."""


class _Line(Flowable):
    """One line of texts, each in as many fonts as it needs, kept together so that it is searched and copied as one."""

    def __init__(self, *parts: Part, size: int = SIZE, colour: Color = black, right: bool = False) -> None:
        super().__init__()
        self.parts, self.size, self.colour, self.right = parts, size, colour, right
        self.height = size + 2

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def draw(self) -> None:
        x = self.width - sum(_wide(*part, self.size) for part in self.parts) if self.right else 0
        _line(self.canv, self.parts, x, 2, self.size, self.colour)


Cell = str | Flowable


def write(sheet: Sheet, reader: Reader) -> bytes:
    """The file's bytes."""
    fonts.register()
    page = A4 if len(sheet.columns) <= MOST_UPRIGHT_COLUMNS else landscape(A4)
    out = io.BytesIO()
    width, height = page[0] - 2 * MARGIN, page[1] - TOP - BOTTOM
    frame = Frame(MARGIN, BOTTOM, width, height, 0, 0, 0, 0, id="body")
    document = BaseDocTemplate(
        out,
        pagesize=page,
        title=sheet.title,
        author=reader.institution,
        lang=reader.language,
        pageTemplates=[PageTemplate("page", [frame], onPage=lambda canvas, _: _brand(canvas, sheet, reader))],
    )
    story = list(_story(sheet, reader, width, height))
    document.build(story, canvasmaker=lambda *args, **kwargs: _Numbered(reader, *args, **kwargs))
    return out.getvalue()


class _Numbered(Canvas):
    """Writes "page x of y" when all pages are known."""

    def __init__(self, reader: Reader, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reader = reader
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - the library's own name
        self._pages.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        for number, state in enumerate(self._pages, start=1):
            self.__dict__.update(state)
            self.setFont(fonts.REGULAR, SIZE)
            self.setFillColor(GREY)
            place = self._reader.words["page"].format_map({"page": number, "pages": len(self._pages)})
            self.drawRightString(self._right_edge(), BOTTOM - 6 * mm, place)
            super().showPage()
        super().save()

    def _right_edge(self) -> float:
        return float(self._pagesize[0] - MARGIN)  # type: ignore[attr-defined]


def _brand(canvas: Any, sheet: Sheet, reader: Reader) -> None:
    width, height = canvas._pagesize
    canvas.saveState()
    canvas.setFillColor(_colour(reader.primary))
    canvas.rect(0, height - 15 * mm, width, 15 * mm, stroke=0, fill=1)
    beside = _logo(canvas, reader, height)
    _line(canvas, [(reader.institution, fonts.BOLD)], beside, height - 9.5 * mm, 12, white)
    _line(canvas, [(sheet.title, fonts.REGULAR)], MARGIN, height - 20 * mm, SIZE, GREY)
    made = f"{reader.words['generated']} {reader.show(sheet.generated_at, 'instant')}"
    _line(canvas, [(made, fonts.REGULAR)], MARGIN, BOTTOM - 6 * mm, SIZE, GREY)
    canvas.restoreState()


def _logo(canvas: Any, reader: Reader, height: float) -> float:
    """The cooperative's logo on a white tile, as its portals show it; answers where its name begins."""
    found = logo.picture(reader.logo)
    if found is None:
        return MARGIN
    canvas.setFillColor(white)
    canvas.roundRect(MARGIN, height - 13 * mm, TILE, TILE, 2 * mm, stroke=0, fill=1)
    logo.draw(canvas, found, MARGIN + 1 * mm, height - 12 * mm, TILE - 2 * mm)
    return MARGIN + TILE + 3 * mm


def _line(canvas: Any, parts: Sequence[Part], x: float, y: float, size: int, colour: Color) -> None:
    line = canvas.beginText(x, y)
    line.setFillColor(colour)
    for text, font in parts:
        aside = not fonts.is_written_as_it_is(text)
        if (
            aside
        ):  # what is copied and searched is the text itself, whatever the order and number of its glyphs
            line._code.append(f"/Span <</ActualText <{(BOM + text).encode('utf-16-be').hex()}>>> BDC")
        for name, run in fonts.runs(text, font):
            line.setFont(name, size)
            line.textOut(run)
        if aside:
            line._code.append("EMC")
    canvas.drawText(line)


def _story(sheet: Sheet, reader: Reader, width: float, height: float) -> Iterator[Any]:
    heading: list[Any] = [_paragraph(sheet.title, fonts.BOLD, 15), Spacer(1, 4)]
    heading += [_fact(label, value, width) for label, value in sheet.facts]
    for note in sheet.header_notes:
        heading += [Spacer(1, 4), _paragraph(note, fonts.REGULAR, FACT_SIZE)]
    heading.append(Spacer(1, 8))
    yield from heading
    used = sum(part.wrap(width, height)[1] for part in heading)
    widths = _widths(sheet, reader, width)
    rows = [_row(sheet.columns, row, reader, widths) for row in sheet.rows]
    rows += _totals(sheet, reader)
    first_total = len(sheet.rows)
    yield from _pages(sheet, rows, first_total, widths, height - used, height, _colour(reader.primary))
    for note in sheet.notes:
        yield Spacer(1, 6)
        yield _paragraph(note, fonts.REGULAR, SIZE)


def _pages(
    sheet: Sheet,
    rows: list[list[Cell]],
    totals_at: int,
    widths: list[float],
    first: float,
    full: float,
    colour: Color,
) -> Iterator[Any]:
    """A table for each page, filled as far as its rows fit."""
    header: list[Cell] = [
        _cell(c.label, c, widths[n], fonts.BOLD, white) for n, c in enumerate(sheet.columns)
    ]
    top = _height(header, widths)
    start, room = 0, first - top
    heights = [_height(row, widths) for row in rows]
    while True:
        end, left = start, room
        while end < len(rows) and heights[end] <= left:
            left -= heights[end]
            end += 1
        end = max(end, min(start + 1, len(rows)))
        part = [header, *rows[start:end]]
        table = Table(part, colWidths=widths, rowHeights=[top, *heights[start:end]])
        table.setStyle(_style(sheet.columns, totals_at - start + 1, len(part), colour))
        yield table
        if end >= len(rows):
            return
        yield PageBreak()
        start, room = end, full - top


def _style(
    columns: Sequence[SheetColumn], totals_at: int, length: int, colour: Color
) -> list[tuple[Any, ...]]:
    style: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, SIZE, LEADING),
        ("BACKGROUND", (0, 0), (-1, 0), colour),
        ("TEXTCOLOR", (0, 0), (-1, 0), white),
        ("FONT", (0, 0), (-1, 0), fonts.BOLD, SIZE, LEADING),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), PADDING),
        ("BOTTOMPADDING", (0, 0), (-1, -1), PADDING),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, STRIPE]),
    ]
    style += [
        ("ALIGN", (n, 0), (n, -1), "RIGHT")
        for n, column in enumerate(columns)
        if column.kind in RIGHT_ALIGNED
    ]
    if 1 <= totals_at < length:
        style.append(("FONT", (0, totals_at), (-1, -1), fonts.BOLD, SIZE, LEADING))
        style.append(("LINEABOVE", (0, totals_at), (-1, totals_at), 0.8, colour))
    return style


def _row(
    columns: Sequence[SheetColumn], row: dict[str, Any], reader: Reader, widths: list[float]
) -> list[Cell]:
    return [
        _cell(reader.show(row.get(column.key), column.kind), column, widths[n])
        for n, column in enumerate(columns)
    ]


def _totals(sheet: Sheet, reader: Reader) -> list[list[Cell]]:
    """One line per currency; the first column of text that is no sum says so."""
    words = [n for n, c in enumerate(sheet.columns) if c.kind == "text" and c.key not in sheet.totals]
    place = words[0] if words else 0
    codes = list(dict.fromkeys(m.currency for t in sheet.totals.values() if isinstance(t, list) for m in t))
    lines: list[list[Cell]] = []
    for code in codes or ([""] if sheet.totals else []):
        line: list[Cell] = []
        for number, column in enumerate(sheet.columns):
            total = sheet.totals.get(column.key)
            amounts = [m for m in total if m.currency == code] if isinstance(total, list) else []
            shown = reader.show(amounts[0] if amounts else None, column.kind)
            if isinstance(total, int) and code == (codes[0] if codes else ""):
                shown = reader.show(total, column.kind)
            line.append(
                f"{reader.words['total']} {code}".strip() if number == place and total is None else shown
            )
        lines.append(line)
    return lines


def _widths(sheet: Sheet, reader: Reader, available: float) -> list[float]:
    """Widths by what the first rows need, then in proportion to the page."""
    wanted = []
    for column in sheet.columns:
        values = [row.get(column.key) for row in sheet.rows[:SAMPLED_ROWS]]
        totals = sheet.totals.get(column.key)
        values += totals if isinstance(totals, list) else []
        longest = max((reader.show(value, column.kind) for value in values), key=len, default="")
        needed = max(_wide(longest, fonts.REGULAR), _wide(column.label, fonts.BOLD)) + 2 * PADDING + 2
        rigid = column.kind in RIGHT_ALIGNED and any(isinstance(value, Money) for value in values)
        wanted.append(max(NARROWEST, needed if rigid else min(needed, WIDEST)))
    return [width * available / sum(wanted) for width in wanted]


def _wide(text: str, font: str, size: int = SIZE) -> float:
    return sum(stringWidth(run, name, size) for name, run in fonts.runs(text, font))


def _cell(
    text: str, column: SheetColumn, width: float, font: str = fonts.REGULAR, colour: Color | None = None
) -> Cell:
    right = column.kind in RIGHT_ALIGNED
    if "\n" in text or _wide(text, font) > width - 2 * PADDING:
        return _paragraph(text, font, SIZE, right=right, colour=colour)
    if fonts.is_plain(text):
        return text
    return _Line((text, font), colour=colour or black, right=right)


def _height(row: list[Cell], widths: list[float]) -> float:
    lines = [
        cell.wrap(widths[n] - 2 * PADDING, 10_000)[1] if isinstance(cell, Flowable) else LEADING
        for n, cell in enumerate(row)
    ]
    return max(lines, default=LEADING) + 2 * PADDING


def _fact(label: str, value: str, width: float) -> Flowable:
    parts = ((f"{label}: ", fonts.BOLD), (value, fonts.REGULAR))
    if "\n" not in value and sum(_wide(*part, FACT_SIZE) for part in parts) <= width:
        return _Line(*parts, size=FACT_SIZE)
    written = "".join(fonts.marked_up(text, font) for text, font in parts).replace("\n", "<br/>")
    style = ParagraphStyle("fact", fontName=fonts.REGULAR, fontSize=FACT_SIZE, leading=FACT_SIZE + 3)
    return Paragraph(written, style)


def _paragraph(
    text: str, font: str, size: int, *, right: bool = False, colour: Color | None = None
) -> Paragraph:
    style = ParagraphStyle(
        "cell",
        fontName=font,
        fontSize=size,
        leading=size + 2,
        alignment=TA_RIGHT if right else TA_LEFT,
        splitLongWords=True,
    )
    if colour is not None:
        style.textColor = colour
    return Paragraph(fonts.marked_up(text, font).replace("\n", "<br/>"), style)


def _colour(written: str) -> Color:
    try:
        return HexColor(written)
    except ValueError:
        return HexColor("#1f5f5b")
