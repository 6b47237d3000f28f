"""Reports of the day and of the whole register: new addresses, the directory, relations by branch and their changes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.modules.parties import public as parties
from chalicelib.modules.parties.domain.party import PartyState, PersonName
from chalicelib.modules.parties.tables import PARTIES as STORED
from chalicelib.platform import aws
from tests.functional.parties.people import a_natural_person, register
from tests.functional.parties.test_account_parties import a_person, stand_on
from tests.support.bank import Bank

PARTIES = "/v1/parties/parties"
TOMORROW = date(2026, 6, 2)


def report(bank: Bank, code: str, **filters: Any) -> list[dict[str, Any]]:
    """The rows of a report, for somebody who sees every branch."""
    body = {"format": "json", "filters": filters}
    run = bank("auditor").post(f"/v1/platform/reports/{code}/runs", body).expect(200)
    return list(run["rows"])


def add_address(bank: Bank, party_id: str, line: str, **given: Any) -> None:
    body = {"address_type": "HOME", "line_1": line, "city": "Otavalo", **given}
    bank("officer").post(f"{PARTIES}/{party_id}/addresses", body).expect(201)


def relate(bank: Bank, party_id: str, other_id: str, kind: str = "PARENT", who: str = "officer") -> None:
    body = {"relationship_type": kind, "party_id": other_id}
    bank(who).post(f"{PARTIES}/{party_id}/relations", body).expect(201)


@pytest.mark.feature("PTY-23")
def test_addresses_of_today_come_with_the_primary_one_they_replaced(bank: Bank) -> None:
    party, other = a_person(bank), a_person(bank)
    for number in range(5):
        add_address(bank, party, f"Calle {number}")
    stand_on(bank, TOMORROW)
    add_address(bank, party, "Calle nueva", primary=True)
    add_address(bank, party, "Calle segunda")
    add_address(bank, other, "Calle ajena")
    listed = report(bank, "new_addresses")
    user = bank.person("officer").id
    assert [(row["line_1"], row["branch"], row["added_by"], row["replaced"]) for row in listed] == [
        ("Calle nueva", "1", user, "Calle 0, Otavalo"),
        ("Calle segunda", "1", user, ""),
        ("Calle ajena", "1", user, ""),
    ]
    assert len(report(bank, "new_addresses", on="2026-06-01", user=user)) == 5
    assert report(bank, "new_addresses", user="usr_1") == []


@pytest.mark.feature("PTY-24")
def test_directory_lists_everybody_who_is_not_closed_alphabetically(bank: Bank) -> None:
    home = [{"address_type": "HOME", "line_1": "Calle Sucre 4", "city": "Otavalo"}]
    phones = [{"kind": "mobile", "phone_number": "0995551234"}]
    given = {"given_1": "Ána", "given_2": "", "surname_1": "Abad", "surname_2": ""}
    first = register(bank, a_natural_person(**given, addresses=home, phones=phones)).json
    work = bank.work()
    model = replace(work.get(STORED, id=first["id"]), phones=(), addresses=0)
    many = []
    for place in range(1251):
        state = PartyState.CLOSED if place < 2 else PartyState.ACTIVE
        made = replace(model, id=f"pty_{place}", number=5000 + place, state=state)
        made = replace(made, name=PersonName(given_1=f"Zoila {9999 - place}"))
        many.append({"PutRequest": {"Item": STORED.encode(work.tenant, made, 1)}})
    for start in range(0, len(many), 25):
        aws.dynamodb().batch_write_item(RequestItems={work.store.table("core"): many[start : start + 25]})
    listed = report(bank, "party_directory")
    assert len(listed) == 1250
    assert (listed[0]["name"], listed[0]["line_1"], listed[0]["mobile"]) == (
        "Ána Abad",
        "Calle Sucre 4",
        "+593995551234",
    )
    assert [row["number"] for row in listed[1:]] == sorted(
        (row["number"] for row in listed[1:]), reverse=True
    )


@pytest.mark.feature("PTY-29")
def test_related_parties_are_listed_branch_by_branch_with_their_type(bank: Bank) -> None:
    here = [a_person(bank) for _ in range(5)]
    for child in here[1:]:
        relate(bank, here[0], child)
    there = [str(register(bank, a_natural_person(branch="2"), "officer2")["id"]) for _ in range(3)]
    relate(bank, there[0], there[1], who="officer2")
    relate(bank, there[0], there[2], "SPOUSE", who="officer2")
    listed = report(bank, "related_parties")
    assert [row["branch"] for row in listed] == ["1"] * 4 + ["2"] * 2
    assert sorted(row["relation"] for row in listed[4:]) == ["Cónyuge de", "Padre o madre de"]
    assert len(report(bank, "related_parties", branch="2", relationship_type="SPOUSE")) == 1
    bank("officer").delete(f"{PARTIES}/{here[0]}/relations/PARENT~{here[1]}").expect(200)
    assert len(report(bank, "related_parties", branch="1")) == 3


@pytest.mark.feature("PTY-30")
def test_relations_that_began_or_ended_today_are_marked(bank: Bank) -> None:
    one, other, third = (a_person(bank) for _ in range(3))
    relate(bank, one, other)
    relate(bank, other, third, "SPOUSE")
    stand_on(bank, TOMORROW)
    relate(bank, one, third)
    bank("officer").delete(f"{PARTIES}/{one}/relations/PARENT~{other}").expect(200)
    listed = report(bank, "relation_changes")
    assert {(row["change"], row["ended_on"]) for row in listed} == {("new", None), ("changed", "2026-06-02")}
    assert len(listed) == 2
    assert len(report(bank, "relation_changes", on="2026-06-01")) == 1


def test_whoever_moves_to_another_branch_is_listed_there(bank: Bank) -> None:
    party, other = a_person(bank), a_person(bank)
    add_address(bank, party, "Calle 1")
    relate(bank, party, other)
    change = {"branch": "2"}
    work = bank.work()
    parties.change(work, party, change)
    work.commit()
    assert [row["branch"] for row in report(bank, "related_parties")] == ["2"]
    assert [row["branch"] for row in report(bank, "new_addresses")] == ["2"]
