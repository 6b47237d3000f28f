"""The search index after any changes is what the party alone would give; two registrations at once leave one."""

import pytest

from chalicelib.modules.parties import public as parties
from chalicelib.modules.parties import repository
from chalicelib.modules.parties.domain.index import Entry, again, entries_of
from chalicelib.modules.parties.tables import ENTRIES
from chalicelib.platform import aws
from chalicelib.platform.work import VersionConflict
from tests.functional.parties.people import a_legal_person, a_natural_person, cedula, publish, register
from tests.support.bank import Bank

PARTIES = "/v1/parties/parties"


def stored(bank: Bank) -> set[Entry]:
    """Every entry there is, wherever it stands."""
    table = bank.store().table("core")
    found = set()
    for page in aws._session().client("dynamodb").get_paginator("scan").paginate(TableName=table):
        for item in page["Items"]:
            if item["pk"]["S"].startswith("sisa#parties#search#"):
                found.add(again(ENTRIES.decode(item), 0))
    return found


def derived(bank: Bank, ids: list[str]) -> set[Entry]:
    """The entries that the parties and their addresses give."""
    work = bank.work()
    return {
        entry
        for party in repository.parties(work, ids)
        for entry in entries_of(party, repository.addresses(work, party)).values()
    }


def test_entries_follow_every_change(bank: Bank) -> None:
    one = register(bank, a_natural_person(officer="015", phones=[{"phone_number": "0995551234"}])).json["id"]
    two = register(bank, a_legal_person(addresses=[{"address_type": "HOME", "phone_number": "062920123"}]))
    ids = [one, two["id"]]
    assert stored(bank) == derived(bank, ids)
    manager, officer = bank("manager"), bank("officer")
    steps = [
        lambda: manager.post(
            f"{PARTIES}/{one}/identity-changes",
            {"surname_1": "Ruiz", "document_number": cedula(4_400_000), "reason": "corrección"},
        ),
        lambda: officer.patch(f"{PARTIES}/{one}", {"officer": "016", "phones": []}),
        lambda: officer.post(
            f"{PARTIES}/{one}/addresses", {"address_type": "WORK", "phone_number": "0995551234"}
        ),
        lambda: officer.patch(f"{PARTIES}/{one}", {"short_name": "LA ESQUINA", "officer": None}),
        lambda: manager.post(f"{PARTIES}/{one}/identity-changes", {"state": "inactive", "reason": "sin uso"}),
        lambda: officer.patch(f"{PARTIES}/{two['id']}", {"document_issue_place": "Loja"}),
    ]
    for step in steps:
        step().expect()
        assert stored(bank) == derived(bank, ids)


def test_two_registrations_at_once_leave_one(bank: Bank) -> None:
    body = a_natural_person()
    slower = bank.work()
    draft = parties.Draft(
        kind="natural",
        party_type="MEMBER",
        branch="1",
        document_type="C",
        document_number=body["document_number"],
        values={"given_1": "Ana", "surname_1": "Paz"},
    )
    parties.register(slower, draft)
    register(bank, body)
    with pytest.raises(VersionConflict):
        slower.commit()


def test_moving_to_another_branch_moves_what_is_found_there(bank: Bank) -> None:
    party = register(bank, a_natural_person(given_1="Filomena")).json
    both = {"names": {"es": "Oficial"}, "permissions": ["parties.*"], "branch_scope": "all"}
    publish(bank, "administration.role", "auditor", both)
    bank("auditor").patch(f"{PARTIES}/{party['id']}", {"branch": "2"}).expect(200)
    assert bank("officer").get(f"{PARTIES}?q=filomena")["items"] == []
    assert len(bank("officer2").get(f"{PARTIES}?q=filomena")["items"]) == 1
    assert stored(bank) == derived(bank, [party["id"]])
