"""Cheques in clearing: when their money can be used, from when it counts for interest, and what is still uncleared."""

from datetime import date, timedelta

from chalicelib.kernel.calendar import Calendar
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.terms import terms_of
from chalicelib.modules.deposits.errors import BackdatingNotAllowed
from chalicelib.modules.deposits.plans import DepositControl, TransactionCode
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Bucket:
    """Uncleared funds that can be used from a date on: at the opening of the n-th day from now (``days``)."""

    days: int
    release_on: date
    money: Money


def release_date(work: UnitOfWork, account: DemandAccount, code: TransactionCode) -> date | None:
    """From when money under a code can be used: business days of the account's branch, or calendar days.

    None where it can be used at once.
    """
    if code.operation != "cheque_deposit" or not code.float_day:
        return None
    today = business_date(work, account.branch)
    control: DepositControl = work.config.main("deposits.control", today)
    if control.float_day_kind == "calendar":
        return today + timedelta(days=code.float_day)
    day, calendar = today, _calendar(work, account, today)
    for _ in range(code.float_day):
        day = calendar.next(day)
    return day


def value_date(work: UnitOfWork, account: DemandAccount, release_on: date, asked: date | None) -> date | None:
    """From when uncleared money counts for interest: its release, or at once where the balance basis is the ledger.

    Raises BackdatingNotAllowed where another date is asked for.
    """
    today = business_date(work, account.branch)
    if asked:
        raise BackdatingNotAllowed("value_date", business_date=today.isoformat())
    terms = terms_of(work.config, account.plan, account.overrides, today)
    return None if terms.balance_basis == "ledger" else release_on


def buckets(work: UnitOfWork, account: DemandAccount) -> list[Bucket]:
    """What is uncleared today, by the date of its release (DEP-60)."""
    today = business_date(work, account.branch)
    by_date: dict[date, int] = {}
    for each in account.uncleared:
        if each.on(today):
            by_date[each.release_on] = by_date.get(each.release_on, 0) + each.minor
    control: DepositControl = work.config.main("deposits.control", today)
    calendar = _calendar(work, account, today)
    return [
        Bucket(_days(control, calendar, today, day), day, Money(minor, account.currency))
        for day, minor in sorted(by_date.items())
        if minor
    ]


def _days(control: DepositControl, calendar: Calendar, today: date, release_on: date) -> int:
    if control.float_day_kind == "calendar":
        return (release_on - today).days
    return len(calendar.business_days(today + timedelta(days=1), release_on))


def _calendar(work: UnitOfWork, account: DemandAccount, today: date) -> Calendar:
    return administration.calendar_of(work.config, account.branch, today)
