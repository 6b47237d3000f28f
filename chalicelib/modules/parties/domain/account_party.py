"""Who is tied to an account: owners and their shares, and everybody else with a part in it (PTY-33, PTY-34, PTY-44).

The account itself knows its main holder, who owns all of it until something is written here. Percentages have four
decimals: those of all owners make 100, and so do those of each other role whose parties share, such as beneficiaries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.parties.domain.product import WHOLE, ProductSummary
from chalicelib.modules.parties.errors import (
    AccountPartyTwice,
    HolderNotOwner,
    MailingLineOutOfRange,
    MailingLineTaken,
    OwnershipDecimals,
    OwnershipMissing,
    OwnershipNotForRole,
    OwnershipNotWhole,
    OwnershipOutOfRange,
    RolePrintsNothing,
    TooManyInRole,
)
from chalicelib.modules.parties.plans import AccountRole

DECIMALS: Final = 4
UNIT: Final = Decimal("0.0001")
MAILING_LINES: Final = 3
OWNER: Final = "owner"
"""The role of a main holder where the cooperative has not named one of its own roles for it."""


@dataclass(frozen=True, slots=True)
class AccountParty:
    """A party's part in an account from ``since`` until ``ended_on``, that day excluded; never deleted.

    ``ownership_pct`` is None where the role shares nothing; ``mailing_line`` is the line (1 to 3) of correspondence
    on which the party's name stands.
    """

    party_id: str
    role: str
    since: date
    added_by: str
    ownership_pct: Decimal | None = None
    mailing_line: int | None = None
    ended_on: date | None = None
    ended_by: str = ""

    def holds_on(self, on: date) -> bool:
        """Whether the party has this part on a date."""
        return self.since <= on and (self.ended_on is None or on < self.ended_on)

    @property
    def part(self) -> "Part":
        """What was asked for when it was written."""
        return Part(self.party_id, self.role, self.ownership_pct, self.mailing_line)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that somebody shall have in an account."""

    party_id: str
    role: str
    ownership_pct: Decimal | None = None
    mailing_line: int | None = None


@dataclass(frozen=True, slots=True)
class AccountParties:
    """Everybody who has or had a part in an account, in the order in which they came."""

    account_id: str
    application: str
    branch: str
    parties: tuple[AccountParty, ...] = ()
    version: int = 0

    def on(self, day: date) -> tuple[AccountParty, ...]:
        """The parts of a date."""
        return tuple(each for each in self.parties if each.holds_on(day))

    def former(self, day: date) -> tuple[AccountParty, ...]:
        """The parts that have ended by a date."""
        return tuple(each for each in self.parties if each.ended_on is not None and each.ended_on <= day)

    @property
    def changed_on(self) -> date | None:
        """The effective date of the last change."""
        dates = [each.ended_on or each.since for each in self.parties]
        return max(dates, default=None)


def sole_owner(product: ProductSummary, role: str) -> AccountParties:
    """The register of an account of which nothing is written: its main holder owns all of it since it was opened."""
    holder = AccountParty(product.party_id, role, product.opened_on, "", WHOLE)
    return AccountParties(product.account_id, product.application, product.branch, (holder,))


def replaced(current: AccountParties, wanted: Sequence[Part], on: date, by: str) -> AccountParties:
    """The register after a change on a date: what is no longer wanted ends, what is new begins, the rest goes on."""
    held = {each.part for each in current.parties if each.ended_on is None}
    kept = tuple(
        replace(each, ended_on=on, ended_by=by) if each.ended_on is None and each.part not in wanted else each
        for each in current.parties
    )
    new = tuple(
        AccountParty(part.party_id, part.role, on, by, part.ownership_pct, part.mailing_line)
        for part in wanted
        if part not in held
    )
    return replace(current, parties=(*kept, *new))


def equal_shares(count: int) -> list[Decimal]:
    """100 % in equal shares of four decimals by largest remainder: 33.3334, 33.3333, 33.3333 (spec 01 formula 1)."""
    each, rest = divmod(int(WHOLE / UNIT), count)
    return [(each + (position < rest)) * UNIT for position in range(count)]


def shares_of(balance: Money, percentages: Sequence[Decimal]) -> list[Money]:
    """Each owner's share of a balance; what rounding leaves goes to the first owner (spec 01 formula 1)."""
    shares = [balance.percent(percentage) for percentage in percentages]
    rest = balance - Money.total(shares, balance.currency)
    return [shares[0] + rest, *shares[1:]] if shares else []


def share_of(
    parts: Sequence[AccountParty], roles: Mapping[str, AccountRole], balance: Money
) -> dict[str, Money]:
    """Party → its share of a balance, of the owners among these parts."""
    owners = [each for each in parts if owns(each.role, roles)]
    amounts = shares_of(balance, [each.ownership_pct or Decimal(0) for each in owners])
    return {owner.party_id: amount for owner, amount in zip(owners, amounts, strict=True)}


