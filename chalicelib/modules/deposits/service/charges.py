"""Charges of accounts: with a transaction, on request, waived; and those that wait."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Entry, Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits import postings, repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.charges import (
    AccountCharge,
    ChargeState,
    Due,
    Occasion,
    assess,
    counted,
    due_of,
    in_force,
    own_amount,
    used_in_month,
)
from chalicelib.modules.deposits.domain.movement import RETURNED
from chalicelib.modules.deposits.domain.status import OPERATIONS, allowed, code_of_leg, part_of, system_code
from chalicelib.modules.deposits.domain.terms import terms_of
from chalicelib.modules.deposits.domain.uncleared import release_of
from chalicelib.modules.deposits.errors import (
    ChargeCostsNothing,
    ChargeNeedsBase,
    CurrencyMismatch,
    UnknownCharge,
)
from chalicelib.modules.deposits.plans import ServiceCharge
from chalicelib.modules.deposits.service import codes
from chalicelib.modules.deposits.tables import ACCOUNTS, CHARGES, PREFIX
from chalicelib.modules.parties import public as parties
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

Legs = tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class ChargeAsked:
    """A charge that somebody makes by its code; ``base`` where it depends on an amount, ``units`` where on a count."""

    account_id: str
    charge: str
    base: Money | None = None
    units: int = 1


@dataclass(frozen=True, slots=True)
class Charged:
    """What became of a charge: taken by an entry, or waived and only on record."""

    account: DemandAccount
    on: date
    due: Due
    posted: posting.Posted | None = None
    record: AccountCharge | None = None


def charge(work: UnitOfWork, asked: ChargeAsked) -> Charged:
    """Make a service charge by its code, at the price of whoever has one of their own, with its tax (DEP-48, DEP-59).

    Raises UnknownCharge, ChargeNeedsBase, ChargeCostsNothing, ChargesNotCovered, StatusForbids.
    """
    account = repository.account(work, asked.account_id)
    today = business_date(work, account.branch)
    found = _known(work, account, asked.charge, today)
    if asked.base and asked.base.currency != account.currency:
        raise CurrencyMismatch("base.currency", currency=account.currency)
    if asked.base is None and found.routine in ("percent", "per_band"):
        raise ChargeNeedsBase("base", charge=asked.charge)
    name = system_code(work.config, "service_charge", today)
    codes.check_usable(work, name, account, {"service_charge"})
    branch = work.context.actor.branch or account.branch
    occasion = Occasion("request", asked.base.minor if asked.base else 0, branch, units=asked.units)
    due = _due(work, account, asked.charge, found, occasion, today)
    if due.waived:
        return Charged(account, today, due, record=_record(work, account, due, today, due.waived))
    if found.routine == "per_unit":
        work.put(ACCOUNTS, counted(account, asked.charge, today, asked.units))
    entry = posting.draft(work, name, account.branch, legs_of(account, due), asked.charge)
    posted = posting.post(work, entry)
    return Charged(_account_of(posted, account.id), today, due, posted)


def waive(work: UnitOfWork, account_id: str, charge_code: str, reason: str) -> AccountCharge:
    """Put on record that a charge is not made: with amount zero, the reason and who decided it (DEP-58)."""
    account = repository.account(work, account_id)
    today = business_date(work, account.branch)
    found = _known(work, account, charge_code, today)
    zero = Money.zero(account.currency)
    due = Due(charge_code, "request", zero, zero, found.income_role, at_once=True)
    return _record(work, account, due, today, reason, work.context.actor.id)


def waive_pending(work: UnitOfWork, account_id: str, charge_id: str, reason: str) -> AccountCharge:
    """Let a charge that waits never be collected. Raises UnknownAccountCharge."""
    account = repository.account(work, account_id)
    pending = repository.pending_charge(work, account_id, charge_id)
    waived = replace(
        pending,
        minor=0,
        tax_minor=0,
        state=ChargeState.WAIVED,
        reason=reason,
        by=work.context.actor.id,
    )
    others = [
        row.due_from
        for row in repository.charges(work, account_id, ChargeState.PENDING)
        if row.id != charge_id
    ]
    work.put(ACCOUNTS, replace(account, charges_due_from=min(others, default=None)))
    return repository.settle_charge(work, pending, waived)


def charge_statement(work: UnitOfWork, account_id: str, first: date, last: date) -> None:
    """The charges of a printed statement (DEP-54); the same period printed again on the same date costs nothing."""
    account = repository.account(work, account_id)
    today = business_date(work, account.branch)
    if not allowed(work.config, account.status, today).fees:
        return
    branch = work.context.actor.branch or account.branch
    occasion = Occasion("statement", branch=branch)
    _, dues = assess(work.config, account, occasion, today, holder_of(work, account))
    legs: Legs = ()
    for due in dues:
        if due.waived:
            _record(work, account, due, today, due.waived)
        else:
            legs += legs_of(account, due)
    period = (first.isoformat(), last.isoformat(), today.isoformat())
    name = system_code(work.config, "service_charge", today)
    parts = (work.tenant, "statement_charge", account.id, *period)
    entry = posting.draft(work, name, account.branch, legs, derived_from=parts) if legs else None
    if entry and not posting.is_posted(work, entry.id):
        posting.post(work, entry)


def with_charges(work: UnitOfWork, code: str, branch: str, legs: Legs) -> Legs:
    """The legs of a transaction with those of the charges that it sets off on each of its accounts (DEP-50, DEP-55).

    A charge that waits for its cycle is put on record instead, and so is what a credit, or a cheque that came back,
    leaves no funds for; another debit
    must cover its charges, which the posting checks.
    """
    for leg in legs:
        if leg.account_id and leg.account_id.startswith(f"{PREFIX}_"):
            legs += _charges_of(work, code, branch, leg)
    return legs


def give_back(work: UnitOfWork, entry: Entry) -> None:
    """Uncount, when a transaction is undone in the month of its date, the units it had used of charges by unit."""
    for leg in entry.legs:
        if not leg.account_id or part_of(leg.component) in OPERATIONS:
            continue
        account = repository.account(work, leg.account_id)
        on = business_date(work, account.branch)
        if (on.year, on.month) != (entry.business_date.year, entry.business_date.month):
            continue
        occasion = _occasion(work, entry.code, "", leg, on)
        after, _ = assess(work.config, account, occasion, on, holder_of(work, account))
        for name in after.usage:
            if used_in_month(after, name, on) > used_in_month(account, name, on):
                account = counted(account, name, on, -1)
        work.put(ACCOUNTS, account)


def record_waiver(work: UnitOfWork, account: DemandAccount, due: Due, on: date) -> AccountCharge:
    """Keep on record a charge that a rule waives."""
    return _record(work, account, due, on, due.waived)


def legs_of(account: DemandAccount, due: Due) -> Legs:
    """The legs of one charge with its tax."""
    taken = postings.charged(account, due.charge, due.money, due.income_role)
    return taken + postings.charge_tax(account, due.charge, due.tax)


def holder_of(work: UnitOfWork, account: DemandAccount) -> Callable[[], parties.Holder]:
    """The account's holder, read only if a waiver asks for it."""
    return partial(parties.holder, work, account.party_id, business_date(work, account.branch))


