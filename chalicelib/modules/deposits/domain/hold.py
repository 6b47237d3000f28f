"""Holds: amounts, or whole sides of an account, that cannot be used until they are released or expire."""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.errors import HoldExceedsBalance, HoldReleased
from chalicelib.modules.deposits.plans import HoldCode


class HoldState(StrEnum):
    """Life of a hold."""

    ACTIVE = "active"
    RELEASED = "released"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold on one account. ``minor`` is zero for holds on a whole side; ``cheque`` is the certified one it is for."""

    id: str
    account_id: str
    code: str
    minor: int
    currency: str
    stops_debits: bool
    stops_credits: bool
    reason: str
    placed_by: str
    placed_at: datetime
    expires_on: date | None = None
    state: HoldState = HoldState.ACTIVE
    cheque: int = 0
    released_by: str = ""
    release_reason: str = ""
    version: int = 0

    @property
    def money(self) -> Money:
        """The amount held."""
        return Money(self.minor, self.currency)


def placed(account: DemandAccount, hold: Hold) -> DemandAccount:
    """The account with a new hold. Raises HoldExceedsBalance where there is not that much free."""
    free = account.ledger_minor - account.held_minor
    if hold.minor > free:
        raise HoldExceedsBalance("amount", available=Money(max(0, free), account.currency).to_api()["amount"])
    return _with(account, hold, 1)


def lifted(
    account: DemandAccount, hold: Hold, state: HoldState, by: str, reason: str
) -> tuple[DemandAccount, Hold]:
    """(account, hold) after a release or expiry. Raises HoldReleased where it was lifted before."""
    if hold.state is not HoldState.ACTIVE:
        raise HoldReleased("hold_id")
    return _with(account, hold, -1), replace(hold, state=state, released_by=by, release_reason=reason)


def extent(code: HoldCode, minor: int) -> tuple[int, bool, bool]:
    """(amount held, stops all debits, stops all credits) of a hold of this code."""
    if code.extent == "amount":
        return minor, False, False
    return 0, code.stops in ("debit", "both"), code.stops in ("credit", "both")


def _with(account: DemandAccount, hold: Hold, sign: int) -> DemandAccount:
    return replace(
        account,
        held_minor=account.held_minor + sign * hold.minor,
        debits_stopped=account.debits_stopped + sign * hold.stops_debits,
        credits_stopped=account.credits_stopped + sign * hold.stops_credits,
    )
