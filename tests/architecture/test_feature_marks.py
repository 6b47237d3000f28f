"""The feature marks count what passed, over several runs and workers, and nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.plugins.features import merged, verdict_of

CASES = """
import pytest

@pytest.mark.feature("DEP-1", "DEP-2")
@pytest.mark.parametrize("n", [1, 2])
def test_passes(n): ...

@pytest.mark.feature("DEP-2")
def test_fails(): assert False

@pytest.mark.feature("DEP-3")
@pytest.mark.skip
def test_skips(): ...

@pytest.mark.feature("DEP-4")
@pytest.mark.xfail
def test_expects_to_fail(): assert False

@pytest.fixture
def broken(): raise ValueError

@pytest.fixture
def breaks_later():
    yield
    raise ValueError

@pytest.mark.feature("DEP-5")
def test_errors_in_set_up(broken): ...

@pytest.mark.feature("DEP-6")
def test_errors_in_tear_down(breaks_later): ...
"""
EXPECTED = {
    "DEP-1": {"passed": ["test_cases.py::test_passes[1]", "test_cases.py::test_passes[2]"], "failed": []},
    "DEP-2": {
        "passed": ["test_cases.py::test_passes[1]", "test_cases.py::test_passes[2]"],
        "failed": ["test_cases.py::test_fails"],
    },
    "DEP-3": {"passed": [], "failed": []},
    "DEP-4": {"passed": [], "failed": []},
    "DEP-5": {"passed": [], "failed": ["test_cases.py::test_errors_in_set_up"]},
    "DEP-6": {"passed": [], "failed": ["test_cases.py::test_errors_in_tear_down"]},
}


def run_tests(folder: Path, source: str, *options: str) -> subprocess.CompletedProcess[str]:
    """pytest in the folder, with the marks' plugin and nothing of this project's configuration."""
    (folder / "test_cases.py").write_text(source, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "xdist", "-p", "tests.plugins.features", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def results(folder: Path) -> dict[str, dict[str, list[str]]]:
    return json.loads((folder / "build/features.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("options", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_only_tests_that_pass_are_counted(options: list[str], tmp_path: Path) -> None:
    run_tests(tmp_path, CASES, *options)
    assert results(tmp_path) == EXPECTED


def test_a_mark_that_is_no_identifier_stops_the_run(tmp_path: Path) -> None:
    answer = run_tests(tmp_path, "import pytest\n@pytest.mark.feature('dep 21')\ndef test_x(): ...\n")
    assert answer.returncode == pytest.ExitCode.USAGE_ERROR
    assert "'dep 21' is no feature identifier" in answer.stdout + answer.stderr


def test_runs_add_up_and_the_newest_outcome_of_a_test_counts() -> None:
    passed, failed = ["passed"] * 3, ["passed", "failed", "passed"]
    first = merged({}, {"a": {"DEP-1"}, "b": {"DEP-1"}}, {"a": failed, "b": passed})
    assert first == {"DEP-1": {"passed": ["b"], "failed": ["a"]}}
    second = merged(first, {"a": {"DEP-1"}, "c": {"GEN-1"}}, {"a": passed, "c": passed})
    assert second == {"DEP-1": {"passed": ["a", "b"], "failed": []}, "GEN-1": {"passed": ["c"], "failed": []}}


def test_a_test_that_lost_its_mark_is_no_longer_counted() -> None:
    known = {"DEP-1": {"passed": ["a"], "failed": []}}
    assert merged(known, {}, {"a": ["passed"] * 3}) == {"DEP-1": {"passed": [], "failed": []}}


def test_a_test_cut_off_half_way_has_failed() -> None:
    assert verdict_of(["passed", "passed"]) == "failed"