def _charges_of(work: UnitOfWork, code: str, branch: str, leg: Leg) -> Legs:
    account = work.get(ACCOUNTS, id=leg.account_id)
    on = business_date(work, account.branch)
    if not allowed(work.config, account.status, on).fees:
        return ()
    occasion = _occasion(work, code, branch, leg, on)
    after, dues = assess(work.config, account, occasion, on, holder_of(work, account))
    if after is not account:
        account = work.put(ACCOUNTS, after)
    change = leg.change(Side.CREDIT).minor
    free = account.free_on(on) + (0 if release_of(leg.component) else change)
    room = 0 if account.debits_stopped or account.ledger_minor < 0 else free
    patient = change > 0 or _is_returned(work, code, leg, on)
    taken: Legs = ()
    for due in dues:
        account = work.get(ACCOUNTS, id=account.id)
        if due.waived:
            _record(work, account, due, on, due.waived)
        elif not due.at_once:
            put_off(work, account, due, on, _next_cycle_end(work, account, on))
        elif patient and due.total_minor > room:
            put_off(work, account, due, on, on)
        else:
            room -= due.total_minor
            taken += legs_of(account, due)
    return taken


def _is_returned(work: UnitOfWork, code: str, leg: Leg, on: date) -> bool:
    """Whether a leg takes a deposited cheque back, which nobody can let fail for the want of a charge."""
    _, found = code_of_leg(work.config, code, leg.change(Side.CREDIT).minor, on, leg.component)
    return found.operation == RETURNED


def _occasion(work: UnitOfWork, code: str, branch: str, leg: Leg, on: date) -> Occasion:
    change = leg.change(Side.CREDIT).minor
    name, _ = code_of_leg(work.config, code, change, on, leg.component)
    return Occasion("transaction", abs(change), branch, name)


def _due(
    work: UnitOfWork, account: DemandAccount, code: str, found: ServiceCharge, occasion: Occasion, today: date
) -> Due:
    terms = terms_of(work.config, account.plan, account.overrides, today)
    own = own_amount(work.config, account, terms, code, today, occasion.branch)
    due = due_of(work.config, account, code, found, occasion, today, holder_of(work, account), own)
    if due is None:
        raise ChargeCostsNothing("charge", charge=code)
    return due


def _known(work: UnitOfWork, account: DemandAccount, code: str, today: date) -> ServiceCharge:
    found = in_force(work.config, code, account.currency, today)
    if found is None:
        raise UnknownCharge("charge", charge=code)
    return found


def put_off(work: UnitOfWork, account: DemandAccount, due: Due, on: date, due_from: date) -> None:
    """Let a charge wait until a date, or later, for a close that finds funds for it."""
    row = _row(account, due, on, ChargeState.PENDING)
    work.put(CHARGES, replace(row, due_from=due_from))
    first = min(due_from, account.charges_due_from or due_from)
    work.put(ACCOUNTS, replace(account, charges_due_from=first))


def _record(
    work: UnitOfWork, account: DemandAccount, due: Due, on: date, reason: str, by: str = ""
) -> AccountCharge:
    row = _row(account, due, on, ChargeState.WAIVED)
    return work.put(CHARGES, replace(row, reason=reason, by=by))


def _row(account: DemandAccount, due: Due, on: date, state: ChargeState) -> AccountCharge:
    return AccountCharge(
        id=new_id("chg"),
        account_id=account.id,
        charge=due.charge,
        trigger=due.trigger,
        minor=due.money.minor,
        tax_minor=due.tax.minor,
        currency=account.currency,
        income_role=due.income_role,
        made_on=on,
        due_from=on,
        state=state,
    )


def _next_cycle_end(work: UnitOfWork, account: DemandAccount, on: date) -> date:
    terms = terms_of(work.config, account.plan, account.overrides, on)
    if not terms.fee_cycle:
        return on
    cycle = administration.cycle_of(work.config, terms.fee_cycle, on)
    calendar = administration.calendar_of(work.config, account.branch, on)
    return next(iter(cycle.nominal_from(on, calendar)), on)


def _account_of(posted: posting.Posted, account_id: str) -> DemandAccount:
    after = posted.accounts[account_id]
    if not isinstance(after, DemandAccount):
        raise TypeError("a deposit posting returns deposit accounts")
    return after
