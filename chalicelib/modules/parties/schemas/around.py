"""What surrounds a party: addresses, relations, notes, products, and the profile of all of them."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from chalicelib.kernel.names import name_in
from chalicelib.modules.parties.domain.account_party import DECIMALS
from chalicelib.modules.parties.domain.address import Address
from chalicelib.modules.parties.domain.note import Note
from chalicelib.modules.parties.domain.party import Party
from chalicelib.modules.parties.domain.product import ProductSummary, ProductTotal
from chalicelib.modules.parties.schemas.shown import PartyView, for_reader
from chalicelib.modules.parties.service import parameters
from chalicelib.modules.parties.service.profile import Profile
from chalicelib.modules.parties.service.relations import Related
from chalicelib.modules.parties.tables import ADDRESSES
from chalicelib.platform.http.payload import Amount, View
from chalicelib.platform.work import UnitOfWork


class AddressView(View):
    """An address; ``accounts`` are the numbers of the accounts that use it."""

    id: str
    address_type: str
    purpose: str
    primary: bool
    line_1: str
    line_2: str
    city: str
    province: str
    country: str
    postal_code: str
    geo_code: str
    phone_number: str
    email: str
    valid_from: date | None
    valid_to: date | None
    added_on: date
    added_by: str
    accounts: list[str] = []
    version: int

    @classmethod
    def of(
        cls, work: UnitOfWork, party: Party, address: Address, accounts: list[str] | None = None
    ) -> "AddressView":
        taken = {
            each.name: getattr(address, each.name) for each in fields(address) if each.name != "party_id"
        }
        taken["version"] = work.version_of(ADDRESSES, address)
        return for_reader(work, cls(**taken, accounts=accounts or []), party)


class AddressList(View):
    """The addresses of a party, primary ones first."""

    items: list[AddressView]
    next_cursor: str | None = None


class AccountAddressView(View):
    """Which address an account uses."""

    account_id: str
    address_id: str


class RelationView(View):
    """A relation as it reads from the party: "<party> is <label> <name>"; ``path`` are the steps that lead there."""

    id: str
    relationship_type: str
    label: str
    party_id: str
    name: str
    since: date
    ended_on: date | None
    note: str
    depth: int
    path: list[str]

    @classmethod
    def of(cls, work: UnitOfWork, related: Related) -> "RelationView":
        relation = related.relation
        kind = parameters.relationship_type(
            work.config, relation.relationship_type, parameters.day_of(work, related.other)
        )
        return cls(
            id=relation.id,
            relationship_type=relation.relationship_type,
            label=name_in(kind.names, work.context.language),
            party_id=related.other.id,
            name=parameters.name_of(work, related.other),
            since=relation.since,
            ended_on=relation.ended_on,
            note=relation.note,
            depth=related.depth,
            path=[f"{step.party_id} {step.relationship_type} {step.other_id}" for step in related.path],
        )


class RelationList(View):
    """The relations of a party, the nearest first."""

    items: list[RelationView]
    next_cursor: str | None = None


class NoteView(View):
    """A note on a party."""

    id: str
    kind: str
    text: str
    written_on: date
    written_at: datetime
    written_by: str
    expires_on: date | None

    @classmethod
    def of(cls, note: Note) -> "NoteView":
        return cls.model_validate(note)


class NoteList(View):
    """The notes that still matter, warnings first."""

    items: list[NoteView]
    next_cursor: str | None = None


class ProductView(View):
    """A product of the party's and the part the party has in it.

    ``product`` is the plan's code, ``plan_name`` what the plan is called in the reader's language.
    """

    application: str
    account_id: str
    number: str
    product: str
    plan_name: str
    state: str
    opened_on: date
    balance: Amount
    available: Amount | None
    role: str
    nature: str
    branch: str
    ownership_pct: str | None
    share: Amount | None

    @classmethod
    def of(cls, product: ProductSummary) -> "ProductView":
        percentage = product.ownership_pct
        told: dict[str, Any] = {
            "plan_name": product.name or product.product,
            "ownership_pct": None if percentage is None else f"{percentage:.{DECIMALS}f}",
        }
        return cls(**{name: getattr(product, name) for name in cls.model_fields.keys() - told}, **told)


class ProductTotalView(View):
    """What the party owns, owes and guarantees, by currency."""

    currency: str
    held: Amount
    owed: Amount
    contingent: Amount

    @classmethod
    def of(cls, total: ProductTotal) -> "ProductTotalView":
        return cls.model_validate(total)


class ProductList(View):
    """The products of a party with their totals."""

    items: list[ProductView]
    totals: list[ProductTotalView]
    next_cursor: str | None = None


class ProfileView(View):
    """A party with everything that the cooperative has to do with it."""

    id: str
    standing: str
    party: PartyView
    notes: list[NoteView]
    addresses: list[AddressView]
    relations: list[RelationView]
    products: list[ProductView]
    totals: list[ProductTotalView]

    @classmethod
    def of(cls, work: UnitOfWork, profile: Profile) -> "ProfileView":
        party = profile.party
        return cls(
            id=party.id,
            standing=profile.standing,
            party=PartyView.of(work, party),
            notes=[NoteView.of(note) for note in profile.notes],
            addresses=[AddressView.of(work, party, address, used) for address, used in profile.addresses],
            relations=[RelationView.of(work, related) for related in profile.relations],
            products=[ProductView.of(product) for product in profile.products],
            totals=[ProductTotalView.of(total) for total in profile.totals],
        )
