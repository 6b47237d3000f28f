"""What is installed, deployed and documented by configuration agrees with the code."""

import json
import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

PIN = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)", re.MULTILINE)
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-cloud.txt")


def pins(lock: str) -> dict[str, str]:
    """Package → version of a lock."""
    return dict(PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def stages() -> dict[str, dict[str, dict[str, str]]]:
    return json.loads((ROOT / ".chalice/config.json").read_text(encoding="utf-8"))["stages"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes_and_no_registry_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    requirements = [block for block in text.replace("\\\n", "").splitlines() if PIN.match(block)]
    assert requirements
    assert not [block for block in requirements if "--hash=sha256:" not in block]
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)


def test_development_runs_the_versions_that_are_deployed() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_every_stage_serves_the_module_of_its_name() -> None:
    served = {name: stage["environment_variables"]["MINGA_MODULE"] for name, stage in stages().items()}
    assert all(name == module for name, module in served.items())


def test_every_module_with_routes_has_a_stage() -> None:
    files = [
        *(ROOT / "chalicelib/modules").glob("*/*routes.py"),
        *(ROOT / "chalicelib/modules").glob("*/*routes/"),
    ]
    assert {file.parent.name for file in files} | {"platform"} <= stages().keys()


def test_every_stage_but_the_platform_is_a_module_of_the_dependency_order() -> None:
    known = set(re.findall(r"\((\w+)\)", _dependency_order(ROOT / "pyproject.toml")))
    assert stages().keys() - {"platform"} <= known


def _dependency_order(pyproject: Path) -> str:
    return pyproject.read_text(encoding="utf-8").split('id = "module-dag"')[1].split("exhaustive")[0]
