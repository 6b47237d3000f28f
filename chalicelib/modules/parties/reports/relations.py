"""Reports of how parties are related: all of a branch, and what began or ended on a day."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from chalicelib.kernel.names import name_in
from chalicelib.modules.parties import permissions, repository
from chalicelib.modules.parties.domain.relation import Relation
from chalicelib.modules.parties.reports.scope import (
    BranchFilter,
    DayFilter,
    Row,
    branches,
    days,
    name_of,
    of_the_day,
)
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.reports import Column, Report
from chalicelib.platform.work import UnitOfWork

NEW, CHANGED = "new", "changed"


class RelatedFilter(BranchFilter):
    """The same, of one type of relationship or of all."""

    relationship_type: str = Field("", max_length=30)


def related_parties(work: UnitOfWork, filters: RelatedFilter) -> Iterable[Row]:
    """Each relation of a branch's parties that has not ended, branch by branch (PTY-29)."""
    for branch in branches(work, filters.branch):
        on = business_date(work, branch)
        for relation in repository.relations_changed(work, branch):
            if relation.active and filters.relationship_type in ("", relation.relationship_type):
                yield _row(work, branch, relation, on)


def relation_changes(work: UnitOfWork, filters: DayFilter) -> Iterable[Row]:
    """Each relation that began or ended on a day, marked as new or changed (PTY-30)."""
    for branch, day in days(work, filters):
        for relation in repository.relations_changed(work, branch, day, day):
            row = _row(work, branch, relation, day)
            mark = NEW if relation.since == day else CHANGED
            yield {**row, "change": mark, "ended_on": relation.ended_on, "created_by": relation.created_by}


def _row(work: UnitOfWork, branch: str, relation: Relation, on: date) -> Row:
    party, other = (repository.any_party(work, each) for each in (relation.party_id, relation.other_id))
    kind = work.config.standing("parties.relationship_type", relation.relationship_type, on)
    return {
        "branch": branch,
        "number": party.number if party else None,
        "name": name_of(work, party),
        "relationship_type": relation.relationship_type,
        "relation": name_in(kind.names, work.context.language),
        "other_number": other.number if other else None,
        "other_name": name_of(work, other),
        "since": relation.since,
    }


_RELATION = [
    Column("branch"),
    Column("number", "integer"),
    *(Column(key) for key in ("name", "relationship_type", "relation")),
    Column("other_number", "integer"),
    Column("other_name"),
    Column("since", "date"),
]

REPORTS = (
    Report("related_parties", permissions.READ, _RELATION, related_parties, RelatedFilter),
    Report(
        "relation_changes",
        permissions.READ,
        [Column("change"), *_RELATION, Column("ended_on", "date"), Column("created_by")],
        relation_changes,
        DayFilter,
        scheduled=of_the_day,
    ),
)
