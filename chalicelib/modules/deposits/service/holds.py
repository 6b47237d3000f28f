"""Placing and releasing holds."""

from datetime import date, timedelta

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.certified_cheque import ChequeCertified
from chalicelib.modules.deposits.domain.hold import Hold, HoldState, extent, lifted, placed
from chalicelib.modules.deposits.domain.status_change import ReasonMissing
from chalicelib.modules.deposits.errors import CodeNotUsable, CurrencyMismatch
from chalicelib.modules.deposits.plans import HoldCode
from chalicelib.modules.deposits.service import codes, overdraft
from chalicelib.modules.deposits.tables import ACCOUNTS, HOLDS
from chalicelib.platform import clock
from chalicelib.platform.access.errors import PermissionDenied
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


class HoldAmountNeeded(Invalid):
    """A hold of this code needs an amount, or takes none."""

    code = "hold_amount"


class HoldOver(Invalid):
    """The hold would have ended before it is placed."""

    code = "hold_over"


class HoldTooLong(Invalid):
    """A hold of this code ends earlier."""

    code = "hold_too_long"


@dataclass(frozen=True, slots=True)
class HoldAsked:
    """A hold to place; ``money`` only for codes that hold an amount."""

    account_id: str
    code: str
    money: Money | None
    reason: str
    expires_on: date | None = None


def place_hold(work: UnitOfWork, asked: HoldAsked) -> tuple[DemandAccount, Hold]:
    """Keep an amount, or a whole side, from being used; available balance falls at once."""
    account = repository.account(work, asked.account_id)
    today = business_date(work, account.branch)
    code: HoldCode = work.config.get("deposits.hold_code", asked.code, today, field="code")
    if not code.active:
        raise CodeNotUsable("code", code=asked.code)
    if (asked.money is None) == (code.extent == "amount"):
        raise HoldAmountNeeded("amount")
    if asked.money and asked.money.currency != account.currency:
        raise CurrencyMismatch("amount.currency", currency=account.currency)
    codes.check_limit(work, code.requires_approval_over, asked.money)
    if code.reason_required and not asked.reason:
        raise ReasonMissing("reason")
    amount, no_debits, no_credits = extent(code, asked.money.minor if asked.money else 0)
    hold = Hold(
        id=new_id("hld"),
        account_id=account.id,
        code=asked.code,
        minor=amount,
        currency=account.currency,
        stops_debits=no_debits,
        stops_credits=no_credits,
        reason=asked.reason,
        placed_by=work.context.actor.id,
        placed_at=clock.now(),
        expires_on=_expiry(code, asked.expires_on, today),
    )
    account = work.put(ACCOUNTS, placed(account, hold))
    return account, work.put(HOLDS, hold)


def _expiry(code: HoldCode, wanted: date | None, today: date) -> date | None:
    """When the hold ends: on the date that was asked for, at the latest as many days on as its code lets it last."""
    latest = today + timedelta(days=code.max_days) if code.max_days else None
    if wanted and wanted < today:
        raise HoldOver("expires_on", business_date=today.isoformat())
    if latest and wanted and wanted > latest:
        raise HoldTooLong("expires_on", latest=latest.isoformat())
    return wanted or latest


def release_hold(work: UnitOfWork, account_id: str, hold_id: str, reason: str) -> tuple[DemandAccount, Hold]:
    """Give back what a hold kept; needs the permission that the hold's code names."""
    account = repository.account(work, account_id)
    hold = repository.hold(work, account_id, hold_id)
    if hold.cheque and hold.state is HoldState.ACTIVE:
        raise ChequeCertified("hold_id", number=hold.cheque)
    code: HoldCode | None = work.config.find(
        "deposits.hold_code", hold.code, business_date(work, account.branch)
    )
    if code and not work.context.actor.may(code.release_permission):
        raise PermissionDenied(permission=code.release_permission)
    account, hold = lifted(account, hold, HoldState.RELEASED, work.context.actor.id, reason)
    work.put(ACCOUNTS, account)
    overdraft.collect(work, account, hold.money)
    return work.get(ACCOUNTS, id=account.id), work.put(HOLDS, hold)
