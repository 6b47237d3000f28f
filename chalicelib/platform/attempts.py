"""Runs an operation in transactions of its own: again from the start, a bounded number of times, where others wrote."""

import secrets
import time
from collections.abc import Callable
from typing import TypeVar

from chalicelib.kernel.errors import Conflict
from chalicelib.platform.storage.store import ConditionFailed
from chalicelib.platform.work import UnitOfWork, VersionConflict

T = TypeVar("T")
MOST_ATTEMPTS = 8


class Busy(Conflict):
    """Others kept changing the same records; the request may be sent again."""

    code = "busy"


def run(make: Callable[[], UnitOfWork], operation: Callable[[UnitOfWork], T]) -> T:
    """Do the operation and commit it; on a conflict do it again with a fresh unit of work. Raises Busy."""
    for attempt in range(MOST_ATTEMPTS):
        work = make()
        try:
            result = operation(work)
            work.commit()
            return result
        except (VersionConflict, ConditionFailed):
            pause(attempt)
    raise Busy()


def pause(attempt: int) -> None:
    """Wait a random time that grows with each attempt, so that rivals do not meet again."""
    time.sleep(secrets.randbelow(10 * 2**attempt + 1) / 1000)
