"""Charges in the close: those of a cycle that ends, and those that waited for their date or for funds (DEP-51 to 56).

They are made before interest, so that the balance that the day closes with is final. What an account cannot pay waits;
it is tried again at every later close that finds funds.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from itertools import takewhile

from chalicelib.kernel.accrual import average_balance
from chalicelib.kernel.entry import Leg
from chalicelib.kernel.identifiers import derived_id
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
    collectable_minor,
    due_of,
    has_lines,
    in_force,
    own_amount,
)
from chalicelib.modules.deposits.domain.status import allowed, system_code
from chalicelib.modules.deposits.domain.terms import minor, own_terms
from chalicelib.modules.deposits.plans import DepositPlan
from chalicelib.modules.deposits.repository import histories
from chalicelib.modules.deposits.tables import ACCOUNTS, CHARGES
from chalicelib.modules.parties import public as parties
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.posting import service as posting
from chalicelib.platform.work import UnitOfWork

MOST_AT_ONCE = 20
"""Charges that one close takes from one account, so that its transaction stays within 100 items."""

Period = tuple[date, date]


class FeeCalendar:
    """The fee cycles that end in the days of a close, looked up once per plan and not once per account."""

    def __init__(self, config: Snapshot, day: ClosingDay) -> None:
        self.config, self.day = config, day
        self._periods: dict[tuple[str, str, str], list[Period]] = {}

    def owes(self, account: DemandAccount, terms: DepositPlan) -> bool:
        """Whether this close charges the account, or tries again what it could not pay."""
        since, on = account.charges_due_from, self.day.business_date
        waits = since is not None and since <= self.day.covered_until and collectable_minor(account, on) > 0
        return (waits or bool(self.periods(account, terms))) and allowed(self.config, account.status, on).fees

    def periods(self, account: DemandAccount, terms: DepositPlan) -> list[Period]:
        """(first day, last day) of the account's fee cycles that end in this close and are not charged yet."""
        key = (account.plan, own_terms(account.overrides), account.branch)
        if key not in self._periods:
            self._periods[key] = self._ending(terms, account.branch) if self._has_cycle(terms) else []
        through = account.charged_through or date.min
        return [period for period in self._periods[key] if period[1] > through]

    def running(self, account: DemandAccount, terms: DepositPlan) -> Period | None:
        """The account's fee cycle that today lies in, if it has one that is not charged yet."""
        if not self._has_cycle(terms):
            return None
        on = self.day.business_date
        cycle = administration.cycle_of(self.config, terms.fee_cycle or "", on)
        calendar = administration.calendar_of(self.config, account.branch, on)
        end = next(iter(cycle.nominal_from(on, calendar)), None)
        if end is None or end <= (account.charged_through or date.min):
            return None
        before = cycle.nominal_before(on, calendar)
        return before + timedelta(days=1) if before else account.opened_on, end

    def _has_cycle(self, terms: DepositPlan) -> bool:
        on = self.day.business_date
        fee = terms.minimum_balance_behaviour == "fee"
        return bool(terms.fee_cycle) and (fee or has_lines(self.config, terms, "cycle", on))

    def _ending(self, terms: DepositPlan, branch: str) -> list[Period]:
        on = self.day.business_date
        cycle = administration.cycle_of(self.config, terms.fee_cycle or "", on)
        calendar = administration.calendar_of(self.config, branch, on)
        ends = takewhile(lambda end: end <= self.day.covered_until, cycle.nominal_from(on, calendar))
        before = cycle.nominal_before(on, calendar)
        periods = []
        for end in ends:
            periods.append((before + timedelta(days=1) if before else end, end))
            before = end
        return periods


def make_charges(
    work: UnitOfWork, calendar: FeeCalendar, account: DemandAccount, terms: DepositPlan
) -> DemandAccount:
    """Charge the cycles that end and collect what waited, in one entry; what is not paid waits."""
    if not calendar.owes(account, terms):
        return account
    periods = calendar.periods(account, terms)
    through = max((end for _, end in periods), default=None)
    return _charge(work, calendar, account, terms, periods, through, online=False)


def charge_early(
    work: UnitOfWork, calendar: FeeCalendar, account: DemandAccount, terms: DepositPlan
) -> DemandAccount:
    """Charge the cycle that runs as if it ended today, and collect what waits, in an entry of the open day (DEP-99).

    The end of the cycle then charges it no more.
    """
    on = calendar.day.business_date
    if not allowed(calendar.config, account.status, on).fees:
        return account
    running = calendar.running(account, terms)
    periods = [(running[0], on)] if running else []
    return _charge(work, calendar, account, terms, periods, running[1] if running else None, online=True)


