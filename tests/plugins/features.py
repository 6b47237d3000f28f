"""The mark ``feature``: which specified features a passing test demonstrates.

    @pytest.mark.feature("DEP-21", "GEN-03")
    def test_frozen_account_refuses_withdrawal(): ...

Every run merges the outcomes of the marked tests it executed into ``build/features.json``:
``{"DEP-21": {"passed": ["tests/…::test_x"], "failed": []}}``. A test that fails or errors in any phase is under
``failed``; one that is skipped, or expected to fail, is under neither. Several runs, and the workers of
pytest-xdist, add up: a test's newest outcome replaces its older one.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

MARK = "feature"
FORM = re.compile(r"[A-Z]{3}-\d+")
PHASES = 3  # set-up, call, tear-down

Results = dict[str, dict[str, list[str]]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        "features_file", "where the outcomes of feature marks are kept", default="build/features.json"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARK}(id, ...): the specified features that this test demonstrates")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(
            Recorder(config.rootpath / config.getini("features_file")), "feature-recorder"
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for feature in sorted(set(features_of(item))):
            item.user_properties.append((MARK, feature))


def features_of(item: pytest.Item) -> Iterator[str]:
    """The features that a test is marked with. Raises UsageError for an identifier of another form."""
    for mark in item.iter_markers(MARK):
        for feature in mark.args:
            if not isinstance(feature, str) or not FORM.fullmatch(feature):
                raise pytest.UsageError(f"{item.nodeid}: {feature!r} is no feature identifier such as DEP-21")
            yield feature


class Recorder:
    """Collects the reports of all phases and workers, and writes the outcomes when the session ends."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.features: dict[str, set[str]] = {}
        self.outcomes: dict[str, list[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        outcome = "skipped" if hasattr(report, "wasxfail") else report.outcome
        self.outcomes.setdefault(report.nodeid, []).append(outcome)
        for name, value in report.user_properties:
            if name == MARK:
                self.features.setdefault(report.nodeid, set()).add(str(value))

    def pytest_sessionfinish(self) -> None:
        if self.features or (self.outcomes and self.file.exists()):
            write(self.file, merged(read(self.file), self.features, self.outcomes))


def merged(known: Results, features: dict[str, set[str]], outcomes: dict[str, list[str]]) -> Results:
    """The known results, with the tests that ran now at their new outcome and their present marks."""
    results: Results = {}
    for feature, kept in known.items():
        still = {outcome: set(kept.get(outcome, [])) - outcomes.keys() for outcome in ("passed", "failed")}
        results[feature] = {outcome: sorted(tests) for outcome, tests in still.items()}
    for test, marked in features.items():
        verdict = verdict_of(outcomes[test])
        for feature in marked:
            entry = results.setdefault(feature, {"passed": [], "failed": []})
            if verdict:
                entry[verdict] = sorted({*entry[verdict], test})
    return dict(sorted(results.items()))


def verdict_of(outcomes: list[str]) -> str | None:
    """``passed`` if every phase passed, ``failed`` if one failed or never came, None for a test that was skipped."""
    if "failed" in outcomes:
        return "failed"
    if "skipped" in outcomes:
        return None
    return "passed" if len(outcomes) >= PHASES else "failed"


def read(file: Path) -> Results:
    """What earlier runs wrote; nothing where there is no file."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def write(file: Path, results: Results) -> None:
    """Replace the file in one step, so that a reader never meets half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(file)
