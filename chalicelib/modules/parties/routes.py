"""The routes of parties."""

from chalicelib.modules.parties import permissions, repository
from chalicelib.modules.parties.domain.note import shown
from chalicelib.modules.parties.domain.product import totals
from chalicelib.modules.parties.schemas.accounts import (
    AccountPartiesQuery,
    AccountPartiesView,
    SetAccountParties,
)
from chalicelib.modules.parties.schemas.around import (
    AccountAddressView,
    AddressList,
    AddressView,
    NoteList,
    NoteView,
    ProductList,
    ProductTotalView,
    ProductView,
    ProfileView,
    RelationList,
    RelationView,
)
from chalicelib.modules.parties.schemas.captured import (
    AddAddress,
    AddNote,
    ChangeAddress,
    ChangeIdentity,
    ChangeParty,
    ProductsQuery,
    RegisterParty,
    Relate,
    RelationsQuery,
    SearchQuery,
    UseAddress,
)
from chalicelib.modules.parties.schemas.shown import PartyList, PartyView
from chalicelib.modules.parties.service import (
    account_parties,
    addresses,
    maintenance,
    parameters,
    products,
    profile,
    registration,
    relations,
    search,
)
from chalicelib.modules.parties.service.search import Page
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("parties", approvable=True)


@routes.get("/parties", permission=permissions.READ, query=SearchQuery, response=PartyList)
def search_parties(work: UnitOfWork, query: SearchQuery) -> PartyList:
    """Find parties by name, document, number, telephone, officer or place of issue."""
    page = Page(query.limit, query.cursor, query.include_inactive)
    return PartyList.of(work, search.search(work, query.q, query.by, page))


@routes.post("/parties", permission=permissions.REGISTER, request=RegisterParty, response=PartyView)
def register_party(work: UnitOfWork, body: RegisterParty) -> PartyView:
    """Register a person, once."""
    return PartyView.of(work, registration.register(work, body.draft()))


@routes.get("/parties/{party_id}", permission=permissions.READ, response=PartyView)
def read_party(work: UnitOfWork, party_id: str) -> PartyView:
    """Everything captured of a party."""
    return PartyView.of(work, repository.party(work, party_id))


@routes.patch("/parties/{party_id}", permission=permissions.MAINTAIN, request=ChangeParty, response=PartyView)
def change_party(work: UnitOfWork, party_id: str, body: ChangeParty) -> PartyView:
    """Change a party's data, and relate it to others."""
    changed = maintenance.change(work, party_id, body.captured("relations"), body.wanted())
    return PartyView.of(work, changed)


@routes.post(
    "/parties/{party_id}/identity-changes",
    permission=permissions.CHANGE_IDENTITY,
    request=ChangeIdentity,
    response=PartyView,
)
def change_identity(work: UnitOfWork, party_id: str, body: ChangeIdentity) -> PartyView:
    """Change a party's document, names, type or state; everything tied to it stays."""
    return PartyView.of(work, maintenance.change_identity(work, party_id, body.change()))


@routes.get("/parties/{party_id}/profile", permission=permissions.READ, response=ProfileView)
def read_profile(work: UnitOfWork, party_id: str) -> ProfileView:
    """A party with its notes, addresses, relations and products."""
    return ProfileView.of(work, profile.profile(work, party_id))


@routes.get(
    "/parties/{party_id}/products", permission=permissions.READ, query=ProductsQuery, response=ProductList
)
def list_products(work: UnitOfWork, party_id: str, query: ProductsQuery) -> ProductList:
    """The products of a party with their balances."""
    party = repository.party(work, party_id)
    found = products.summaries(work, party.id, query.application)
    return ProductList(
        items=[ProductView.of(product) for product in found],
        totals=[ProductTotalView.of(total) for total in totals(found)],
    )


@routes.get("/parties/{party_id}/addresses", permission=permissions.READ, response=AddressList)
def list_addresses(work: UnitOfWork, party_id: str) -> AddressList:
    """The addresses of a party with the accounts that use each."""
    party = repository.party(work, party_id)
    found = addresses.listed(work, party)
    return AddressList(items=[AddressView.of(work, party, address, used) for address, used in found])


