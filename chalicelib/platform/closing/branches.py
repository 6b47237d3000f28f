"""How the closing learns which branches there are and how their calendars run; declared by administration."""

from collections.abc import Callable
from datetime import date

from chalicelib.kernel.calendar import Calendar
from chalicelib.kernel.errors import InvariantError
from chalicelib.platform import declared
from chalicelib.platform.parameters.snapshot import Snapshot

Branches = Callable[[Snapshot, date], list[str]]
CalendarOf = Callable[[Snapshot, str, date], Calendar]

_DECLARED: dict[str, object] = {}


def register_branches(branches: Branches, calendar_of: CalendarOf) -> None:
    """Declare where branch codes and calendars come from."""
    _DECLARED["branches"], _DECLARED["calendar_of"] = branches, calendar_of


def branch_codes(config: Snapshot, on: date) -> list[str]:
    """Codes of the branches that work on a date."""
    branches: Branches = _declared("branches")
    return branches(config, on)


def calendar_of(config: Snapshot, branch: str, on: date) -> Calendar:
    """The calendar of a branch."""
    calendar: CalendarOf = _declared("calendar_of")
    return calendar(config, branch, on)


def _declared(name: str):  # type: ignore[no-untyped-def]
    declared.load("branches")
    if name not in _DECLARED:
        raise InvariantError(f"no {name} declared")
    return _DECLARED[name]
