"""The ledger on the wire: trial balance, balances, movements."""

from datetime import date, datetime

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.modules.accounting.domain.trial_balance import AccountLine
from chalicelib.modules.accounting.reports.balances import DayBalance, Standing
from chalicelib.modules.accounting.reports.movements import MovementLine, Movements
from chalicelib.modules.accounting.reports.trial_balance import LedgerQuery, TrialBalanceFound
from chalicelib.modules.accounting.schemas.fields import AccountCode, CoverQuery, CurrencyCode
from chalicelib.platform.http.payload import Amount, View


class TrialBalanceQuery(CoverQuery):
    """The date (today's business date if blank), from which date, down to which level, in which currency.

    ``eliminate_interbranch`` leaves out what the branches owe each other.
    """

    on: date | None = Field(None, alias="date")
    since: date | None = Field(None, alias="from")
    level: int | None = Field(None, ge=1, le=9)
    currency: CurrencyCode | None = None
    eliminate_interbranch: bool = False

    def asked(self) -> LedgerQuery:
        return LedgerQuery(
            self.cover, self.on, self.since, self.currency or "", self.level, self.eliminate_interbranch
        )


class TrialBalanceRow(View):
    """An account and what lies under it. ``opening`` + ``debits`` - ``credits`` = ``closing``, debits positive."""

    code: str
    name: str
    level: int
    account_class: str | None
    normal_side: str | None
    postable: bool
    opening: Amount
    debits: Amount
    credits: Amount
    closing: Amount


class TrialBalanceTotals(View):
    """Sums of the posted accounts, each counted once. ``difference`` is zero in a sound ledger."""

    opening: Amount
    debits: Amount
    credits: Amount
    closing: Amount
    difference: Amount


class TrialBalanceView(View):
    """A trial balance."""

    from_date: date
    date: date
    branch: str | None
    branches: list[str]
    currency: str
    level: int | None
    items: list[TrialBalanceRow]
    totals: TrialBalanceTotals

    @classmethod
    def of(cls, found: TrialBalanceFound, query: TrialBalanceQuery, language: str) -> "TrialBalanceView":
        code, total = found.balance.currency, found.balance.total
        return cls(
            date=found.on,
            from_date=found.since,
            branch=query.branch,
            branches=list(found.branches),
            currency=code,
            level=query.level,
            items=[_row(found, line, language) for line in found.balance.lines],
            totals=TrialBalanceTotals(
                opening=Money(total.opening, code),
                debits=Money(total.debit, code),
                credits=Money(total.credit, code),
                closing=Money(total.closing, code),
                difference=Money(found.balance.difference, code),
            ),
        )


class StandingQuery(CoverQuery):
    """The account's balance on a date."""

    on: date | None = Field(None, alias="date")
    currency: CurrencyCode | None = None


class TurnoverView(View):
    """Debits and credits of a period."""

    debits: Amount
    credits: Amount


class StandingView(View):
    """An account on a date: its balance, that of the last month end, and the turnover of day, month and year."""

    code: str
    name: str
    normal_side: str
    date: date
    branches: list[str]
    currency: str
    balance: Amount
    day_opening: Amount
    month_end: Amount
    year_end: Amount
    day: TurnoverView
    month: TurnoverView
    year: TurnoverView

    @classmethod
    def of(cls, found: Standing, language: str) -> "StandingView":
        code = found.currency
        turnovers = {
            name: TurnoverView(debits=Money(row.debit, code), credits=Money(row.credit, code))
            for name, row in (("day", found.day), ("month", found.month), ("year", found.year))
        }
        return cls(
            code=found.code,
            name=name_in(found.account.names, language),
            normal_side=found.account.normal_side,
            date=found.on,
            branches=list(found.branches),
            currency=code,
            balance=Money(found.day.closing, code),
            day_opening=Money(found.day.opening, code),
            month_end=Money(found.month.opening, code),
            year_end=Money(found.year.opening, code),
            **turnovers,
        )


class PeriodOfAccountQuery(CoverQuery):
    """An account between two dates, both included."""

    account: AccountCode
    from_date: date = Field(alias="from")
    to_date: date = Field(alias="to")
    currency: CurrencyCode | None = None


class DayBalanceView(View):
    """A calendar day; ``consolidated`` is the closing balance of all branches, where one was asked for."""

    date: date
    opening: Amount
    debits: Amount
    credits: Amount
    closing: Amount
    consolidated: Amount | None = None


class DayBalanceList(View):
    """Balances of an account day by day."""

    account: str
    branch: str | None
    currency: str
    items: list[DayBalanceView]
    next_cursor: str | None = None

    @classmethod
    def of(
        cls, query: PeriodOfAccountQuery, currency: str, days: list[DayBalance], whole: list[DayBalance]
    ) -> "DayBalanceList":
        totals = {each.day: Money(each.row.closing, currency) for each in whole}
        items = [
            DayBalanceView(
                date=each.day,
                opening=Money(each.row.opening, currency),
                debits=Money(each.row.debit, currency),
                credits=Money(each.row.credit, currency),
                closing=Money(each.row.closing, currency),
                consolidated=totals.get(each.day),
            )
            for each in days
        ]
        return cls(account=query.account, branch=query.branch, currency=currency, items=items)


class MovementsQuery(PeriodOfAccountQuery):
    """The page of the movements."""

    limit: int = Field(100, ge=1, le=500)
    cursor: str | None = None


class MovementView(View):
    """A line on the account: a debit or a credit, and the balance after it."""

    entry_id: str
    business_date: date
    value_date: date
    posted_at: datetime
    branch: str
    account: str
    code: str
    narrative: str
    actor: str
    source_ref: str
    debit: Amount | None
    credit: Amount | None
    balance: Amount


class MovementList(View):
    """Opening + debits - credits = closing are of the whole period; the lines are a page, oldest first."""

    account: str
    currency: str
    from_date: date
    to_date: date
    opening: Amount
    debits: Amount
    credits: Amount
    closing: Amount
    items: list[MovementView]
    next_cursor: str | None

    @classmethod
    def of(cls, account: str, found: Movements) -> "MovementList":
        code, total = found.currency, found.total
        return cls(
            account=account,
            currency=code,
            from_date=found.first,
            to_date=found.last,
            opening=Money(total.opening, code),
            debits=Money(total.debit, code),
            credits=Money(total.credit, code),
            closing=Money(total.closing, code),
            items=[_movement(line, code) for line in found.lines],
            next_cursor=found.next_cursor,
        )


def _row(found: TrialBalanceFound, line: AccountLine, language: str) -> TrialBalanceRow:
    account, code, row = found.chart.find(line.code), found.balance.currency, line.row
    return TrialBalanceRow(
        code=line.code,
        name=name_in(account.names, language) if account else line.code,
        level=line.level,
        account_class=account.account_class if account else None,
        normal_side=account.normal_side if account else None,
        postable=account.postable if account else True,
        opening=Money(row.opening, code),
        debits=Money(row.debit, code),
        credits=Money(row.credit, code),
        closing=Money(row.closing, code),
    )


def _movement(line: MovementLine, code: str) -> MovementView:
    money = Money(abs(line.minor), code)
    return MovementView(
        entry_id=line.entry_id,
        business_date=line.business_date,
        value_date=line.value_date,
        posted_at=line.posted_at,
        branch=line.branch,
        account=line.account,
        code=line.code,
        narrative=line.narrative,
        actor=line.actor,
        source_ref=line.source_ref,
        debit=money if line.minor > 0 else None,
        credit=money if line.minor < 0 else None,
        balance=Money(line.balance, code),
    )
