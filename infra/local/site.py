"""The built files of one portal, held in memory with their compressed forms, and reread when it is built again."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path, PurePosixPath

from infra import headers

COMPRESSED_SUFFIXES = {".br": "br", ".gz": "gzip"}
COMPRESSIBLE = (
    "text/",
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "image/svg+xml",
)
SMALLEST_COMPRESSED_BYTES = 512
FIRST_PAGE = "index.html"
ASSETS = "assets/"
FILE_SUFFIXES = frozenset(
    (
        *(
            "css",
            "htm",
            "html",
            "js",
            "json",
            "map",
            "mjs",
            "pdf",
            "php",
            "txt",
            "wasm",
            "webmanifest",
            "xml",
            "zip",
        ),
        *("avif", "gif", "ico", "jpeg", "jpg", "png", "svg", "ttf", "webp", "woff", "woff2"),
    )
)
"""What the name of a file ends with; ``stacks/page_path.js`` has the same. Other dots are part of a page's address."""

mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("application/javascript", ".js")
mimetypes.add_type("application/javascript", ".mjs")
mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file: its bytes by content encoding (``identity``, ``gzip``, ``br``) and its headers."""

    bodies: dict[str, bytes]
    headers: dict[str, str]

    def choose(self, accepted: str) -> tuple[str, bytes]:
        """The smallest form the browser takes, by the request's Accept-Encoding."""
        names = {part.split(";")[0].strip() for part in accepted.split(",")}
        for encoding in ("br", "gzip"):
            if encoding in names and encoding in self.bodies:
                return encoding, self.bodies[encoding]
        return "identity", self.bodies["identity"]


def names_a_file(path: str) -> bool:
    """Whether a path relative to a portal means one of its files: ``parameters/deposits.plan`` is a page."""
    return path.startswith(ASSETS) or PurePosixPath(path).suffix[1:].lower() in FILE_SUFFIXES


def _content_type(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind == "application/javascript" else kind


def _read(path: Path, root: Path) -> StaticFile:
    data = path.read_bytes()
    kind = _content_type(path)
    bodies = {"identity": data}
    for suffix, encoding in COMPRESSED_SUFFIXES.items():
        made = path.with_name(path.name + suffix)
        if made.exists():
            bodies[encoding] = made.read_bytes()
    if "gzip" not in bodies and kind.startswith(COMPRESSIBLE) and len(data) >= SMALLEST_COMPRESSED_BYTES:
        bodies["gzip"] = gzip.compress(data, 6, mtime=0)
    named = {
        "Content-Type": kind,
        "ETag": f'"{hashlib.sha256(data).hexdigest()[:24]}"',
        "Last-Modified": formatdate(path.stat().st_mtime, usegmt=True),
        "Cache-Control": headers.cache_control(path.relative_to(root).as_posix()),
        "Vary": "Accept-Encoding",
    }
    return StaticFile(bodies, named)


@dataclass(slots=True)
class Site:
    """A portal built to static files: unknown paths that name no file get its first page."""

    root: Path
    _files: dict[str, StaticFile] = field(default_factory=dict)
    _built_at: float = -1.0

    def find(self, path: str) -> StaticFile | None:
        """The file of a path relative to the portal, or None."""
        self._refresh()
        found = self._files.get(path or FIRST_PAGE)
        return self._files.get(FIRST_PAGE) if found is None and not names_a_file(path) else found

    def files(self) -> dict[str, StaticFile]:
        """Every file by its path."""
        self._refresh()
        return dict(self._files)

    def _refresh(self) -> None:
        first = self.root / FIRST_PAGE
        built_at = first.stat().st_mtime if first.exists() else 0.0
        if built_at == self._built_at:
            return
        files = [
            path for path in self.root.rglob("*") if path.is_file() and path.suffix not in COMPRESSED_SUFFIXES
        ]
        self._files = {path.relative_to(self.root).as_posix(): _read(path, self.root) for path in files}
        self._built_at = built_at
