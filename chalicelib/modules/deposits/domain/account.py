"""A demand deposit account: its balances, its state, and how a posting changes it.

How interest is kept (DESIGN §7). ``accrued_units`` is the exact interest of every day up to ``accrued_through``; the
days after it follow from the balance, which has not changed since. The first posting of a business date settles the
days before it and keeps, as ``opening_minor``, the balance that the day before closed with: while that day is being
closed, the closing reads exactly what it ended with, and online work goes on.

An entry of today that counts for interest from an earlier day changes the interest of the days between; ``late_units``
is what today's entries changed so (``debit_late_units``: of interest on overdrafts), which the books of the day before
do not know.

What an overdrawn balance costs is kept the same way: ``debit_units`` up to ``debit_through``, and with them the day
since which the closings have been overdrawn. An account that is only left as it is is not written for it.
"""

from dataclasses import field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from chalicelib.kernel.accrual import DailySteps, accrue, to_money, units_of
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import InvariantError
from chalicelib.kernel.money import Money
from chalicelib.kernel.rounding import Rounding
from chalicelib.modules.deposits.domain.archived import ArchivedHistory
from chalicelib.modules.deposits.domain.overdraft import OwnLimit, debit_of, debit_units
from chalicelib.modules.deposits.domain.profile import Profile
from chalicelib.modules.deposits.domain.uncleared import (
    Balances,
    Floats,
    Uncleared,
    added,
    collected,
    earning,
    kept_after,
    uncleared_on,
)
from chalicelib.modules.deposits.domain.year_sums import YearSums, summed

ONE_DAY = timedelta(days=1)


