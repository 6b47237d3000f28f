"""The products of a party: those that it holds, and those of others in which it has a part (PTY-33, PTY-63)."""

from dataclasses import replace
from functools import partial

from chalicelib.modules.parties.domain.account_party import AccountParties, AccountParty, owns, share_in
from chalicelib.modules.parties.domain.product import ProductSummary
from chalicelib.modules.parties.repository import account_parties, products, roles
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


def summaries(work: UnitOfWork, party_id: str, application: str = "") -> list[ProductSummary]:
    """Every product of a party (or those of one application) with its part in it, in the order of their opening."""
    held = {product.account_id: product for product in products.of_party(work, party_id, application)}
    written = account_parties.of_accounts(work, account_parties.accounts_of(work, party_id))
    others = products.named(work, [each for each in written if each not in held], application)
    found = [product for product in held.values() if product.account_id not in written]
    for account_id, register in written.items():
        product = held.get(account_id) or others.get(account_id)
        if product:
            found += _parts(work, product, register, party_id)
    wanted = [product for product in found if application in ("", product.application)]
    return sorted(wanted, key=lambda product: (product.opened_on, product.number))


def _parts(
    work: UnitOfWork, product: ProductSummary, register: AccountParties, party_id: str
) -> list[ProductSummary]:
    on = business_date(work, product.branch)
    known = roles.roles(work, on)
    parts = register.on(on)

    def as_seen(part: AccountParty) -> ProductSummary:
        seen = replace(
            product, role=part.role, owner=owns(part.role, known), ownership_pct=part.ownership_pct
        )
        if not seen.owner:
            return seen
        share = partial(share_in, party_id, parts, known)
        return replace(
            seen,
            share=share(product.balance),
            share_available=share(product.available),
            share_blocked=share(product.blocked),
        )

    return [as_seen(part) for part in parts if part.party_id == party_id]
