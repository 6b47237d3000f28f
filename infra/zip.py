"""The one Lambda zip: the locked dependencies for Amazon Linux, pruned, and the application on top.

It holds bytecode, which a function could not keep. The same inputs give the same bytes. The dependencies are a layer
of their own, rebuilt only when the lock or this file changes, so that after a change of code only ours is compiled.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from infra import digest
from infra.bytecode import PYTHON_VERSION, compiled
from infra.paths import BUILD, ROOT, ZIP
from infra.pruning import STAND_INS, slimmed, wanted

MAX_BYTES = 12_000_000
ENTRY = "app.py"
PLATFORMS = ("manylinux_2_26_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux1_x86_64")
"""What the glibc 2.26 of the python3.11 runtime can load."""

LEFT_OUT = frozenset({"pillow", "pycparser", "charset-normalizer", "holidays"})
"""Locked, and not needed at run time; Pillow has a stand-in."""

APPLICATION_SUFFIXES = frozenset({".py", ".json", ".yaml", ".svg", ".j2", ".html", ".txt", ".ttf"})
_EPOCH = (2020, 1, 1, 0, 0, 0)
_NAME = re.compile(r"^([A-Za-z0-9._-]+)==")


class ZipTooLarge(Exception):
    """The zip is over its limit: prune, or question the dependency that was added."""


def locked(text: str) -> dict[str, str]:
    """The blocks of a lock file (requirement and hashes) by package name."""
    blocks: dict[str, str] = {}
    name = ""
    for line in text.splitlines(keepends=True):
        if found := _NAME.match(line):
            name = found[1].lower()
            blocks[name] = ""
        if name:
            blocks[name] += line
            if not line.rstrip().endswith("\\"):
                name = ""
    return blocks


def requirements(root: Path = ROOT) -> str:
    """What is installed into the zip: the runtime lock without what is left out, and Chalice's runtime."""
    runtime = locked((root / "requirements.txt").read_text())
    chalice = locked((root / "requirements-dev.txt").read_text())["chalice"]
    return "".join(block for name, block in sorted(runtime.items()) if name not in LEFT_OUT) + chalice


def application_files(root: Path = ROOT) -> list[Path]:
    """app.py, chalicelib and its data files."""
    files = [root / ENTRY]
    for folder, names, found in os.walk(root / "chalicelib"):
        names[:] = [name for name in names if name != "__pycache__"]
        files += [Path(folder, name) for name in found if Path(name).suffix in APPLICATION_SUFFIXES]
    return sorted(files)


def _write(target: zipfile.ZipFile, name: str, data: bytes, level: int) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = 0o100644 << 16
    entry.create_system = 3
    target.writestr(entry, data, zipfile.ZIP_DEFLATED, level)


def _install(requirement_text: str, folder: Path) -> None:
    listing = folder.parent / "requirements.txt"
    listing.write_text(requirement_text)
    platforms = [part for name in PLATFORMS for part in ("--platform", name)]
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",
    ]
    command += ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--implementation", "cp"]
    command += ["--python-version", PYTHON_VERSION, *platforms, "--target", str(folder), "-r", str(listing)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the dependencies of the zip could not be installed:\n{done.stdout}{done.stderr}")


def _dependencies(folder: Path) -> Iterator[tuple[str, bytes]]:
    files = (path for path in folder.rglob("*") if path.is_file() and wanted(path.relative_to(folder)))
    for path in sorted(files):
        yield slimmed(PurePosixPath(path.relative_to(folder).as_posix()), path.read_bytes())
    yield from ((name, text.encode()) for name, text in sorted(STAND_INS.items()))


def _without_sources(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The same files, with bytecode in the place of Python's sources; the entry stays a source, as Lambda names it."""
    sources: dict[str, bytes] = {}
    for name, content in files:
        if name.endswith(".py") and name != ENTRY:
            sources[name] = content
        else:
            yield name, content
    yield from compiled(sources)


def dependency_layer(root: Path = ROOT) -> Path:
    """The zip of the pruned dependencies, from the cache where the lock and the rules are unchanged."""
    text = requirements(root)
    rules = [Path(__file__).with_name(name).read_text() for name in ("zip.py", "pruning.py", "bytecode.py")]
    layer = BUILD / "zip" / f"dependencies-{digest.of_text(text, *rules)[:16]}.zip"
    if layer.exists():
        return layer
    layer.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=layer.parent) as scratch:
        folder = Path(scratch, "dependencies")
        _install(text, folder)
        made = Path(scratch, layer.name)
        with zipfile.ZipFile(made, "w") as target:
            for name, data in _without_sources(_dependencies(folder)):
                _write(target, name, data, 9)
        made.rename(layer)
        for old in set(layer.parent.glob("dependencies-*.zip")) - {layer}:
            old.unlink(missing_ok=True)  # another run may be clearing up too
    return layer


def build(target: Path = ZIP, root: Path = ROOT) -> Path:
    """The zip at ``target``; left as it is where its bytes would not change. Raises ZipTooLarge."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made = target.with_suffix(f".{os.getpid()}.tmp")
    try:
        shutil.copyfile(dependency_layer(root), made)
        with zipfile.ZipFile(made, "a") as archive:
            files = (
                (path.relative_to(root).as_posix(), path.read_bytes()) for path in application_files(root)
            )
            for name, data in _without_sources(files):
                _write(archive, name, data, 6)
        if made.stat().st_size > MAX_BYTES:
            raise ZipTooLarge(f"{made.stat().st_size / 1e6:.1f} MB, of at most {MAX_BYTES / 1e6:.0f}")
        if not target.exists() or digest.of_file(target) != digest.of_file(made):
            made.replace(target)
    finally:
        made.unlink(missing_ok=True)
    return target


if __name__ == "__main__":
    built = build()
    print(f"{built.relative_to(ROOT)}: {built.stat().st_size / 1e6:.1f} MB, {digest.of_file(built)[:16]}")