class AccountState(StrEnum):
    """Base classes of status; each of the tenant's status codes belongs to one."""

    PENDING_FUNDING = "pending_funding"
    ACTIVE = "active"
    INACTIVE = "inactive"
    DORMANT = "dormant"
    UNCLAIMED = "unclaimed"
    BLOCKED = "blocked"
    WRITTEN_OFF = "written_off"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DemandAccount:
    """A savings or current account. Amounts in minor units of ``currency``.

    ``overrides`` are its own terms from ``overrides_since`` on; before that day ``earlier_overrides`` were.
    ``overdrawn_since`` is the day of the first of the unbroken overdrawn closings that ``opening_minor`` is the last
    of; ``overdrawn_before`` what it was when ``ledger_date_before`` opened. ``debit_collected_minor`` is the interest
    on overdrafts that postings of ``ledger_date`` have taken. While accrual is suspended, ``suspended_units`` is what
    was owed before, which alone is income, and ``suspended_collected_minor`` what has been collected since.
    ``interest_due_minor`` is interest that a close took to be paid elsewhere, owed until a start of day pays it.
    ``usage`` counts by charge what was used in ``usage_month``; fee cycles are served up to ``charged_through``, and
    charges that wait are taken from ``charges_due_from`` on. ``stops_end_on`` is the last day of the first of its stop
    payments to end. ``year_sums`` are kept by calendar year; ``cautions`` counts the warnings to whoever serves it.
    ``unclaimed_minor`` is what of its money lies among the unclaimed funds; ``unclaimed_notice_on`` when its holder was
    told that it would. ``archived`` is what stays of movements that are in the archive.
    """

    id: str
    number: str
    party_id: str
    branch: str
    shard: int
    plan: str
    product: str
    currency: str
    state: AccountState
    status: str
    opened_on: date
    ledger_date: date
    accrued_through: date
    ledger_minor: int = 0
    opening_minor: int = 0
    held_minor: int = 0
    accrued_units: int = 0
    interest_paid_through: date | None = None
    interest_due_minor: int = 0
    late_units: int = 0
    uncleared: Floats = ()
    last_member_movement: date | None = None
    debits_stopped: int = 0
    credits_stopped: int = 0
    year_sums: YearSums = field(default_factory=dict)
    cautions: int = 0
    unclaimed_minor: int = 0
    unclaimed_notice_on: date | None = None
    usage: dict[str, int] = field(default_factory=dict)
    usage_month: str = ""
    charged_through: date | None = None
    charges_due_from: date | None = None
    stops_end_on: date | None = None
    closed_on: date | None = None
    overrides: dict[str, Any] = field(default_factory=dict)
    overrides_since: date | None = None
    earlier_overrides: dict[str, Any] = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)
    user_fields: dict[str, str] = field(default_factory=dict)
    overdraft_limits: tuple[OwnLimit, ...] = ()
    overdrawn_since: date | None = None
    overdrawn_before: date | None = None
    ledger_date_before: date | None = None
    debit_units: int = 0
    debit_through: date | None = None
    debit_collected_minor: int = 0
    debit_late_units: int = 0
    debit_charged_through: date | None = None
    suspended_on: date | None = None
    suspended_units: int = 0
    suspended_collected_minor: int = 0
    archived: ArchivedHistory | None = None
    sequence: int = 0
    version: int = 0

    @property
    def ledger(self) -> Money:
        """The balance (saldo contable)."""
        return Money(self.ledger_minor, self.currency)

    def free_on(self, business_date: date) -> int:
        """What is neither held nor uncleared on a date, in minor units; may be negative."""
        return self.ledger_minor - self.held_minor - uncleared_on(self.uncleared, business_date)

    def available_on(self, business_date: date) -> Money:
        """What can be used on a date (saldo disponible); never below zero."""
        return Money(max(0, self.free_on(business_date)), self.currency)

    def uncleared_on(self, business_date: date) -> Money:
        """What is uncleared on a date (saldo en canje)."""
        return Money(uncleared_on(self.uncleared, business_date), self.currency)

    @property
    def interest_due(self) -> Money:
        """Interest taken to be paid elsewhere and not paid yet."""
        return Money(self.interest_due_minor, self.currency)

    @property
    def held(self) -> Money:
        """What holds keep back."""
        return Money(self.held_minor, self.currency)

    def closing_minor(self, business_date: date) -> int:
        """The balance that the business date ended with (or has, while it is open)."""
        return self.ledger_minor if self.ledger_date <= business_date else self.opening_minor

    def accrued_on(self, last_day: date, steps: DailySteps) -> int:
        """Units of interest earned and not paid up to the end of a day, that of the account's day or later."""
        if self.accrued_through >= last_day:
            return self.accrued_units
        first = self.accrued_through + ONE_DAY
        return self.accrued_units + accrue(self.balances(first, last_day), steps, first, last_day)

    def booked_on(self, last_day: date, steps: DailySteps) -> int:
        """The same as the books of that day know it: without what entries of a later date changed before it."""
        late = self.late_units if self.ledger_date > last_day else 0
        return self.accrued_on(last_day, steps) - late

    def balances(self, first: date, last: date) -> Balances:
        """Balances that count for interest from the day after ``accrued_through``, or a later one, on."""
        steps = [(first, self.ledger_minor)]
        if self.ledger_date > first:
            steps = [(first, self.opening_minor), (self.ledger_date, self.ledger_minor)]
        return collected(steps, self.uncleared, last)

    def overdrawn_at(self, day: date) -> date | None:
        """The first of the unbroken overdrawn closings that a day's closing ends; None where it is not overdrawn."""
        if day < self.ledger_date:
            return self.overdrawn_since
        return (self.overdrawn_since or self.ledger_date) if self.ledger_minor < 0 else None

    def debit_on(self, last_day: date, steps: DailySteps) -> int:
        """Units of interest on overdrafts not yet collected, up to the end of a day (as ``accrued_on``)."""
        first = (self.debit_through or self.opened_on - ONE_DAY) + ONE_DAY
        if first > last_day or (self.ledger_minor >= 0 and self.opening_minor >= 0):
            return self.debit_units
        prices, own, units = debit_of(steps), self.overdraft_limits, self.debit_units
        if self.overdrawn_since:
            until = min(last_day, self.ledger_date - ONE_DAY)
            units += debit_units(prices, own, self.opening_minor, self.overdrawn_since, first, until)
        since = self.overdrawn_at(self.ledger_date)
        if since:
            begin = max(first, self.ledger_date)
            units += debit_units(prices, own, self.ledger_minor, since, begin, last_day)
        return units

    def debit_at_close(self, closing_date: date, last_day: date, steps: DailySteps) -> int:
        """Units not collected when a date closed: what the open day has collected since then was still owed.

        What its entries changed of the days before was not known.
        """
        units = self.debit_on(last_day, steps)
        if self.ledger_date <= closing_date:
            return units
        return units + units_of(Money(self.debit_collected_minor, self.currency)) - self.debit_late_units


