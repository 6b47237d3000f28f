"""Where an account's interest goes if not into itself: into another account, or by cheque (DEP-27 to DEP-29)."""

from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.modules.deposits.errors import InterestAccountNotAllowed


@dataclass(frozen=True, slots=True)
class InterestDestination:
    """Who receives an account's interest: an account of the cooperative, or the payee of a cheque (a person's id).

    Which of them holds is a term of the account, ``interest_payment_method``; an empty payee is the holder.
    """

    account_id: str
    to_account: str = ""
    payee: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ChequeRequest:
    """A cashier's cheque that the bank owes since ``requested_on``; ``payee`` is a person's id. Minor units."""

    id: str
    branch: str
    account_id: str
    payee: str
    minor: int
    currency: str
    reason: str
    cycle_end: date
    requested_on: date
    entry_id: str
    version: int = 0

    @property
    def money(self) -> Money:
        """The amount of the cheque."""
        return Money(self.minor, self.currency)


def check_receives(source: DemandAccount, into: DemandAccount, field: str) -> None:
    """Raises InterestAccountNotAllowed where the account is the source itself, closed or of another currency."""
    if into.id == source.id or into.currency != source.currency or into.state is AccountState.CLOSED:
        raise InterestAccountNotAllowed(field)
