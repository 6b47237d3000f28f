"""Moving money: deposit, withdraw, transfer, charge, reverse."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from chalicelib.kernel.entry import Leg
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import permissions, postings, repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.errors import (
    ChargeNotFixed,
    CodeNotUsable,
    EarlierBusinessDate,
    NotReversible,
    SameAccount,
    UnknownCharge,
)
from chalicelib.modules.deposits.plans import (
    BranchDepositControl,
    DepositControl,
    ServiceCharge,
    TransactionCode,
)
from chalicelib.modules.deposits.service import clearing, overdraft
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.modules.parties import public as parties
from chalicelib.platform.access.errors import OutsideBranchScope, PermissionDenied
from chalicelib.platform.context import ActorKind
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

CODE = "deposits.transaction_code"
CHANNELS = {ActorKind.STAFF: "teller", ActorKind.MEMBER: "member_portal", ActorKind.SYSTEM: "system"}


@dataclass(frozen=True, slots=True)
class Instruction:
    """An amount for an account, in the member's or teller's words; ``code`` where the tenant's own is meant.

    ``beyond_limits`` lets a withdrawal go further than funds and limits, by somebody who may do so. ``value_date`` is
    an earlier date from which the amount counts for interest (DEP-86).
    """

    account_id: str
    money: Money
    narrative: str = ""
    code: str = ""
    branch: str = ""
    beyond_limits: bool = False
    value_date: date | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done, for the person who asked for it."""

    posted: posting.Posted
    account: DemandAccount
    holder: str


def deposit(work: UnitOfWork, asked: Instruction) -> Receipt:
    """Take money in at the teller's branch for an account of any branch.

    A cheque's money can be used once its code's days of clearing have passed, and counts for interest from then on
    where the account earns on collected balances (DEP-61).
    """
    account = repository.account(work, asked.account_id)
    code_name, code = code_for(work, asked, account, "cash_deposit", {"cash_deposit", "cheque_deposit"})
    branch = _branch(work, asked, account)
    release_on = clearing.release_date(work, account, code)
    if release_on:
        asked = replace(asked, value_date=clearing.value_date(work, account, release_on, asked.value_date))
    legs = postings.received(account, asked.money, branch, _contra(code), release_on)
    receipt = _post(work, account, code_name, branch, legs, asked)
    if release_on:
        overdraft.expect_clearing(work, receipt.account, release_on, receipt.posted.entry.id)
    return receipt


def withdraw(work: UnitOfWork, asked: Instruction) -> Receipt:
    """Pay money out at the teller's branch. Raises PermissionDenied where it is to go beyond the limits."""
    if asked.beyond_limits and not work.context.actor.may(permissions.AUTHORISE_EXCESS):
        raise PermissionDenied(permission=permissions.AUTHORISE_EXCESS)
    account = repository.account(work, asked.account_id)
    code_name, code = code_for(work, asked, account, "cash_withdrawal", {"cash_withdrawal"})
    branch = _branch(work, asked, account)
    return _post(
        work,
        account,
        code_name,
        branch,
        postings.paid_out(account, asked.money, branch, _contra(code), asked.beyond_limits),
        asked,
    )


def transfer(work: UnitOfWork, asked: Instruction, to_account: str) -> Receipt:
    """Move money between two accounts of the cooperative."""
    payer = repository.account(work, asked.account_id, "from_account")
    if asked.account_id == to_account:
        raise SameAccount("to_account")
    payee = repository.account(work, to_account, "to_account")
    code_name, _ = code_for(work, asked, payer, "transfer_out", {"transfer_out"})
    return _post(work, payer, code_name, payer.branch, postings.transferred(payer, payee, asked.money), asked)


