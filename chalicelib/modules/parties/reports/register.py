"""Reports of the register: new parties, new parties in total, and files that are still incomplete."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from chalicelib.kernel.names import name_in
from chalicelib.modules.parties import permissions, repository
from chalicelib.modules.parties.domain.completeness import FULL, missing, relations_asked
from chalicelib.modules.parties.domain.party import Party, value_of
from chalicelib.modules.parties.reports.scope import BranchFilter, Row, branches, for_reader, name_of
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.reports import Column, Report
from chalicelib.platform.work import UnitOfWork

GROUPS = {"user": "registered_by", "country": "residence_country"}


class PeriodFilter(Payload):
    """Parties registered between two business dates, at one branch or at all that the caller sees, of a segment."""

    from_date: date
    to_date: date
    branch: str = Field("", max_length=5)
    market_segment: str = Field("", max_length=30)


class TotalsFilter(PeriodFilter):
    """The same, counted by who registered them, where, where they live, or by a code of theirs."""

    group_by: Literal["user", "branch", "country", "legal_nature", "market_segment"] = "branch"


def new_parties(work: UnitOfWork, filters: PeriodFilter) -> Iterable[Row]:
    """Each party registered in a period (PTY-64)."""
    return (_row(work, party) for party in _registered(work, filters))


def new_party_totals(work: UnitOfWork, filters: TotalsFilter) -> Iterable[Row]:
    """How many parties were registered in a period, by group."""
    field = GROUPS.get(filters.group_by, filters.group_by)
    counted = Counter(str(value_of(party, field)) for party in _registered(work, filters))
    return ({"group": group, "parties": count} for group, count in sorted(counted.items()))


def incomplete_parties(work: UnitOfWork, filters: BranchFilter) -> Iterable[Row]:
    """Parties that lack what the full form asks for by today's rules, and what they lack (PTY-06, PTY-07)."""
    for branch in branches(work, filters.branch):
        on = business_date(work, branch)
        rules = [rule for _, rule in work.config.all("parties.required_field", on)]
        for party in repository.registered(work, branch):
            if not party.open:
                continue
            lacking = [*missing(party, rules, FULL), *_missing_relations(work, party, on)]
            if lacking:
                yield {**_row(work, party), "missing": ", ".join(lacking)}


def _missing_relations(work: UnitOfWork, party: Party, on: date) -> list[str]:
    rules = [rule for _, rule in work.config.all("parties.required_relation", on)]
    adult_age = work.config.main("parties.control", on).adult_age
    asked = relations_asked(party, rules, FULL, on, adult_age)
    had = (
        {each.relationship_type for each in repository.relations(work, party.id) if each.active}
        if asked
        else ()
    )
    kinds = (work.config.get("parties.relationship_type", code, on) for code in asked if code not in had)
    return [name_in(kind.names, work.context.language) for kind in kinds]


def _registered(work: UnitOfWork, filters: PeriodFilter) -> Iterator[Party]:
    for branch in branches(work, filters.branch):
        for party in repository.registered(work, branch, filters.from_date, filters.to_date):
            if filters.market_segment in ("", party.marketing.market_segment):
                yield party


def _row(work: UnitOfWork, party: Party) -> Row:
    row = {
        "number": party.number,
        "name": name_of(work, party),
        "document_type": party.document.document_type,
        "document_number": party.document.document_number,
        "party_type": party.party_type,
        "branch": party.branch,
        "mobile": party.mobile,
        "registered_on": party.registered_on,
        "registered_by": party.registered_by,
    }
    return for_reader(work, party, row)


_PARTY = [
    Column("number", "integer"),
    *(Column(key) for key in ("name", "document_type", "document_number", "party_type", "branch", "mobile")),
    Column("registered_on", "date"),
    Column("registered_by"),
]

REPORTS = (
    Report("new_parties", permissions.READ, _PARTY, new_parties, PeriodFilter),
    Report(
        "new_party_totals",
        permissions.READ,
        [Column("group"), Column("parties", "integer")],
        new_party_totals,
        TotalsFilter,
        totals=("parties",),
    ),
    Report(
        "incomplete_parties", permissions.READ, [*_PARTY, Column("missing")], incomplete_parties, BranchFilter
    ),
)
