"""Finding, listing and numbering vouchers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.domain.voucher import (
    Voucher,
    VoucherCounter,
    VoucherListing,
    VoucherNumber,
    VoucherState,
    WaitingVoucher,
    number_text,
)
from chalicelib.modules.accounting.errors import UnknownVoucher
from chalicelib.modules.accounting.plans import VoucherConcept
from chalicelib.modules.accounting.repository.branches import sees
from chalicelib.modules.accounting.repository.journal import cursor_at, is_id, place_of_cursor
from chalicelib.modules.accounting.tables import (
    COUNTERS,
    VOUCHER_NUMBERS,
    VOUCHERS,
    VOUCHERS_OF_BRANCH,
    WAITING_VOUCHERS,
)
from chalicelib.platform.work import UnitOfWork

PREFIX = "vou"
LIST = "vouchers"
WAITING = (VoucherState.PENDING, VoucherState.AUTHORISED)


@dataclass(frozen=True, slots=True)
class VoucherPage:
    """Some vouchers and where the list goes on."""

    items: list[Voucher]
    next_cursor: str | None


def voucher(work: UnitOfWork, voucher_id: str, field: str = "id") -> Voucher:
    """The voucher with this id, within the caller's branches. Raises UnknownVoucher."""
    found = work.find(VOUCHERS, id=voucher_id) if is_id(voucher_id, PREFIX) else None
    if found is None or not sees(work, found.branch):
        raise UnknownVoucher(field)
    return found


def numbered(work: UnitOfWork, number: str) -> Voucher | None:
    """The voucher with this number, within the caller's branches, or None."""
    pointer = work.find(VOUCHER_NUMBERS, number=number)
    found = work.find(VOUCHERS, id=pointer.voucher_id) if pointer else None
    return found if found and sees(work, found.branch) else None


def add(work: UnitOfWork, new: Voucher) -> Voucher:
    """Store a new voucher with its line in the branch's list."""
    work.put(VOUCHERS_OF_BRANCH, VoucherListing(new.branch, new.captured_on, new.id))
    return save(work, new, None)


def save(work: UnitOfWork, new: Voucher, old: Voucher | None) -> Voucher:
    """Store a voucher and keep the lists of waiting ones in step with its state; answers it as it will be stored."""
    if old and old.state in WAITING and old.state is not new.state:
        pointer = work.find(WAITING_VOUCHERS, state=old.state, branch=old.branch, voucher_id=old.id)
        if pointer:
            work.delete(WAITING_VOUCHERS, pointer)
    if new.state in WAITING and (old is None or old.state is not new.state):
        work.put(WAITING_VOUCHERS, WaitingVoucher(new.state, new.branch, new.id))
    work.put(VOUCHERS, new)
    return replace(new, version=new.version + 1)


def next_number(work: UnitOfWork, concept: VoucherConcept, voucher_id: str) -> str:
    """The concept's next number, taken in this operation's transaction: a failed one takes none (ACC-76)."""
    counter = work.find(COUNTERS, prefix=concept.prefix) or VoucherCounter(concept.prefix, 0)
    counter = work.put(COUNTERS, replace(counter, last=counter.last + 1))
    number = number_text(concept.prefix, counter.last, concept.number_digits)
    work.put(VOUCHER_NUMBERS, VoucherNumber(number, voucher_id))
    return number


def waiting(work: UnitOfWork, state: VoucherState, branch: str) -> list[WaitingVoucher]:
    """Pointers to a branch's vouchers that wait in a state, in the order of their ids."""
    return list(work.all(WAITING_VOUCHERS, state=state, prefix=f"{branch}#"))


def all_waiting(work: UnitOfWork, state: VoucherState, branches: Iterable[str]) -> list[Voucher]:
    """The vouchers of some branches that wait in a state."""
    return _load(work, [row.voucher_id for branch in branches for row in waiting(work, state, branch)])


def captured(
    work: UnitOfWork,
    branches: Iterable[str],
    first: date,
    last: date,
    state: VoucherState | None,
    limit: int,
    cursor: str | None,
) -> VoucherPage:
    """Vouchers captured between two business dates, newest first."""
    rows = [
        row
        for branch in branches
        for row in work.all(VOUCHERS_OF_BRANCH, branch=branch, between=(f"{first}#", f"{last}#~"))
    ]
    rows.sort(key=lambda row: (row.captured_on, row.voucher_id), reverse=True)
    after = place_of_cursor(cursor, LIST) if cursor else ""
    places = [row for row in rows if not after or f"{row.captured_on}#{row.voucher_id}" < after]
    found: list[Voucher] = []
    for start in range(0, len(places), limit):
        part = places[start : start + limit]
        loaded = _load(work, [row.voucher_id for row in part])
        for position, candidate in enumerate(loaded, start):
            if state in (None, candidate.state):
                found.append(candidate)
            if len(found) == limit and position + 1 < len(places):
                return VoucherPage(found, cursor_at(LIST, f"{candidate.captured_on}#{candidate.id}"))
    return VoucherPage(found, None)


def _load(work: UnitOfWork, ids: list[str]) -> list[Voucher]:
    for start in range(0, len(ids), 100):
        work.load([(VOUCHERS, {"id": voucher_id}) for voucher_id in ids[start : start + 100]])
    return [work.get(VOUCHERS, id=voucher_id) for voucher_id in ids]
