"""Uncleared funds (saldo en canje): money of deposited cheques that can be used from a date on (ADR 0012).

The date is kept instead of a count of days left, so that nothing has to be written when a day passes: what is uncleared
on a day, and how many days each part has left, follow from the dates.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from chalicelib.kernel.dataclass import dataclass

PREFIX = "uncleared:"
Balances = list[tuple[date, int]]
"""Balances in minor units, each from its date on, in order of date."""


@dataclass(frozen=True, slots=True)
class Uncleared:
    """An amount in minor units posted on ``since`` that can be used from ``release_on`` on.

    ``earns`` says whether it counts for interest from the day of the deposit (balance basis ledger) or only once it can
    be used (collected).
    """

    since: date
    release_on: date
    minor: int
    earns: bool = False

    def on(self, day: date) -> int:
        """How much of it is uncleared on a day."""
        return self.minor if self.since <= day < self.release_on else 0


Floats = tuple[Uncleared, ...]


def uncleared_until(release_on: date) -> str:
    """The component of a leg that deposits or takes back uncleared funds; the journal keeps it with the leg."""
    return f"{PREFIX}{release_on.isoformat()}"


def release_of(leg_component: str) -> date | None:
    """The date from which a leg's amount can be used, or None where it is not uncleared."""
    if not leg_component.startswith(PREFIX):
        return None
    return date.fromisoformat(leg_component.removeprefix(PREFIX))


def added(floats: Floats, more: Uncleared) -> Floats:
    """The floats with one more amount, or with one taken back where it is negative; equal dates are one."""
    same = [each for each in floats if _place(each) == _place(more)]
    others = tuple(each for each in floats if _place(each) != _place(more))
    minor = sum(each.minor for each in same) + more.minor
    return (*others, replace(more, minor=minor)) if minor else others


def earning(floats: Floats, release_on: date, otherwise: bool) -> bool:
    """Whether what is released on a date earns meanwhile; ``otherwise`` where nothing is."""
    return next((each.earns for each in floats if each.release_on == release_on), otherwise)


def kept_after(floats: Floats, day: date) -> Floats:
    """The floats that days after this one may still ask about."""
    return tuple(each for each in floats if each.release_on > day)


def uncleared_on(floats: Iterable[Uncleared], day: date) -> int:
    """What is uncleared on a day, in minor units."""
    return sum(each.on(day) for each in floats)


def collected(balances: Balances, floats: Floats, last: date) -> Balances:
    """Balances that count for interest, up to a day: without what is uncleared and does not earn yet."""
    first = balances[0][0]
    waiting = [each for each in floats if not each.earns and each.release_on > first and each.since <= last]
    if not waiting:
        return balances
    turns = {day for day, _ in balances}
    turns.update(
        day for each in waiting for day in (max(first, each.since), each.release_on) if first <= day <= last
    )
    result, position = [], 0
    for day in sorted(turns):
        while position + 1 < len(balances) and balances[position + 1][0] <= day:
            position += 1
        result.append((day, balances[position][1] - uncleared_on(waiting, day)))
    return result


def _place(each: Uncleared) -> tuple[date, date, bool]:
    return each.since, each.release_on, each.earns
