"""A member's position and statements, put together from the modules that own the figures."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import public as deposits
from chalicelib.platform import clock
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
    """Everything the member holds, with totals by currency, at one moment."""

    as_of: datetime
    business_date: str
    accounts: list[HeldAccount]
    totals: dict[str, dict[str, Money]]


def position(work: UnitOfWork) -> Position:
    """The consolidated position of the member who signed in; balances are read now."""
    accounts = held_accounts(work)
    totals: dict[str, dict[str, Money]] = {}
    for account in accounts:
        row = totals.setdefault(account.ledger.currency, {})
        for name in ("ledger", "available", "held"):
            amount: Money = getattr(account, name)
            row[name] = row.get(name, Money.zero(amount.currency)) + amount
    return Position(clock.now(), _business_date(work), accounts, totals)


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
        available=account.available,
        held=account.held,
        accrued_interest=deposits.accrued(work, account),
    )


def _business_date(work: UnitOfWork) -> str:
    accounts = deposits.accounts_of(work, work.context.actor.party_id)
    return business_date(work, accounts[0].branch).isoformat() if accounts else ""
