"""Accounting in the end of day: batch vouchers are applied, then each branch's ledger is closed and proven."""

from collections.abc import Callable, Iterable
from datetime import date

from chalicelib.modules.accounting.domain.sheet import LedgerSheet, fold
from chalicelib.modules.accounting.domain.trial_balance import NOTHING
from chalicelib.modules.accounting.domain.voucher import VoucherState
from chalicelib.modules.accounting.repository import sheets, vouchers
from chalicelib.modules.accounting.repository.journal import legs_of_day
from chalicelib.platform.closing.applications import ClosingDay, PieceRun, Tally, Unit
from chalicelib.platform.work import UnitOfWork

NAME = "accounting"

Apply = Callable[[UnitOfWork, str, date], object]
"""Applies one voucher on the date that is being closed."""


def close_ledger(work: UnitOfWork, branch: str, business_date: date) -> LedgerSheet:
    """Write the sheet of a branch's day from the latest sheet before it and the journal since.

    Done again it gives the identical sheet and writes nothing. ``entries`` and ``legs`` of the answer are the
    day's journal records and their legs. Days before it that were never closed get their sheets too. Raises
    LaterDayClosed.
    """
    previous = sheets.last_stored(work, branch, business_date - sheets.DAY)
    for day in sheets.open_days(work, branch, previous.business_date if previous else None, business_date):
        if day < business_date:
            skipped = fold(previous, branch, day, legs_of_day(work, branch, day))
            if skipped.entries:
                sheets.save(work, skipped)
                previous = skipped
    return _close(work, previous, branch, business_date)


def proof(work: UnitOfWork, branches: Iterable[str], on: date) -> dict[str, int]:
    """Debits minus credits after a date by ``branch/currency``, in minor units; all zero in a sound ledger (GEN-53)."""
    return {
        f"{branch}/{currency}": difference
        for branch in branches
        for currency, difference in sheets.on_date(work, branch, on).differences().items()
    }


def rederived(work: UnitOfWork, branch: str, on: date) -> dict[str, int]:
    """Where the stored sheet of a date is not what the journal gives: ``account/currency`` → closing balance off.

    Empty where the two agree, and where no sheet is stored.
    """
    kept = sheets.stored(work, branch, on)
    if kept is None:
        return {}
    previous = sheets.last_stored(work, branch, on - sheets.DAY)
    fresh = fold(previous, branch, on, legs_of_day(work, branch, on))
    off: dict[str, int] = {}
    for key in sorted(kept.rows.keys() | fresh.rows.keys()):
        before, after = kept.rows.get(key, NOTHING), fresh.rows.get(key, NOTHING)
        if before != after:
            place = f"{key.account}/{key.currency}"
            off[place] = off.get(place, 0) + after.closing - before.closing
    return off


def units(work: UnitOfWork, branch: str) -> list[Unit]:
    """The branch's authorised vouchers that wait for the end of day; nothing where all are applied at once."""
    waiting = vouchers.waiting(work, VoucherState.AUTHORISED, branch)
    return [Unit(NAME, branch, 0, len(waiting))] if waiting else []


def close_with(apply: Apply) -> Callable[[PieceRun, list[Unit]], Tally]:
    """How a piece applies the vouchers of its units (ACC-14), each in a transaction of its own."""

    def close(run: PieceRun, given: list[Unit]) -> Tally:
        tally = Tally()
        for unit in given:
            for pointer in vouchers.waiting(run.work(), VoucherState.AUTHORISED, unit.branch):
                _apply_one(run, apply, pointer.voucher_id)
                tally.read += 1
                tally.processed += 1
        return tally

    return close


def settle(work: UnitOfWork, branch: str, day: ClosingDay, tally: Tally) -> None:
    """Vouchers post themselves; there are no totals to post."""


def owes(tally: Tally) -> dict[tuple[str, str, str, str], int]:
    """Vouchers move no sub-ledger."""
    return {}


def _apply_one(run: PieceRun, apply: Apply, voucher_id: str) -> None:
    run.commit(lambda work: apply(work, voucher_id, run.day.business_date))


def _close(work: UnitOfWork, previous: LedgerSheet | None, branch: str, day: date) -> LedgerSheet:
    sheet = fold(previous, branch, day, legs_of_day(work, branch, day))
    sheets.save(work, sheet)
    return sheet
