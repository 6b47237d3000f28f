"""The project's own source files, parsed once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHON_TREES = ("chalicelib", "infra", "scripts", "tests", "app.py", "conftest.py")
PORTAL_TREES = ("portal/apps", "portal/packages")
SKIPPED = {"__pycache__", "node_modules", "dist", "build", "cdk.out"}
GENERATED = {"schema.ts"}  # written by a tool from the OpenAPI document
PURE_FILES = ("domain", "plans", "postings", "errors", "events")


def python_files(*trees: str) -> list[Path]:
    """Python sources below the trees, scripts without a suffix included; every tree of the project by default."""
    return sorted(
        path for path in _files(trees or PYTHON_TREES) if path.suffix == ".py" or _is_python_script(path)
    )


def portal_files() -> list[Path]:
    """TypeScript sources of the portals, without the generated ones."""
    found = (path for path in _files(PORTAL_TREES) if path.suffix in {".ts", ".tsx"})
    return sorted(path for path in found if path.name not in GENERATED and not path.name.endswith(".d.ts"))


def is_pure(path: Path) -> bool:
    """Whether the file belongs to the kernel or to a module's files that know no platform and no clock."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[:2] == ("chalicelib", "kernel") or (
        parts[:2] == ("chalicelib", "modules") and len(parts) > 3 and parts[3] in PURE_FILES
    )


def relative(path: Path) -> str:
    """The path as people write it, from the project's root."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Local name → full name, for everything that the file imports: ``{"dt": "datetime.datetime"}``."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update({alias.asname or alias.name: alias.name for alias in node.names})
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return names


def full_name(node: ast.expr, imports: dict[str, str]) -> str:
    """The dotted name that an expression stands for, imports resolved; empty for anything else."""
    if isinstance(node, ast.Name):
        return imports.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        owner = full_name(node.value, imports)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def _files(trees: tuple[str, ...]) -> Iterator[Path]:
    for tree in trees:
        start = ROOT / tree
        if start.is_file():
            yield start
        elif start.is_dir():
            for path in start.iterdir():
                if path.name not in SKIPPED:
                    yield from _files((relative(path),))


def _is_python_script(path: Path) -> bool:
    if path.suffix:
        return False
    with path.open("rb") as file:
        first = file.readline()
    return first.startswith(b"#!") and b"python" in first
