"""The routes of deposits, by what they are about. Importing the package declares all of them."""

from chalicelib.modules.deposits.routes import (
    accounts,
    batches,
    charges,
    cheques,
    closures,
    orders,
    servicing,
    statements,
)

__all__ = [
    "accounts",
    "batches",
    "charges",
    "cheques",
    "closures",
    "orders",
    "servicing",
    "statements",
]
