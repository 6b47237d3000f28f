"""Names say what a thing is, and finished code carries no reminders."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import portal_files, python_files, relative, tree_of

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "commons", "misc"}
REMINDER = re.compile(r"\b(TODO|FIXME)\b")
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def words(name: str) -> set[str]:
    """The words of a snake_case, kebab-case or CamelCase name."""
    return {word.lower() for word in WORD.findall(name)}


def test_words_of_a_name() -> None:
    assert words("DateUtils") | words("date-helpers") | words("task_manager") == {
        *("date", "utils", "helpers", "task", "manager")
    }


def test_no_file_is_named_by_an_empty_word() -> None:
    named = [relative(path) for path in [*python_files(), *portal_files()] if _path_words(path) & EMPTY_WORDS]
    assert not named, "a value gets a file named by its noun"


def test_no_class_is_named_by_an_empty_word() -> None:
    named = [
        f"{relative(path)}::{node.name}"
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and words(node.name) & EMPTY_WORDS
    ]
    assert not named, "name a class by what it is"


def test_no_reminders_are_left_in_the_code() -> None:
    assert not list(reminders(python_files("chalicelib", "app.py", "infra", "scripts") + portal_files()))


@pytest.mark.parametrize("line", ["# TODO later", "x = 1  # FIXME: round", '"""TODO"""'])
def test_a_reminder_is_found(line: str, tmp_path: Path) -> None:
    assert REMINDER.search(line)


def reminders(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if REMINDER.search(line):
                yield f"{relative(path)}:{number}: {line.strip()}"


def _path_words(path: Path) -> set[str]:
    return {word for part in Path(relative(path)).parts for word in words(part.split(".")[0])}
