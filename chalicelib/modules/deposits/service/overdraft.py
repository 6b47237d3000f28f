"""Overdrafts: granting and withdrawing an account's own limits, and collecting interest when its balance rises."""

from dataclasses import replace
from datetime import date, timedelta

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Entry, Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import events, postings, repository
from chalicelib.modules.deposits.closing.almanac import cycle_in
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount, settled
from chalicelib.modules.deposits.domain.limit import OverdraftLimit, withdrawn
from chalicelib.modules.deposits.domain.movement import is_late
from chalicelib.modules.deposits.domain.overdraft import INTEREST, REFUND, Step
from chalicelib.modules.deposits.domain.overdraft_terms import limits_on
from chalicelib.modules.deposits.domain.overdrawn import (
    Position,
    debit_due,
    debit_overpaid,
    position,
    with_limit,
)
from chalicelib.modules.deposits.domain.status import status_of, steps_of
from chalicelib.modules.deposits.domain.terms import terms_of
from chalicelib.modules.deposits.domain.uncleared import release_of
from chalicelib.modules.deposits.errors import (
    CurrencyMismatch,
    DayStillClosing,
    InvalidOverdraftDates,
    NotOverdrawn,
    OverdraftCodeMissing,
    OverdraftGroupUnfit,
    TooManyOverdraftLimits,
)
from chalicelib.modules.deposits.plans import DepositControl, DepositPlan, OverdraftGroup
from chalicelib.modules.deposits.service import codes
from chalicelib.modules.deposits.tables import ACCOUNTS, LIMITS
from chalicelib.platform import clock
from chalicelib.platform.closing import dues
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.events import emit
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.accounts import PostingDay
from chalicelib.platform.posting.days import Gate, business_date, gate_of
from chalicelib.platform.work import UnitOfWork

MOST_LIMITS = 20
CLEARING = "overdraft_clearing"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LimitAsked:
    """A limit to grant to an account: how much, at which rates, on which days (both included)."""

    account_id: str
    money: Money
    steps: tuple[Step, ...]
    valid_from: date
    valid_until: date
    reason: str
    collateral_type: str = ""
    collateral_ref: str = ""


def check_plan(config: Snapshot, code: str, plan: DepositPlan, on: date) -> None:
    """A plan's groups are of its currency and of the kind it uses them for, and their interest can be charged.

    Raises OverdraftGroupUnfit, OverdraftCodeMissing.
    """
    if plan.od_group_ordinary:
        _check_code(config, on)
    for field, kind in (("od_group_ordinary", "ordinary"), ("od_group_float", "float")):
        name = getattr(plan, field)
        group: OverdraftGroup | None = config.find("deposits.overdraft_group", name, on) if name else None
        if group and (group.kind != kind or group.currency != plan.currency):
            raise OverdraftGroupUnfit(f"body.{field}", group=name)


def set_limit(work: UnitOfWork, asked: LimitAsked) -> OverdraftLimit:
    """Grant an account a limit of its own, which counts beside its group's.

    Raises UnknownDepositAccount, OverdraftCodeMissing, CurrencyMismatch, InvalidOverdraftDates,
    TooManyOverdraftLimits.
    """
    account = repository.account(work, asked.account_id)
    gate = gate_of(work, account.branch)
    _check_code(work.config, gate.business_date)
    if asked.money.currency != account.currency:
        raise CurrencyMismatch("amount.currency", currency=account.currency)
    codes.check_overdraft_limit(work, asked.money)
    if not gate.business_date <= asked.valid_from <= asked.valid_until:
        field = "valid_from" if asked.valid_from < gate.business_date else "valid_until"
        raise InvalidOverdraftDates(field, business_date=gate.business_date.isoformat())
    if len(account.overdraft_limits) >= MOST_LIMITS:
        raise TooManyOverdraftLimits("account_id", most=MOST_LIMITS)
    limit = OverdraftLimit(
        id=new_id("odl"),
        account_id=account.id,
        kind="ordinary",
        minor=asked.money.minor,
        currency=account.currency,
        steps=asked.steps,
        valid_from=asked.valid_from,
        valid_until=asked.valid_until,
        reason=asked.reason,
        set_by=work.context.actor.id,
        set_at=clock.now(),
        approved_by=work.context.approver,
        collateral_type=asked.collateral_type,
        collateral_ref=asked.collateral_ref,
    )
    _price(work, account, limit, gate)
    emit(work, events.OVERDRAFT_LIMIT_SET, {"account_id": account.id, "limit_id": limit.id})
    return work.put(LIMITS, limit)


