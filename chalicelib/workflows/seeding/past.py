"""The clock set back: while history is made, instants and identifiers come from here, so that each run makes the same.

This is the one place that puts something in the stead of the platform's clock; a process that seeds does nothing else.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform import clock, identifiers

TICK = timedelta(milliseconds=7)


@dataclass(slots=True)
class Past:
    """The instant that history has reached; it moves on a little with each reading, and never back."""

    instant: datetime
    seed: str
    _count: int = 0

    def now(self) -> datetime:
        """The instant, later than all before."""
        self.instant += TICK
        return self.instant

    def go_to(self, moment: datetime) -> None:
        """Move on to a moment; an earlier one changes nothing."""
        self.instant = max(self.instant, moment.astimezone(UTC))

    def token_bytes(self, count: int) -> bytes:
        """What identifiers take for randomness: a digest of the seed and how many were made."""
        self._count += 1
        return hashlib.sha256(f"{self.seed}:{self._count}".encode()).digest()[:count]


@contextmanager
def lived(past: Past) -> Iterator[Past]:
    """For the block, the platform's clock and randomness of identifiers are those of the past."""
    places: list[tuple[Any, str, Any]] = [(clock, "now", past.now), (identifiers, "secrets", past)]
    kept = [(place, name, getattr(place, name)) for place, name, _ in places]
    for place, name, ours in places:
        setattr(place, name, ours)
    try:
        yield past
    finally:
        for place, name, theirs in kept:
            setattr(place, name, theirs)
