"""Limits on how often a tenant, a person or an address may ask, counted per minute in one item of the tenant."""

from chalicelib.kernel.errors import BankError
from chalicelib.platform import clock
from chalicelib.platform.storage.store import Store

WINDOW_SECONDS = 60


class TooManyRequests(BankError):
    """The limit of the minute is used up; ``retry_after`` says in how many seconds it begins anew."""

    code = "too_many_requests"
    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(None, retry_after=retry_after)
        self.retry_after = retry_after


def count(
    store: Store, limits: dict[str, int], window_seconds: int = WINDOW_SECONDS, scope: str = "requests"
) -> None:
    """Count one request against each of these limits (name → most per window). Raises TooManyRequests."""
    moment = clock.epoch_seconds()
    window = moment // window_seconds
    counted = store.add(
        "core",
        f"{store.tenant}#throttle#{scope}#{window}",
        "counters",
        dict.fromkeys(limits, 1),
        expires_at=moment + 2 * window_seconds,
    )
    if any(counted[name] > most for name, most in limits.items()):
        raise TooManyRequests((window + 1) * window_seconds - moment)


def give_back(store: Store, names: list[str], window_seconds: int, scope: str) -> None:
    """Take back one counted request, such as the attempt to sign in that succeeded."""
    moment = clock.epoch_seconds()
    window = moment // window_seconds
    store.add(
        "core",
        f"{store.tenant}#throttle#{scope}#{window}",
        "counters",
        dict.fromkeys(names, -1),
        expires_at=moment + 2 * window_seconds,
    )
