"""Each import contract of pyproject.toml refuses the violation it exists for.

The contracts are run over a skeleton of the bank: a sound one passes, and each seeded import or file breaks the
contract that is named.
"""

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture import linting
from tests.architecture.source import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]
NAMES = {contract["id"]: contract["name"] for contract in CONTRACTS}
FRONT_DOORS = {"public", "events"}


def layers_of(contract_id: str) -> list[list[str]]:
    """The layers of a contract, highest first, each with its siblings."""
    contract = next(contract for contract in CONTRACTS if contract["id"] == contract_id)
    return [[name.strip(" ()") for name in layer.split("|")] for layer in contract["layers"]]


SHAPE = [name for layer in layers_of("module-shape") for name in layer]
MODULES = [name for layer in layers_of("module-dag") for name in layer]

# One line that each file of a sound bank may have: inwards, and through front doors.
SOUND = {
    "kernel/money.py": "import decimal",
    "platform/storage/collection.py": "import boto3\nfrom chalicelib.kernel import money",
    "platform/work.py": "from chalicelib.platform.storage import collection",
    "platform/aws.py": "import botocore.config",
    "platform/clock.py": "import datetime",
    "workflows/end_of_day.py": "from chalicelib.modules.deposits import public, events",
    "modules/deposits/routes.py": "from chalicelib.modules.deposits import schemas, service, public",
    "modules/deposits/service.py": "from chalicelib.platform import work\nimport chalicelib.modules.deposits.reports",
    "modules/deposits/repository.py": "from chalicelib.platform.storage import collection",
    "modules/deposits/tables.py": "from chalicelib.platform.storage import collection",
    "modules/deposits/domain.py": "from chalicelib.modules.deposits import plans, errors",
    "modules/deposits/postings.py": "from chalicelib.kernel import money",
    "modules/member_portal/service.py": "from chalicelib.modules.deposits import public, events",
    "modules/accounting/events.py": "",
    "modules/accounting/service.py": "",
    "modules/parties/events.py": "",
    "modules/parties/service.py": "",
    "modules/parties/public.py": "from chalicelib.modules.parties import service",
    "modules/deposits/closing/pieces.py": "from chalicelib.modules.parties import public",
}


@dataclass(frozen=True)
class Violation:
    """A line added to a file of the sound bank, and the contract it breaks."""

    contract: str
    file: str
    line: str = ""


SOUNDNESS = Violation("", "")
VIOLATIONS = [
    Violation("tiers", "kernel/money.py", "from chalicelib.workflows import end_of_day"),
    Violation("tiers", "platform/work.py", "from chalicelib.modules.deposits import public"),
    Violation("tiers", "modules/deposits/service.py", "import chalicelib.workflows"),
    Violation("tiers", "helpers/__init__.py"),
    Violation(
        "module-shape", "modules/deposits/repository.py", "from chalicelib.modules.deposits import service"
    ),
    Violation(
        "module-shape", "modules/deposits/routes.py", "from chalicelib.modules.deposits import member_routes"
    ),
    Violation("module-shape", "modules/deposits/plans.py", "from chalicelib.modules.deposits import domain"),
    Violation("module-shape", "modules/deposits/utils.py"),
    Violation("module-shape", "modules/deposits/interest/__init__.py"),
    Violation("module-dag", "modules/parties/service.py", "from chalicelib.modules.deposits import public"),
    Violation("module-dag", "modules/accounting/service.py", "from chalicelib.modules.parties import events"),
    Violation("module-dag", "modules/lottery/__init__.py"),
    *(
        Violation(
            "front-door",
            "modules/member_portal/service.py",
            f"from chalicelib.modules.deposits import {name}",
        )
        for name in SHAPE
        if name not in FRONT_DOORS
    ),
    Violation("front-door", "workflows/end_of_day.py", "from chalicelib.modules.accounting import service"),
    Violation("pure-core", "kernel/money.py", "import requests"),
    Violation("pure-core", "modules/deposits/domain.py", "import chalice"),
    Violation("pure-core", "modules/deposits/postings.py", "from chalicelib.platform import clock"),
    Violation("pure-core", "modules/deposits/plans.py", "from chalicelib.platform.storage import collection"),
    Violation("pure-core", "modules/deposits/events.py", "import aws_lambda_powertools"),
    Violation("pure-core", "modules/deposits/errors.py", "from chalicelib.platform import work"),
    Violation("aws-edge", "modules/deposits/repository.py", "import boto3"),
    Violation("aws-edge", "modules/deposits/closing/pieces.py", "from botocore.config import Config"),
    Violation("aws-edge", "workflows/end_of_day.py", "import boto3"),
    Violation(
        "storage-edge", "modules/deposits/service.py", "from chalicelib.platform.storage import collection"
    ),
    Violation("storage-edge", "modules/deposits/routes.py", "from chalicelib.platform import aws"),
    Violation(
        "storage-edge", "modules/deposits/public.py", "from chalicelib.platform.storage import collection"
    ),
]


def skeleton(folder: Path) -> Path:
    """A small sound bank of every module, one of them in every layer, under the project's own contracts."""
    files = {f"modules/{module}/__init__.py": "" for module in MODULES}
    files |= {f"modules/deposits/{layer}.py": "" for layer in SHAPE} | SOUND
    for path, content in files.items():
        append(folder / "chalicelib" / path, content)
    for package in [folder / "chalicelib", *(path for path in folder.rglob("*") if path.is_dir())]:
        append(package / "__init__.py", "")
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return folder


def append(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def broken_contracts(folder: Path, violations: list[Violation]) -> list[set[str]]:
    """For each violation, the identifiers of the contracts that the code in the folder breaks with it."""
    answers = subprocess.run(
        [sys.executable, linting.__file__, str(folder)],
        input=json.dumps([(violation.file, violation.line) for violation in violations]),
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return [broken_in(answer) for answer in json.loads(answers.stdout)]


def broken_in(answer: str) -> set[str]:
    """The contracts that an answer of the linter calls broken; it must have judged all."""
    verdicts = [line for line in answer.splitlines() if line.endswith((" KEPT", " BROKEN"))]
    assert len(verdicts) == len(NAMES), answer
    return {key for key, name in NAMES.items() if f"{name} BROKEN" in verdicts}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[Violation, set[str]]:
    """What the sound bank breaks, as it is and with each violation."""
    cases = [SOUNDNESS, *VIOLATIONS]
    return dict(zip(cases, broken_contracts(skeleton(tmp_path_factory.mktemp("bank")), cases), strict=True))


def test_a_sound_bank_keeps_every_contract(broken: dict[Violation, set[str]]) -> None:
    assert broken[SOUNDNESS] == set()


@pytest.mark.parametrize(
    "violation", VIOLATIONS, ids=lambda v: f"{v.contract}:{v.file}:{v.line}".replace(" ", "_")
)
def test_a_violation_breaks_its_contract(violation: Violation, broken: dict[Violation, set[str]]) -> None:
    assert violation.contract in broken[violation]


def test_every_contract_has_a_violation_that_proves_it() -> None:
    assert {violation.contract for violation in VIOLATIONS} == NAMES.keys()


def test_every_file_but_the_front_doors_is_closed_to_others() -> None:
    contract = next(contract for contract in CONTRACTS if contract["id"] == "front-door")
    closed = {name.removeprefix("chalicelib.modules.*.") for name in contract["forbidden_modules"]}
    assert closed == set(SHAPE) - FRONT_DOORS


def test_the_bank_keeps_its_contracts() -> None:
    assert broken_contracts(ROOT, [SOUNDNESS]) == [set()]
