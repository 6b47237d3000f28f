"""Closing an account: what it would pay, and paying it (DEP-131)."""

from dataclasses import replace
from datetime import date, timedelta

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Leg
from chalicelib.kernel.money import Money
from chalicelib.kernel.rounding import Rounding
from chalicelib.modules.deposits import events, postings, repository
from chalicelib.modules.deposits.domain.account import (
    AccountState,
    DemandAccount,
    interest_taken,
    settled,
)
from chalicelib.modules.deposits.domain.charges import AccountCharge, ChargeState, Due, Occasion, assess
from chalicelib.modules.deposits.domain.status import status_of, steps_of
from chalicelib.modules.deposits.domain.terms import terms_of
from chalicelib.modules.deposits.domain.unclaimed import UnclaimedFundsRemain
from chalicelib.modules.deposits.errors import (
    AccountClosed,
    AccountOverdrawn,
    ChargesRemain,
    ChequesRemain,
    ClosingUnderWay,
    FundsNotCleared,
    HoldsRemain,
    SameAccount,
)
from chalicelib.modules.deposits.plans import DepositControl
from chalicelib.modules.deposits.service import charges, codes
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.modules.parties import public as parties
from chalicelib.platform.closing.runs import LOCK
from chalicelib.platform.events import emit
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import GATES, business_date, gate_of
from chalicelib.platform.work import UnitOfWork

Legs = tuple[Leg, ...]
PAYMENT = "closing_payment"


@dataclass(frozen=True, slots=True)
class Quote:
    """What closing an account on a date comes to: interest is up to the eve, as the day itself closes at zero."""

    account: DemandAccount
    on: date
    interest: Money
    tax: Money
    charges: tuple[Due, ...]
    waiting: tuple[AccountCharge, ...]
    obstacles: tuple[str, ...]

    @property
    def charged(self) -> Money:
        """All charges with their taxes."""
        minor = sum(due.total_minor for due in self.charges) + sum(row.total_minor for row in self.waiting)
        return Money(minor, self.account.currency)

    @property
    def payout(self) -> Money:
        """What the holder is paid; negative where the balance does not cover the charges."""
        return self.account.ledger + self.interest - self.tax - self.charged


@dataclass(frozen=True, slots=True)
class Closed:
    """An account that is closed, with what it paid and the entry that paid it."""

    account: DemandAccount
    quote: Quote
    posted: posting.Posted | None
    holder: str


OBSTACLES = {
    "holds": HoldsRemain,
    "unclaimed": UnclaimedFundsRemain,
    "overdrawn": AccountOverdrawn,
    "funds_not_cleared": FundsNotCleared,
    "charges": ChargesRemain,
    "cheques": ChequesRemain,
    "closing_under_way": ClosingUnderWay,
}
"""What keeps an account from being closed, in the order in which it is told."""


def quote(work: UnitOfWork, account_id: str) -> Quote:
    """What closing the account today comes to, and what stands in the way. Raises AccountClosed."""
    account = repository.account(work, account_id)
    if account.state is AccountState.CLOSED:
        raise AccountClosed("account_id")
    today = business_date(work, account.branch)
    steps = steps_of(work.config, account, today)
    account = settled(account, today, steps)
    terms = terms_of(work.config, account.plan, account.overrides, today)
    rounding = Rounding(terms.interest_rounding)
    _, interest = interest_taken(account, today - timedelta(days=1), steps, rounding)
    occasion = Occasion("closing", account.ledger_minor, work.context.actor.branch or account.branch)
    _, dues = assess(work.config, account, occasion, today, charges.holder_of(work, account))
    found = Quote(
        account=account,
        on=today,
        interest=interest,
        tax=tax_on(work, account, interest, today),
        charges=tuple(dues),
        waiting=tuple(_waiting(work, account)),
        obstacles=(),
    )
    return replace(found, obstacles=tuple(_obstacles(work, found)))


