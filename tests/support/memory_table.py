"""A table of a store in memory: items by key, and each partition's places in order: a query costs what it reads."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator
from typing import Any

from chalicelib.platform.storage.codec import Item

Key = tuple[str, str]
Place = tuple[str, str, str]
"""Where an item stands in a partition: what it is sorted by, then its key."""
Partition = tuple[bool, str]
"""Whether of the index, and its key."""


class Table(dict[Key, Item]):
    """Items by (pk, sk). Written by ``table[key] = item`` and ``del table[key]`` alone, which keep the places too."""

    pop = popitem = setdefault = update = clear = None  # type: ignore[assignment]

    def __init__(self, other: "Table | None" = None) -> None:
        super().__init__(other or {})
        self._places: dict[Partition, list[Place]] = dict(other._places) if other else {}
        self._own: set[Partition] = set()

    def copy(self) -> "Table":
        """An independent table with the same items. Lists of places are shared until one of the two changes them."""
        self._own = set()
        return Table(self)

    def __setitem__(self, key: Key, item: Item) -> None:
        before, now = dict(_places(key, self.get(key))), dict(_places(key, item))
        super().__setitem__(key, item)
        self._move(before, now)

    def __delitem__(self, key: Key) -> None:
        before = dict(_places(key, self[key]))
        super().__delitem__(key)
        self._move(before, {})

    def page(
        self,
        pk: str,
        *,
        index: bool,
        sort: tuple[str, ...],
        forward: bool,
        size: int,
        start: dict[str, Any] | None,
    ) -> tuple[list[Item], dict[str, Any] | None]:
        """At most ``size`` items of a partition, and the key after which the next page starts."""
        places = self._places.get((index, pk), [])
        low, high = _bounds(places, sort)
        if start:
            last = (start["g1sk" if index else "sk"]["S"], start["pk"]["S"], start["sk"]["S"])
            if forward:
                low = max(low, bisect_right(places, last))
            else:
                high = min(high, bisect_left(places, last))
        found = places[low : min(high, low + size)] if forward else places[max(low, high - size) : high][::-1]
        more = high - low > size
        return [self[place[1:]] for place in found], _key_of(found[-1], index, pk) if more else None

    def _move(self, before: dict[Partition, Place], now: dict[Partition, Place]) -> None:
        for partition, place in before.items():
            if now.get(partition) != place:
                places = self._to_change(partition)
                del places[bisect_left(places, place)]
        for partition, place in now.items():
            if before.get(partition) != place:
                insort(self._to_change(partition), place)

    def _to_change(self, partition: Partition) -> list[Place]:
        if partition not in self._own:
            self._places[partition] = list(self._places.get(partition, ()))
            self._own.add(partition)
        return self._places[partition]


def _places(key: Key, item: Item | None) -> Iterator[tuple[Partition, Place]]:
    if item is not None:
        yield (False, key[0]), (key[1], *key)
        if "g1pk" in item:
            yield (True, item["g1pk"]["S"]), (item["g1sk"]["S"], *key)


def _bounds(places: list[Place], sort: tuple[str, ...]) -> tuple[int, int]:
    if not sort:
        return 0, len(places)
    low = bisect_left(places, (sort[1],))
    after: Callable[[Place], bool] = (
        (lambda place: not place[0].startswith(sort[1]))
        if sort[0] == "begins"
        else (lambda place: place[0] > sort[2])
    )
    return low, bisect_left(places, True, lo=low, key=after)


def _key_of(place: Place, index: bool, pk: str) -> dict[str, Any]:
    sort, *key = place
    start = {"pk": {"S": key[0]}, "sk": {"S": key[1]}}
    return {**start, "g1pk": {"S": pk}, "g1sk": {"S": sort}} if index else start
