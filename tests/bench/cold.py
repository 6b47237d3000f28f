"""A cold start: what a function imports before its first request, as installed here and as it lies in the zip."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import zipfile
from compileall import compile_dir, compile_file
from pathlib import Path

from chalicelib.platform.declared import MODULES
from chalicelib.platform.http.application import WITHOUT_ROUTES
from infra import zip as bundle
from tests.bench.figures import record

ROOT = Path(__file__).parents[2]
FUNCTIONS = ("platform", *MODULES, *WITHOUT_ROUTES)
BARE = "import chalice, boto3; boto3.client('dynamodb', region_name='us-east-1')"
APP = "import app; from chalicelib.platform import aws; aws.dynamodb()"
ROUNDS = 7
WANTED = 1.8


class Place:
    """Where the code lies, and how it is started there."""

    def __init__(self, folder: Path, options: tuple[str, ...] = ()) -> None:
        self.folder, self.options = folder, options
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON"))}
        self.environment = {
            **kept,
            "AWS_ACCESS_KEY_ID": "x",
            "AWS_SECRET_ACCESS_KEY": "x",
            "AWS_DEFAULT_REGION": "us-east-1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(folder),
        }

    def seconds(self, code: str, module: str = "") -> float:
        """Of the core, of a fresh process that runs some code."""
        before = _children()
        command = [sys.executable, *self.options, "-c", code]
        environment = {**self.environment, "MINGA_MODULE": module}
        subprocess.run(command, cwd=self.folder, env=environment, check=True)
        return _children() - before

    def compared(self, module: str) -> dict[str, float]:
        """The application of one function against chalice and one client, in turns."""
        pairs = [(self.seconds(BARE), self.seconds(APP, module)) for _ in range(ROUNDS)]
        return {
            "bare_seconds": round(min(bare for bare, _ in pairs), 3),
            "app_seconds": round(min(app for _, app in pairs), 3),
            "ratio": round(statistics.median(app / bare for bare, app in pairs), 2),
        }


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run() -> None:
    """Every function from this folder, and from the zip as it is deployed; the largest ratio counts."""
    compile_dir(ROOT / "chalicelib", quiet=1)
    compile_file(ROOT / "app.py", quiet=1)
    here = {module: Place(ROOT).compared(module) for module in FUNCTIONS}
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(bundle.build()) as archive:
            archive.extractall(folder)
        zipped = {module: Place(Path(folder), ("-S",)).compared(module) for module in FUNCTIONS}
    for name, found in (("cold_start", here), ("cold_start_of_the_zip", zipped)):
        worst = max(each["ratio"] for each in found.values())
        record(name, {"functions": found, "ratio": worst, "wanted": WANTED}, met=worst <= WANTED)
