"""Unclaimed funds: moving forgotten money, giving it back, and closing accounts never funded (DEP-126)."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.identifiers import derived_id
from chalicelib.kernel.money import Money
from chalicelib.kernel.rounding import Rounding
from chalicelib.modules.deposits import events, postings, repository
from chalicelib.modules.deposits.domain.account import (
    AccountState,
    DemandAccount,
    interest_taken,
    settled,
)
from chalicelib.modules.deposits.domain.status import status_of, steps_of, system_code
from chalicelib.modules.deposits.domain.terms import terms_of
from chalicelib.modules.deposits.domain.unclaimed import ASLEEP, NotUnclaimed
from chalicelib.modules.deposits.errors import (
    AccountOverdrawn,
    ClosingUnderWay,
    FundsNotCleared,
    HoldsRemain,
)
from chalicelib.modules.deposits.service import closures, codes, statuses
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.modules.parties import public as parties
from chalicelib.platform.closing.dues import Due
from chalicelib.platform.closing.runs import LOCK
from chalicelib.platform.events import emit
from chalicelib.platform.notifications import notify
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

TRANSFER, CLAIM = "unclaimed_transfer", "claim_restored"
MOVED_NOTICE = "funds_unclaimed"


@dataclass(frozen=True, slots=True)
class Claimed:
    """An account whose money came back to it, how much, and the entry that brought it (None where it was nothing)."""

    account: DemandAccount
    money: Money
    posted: posting.Posted | None


def carry_out(work: UnitOfWork, due: Due) -> None:
    """Move an account's money, with the interest it has earned, to the unclaimed funds.

    Nothing happens where its holder has moved meanwhile. Raises HoldsRemain, AccountOverdrawn, FundsNotCleared and
    ClosingUnderWay, after which a later start of day tries again.
    """
    account = work.get(ACCOUNTS, id=due.payload["account_id"])
    moved = account.last_member_movement
    if account.state not in ASLEEP or moved is None or moved.isoformat() != due.payload["last_movement"]:
        return
    _check_movable(work, account)
    account = _with_interest(work, account)
    if account.ledger_minor:
        _post_transfer(work, due, account)
    after = work.get(ACCOUNTS, id=account.id)
    today = business_date(work, account.branch)
    status = status_of(work.config, AccountState.UNCLAIMED, today, after.status)
    statuses.record(work, after, status, TRANSFER)
    after = work.put(ACCOUNTS, replace(after, state=AccountState.UNCLAIMED, status=status))
    money = Money(after.unclaimed_minor, after.currency)
    emit(work, events.FUNDS_UNCLAIMED, {"account_id": after.id, **money.to_api()}, derived_from=(due.id,))
    told = {"account": after.number, "amount": money, "date": today}
    identifier = derived_id("ntf", work.tenant, MOVED_NOTICE, due.id)
    notify(work, MOVED_NOTICE, parties.recipient(work, after.party_id), told, identifier=identifier)


def claim(work: UnitOfWork, account_id: str, reason: str) -> Claimed:
    """Bring an account's money back to it for the holder who claims it; the account is active again.

    Raises UnknownDepositAccount, NotUnclaimed, ClosingUnderWay, TransactionCodeMissing, CodeNotUsable, NeedsApproval.
    """
    account = repository.account(work, account_id)
    if account.state is not AccountState.UNCLAIMED:
        raise NotUnclaimed("account_id")
    if work.find(LOCK) is not None:
        raise ClosingUnderWay("account_id")
    money = Money(account.unclaimed_minor, account.currency)
    name, code = codes.usable_code(work, "", account, CLAIM, {CLAIM})
    codes.check_approval(work, code, money)
    posted = None
    if money:
        legs = postings.unclaimed_restored(account, money)
        posted = posting.post(
            work, posting.draft(work, name, account.branch, legs, reason, source_ref=account.id)
        )
    after = work.get(ACCOUNTS, id=account.id)
    today = business_date(work, account.branch)
    status = status_of(work.config, AccountState.ACTIVE, today, after.status)
    statuses.record(work, after, status, reason)
    awake = replace(
        after,
        state=AccountState.ACTIVE,
        status=status,
        last_member_movement=today,
        unclaimed_notice_on=None,
    )
    told = {"account_id": account.id, "reason": reason, **money.to_api()}
    emit(work, events.FUNDS_CLAIMED, told)
    return Claimed(work.put(ACCOUNTS, awake), money, posted)


def close_unfunded(work: UnitOfWork, due: Due) -> None:
    """Close an account that never had a first deposit; nothing where one has come meanwhile. Raises HoldsRemain."""
    account = work.get(ACCOUNTS, id=due.payload["account_id"])
    if account.state is not AccountState.PENDING_FUNDING or account.ledger_minor:
        return
    if account.debits_stopped or account.credits_stopped:
        raise HoldsRemain("account_id")
    today = business_date(work, account.branch)
    statuses.record(work, account, closures.closed_status(work, account, today), "unfunded")
    closures.shut(work, account.id, today)


def _check_movable(work: UnitOfWork, account: DemandAccount) -> None:
    if account.held_minor or account.debits_stopped or account.credits_stopped:
        raise HoldsRemain("account_id")
    if account.ledger_minor < 0:
        raise AccountOverdrawn("account_id")
    if account.uncleared_on(business_date(work, account.branch)):
        raise FundsNotCleared("account_id")
    if account.interest_due_minor:
        raise ClosingUnderWay("account_id")


def _with_interest(work: UnitOfWork, account: DemandAccount) -> DemandAccount:
    """The account after the interest that it has earned up to yesterday was paid into it, its tax withheld."""
    today = business_date(work, account.branch)
    steps = steps_of(work.config, account, today)
    terms = terms_of(work.config, account.plan, account.overrides, today)
    account, interest = interest_taken(
        settled(account, today, steps), today - timedelta(days=1), steps, Rounding(terms.interest_rounding)
    )
    work.put(ACCOUNTS, account)
    tax = closures.tax_on(work, account, interest, today)
    legs = postings.interest_paid(account, interest) if interest else ()
    if tax:
        legs += postings.tax_withheld(account, tax)
    if legs:
        name = system_code(work.config, "interest_payment", today)
        posting.post(work, posting.draft(work, name, account.branch, legs, source_ref=account.id))
    paid: DemandAccount = work.get(ACCOUNTS, id=account.id)
    return paid


def _post_transfer(work: UnitOfWork, due: Due, account: DemandAccount) -> None:
    name = system_code(work.config, TRANSFER, business_date(work, account.branch))
    entry = posting.draft(
        work,
        name,
        account.branch,
        postings.unclaimed_moved(account, account.ledger),
        source_ref=account.id,
        derived_from=(work.tenant, "due", due.id),
    )
    posting.post(work, entry)
