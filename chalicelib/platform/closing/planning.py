"""Cuts the records of a day into pieces of even work: the largest unit goes to the least loaded piece.

Units are shards of at most a thousand records, so big branches are split and small ones share a piece (GEN-76).
"""

from heapq import heapify, heapreplace

from chalicelib.platform.closing.applications import Unit


def plan_pieces(units: list[Unit], most_pieces: int, target_records: int) -> list[list[Unit]]:
    """The units in at most ``most_pieces`` lists of even weight, fewer where there is less to do than the target.

    Longest processing time rule: no piece has more than 4/3 of the best possible plan's largest one.
    """
    total = sum(unit.records for unit in units)
    wanted = max(1, min(most_pieces, len(units), -(-total // max(1, target_records))))
    pieces: list[list[Unit]] = [[] for _ in range(wanted)]
    loads = [(0, number) for number in range(wanted)]
    heapify(loads)
    for unit in sorted(units, key=lambda unit: (-unit.records, unit.application, unit.branch, unit.shard)):
        load, number = loads[0]
        pieces[number].append(unit)
        heapreplace(loads, (load + unit.records, number))
    return [piece for piece in pieces if piece]


def shared_out(names: tuple[str, ...], most: int) -> list[tuple[str, ...]]:
    """The names in at most ``most`` groups, in order, whose sizes differ by one at most."""
    groups = min(most, len(names))
    return [names[len(names) * n // groups : len(names) * (n + 1) // groups] for n in range(groups)]
