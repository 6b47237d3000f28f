"""What parties declare to the platform and offer to other modules."""

from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.parties import reports, repository
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
from chalicelib.platform.reports import register_report

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

accounting.register_customer_names(profile.display_name)
accounting.register_source("pty", "parties", "/parties/parties/{id}")
for report in reports.REPORTS:
    register_report(report)