def charge(work: UnitOfWork, account_id: str, charge_code: str, branch: str = "") -> Receipt:
    """Make a service charge by its code, with the branch's own amount where it has one, and its tax (DEP-02)."""
    account = repository.account(work, account_id)
    asked_branch = branch or work.context.actor.branch or account.branch
    today = business_date(work, account.branch)
    found: ServiceCharge | None = work.config.find("deposits.service_charge", charge_code, today)
    if found is None or found.currency != account.currency or not _in_force(found, today):
        raise UnknownCharge("charge", charge=charge_code)
    own: BranchDepositControl = work.config.main("deposits.branch_control", today, asked_branch)
    amount = own.amount_of(charge_code)
    if amount is None and found.routine == "fixed":
        amount = found.amount
    money = Money.of(amount or Decimal(0), account.currency)
    if not money:
        raise ChargeNotFixed("charge", charge=charge_code)
    legs = postings.charged(account, money, found.income_role)
    control: DepositControl = work.config.main("deposits.control", today)
    if found.taxable and control.vat_rate:
        legs += postings.charge_tax(account, money.percent(control.vat_rate))
    code_name = control.system_codes.service_charge or "service_charge"
    asked = Instruction(account_id, money, charge_code)
    return _post(work, account, code_name, account.branch, legs, asked)


def reverse(work: UnitOfWork, entry_id: str, reason: str) -> posting.Posted:
    """Undo an entry of today once, with the same amounts on the other sides, in the branch where it was made.

    An entry of an earlier date has earned interest and lies in closed books; it is corrected, not reversed.
    """
    entry = posting.find_entry(work, entry_id)
    for leg in entry.legs:
        if leg.account_id:
            repository.account(work, leg.account_id, "entry_id")
    actor = work.context.actor
    if actor.kind is ActorKind.STAFF and actor.branch_scope != "all" and entry.branch not in actor.branches:
        raise OutsideBranchScope("entry_id")
    if entry.business_date != business_date(work, entry.branch):
        raise EarlierBusinessDate("entry_id", business_date=entry.business_date.isoformat())
    code: TransactionCode | None = work.config.find(CODE, entry.code, entry.business_date)
    if code is None or not code.reversible:
        raise NotReversible("entry_id", code=entry.code)
    return posting.reverse(work, entry_id, reason)


def _post(
    work: UnitOfWork,
    account: DemandAccount,
    code: str,
    branch: str,
    legs: tuple[Leg, ...],
    asked: Instruction,
) -> Receipt:
    check_may_backdate(work, account, asked.value_date)
    entry = posting.draft(work, code, branch, legs, asked.narrative, value_date=asked.value_date)
    posted = posting.post(work, entry)
    overdraft.collect_of_late(work, posted)
    after = work.get(ACCOUNTS, id=account.id)
    return Receipt(posted, after, parties.display_name(work, account.party_id))


def check_may_backdate(work: UnitOfWork, account: DemandAccount, value_date: date | None) -> None:
    """Raises PermissionDenied unless the caller may date back, or a second person has approved it."""
    context = work.context
    if value_date is None or value_date >= business_date(work, account.branch) or context.approver:
        return
    if not context.actor.may(permissions.BACKDATE):
        raise PermissionDenied(permission=permissions.BACKDATE)


def code_for(
    work: UnitOfWork, asked: Instruction, account: DemandAccount, standard: str, operations: set[str]
) -> tuple[str, TransactionCode]:
    """The tenant's code for an operation: the one asked for, or the one its control record names.

    Raises CodeNotUsable where it is inactive, or not for the operation or the caller's channel.
    """
    today = business_date(work, account.branch)
    control: DepositControl = work.config.main("deposits.control", today)
    name = asked.code or getattr(control.system_codes, standard) or standard
    code: TransactionCode = work.config.get(CODE, name, today, field="code")
    channel = CHANNELS[work.context.actor.kind]
    if not code.active or code.operation not in operations or channel not in code.channels:
        raise CodeNotUsable("code", code=name)
    return name, code


def _in_force(found: ServiceCharge, today: date) -> bool:
    return (not found.valid_from or found.valid_from <= today) and (
        not found.valid_to or today <= found.valid_to
    )


def _contra(code: TransactionCode) -> str:
    return code.contra_role or "cash_on_hand"


def _branch(work: UnitOfWork, asked: Instruction, account: DemandAccount) -> str:
    return asked.branch or work.context.actor.branch or account.branch