def share_in(
    party_id: str, parts: Sequence[AccountParty], roles: Mapping[str, AccountRole], amount: Money | None
) -> Money | None:
    """What of an amount of the account is a party's as one of its owners; None where it owns nothing of it."""
    return None if amount is None else share_of(parts, roles, amount).get(party_id)


def divided(wanted: Sequence[Part], roles: Mapping[str, AccountRole], holder_id: str) -> list[Part]:
    """The parts with their percentages: as given, or in equal shares where nobody of a role's sharers has one.

    Raises AccountPartyTwice, OwnershipDecimals, OwnershipOutOfRange, OwnershipNotForRole, OwnershipMissing,
    OwnershipNotWhole, MailingLineOutOfRange, MailingLineTaken, RolePrintsNothing, TooManyInRole, and HolderNotOwner
    where the main holder is not among the owners. Fields are named by their place: ``parties.1.ownership_pct``.
    """
    for place, part in enumerate(wanted):
        _check_part(f"parties.{place}", part, roles[part.role])
    _check_once(wanted, roles)
    _check_lines(wanted)
    _check_most(wanted, roles)
    whole = list(wanted)
    for group in _groups(wanted, roles).values():
        for place, percentage in zip(group, _percentages(wanted, group), strict=True):
            whole[place] = replace(wanted[place], ownership_pct=percentage)
    if not any(part.party_id == holder_id and owns(part.role, roles) for part in wanted):
        raise HolderNotOwner("parties")
    return whole


def owns(code: str, roles: Mapping[str, AccountRole]) -> bool:
    """Whether a role owns the account; the one that the cooperative has not named does."""
    return roles[code].owner if code in roles else code == OWNER


def permits_query(code: str, roles: Mapping[str, AccountRole]) -> bool:
    """Whether a role's parties may be told of balances and movements; of the unnamed one, its owner may."""
    return roles[code].permits_query if code in roles else code == OWNER


def _check_part(at: str, part: Part, role: AccountRole) -> None:
    percentage = part.ownership_pct
    if percentage is not None:
        if percentage != round(percentage, DECIMALS):
            raise OwnershipDecimals(f"{at}.ownership_pct", decimals=DECIMALS)
        if not 0 < percentage <= WHOLE:
            raise OwnershipOutOfRange(f"{at}.ownership_pct")
        if not role.divides:
            raise OwnershipNotForRole(f"{at}.ownership_pct", role=part.role)
    if part.mailing_line is not None:
        if not 1 <= part.mailing_line <= MAILING_LINES:
            raise MailingLineOutOfRange(f"{at}.mailing_line", last=MAILING_LINES)
        if not role.prints:
            raise RolePrintsNothing(f"{at}.mailing_line", role=part.role)


def _check_once(wanted: Sequence[Part], roles: Mapping[str, AccountRole]) -> None:
    seen: set[tuple[str, str]] = set()
    for place, part in enumerate(wanted):
        key = (part.party_id, OWNER if roles[part.role].owner else part.role)
        if key in seen:
            raise AccountPartyTwice(f"parties.{place}.party_id", role=part.role)
        seen.add(key)


def _check_lines(wanted: Sequence[Part]) -> None:
    taken: set[int] = set()
    for place, part in enumerate(wanted):
        if part.mailing_line in taken:
            raise MailingLineTaken(f"parties.{place}.mailing_line", line=part.mailing_line)
        if part.mailing_line is not None:
            taken.add(part.mailing_line)


def _check_most(wanted: Sequence[Part], roles: Mapping[str, AccountRole]) -> None:
    for code, role in roles.items():
        count = sum(part.role == code for part in wanted)
        if role.most_parties is not None and count > role.most_parties:
            raise TooManyInRole("parties", role=code, most=role.most_parties)


def _groups(wanted: Sequence[Part], roles: Mapping[str, AccountRole]) -> dict[str, list[int]]:
    """Places of the parts that share together: all owners, and those of each other role that shares."""
    groups: dict[str, list[int]] = {}
    for place, part in enumerate(wanted):
        role = roles[part.role]
        if role.divides:
            groups.setdefault(OWNER if role.owner else part.role, []).append(place)
    return groups


def _percentages(wanted: Sequence[Part], group: Sequence[int]) -> list[Decimal]:
    given = [wanted[place].ownership_pct for place in group]
    if all(percentage is None for percentage in given):
        return equal_shares(len(group))
    stated = [percentage.quantize(UNIT) for percentage in given if percentage is not None]
    if len(stated) < len(given):
        raise OwnershipMissing(f"parties.{group[given.index(None)]}.ownership_pct")
    if sum(stated) != WHOLE:
        raise OwnershipNotWhole(f"parties.{group[0]}.ownership_pct", total=f"{sum(stated):f}")
    return stated
