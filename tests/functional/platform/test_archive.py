"""Records of any collection come back from the archive as they went in; only those that were moved leave the table."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.platform import archive
from chalicelib.platform.archive import Shelf
from chalicelib.platform.closing.applications import ClosingDay, PieceRun
from chalicelib.platform.storage.collection import Collection
from tests.support.memory import MemoryStore
from tests.support.small_bank import SmallBank, a_bank

FIRST = date(2026, 1, 1)


class Kind(StrEnum):
    ONE = "one"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    amount: int


@dataclass(frozen=True, slots=True)
class Event:
    book: str
    happened_on: date
    number: int
    text: str = ""
    amount: int = 0
    rate: Decimal = Decimal(0)
    kind: Kind = Kind.ONE
    flag: bool = False
    at: datetime | None = None
    lines: tuple[Line, ...] = ()
    version: int = 0


EVENTS = Collection(Event, table="journal", partition="events#{book}", sort="{happened_on}#{number:04d}")
SHELF = Shelf("events", EVENTS, owner="book", dated="happened_on")


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    """Events of one book in their order, of days on which several may happen."""
    texts = st.text(st.characters(codec="utf-8"), max_size=20)
    lines = st.lists(st.builds(Line, texts, st.integers()), max_size=2).map(tuple)
    days = sorted(draw(st.lists(st.integers(0, 6), min_size=1, max_size=8)))
    made = st.builds(
        Event,
        book=st.just("a"),
        happened_on=st.just(FIRST),
        number=st.just(0),
        text=texts,
        amount=st.integers(-(10**17), 10**17),
        rate=st.decimals(allow_nan=False, allow_infinity=False, places=6),
        kind=st.sampled_from(Kind),
        flag=st.booleans(),
        at=st.none() | st.datetimes(timezones=st.just(UTC)),
        lines=lines,
    )
    return [
        replace(draw(made), happened_on=FIRST + timedelta(days=day), number=number)
        for number, day in enumerate(days)
    ]


@pytest.fixture(scope="module")
def bank() -> SmallBank:
    return a_bank(branches=("1",))


def stored(bank: SmallBank, rows: list[Event]) -> list[Event]:
    """The events as the table has them."""
    store: Any = bank.store
    journal = store.tables["journal"]
    for key in [key for key in journal if "#events#" in key[0]]:
        del journal[key]
    store.batch_put("journal", [EVENTS.encode(store.tenant, row, 1) for row in rows])
    return list(bank.work().all(EVENTS, book="a"))


@settings(max_examples=25, deadline=None)
@given(rows=events(), days=st.integers(0, 7))
def test_records_come_back_as_they_went_in(bank: SmallBank, rows: list[Event], days: int) -> None:
    bank = SmallBank(bank.store.copy())  # type: ignore[attr-defined]
    rows = stored(bank, rows)
    old = [row for row in rows if row.happened_on < FIRST + timedelta(days=days)]
    run = PieceRun(ClosingDay(FIRST, FIRST), bank.work, bank.do)
    store: MemoryStore = bank.store  # type: ignore[assignment]
    with store.printing():
        if old:
            assert archive.move(run, SHELF, "a", old, lambda work: True)
        assert list(archive.rows(bank.work(), SHELF, "a")) == old
        assert list(archive.rows(bank.work(), SHELF, "a", forward=False)) == old[::-1]
        one_day = list(archive.rows(bank.work(), SHELF, "a", FIRST, FIRST))
    assert one_day == [row for row in old if row.happened_on == FIRST]
    assert list(bank.work().all(EVENTS, book="a")) == rows[len(old) :]


def test_what_is_no_longer_to_be_moved_stays(bank: SmallBank) -> None:
    bank = SmallBank(bank.store.copy())  # type: ignore[attr-defined]
    rows = stored(bank, [Event("a", FIRST, 1)])
    run = PieceRun(ClosingDay(FIRST, FIRST), bank.work, bank.do)
    with bank.store.printing():  # type: ignore[attr-defined]
        assert not archive.move(run, SHELF, "a", rows, lambda work: False)
        assert list(archive.rows(bank.work(), SHELF, "a")) == []
    assert list(bank.work().all(EVENTS, book="a")) == rows
