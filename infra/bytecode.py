"""Compiles the zip's Python to bytecode: a function's code lies on a read-only disk, where Python cannot keep its own.

Without it every cold start compiles everything that it imports, four fifths of its time. A program of its own, so that
the same sources give the same bytes: marshal writes what it finds of strings that something else holds too.
"""

import py_compile
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

PYTHON_VERSION = "3.11"
"""Of the function: no other Python reads this bytecode."""
IN_THE_FUNCTION = "/var/task/"
"""Where the zip is unpacked: what traces say."""
_UNCHECKED = py_compile.PycInvalidationMode.UNCHECKED_HASH


def compiled(sources: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """(``module.pyc``, bytecode) for each (``module.py``, source), in the order of the names.

    Raises RuntimeError, with what is wrong, under another Python than the function's or where a source is faulty.
    """
    if sys.version_info[:2] != tuple(int(part) for part in PYTHON_VERSION.split(".")):
        raise RuntimeError(f"the zip is built with Python {PYTHON_VERSION}, not {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as folder:
        for name, source in sources.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source)
        # Columns of every instruction, which only a source beside it could show, are a fifth of bytecode.
        command = [sys.executable, "-s", "-S", "-X", "no_debug_ranges", __file__, folder]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={"PYTHONHASHSEED": "0"}
        )
        if done.returncode:
            raise RuntimeError(f"the zip's code could not be compiled:\n{done.stderr}")
        for name in sorted(sources):
            yield f"{name}c", Path(folder, f"{name}c").read_bytes()


def _compile(folder: Path) -> None:
    for path in sorted(folder.rglob("*.py")):
        shown = IN_THE_FUNCTION + path.relative_to(folder).as_posix()
        py_compile.compile(str(path), f"{path}c", shown, doraise=True, invalidation_mode=_UNCHECKED)


if __name__ == "__main__":
    _compile(Path(sys.argv[1]))