@routes.post(
    "/parties/{party_id}/addresses",
    permission=permissions.MAINTAIN,
    request=AddAddress,
    response=AddressView,
)
def add_address(work: UnitOfWork, party_id: str, body: AddAddress) -> AddressView:
    """Add an address."""
    address = addresses.add(work, party_id, body.model_dump())
    return AddressView.of(work, repository.party(work, party_id), address)


@routes.patch(
    "/parties/{party_id}/addresses/{address_id}",
    permission=permissions.MAINTAIN,
    request=ChangeAddress,
    response=AddressView,
)
def change_address(work: UnitOfWork, party_id: str, address_id: str, body: ChangeAddress) -> AddressView:
    """Change an address, or make it the primary one of its purpose."""
    address = addresses.change(work, party_id, address_id, body.changes())
    return AddressView.of(work, repository.party(work, party_id), address)


@routes.put(
    "/parties/{party_id}/account-addresses/{account_id}",
    permission=permissions.MAINTAIN,
    request=UseAddress,
    response=AccountAddressView,
)
def use_address_for_account(
    work: UnitOfWork, party_id: str, account_id: str, body: UseAddress
) -> AccountAddressView:
    """Have one account use one of the party's addresses."""
    link = addresses.use_for_account(work, party_id, account_id, body.address_id)
    return AccountAddressView.model_validate(link)


@routes.get(
    "/parties/{party_id}/relations",
    permission=permissions.READ,
    query=RelationsQuery,
    response=RelationList,
)
def list_relations(work: UnitOfWork, party_id: str, query: RelationsQuery) -> RelationList:
    """The parties that a party is related to, in up to three steps."""
    party = repository.party(work, party_id)
    found = relations.related(work, party, query.depth, query.relationship_type)
    return RelationList(items=[RelationView.of(work, related) for related in found])


@routes.post(
    "/parties/{party_id}/relations", permission=permissions.MAINTAIN, request=Relate, response=RelationView
)
def relate_parties(work: UnitOfWork, party_id: str, body: Relate) -> RelationView:
    """Relate a party to another one; the other end follows by itself."""
    related = relations.add(work, party_id, body.relationship_type, body.party_id, body.note)
    return RelationView.of(work, related)


@routes.delete(
    "/parties/{party_id}/relations/{relation_id}", permission=permissions.MAINTAIN, response=RelationView
)
def end_relation(work: UnitOfWork, party_id: str, relation_id: str) -> RelationView:
    """End a relation at both ends."""
    return RelationView.of(work, relations.end(work, party_id, relation_id))


@routes.get(
    "/accounts/{account_id}/parties",
    permission=permissions.READ,
    query=AccountPartiesQuery,
    response=AccountPartiesView,
)
def read_account_parties(work: UnitOfWork, account_id: str, query: AccountPartiesQuery) -> AccountPartiesView:
    """Everybody tied to an account, with role, share, address and mailing line."""
    return AccountPartiesView.of(work, account_parties.account(work, account_id), query.on)


@routes.put(
    "/accounts/{account_id}/parties",
    permission=permissions.MAINTAIN,
    request=SetAccountParties,
    response=AccountPartiesView,
)
def set_account_parties(work: UnitOfWork, account_id: str, body: SetAccountParties) -> AccountPartiesView:
    """Say who is tied to an account from a date on; whoever is left out ends and stays as history."""
    changed = account_parties.change(work, account_id, body.wanted(), body.effective_from)
    return AccountPartiesView.of(work, changed)


@routes.get("/parties/{party_id}/notes", permission=permissions.READ, response=NoteList)
def list_notes(work: UnitOfWork, party_id: str) -> NoteList:
    """The notes on a party that still matter, warnings first."""
    party = repository.party(work, party_id)
    found = shown(repository.notes(work, party), parameters.day_of(work, party))
    return NoteList(items=[NoteView.of(note) for note in found])


@routes.post("/parties/{party_id}/notes", permission=permissions.MAINTAIN, request=AddNote, response=NoteView)
def add_note(work: UnitOfWork, party_id: str, body: AddNote) -> NoteView:
    """Leave a note on a party."""
    return NoteView.of(maintenance.add_note(work, party_id, body.kind, body.text, body.expires_on))
