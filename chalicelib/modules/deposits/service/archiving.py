"""Movements that are old enough leave the hot table once the statement is out (DEP-83).

The account keeps the balance after them, so that what is derived from movements goes on from there; what is asked of
the days before is read from the archive.
"""

from dataclasses import replace
from datetime import date
from functools import partial

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.archived import ArchivedHistory, after_moving, movable
from chalicelib.modules.deposits.repository import histories
from chalicelib.modules.deposits.service.periods import check_period
from chalicelib.modules.deposits.tables import ACCOUNTS, HISTORY
from chalicelib.platform import archive
from chalicelib.platform.archive import ArchivePiece
from chalicelib.platform.closing.applications import PieceRun
from chalicelib.platform.posting.records import Movement
from chalicelib.platform.work import UnitOfWork

MOST_IN_A_PIECE = 5000


@dataclass(frozen=True, slots=True)
class ArchivedPeriod:
    """A page of the archived movements of a period, and the files of the archive that the period is in.

    ``through`` is the last day of the account that is archived, ``balance`` the balance after it.
    """

    last: date
    movements: list[Movement]
    pieces: list[ArchivePiece]
    through: date | None
    balance: Money | None
    next_cursor: str | None


def archived(
    work: UnitOfWork, account_id: str, first: date, last: date, *, limit: int, cursor: str | None
) -> ArchivedPeriod:
    """What is in the archive of an account between two dates. Raises UnknownDepositAccount, PeriodTooLong."""
    check_period(first, last)
    account = repository.account(work, account_id)
    page = histories.archived_page(work, account, first, last, limit, cursor)
    pieces, kept = histories.archive_pieces(work, account, first, last), account.archived
    balance = Money(kept.minor, account.currency) if kept else None
    return ArchivedPeriod(last, page.items, pieces, kept.through if kept else None, balance, page.next_cursor)


def archive_history(run: PieceRun, account_id: str, before: date) -> None:
    """Move an account's movements that are dated before a day into the archive; what was moved is passed over."""
    while True:
        work = run.work()
        rows, following = histories.oldest(work, account_id, before, MOST_IN_A_PIECE)
        if not rows:
            return
        account = work.get(ACCOUNTS, id=account_id)
        left = [row for row in rows if account.archived and row.business_date <= account.archived.through]
        if left:
            archive.clear(run, HISTORY, account.id, left)
            continue
        rows = movable(rows, following)
        if not rows:
            return
        kept = after_moving(account.archived, rows)
        keep = partial(_keep, known=account, kept=kept)
        moved = archive.move(run, HISTORY, account.id, rows, keep)
        if not moved or following is None or following.business_date >= before:
            return


def _keep(work: UnitOfWork, known: DemandAccount, kept: ArchivedHistory) -> bool:
    """Write the balance that stands for what is archived, unless somebody else has archived it meanwhile."""
    account = work.get(ACCOUNTS, id=known.id)
    if account.archived != known.archived:
        return False
    work.put(ACCOUNTS, replace(account, archived=kept))
    return True
