"""What a member's browser fetches first, and what Lighthouse says of the built portal on a cheap phone and a desk."""

import json
import re
import subprocess
from pathlib import Path

from tests.bench.figures import record

PORTAL = Path(__file__).parents[2] / "portal"
CATEGORIES = ("performance", "accessibility", "best-practices")
WANTED_SCORE = 95
WANTED_KILOBYTES = 200


def run() -> None:
    """Build the portal, then measure it."""
    _npm("build")
    first_load()
    lighthouse()


def first_load() -> None:
    """Compressed script before the first page shows."""
    stages = re.findall(r"^(.+): ([0-9.]+) kB of script", _npm("size"), re.MULTILINE)
    kilobytes = {stage: float(size) for stage, size in stages}
    first = next(iter(kilobytes.values()))
    figures = {"kilobytes": kilobytes, "wanted_kilobytes": WANTED_KILOBYTES}
    record("member_first_load", figures, met=first <= WANTED_KILOBYTES)


def lighthouse() -> None:
    """Scores of each page, the median of three runs; the pages whose score is short are named."""
    _npm("lighthouse", may_fail=True)
    pages = json.loads((PORTAL / ".cache/lighthouse.json").read_text())
    scores = {page["name"]: {name: round(100 * page[name]) for name in CATEGORIES} for page in pages}
    machine = {
        page["name"]: {name: page[name] for name in ("benchmark_index", "cpu_slowdown", "lcp_ms", "tbt_ms")}
        for page in pages
    }
    short = [name for name, found in scores.items() if min(found.values()) < WANTED_SCORE]
    figures = {"scores": scores, "machine": machine, "short": short, "wanted": WANTED_SCORE}
    record("lighthouse", figures, met=not short)


def _npm(script: str, *, may_fail: bool = False) -> str:
    command = ["npm", "run", "--silent", script]
    return subprocess.run(command, cwd=PORTAL, check=not may_fail, capture_output=True, text=True).stdout
