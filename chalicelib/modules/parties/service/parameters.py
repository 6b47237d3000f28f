"""The parameters of the register, as they hold on a date."""

from datetime import date

from chalicelib.modules.parties.domain.completeness import FULL, missing, relations_asked
from chalicelib.modules.parties.domain.party import Party
from chalicelib.modules.parties.plans import (
    DocumentRule,
    PartiesControl,
    PartyType,
    RelationshipType,
    RequiredField,
)
from chalicelib.platform import today
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


def day_of(work: UnitOfWork, party: Party) -> date:
    """The business date of the party's branch."""
    return business_date(work, party.branch)


def control(config: Snapshot, on: date) -> PartiesControl:
    """How names and numbers are composed."""
    found: PartiesControl = config.main("parties.control", on)
    return found


def party_type(config: Snapshot, code: str, on: date) -> PartyType:
    """A party type. Raises UnknownParameter."""
    found: PartyType = config.get("parties.party_type", code, on, field="party_type")
    return found


def document_rule(config: Snapshot, document_type: str, on: date) -> DocumentRule:
    """The rule of a document type. Raises UnknownParameter."""
    found: DocumentRule = config.get("parties.document_rule", document_type, on, field="document_type")
    return found


def relationship_type(config: Snapshot, code: str, on: date) -> RelationshipType:
    """A type of relationship. Raises UnknownParameter."""
    found: RelationshipType = config.get("parties.relationship_type", code, on, field="relationship_type")
    return found


def required_fields(config: Snapshot, on: date) -> list[RequiredField]:
    """Every rule on what must be captured."""
    return [rule for _, rule in config.all("parties.required_field", on)]


def relations_asked_of(config: Snapshot, party: Party, form: str, on: date) -> list[str]:
    """The types of relationship that a form asks of the party, by the rules as they are now (PTY-06)."""
    rules = [rule for _, rule in config.all("parties.required_relation", on)]
    return relations_asked(party, rules, form, on, control(config, on).adult_age) if rules else []


def pending_fields(config: Snapshot, party: Party, on: date) -> list[str]:
    """What the full form asks for and the party lacks, by the rules as they are now (PTY-07, PTY-51)."""
    return missing(party, required_fields(config, on), FULL)


def name_order(work: UnitOfWork) -> str:
    """The order in which the tenant writes names today."""
    return control(work.config, today.calendar_day(work)).name_order


def name_of(work: UnitOfWork, party: Party) -> str:
    """The party's whole name in the tenant's order."""
    return party.name.full(name_order(work))
