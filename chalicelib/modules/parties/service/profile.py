"""Everything about a party in one view, and what other modules need to know of it."""

from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.parties import repository
from chalicelib.modules.parties.domain.address import Address
from chalicelib.modules.parties.domain.note import Note, shown
from chalicelib.modules.parties.domain.party import Party, PartyState
from chalicelib.modules.parties.domain.product import ProductSummary, ProductTotal, standing, totals
from chalicelib.modules.parties.plans import PartyKind
from chalicelib.modules.parties.service import addresses, parameters, products, relations
from chalicelib.modules.parties.service.relations import Related
from chalicelib.platform.work import UnitOfWork

STOPPED = (PartyState.BLOCKED, PartyState.DECEASED, PartyState.CLOSED)


@dataclass(frozen=True, slots=True)
class Holder:
    """What a product module asks of somebody who shall hold an account; ``reason`` says why it is blocked."""

    party_id: str
    name: str
    kind: PartyKind
    party_type: str
    branch: str
    age: int | None
    adult: bool
    blocked: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """The 360° view (PTY-61, PTY-70)."""

    party: Party
    standing: str
    notes: list[Note]
    addresses: list[tuple[Address, list[str]]]
    relations: list[Related]
    products: list[ProductSummary]
    totals: list[ProductTotal]


def profile(work: UnitOfWork, party_id: str) -> Profile:
    """Everything about a party. Raises UnknownParty."""
    party = repository.party(work, party_id)
    on = parameters.day_of(work, party)
    held = products.summaries(work, party.id)
    near = relations.related(work, party)
    kind = parameters.party_type(work.config, party.party_type, on)
    return Profile(
        party,
        standing(held, counts_as_customer=kind.counts_as_customer, related=bool(near)),
        shown(repository.notes(work, party), on),
        addresses.listed(work, party),
        near,
        held,
        totals(held),
    )


def holder(work: UnitOfWork, party_id: str, on: date) -> Holder:
    """A party as a product module sees it on a business date; ``blocked`` ones open nothing (PTY-12).

    Raises UnknownParty.
    """
    party = repository.party(work, party_id)
    age = party.age(on)
    reason = _reason(work, party, on)
    return Holder(
        party.id,
        parameters.name_of(work, party),
        party.kind,
        party.party_type,
        party.branch,
        age,
        age is None or age >= parameters.control(work.config, on).adult_age,
        bool(reason),
        reason,
    )


def display_name(work: UnitOfWork, party_id: str) -> str:
    """A party's name for a receipt or a list, whatever its branch; empty where there is none."""
    party = repository.any_party(work, party_id)
    return parameters.name_of(work, party) if party else ""


def _reason(work: UnitOfWork, party: Party, on: date) -> str:
    kind = parameters.party_type(work.config, party.party_type, on)
    if kind.blacklisted:
        return "blacklisted"
    if party.state in STOPPED:
        return party.state.value
    return "" if kind.may_hold_accounts else "party_type"
