"""The only place that reads the clock. Business dates never come from here: they are arguments."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def now() -> datetime:
    """The current instant in UTC, to the microsecond."""
    return datetime.now(UTC)


def epoch_seconds() -> int:
    """The current instant as whole seconds since 1970."""
    return int(now().timestamp())


def zone(name: str) -> ZoneInfo:
    """The time zone, or UTC where the name is unknown."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def day_at(moment: datetime, time_zone: str) -> date:
    """The calendar day of an instant where a time zone is kept."""
    return moment.astimezone(zone(time_zone)).date()
