"""What of the dependencies goes into the Lambda zip: cold start follows its size, and 12 MB is its limit."""

import gzip
import json
import struct
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

UNUSED_FOLDERS = frozenset({"bin", "__pycache__", "tests", "examples", "barcode", "samples"})
UNUSED_SUFFIXES = frozenset({".pyc", ".pyi", ".pyx", ".pxd", ".c", ".h", ".pfb", ".sfd", ".ttf"})
UNUSED_FILES = frozenset({"RECORD", "INSTALLER", "REQUESTED", "oui.dat", "imsi.dat", "policies.json"})

BOTOCORE_SERVICES = frozenset("dynamodb events s3 secretsmanager sesv2 sns stepfunctions sts".split())
READ_WHOLE = ("clientContextParams",)
BABEL_LOCALES = frozenset("root en en_001 en_US es".split())
CHALICE_TOOLS = frozenset("cli cdk deploy templates package.py pipeline.py".split())
POWERTOOLS_UNUSED = frozenset("event_handler auth_alpha".split())
POWERTOOLS_UTILITIES = frozenset("__init__.py batch data_classes jmespath_utils typing".split())
COUNTRIES = frozenset("AR BO BR CA CL CO CR CU DO EC ES GT HN MX NI PA PE PR PY SV US UY VE".split())

PICTURES = '''"""Stands in for Pillow, which reportlab imports and only needs for bitmaps: the bank's PDFs hold none."""


class Image:
    """No object is one."""


def open(*_args: object, **_kwargs: object) -> None:
    raise NotImplementedError("bitmaps cannot be drawn: the Lambda zip leaves Pillow out")
'''
STAND_INS = {"PIL/__init__.py": "", "PIL/Image.py": PICTURES}

Rest = tuple[str, ...]

RULES: dict[Rest, Callable[[Rest], bool]] = {
    ("botocore", "data"): lambda rest: len(rest) == 1 or rest[0] in BOTOCORE_SERVICES,
    ("babel", "locale-data"): lambda rest: (
        rest[0].startswith("es_") or rest[0].removesuffix(".dat") in BABEL_LOCALES
    ),
    ("chalice",): lambda rest: rest[0] not in CHALICE_TOOLS,
    ("aws_lambda_powertools", "utilities"): lambda rest: rest[0] in POWERTOOLS_UTILITIES,
    ("aws_lambda_powertools",): lambda rest: rest[0] not in POWERTOOLS_UNUSED,
    ("stdnum",): lambda rest: len(rest) == 1 or rest[0].upper() in COUNTRIES or rest[0] in {"eu", "iso7064"},
    ("babel", "messages"): lambda rest: False,
    ("dateutil", "zoneinfo"): lambda rest: not rest[0].endswith(".gz"),
    ("yaml",): lambda rest: not rest[0].endswith(".so"),
    ("pydantic", "v1"): lambda rest: False,
    ("cffi",): lambda rest: False,  # only the compiled backend beside it is loaded
}
"""By the start of the path, the most particular first: whether the rest of the path is wanted."""


def wanted(path: Path) -> bool:
    """Whether a file of the dependencies, relative to their folder, goes into the zip."""
    parts = path.parts
    if UNUSED_FOLDERS & set(parts[:-1]) or path.suffix in UNUSED_SUFFIXES or path.name in UNUSED_FILES:
        return False
    for start, keeps in RULES.items():
        if parts[: len(start)] == start and len(parts) > len(start):
            return keeps(parts[len(start) :])
    return True


def blanked(data: bytes) -> bytes:
    """A shared library with zeros for what is never loaded (symbol table, debug information); others unchanged.

    ELF64 section headers: type at 4, flags at 8, offset at 24, size at 32 of each 64 bytes; flag 2 is "loaded".
    """
    if data[:5] != b"\x7fELF\x02":
        return data
    first, (size, count, names) = struct.unpack_from("<Q", data, 40)[0], struct.unpack_from("<3H", data, 58)
    library = bytearray(data)
    for index in range(count):
        kind, flags = struct.unpack_from("<IQ", data, first + index * size + 4)
        offset, length = struct.unpack_from("<2Q", data, first + index * size + 24)
        if index != names and not flags & 2 and kind not in (0, 8):
            library[offset : offset + length] = bytes(length)
    return bytes(library)


def _undocumented(model: Any) -> Any:
    if isinstance(model, dict):
        items = model.items()
        return {k: _undocumented(v) for k, v in items if not (k == "documentation" and isinstance(v, str))}
    return [_undocumented(each) for each in model] if isinstance(model, list) else model


def slimmed(path: PurePosixPath, data: bytes) -> tuple[str, bytes]:
    """Name and bytes of a file in the zip: without symbols, read-me or the documentation of AWS's operations."""
    if path.name == "METADATA":
        return str(path), data.partition(b"\n\n")[0] + b"\n"
    if path.parts[:2] == ("botocore", "data") and path.name == "service-2.json.gz":
        whole = json.loads(gzip.decompress(data))
        # botocore reads the documentation of these, and of nothing else.
        model = {**_undocumented(whole), **{name: whole[name] for name in READ_WHOLE if name in whole}}
        return str(path.with_suffix("")), json.dumps(model, separators=(",", ":")).encode()
    return str(path), blanked(data)
