"""Clocks, repetitions and the file of figures."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[2] / "build" / "bench.json"


def seconds(action: Callable[[], Any], rounds: int = 1) -> float:
    """The shortest of some rounds, in seconds."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - begun)
    return best


def core_seconds(action: Callable[[], Any], rounds: int = 1) -> float:
    """The shortest of some rounds in seconds of this process on its core, whatever else the machine does."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        action()
        best = min(best, time.process_time() - begun)
    return best


SHORT: list[str] = []
"""Figures of this run that are short of what is wanted."""


def record(name: str, figures: dict[str, Any], met: bool | None = None) -> None:
    """Show a figure and keep it in build/bench.json; ``met`` says whether it is what is wanted."""
    if met is not None:
        figures = {**figures, "met": met}
    if met is False:
        SHORT.append(name)
    OUT.parent.mkdir(exist_ok=True)
    known = json.loads(OUT.read_text()) if OUT.exists() else {}
    known[name] = figures
    OUT.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
    print(f"{name}: {json.dumps(figures)}", flush=True)
