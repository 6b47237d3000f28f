"""Addresses: any number per party, one primary per purpose."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Literal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.parties.errors import PrimaryAddressNeeded

Purpose = Literal["residence", "mail", "work", "other"]


@dataclass(frozen=True, slots=True)
class Address:
    """A place, telephone or e-mail address at which a party is found. ``address_type`` is of the code table.

    ``branch`` is the party's; ``replaces`` is the address that stopped being the primary one when this one became it.
    """

    party_id: str
    id: str
    address_type: str
    purpose: Purpose
    primary: bool
    added_on: date
    added_by: str
    line_1: str = ""
    line_2: str = ""
    city: str = ""
    province: str = ""
    country: str = ""
    postal_code: str = ""
    geo_code: str = ""
    phone_number: str = ""
    email: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    branch: str = ""
    replaces: str = ""
    version: int = 0

    @property
    def text(self) -> str:
        """The address on one line, as a list shows it."""
        return ", ".join(part for part in (self.line_1, self.city) if part)

    def holds_on(self, on: date) -> bool:
        """Whether the address is in use on a date."""
        return not (self.valid_from and on < self.valid_from) and not (self.valid_to and on > self.valid_to)


@dataclass(frozen=True, slots=True)
class AccountAddress:
    """Which of the party's addresses an account uses; without one it uses the primary for mail (PTY-22)."""

    party_id: str
    account_id: str
    address_id: str
    version: int = 0


def settled(new: Address, others: Iterable[Address]) -> list[Address]:
    """What to write when an address comes or changes: it and the one that it replaces as primary of its purpose.

    The first address of a purpose is its primary one. Raises PrimaryAddressNeeded where a purpose would lose its own.
    """
    same = [each for each in others if each.id != new.id and each.purpose == new.purpose]
    primary = next((each for each in same if each.primary), None)
    if primary is None:
        return [replace(new, primary=True)]
    if not new.primary:
        return [new]
    return [replace(new, replaces=primary.id), replace(primary, primary=False)]


def usual(addresses: Iterable[Address]) -> Address | None:
    """The address for whatever names none of its own: the primary one for mail, or else for residence."""
    primary = {each.purpose: each for each in addresses if each.primary}
    return primary.get("mail") or primary.get("residence")


def check_still_primary(before: Address, after: Address, others: Iterable[Address]) -> None:
    """Raises PrimaryAddressNeeded where a primary address leaves other addresses of its purpose without one."""
    leaves = before.primary and (before.purpose != after.purpose or not after.primary)
    if leaves and any(each.purpose == before.purpose for each in others if each.id != before.id):
        raise PrimaryAddressNeeded("primary", purpose=before.purpose)
