"""Files stay under 400 lines and functions under 50. What is over today is listed, may only shrink, and must leave
the list when it fits: ``.venv/bin/python -m tests.architecture.test_sizes`` writes the list anew, smaller only."""

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.source import portal_files, python_files, relative, tree_of

FILE_LINES = 400
FUNCTION_LINES = 50
LIST = Path(__file__).with_name("sizes.json")


def test_no_file_or_function_outgrows_its_limit() -> None:
    grown = {name: lines for name, lines in excesses().items() if lines > listed().get(name, 0)}
    assert not grown, f"over {FILE_LINES} lines a file, {FUNCTION_LINES} a function; split by meaning"


def test_what_shrank_leaves_the_list() -> None:
    now = excesses()
    slack = {name: now.get(name, 0) for name, lines in listed().items() if now.get(name, 0) < lines}
    assert not slack, "smaller than listed: run python -m tests.architecture.test_sizes"


def test_function_length_is_counted_without_its_docstring() -> None:
    source = 'def f():\n    """One.\n\n    Two.\n    """\n    a = 1\n    return a\n'
    assert length(ast.parse(source).body[0]) == 3


@cache
def excesses() -> dict[str, int]:
    """File, or file::function → lines, of everything over its limit."""
    return {name: lines for name, lines, limit in sizes() if lines > limit}


def sizes() -> Iterator[tuple[str, int, int]]:
    """(name, lines, limit) of every file and function of the project."""
    for path in [*python_files(), *portal_files()]:
        yield relative(path), len(path.read_text(encoding="utf-8").splitlines()), FILE_LINES
    for path in python_files():
        for name, function in functions(tree_of(path)):
            yield f"{relative(path)}::{name}", length(function), FUNCTION_LINES


def functions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Every function and method below a node, with its dotted name."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{prefix}{child.name}"
            if not isinstance(child, ast.ClassDef):
                yield name, child
            yield from functions(child, f"{name}.")
        else:
            yield from functions(child, prefix)


def length(function: ast.AST) -> int:
    """Lines from ``def`` to the end, the docstring not counted: documentation is no reason to split."""
    assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def listed() -> dict[str, int]:
    """The excesses that existed when the limit came, or were last tightened."""
    return json.loads(LIST.read_text(encoding="utf-8"))


def tighten() -> None:
    """Lower every listed excess to what it is now; nothing is added and nothing grows."""
    now = excesses()
    kept = {name: min(lines, now[name]) for name, lines in listed().items() if name in now}
    LIST.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    tighten()
