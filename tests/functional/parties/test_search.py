"""Finding parties by everything that a person may type, page by page, within one's branches."""

import pytest

from tests.functional.parties.people import a_legal_person, a_natural_person, cedula, publish, register
from tests.support.bank import Bank

PARTIES = "/v1/parties/parties"


def found(bank: Bank, text: str, by: str = "any", who: str = "teller", more: str = "") -> list[str]:
    """Ids of a search's first page."""
    reply = bank(who).get(f"{PARTIES}?q={text.replace('+', '%2B')}&by={by}{more}").expect(200)
    return [row["id"] for row in reply["items"]]


def pages(bank: Bank, query: str) -> list[list[str]]:
    """Ids of every page of a search."""
    cursor, result = "", []
    while True:
        reply = bank("teller").get(f"{PARTIES}?{query}{cursor}").expect(200)
        result.append([row["id"] for row in reply["items"]])
        if reply["next_cursor"] is None:
            return result
        cursor = f"&cursor={reply['next_cursor']}"


@pytest.mark.feature("PTY-54")
def test_parts_of_names_in_any_case_and_without_accents_find_the_party(bank: Bank) -> None:
    maria = register(bank, a_natural_person(birth_date="1980-05-01")).json
    other = register(bank, a_natural_person(given_1="Mario", surname_1="Pérez")).json
    for text in ("nun mar", "nunez", "NÚÑEZ", "paz mar", "maría josé núñez paz", "mar nuñ"):
        assert maria["id"] in found(bank, text, "name"), text
    assert found(bank, "perez", "name") == [other["id"]]
    assert maria["id"] not in found(bank, "perez", "name")
    assert found(bank, "maria perez", "name") == []


def test_party_with_two_words_that_begin_alike_comes_once(bank: Bank) -> None:
    party = register(bank, a_natural_person(given_1="Mariana", given_2="María", surname_1="Marín")).json
    assert found(bank, "mar", "name") == [party["id"]]


def test_too_few_characters_are_refused(bank: Bank) -> None:
    refused = bank("teller").get(f"{PARTIES}?q=nu&by=name").expect(422)
    assert (refused.code, refused["field"]) == ("search_too_short", "q")
    assert bank("teller").get(f"{PARTIES}?q=1234&by=phone").expect(422).code == "search_too_short"


@pytest.mark.feature("PTY-55")
def test_short_name_or_its_beginning_finds_the_party(bank: Bank) -> None:
    shop = register(bank, a_natural_person(short_name="TIENDA LA 9")).json
    register(bank, a_natural_person(short_name="LA TIENDITA"))
    assert found(bank, "tienda", "short_name") == [shop["id"]]
    assert found(bank, "tienda la 9", "short_name") == [shop["id"]]
    assert found(bank, "tienda") == [shop["id"]]


@pytest.mark.feature("PTY-56")
def test_former_document_number_finds_the_party_with_the_change(bank: Bank) -> None:
    party = register(bank, a_natural_person(document_number="1710034065")).json
    new = cedula(5_900_000)
    change = {"document_number": new, "reason": "Cédula corregida por el Registro Civil"}
    bank("manager").post(f"{PARTIES}/{party['id']}/identity-changes", change).expect(201)
    by_present = bank("teller").get(f"{PARTIES}?q={new}&by=document")["items"]
    assert [(row["id"], row["former_document"]) for row in by_present] == [(party["id"], None)]
    by_former = bank("teller").get(f"{PARTIES}?q=171003406-5&by=document")["items"][0]
    former = by_former["former_document"]
    assert (former["changed_on"], former["new_document_number"]) == ("2026-06-01", new)
    assert found(bank, "1710034065") == [party["id"]]


def test_a_freed_number_may_be_registered_by_whose_it_is(bank: Bank) -> None:
    wrong = register(bank, a_natural_person(document_number="1710034065")).json
    change = {"document_number": cedula(5_900_001), "reason": "Error de digitación"}
    bank("manager").post(f"{PARTIES}/{wrong['id']}/identity-changes", change).expect(201)
    right = register(bank, a_natural_person(document_number="1710034065")).json
    assert found(bank, "1710034065", "document") == [right["id"], wrong["id"]]


@pytest.mark.feature("PTY-58")
@pytest.mark.parametrize("typed", ["02 255-1234", "2551234", "+59322551234", "02255 1234", "593 2 255 1234"])
def test_office_telephone_is_found_as_people_say_it(bank: Bank, typed: str) -> None:
    body = a_natural_person(phones=[{"kind": "office", "phone_number": "+59322551234"}])
    party = register(bank, body).json
    register(bank, a_natural_person(phones=[{"kind": "office", "phone_number": "02 255 1235"}]))
    assert found(bank, typed, "phone") == [party["id"]]
    assert found(bank, typed) == [party["id"]]


