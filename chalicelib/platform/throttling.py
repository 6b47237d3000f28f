"""Limits on how often a tenant, a person or an address may ask, counted in windows of a minute (GEN-93).

A person is counted first, in an item of their own: who exceeds their own limit never touches what is counted for
others. Only then is the tenant counted, for staff and for members apart, so that members cannot use up the budget of
the counter. The tenant's count is spread over eight items that its people fill in turn, because a single item takes
about a thousand writes a second. While an item holds no more than its eighth of the limit the tenant is within it;
beyond that the eight are read and added up. People fill the items evenly, to one request each, so the count is exact
for one person and can be over by at most one request for each person and item.
"""

import zlib

from chalicelib.kernel.errors import BankError
from chalicelib.platform import clock
from chalicelib.platform.storage.store import Store

WINDOW_SECONDS = 60
SHARDS = 8
COUNTERS = "counters"


class TooManyRequests(BankError):
    """The limit of the minute is used up; ``retry_after`` says in how many seconds it begins anew."""

    code = "too_many_requests"
    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(None, retry_after=retry_after)
        self.retry_after = retry_after


def count(
    store: Store, limits: dict[str, int], window_seconds: int = WINDOW_SECONDS, scope: str = "requests"
) -> int:
    """Count one request against each of these limits (name → most per window); answers the number of the window.

    Raises TooManyRequests.
    """
    moment = clock.epoch_seconds()
    window = moment // window_seconds
    counted = _add(store, scope, window, window_seconds, dict.fromkeys(limits, 1))
    if any(counted[name] > most for name, most in limits.items()):
        raise TooManyRequests((window + 1) * window_seconds - moment)
    return window


def give_back(store: Store, names: list[str], window: int, window_seconds: int, scope: str) -> None:
    """Take back one counted request of a window, such as the attempt to sign in that succeeded."""
    _add(store, scope, window, window_seconds, dict.fromkeys(names, -1))


def count_person(store: Store, person: str, group: str, most: int, most_of_group: int) -> None:
    """Count one request of a person, then of the group of the tenant's people that they belong to.

    ``most`` and ``most_of_group`` are requests a minute. Raises TooManyRequests.
    """
    moment = clock.epoch_seconds()
    window = moment // WINDOW_SECONDS
    wait = (window + 1) * WINDOW_SECONDS - moment
    own = _add(store, f"requests-{person}", window, WINDOW_SECONDS, {"all": 1})["all"]
    if own > most:
        raise TooManyRequests(wait)
    shard = (zlib.crc32(person.encode()) + own) % SHARDS
    counted = _add(store, _shard(group, shard), window, WINDOW_SECONDS, {"all": 1})["all"]
    if counted > most_of_group // SHARDS and _of_all_shards(store, group, window) > most_of_group:
        raise TooManyRequests(wait)


def _of_all_shards(store: Store, group: str, window: int) -> int:
    keys = [("core", _partition(store, _shard(group, shard), window), COUNTERS) for shard in range(SHARDS)]
    return sum(int(item["all"]["N"]) for item in store.get_many(keys).values())


def _shard(group: str, number: int) -> str:
    return f"requests-of-{group}-{number}"


def _add(
    store: Store, scope: str, window: int, window_seconds: int, amounts: dict[str, int]
) -> dict[str, int]:
    kept_until = (window + 2) * window_seconds
    return store.add("core", _partition(store, scope, window), COUNTERS, amounts, expires_at=kept_until)


def _partition(store: Store, scope: str, window: int) -> str:
    return f"{store.tenant}#throttle#{scope}#{window}"
