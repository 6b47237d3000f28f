"""Management notes: what two branches owe each other is set off, so that only the difference remains (ACC-48)."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.modules.accounting.domain.entry_template import due_dates
from chalicelib.modules.accounting.domain.moving import BALANCE_SHEET, MEMORANDUM, Group, line, pairs_of
from chalicelib.modules.accounting.domain.voucher import VoucherLine
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.chart import NOTE
from chalicelib.modules.accounting.service.concluding import Order
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.posting.accounts import resolve
from chalicelib.platform.work import UnitOfWork


def notes(work: UnitOfWork, day: ClosingDay, branches: tuple[str, ...]) -> Iterator[Order]:
    """One voucher for each pair of branches that both owe each other, on the dates of a note (ACC-49: by group)."""
    on = day.business_date
    for code, note in work.config.all(NOTE, on):
        for due in due_dates(note, on, day.covered_until)[-1:]:
            for group, one, other in _pairs(work, branches, on):
                yield Order(
                    key=("management_note", code, due.isoformat(), one, other, group.name),
                    branch=one,
                    narrative=name_in(note.names, work.context.language),
                    lines=partial(_lines, group=group, one=one, other=other, on=on),
                    concept=note.concept or "",
                    origin=f"{NOTE}:{code}",
                )


def _pairs(work: UnitOfWork, branches: tuple[str, ...], on: date) -> Iterator[tuple[Group, str, str]]:
    """Each pair of branches that both owe each other, once; on and off balance apart."""
    seen: set[tuple[Group, str, str]] = set()
    for branch in branches:
        sheet = sheets.on_date(work, branch, on)
        for group in (BALANCE_SHEET, MEMORANDUM):
            for (other, _), pair in pairs_of(sheet, group).items():
                place = (group, min(branch, other), max(branch, other))
                if pair.common and other in branches and place not in seen:
                    seen.add(place)
                    yield place


def _lines(work: UnitOfWork, *, group: Group, one: str, other: str, on: date) -> Iterator[VoucherLine]:
    """In each of the two branches: what it owes the other is debited, what it is owed credited."""
    kept = {branch: pairs_of(sheets.on_date(work, branch, on), group) for branch in (one, other)}
    for counter, currency in sorted(kept[one]):
        mirror = kept[other].get((one, currency))
        if counter != other or mirror is None:
            continue
        common = min(kept[one][other, currency].common, mirror.common)
        for branch, far in ((one, other), (other, one)) if common else ():
            for role, minor in ((group.due_to, common), (group.due_from, -common)):
                leg = Leg(branch, Side.DEBIT, Money(common, currency), role, component=far)
                account = resolve(work.config, leg, on).ledger_account
                yield line(branch, account, minor, currency, role, component=far)
