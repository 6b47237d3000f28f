"""Builds the portals when their sources changed, and compresses what browsers will ask for."""

import gzip
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from infra import digest
from infra.local import commands
from infra.local.site import COMPRESSED_SUFFIXES, SMALLEST_COMPRESSED_BYTES
from infra.paths import BUILD, PORTAL

NOT_SOURCES = frozenset({"node_modules", "dist", "test", "tests", "screenshots"})
COMPRESSED_KINDS = frozenset({".js", ".css", ".html", ".json", ".svg", ".webmanifest", ".txt"})


def _sources(portal: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(portal):
        names[:] = [name for name in names if name not in NOT_SOURCES and not name.startswith(".")]
        yield from (Path(folder, name) for name in files)


def _compress(path: Path) -> None:
    data = path.read_bytes()
    path.with_name(path.name + ".br").write_bytes(brotli.compress(data, quality=11))
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(data, 9, mtime=0))


def compress(dist: Path) -> int:
    """Write ``.br`` and ``.gz`` beside each file worth it; answers how many files that were."""
    files = [
        path
        for path in dist.rglob("*")
        if path.suffix in COMPRESSED_KINDS and path.stat().st_size >= SMALLEST_COMPRESSED_BYTES
    ]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_compress, files))
    return len(files)


def _dists(portal: Path) -> list[Path]:
    return [package.parent / "dist" for package in sorted(portal.glob("apps/*/package.json"))]


def build(say: Callable[[str], None] = print, portal: Path = PORTAL) -> bool:
    """Build what is stale; answers whether anything was. Raises CommandFailed."""
    if not (portal / "package.json").exists():
        say("  there are no portals in this checkout")
        return False
    stamp, wanted = BUILD / "portals.digest", digest.of_files(_sources(portal), portal)
    built = all((dist / "index.html").exists() for dist in _dists(portal))
    if built and stamp.exists() and stamp.read_text() == wanted:
        return False
    commands.run(["npm", "run", "--prefix", portal, "--silent", "build"], {"CI": "true", "NO_COLOR": "1"})
    for dist in _dists(portal):
        for old in [path for path in dist.rglob("*") if path.suffix in COMPRESSED_SUFFIXES]:
            old.unlink()
        compress(dist)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
    return True


if __name__ == "__main__":
    print("portals built" if build() else "portals unchanged")
