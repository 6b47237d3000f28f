"""`make bench`: every figure, or those named on the command line (alone, schedules, memory, cloud, portal)."""

import sys

from tests.bench import alone, cloud, memory, portal, schedules

PARTS = {
    "alone": alone.run,
    "schedules": schedules.run,
    "memory": memory.run,
    "cloud": cloud.run,
    "portal": portal.run,
}


def main(asked: list[str]) -> None:
    """Measure the parts that were asked for, or all."""
    for name, part in PARTS.items():
        if not asked or name in asked:
            part()


main(sys.argv[1:])
