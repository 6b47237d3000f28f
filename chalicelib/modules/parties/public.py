"""What parties offer to other modules."""

from chalicelib.modules.parties import repository
from chalicelib.modules.parties.domain.draft import Draft
from chalicelib.modules.parties.domain.party import Party
from chalicelib.modules.parties.domain.phone import Phone
from chalicelib.modules.parties.domain.product import ProductSummary
from chalicelib.modules.parties.repository.products import register_product_summary
from chalicelib.modules.parties.service import (
    account_parties,
    contact,
    maintenance,
    products,
    profile,
    registration,
)
from chalicelib.modules.parties.service.profile import Holder

__all__ = [
    "Draft",
    "Holder",
    "Party",
    "Phone",
    "ProductSummary",
    "change",
    "display_name",
    "holder",
    "language_of",
    "may_see",
    "one_owner",
    "party",
    "products_of",
    "recipient",
    "register",
    "register_product_summary",
]

party = repository.party
register = registration.register
change = maintenance.change
holder = profile.holder
may_see = account_parties.may_see
one_owner = account_parties.one_owner
language_of = contact.language_of
recipient = contact.recipient
display_name = profile.display_name
products_of = products.summaries
