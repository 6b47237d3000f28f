"""Looking at an account: balances, movements between dates, interest day by day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from chalicelib.kernel.accrual import daily_rows, to_decimal
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.status import steps_of
from chalicelib.modules.deposits.domain.terms import rate_book
from chalicelib.modules.deposits.errors import PeriodTooLong
from chalicelib.modules.deposits.service import history
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.platform import clock, currencies
from chalicelib.platform.posting.days import business_date, gate_of
from chalicelib.platform.posting.records import Movement
from chalicelib.platform.work import UnitOfWork

LONGEST_DAYS = 732
INTEREST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Period:
    """A statement's period: opening balance, movements in order, closing balance."""

    first: date
    last: date
    opening: Money
    closing: Money
    movements: list[Movement]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class InterestDay:
    """Interest of one calendar day, to six decimals of the currency's unit."""

    day: date
    balance: Money
    interest: Decimal
    cumulative: Decimal
    interest_in_base: Money | None = None
    cumulative_in_base: Money | None = None


def check_period(first: date, last: date) -> None:
    """Raises PeriodTooLong where the dates are in the wrong order or more than two years apart."""
    if first > last or (last - first).days > LONGEST_DAYS:
        raise PeriodTooLong("from" if first > last else "to", days=LONGEST_DAYS)


def accrued(work: UnitOfWork, account: DemandAccount) -> Decimal:
    """Interest earned and not yet paid up to yesterday of the account's business date, to six decimals.

    What a payment rounded up is owed back by the next days; until then nothing is shown.
    """
    today = gate_of(work, account.branch).business_date
    steps, yesterday = steps_of(work.config, account, today), today - timedelta(days=1)
    return to_decimal(max(0, account.accrued_on(yesterday, steps)), account.currency, INTEREST_DECIMALS)


def base_values(work: UnitOfWork, account: DemandAccount) -> dict[str, Money]:
    """An account's figures in the base currency at the official rate of now, each rounded once (GEN-24).

    Empty where they are in it already, and where the account's currency has no official rate.
    """
    exact = {
        "ledger": account.ledger.decimal,
        "available": account.available_on(business_date(work, account.branch)).decimal,
        "held": account.held.decimal,
        "accrued_interest": accrued(work, account),
    }
    now = clock.now()
    found = {name: currencies.in_base(work, value, account.currency, now) for name, value in exact.items()}
    return {name: money for name, money in found.items() if money is not None}


def with_true_balances(rows: list[Movement]) -> list[Movement]:
    """Rows in order of date with the balance after each.

    A movement of the day being closed may be posted after movements of the open day; those then carry a balance that
    does not know it yet. Its higher sequence number tells.
    """
    younger: list[Movement] = []
    result = []
    for row in rows:
        younger = [earlier for earlier in younger if earlier.sequence > row.sequence]
        late = sum(earlier.minor for earlier in younger)
        result.append(replace(row, balance_minor=row.balance_minor + late) if late else row)
        younger.append(row)
    return result


def balance_before(work: UnitOfWork, account_id: str, place: str) -> int:
    """The balance after the last movement before a place in the order of movements; 0 where there is none."""
    rows = with_true_balances(repository.movements_before(work, account_id, place))
    return rows[-1].balance_minor if rows else 0


def statement(work: UnitOfWork, account_id: str, first: date, last: date) -> Period:
    """All movements of a period with the balances it opens and closes with. Raises PeriodTooLong."""
    check_period(first, last)
    account = repository.account(work, account_id)
    behind = repository.movements_before(work, account_id, first.isoformat())
    rows = with_true_balances([*behind, *repository.movements(work, account_id, first, last)])
    opening = rows[len(behind) - 1].balance_minor if behind else 0
    closing = rows[-1].balance_minor if rows else opening
    seen = [row for row in rows[len(behind) :] if not row.hidden]
    return Period(first, last, Money(opening, account.currency), Money(closing, account.currency), seen)


def movements(
    work: UnitOfWork,
    account_id: str,
    first: date,
    last: date,
    *,
    newest_first: bool,
    limit: int,
    cursor: str | None,
) -> Period:
    """A page of a period's movements, with the balances the whole period opens and closes with."""
    check_period(first, last)
    account = repository.account(work, account_id)
    page = repository.movements_page(
        work, account_id, first, last, newest_first=newest_first, limit=limit, cursor=cursor
    )
    rows: list[Movement] = page.items[::-1] if newest_first else page.items
    if rows:
        place = f"{rows[0].business_date}#{rows[0].sequence:08d}"
        behind = repository.movements_before(work, account_id, place)
        rows = [row for row in with_true_balances([*behind, *rows])[len(behind) :] if not row.hidden]
    return Period(
        first,
        last,
        Money(balance_before(work, account_id, first.isoformat()), account.currency),
        Money(balance_before(work, account_id, f"{last.isoformat()}#~"), account.currency),
        rows[::-1] if newest_first else rows,
        page.next_cursor,
    )


def interest_days(work: UnitOfWork, account_id: str, first: date, last: date) -> list[InterestDay]:
    """The interest of each calendar day, derived from balances by value date and rates, not stored (DEP-24)."""
    check_period(first, last)
    account = repository.account(work, account_id)
    first = max(first, account.opened_on)
    if first > last:
        return []
    steps = rate_book(work.config).of(
        account.plan, account.overrides, account.overrides_since, account.earlier_overrides
    )
    balances = history.balances_by_value_date(work, account, first, last)
    rows = daily_rows(balances, steps, first, last)
    return [
        _interest_day(work, day, Money(balance, account.currency), units, total)
        for day, balance, units, total in rows
    ]


def _interest_day(work: UnitOfWork, day: date, balance: Money, units: int, total: int) -> InterestDay:
    code, now = balance.currency, clock.now()
    interest, cumulative = (to_decimal(each, code, INTEREST_DECIMALS) for each in (units, total))
    return InterestDay(
        day,
        balance,
        interest,
        cumulative,
        currencies.in_base(work, interest, code, now),
        currencies.in_base(work, cumulative, code, now),
    )


def code_names(work: UnitOfWork, codes: set[str], on: date, language: str = "") -> dict[str, str]:
    """The tenant's words for transaction codes, in the caller's language or another."""
    language = (language or work.context.language).split("-")[0]
    found = {code: work.config.find("deposits.transaction_code", code, on) for code in codes}
    return {
        code: dict(model.names).get(language) or dict(model.names).get("es", code)
        for code, model in found.items()
        if model is not None
    }


def version_after(work: UnitOfWork, account: DemandAccount) -> int:
    """The version the account has once this operation is committed."""
    return work.version_of(ACCOUNTS, account)
