"""Deposited cheques that came back unpaid: what is kept of each, so that it is taken back once (DEP-127)."""

from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict, Invalid
from chalicelib.kernel.money import Money


class NotAChequeDeposit(Invalid):
    """The entry deposited no cheque, or not into one account."""

    code = "not_a_cheque_deposit"


class ChequeCameBack(Conflict):
    """The deposited cheque came back unpaid before, or its deposit was undone."""

    code = "cheque_came_back"


@dataclass(frozen=True, slots=True)
class ReturnedCheque:
    """A deposit by cheque that was taken back: its entry, its amount, why, and the entry that took it back."""

    account_id: str
    deposit_entry: str
    minor: int
    currency: str
    reason: str
    returned_on: date
    return_entry: str
    returned_by: str
    version: int = 0

    @property
    def money(self) -> Money:
        """The cheque's amount."""
        return Money(self.minor, self.currency)
