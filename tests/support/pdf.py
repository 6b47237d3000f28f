"""The text of the bank's own PDFs as a reader copies it: by the fonts' Unicode maps and the replacement texts."""

import base64
import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.S)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
_TOKEN = re.compile(
    rb"/Span <</ActualText <(?P<actual>[0-9A-Fa-f]+)>>> BDC|(?P<end>EMC)|/(?P<font>[\w+-]+) [\d.]+ Tf"
    rb"|\((?P<text>(?:\\.|[^\\()])*)\) Tj|(?P<stop>\bET\b|T\*)",
    re.S,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """Every text in the order in which it is drawn, one line for each text object."""
    objects = {int(number): content for number, content in _OBJECT.findall(pdf)}
    fonts = {name: _decoder(objects, number) for name, number in _fonts(objects)}
    pages = [content for content in objects.values() if re.search(rb"/Type /Page\b", content)]
    numbers = [int(match[1]) for page in pages if (match := re.search(rb"/Contents (\d+) 0 R", page))]
    return "\n".join("".join(_shown(_content(objects[number]), fonts)) for number in numbers)


def _fonts(objects: dict[int, bytes]) -> Iterator[tuple[bytes, int]]:
    for content in objects.values():
        if b"/Type /Font" not in content:
            for name, number in re.findall(rb"/(F\d+(?:\+\d+)?) (\d+) 0 R", content):
                yield name, int(number)


def _decoder(objects: dict[int, bytes], number: int) -> dict[int, str] | str:
    """Code → text of an embedded font, or the encoding of another one."""
    font = objects[number]
    mapped = re.search(rb"/ToUnicode (\d+) 0 R", font)
    if not mapped:
        return "utf-16-be" if b"UCS2-H" in font else "latin-1"
    table: dict[int, str] = {}
    cmap = _content(objects[int(mapped[1])])
    for section in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", section):
            table[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for section in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, _, texts in re.findall(rb"<(\w+)>\s*<(\w+)>\s*\[(.*?)\]", section, re.S):
            for offset, text in enumerate(re.findall(rb"<(\w+)>", texts)):
                table[int(first, 16) + offset] = bytes.fromhex(text.decode()).decode("utf-16-be")
        for first, last, text in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", section):
            for offset in range(int(last, 16) - int(first, 16) + 1):
                table[int(first, 16) + offset] = chr(int(text, 16) + offset)
    return table


def _content(written: bytes) -> bytes:
    match = _STREAM.search(written)
    if match is None:
        return b""
    data = match[1]
    if b"/ASCII85Decode" in written:
        data = base64.a85decode(data.strip().removesuffix(b"~>"))
    return zlib.decompress(data) if b"/FlateDecode" in written else data


def _shown(content: bytes, fonts: dict[bytes, dict[int, str] | str]) -> Iterator[str]:
    decoder: dict[int, str] | str = "latin-1"
    replaced = False
    for token in _TOKEN.finditer(content):
        if token["actual"]:
            replaced = True
            yield bytes.fromhex(token["actual"].decode()).decode("utf-16-be").removeprefix("\ufeff")
        elif token["end"]:
            replaced = False
        elif token["font"]:
            decoder = fonts[token["font"]]
        elif token["stop"]:
            yield "\n"
        elif not replaced:
            written = _ESCAPE.sub(_unescaped, token["text"])
            if isinstance(decoder, str):
                yield written.decode(decoder)
            else:
                yield "".join(decoder.get(code, "\ufffd") for code in written)


def _unescaped(match: "re.Match[bytes]") -> bytes:
    code = match[1]
    return bytes([int(code, 8)]) if code[:1].isdigit() else _PLAIN.get(code, code)
