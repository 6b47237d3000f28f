"""Reading an account's movements: those at hand, and behind them those that are in the archive.

Whatever is derived from movements finds all of them: where the days that it needs are archived, the account's objects
of those days are read. Only the lists that people page through stop at what is at hand.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.tables import HISTORY
from chalicelib.platform import archive
from chalicelib.platform.posting.records import MOVEMENTS, Movement
from chalicelib.platform.storage.cursor import UnknownCursor, decode_start, encode_cursor
from chalicelib.platform.work import Page, UnitOfWork


def record(work: UnitOfWork, line: Movement) -> Movement:
    """Put a line into an account's history that no entry leaves behind."""
    return work.put(MOVEMENTS, line)


def place_after(work: UnitOfWork, row: Movement) -> str:
    """The cursor with which a page of movements goes on after one of them."""
    _, pk, sk = MOVEMENTS.key_of(work.tenant, row)
    return encode_cursor({"pk": {"S": pk}, "sk": {"S": sk}})


def kept_from(account: DemandAccount, first: date) -> date:
    """The first day from a date on whose movements are at hand."""
    return max(first, account.archived.kept_from) if account.archived else first


def page_at_hand(
    work: UnitOfWork,
    account: DemandAccount,
    first: date,
    last: date,
    *,
    newest_first: bool,
    limit: int,
    cursor: str | None,
) -> Page:
    """Movements at hand that are dated between two business dates, a page at a time."""
    first = kept_from(account, first)
    if first > last:
        return Page([], None)
    return work.query(
        MOVEMENTS,
        account_id=account.id,
        between=(first.isoformat(), f"{last.isoformat()}#~"),
        forward=not newest_first,
        limit=limit,
        cursor=cursor,
    )


def movements(work: UnitOfWork, account: DemandAccount, first: date, last: date) -> Iterator[Movement]:
    """Every movement dated between two business dates, oldest first."""
    kept = account.archived
    if kept and first <= kept.through:
        yield from archive.rows(work, HISTORY, account.id, first, min(last, kept.through))
        first = kept.kept_from
    if first <= last:
        dates = (first.isoformat(), f"{last.isoformat()}#~")
        yield from work.all(MOVEMENTS, account_id=account.id, between=dates)


def movements_before(work: UnitOfWork, account: DemandAccount, before: str) -> list[Movement]:
    """The movements of the last two business dates that have any before a place in their order, oldest first.

    Two dates are what a balance needs: a movement of the day that was closing may be younger than those of the next.
    Archived ones are only among them where they count at that place.
    """
    found: list[Movement] = []
    dates: set[date] = set()
    for row in _backwards(work, account, before):
        if f"{row.business_date}#{row.sequence:08d}" >= before:
            continue
        dates.add(row.business_date)
        if len(dates) > 2:
            break
        found.append(row)
    return found[::-1]


def _backwards(work: UnitOfWork, account: DemandAccount, before: str) -> Iterator[Movement]:
    kept = account.archived
    start = kept.kept_from.isoformat() if kept else "0"
    if start <= before:
        yield from work.all(MOVEMENTS, account_id=account.id, between=(start, before), forward=False)
    day = date.fromisoformat(before[:10])
    if kept and (day <= kept.through or day < kept.counts_until):
        yield from archive.rows(work, HISTORY, account.id, last=day, forward=False)


def balance_before(work: UnitOfWork, account: DemandAccount, place: str) -> int:
    """The balance after the last movement before a place in the order of movements; 0 where there is none."""
    rows = with_true_balances(movements_before(work, account, place))
    if rows:
        return rows[-1].balance_minor
    kept = account.archived
    return kept.minor if kept and kept.through.isoformat() < place[:10] else 0


def closing_balances(
    work: UnitOfWork, account: DemandAccount, first: date, last: date
) -> list[tuple[date, int]]:
    """The balance that each business date from ``first`` to ``last`` closed with, each from its date on.

    Derived backwards from the balance that ``last`` closes with.
    """
    moved: dict[date, int] = {}
    for row in movements(work, account, first, last):
        moved[row.business_date] = moved.get(row.business_date, 0) + row.minor
    balance = account.closing_minor(last) - sum(moved.values())
    history = [(first, balance)]
    for day in sorted(moved):
        balance += moved[day]
        history.append((day, balance))
    return history[1:] if len(history) > 1 and history[1][0] == first else history


def with_true_balances(rows: list[Movement]) -> list[Movement]:
    """Rows in order of date with the balance after each.

    A movement of the day being closed may be posted after movements of the open day; those then carry a balance that
    does not know it yet. Its higher sequence number tells.
    """
    younger: list[Movement] = []
    result = []
    for row in rows:
        younger = [earlier for earlier in younger if earlier.sequence > row.sequence]
        late = sum(earlier.minor for earlier in younger)
        result.append(replace(row, balance_minor=row.balance_minor + late) if late else row)
        younger.append(row)
    return result


def oldest(
    work: UnitOfWork, account_id: str, before: date, most: int
) -> tuple[list[Movement], Movement | None]:
    """(the oldest movements in the hot table that are dated before a day, the one after them).

    No more than some, but always whole dates.
    """
    found: list[Movement] = []
    for row in work.all(MOVEMENTS, account_id=account_id, between=("0", before.isoformat())):
        if len(found) >= most and row.business_date > found[-1].business_date:
            return found, row
        found.append(row)
    if not found:
        return [], None
    later = work.query(MOVEMENTS, account_id=account_id, between=(before.isoformat(), "~"), limit=1)
    return found, next(iter(later.items), None)


def archived(work: UnitOfWork, account: DemandAccount, first: date, last: date) -> Iterator[Movement]:
    """The archived movements between two business dates that histories show, with the balance after each."""
    for piece in archive.pieces(work, HISTORY, account.id, first, last):
        for row in with_true_balances(archive.read(HISTORY, piece)):
            if first <= row.business_date <= last and not row.hidden:
                yield row


def archived_page(
    work: UnitOfWork, account: DemandAccount, first: date, last: date, limit: int, cursor: str | None
) -> Page:
    """A page of them; only the objects that have rows of the page are read. Raises UnknownCursor."""
    after = ""
    if cursor:
        _, pk, _ = MOVEMENTS.key(work.tenant, account_id=account.id, business_date=first, sequence=0)
        between = ("between", first.isoformat(), f"{last.isoformat()}#~")
        after = decode_start(cursor, pk, between)["sk"]["S"]
        first = _day_of(after)
    rows = (row for row in archived(work, account, first, last) if MOVEMENTS.key_of("", row)[2] > after)
    found = list(islice(rows, limit + 1))
    more = place_after(work, found[limit - 1]) if len(found) > limit else None
    return Page(found[:limit], more)


def _day_of(place: str) -> date:
    """The date of a place in the order of movements. Raises UnknownCursor."""
    try:
        return date.fromisoformat(place.partition("#")[0])
    except ValueError:
        raise UnknownCursor("cursor") from None


def archive_pieces(
    work: UnitOfWork, account: DemandAccount, first: date, last: date
) -> list[archive.ArchivePiece]:
    """The objects of the archive that have movements of an account between two business dates."""
    return list(archive.pieces(work, HISTORY, account.id, first, last))