def close_account(work: UnitOfWork, account_id: str, reason: str, to_account: str = "") -> Closed:
    """Pay interest, charges and the rest out, by cash or to another account, and close the account for good.

    Its number stays its own. Raises the error of the first obstacle, CodeNotUsable, NeedsApproval, StatusForbids.
    """
    found = quote(work, account_id)
    work.expect(found.account)
    for obstacle in found.obstacles:
        raise OBSTACLES[obstacle]("account_id")
    if to_account == account_id:
        raise SameAccount("to_account")
    branch = work.context.actor.branch or found.account.branch
    name, code = codes.usable_code(work, "", found.account, PAYMENT, {PAYMENT}, branch=branch)
    codes.check_approval(work, code, found.payout)
    account = _without_interest(work, found)
    legs = _legs(work, found, account, branch, to_account, code.role_for(account.product) or codes.CASH)
    posted = None
    if legs:
        entry = posting.draft(work, name, branch, legs, reason, source_ref=account.id)
        posted = posting.post(work, entry)
    else:
        gate = gate_of(work, account.branch)
        work.check(GATES, gate, business_date=gate.business_date)
    _settle_charges(work, found, posted.entry.id if posted else "")
    closed = shut(work, account.id, found.on)
    return Closed(closed, found, posted, parties.display_name(work, closed.party_id))


def _obstacles(work: UnitOfWork, found: Quote) -> list[str]:
    account = found.account
    held = bool(account.held_minor or account.debits_stopped or account.credits_stopped)
    uncleared = account.uncleared_on(found.on).minor > 0
    return [
        name
        for name, stands in {
            "holds": held,
            "unclaimed": account.unclaimed_minor > 0,
            "overdrawn": account.ledger_minor < 0,
            "funds_not_cleared": uncleared,
            "charges": account.ledger_minor >= 0 > found.payout.minor,
            "cheques": repository.has_unused_cheques(work, account.id),
            "closing_under_way": work.find(LOCK) is not None or account.interest_due_minor > 0,
        }.items()
        if stands
    ]


def _waiting(work: UnitOfWork, account: DemandAccount) -> list[AccountCharge]:
    return repository.charges(work, account.id, ChargeState.PENDING) if account.charges_due_from else []


def tax_on(work: UnitOfWork, account: DemandAccount, interest: Money, on: date) -> Money:
    """The tax withheld on interest that is paid outside a cycle."""
    terms = terms_of(work.config, account.plan, account.overrides, on)
    control: DepositControl = work.config.main("deposits.control", on)
    if not terms.withholding_applies:
        return Money.zero(account.currency)
    own = terms.withholding_pct
    return interest.percent(control.withholding_default if own is None else own)


def _without_interest(work: UnitOfWork, found: Quote) -> DemandAccount:
    """The account with its interest taken out to be paid; what rounding leaves is dropped with the account."""
    account = found.account
    steps = steps_of(work.config, account, found.on)
    terms = terms_of(work.config, account.plan, account.overrides, found.on)
    eve = found.on - timedelta(days=1)
    account, _ = interest_taken(account, eve, steps, Rounding(terms.interest_rounding))
    return work.put(ACCOUNTS, account)


def _legs(
    work: UnitOfWork, found: Quote, account: DemandAccount, branch: str, to_account: str, contra_role: str
) -> Legs:
    legs: Legs = ()
    if found.interest:
        legs += postings.interest_paid(account, found.interest)
    if found.tax:
        legs += postings.tax_withheld(account, found.tax)
    for due in found.charges:
        if not due.waived:
            legs += charges.legs_of(account, due)
    for row in found.waiting:
        legs += postings.charged(account, row.charge, row.money, row.income_role)
        legs += postings.charge_tax(account, row.charge, row.tax)
    if not found.payout:
        return legs
    if to_account:
        payee = repository.account(work, to_account, "to_account")
        return legs + postings.transferred(account, payee, found.payout)
    return legs + postings.paid_out(account, found.payout, branch, contra_role)


def _settle_charges(work: UnitOfWork, found: Quote, entry_id: str) -> None:
    for due in found.charges:
        if due.waived:
            charges.record_waiver(work, found.account, due, found.on)
    for row in found.waiting:
        repository.settle_charge(work, row, replace(row, state=ChargeState.COLLECTED, entry_id=entry_id))


def closed_status(work: UnitOfWork, account: DemandAccount, on: date) -> str:
    """The tenant's status code of closed accounts that follows an account's."""
    return status_of(work.config, AccountState.CLOSED, on, account.status)


def shut(work: UnitOfWork, account_id: str, on: date) -> DemandAccount:
    """The account closed, out of what the end of day reads and out of its shard's count."""
    account = work.get(ACCOUNTS, id=account_id)
    closed = replace(
        account,
        state=AccountState.CLOSED,
        status=closed_status(work, account, on),
        closed_on=on,
        accrued_units=0,
        charges_due_from=None,
    )
    repository.leave_place(work, account)
    emit(work, events.ACCOUNT_CLOSED, {"account_id": account.id, "party_id": account.party_id})
    return work.put(ACCOUNTS, closed)
