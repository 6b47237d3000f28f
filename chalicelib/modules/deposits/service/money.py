"""Moving money: deposit, withdraw, transfer, reverse."""

from dataclasses import replace
from datetime import date, timedelta

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Entry, Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import permissions, postings, repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.returned_cheque import ChequeCameBack
from chalicelib.modules.deposits.domain.statement import StatementPeriod, reference_of
from chalicelib.modules.deposits.domain.status import OPERATIONS, part_of
from chalicelib.modules.deposits.errors import (
    NotReversible,
    OutsideStatementPeriod,
    SameAccount,
    ValueDateTooEarly,
)
from chalicelib.modules.deposits.plans import DepositControl, TransactionCode
from chalicelib.modules.deposits.repository import histories
from chalicelib.modules.deposits.service import cautions, charges, clearing, codes, overdraft, periods
from chalicelib.modules.deposits.tables import ACCOUNTS, RETURNED_CHEQUES
from chalicelib.modules.parties import public as parties
from chalicelib.platform.access.errors import OutsideBranchScope, PermissionDenied
from chalicelib.platform.context import ActorKind
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.posting.reversals import reversals_of
from chalicelib.platform.work import UnitOfWork

CODE = "deposits.transaction_code"
STANDS = ("unclaimed_transfer", "claim_restored")
"""Operations that moved the account to another state with its money; another operation brings it back."""
MOST_APART = timedelta(days=15)
"""How far the dates of two branches may lie apart, weekends and holidays included."""
CHEQUE = "cheque#"
"""What stands before a cheque's number in the source of the entry that paid it."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """An amount for an account, in the member's or teller's words; ``code`` where the tenant's own is meant.

    ``beyond_limits`` lets a withdrawal go further than funds and limits, by somebody who may do so. ``value_date`` is
    an earlier date from which the amount counts for interest (DEP-86). ``channel`` is given where it is not the
    caller's own; ``acknowledged`` are the cautions of the accounts that the caller has read. ``derived_from`` gives the
    entry the same id whenever it is tried.
    """

    account_id: str
    money: Money
    narrative: str = ""
    code: str = ""
    branch: str = ""
    beyond_limits: bool = False
    value_date: date | None = None
    channel: str = ""
    acknowledged: tuple[str, ...] = ()
    source_ref: str = ""
    derived_from: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenCharge:
    """A charge that came with a transaction, or the ``tax`` on it; ``charge`` is its code."""

    charge: str
    money: Money
    tax: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done, for the person who asked for it."""

    posted: posting.Posted
    account: DemandAccount
    holder: str

    @property
    def amount(self) -> Money:
        """What moved on the account without charges and interest, whichever way."""
        moved = sum(
            leg.change(Side.CREDIT).minor for leg in self._legs if part_of(leg.component) not in OPERATIONS
        )
        return Money(abs(moved), self.account.currency)

    @property
    def charges(self) -> list[TakenCharge]:
        """The charges that were taken from the account with it."""
        return [
            TakenCharge(code, leg.money, component == postings.CHARGE_TAX)
            for leg in self._legs
            for component, _, code in [leg.component.partition(":")]
            if component in (postings.CHARGE, postings.CHARGE_TAX)
        ]

    @property
    def number(self) -> str:
        """The number under which the statement shows it."""
        return reference_of(self.posted.entry.id)

    @property
    def _legs(self) -> list[Leg]:
        return [leg for leg in self.posted.entry.legs if leg.account_id == self.account.id]


def deposit(work: UnitOfWork, asked: Instruction) -> Receipt:
    """Take money in at the teller's branch for an account of any branch.

    A cheque's money can be used once its code's days of clearing have passed, and counts for interest from then on
    where the account earns on collected balances (DEP-61).
    """
    account = repository.account(work, asked.account_id)
    branch = _branch(work, asked, account)
    codes.check_named(work, asked.code, account, asked.channel)
    operations = {"cash_deposit", "cheque_deposit"}
    code_name, code = code_for(work, asked, account, "cash_deposit", operations, branch)
    release_on = clearing.release_date(work, account, code)
    if release_on:
        asked = replace(asked, value_date=clearing.value_date(work, account, release_on, asked.value_date))
    legs = postings.received(account, asked.money, branch, _contra(code, account), release_on)
    receipt = _post(work, account, code_name, branch, legs, asked)
    if release_on:
        overdraft.expect_clearing(work, receipt.account, release_on, receipt.posted.entry.id)
    return receipt


