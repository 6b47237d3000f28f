"""Reports of who is tied to which account, and how many in each role (PTY-38)."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pydantic import Field

from chalicelib.modules.parties import permissions, repository
from chalicelib.modules.parties.domain.account_party import AccountParty, owns, sole_owner
from chalicelib.modules.parties.domain.product import ProductSummary
from chalicelib.modules.parties.plans import AccountRole
from chalicelib.modules.parties.reports.scope import BranchFilter, Row, branches, name_of
from chalicelib.modules.parties.repository import account_parties, products, roles
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.reports import Column, Report
from chalicelib.platform.work import UnitOfWork


class PartsFilter(BranchFilter):
    """One branch or all, one role, one application; ``debtors`` takes only those who answer for what is owed."""

    role: str = Field("", max_length=30)
    application: str = Field("", max_length=30)
    debtors: bool = False


def parts(work: UnitOfWork, filters: PartsFilter) -> Iterable[Row]:
    """Each party of each open account with its role, share and mailing line."""
    for product, part, role in _found(work, filters):
        party = repository.any_party(work, part.party_id)
        yield {
            "branch": product.branch,
            "application": product.application,
            "account": product.number,
            "role": part.role,
            "role_name": roles.name(work, part.role, role),
            "party": party.number if party else None,
            "name": name_of(work, party),
            "ownership_pct": part.ownership_pct,
            "mailing_line": part.mailing_line,
            "since": part.since,
        }


def part_totals(work: UnitOfWork, filters: PartsFilter) -> Iterable[Row]:
    """How many parts there are of each role."""
    named: dict[str, AccountRole | None] = {}
    counted: Counter[str] = Counter()
    for _, part, role in _found(work, filters):
        named[part.role] = role
        counted[part.role] += 1
    return (
        {"role": code, "role_name": roles.name(work, code, named[code]), "parts": counted[code]}
        for code in sorted(counted)
    )


def _found(
    work: UnitOfWork, filters: PartsFilter
) -> Iterator[tuple[ProductSummary, AccountParty, AccountRole | None]]:
    for branch in branches(work, filters.branch):
        on = business_date(work, branch)
        known, holder_role = roles.roles(work, on), roles.of_holder(work, on)
        written = {each.account_id: each for each in account_parties.in_branch(work, branch)}
        for product in products.in_branch(work, branch):
            if filters.application not in ("", product.application):
                continue
            register = written.get(product.account_id) or sole_owner(product, holder_role)
            for part in register.on(on):
                role = known.get(part.role)
                liable = role.liable if role else owns(part.role, known)
                if filters.role in ("", part.role) and (liable or not filters.debtors):
                    yield product, part, role


REPORTS = (
    Report(
        "account_parties",
        permissions.READ,
        [
            *(Column(key) for key in ("branch", "application", "account", "role", "role_name")),
            Column("party", "integer"),
            Column("name"),
            Column("ownership_pct", "percent"),
            Column("mailing_line", "integer"),
            Column("since", "date"),
        ],
        parts,
        PartsFilter,
    ),
    Report(
        "account_party_totals",
        permissions.READ,
        [Column("role"), Column("role_name"), Column("parts", "integer")],
        part_totals,
        PartsFilter,
        totals=("parts",),
    ),
)
