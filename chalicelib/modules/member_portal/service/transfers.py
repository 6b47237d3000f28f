"""Transfers between the member's own accounts, where the cooperative publishes them (POR-31).

Money leaves only an account that is the member's alone: how the owners of a joint one sign together is not on record,
so that nobody can say whether one of them may act without the others. It may go into a joint one.
"""

from datetime import date
from typing import Literal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import public as deposits
from chalicelib.modules.member_portal.errors import JointAccountCannotPay, ServiceNotPublished
from chalicelib.modules.member_portal.service import position
from chalicelib.modules.parties import public as parties
from chalicelib.platform import today
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

SERVICE = position.OWN_TRANSFERS
Reason = Literal["", "joint", "stopped"]
"""Why money cannot leave an account here; empty where it can."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the member's accounts and what a transfer may do with it; ``reason`` is why it cannot pay."""

    product: parties.ProductSummary
    reason: Reason
    may_receive: bool


@dataclass(frozen=True, slots=True)
class Transfer:
    """How much goes from which of the member's accounts to which, and why."""

    from_account: str
    to_account: str
    money: Money
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """A charge that comes with a transfer, by its name, or the ``tax`` on it."""

    name: str
    money: Money
    tax: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A transfer as it was made, or as it would be, with both accounts after it."""

    asked: Transfer
    receipt: deposits.Receipt
    payee: deposits.DemandAccount
    costs: list[Cost]

    @property
    def payer(self) -> deposits.DemandAccount:
        return self.receipt.account

    @property
    def total(self) -> Money:
        """What leaves the paying account."""
        return sum((cost.money for cost in self.costs), self.asked.money)


def choices(work: UnitOfWork) -> list[Choice]:
    """The member's open demand accounts with what a transfer may do with each. Raises ServiceNotPublished."""
    held = [each for each in position.held_accounts(work) if each.active]
    _check_published(work, business_date(work, held[0].branch) if held else today.business_day(work))
    return [Choice(each, _reason(work, each), deposits.may_receive(work, each.account_id)) for each in held]


def preview(work: UnitOfWork, asked: Transfer) -> Made:
    """What the transfer would do and cost, by doing it where nothing is kept. Raises what ``transfer`` raises."""
    return transfer(work.fresh(), asked)


def transfer(work: UnitOfWork, asked: Transfer) -> Made:
    """Move money between two of the member's accounts.

    Raises ServiceNotPublished, UnknownDepositAccount, JointAccountCannotPay, and whatever the accounts refuse.
    """
    payer = deposits.account(work, asked.from_account, "from_account")
    _check_published(work, business_date(work, payer.branch))
    if not parties.one_owner(work, payer.id, payer.branch):
        raise JointAccountCannotPay("from_account")
    instruction = deposits.Instruction(payer.id, asked.money, asked.narrative)
    receipt = deposits.transfer(work, instruction, asked.to_account)
    costs = [
        Cost(deposits.charge_name(work, taken.charge, payer), taken.money, taken.tax)
        for taken in receipt.charges
    ]
    return Made(asked, receipt, deposits.account(work, asked.to_account), costs)


def _reason(work: UnitOfWork, product: parties.ProductSummary) -> Reason:
    if product.joint:
        return "joint"
    return "" if deposits.may_pay(work, product.account_id) else "stopped"


def _check_published(work: UnitOfWork, on: date) -> None:
    if SERVICE not in position.services(work, on):
        raise ServiceNotPublished()