def withdraw(work: UnitOfWork, asked: Instruction) -> Receipt:
    """Pay money out at the teller's branch. Raises PermissionDenied where it is to go beyond the limits."""
    if asked.beyond_limits and not work.context.actor.may(permissions.AUTHORISE_EXCESS):
        raise PermissionDenied(permission=permissions.AUTHORISE_EXCESS)
    account = repository.account(work, asked.account_id)
    codes.check_named(work, asked.code, account, asked.channel)
    branch = _branch(work, asked, account)
    code_name, code = code_for(work, asked, account, "cash_withdrawal", {"cash_withdrawal"}, branch)
    if asked.beyond_limits:
        free = account.available_on(business_date(work, account.branch))
        codes.check_overdraft_limit(work, asked.money - min(free, asked.money))
    return _post(
        work,
        account,
        code_name,
        branch,
        postings.paid_out(account, asked.money, branch, _contra(code, account), asked.beyond_limits),
        asked,
    )


def pay_cheque(work: UnitOfWork, asked: Instruction) -> Receipt:
    """Pay a cheque at the teller's branch; whether its number may be paid is for the caller to check."""
    account = repository.account(work, asked.account_id)
    codes.check_named(work, asked.code, account, asked.channel)
    branch = _branch(work, asked, account)
    code_name, code = code_for(work, asked, account, "cheque_payment", {"cheque_payment"}, branch)
    legs = postings.paid_out(account, asked.money, branch, _contra(code, account))
    return _post(work, account, code_name, branch, legs, asked)


def transfer(work: UnitOfWork, asked: Instruction, to_account: str) -> Receipt:
    """Move money between two accounts of the cooperative."""
    payer = repository.account(work, asked.account_id, "from_account")
    if asked.account_id == to_account:
        raise SameAccount("to_account")
    payee = repository.account(work, to_account, "to_account")
    codes.check_named(work, asked.code, payer, asked.channel)
    code_name, _ = code_for(work, asked, payer, "transfer_out", {"transfer_out"})
    return _post(work, payer, code_name, payer.branch, postings.transferred(payer, payee, asked.money), asked)


def taken_from(work: UnitOfWork, account: DemandAccount, amount: Money) -> tuple[str, Leg]:
    """(code, leg) of a transfer from an account to another product, which posts it. Raises CodeNotUsable."""
    asked = Instruction(account.id, amount)
    code_name, _ = code_for(work, asked, account, "transfer_out", {"transfer_out"})
    return code_name, postings.account_leg(account, Side.DEBIT, amount)


def given_to(work: UnitOfWork, account: DemandAccount, amount: Money) -> tuple[str, Leg]:
    """(code, leg) of a transfer from another product to an account, which posts it. Raises CodeNotUsable."""
    asked = Instruction(account.id, amount)
    code_name, _ = code_for(work, asked, account, "transfer_in", {"transfer_in"})
    return code_name, postings.account_leg(account, Side.CREDIT, amount)


def reverse(work: UnitOfWork, entry_id: str, reason: str) -> posting.Posted:
    """Undo an entry once, with the same amounts on the other sides, in the branch where it was made.

    It must not be in a statement that was issued. One of an earlier date is undone from its value date on, which needs
    somebody who may date back, or a second person; so does an amount above the code's limit (DEP-84). Raises
    NotReversible, OutsideStatementPeriod, ValueDateTooEarly, PermissionDenied, NeedsApproval, AlreadyReversed.
    """
    entry = posting.find_entry(work, entry_id)
    held = [repository.account(work, leg.account_id, "entry_id") for leg in entry.legs if leg.account_id]
    actor = work.context.actor
    if actor.kind is ActorKind.STAFF and actor.branch_scope != "all" and entry.branch not in actor.branches:
        raise OutsideBranchScope("entry_id")
    code: TransactionCode | None = work.config.find(CODE, entry.code, entry.business_date)
    if code is None or not code.reversible or code.operation in STANDS:
        raise NotReversible("entry_id", code=entry.code)
    codes.check_level(work, code)
    if reversals_of(work, [entry_id]):
        return posting.reverse(work, entry_id, reason)
    _check_current(work, entry, held)
    codes.check_approval(work, code, max((leg.money for leg in entry.legs), key=lambda money: money.minor))
    charges.give_back(work, entry)
    if entry.source_ref.startswith(CHEQUE):
        drawer = next(leg.account_id for leg in entry.legs if leg.account_id)
        repository.unpay_cheque(work, drawer, int(entry.source_ref[len(CHEQUE) :]))
    _check_not_returned(work, entry)
    return posting.reverse(work, entry_id, reason, from_its_value_date=True)


