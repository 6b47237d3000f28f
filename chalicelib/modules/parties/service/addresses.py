"""The addresses of a party, and which one each of its accounts uses."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.modules.administration import public as administration
from chalicelib.modules.parties import events, repository
from chalicelib.modules.parties.domain.address import (
    AccountAddress,
    Address,
    check_still_primary,
    settled,
    usual,
)
from chalicelib.modules.parties.domain.party import Party
from chalicelib.modules.parties.domain.words import clean
from chalicelib.modules.parties.errors import UnknownAccountOfParty
from chalicelib.modules.parties.service import capture, parameters, products
from chalicelib.modules.parties.service.capture import Problems
from chalicelib.modules.parties.tables import ACCOUNT_ADDRESSES
from chalicelib.platform.events import emit
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.problems import FieldProblem
from chalicelib.platform.work import UnitOfWork

TABLES = {"address_type": "address_type", "province": "province"}


def captured(
    work: UnitOfWork, party: Party, values: Mapping[str, Any], on: date, problems: Problems, at: str = ""
) -> Address:
    """A new address of a party from what was typed; ``at`` is where the address stands in the request."""
    blank = Address(
        party_id=party.id,
        id=new_id("adr"),
        address_type="",
        purpose="residence",
        primary=False,
        added_on=on,
        added_by=work.context.actor.id,
        branch=party.branch,
    )
    return _with_values(work, blank, values, on, problems, at)


def add(work: UnitOfWork, party_id: str, values: Mapping[str, Any]) -> Address:
    """Add an address; the first of its purpose becomes the primary one. Raises UnknownParty, InvalidRequest."""
    party = repository.party(work, party_id)
    on, problems = parameters.day_of(work, party), Problems()
    new = captured(work, party, values, on, problems)
    problems.tell()
    return _settle(work, party, replace(party, addresses=party.addresses + 1), new)


def change(work: UnitOfWork, party_id: str, address_id: str, values: Mapping[str, Any]) -> Address:
    """Change an address. Raises UnknownParty, UnknownAddress, StaleVersion, PrimaryAddressNeeded, InvalidRequest."""
    party = repository.party(work, party_id)
    before = repository.address(work, party, address_id)
    work.expect(before)
    on, problems = parameters.day_of(work, party), Problems()
    after = _with_values(work, before, values, on, problems, "")
    problems.tell()
    check_still_primary(before, after, repository.addresses(work, party))
    return _settle(work, party, party, after)


def listed(work: UnitOfWork, party: Party) -> list[tuple[Address, list[str]]]:
    """(address, numbers of the accounts that use it), primary ones first (PTY-22).

    An account that names no address uses the primary one for mail, or else for residence.
    """
    found = repository.addresses(work, party)
    own = {link.account_id: link.address_id for link in repository.account_addresses(work, party)}
    primary = usual(found)
    users: dict[str, list[str]] = {}
    numbers = {product.account_id: product.number for product in products.summaries(work, party.id)}
    for account_id, number in numbers.items():
        users.setdefault(own.get(account_id, primary.id if primary else ""), []).append(number)
    return [
        (each, users.get(each.id, [])) for each in sorted(found, key=lambda each: (not each.primary, each.id))
    ]


def of_account(work: UnitOfWork, party: Party, account_id: str) -> Address | None:
    """The address at which a party is written to about one account (PTY-36, PTY-37)."""
    found = repository.addresses(work, party)
    link = work.find(ACCOUNT_ADDRESSES, party_id=party.id, account_id=account_id) if found else None
    own = next((each for each in found if link and each.id == link.address_id), None)
    return own or usual(found)


def use_for_account(work: UnitOfWork, party_id: str, account_id: str, address_id: str) -> AccountAddress:
    """Have one account of the party use an address; its other accounts keep theirs (PTY-36).

    Raises UnknownParty, UnknownAddress, UnknownAccountOfParty.
    """
    party = repository.party(work, party_id)
    repository.address(work, party, address_id)
    if account_id not in {product.account_id for product in products.summaries(work, party.id)}:
        raise UnknownAccountOfParty("account_id")
    known = work.find(ACCOUNT_ADDRESSES, party_id=party.id, account_id=account_id)
    return work.put(
        ACCOUNT_ADDRESSES, AccountAddress(party.id, account_id, address_id, known.version if known else 0)
    )


def _with_values(
    work: UnitOfWork, address: Address, values: Mapping[str, Any], on: date, problems: Problems, at: str
) -> Address:
    given: dict[str, Any] = {
        name: clean(value) if isinstance(value, str) else value for name, value in values.items()
    }
    problems.extend(capture.masked_values(given, at))
    if given.get("phone_number"):
        given["phone_number"] = capture.phone(work, given["phone_number"], f"{at}phone_number", on, problems)
    for name, table in TABLES.items():
        value = given.get(name)
        if value and not administration.is_code(work.config, table, value, on):
            problems.add(FieldProblem(f"{at}{name}", "not_in_code_table", {"table": table, "value": value}))
    return replace(address, **given)


def _settle(work: UnitOfWork, party: Party, after: Party, address: Address) -> Address:
    before = repository.addresses(work, party)
    written = {each.id: each for each in settled(address, before)}
    for each in written.values():
        repository.put_address(work, each)
    now = {each.id: each for each in before} | written
    repository.save(work, party, after, before, now.values())
    emit(work, events.PARTY_CHANGED, {"party_id": party.id, "fields": ["addresses"]})
    return written[address.id]