def withdraw_limit(work: UnitOfWork, account_id: str, limit_id: str, reason: str) -> OverdraftLimit:
    """End a limit today: yesterday was its last day. Raises UnknownOverdraftLimit, OverdraftLimitEnded."""
    account = repository.account(work, account_id)
    gate = gate_of(work, account.branch)
    limit = repository.overdraft_limit(work, account.id, limit_id)
    ended = withdrawn(limit, gate.business_date - _ONE_DAY, work.context.actor.id, reason)
    _price(work, account, ended, gate)
    emit(work, events.OVERDRAFT_LIMIT_WITHDRAWN, {"account_id": account.id, "limit_id": limit.id})
    return work.put(LIMITS, ended)


def overdraft(work: UnitOfWork, account: DemandAccount) -> tuple[Position, int]:
    """(an account's overdraft as it stands, units of interest not yet collected up to yesterday)."""
    today = business_date(work, account.branch)
    steps = steps_of(work.config, account, today)
    return position(account, today, steps), account.debit_on(today - _ONE_DAY, steps)


def bucket_limits(work: UnitOfWork, on: date) -> tuple[int, ...]:
    """The tenant's ageing limits on a date."""
    control: DepositControl = work.config.main("deposits.control", on)
    return control.overdraft_age_limits


def brought_legs(
    account: DemandAccount, leg: Leg, entry: Entry, day: PostingDay, config: Snapshot
) -> tuple[Leg, ...]:
    """Interest on the overdraft that a credit pays before it lowers what is owed (spec 04, formula 14).

    Never more than the credit itself. Entries of the end of day leave it to the next rise, or to the cycle; uncleared
    funds pay when they clear (``expect_clearing``), entries dated back in an entry of today (``collect_of_late``).
    """
    if day.closing or leg.component in (INTEREST, REFUND) or leg.side is not Side.CREDIT:
        return ()
    if release_of(leg.component) or is_late(entry, day):
        return ()
    due = min(_due(account, day.business_date, day.previous_date, config), leg.money)
    return postings.overdraft_interest_collected(account, due) if due else ()


def collect(work: UnitOfWork, account: DemandAccount, rise: Money) -> posting.Posted | None:
    """Charge interest on the overdraft where the available balance has risen without a posting, up to the rise."""
    gate = gate_of(work, account.branch)
    due = min(_due(account, gate.business_date, gate.previous_date, work.config), rise)
    if due.minor <= 0:
        return None
    control: DepositControl = work.config.main("deposits.control", gate.business_date)
    code = control.system_codes.overdraft_interest or INTEREST
    legs = postings.overdraft_interest_collected(account, due)
    return posting.post(work, posting.draft(work, code, account.branch, legs, source_ref=account.id))


def collect_of_late(work: UnitOfWork, posted: posting.Posted) -> None:
    """Let the credits of an entry that is dated back pay the interest, which is charged today.

    What had been charged for days that the entry makes cheaper is given back (DEP-89).
    """
    if posted.entry.value_date >= posted.entry.business_date:
        return
    for leg in posted.entry.legs:
        account = work.find(ACCOUNTS, id=leg.account_id) if leg.account_id else None
        if account is not None and leg.side is Side.CREDIT:
            collect(work, account, leg.money)
            give_back(work, work.get(ACCOUNTS, id=account.id))


