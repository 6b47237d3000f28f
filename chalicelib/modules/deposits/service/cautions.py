"""Cautions of accounts: placing them, taking them away, and holding a transaction until they are acknowledged."""

from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.kernel.entry import Leg
from chalicelib.kernel.errors import Conflict, Invalid
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.caution import Caution, removed
from chalicelib.modules.deposits.tables import ACCOUNTS, CAUTIONS, PREFIX
from chalicelib.platform import clock
from chalicelib.platform.context import ActorKind
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


class CautionNotAcknowledged(Conflict):
    """Whoever posts has not said that they read the account's cautions; the problem lists them."""

    code = "caution_not_acknowledged"

    def __init__(self, cautions: list[Caution], field: str = "acknowledged_cautions") -> None:
        super().__init__(field, cautions=" / ".join(each.text for each in cautions))
        self.extensions: dict[str, Any] = {
            "cautions": [{"id": each.id, "text": each.text} for each in cautions]
        }


class EndsInThePast(Invalid):
    """The last day is over already."""

    code = "ends_in_the_past"


def place(work: UnitOfWork, account_id: str, text: str, expires_on: date | None = None) -> Caution:
    """Warn everybody who serves the account from now on. Raises UnknownDepositAccount, EndsInThePast."""
    account = repository.account(work, account_id)
    today = business_date(work, account.branch)
    if expires_on and expires_on < today:
        raise EndsInThePast("expires_on", business_date=today.isoformat())
    made = Caution(
        id=new_id("cau"),
        account_id=account.id,
        text=text,
        placed_by=work.context.actor.id,
        placed_at=clock.now(),
        expires_on=expires_on,
    )
    work.put(ACCOUNTS, replace(account, cautions=account.cautions + 1))
    return work.put(CAUTIONS, made)


def remove(work: UnitOfWork, account_id: str, caution_id: str, reason: str) -> Caution:
    """Warn no more. Raises UnknownCaution, CautionRemoved."""
    account = repository.account(work, account_id)
    gone = removed(repository.caution(work, account.id, caution_id), work.context.actor.id, reason)
    work.put(ACCOUNTS, replace(account, cautions=account.cautions - 1))
    return work.put(CAUTIONS, gone)


def in_force(work: UnitOfWork, account: DemandAccount) -> list[Caution]:
    """The cautions that must be acknowledged today, the oldest first; accounts without any are not read."""
    if not account.cautions:
        return []
    today = business_date(work, account.branch)
    found = [each for each in repository.cautions(work, account.id) if each.warns_on(today)]
    return sorted(found, key=lambda each: (each.placed_at, each.id))


def check_acknowledged(work: UnitOfWork, legs: tuple[Leg, ...], acknowledged: tuple[str, ...]) -> None:
    """Raises CautionNotAcknowledged where staff move money of an account whose cautions they have not acknowledged.

    Members, files and the bank itself are not warned: cautions are words between people who serve the account.
    """
    if work.context.actor.kind is not ActorKind.STAFF:
        return
    own = {leg.account_id for leg in legs if leg.account_id and leg.account_id.startswith(f"{PREFIX}_")}
    accounts = [work.get(ACCOUNTS, id=account_id) for account_id in sorted(own)]
    open_ones = [
        each for account in accounts for each in in_force(work, account) if each.id not in acknowledged
    ]
    if open_ones:
        raise CautionNotAcknowledged(open_ones)
