"""Logos on documents: the shapes that are understood, and nothing drawn of what is not."""

import re
from pathlib import Path

import pytest

from chalicelib.platform.reports import logo
from infra.paths import ROOT

TENANTS = ROOT / "tenants"


def svg(inside: str, view: str = "0 0 64 64") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{inside}</svg>'


def outline(path: str) -> list[tuple[str, tuple[tuple[float, float], ...]]]:
    found = logo.picture(svg(f'<path fill="#123456" d="{path}"/>'))
    assert found
    return list(found.shapes[0].steps)


@pytest.mark.parametrize("file", sorted(TENANTS.glob("*/logo.svg")), ids=lambda file: file.parent.name)
def test_the_logo_of_every_demonstration_cooperative_is_understood(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    found = logo.picture(text)
    assert found
    assert len(found.shapes) == len(re.findall("<path|<circle|<rect", text))
    assert all(shape.steps or shape.circle for shape in found.shapes)


def test_relative_and_absolute_lines_draw_the_same() -> None:
    assert outline("M4 4h8v8h-8z") == outline("M4 4H12V12H4Z") == outline("M4,4 12,4 12,12 4,12Z")
    assert outline("m4 4c1 0 2 1 2 2") == outline("M4 4C5 4 6 5 6 6")


def test_after_a_figure_closes_the_next_begins_from_its_start() -> None:
    assert outline("M4 4h8zm1 1h2") == outline("M4 4H12ZM5 5H7")


def test_what_a_group_says_holds_for_what_is_in_it() -> None:
    found = logo.picture(
        svg('<g fill="#abc"><circle cx="1" cy="2" r="3"/><rect fill="#def" width="4" height="5"/></g>')
    )
    assert found
    assert [shape.fill for shape in found.shapes] == ["#abc", "#def"]
    assert found.shapes[0].circle == (1, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/logo.svg",
        svg('<path fill="#123456" d="M0 0A5 5 0 0 1 9 9"/>'),
        svg('<path fill="url(#paint)" d="M0 0h1"/>'),
        svg('<path fill="#123456" d="M0 0L1"/>'),
        svg('<path transform="scale(2)" fill="#123456" d="M0 0h1"/>'),
        svg("<image/>"),
        svg('<rect rx="2" fill="#123456" width="4" height="4"/>'),
        svg("<g>", view="0 0 64"),
        '<svg><!DOCTYPE x [<!ENTITY a "b">]></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_what_is_not_understood_is_left_out_as_a_whole(text: str) -> None:
    assert logo.picture(text) is None
