"""What parts of the bank declare is found by asking, and a function imports its own module (ADR 17)."""

import json
import os
import subprocess
import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from chalicelib.platform import declared
from tests.architecture.asking import REGISTERS

ROOT = Path(__file__).parents[2]
WAITING = ("routes", "reports", "closing")
"""Topics that a function loads of its own module, or when somebody asks."""


def run(*arguments: str, module: str = "") -> Any:
    environment = {**os.environ, "MINGA_MODULE": module, "AWS_DEFAULT_REGION": "us-east-1"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@cache
def registers() -> dict[str, list[list[str]]]:
    answer: dict[str, list[list[str]]] = run("-m", "tests.architecture.asking")
    return answer


@cache
def started(module: str) -> dict[str, list[str]]:
    """The routes that a function mounts, and the files of the bank that it has imported."""
    code = (
        "import app, json, sys;"
        "routes = sorted(f'{method} {path}' for path, found in app.app.routes.items() for method in found);"
        "files = sorted(name for name in sys.modules if name.startswith('chalicelib.'));"
        "print(json.dumps({'routes': routes, 'files': files}))"
    )
    answer: dict[str, list[str]] = run("-c", code, module=module)
    return answer


def test_every_file_that_a_part_names_is_there_and_every_topic_has_a_register() -> None:
    for package in declared.PARTS.values():
        for topic, files in import_module(package).DECLARES.items():
            assert topic.partition(":")[0] in REGISTERS, (package, topic)
            for file in files:
                assert find_spec(f"{package}.{file}"), (package, topic, file)


@pytest.mark.parametrize("topic", REGISTERS)
def test_asking_finds_what_there_is(topic: str) -> None:
    found, there = registers()[topic]
    assert there
    assert found == there


def test_an_account_is_found_by_the_prefix_of_its_id() -> None:
    named = {
        topic.partition(":")[2]
        for package in declared.PARTS.values()
        for topic in import_module(package).DECLARES
        if topic.startswith("accounts:")
    }
    assert sorted(named) == registers()["accounts"][1]


@pytest.mark.parametrize("module", ["platform", *declared.MODULES])
def test_a_function_mounts_its_own_routes_and_imports_no_other_modules(module: str) -> None:
    own = {module, "workflows"} if module == "platform" else {module}
    strange = {
        file
        for part in set(declared.PARTS) - own
        for topic in WAITING
        for file in declared.files(topic, part)
        if part != "platform"
    }
    assert strange & set(started(module)["files"]) == set()
    every = started("")["routes"]
    others = [set(started(each)["routes"]) for each in ("platform", *declared.MODULES) if each != module]
    assert set(started(module)["routes"]) == set(every) - set().union(*others)


@pytest.mark.parametrize("function", ["closing", "outbox"])
def test_a_function_without_routes_mounts_none(function: str) -> None:
    assert started(function)["routes"] == []


def test_a_function_of_another_name_does_not_start() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=ROOT,
        env={**os.environ, "MINGA_MODULE": "deposit", "AWS_DEFAULT_REGION": "us-east-1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert "MINGA_MODULE names no function: deposit" in done.stderr


def test_what_could_not_be_loaded_says_so_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "files", lambda topic, part="": iter(["chalicelib.no_such_file"]))
    monkeypatch.setattr(declared, "_BROKEN", {})
    for _ in range(2):
        with pytest.raises(ModuleNotFoundError, match="no_such_file"):
            declared.load("tests")


def test_a_topic_that_nobody_declares_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "_LOADED", set())
    declared.load("accounts:zz")
    assert not declared._LOADED
