"""What the reports of parties have in common: their branches and days, and what a reader sees of a party."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import Field

from chalicelib.modules.administration import public as administration
from chalicelib.modules.parties.domain.masking import hidden_fields, masked
from chalicelib.modules.parties.domain.party import Party
from chalicelib.platform import today
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.reports.registry import Occasion
from chalicelib.platform.work import UnitOfWork

Row = dict[str, Any]


class BranchFilter(Payload):
    """One branch, or all that the caller sees."""

    branch: str = Field("", max_length=5)


class DayFilter(BranchFilter):
    """A day; without one, each branch's business date."""

    on: date | None = None


def of_the_day(occasion: Occasion) -> dict[str, Any]:
    """What a report of a day is asked for when the end of day makes it."""
    return {"branch": occasion.branch, "on": occasion.business_date}


def days(work: UnitOfWork, filters: DayFilter) -> Iterator[tuple[str, date]]:
    """(branch, day) of each branch that the caller sees and the filters take."""
    for branch in branches(work, filters.branch):
        yield branch, filters.on or business_date(work, branch)


def for_reader(work: UnitOfWork, party: Party, row: Row) -> Row:
    """A row about a party with what the reader may not see masked."""
    actor = work.context.actor
    above = party.confidentiality_level > actor.level
    shown: Row = masked(row, hidden_fields(actor.masked_fields, above_level=above))
    return shown


def name_of(work: UnitOfWork, party: Party | None) -> str:
    """A party's whole name in the tenant's order."""
    order = work.config.main("parties.control", today.calendar_day(work)).name_order
    return party.name.full(order) if party else ""


def branches(work: UnitOfWork, branch: str) -> list[str]:
    """The codes of the branch, or of all where it is blank, that the caller sees."""
    codes = administration.branch_codes(work.config, today.business_day(work))
    return [code for code in codes if branch in ("", code) and work.context.actor.sees_branch(code)]