def _charge(
    work: UnitOfWork,
    calendar: FeeCalendar,
    account: DemandAccount,
    terms: DepositPlan,
    periods: list[Period],
    through: date | None,
    *,
    online: bool,
) -> DemandAccount:
    """Charge periods and collect what waits; the cycles up to ``through`` are then served."""
    day = calendar.day
    waiting = repository.charges(work, account.id, ChargeState.PENDING) if account.charges_due_from else []
    new = list(_new_charges(work, calendar, account, terms, periods))
    room = collectable_minor(account, day.business_date)
    taken: list[AccountCharge] = []
    left: list[AccountCharge] = []
    for row in [*waiting, *new]:
        due = row.due_from <= day.covered_until and row.state is ChargeState.PENDING
        if due and row.total_minor <= room and len(taken) < MOST_AT_ONCE:
            room -= row.total_minor
            taken.append(row)
        elif row.state is ChargeState.PENDING:
            left.append(row)
    entry_id = _collect(work, day, account, taken, online=online)
    _note(work, new, taken, entry_id)
    account = work.get(ACCOUNTS, id=account.id)
    after = replace(
        account,
        charged_through=through if new else account.charged_through,
        charges_due_from=min((row.due_from for row in left), default=None),
    )
    return account if after == account else work.put(ACCOUNTS, after)


def _new_charges(
    work: UnitOfWork,
    calendar: FeeCalendar,
    account: DemandAccount,
    terms: DepositPlan,
    periods: list[Period],
) -> Iterator[AccountCharge]:
    """The charges of the cycles that end, waived ones among them."""
    on = calendar.day.business_date
    closing = account.closing_minor(on)
    seen = replace(account, ledger_minor=closing)
    holder = partial(parties.holder, work, account.party_id, on)
    for period in periods:
        _, dues = assess(work.config, seen, Occasion("cycle", closing, account.branch), on, holder)
        broken = _minimum_balance(work, calendar, seen, terms, period, holder)
        for due in [*dues, *([broken] if broken else [])]:
            yield _row(account, due, on, period[1])


def _minimum_balance(
    work: UnitOfWork,
    calendar: FeeCalendar,
    account: DemandAccount,
    terms: DepositPlan,
    period: Period,
    holder: Callable[[], parties.Holder],
) -> Due | None:
    """The charge for a balance below the minimum: of the lowest day, or on average over the cycle (DEP-51)."""
    on, code = calendar.day.business_date, terms.minimum_balance_charge
    charge = in_force(work.config, code, account.currency, on) if code else None
    if terms.minimum_balance_behaviour != "fee" or code is None or charge is None:
        return None
    first, last = max(period[0], account.opened_on), period[1]
    history = histories.closing_balances(work, account, min(first, on), on)
    lowest = Fraction(min(balance for _, balance in history))
    kept = average_balance(history, first, last) if terms.minimum_balance_base == "cycle_average" else lowest
    least = minor(terms.minimum_balance, account.currency)
    if kept >= least:
        return None
    own = own_amount(work.config, account, terms, code, on, account.branch)
    occasion = Occasion("minimum_balance", least - int(kept), account.branch)
    return due_of(work.config, account, code, charge, occasion, on, holder, own)


def _row(account: DemandAccount, due: Due, on: date, cycle_end: date) -> AccountCharge:
    return AccountCharge(
        id=derived_id("chg", account.id, due.charge, due.trigger, cycle_end.isoformat()),
        account_id=account.id,
        charge=due.charge,
        trigger=due.trigger,
        minor=due.money.minor,
        tax_minor=due.tax.minor,
        currency=account.currency,
        income_role=due.income_role,
        made_on=on,
        due_from=on,
        state=ChargeState.WAIVED if due.waived else ChargeState.PENDING,
        reason=due.waived,
    )


def _collect(
    work: UnitOfWork, day: ClosingDay, account: DemandAccount, taken: list[AccountCharge], *, online: bool
) -> str:
    """Post what is taken as one entry, a line for each charge and each tax; the entry's id."""
    if not taken:
        return ""
    legs: tuple[Leg, ...] = ()
    for row in taken:
        legs += postings.charged(account, row.charge, row.money, row.income_role)
        legs += postings.charge_tax(account, row.charge, Money(row.tax_minor, row.currency))
    entry = posting.draft(
        work,
        system_code(work.config, "service_charge", day.business_date),
        account.branch,
        legs,
        source_ref=account.id,
        derived_from=() if online else (work.tenant, "charges", account.id, day.business_date.isoformat()),
        closing_date=None if online else day.business_date,
    )
    return posting.post(work, entry, closing=not online).entry.id


def _note(work: UnitOfWork, new: list[AccountCharge], taken: list[AccountCharge], entry_id: str) -> None:
    """Keep what waits or was waived, and put what had waited where the collected ones lie."""
    collected = {row.id for row in taken}
    for row in new:
        if row.id not in collected:
            work.put(CHARGES, row)
    for row in taken:
        if row.version:
            done = replace(row, state=ChargeState.COLLECTED, entry_id=entry_id)
            repository.settle_charge(work, row, done)
