"""The templates of a small application, synthesised once for all workers, and the local cloud that runs it."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
APPLICATION = Path(__file__).with_name("application")

ROUTES = {
    "/v1/access/sessions": ["POST"],
    "/v1/platform/health": ["GET"],
    "/v1/openapi.json": ["GET"],
    "/v1/deposits/accounts/{id}": ["GET", "PUT"],
    "/v1/member_portal/position": ["GET"],
}
MACHINE = {
    "StartAt": "Close",
    "States": {"Close": {"Type": "Task", "Resource": "${ClosingFunctionArn}", "End": True}},
}


SCHEDULES = {"start_due_runs": "rate(15 minutes)"}


@dataclass(frozen=True)
class Templates:
    """Synthesised templates by stack name, with small questions about them."""

    folder: Path

    def __getitem__(self, stack: str) -> dict[str, Any]:
        return json.loads((self.folder / f"{stack}.template.json").read_text())

    def stacks(self) -> set[str]:
        return {path.name.removesuffix(".template.json") for path in self.folder.glob("*.template.json")}

    def all(self, kind: str, stack: str) -> list[dict[str, Any]]:
        """Resources of a type in a stack."""
        return [found for found in self[stack]["Resources"].values() if found["Type"] == kind]

    def properties(self, kind: str, stack: str) -> list[dict[str, Any]]:
        return [found["Properties"] for found in self.all(kind, stack)]

    def one(self, kind: str, stack: str) -> dict[str, Any]:
        """Properties of the only resource of a type."""
        (found,) = self.properties(kind, stack)
        return found

    def statements(self, stack: str) -> list[dict[str, Any]]:
        """Every statement of every policy in a stack."""
        policies = [*self.properties("AWS::IAM::Policy", stack)]
        return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def synthesise(folder: Path, code: Path) -> None:
    """Synthesise dev, prod with a tenant in a silo, and local; cdk-nag checks those of the cloud."""
    import aws_cdk as cdk
    from cdk_nag import AwsSolutionsChecks

    from infra.application import Application, by_function
    from infra.installation import put_together
    from infra.settings import Installation, stage
    from infra.stacks import function

    code.write_bytes(b"zip")
    function.ZIP = code
    model = Application(by_function(ROUTES), MACHINE, SCHEDULES)
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    cloud = cdk.App(outdir=str(folder / "cloud"), context=context)
    for name, tenant in (("dev", ""), ("prod", ""), ("prod", "quilla")):
        put_together(cloud, Installation(stage(name), tenant), model)
    cdk.Validations.of(cloud).add_plugins(AwsSolutionsChecks(cloud))
    cloud.synth()
    local = cdk.App(outdir=str(folder / "local"), context=context)
    put_together(local, Installation(stage("local")), model)
    local.synth()


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this session see."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def assemblies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shared = shared_folder(tmp_path_factory)
    folder = shared / "assemblies"
    with (shared / "assemblies.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            folder.mkdir(exist_ok=True)
            synthesise(folder, shared / "lambda.zip")
            (folder / "done").touch()
    return folder


@pytest.fixture(scope="session")
def cloud(assemblies: Path) -> Templates:
    return Templates(assemblies / "cloud")


@pytest.fixture(scope="session")
def local(assemblies: Path) -> Templates:
    return Templates(assemblies / "local")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A checkout of the small application; the dependencies of its zip and its templates are shared."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(APPLICATION, folder, dirs_exist_ok=True)
    for name in ("cdk.json", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "build").mkdir()
    for name, shared in {
        "zip": ROOT / "build" / "zip",
        "cdk": shared_folder(tmp_path_factory) / "cdk",
    }.items():
        shared.mkdir(parents=True, exist_ok=True)
        (folder / "build" / name).symlink_to(shared)
    yield folder
    shutil.rmtree(folder / ".local", ignore_errors=True)
