"""A cooperative's logo on a document: the plain shapes of its SVG text, drawn as they are on the portals.

Understood are paths of straight and curved lines, circles and rectangles with a fill of their own or of their group:
what logos are made of. A logo that holds anything else, or is an address, is left out as a whole, never drawn wrong.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from reportlab.lib.colors import HexColor

from chalicelib.kernel.dataclass import dataclass

TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d*\.\d+|\d+\.?)(?:[eE][-+]?\d+)?")
COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Z": 0}
"""Numbers that each command of a path takes."""
SILENT = frozenset({"title", "desc", "defs", "metadata"})

Point = tuple[float, float]
Step = tuple[str, tuple[Point, ...]]
"""M, L, C or Z with absolute points."""


class NotUnderstood(Exception):
    """The picture holds something that is not drawn here."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled figure: the steps of its outline, or the centre and radius of a circle."""

    fill: str
    steps: tuple[Step, ...] = ()
    circle: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes in a square or rectangle of ``width`` by ``height`` whose corner is at ``left`` and ``top``."""

    left: float
    top: float
    width: float
    height: float
    shapes: tuple[Shape, ...]


@lru_cache(maxsize=64)
def picture(svg: str) -> Picture | None:
    """The picture that an SVG text holds; None where it is none, or not understood."""
    if not svg.lstrip().startswith("<svg") or "<!" in svg:
        return None
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - no declarations, so no entities
        left, top, width, height = (float(each) for each in root.attrib["viewBox"].replace(",", " ").split())
        shapes = tuple(_shapes(root, root.get("fill", "#000000")))
    except (ElementTree.ParseError, KeyError, ValueError, IndexError, NotUnderstood):
        return None
    return Picture(left, top, width, height, shapes) if width > 0 and height > 0 else None


def draw(canvas: Any, found: Picture, x: float, y: float, size: float) -> None:
    """Draw a picture into a square whose lower left corner is at (x, y), in the middle where it is no square."""
    scale = size / max(found.width, found.height)
    canvas.saveState()
    canvas.translate(x + (size - found.width * scale) / 2, y + (size + found.height * scale) / 2)
    canvas.scale(scale, -scale)
    canvas.translate(-found.left, -found.top)
    for shape in found.shapes:
        canvas.setFillColor(HexColor(_six_digits(shape.fill)))
        if shape.circle:
            canvas.circle(*shape.circle, stroke=0, fill=1)
            continue
        path = canvas.beginPath()
        for name, points in shape.steps:
            numbers = [number for point in points for number in point]
            {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}[name](*numbers)
        canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _shapes(element: ElementTree.Element, inherited: str) -> Iterator[Shape]:
    for child in element:
        name = child.tag.rpartition("}")[2]
        fill = child.get("fill", inherited)
        if name in SILENT:
            continue
        if {"transform", "style", "stroke", "opacity", "clip-path"} & set(child.attrib):
            raise NotUnderstood(name)
        if name == "g":
            yield from _shapes(child, fill)
        elif fill != "none":
            yield _shape(name, child, fill)


def _shape(name: str, element: ElementTree.Element, fill: str) -> Shape:
    if not COLOUR.fullmatch(fill):
        raise NotUnderstood(fill)

    def number(key: str) -> float:
        return float(element.get(key, "0"))

    if name == "path":
        return Shape(fill, tuple(_steps(element.attrib["d"])))
    if name == "circle":
        return Shape(fill, circle=(number("cx"), number("cy"), number("r")))
    if name == "rect" and not {"rx", "ry"} & set(element.attrib):
        left, top, right, low = number("x"), number("y"), number("width"), number("height")
        return Shape(fill, tuple(_steps(f"M{left} {top}h{right}v{low}h{-right}z")))
    raise NotUnderstood(name)


def _steps(written: str) -> Iterator[Step]:
    """The outline of a path. Raises NotUnderstood for a command that is not drawn here."""
    tokens, at, here, start, command = TOKEN.findall(written), 0, (0.0, 0.0), (0.0, 0.0), ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        if command.upper() not in TAKES:
            raise NotUnderstood(command)
        wanted = TAKES[command.upper()]
        numbers = [float(each) for each in tokens[at : at + wanted]]
        at += wanted
        if command in "Zz":
            here, command = start, ""
            yield "Z", ()
            continue
        points = _points(command, numbers, here)
        here = points[-1]
        if command in "Mm":
            start = here
            yield "M", points
            command = "L" if command == "M" else "l"
        else:
            yield ("C" if command in "Cc" else "L"), points


def _points(command: str, numbers: list[float], here: Point) -> tuple[Point, ...]:
    """The absolute points of one command."""
    x, y = here if command.islower() else (0.0, 0.0)
    if command in "Hh":
        return ((x + numbers[0], here[1]),)
    if command in "Vv":
        return ((here[0], y + numbers[0]),)
    return tuple((x + numbers[n], y + numbers[n + 1]) for n in range(0, len(numbers), 2))


def _six_digits(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])
