"""The synthesised templates, kept while nothing that they are made of changes."""

import fcntl
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra import digest, zip
from infra.application import Application
from infra.headers import SOURCE as HEADERS
from infra.local import commands
from infra.paths import BUILD, ROOT

INFRASTRUCTURE = Path(__file__).resolve().parents[1]
FINDING_US = {"PYTHONPATH": str(INFRASTRUCTURE.parent)}
KEPT_SYNTHESES = 4


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def application(root: Path = ROOT) -> Application:
    """Routes and machine of the application; it is imported again only after a change of its code."""
    sources = [path for path in zip.application_files(root) if path.suffix == ".py"]
    kept = BUILD / "application" / f"{digest.of_files(sources, root)[:24]}.json"
    with _alone(kept.parent):
        if not kept.exists():
            text = commands.run([sys.executable, "-c", _READ, str(root)], FINDING_US)
            for old in kept.parent.glob("*.json"):
                old.unlink()
            kept.write_text(text)
    return Application.from_json(kept.read_text())


_READ = (
    "import sys, pathlib; from infra import application; "
    "found = application.read(pathlib.Path(sys.argv[1])).to_json(); sys.stdout.write(found)"
)


def _sources() -> list[Path]:
    return [
        path
        for path in INFRASTRUCTURE.rglob("*")
        if path.suffix in {".py", ".js"} and "local" not in path.parts
    ]


def templates(stage: str = "local") -> Path:
    """The folder of the stage's templates (CDK's cloud assembly)."""
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    key = digest.of_text(
        stage,
        application().to_json(),
        digest.of_files(_sources(), INFRASTRUCTURE),
        json.dumps(context, sort_keys=True),
        HEADERS.read_text(),
    )
    folder = BUILD / "cdk" / f"{stage}-{key[:24]}"
    with _alone(folder.parent):
        if not (folder / "manifest.json").exists():
            _synthesise(folder, {**context, "stage": stage, "aws:cdk:disable-asset-staging": True})
        os.utime(folder)
        _forget_old(folder.parent)
    return folder


def _synthesise(folder: Path, context: dict[str, object]) -> None:
    scratch = folder.with_suffix(".new")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.parent.mkdir(parents=True, exist_ok=True)
    environment = {**FINDING_US, "CDK_OUTDIR": str(scratch), "CDK_CONTEXT_JSON": json.dumps(context)}
    commands.run([sys.executable, "-m", "infra.app"], environment)
    scratch.rename(folder)


def _forget_old(parent: Path) -> None:
    kept = sorted((path for path in parent.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for path in kept[:-KEPT_SYNTHESES]:
        shutil.rmtree(path, ignore_errors=True)
