"""Relationships between parties, each written at both ends: "A is parent of B" and "B is child of A" (PTY-27)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.parties.domain.party import Party
from chalicelib.modules.parties.errors import (
    RelatedToItself,
    RelationExists,
    RelationNotForKind,
    UnknownRelation,
)
from chalicelib.modules.parties.plans import RelationshipType

SEPARATOR = "~"


@dataclass(frozen=True, slots=True)
class Relation:
    """``party_id`` is ``relationship_type`` of ``other_id``; ``derived`` marks the end that was not asked for.

    ``branch`` is the party's; ``changed_on`` the day on which the relation began or ended.
    """

    party_id: str
    relationship_type: str
    other_id: str
    since: date
    created_by: str
    note: str = ""
    derived: bool = False
    ended_on: date | None = None
    branch: str = ""
    changed_on: date | None = None
    version: int = 0

    @property
    def id(self) -> str:
        """What the API calls it: type and the other party."""
        return f"{self.relationship_type}{SEPARATOR}{self.other_id}"

    @property
    def active(self) -> bool:
        """Whether it has not ended."""
        return self.ended_on is None

    def ended(self, on: date) -> "Relation":
        """The relation as it ends. Raises UnknownRelation where it ended before."""
        if not self.active:
            raise UnknownRelation("relation_id")
        return replace(self, ended_on=on, changed_on=on)


def split_id(relation_id: str) -> tuple[str, str]:
    """(relationship type, other party's id). Raises UnknownRelation."""
    kind, separator, other = relation_id.partition(SEPARATOR)
    if not separator:
        raise UnknownRelation("relation_id")
    return kind, other


def check_parties(party: Party, kind: RelationshipType, other: Party) -> None:
    """Raises RelatedToItself, RelationNotForKind."""
    if party.id == other.id:
        raise RelatedToItself("party_id")
    if party.kind not in kind.from_kinds or other.kind not in kind.to_kinds:
        raise RelationNotForKind("relationship_type", kind=party.kind, other=other.kind)


def check_new(code: str, kind: RelationshipType, other_id: str, existing: Iterable[Relation]) -> None:
    """Raises RelationExists: the same again, or a second one of a kind that a party has once, such as a spouse."""
    active = [each for each in existing if each.active and each.relationship_type == code]
    if any(kind.single or each.other_id == other_id for each in active):
        raise RelationExists("relationship_type", relationship_type=code)