def _check_current(work: UnitOfWork, entry: Entry, held: list[DemandAccount]) -> None:
    """Raises OutsideStatementPeriod; of an earlier date also ValueDateTooEarly, or PermissionDenied (DEP-84)."""
    for account in held:
        period = periods.current(work, account)
        if not _is_in(work, entry, account, period):
            raise OutsideStatementPeriod("entry_id", since=period.first.isoformat())
    today = business_date(work, entry.branch)
    if entry.business_date >= today:
        return
    control: DepositControl = work.config.main("deposits.control", today)
    days = control.max_backdate_days
    earliest = today - timedelta(days=days)
    if entry.business_date < earliest:
        raise ValueDateTooEarly("entry_id", earliest=earliest.isoformat(), days=days)
    if not (work.context.approver or work.context.actor.may(permissions.BACKDATE)):
        raise PermissionDenied(permission=permissions.BACKDATE)


def _is_in(work: UnitOfWork, entry: Entry, account: DemandAccount, period: StatementPeriod) -> bool:
    """Whether an entry's movement of an account lies in a period; its date is that of the account's own branch."""
    if entry.business_date > period.first or (entry.business_date == period.first and not period.after):
        return True
    latest = entry.business_date + MOST_APART
    rows = histories.movements(work, account, entry.business_date, latest)
    return any(row.entry_id == entry.id and period.holds(row) for row in rows)


def _check_not_returned(work: UnitOfWork, entry: Entry) -> None:
    """A deposit whose cheque came back stays as it is; a return that is undone lets its cheque come back again."""
    for leg in entry.legs:
        if not leg.account_id:
            continue
        if work.find(RETURNED_CHEQUES, account_id=leg.account_id, deposit_entry=entry.id):
            raise ChequeCameBack("entry_id")
        if entry.source_ref.startswith(repository.RETURN):
            repository.forget_return(work, leg.account_id, entry.source_ref.removeprefix(repository.RETURN))


def _post(
    work: UnitOfWork,
    account: DemandAccount,
    code: str,
    branch: str,
    legs: tuple[Leg, ...],
    asked: Instruction,
) -> Receipt:
    check_may_backdate(work, account, asked.value_date)
    if asked.channel != codes.BATCH:
        cautions.check_acknowledged(work, legs, asked.acknowledged)
    legs = charges.with_charges(work, code, branch, legs)
    entry = posting.draft(
        work,
        code,
        branch,
        legs,
        asked.narrative,
        value_date=asked.value_date,
        source_ref=asked.source_ref,
        derived_from=asked.derived_from,
    )
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
    work: UnitOfWork,
    asked: Instruction,
    account: DemandAccount,
    standard: str,
    operations: set[str],
    branch: str = "",
) -> tuple[str, TransactionCode]:
    """The tenant's code for an operation, if this caller may use it for so much without a second person."""
    found = codes.usable_code(
        work, asked.code, account, standard, operations, branch=branch, channel=asked.channel
    )
    codes.check_approval(work, found[1], asked.money)
    return found


def _contra(code: TransactionCode, account: DemandAccount) -> str:
    return code.role_for(account.product) or "cash_on_hand"


def _branch(work: UnitOfWork, asked: Instruction, account: DemandAccount) -> str:
    return asked.branch or work.context.actor.branch or account.branch