def settled(account: DemandAccount, business_date: date, steps: DailySteps) -> DemandAccount:
    """The account as the first posting of a business date finds it: the days before are accrued and kept."""
    if account.ledger_date >= business_date:
        return account
    before = business_date - ONE_DAY
    account = debit_settled(account, before, steps)
    return replace(
        account,
        accrued_units=account.accrued_on(before, steps),
        accrued_through=max(account.accrued_through, before),
        opening_minor=account.ledger_minor,
        ledger_date=business_date,
        late_units=0,
        uncleared=kept_after(account.uncleared, account.ledger_date),
        overdrawn_since=account.overdrawn_at(before),
        overdrawn_before=account.overdrawn_since,
        ledger_date_before=account.ledger_date if account.overdrawn_since else None,
        debit_collected_minor=0,
        debit_late_units=0,
    )


def debit_settled(
    account: DemandAccount, through: date, steps: DailySteps, change_minor: int = 0
) -> DemandAccount:
    """Interest on overdrafts counted up to a day, before a change of the balance.

    Accounts that never were overdrawn, and are not after the change, are left alone.
    """
    least = min(account.ledger_minor, account.opening_minor, account.ledger_minor + change_minor)
    if account.debit_through is None and least >= 0:
        return account
    return replace(
        account,
        debit_units=account.debit_on(through, steps),
        debit_through=max(account.debit_through or through, through),
    )


def moved(account: DemandAccount, minor: int, business_date: date, steps: DailySteps) -> DemandAccount:
    """The account after an amount of today's date; positive amounts raise the balance."""
    account = settled(account, business_date, steps)
    return replace(account, ledger_minor=account.ledger_minor + minor, sequence=account.sequence + 1)


def moved_uncleared(
    account: DemandAccount, minor: int, business_date: date, release_on: date, earns: bool, steps: DailySteps
) -> DemandAccount:
    """The account after a deposit that can be used from a later date on; a negative amount takes one back.

    ``earns`` says whether it counts for interest before that date; what is taken back goes by what was deposited.
    """
    account = moved(account, minor, business_date, steps)
    if release_on <= account.ledger_date:
        return account
    if minor < 0:
        earns = earning(account.uncleared, release_on, earns)
    more = Uncleared(account.ledger_date, release_on, minor, earns)
    return replace(account, uncleared=added(account.uncleared, more))


def interest_taken(
    account: DemandAccount, cycle_end: date, steps: DailySteps, rounding: Rounding
) -> tuple[DemandAccount, Money]:
    """(the account without the interest due, the interest due) for all days up to the end of a cycle.

    What rounding leaves stays accrued; where nothing is due, only the cycle is noted. Days after the cycle's end that
    the account has already accrued, because the open day touched it, are taken out; they are counted again from the
    balances that the account has then. What entries of the open day changed before is left for the next cycle.
    """
    units = account.booked_on(cycle_end, steps)
    late = account.accrued_on(cycle_end, steps) - units
    if account.accrued_through > cycle_end:
        first = cycle_end + ONE_DAY
        tail = account.balances(first, account.accrued_through)
        units -= accrue(tail, steps, first, account.accrued_through)
    due = to_money(units, account.currency, rounding)
    if due.minor <= 0:
        return replace(account, interest_paid_through=cycle_end), Money.zero(account.currency)
    taken = replace(
        account,
        accrued_units=units + late - units_of(due),
        accrued_through=cycle_end,
        interest_paid_through=cycle_end,
    )
    return taken, due


def paid_elsewhere(account: DemandAccount, minor: int, tax: bool, year: int) -> DemandAccount:
    """The account after interest that was taken from it has been paid to another, or to the tax office."""
    if minor > account.interest_due_minor:
        raise InvariantError("interest_due", account=account.id, due=account.interest_due_minor, paid=minor)
    counted = {"interest_paid_ytd": minor, **({"tax_withheld_ytd": minor} if tax else {})}
    return replace(
        account,
        interest_due_minor=account.interest_due_minor - minor,
        year_sums=summed(account.year_sums, year, counted),
        sequence=account.sequence + 1,
    )
