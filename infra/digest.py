"""Digests of files and values: what decides whether something must be built, synthesised or deployed again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def of_text(*parts: str) -> str:
    """SHA-256 of the parts, each with its length, in hexadecimal."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


def of_file(path: Path) -> str:
    """SHA-256 of one file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_files(paths: Iterable[Path], root: Path) -> str:
    """SHA-256 of names (relative to ``root``) and contents, whatever the order of ``paths``."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
