"""New identifiers: the kernel's format with the platform's clock and randomness."""

import secrets

from chalicelib.kernel import identifiers
from chalicelib.platform import clock


def new_id(prefix: str) -> str:
    """A new identifier of this kind, sortable by time."""
    return identifiers.new_id(
        prefix, secrets.token_bytes(identifiers.RANDOM_BYTES), int(clock.now().timestamp() * 1000)
    )
