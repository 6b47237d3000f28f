"""Buying and selling foreign currency in cash at the counter, at the rate of the instant (GEN-21, GEN-23, GEN-25)."""

from collections.abc import Callable
from dataclasses import replace

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money, currency
from chalicelib.modules.accounting import postings
from chalicelib.modules.accounting.errors import SameCurrency, TradeTooSmall, UnknownCustomer
from chalicelib.platform import clock, currencies, declared
from chalicelib.platform.posting import service as posting
from chalicelib.platform.work import UnitOfWork

PURCHASE, SALE, EXCHANGE = "currency_purchase", "currency_sale", "currency_exchange"
"""Entry codes, as the bank sees it: it buys a foreign currency, sells one, or gives one for another."""

NameOf = Callable[[UnitOfWork, str], str]
_NAME_OF: list[NameOf] = []


@dataclass(frozen=True, slots=True)
class Asked:
    """What a customer wants at the counter: to pay this amount, or to receive it, against another currency."""

    party_id: str
    amount: Money
    other_currency: str
    receives_amount: bool = False
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class Trade:
    """What was exchanged: paid by the customer and received by them, worth ``base_value``."""

    posted: posting.Posted
    holder: str
    paid: Money
    received: Money
    base_value: Money


def register_customer_names(name_of: NameOf) -> None:
    """Declare who knows the name of a party; empty where nobody has the id."""
    _NAME_OF[:] = [name_of]


def trade(work: UnitOfWork, asked: Asked) -> Trade:
    """Exchange cash at the actor's branch, at the rates that hold now and that the entry quotes.

    Raises SameCurrency, UnknownCustomer, UnknownCurrency, NoExchangeRate, TradeTooSmall.
    """
    if currency(asked.other_currency).code == asked.amount.currency:
        raise SameCurrency("other_currency", currency=asked.other_currency)
    declared.load("customers")
    holder = _NAME_OF[0](work, asked.party_id) if _NAME_OF else ""
    if not holder:
        raise UnknownCustomer("party_id")
    now = clock.now()
    if asked.receives_amount:
        found = currencies.price(work, asked.amount, asked.other_currency, now)
        paid, received = found.result, asked.amount
    else:
        found = currencies.convert(work, asked.amount, asked.other_currency, now)
        paid, received = asked.amount, found.result
    if not found.result:
        raise TradeTooSmall("amount", currency=asked.other_currency)
    entry = posting.draft(
        work,
        _code(work, paid, received),
        work.context.actor.branch,
        postings.trade_legs(work.context.actor.branch, paid, received),
        asked.narrative,
        source_ref=asked.party_id,
    )
    quoted = replace(entry, rates=tuple(held.quoted for held in found.rates))
    return Trade(posting.post(work, quoted), holder, paid, received, found.base_value)


def _code(work: UnitOfWork, paid: Money, received: Money) -> str:
    base = work.context.tenant.currency
    if received.currency == base:
        return PURCHASE
    return SALE if paid.currency == base else EXCHANGE
