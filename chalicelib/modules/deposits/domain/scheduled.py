"""Scheduled transfers: ordered today, carried out at the start of a later day (GEN-62)."""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.errors import TransferNotScheduled, TransferTooFarAhead

LONGEST_DAYS = 366


class ScheduledState(StrEnum):
    """Life of a scheduled transfer; it is tried once."""

    SCHEDULED = "scheduled"
    EXECUTED = "executed"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ScheduledTransfer:
    """A transfer for the start of the first business date on or after ``execute_on``. Amounts in minor units.

    ``problem`` is the code of what refused it, ``entry_id`` the entry that carried it out.
    """

    id: str
    from_account: str
    to_account: str
    minor: int
    currency: str
    narrative: str
    code: str
    execute_on: date
    ordered_by: str
    made_at: datetime
    due_id: str
    state: ScheduledState = ScheduledState.SCHEDULED
    entry_id: str = ""
    problem: str = ""
    ended_by: str = ""
    version: int = 0

    @property
    def money(self) -> Money:
        """The amount ordered."""
        return Money(self.minor, self.currency)


def check_ahead(execute_on: date, today: date) -> None:
    """Raises TransferTooFarAhead where the date is not after today or more than a year away."""
    if not 0 < (execute_on - today).days <= LONGEST_DAYS:
        raise TransferTooFarAhead("date", business_date=today.isoformat(), days=LONGEST_DAYS)


def cancelled(order: ScheduledTransfer, by: str) -> ScheduledTransfer:
    """The order taken back. Raises TransferNotScheduled where it was carried out, failed or taken back before."""
    if order.state is not ScheduledState.SCHEDULED:
        raise TransferNotScheduled("transfer_id", state=order.state.value)
    return replace(order, state=ScheduledState.CANCELLED, ended_by=by)
