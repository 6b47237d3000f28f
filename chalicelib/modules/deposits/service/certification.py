"""Certifying cheques, paying them out of the funds set aside, and taking a certification back (DEP-96)."""

from dataclasses import replace

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.certified_cheque import (
    CertificationNotOffered,
    CertificationState,
    CertifiedAmountDiffers,
    CertifiedCheque,
    ChequeNotCertified,
)
from chalicelib.modules.deposits.domain.hold import HoldState, lifted
from chalicelib.modules.deposits.plans import DepositControl
from chalicelib.modules.deposits.service import charges, holds
from chalicelib.modules.deposits.tables import ACCOUNTS, CERTIFIED, HOLDS
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


def certify(work: UnitOfWork, account_id: str, number: int, money: Money) -> CertifiedCheque:
    """Set a cheque's funds aside and charge for it; whether its number may be certified is for the caller to check.

    Raises CertificationNotOffered, and whatever the hold and the charge refuse.
    """
    account = repository.account(work, account_id)
    today = business_date(work, account.branch)
    control: DepositControl = work.config.main("deposits.control", today)
    if not control.certification_hold:
        raise CertificationNotOffered("account_id")
    asked = holds.HoldAsked(account.id, control.certification_hold, money, f"{number}")
    _, hold = holds.place_hold(work, asked)
    work.put(HOLDS, replace(hold, cheque=number))
    if control.certification_charge:
        charges.charge(work, charges.ChargeAsked(account.id, control.certification_charge, base=money))
    known = work.find(CERTIFIED, account_id=account.id, number=number)
    made = CertifiedCheque(
        account_id=account.id,
        number=number,
        minor=money.minor,
        currency=money.currency,
        hold_id=hold.id,
        certified_on=today,
        certified_by=work.context.actor.id,
        version=known.version if known else 0,
    )
    return work.put(CERTIFIED, made)


def certified(work: UnitOfWork, account_id: str, number: int) -> CertifiedCheque | None:
    """The certification of a cheque that stands, or None."""
    found = work.find(CERTIFIED, account_id=account_id, number=number)
    return found if found and found.state is CertificationState.ACTIVE else None


def use(work: UnitOfWork, account_id: str, number: int, money: Money) -> None:
    """Free the funds of a certified cheque that is being paid; nothing where it is not certified.

    Raises CertifiedAmountDiffers.
    """
    found = certified(work, account_id, number)
    if found is None:
        return
    if money != found.money:
        raise CertifiedAmountDiffers("amount", **found.money.to_api())
    _end(work, found, CertificationState.PAID, "")


def cancel(work: UnitOfWork, account_id: str, number: int, reason: str) -> CertifiedCheque:
    """Take a certification back: its funds can be used again. Raises UnknownDepositAccount, ChequeNotCertified."""
    account = repository.account(work, account_id)
    found = certified(work, account.id, number)
    if found is None:
        raise ChequeNotCertified("number", number=number)
    return _end(work, found, CertificationState.CANCELLED, reason)


def _end(work: UnitOfWork, found: CertifiedCheque, state: CertificationState, reason: str) -> CertifiedCheque:
    hold = repository.hold(work, found.account_id, found.hold_id)
    if hold.state is HoldState.ACTIVE:
        account = work.get(ACCOUNTS, id=found.account_id)
        account, hold = lifted(account, hold, HoldState.RELEASED, work.context.actor.id, reason)
        work.put(ACCOUNTS, account)
        work.put(HOLDS, hold)
    return work.put(CERTIFIED, replace(found, state=state))
