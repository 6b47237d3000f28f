"""Which entries were undone, and by which."""

from collections.abc import Iterable

from chalicelib.platform.posting.records import REVERSALS, place_of
from chalicelib.platform.work import UnitOfWork

MOST_KEYS = 100
"""How many records one call reads by their keys."""


def reversals_of(work: UnitOfWork, identifiers: Iterable[str]) -> dict[str, str]:
    """Which of these entries were reversed, with the id of the entry that did it."""
    places = {each: place_of(each) for each in dict.fromkeys(identifiers)}
    keys = {
        each: {
            "branch": place.branch,
            "business_date": place.business_date,
            "shard": place.shard,
            "entry_id": each,
        }
        for each, place in places.items()
    }
    named = list(keys.values())
    for first in range(0, len(named), MOST_KEYS):
        work.load([(REVERSALS, key) for key in named[first : first + MOST_KEYS]])
    marks = {each: work.find(REVERSALS, **key) for each, key in keys.items()}
    return {each: mark.reversed_by for each, mark in marks.items() if mark}
