"""A member's position and statements, put together from the modules that own the figures."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import public as deposits
from chalicelib.platform import clock, currencies
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class HeldAccount:
    """One account of the member, with its plan's name in their language."""

    id: str
    number: str
    name: str
    kind: str
    state: str
    ledger: Money
    available: Money
    held: Money
    accrued_interest: Decimal


@dataclass(frozen=True, slots=True)
class Position:
    """Everything the member holds at one moment, with totals by currency and one of all in the base currency.

    ``base_total`` is empty where a currency has no official rate.
    """

    as_of: datetime
    business_date: str
    accounts: list[HeldAccount]
    totals: dict[str, dict[str, Money]]
    base_total: dict[str, Money]


def position(work: UnitOfWork) -> Position:
    """The consolidated position of the member who signed in; balances are read now."""
    accounts = held_accounts(work)
    totals: dict[str, dict[str, Money]] = {}
    for account in accounts:
        row = totals.setdefault(account.ledger.currency, {})
        for name in ("ledger", "available", "held"):
            amount: Money = getattr(account, name)
            row[name] = row.get(name, Money.zero(amount.currency)) + amount
    return Position(clock.now(), _business_date(work), accounts, totals, _in_base(work, totals))


def _in_base(work: UnitOfWork, totals: dict[str, dict[str, Money]]) -> dict[str, Money]:
    """The totals of all currencies together, at the official rates of now (GEN-22)."""
    base, now = work.context.tenant.currency, clock.now()
    whole = {name: Money.zero(base) for row in totals.values() for name in row}
    for code, row in totals.items():
        for name, amount in row.items():
            worth = amount if code == base else currencies.in_base(work, amount.decimal, code, now)
            if worth is None:
                return {}
            whole[name] += worth
    return whole


def held_accounts(work: UnitOfWork) -> list[HeldAccount]:
    """The member's accounts in the order they were opened."""
    return [_held(work, account) for account in deposits.accounts_of(work, work.context.actor.party_id)]


def _held(work: UnitOfWork, account: deposits.DemandAccount) -> HeldAccount:
    today = business_date(work, account.branch)
    plan = work.config.get("deposits.plan", account.plan, today)
    names = dict(plan.names)
    return HeldAccount(
        id=account.id,
        number=account.number,
        name=names.get(work.context.language.split("-")[0]) or names.get("es", account.plan),
        kind=plan.product_class,
        state=account.state.value,
        ledger=account.ledger,
        available=account.available_on(today),
        held=account.held,
        accrued_interest=deposits.accrued(work, account),
    )


def _business_date(work: UnitOfWork) -> str:
    accounts = deposits.accounts_of(work, work.context.actor.party_id)
    return business_date(work, accounts[0].branch).isoformat() if accounts else ""