def give_back(work: UnitOfWork, account: DemandAccount) -> posting.Posted | None:
    """Credit the account with interest on overdrafts that was collected and is not owed any more.

    Where the tenant has no code for it, or accrual is suspended, it is set off against the interest of days to come.
    """
    today = business_date(work, account.branch)
    control: DepositControl = work.config.main("deposits.control", today)
    code = control.system_codes.interest_adjustment_credit
    if not account.debit_units or account.suspended_on or not code:
        return None
    money = debit_overpaid(account, today, steps_of(work.config, account, today))
    if not money:
        return None
    legs = postings.overdraft_interest_refunded(account, money)
    return posting.post(work, posting.draft(work, code, account.branch, legs, source_ref=account.id))


def expect_clearing(work: UnitOfWork, account: DemandAccount, release_on: date, entry_id: str) -> None:
    """Prepare for the day on which a cheque clears: what the account then owes is paid out of it (DEP-40)."""
    today = business_date(work, account.branch)
    if account.ledger_minor >= 0 and not account.debit_units and not limits_on(work.config, account, today):
        return
    payload = {"account_id": account.id}
    dues.prepare(work, "deposits", CLEARING, account.branch, release_on, key=(entry_id,), payload=payload)


def carry_out(work: UnitOfWork, due: dues.Due) -> None:
    """Charge interest out of what clears on a due's day; nothing where the cheque was taken back meanwhile."""
    account = repository.account(work, due.payload["account_id"])
    cleared = sum(each.minor for each in account.uncleared if each.release_on == due.due_on)
    collect(work, account, Money(cleared, account.currency))


def write_off(work: UnitOfWork, account_id: str, reason: str) -> posting.Posted:
    """Charge what an account owes, and its interest with it, to the allowance; it then only takes recoveries (DEP-41).

    Raises UnknownDepositAccount, NotOverdrawn, DayStillClosing.
    """
    account = repository.account(work, account_id)
    gate = gate_of(work, account.branch)
    today = gate.business_date
    interest = _due(account, today, gate.previous_date, work.config)
    if debit_due(account, today, steps_of(work.config, account, today), None) != interest:
        raise DayStillClosing("account_id")
    if account.ledger_minor >= 0:
        raise NotOverdrawn("account_id")
    owed = interest - account.ledger
    control: DepositControl = work.config.main("deposits.control", today)
    code = control.system_codes.overdraft_write_off or "overdraft_write_off"
    legs = postings.overdraft_written_off(account, owed)
    entry = posting.draft(work, code, account.branch, legs, reason, source_ref=account.id)
    posted = posting.post(work, entry)
    after: DemandAccount = work.get(ACCOUNTS, id=account.id)
    status = status_of(work.config, AccountState.WRITTEN_OFF, today, after.status)
    work.put(ACCOUNTS, replace(after, state=AccountState.WRITTEN_OFF, status=status))
    emit(work, events.OVERDRAFT_WRITTEN_OFF, {"account_id": account.id, "reason": reason, **owed.to_api()})
    return posted


def _check_code(config: Snapshot, on: date) -> None:
    control: DepositControl = config.main("deposits.control", on)
    if not control.system_codes.overdraft_interest:
        raise OverdraftCodeMissing()


def _due(account: DemandAccount, today: date, previous: date, config: Snapshot) -> Money:
    if not account.debit_units and account.ledger_minor >= 0 and account.opening_minor >= 0:
        return Money.zero(account.currency)
    terms = terms_of(config, account.plan, account.overrides, today)
    closing = ClosingDay(previous, today)
    code = None if account.suspended_on else terms.od_interest_cycle
    cycle = cycle_in(config, code, account.branch, closing.business_date, closing.covered_until)
    return debit_due(account, today, steps_of(config, account, today), cycle)


def _price(work: UnitOfWork, account: DemandAccount, limit: OverdraftLimit, gate: Gate) -> None:
    """Let the account go by a limit from today on; what it owed until yesterday stays as it was."""
    today = gate.business_date
    account = settled(account, today, steps_of(work.config, account, today))
    work.put(ACCOUNTS, with_limit(account, limit.priced, gate.previous_date))
