"""The consolidated position: what each module says the member holds in it or owes it, added up (POR-01).

Whatever module registers the products of a party with ``parties`` is in the position; nothing here knows it by name.
"""

from collections.abc import Iterable
from datetime import date, datetime

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import public as deposits
from chalicelib.modules.member_portal.plans import SETTINGS, PortalSettings
from chalicelib.modules.parties import public as parties
from chalicelib.platform import clock, currencies
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

OWN_TRANSFERS = "own_transfers"
COUNTED = ("held", "owed")
"""Natures of products that are in the position; what the member only answers for is not."""


@dataclass(frozen=True, slots=True)
class Total:
    """What is held and owed in one currency; ``net`` is the difference, ``held`` what is blocked of the ``ledger``.

    Of joint accounts the member's share counts, as it does at the office.
    """

    ledger: Money
    owed: Money
    available: Money
    held: Money

    @property
    def net(self) -> Money:
        return self.ledger - self.owed

    @property
    def currency(self) -> str:
        return self.ledger.currency


@dataclass(frozen=True, slots=True)
class Position:
    """Everything of the member's at one moment, with totals by currency and one of all in the base currency.

    ``base_total`` is None where a currency has no official rate, or nothing is held. ``services`` are those published
    ones that are of use to whoever has something.
    """

    as_of: datetime
    business_date: str
    accounts: list[parties.ProductSummary]
    totals: list[Total]
    base_total: Total | None
    services: list[str]


def position(work: UnitOfWork) -> Position:
    """The consolidated position of the member who signed in; balances are read now."""
    products = parties.products_of(work, work.context.actor.party_id)
    own = [each for each in products if each.owns and each.nature in COUNTED]
    totals = totals_of(own)
    today = business_date(work, own[0].branch) if own else None
    return Position(
        clock.now(),
        today.isoformat() if today else "",
        own,
        totals,
        _in_base(work, totals),
        services(work, today) if today else [],
    )


def services(work: UnitOfWork, on: date) -> list[str]:
    """What the cooperative publishes in its portal on a business date, beside what everybody may look at."""
    settings: PortalSettings = work.config.main(SETTINGS, on)
    return [OWN_TRANSFERS] if settings.own_transfers else []


def held_accounts(work: UnitOfWork) -> list[parties.ProductSummary]:
    """The member's demand accounts, joint ones among them, in the order they were opened."""
    products = parties.products_of(work, work.context.actor.party_id, deposits.APPLICATION)
    return [each for each in products if each.owns]


def business_day_of(work: UnitOfWork, account_id: str) -> date:
    """The business date of one of the member's demand accounts. Raises UnknownDepositAccount."""
    return business_date(work, deposits.account(work, account_id).branch)


def totals_of(products: Iterable[parties.ProductSummary]) -> list[Total]:
    """Totals by currency, in the order in which the currencies appear."""
    listed = list(products)
    return [_total(listed, code) for code in dict.fromkeys(each.balance.currency for each in listed)]


def _total(products: list[parties.ProductSummary], code: str) -> Total:
    def total(amounts: Iterable[Money | None]) -> Money:
        return sum((each for each in amounts if each is not None), Money.zero(code))

    ours = [each for each in products if each.balance.currency == code]
    held = [each for each in ours if each.nature == "held"]
    return Total(
        ledger=total(each.own_balance for each in held),
        owed=total(each.own_balance for each in ours if each.nature == "owed"),
        available=total(each.own_available for each in held),
        held=total(each.own_blocked for each in held),
    )


def _in_base(work: UnitOfWork, totals: list[Total]) -> Total | None:
    """The totals of all currencies together, at the official rates of now (GEN-22)."""
    base, now = work.context.tenant.currency, clock.now()

    def worth(amount: Money) -> Money | None:
        return (
            amount
            if amount.currency == base
            else currencies.in_base(work, amount.decimal, amount.currency, now)
        )

    columns = []
    for name in ("ledger", "owed", "available", "held"):
        amounts = [worth(getattr(each, name)) for each in totals]
        known = [each for each in amounts if each is not None]
        if len(known) < len(amounts):
            return None
        columns.append(sum(known, Money.zero(base)))
    return Total(*columns) if totals else None
