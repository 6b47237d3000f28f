"""Changes of an account's status by hand: which may follow which, and what stays on record (DEP-105)."""

from dataclasses import replace
from datetime import date, datetime

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict, Invalid
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.modules.deposits.plans import StatusCode

BY_THEIR_OWN_EVENT = frozenset(
    {
        AccountState.PENDING_FUNDING,
        AccountState.UNCLAIMED,
        AccountState.WRITTEN_OFF,
        AccountState.CLOSED,
    }
)
"""Base classes that an account enters and leaves by an event that moves money, never by hand."""


class StatusChangeNotAllowed(Conflict):
    """This status cannot follow the account's, or is not set by hand."""

    code = "status_change_not_allowed"


class ReasonMissing(Invalid):
    """The tenant's code asks for a reason."""

    code = "reason_missing"


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One change of an account's status: from which code to which, when, by whom and why."""

    id: str
    account_id: str
    before: str
    after: str
    changed_on: date
    changed_by: str
    changed_at: datetime
    reason: str = ""
    version: int = 0


def check_change(
    account: DemandAccount, before: StatusCode | None, code: str, after: StatusCode, reason: str
) -> None:
    """Raises StatusChangeNotAllowed or ReasonMissing; a status without ``next_codes`` may be followed by any."""
    state = AccountState(after.base_class)
    follows = before is None or not before.next_codes or code in before.next_codes
    by_hand = after.manual and state not in BY_THEIR_OWN_EVENT and account.state not in BY_THEIR_OWN_EVENT
    if code == account.status or not follows or not by_hand:
        raise StatusChangeNotAllowed("status", status=code, before=account.status)
    if after.reason_required and not reason:
        raise ReasonMissing("reason")


def with_status(account: DemandAccount, code: str, status: StatusCode, on: date) -> DemandAccount:
    """The account under another status; whoever makes it active counts as its holder's movement of that date."""
    state = AccountState(status.base_class)
    woken = state is AccountState.ACTIVE and account.state is not AccountState.ACTIVE
    return replace(
        account,
        state=state,
        status=code,
        last_member_movement=on if woken else account.last_member_movement,
    )
