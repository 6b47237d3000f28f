"""Money and rates are never floats, and no rule reads the clock."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import (
    ROOT,
    full_name,
    imported_names,
    is_pure,
    python_files,
    relative,
    tree_of,
)

CLOCK = "chalicelib/platform/clock.py"
CLOCK_READINGS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "time.gmtime",
    "time.localtime",
    "time.time",
    "time.time_ns",
}


def floats(tree: ast.Module) -> Iterator[int]:
    """Lines with a float literal, or that name the type: ``0.5``, ``float(x)``, ``rate: float``.

    ``isinstance(x, float)`` is how a float is refused, and allowed.
    """
    refusals = {id(name) for call in ast.walk(tree) if _is_type_test(call) for name in ast.walk(call)}
    for node in ast.walk(tree):
        if (isinstance(node, ast.Constant) and isinstance(node.value, float)) or (
            isinstance(node, ast.Name) and node.id == "float" and id(node) not in refusals
        ):
            yield node.lineno


def _is_type_test(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance"


def clock_readings(tree: ast.Module) -> Iterator[int]:
    """Lines that ask what time it is."""
    imports = imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and full_name(node, imports) in CLOCK_READINGS:
            yield node.lineno


def test_pure_code_has_no_floats() -> None:
    found = [
        f"{relative(path)}:{line}"
        for path in python_files("chalicelib")
        if is_pure(path)
        for line in floats(tree_of(path))
    ]
    assert not found, "use integer minor units, Decimal or Fraction"


def test_only_the_clock_reads_the_clock() -> None:
    paths = [path for path in python_files("chalicelib", "app.py") if relative(path) != CLOCK]
    found = [f"{relative(path)}:{line}" for path in paths for line in clock_readings(tree_of(path))]
    assert not found, f"instants come from {CLOCK}; business dates are arguments"


@pytest.mark.parametrize(
    "line", ["rate = 0.5", "x = float('1')", "def f(rate: float) -> None: ...", "y = 1e3"]
)
def test_a_float_is_found(line: str) -> None:
    assert list(floats(ast.parse(line))) == [1]


@pytest.mark.parametrize(
    "line", ["rate = Decimal('0.5')", "x = 1", "note = 'a float'", "isinstance(x, int | float)"]
)
def test_exact_values_are_no_floats(line: str) -> None:
    assert not list(floats(ast.parse(line)))


@pytest.mark.parametrize(
    "code",
    [
        "import datetime\ndatetime.datetime.now()",
        "from datetime import datetime as dt\ndt.utcnow()",
        "from datetime import date\ndate.today()",
        "import time\ntime.time()",
        "from time import time\ntime()",
        "from datetime import date\nfield(default_factory=date.today)",
    ],
)
def test_a_clock_reading_is_found(code: str) -> None:
    assert list(clock_readings(ast.parse(code))) == [2]


@pytest.mark.parametrize(
    "code",
    [
        "from chalicelib.platform import clock\nclock.now()",
        "import time\ntime.perf_counter()",
        "time = record.time",
    ],
)
def test_other_time_is_no_clock_reading(code: str) -> None:
    assert not list(clock_readings(ast.parse(code)))


@pytest.mark.parametrize(
    ("path", "pure"),
    [
        ("chalicelib/kernel/money.py", True),
        ("chalicelib/modules/deposits/domain.py", True),
        ("chalicelib/modules/deposits/domain/interest.py", True),
        ("chalicelib/modules/deposits/plans.py", True),
        ("chalicelib/modules/deposits/service.py", False),
        ("chalicelib/platform/work.py", False),
    ],
)
def test_pure_files_are_recognised_by_name(path: str, pure: bool) -> None:
    assert is_pure(ROOT / path) is pure
