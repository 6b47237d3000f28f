"""Relationships between parties: entered once, seen from both ends, followed as far as three steps."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.names import name_in
from chalicelib.modules.parties import events, repository
from chalicelib.modules.parties.domain.party import Party
from chalicelib.modules.parties.domain.relation import Relation, check_new, check_parties, split_id
from chalicelib.modules.parties.errors import RelationRequired, UnknownRelation
from chalicelib.modules.parties.service import parameters
from chalicelib.modules.parties.service.capture import Problems
from chalicelib.modules.parties.tables import RELATIONS
from chalicelib.platform.events import emit
from chalicelib.platform.problems import FieldProblem
from chalicelib.platform.work import UnitOfWork

MOST_PARTIES = 100
"""Parties visited for one question about relationships."""


@dataclass(frozen=True, slots=True)
class Related:
    """A relation as it is found from a party: the other party, and the relations that lead to it."""

    relation: Relation
    other: Party
    path: tuple[Relation, ...]

    @property
    def depth(self) -> int:
        """How many steps away the other party is."""
        return len(self.path)


def relate(
    work: UnitOfWork, party: Party, relationship_type: str, other_id: str, *, on: date, note: str = ""
) -> Relation:
    """Write "``party`` is … of the other" and its reciprocal at the other end.

    Raises UnknownParty, UnknownParameter, RelatedToItself, RelationNotForKind, RelationExists.
    """
    other = repository.party(work, other_id)
    kind = parameters.relationship_type(work.config, relationship_type, on)
    back = parameters.relationship_type(work.config, kind.reciprocal, on)
    check_parties(party, kind, other)
    check_new(relationship_type, kind, other.id, repository.relations(work, party.id))
    check_new(kind.reciprocal, back, party.id, repository.relations(work, other.id))
    by = work.context.actor.id
    asked = Relation(party.id, relationship_type, other.id, on, by, note, branch=party.branch, changed_on=on)
    answered = replace(
        asked,
        party_id=other.id,
        relationship_type=kind.reciprocal,
        other_id=party.id,
        derived=True,
        branch=other.branch,
    )
    _put(work, answered)
    emit(
        work,
        events.PARTY_CHANGED,
        {"party_id": party.id, "other_id": other.id, "fields": ["relations"]},
    )
    return _put(work, asked)


def lacking(work: UnitOfWork, party: Party, form: str, on: date, brought: Collection[str] = ()) -> list[str]:
    """The types of relationship that a form asks of a party, that it lacks and is not brought now (PTY-06)."""
    asked = set(parameters.relations_asked_of(work.config, party, form, on)) - set(brought)
    if not asked:
        return []
    had = {each.relationship_type for each in repository.relations(work, party.id) if each.active}
    return sorted(asked - had)


def required(
    work: UnitOfWork, party: Party, on: date, problems: Problems, brought: Collection[str] = ()
) -> None:
    """What the party's form asks for and it lacks, each relation among the problems by its name."""
    for code in lacking(work, party, party.form, on, brought):
        kind = parameters.relationship_type(work.config, code, on)
        relation = name_in(kind.names, work.context.language)
        problems.add(
            FieldProblem(
                "relations", "required_relation_missing", {"relationship_type": code, "relation": relation}
            )
        )


def add(work: UnitOfWork, party_id: str, relationship_type: str, other_id: str, note: str) -> Related:
    """Relate two parties that are registered. Raises what ``relate`` raises."""
    party = repository.party(work, party_id)
    relation = relate(work, party, relationship_type, other_id, on=parameters.day_of(work, party), note=note)
    return Related(relation, repository.party(work, other_id), (relation,))


def end(work: UnitOfWork, party_id: str, relation_id: str) -> Related:
    """End a relation at both ends; it stays as history.

    Raises UnknownParty, UnknownRelation, RelationRequired where either party must have it.
    """
    party = repository.party(work, party_id)
    on = parameters.day_of(work, party)
    code, other_id = split_id(relation_id)
    relation = _found(work, party.id, code, other_id).ended(on)
    other = repository.party(work, other_id)
    reciprocal = parameters.relationship_type(work.config, code, on).reciprocal
    _check_dispensable(work, party, code, other.id, on)
    _check_dispensable(work, other, reciprocal, party.id, on)
    back = work.find(RELATIONS, party_id=other_id, relationship_type=reciprocal, other_id=party.id)
    if back and back.active:
        work.put(RELATIONS, back.ended(on))
    emit(work, events.PARTY_CHANGED, {"party_id": party.id, "other_id": other_id, "fields": ["relations"]})
    return Related(work.put(RELATIONS, relation), other, (relation,))


def related(work: UnitOfWork, party: Party, depth: int = 1, relationship_type: str = "") -> list[Related]:
    """Parties that a party is related to in up to ``depth`` steps, the nearest first, each by its shortest path."""
    seen, found = {party.id}, []
    border: list[tuple[Relation, ...]] = [()]
    for _ in range(depth):
        steps = [step for path in border for step in _steps(work, path, party.id, relationship_type)]
        others = {each.id: each for each in repository.parties(work, (path[-1].other_id for path in steps))}
        border = []
        for path in steps:
            other = others.get(path[-1].other_id)
            direct = len(path) == 1
            if other is None or other.id == party.id or (other.id in seen and not direct):
                continue
            found.append(Related(path[-1], other, path))
            if other.id not in seen and len(seen) <= MOST_PARTIES:
                seen.add(other.id)
                border.append(path)
    return found


def _check_dispensable(work: UnitOfWork, party: Party, code: str, other_id: str, on: date) -> None:
    if code not in parameters.relations_asked_of(work.config, party, party.form, on):
        return
    kept = (
        each for each in repository.relations(work, party.id) if each.active and each.other_id != other_id
    )
    if all(each.relationship_type != code for each in kept):
        names = parameters.relationship_type(work.config, code, on).names
        raise RelationRequired("relation_id", relation=name_in(names, work.context.language))


def _steps(
    work: UnitOfWork, path: tuple[Relation, ...], start: str, relationship_type: str
) -> Iterator[tuple[Relation, ...]]:
    here = path[-1].other_id if path else start
    for relation in repository.relations(work, here):
        if relation.active and relationship_type in ("", relation.relationship_type):
            yield (*path, relation)


def _found(work: UnitOfWork, party_id: str, code: str, other_id: str) -> Relation:
    found = work.find(RELATIONS, party_id=party_id, relationship_type=code, other_id=other_id)
    if found is None:
        raise UnknownRelation("relation_id")
    return found


def _put(work: UnitOfWork, relation: Relation) -> Relation:
    known = work.find(
        RELATIONS,
        party_id=relation.party_id,
        relationship_type=relation.relationship_type,
        other_id=relation.other_id,
    )
    return work.put(RELATIONS, replace(relation, version=known.version if known else 0))
