"""Forgotten accounts in the close: telling their holders, and leaving the rest to the start of the day (DEP-126)."""

from dataclasses import replace

from chalicelib.kernel.identifiers import derived_id
from chalicelib.modules.deposits import events
from chalicelib.modules.deposits.closing.almanac import Almanac
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.modules.deposits.domain.status import STATUS
from chalicelib.modules.deposits.domain.unclaimed import (
    falls_due_on,
    is_told,
    is_unclaimed,
    never_funded,
)
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.modules.parties import public as parties
from chalicelib.platform.closing import dues
from chalicelib.platform.events import emit
from chalicelib.platform.notifications import notify
from chalicelib.platform.work import UnitOfWork

APPLICATION, UNCLAIMED, UNFUNDED = "deposits", "unclaimed", "unfunded"
NOTICE = "funds_to_be_unclaimed"


def moves_unclaimed(almanac: Almanac) -> bool:
    """Whether the tenant moves unclaimed funds: it has a status and a transaction code for them."""
    classes = {status.base_class for _, status in almanac.config.all(STATUS, almanac.day.business_date)}
    return AccountState.UNCLAIMED.value in classes and bool(almanac.control.system_codes.unclaimed_transfer)


def something_happens(almanac: Almanac, account: DemandAccount) -> bool:
    """Whether this close has to do with the account for having been forgotten."""
    on, control = almanac.day.business_date, almanac.control
    if never_funded(account, on, control):
        return True
    told = is_told(account, on, control) or is_unclaimed(account, on, control)
    return told and moves_unclaimed(almanac)


def happen(work: UnitOfWork, almanac: Almanac, account: DemandAccount) -> DemandAccount:
    """Tell the holder once, and prepare for the start of the day what it is to do."""
    if not something_happens(almanac, account):
        return account
    on, control = almanac.day.business_date, almanac.control
    if never_funded(account, on, control):
        _prepare(work, almanac, account, UNFUNDED, account.opened_on.isoformat())
        return account
    if is_told(account, on, control):
        account = _tell(work, almanac, account)
    if is_unclaimed(account, on, control):
        moved = account.last_member_movement
        _prepare(work, almanac, account, UNCLAIMED, moved.isoformat() if moved else "")
    return account


def _prepare(work: UnitOfWork, almanac: Almanac, account: DemandAccount, kind: str, since: str) -> None:
    dues.prepare(
        work,
        APPLICATION,
        kind,
        account.branch,
        almanac.day.open_date,
        key=(account.id, since),
        payload={"account_id": account.id, "last_movement": since},
    )


def _tell(work: UnitOfWork, almanac: Almanac, account: DemandAccount) -> DemandAccount:
    on, due = almanac.day.business_date, falls_due_on(account, almanac.control)
    moved = str(account.last_member_movement)
    emit(
        work,
        events.FUNDS_TO_BE_UNCLAIMED,
        {"account_id": account.id, "due_on": str(due)},
        derived_from=(account.id, moved),
    )
    told = {"account": account.number, "amount": account.ledger, "date": due}
    identifier = derived_id("ntf", work.tenant, NOTICE, account.id, moved)
    notify(work, NOTICE, parties.recipient(work, account.party_id), told, identifier=identifier)
    return work.put(ACCOUNTS, replace(account, unclaimed_notice_on=on))
