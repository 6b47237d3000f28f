"""Looking at an account: balances, movements between dates, interest day by day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from chalicelib.kernel.accrual import daily_rows, to_decimal
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.money import Money
from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.statement import StatementPeriod, lines
from chalicelib.modules.deposits.domain.statement_order import in_statement_order
from chalicelib.modules.deposits.domain.status import steps_of
from chalicelib.modules.deposits.domain.terms import rate_book
from chalicelib.modules.deposits.repository import histories
from chalicelib.modules.deposits.service import history, periods
from chalicelib.modules.deposits.service.periods import check_period
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.platform import clock, currencies
from chalicelib.platform.posting.days import business_date, gate_of
from chalicelib.platform.posting.records import MOVEMENTS, Movement
from chalicelib.platform.work import UnitOfWork

INTEREST_DECIMALS = 6
MOST_CHUNKS = 20
"""How many pages are read for one page of what is asked for; the cursor goes on where they ended."""


@dataclass(frozen=True, slots=True)
class Period:
    """A statement's period: opening balance, movements in order, closing balance.

    ``archived`` are the first and last of its days whose movements are in the archive and not among these.
    """

    first: date
    last: date
    opening: Money
    closing: Money
    movements: list[Movement]
    next_cursor: str | None = None
    archived: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class InterestDay:
    """Interest of one calendar day, to six decimals of the currency's unit."""

    day: date
    balance: Money
    interest: Decimal
    cumulative: Decimal
    interest_in_base: Money | None = None
    cumulative_in_base: Money | None = None


class AmountsOutOfOrder(Invalid):
    """The least amount that is asked for is above the most."""

    code = "amounts_out_of_order"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which movements are looked for: of a code, by a channel, of at least or at most an amount, whatever its sign."""

    code: str = ""
    channel: str = ""
    least: Decimal | None = None
    most: Decimal | None = None

    def check(self) -> None:
        """Raises AmountsOutOfOrder."""
        if self.least is not None and self.most is not None and self.least > self.most:
            raise AmountsOutOfOrder("min_amount")

    def takes(self, row: Movement) -> bool:
        """Whether a movement is one of them."""
        size = Money(abs(row.minor), row.currency).decimal
        return (
            (not self.code or row.code == self.code)
            and (not self.channel or row.channel == self.channel)
            and (self.least is None or size >= self.least)
            and (self.most is None or size <= self.most)
        )


EVERYTHING = Wanted()


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


def statement(work: UnitOfWork, account_id: str, first: date, last: date) -> Period:
    """The lines between two dates with the balances they open and close with. Raises PeriodTooLong."""
    check_period(first, last)
    return statement_of(work, repository.account(work, account_id), StatementPeriod(first, last))


def statement_of(work: UnitOfWork, account: DemandAccount, period: StatementPeriod) -> Period:
    """The lines of a statement, without what was undone within it, and the balances it opens and closes with."""
    rows = [row for row in _movements(work, account, period) if period.holds(row)]
    rows = in_statement_order(work.config, rows)
    opening = _opening(work, account, period)
    closing = opening + sum(row.minor for row in rows)
    seen = [replace(row, balance_minor=balance) for row, balance in lines(opening, rows)]
    currency = account.currency
    return Period(period.first, period.last, Money(opening, currency), Money(closing, currency), seen)


def movements(
    work: UnitOfWork,
    account_id: str,
    first: date | None = None,
    last: date | None = None,
    *,
    cycle: str = "",
    wanted: Wanted = EVERYTHING,
    newest_first: bool,
    limit: int,
    cursor: str | None,
) -> Period:
    """A page of the movements of a period or cycle, with the balances the whole of it opens and closes with (DEP-82).

    What was undone is there with what undid it. Archived movements are left out, and their days are told: the period
    then opens with the balance after them (DEP-83). Raises PeriodUnclear, PeriodTooLong, UnknownStatement,
    AmountsOutOfOrder.
    """
    account = repository.account(work, account_id)
    period = periods.asked_for(work, account, cycle, first, last)
    wanted.check()
    found: list[Movement] = []
    for _ in range(MOST_CHUNKS):
        page = histories.page_at_hand(
            work,
            account,
            _earliest(work, account, period),
            period.last,
            newest_first=newest_first,
            limit=limit,
            cursor=cursor,
        )
        rows = _with_balances(work, account, page.items, newest_first)
        found += [row for row in rows if period.holds(row) and wanted.takes(row)]
        cursor = page.next_cursor
        if cursor is None or len(found) >= limit:
            break
    if len(found) > limit:
        found = found[:limit]
        cursor = histories.place_after(work, found[-1])
    closing = Money(_closing(work, account, period), account.currency)
    archived = _archived_days(account, period)
    if archived is None:
        opening = Money(_opening(work, account, period), account.currency)
    elif archived[1] < period.last:
        after = str(histories.kept_from(account, period.first))
        opening = Money(histories.balance_before(work, account, after), account.currency)
    else:
        opening = closing
    return Period(period.first, period.last, opening, closing, found, cursor, archived)


def _archived_days(account: DemandAccount, period: StatementPeriod) -> tuple[date, date] | None:
    """The first and last of a period's days whose movements are in the archive, or None."""
    kept, first = account.archived, max(period.first, account.opened_on)
    if kept is None or first > min(kept.through, period.last):
        return None
    return first, min(kept.through, period.last)


def _movements(work: UnitOfWork, account: DemandAccount, period: StatementPeriod) -> Iterator[Movement]:
    """The movements of the days of a period, those of this operation among them."""
    yield from histories.movements(work, account, _earliest(work, account, period), period.last)
    yield from (row for row in work.staged(MOVEMENTS) if row.account_id == account.id)


def _earliest(work: UnitOfWork, account: DemandAccount, period: StatementPeriod) -> date:
    """The first date that may have movements of the period: a day that was closing when the one before was cut."""
    if not period.after:
        return period.first
    return administration.calendar_of(work.config, account.branch, period.first).previous(period.first)


def _opening(work: UnitOfWork, account: DemandAccount, period: StatementPeriod) -> int:
    if period.after:
        return period.opening_minor
    return histories.balance_before(work, account, str(period.first))


def _closing(work: UnitOfWork, account: DemandAccount, period: StatementPeriod) -> int:
    if period.through:
        return period.closing_minor
    return histories.balance_before(work, account, f"{period.last}#~")


def _with_balances(
    work: UnitOfWork, account: DemandAccount, items: list[Movement], newest_first: bool
) -> list[Movement]:
    """A page's movements as people see them, in the order of the page."""
    rows = items[::-1] if newest_first else items
    if not rows:
        return []
    place = f"{rows[0].business_date}#{rows[0].sequence:08d}"
    behind = histories.movements_before(work, account, place)
    rows = [row for row in histories.with_true_balances([*behind, *rows])[len(behind) :] if not row.hidden]
    return rows[::-1] if newest_first else rows


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
