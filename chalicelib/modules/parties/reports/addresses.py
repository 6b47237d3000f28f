"""Reports of where parties are found: the addresses added on a day, and the directory of everybody."""

from collections import defaultdict
from collections.abc import Iterable

from pydantic import Field

from chalicelib.modules.parties import permissions, repository
from chalicelib.modules.parties.domain.address import Address, usual
from chalicelib.modules.parties.domain.party import PartyState
from chalicelib.modules.parties.domain.words import bare
from chalicelib.modules.parties.reports.scope import (
    BranchFilter,
    DayFilter,
    Row,
    branches,
    days,
    for_reader,
    name_of,
    of_the_day,
)
from chalicelib.platform.reports import Column, Report
from chalicelib.platform.work import UnitOfWork


class AddressesFilter(DayFilter):
    """The same, added by one user or by anybody."""

    user: str = Field("", max_length=80)


def new_addresses(work: UnitOfWork, filters: AddressesFilter) -> Iterable[Row]:
    """Each address added on a day, by whom, and the primary one that it replaced (PTY-23)."""
    for branch, day in days(work, filters):
        for address in repository.addresses_added(work, branch, day, day):
            if filters.user in ("", address.added_by):
                yield _added(work, branch, address)


def directory(work: UnitOfWork, filters: BranchFilter) -> Iterable[Row]:
    """Everybody who is not merged or closed, alphabetically, with primary address and telephone (PTY-24)."""
    found: list[Row] = []
    for branch in branches(work, filters.branch):
        known: dict[str, list[Address]] = defaultdict(list)
        for address in repository.addresses_added(work, branch):
            known[address.party_id].append(address)
        for party in repository.registered(work, branch):
            if party.state is PartyState.CLOSED:
                continue
            primary = usual(known[party.id])
            row = {
                "name": name_of(work, party),
                "number": party.number,
                "party_type": party.party_type,
                "branch": branch,
                "line_1": primary.line_1 if primary else "",
                "city": primary.city if primary else "",
                "mobile": party.mobile or (primary.phone_number if primary else ""),
            }
            found.append(for_reader(work, party, row))
    return sorted(found, key=lambda row: (bare(row["name"]), row["number"]))


def _added(work: UnitOfWork, branch: str, address: Address) -> Row:
    party = repository.any_party(work, address.party_id)
    replaced = repository.replaced_by(work, address)
    row = {
        "branch": branch,
        "number": party.number if party else None,
        "name": name_of(work, party),
        "address_type": address.address_type,
        "purpose": address.purpose,
        "line_1": address.line_1,
        "city": address.city,
        "primary": address.primary,
        "replaced": replaced.text if replaced else "",
        "added_by": address.added_by,
    }
    return for_reader(work, party, row) if party else row


REPORTS = (
    Report(
        "new_addresses",
        permissions.READ,
        [
            Column("branch"),
            Column("number", "integer"),
            *(Column(key) for key in ("name", "address_type", "purpose", "line_1", "city")),
            Column("primary", "boolean"),
            *(Column(key) for key in ("replaced", "added_by")),
        ],
        new_addresses,
        AddressesFilter,
        scheduled=of_the_day,
    ),
    Report(
        "party_directory",
        permissions.READ,
        [
            Column("name"),
            Column("number", "integer"),
            *(Column(key) for key in ("party_type", "branch", "line_1", "city", "mobile")),
        ],
        directory,
        BranchFilter,
    ),
)
