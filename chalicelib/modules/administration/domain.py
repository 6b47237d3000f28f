"""Rules of administration: branches among themselves, code tables over time, values of user-defined fields, staff."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Leg
from chalicelib.kernel.money import Money
from chalicelib.modules.administration.errors import (
    BranchCodeRange,
    BranchScopeIncomplete,
    CodeValueRemoved,
    SecondHeadOffice,
)
from chalicelib.modules.administration.plans import Branch, CodeTable, UserField, check_branch_code

STAFF_PREFIX = "usr"
"""Ids of staff begin with it: a list of staff never reads the members who sign in to the portal."""

CASH_ROLE = "cash_on_hand"
"""The role under which notes and coins are posted."""

BranchScope = Literal["own", "list", "all"]

WORKING = ("open", "temporarily_closed")
"""Status of the branches whose business date moves."""

MOST_DECIMALS = 6
MOST_DIGITS = 24


@dataclass(frozen=True, slots=True)
class CashPosition:
    """The cash of one currency that a teller has taken in less what they have paid out, on one date in one branch.

    Only the teller's own postings write it, so that it is no more contended than the teller.
    """

    branch: str
    business_date: date
    teller: str
    currency: str
    name: str
    minor: int = 0
    version: int = 0

    @property
    def held(self) -> Money:
        return Money(self.minor, self.currency)


def cash_moved(legs: Iterable[Leg]) -> dict[tuple[str, str], int]:
    """What the legs bring in cash, in minor units by (branch, currency); cash that stays where it is left out."""
    moved: dict[tuple[str, str], int] = {}
    for leg in legs:
        if leg.role == CASH_ROLE:
            place = (leg.branch, leg.money.currency)
            moved[place] = moved.get(place, 0) + leg.debit_minor
    return {place: minor for place, minor in moved.items() if minor}


@dataclass(frozen=True, slots=True)
class StaffDraft:
    """A new member of staff. ``branches`` are those of the scope ``list``; the own ``branch`` always counts."""

    username: str
    name: str
    roles: tuple[str, ...]
    branch: str
    email: str = ""
    phone: str = ""
    branches: tuple[str, ...] = ()
    branch_scope: BranchScope = "own"
    language: str = ""
    level: int = 0


def branches_of(branch: str, branches: Iterable[str], scope: str) -> tuple[str, ...]:
    """Branches as a person keeps them: the own one first, each once. Raises BranchScopeIncomplete."""
    kept = tuple(dict.fromkeys((branch, *branches)))
    if scope == "list" and len(kept) < 2:
        raise BranchScopeIncomplete("branches")
    return kept


def check_branch(code: str, branch: Branch, others: Iterable[tuple[str, Branch]]) -> None:
    """A branch among the others of its tenant. Raises BranchCodeRange, SecondHeadOffice (ADM-01, GEN-55)."""
    try:
        check_branch_code(code)
    except ValueError:
        raise BranchCodeRange("code", value=code) from None
    head_offices = [other for other, each in others if other != code and each.head_office]
    if branch.head_office and head_offices:
        raise SecondHeadOffice("head_office", first=head_offices[0])


def check_code_table(table: CodeTable, before: CodeTable | None) -> None:
    """What a table held it keeps, active or not. Raises CodeValueRemoved (ADM-33)."""
    kept = {value.code for value in table.values}
    lost = [value.code for value in before.values if value.code not in kept] if before else []
    if lost:
        raise CodeValueRemoved("values", value=lost[0])


def user_value(field: UserField, written: str) -> str | None:
    """A value of a user-defined field as it is stored; None where it is not of the field's type (GEN-81).

    Amounts and rates come as decimal text, dates as ISO text. Codes, branches and officers are looked up elsewhere.
    """
    text = written.strip()
    if len(text) > field.max_length:
        return None
    if field.field_type == "date":
        return _iso_date(text)
    if field.field_type in ("amount", "rate"):
        return _decimal(text)
    return text


def _iso_date(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _decimal(text: str) -> str | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or "e" in text.lower() or "_" in text:
        return None
    fits = -exponent <= MOST_DECIMALS and number.adjusted() < MOST_DIGITS
    return f"{number:f}" if fits else None


def with_inherited(branch: Branch, head_office: Branch | None) -> Branch:
    """The branch with its blanks (language, time zone, calendar) as the head office has them (ADM-03)."""
    if head_office is None:
        return branch
    blanks: Mapping[str, str | None] = {
        name: getattr(head_office, name)
        for name in ("language", "time_zone", "calendar")
        if not getattr(branch, name)
    }
    return branch.model_copy(update=dict(blanks))
