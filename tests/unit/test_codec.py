"""A record comes back from its item as it went in, and empty values take no space."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.platform.storage.codec import codec_of


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    amount: int


@dataclass(frozen=True, slots=True)
class Sample:
    id: str
    count: int
    on: date
    at: datetime
    rate: Decimal
    colour: Colour
    open: bool = False
    name: str = ""
    until: date | None = None
    units: int = 0
    lines: tuple[Line, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
    limit: int = 7
    version: int = 0


SAMPLES = st.builds(
    Sample,
    id=st.text(min_size=1),
    count=st.integers(-(10**37), 10**37),
    on=st.dates(),
    at=st.datetimes(timezones=st.just(UTC)),
    rate=st.decimals(allow_nan=False, allow_infinity=False, places=6),
    colour=st.sampled_from(Colour),
    open=st.booleans(),
    name=st.text(),
    until=st.none() | st.dates(),
    units=st.integers(0, 10**30),
    lines=st.lists(st.builds(Line, st.text(), st.integers(-(2**70), 2**70)), max_size=3).map(tuple),
    extra=st.dictionaries(st.text(min_size=1), st.text(), max_size=3),
    limit=st.integers(0, 20),
)


@given(SAMPLES)
def test_a_record_survives_storage(sample: Sample) -> None:
    codec = codec_of(Sample)
    assert codec.decode(codec.encode(sample)) == sample


def test_empty_defaults_are_not_stored_and_other_defaults_are() -> None:
    sample = Sample("a", 0, date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), Decimal("1.5"), Colour.RED)
    item = codec_of(Sample).encode(sample)
    assert set(item) == {"id", "count", "on", "at", "rate", "colour", "limit"}
    assert item["count"] == {"N": "0"}
