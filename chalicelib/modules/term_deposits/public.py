"""What term deposits offer to other modules."""

from chalicelib.modules.term_deposits import repository
from chalicelib.modules.term_deposits.closing import happenings
from chalicelib.modules.term_deposits.domain.deposit import AgreedPayment, TermDeposit
from chalicelib.modules.term_deposits.service import holdings, products, simulation

__all__ = [
    "APPLICATION",
    "AgreedPayment",
    "TermDeposit",
    "accrued",
    "deposit",
    "deposits_of",
    "product_name",
    "published",
    "simulate",
]

APPLICATION = happenings.NAME
published = products.published
simulate = simulation.simulate
deposits_of = repository.deposits_of
deposit = repository.deposit
accrued = holdings.accrued
product_name = holdings.product_name
