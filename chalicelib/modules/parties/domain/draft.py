"""What is captured to register a party or to change who it is, before it is checked."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.parties.plans import PartyKind


@dataclass(frozen=True, slots=True)
class Draft:
    """A party to register. ``values`` are the fields of a party and of its parts, flat; addresses are given likewise.

    ``related_to`` is (party id, relationship type): "the new party is … of that party"; ``relations`` likewise, of
    parties that are registered or are registered with this one.
    """

    kind: PartyKind
    party_type: str
    branch: str
    document_type: str
    document_number: str
    form: str = "full"
    values: Mapping[str, Any] = field(default_factory=dict)
    addresses: tuple[Mapping[str, Any], ...] = ()
    number: int | None = None
    confirm_check_digit: bool = False
    related_to: tuple[str, str] | None = None
    relations: "tuple[NewRelation, ...]" = ()

    @property
    def brings(self) -> tuple[str, ...]:
        """The types of relationship that the new party will have."""
        own = (self.related_to[1],) if self.related_to else ()
        return (*own, *(each.relationship_type for each in self.relations))


@dataclass(frozen=True, slots=True)
class NewRelation:
    """The party is ``relationship_type`` of another: the one with ``party_id``, or a new ``person`` (PTY-52)."""

    relationship_type: str
    party_id: str = ""
    person: Draft | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class IdentityChange:
    """A change of document, names, party type or state, with its reason and evidence (PTY-32)."""

    reason: str
    evidence: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    party_type: str = ""
    state: str = ""
    confirm_check_digit: bool = False