def test_telephone_of_an_address_finds_the_party_and_goes_with_the_address(bank: Bank) -> None:
    party = register(bank, a_natural_person()).json
    address = {"address_type": "WORK", "purpose": "work", "phone_number": "06 292 0123"}
    made = bank("officer").post(f"{PARTIES}/{party['id']}/addresses", address).expect(201)
    assert made["phone_number"] == "+59362920123"
    assert found(bank, "2920123", "phone") == [party["id"]]
    path = f"{PARTIES}/{party['id']}/addresses/{made['id']}"
    bank("officer").patch(path, {"phone_number": "06 292 0999"}).expect(200)
    assert found(bank, "2920123", "phone") == []
    assert found(bank, "2920999", "phone") == [party["id"]]


@pytest.mark.feature("PTY-59")
def test_officers_parties_are_listed_in_pages_inactive_ones_only_if_asked(bank: Bank) -> None:
    mine = [register(bank, a_natural_person(officer="015")).json["id"] for _ in range(40)]
    register(bank, a_natural_person(officer="0155"))
    listed = pages(bank, "q=015&by=officer&limit=15")
    assert [len(page) for page in listed] == [15, 15, 10]
    assert [party for page in listed for party in page] == mine
    change = {"state": "inactive", "reason": "Sin movimiento"}
    bank("manager").post(f"{PARTIES}/{mine[0]}/identity-changes", change).expect(201)
    assert sum(len(page) for page in pages(bank, "q=015&by=officer&limit=15")) == 39
    asked = pages(bank, "q=015&by=officer&limit=15&include_inactive=true")
    assert [party for page in asked for party in page] == mine


@pytest.mark.feature("PTY-57")
def test_place_of_issue_finds_its_parties_and_no_other(bank: Bank) -> None:
    loja = [register(bank, a_natural_person(document_issue_place="Loja")).json["id"] for _ in range(3)]
    register(bank, a_natural_person(document_issue_place="Catamayo"))
    assert found(bank, "loja", "issue_place") == loja


def test_party_number_finds_the_party(bank: Bank) -> None:
    party = register(bank, a_natural_person()).json
    assert found(bank, str(party["number"]), "number") == [party["id"]]
    assert found(bank, "999", "number") == []
    assert found(bank, "x", "number") == []


def test_pages_of_names_carry_on_where_they_stopped(bank: Bank) -> None:
    made = {register(bank, a_natural_person(given_1=f"Lucía{n}")).json["id"] for n in range(7)}
    listed = pages(bank, "q=luc&by=name&limit=3")
    assert [len(page) for page in listed] == [3, 3, 1]
    assert {party for page in listed for party in page} == made
    forged = bank("teller").get(f"{PARTIES}?q=luc&by=name&cursor=abc").expect(422)
    assert forged.code == "unknown_cursor"


def test_renamed_party_is_found_by_the_new_name_only(bank: Bank) -> None:
    party = register(bank, a_legal_person(business_name="Molinos del Norte", short_name="MOLINOS")).json
    change = {"business_name": "Harinas Imbabura", "reason": "Cambio de razón social"}
    bank("manager").post(f"{PARTIES}/{party['id']}/identity-changes", change).expect(201)
    bank("officer").patch(f"{PARTIES}/{party['id']}", {"short_name": None}).expect(200)
    assert found(bank, "harinas", "name") == [party["id"]]
    assert found(bank, "molinos", "name") == []


def test_search_minimum_follows_the_tenants_parameter(bank: Bank) -> None:
    party = register(bank, a_natural_person(given_1="Li", surname_1="Wu", given_2="", surname_2="")).json
    publish(bank, "parties.control", "main", {"search_minimum_characters": 2, "phone_country_code": "+593"})
    assert found(bank, "wu", "name") == [party["id"]]


def test_lists_show_only_the_callers_branches(bank: Bank) -> None:
    here = register(bank, a_natural_person(given_1="Josefina")).json
    there = register(bank, a_natural_person(given_1="Josefina", branch="2"), "officer2").json
    assert found(bank, "josefina", "name", who="officer") == [here["id"]]
    assert found(bank, "josefina", "name", who="officer2") == [there["id"]]
    assert set(found(bank, "josefina", "name", who="auditor")) == {here["id"], there["id"]}
    for path in ("", "/profile", "/addresses", "/relations", "/notes", "/products"):
        assert bank("officer").get(f"{PARTIES}/{there['id']}{path}").expect(404).code == "unknown_party"
    assert bank("officer").patch(f"{PARTIES}/{there['id']}", {"employer": "X"}).expect(404)


def test_other_cooperatives_find_nothing(bank: Bank) -> None:
    party = register(bank, a_natural_person(given_1="Josefina")).json
    assert bank("teller", "paramo").get(f"{PARTIES}?q=josefina&by=name")["items"] == []
    assert bank("teller", "paramo").get(f"{PARTIES}/{party['id']}").expect(404).code == "unknown_party"
