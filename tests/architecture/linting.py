"""Runs the import contracts over a folder, once for every seeded violation.

A program of its own: the folder is its argument, ``[[file, line], …]`` comes on standard input, and the linter's
answers go as a list to standard output. Each seed is put in, judged by a fork that has not seen the others' code,
and taken out again; a seed with an empty file name changes nothing.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import importlinter.contracts.forbidden
import importlinter.contracts.layers  # noqa: F401  (both are loaded before the forks, once)
from importlinter.cli import lint_imports


def lint(folder: str) -> str:
    """What the linter says about the code in the folder."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as answer:
        child = os.fork()
        if not child:
            os.chdir(folder)
            os.dup2(answer.fileno(), sys.stdout.fileno())
            status = lint_imports(no_logo=True, no_cache=True)
            sys.stdout.flush()
            os._exit(status)
        os.waitpid(child, 0)
        answer.seek(0)
        return answer.read()


@contextmanager
def seeded(folder: str, file: str, line: str) -> Iterator[None]:
    """The line at the end of the file, which may be new, while the context lasts."""
    if not file:
        yield
        return
    path = Path(folder, "chalicelib", file)
    before = path.read_text(encoding="utf-8") if path.exists() else None
    new_folder = not path.parent.exists()
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before or ''}{line}\n", encoding="utf-8")
    yield
    if before is None:
        path.unlink()
        if new_folder:
            path.parent.rmdir()
    else:
        path.write_text(before, encoding="utf-8")


def main(folder: str) -> None:
    answers = []
    for file, line in json.load(sys.stdin):
        with seeded(folder, file, line):
            answers.append(lint(folder))
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
