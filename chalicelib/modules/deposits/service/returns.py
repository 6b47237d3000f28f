"""Cheques that members deposited and other banks do not pay: taking them back out of floats or balance (DEP-127)."""

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Entry, Leg, Side
from chalicelib.modules.deposits import events, postings, repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.movement import RETURNED
from chalicelib.modules.deposits.domain.returned_cheque import (
    ChequeCameBack,
    NotAChequeDeposit,
    ReturnedCheque,
)
from chalicelib.modules.deposits.domain.status import CODE
from chalicelib.modules.deposits.domain.uncleared import release_of
from chalicelib.modules.deposits.plans import TransactionCode
from chalicelib.modules.deposits.service import charges, codes
from chalicelib.modules.deposits.service.money import Receipt
from chalicelib.modules.deposits.tables import ACCOUNTS, PREFIX, RETURNED_CHEQUES
from chalicelib.modules.parties import public as parties
from chalicelib.platform.events import emit
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.posting.reversals import reversals_of
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ReturnAsked:
    """A deposit by cheque, by its entry, and why its cheque was not paid; ``code`` where the tenant's own is meant."""

    entry_id: str
    reason: str
    code: str = ""


def return_cheque(work: UnitOfWork, asked: ReturnAsked) -> Receipt:
    """Take back what a deposited cheque had credited, with the charges that its return sets off.

    Funds that have not cleared leave the float; what has cleared leaves the balance, which may become overdrawn.
    Charges that the rest does not cover wait. Raises UnknownEntry, UnknownDepositAccount, NotAChequeDeposit,
    ChequeCameBack, CodeNotUsable, NeedsApproval, StatusForbids.
    """
    entry = posting.find_entry(work, asked.entry_id)
    leg, account = _deposit(work, entry)
    known = work.find(RETURNED_CHEQUES, account_id=account.id, deposit_entry=entry.id)
    if known or reversals_of(work, [entry.id]):
        raise ChequeCameBack("entry_id")
    name, code = codes.usable_code(work, asked.code, account, RETURNED, {RETURNED}, branch=entry.branch)
    codes.check_approval(work, code, leg.money)
    today = business_date(work, account.branch)
    release_on = release_of(leg.component)
    waiting = release_on if release_on and release_on > today else None
    contra = code.role_for(account.product) or postings.CHEQUES_IN_CLEARING
    legs = postings.cheque_returned(account, leg.money, entry.branch, contra, waiting)
    legs = charges.with_charges(work, name, entry.branch, legs)
    drawn = posting.draft(
        work,
        name,
        entry.branch,
        legs,
        asked.reason,
        value_date=entry.value_date if waiting and entry.value_date > today else None,
        source_ref=f"{repository.RETURN}{entry.id}",
    )
    posted = posting.post(work, drawn)
    _record(work, account, leg, entry, posted, asked.reason)
    after = work.get(ACCOUNTS, id=account.id)
    return Receipt(posted, after, parties.display_name(work, account.party_id))


def _deposit(work: UnitOfWork, entry: Entry) -> tuple[Leg, DemandAccount]:
    """(the leg by which a cheque was credited, its account)."""
    own = [
        leg
        for leg in entry.legs
        if leg.side is Side.CREDIT and (leg.account_id or "").startswith(f"{PREFIX}_")
    ]
    code: TransactionCode | None = work.config.find(CODE, entry.code, entry.business_date)
    if len(own) != 1 or entry.reverses or code is None or code.operation != "cheque_deposit":
        raise NotAChequeDeposit("entry_id")
    return own[0], repository.account(work, own[0].account_id or "", "entry_id")


def _record(
    work: UnitOfWork,
    account: DemandAccount,
    leg: Leg,
    deposit: Entry,
    posted: posting.Posted,
    reason: str,
) -> None:
    made = ReturnedCheque(
        account_id=account.id,
        deposit_entry=deposit.id,
        minor=leg.money.minor,
        currency=account.currency,
        reason=reason,
        returned_on=posted.entry.business_date,
        return_entry=posted.entry.id,
        returned_by=work.context.actor.id,
    )
    work.put(RETURNED_CHEQUES, made)
    told = {"account_id": account.id, "entry_id": deposit.id, "reason": reason, **leg.money.to_api()}
    emit(work, events.CHEQUE_CAME_BACK, told)
