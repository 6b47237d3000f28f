"""Fonts of the PDFs and which of them writes a character.

Latin, Greek, Cyrillic and Arabic are embedded (``fonts/``). Chinese, Japanese and Korean use the reader's own fonts by
Adobe's standard names, which every viewer has or fetches, since such a font would be larger than the function. Arabic
is set from right to left and searched and copied exactly, but its letters are not joined; a line of it that is broken
reads from its last word. Characters of other scripts are shown as an empty box, and are still searched and copied.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"
HAN, KANA, HANGUL = "STSong-Light", "HeiseiKakuGo-W5", "HYGothic-Medium"
FOLDER = Path(__file__).with_name("fonts")
_ASIAN = (
    ("\u3040", "\u30ff", KANA),
    ("\u31f0", "\u31ff", KANA),
    ("\u1100", "\u11ff", HANGUL),
    ("\uac00", "\ud7af", HANGUL),
    ("\u2e80", "\u303f", HAN),
    ("\u3400", "\u9fff", HAN),
    ("\uf900", "\ufaff", HAN),
    ("\uff00", "\uffef", HAN),
)


_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUN = re.compile(rf"[{_RIGHT_TO_LEFT}](?:[^A-Za-z0-9]*[{_RIGHT_TO_LEFT}])*")


@lru_cache(maxsize=1)
def register() -> frozenset[int]:
    """Make the fonts known to the PDF writer; answers the code points that the embedded ones cover."""
    regular = TTFont(REGULAR, FOLDER / f"{REGULAR}.ttf")
    pdfmetrics.registerFont(regular)
    pdfmetrics.registerFont(TTFont(BOLD, FOLDER / f"{BOLD}.ttf"))
    for name in (HAN, KANA, HANGUL):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return frozenset(regular.face.charToGlyph)


def font_of(character: str, base: str = REGULAR) -> str:
    """The font that writes a character."""
    for first, last, name in _ASIAN:
        if first <= character <= last:
            return name
    return base


def visual(text: str) -> str:
    """The text in the order in which it is set: runs from right to left turned round, marks kept on their letters."""
    return text if text.isascii() else _RUN.sub(lambda run: _turned(run[0]), text)


def _turned(run: str) -> str:
    letters: list[str] = []
    for character in run:
        if letters and unicodedata.combining(character):
            letters[-1] += character
        else:
            letters.append(character)
    return "".join(reversed(letters))


def is_plain(text: str) -> bool:
    """Whether the embedded font writes all of a text, from left to right."""
    return text.isascii() or (
        visual(text) == text and all(ord(character) in register() for character in text)
    )


def is_written_as_it_is(text: str) -> bool:
    """Whether every character has a glyph in some font, in the order of the text."""
    return text.isascii() or (visual(text) == text and all(_has_glyph(character) for character in text))


def _has_glyph(character: str) -> bool:
    return font_of(character) != REGULAR or ord(character) in register()


def runs(text: str, base: str = REGULAR) -> list[tuple[str, str]]:
    """(font, characters) in the order in which the text is set."""
    if text.isascii():
        return [(base, text)]
    found: list[tuple[str, str]] = []
    for character in visual(text):
        name = font_of(character, base)
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + character)
        else:
            found.append((name, character))
    return found


def marked_up(text: str, base: str = REGULAR) -> str:
    """The text as a paragraph's markup, each run in the font that writes it."""
    return "".join(f'<font name="{name}">{escape(run)}</font>' for name, run in runs(text, base))
