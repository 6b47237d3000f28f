"""The member's own term deposits (POR-17)."""

from decimal import Decimal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.deposits import public as deposits
from chalicelib.modules.parties import public as parties
from chalicelib.modules.term_deposits import public as term_deposits
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OwnDeposit:
    """A term deposit with what its product is called, what it has earned, and the account that it pays into.

    ``account_number`` is empty where the deposit is joint and pays into an account that is another owner's alone.
    ``days_left`` until it matures, from the business date; none once it has.
    """

    deposit: term_deposits.TermDeposit
    name: str
    accrued: Decimal
    account_number: str
    days_left: int


def active(work: UnitOfWork) -> list[OwnDeposit]:
    """The member's deposits that have not ended, joint ones among them, the next to mature first."""
    owned = parties.products_of(work, work.context.actor.party_id, term_deposits.APPLICATION)
    found = [term_deposits.deposit(work, each.account_id) for each in owned if each.owns and each.active]
    return [_own(work, each) for each in sorted(found, key=lambda each: (each.paid_on, each.number))]


def one(work: UnitOfWork, deposit_id: str) -> OwnDeposit:
    """One of the member's deposits, even when it has ended. Raises UnknownTermDepositHeld."""
    return _own(work, term_deposits.deposit(work, deposit_id))


def _own(work: UnitOfWork, deposit: term_deposits.TermDeposit) -> OwnDeposit:
    account = deposits.seen(work, deposit.account_id)
    left = (deposit.paid_on - business_date(work, deposit.branch)).days
    return OwnDeposit(
        deposit,
        term_deposits.product_name(work, deposit),
        term_deposits.accrued(work, deposit),
        account.number if account else "",
        max(0, left),
    )
