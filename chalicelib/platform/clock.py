"""The only place that reads the clock. Business dates never come from here: they are arguments."""

from datetime import UTC, datetime


def now() -> datetime:
    """The current instant in UTC, to the microsecond."""
    return datetime.now(UTC)


def epoch_seconds() -> int:
    """The current instant as whole seconds since 1970."""
    return int(now().timestamp())
