"""Programs that the local run starts: in a group of their own, so that stopping the run stops all of them."""

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.paths import ROOT

GRACE_SECONDS = 10
LAST_LINES = 30
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class CommandFailed(Exception):
    """A program ended with an error; the message holds its last lines."""


def run(
    command: Sequence[str | Path], environment: Mapping[str, str] | None = None, show: bool = False
) -> str:
    """What a program, run in the repository, printed; ``show`` lets it print itself. Raises CommandFailed."""
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=None if show else subprocess.PIPE,
        stderr=None if show else subprocess.STDOUT,
        start_new_session=True,
        text=True,
    )
    try:
        output, _ = process.communicate()
    except BaseException:
        _end(process)
        raise
    if process.returncode:
        last = "\n".join(COLOURS.sub("", output or "").splitlines()[-LAST_LINES:])
        raise CommandFailed(
            f"{' '.join(str(part) for part in command)} ended with {process.returncode}\n{last}"
        )
    return output or ""


def _end(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
