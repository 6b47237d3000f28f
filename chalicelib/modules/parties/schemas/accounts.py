"""The parties of an account, as they are set and as they are shown."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.parties import repository
from chalicelib.modules.parties.domain.account_party import (
    DECIMALS,
    AccountParty,
    Part,
    owns,
    share_of,
)
from chalicelib.modules.parties.plans import AccountRole
from chalicelib.modules.parties.repository import roles
from chalicelib.modules.parties.schemas.captured import CodeText
from chalicelib.modules.parties.schemas.shown import for_reader
from chalicelib.modules.parties.service import addresses, parameters
from chalicelib.modules.parties.service.account_parties import Account
from chalicelib.modules.parties.tables import ACCOUNT_PARTIES
from chalicelib.platform.http.payload import Amount, Payload, View
from chalicelib.platform.work import UnitOfWork

MOST_PARTIES = 40
"""Parties of one account; each new one is a write of the same transaction."""

Percentage = Annotated[
    str, Field(pattern=r"^[0-9]{1,3}(\.[0-9]{1,20})?$", max_length=24, examples=["33.3334"])
]


class PartInput(Payload):
    """A party and its part. Where nobody who shares has a percentage, the shares are equal."""

    party_id: str = Field(max_length=64)
    role: CodeText
    ownership_pct: Percentage | None = None
    mailing_line: int | None = Field(None, ge=-99, le=99)

    def part(self) -> Part:
        percentage = None if self.ownership_pct is None else Decimal(self.ownership_pct)
        return Part(self.party_id, self.role, percentage, self.mailing_line)


class SetAccountParties(Payload):
    """Everybody who shall be tied to the account from a date on; without one, from today."""

    parties: tuple[PartInput, ...] = Field(min_length=1, max_length=MOST_PARTIES)
    effective_from: date | None = None

    def wanted(self) -> list[Part]:
        return [each.part() for each in self.parties]


class AccountPartiesQuery(Payload):
    """The date whose parties are wanted; without one, the branch's business date."""

    on: date | None = None


class AccountPartyView(View):
    """A party's part in an account. ``share`` is what of today's balance is an owner's."""

    party_id: str
    name: str
    role: str
    role_name: str
    owner: bool
    liable: bool
    permits_query: bool
    ownership_pct: str | None
    share: Amount | None
    mailing_line: int | None
    address_id: str
    line_1: str
    city: str
    since: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row is shown with: the roles of the date, and each owner's share where it is of today."""

    known: Mapping[str, AccountRole]
    shares: Mapping[str, Money]

    def row(self, work: UnitOfWork, account_id: str, part: AccountParty) -> AccountPartyView:
        role = self.known.get(part.role)
        owner = owns(part.role, self.known)
        party = repository.any_party(work, part.party_id)
        address = addresses.of_account(work, party, account_id) if party else None
        percentage = part.ownership_pct
        view = AccountPartyView(
            party_id=part.party_id,
            name=parameters.name_of(work, party) if party else "",
            role=part.role,
            role_name=roles.name(work, part.role, role),
            owner=owner,
            liable=role.liable if role else owner,
            permits_query=role.permits_query if role else owner,
            ownership_pct=None if percentage is None else f"{percentage:.{DECIMALS}f}",
            share=self.shares.get(part.party_id) if owner else None,
            mailing_line=part.mailing_line,
            address_id=address.id if address else "",
            line_1=address.line_1 if address else "",
            city=address.city if address else "",
            since=part.since,
            ended_on=part.ended_on,
        )
        return for_reader(work, view, party) if party else view


class AccountPartiesView(View):
    """Everybody tied to an account on a date, and those who were before."""

    id: str
    account_id: str
    application: str
    number: str
    product: str
    branch: str
    on: date
    items: list[AccountPartyView]
    former: list[AccountPartyView]
    version: int

    @classmethod
    def of(cls, work: UnitOfWork, account: Account, on: date | None = None) -> "AccountPartiesView":
        product, day = account.product, on or account.today
        known = roles.roles(work, day)
        now = account.register.on(day)
        shares = share_of(now, known, product.balance) if day == account.today else {}
        reading = Reading(known, shares)
        return cls(
            id=product.account_id,
            account_id=product.account_id,
            application=product.application,
            number=product.number,
            product=product.product,
            branch=product.branch,
            on=day,
            items=[reading.row(work, product.account_id, part) for part in now],
            former=[reading.row(work, product.account_id, part) for part in account.register.former(day)],
            version=work.version_of(ACCOUNT_PARTIES, account.register),
        )
