"""`make bench`: every figure, or those named on the command line (alone, schedules, memory, cloud, portal)."""

import sys

from tests.bench import alone, cloud, memory, portal, schedules
from tests.bench.figures import SHORT

PARTS = {
    "alone": alone.run,
    "schedules": schedules.run,
    "memory": memory.run,
    "cloud": cloud.run,
    "portal": portal.run,
}


def main(asked: list[str]) -> int:
    """Measure the parts that were asked for, or all; answers 1 where a figure is short of what is wanted."""
    for name, part in PARTS.items():
        if not asked or name in asked:
            part()
    if SHORT:
        print(f"short of what is wanted: {', '.join(SHORT)}")
    return 1 if SHORT else 0


sys.exit(main(sys.argv[1:]))
