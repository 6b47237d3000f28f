"""Reading the journal of a branch and day from all of its shards."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from chalicelib.kernel.identifiers import InvalidIdentifier, parse_id
from chalicelib.modules.accounting.domain.sheet import LedgerLeg
from chalicelib.modules.accounting.domain.trial_balance import INTERBRANCH
from chalicelib.platform.posting.records import JOURNAL, JOURNAL_SHARDS, JournalRecord
from chalicelib.platform.storage.cursor import UnknownCursor, decode_cursor, encode_cursor
from chalicelib.platform.work import UnitOfWork


def legs_of_day(work: UnitOfWork, branch: str, day: date) -> Iterator[list[LedgerLeg]]:
    """The legs of each journal record of a branch's day, one list per record; nothing else is decoded.

    The standard parser, because it keeps integers of any size exact.
    """
    for item in _items(work, branch, day):
        yield [_leg(leg) for leg in json.loads(item["legs"]["S"])]


def records_of_day(work: UnitOfWork, branch: str, day: date) -> list[JournalRecord]:
    """The journal records of a branch's day in the order they were posted."""
    records = [JOURNAL.decode(item) for item in _items(work, branch, day)]
    return sorted(records, key=lambda record: (record.posted_at, record.id))


def cursor_at(list_name: str, place: str) -> str:
    """The cursor of a list that continues at a place."""
    return encode_cursor({"pk": {"S": list_name}, "sk": {"S": place}})


def place_of_cursor(cursor: str, list_name: str) -> str:
    """The place a cursor continues at. Raises UnknownCursor for a cursor of another list."""
    try:
        place = decode_cursor(cursor, list_name)["sk"]["S"]
    except (KeyError, TypeError):
        raise UnknownCursor("cursor") from None
    if not isinstance(place, str):
        raise UnknownCursor("cursor")
    return place


def is_id(text: str, prefix: str) -> bool:
    """Whether a text can be an identifier of this kind; what cannot is not looked for."""
    try:
        return parse_id(text, prefix).prefix == prefix
    except InvalidIdentifier:
        return False


def _items(work: UnitOfWork, branch: str, day: date) -> Iterator[dict[str, Any]]:
    for shard in range(JOURNAL_SHARDS):
        table, pk, _ = JOURNAL.key(work.tenant, branch=branch, business_date=day, shard=shard, id="")
        for items, _ in work.store.pages(table, pk):
            yield from items


def _leg(leg: dict[str, Any]) -> LedgerLeg:
    """What two branches owe each other is kept by the other branch, which is the component of such a leg."""
    minor = leg["minor"] if leg["side"] == "debit" else -leg["minor"]
    product = leg["component"] if leg["role"] in INTERBRANCH else leg["product"]
    return LedgerLeg(leg["ledger_account"], leg["currency"], product, leg["role"], minor)
