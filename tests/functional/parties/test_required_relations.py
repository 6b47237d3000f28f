"""Relations that a party must have: asked for when it is saved, brought with it, kept while they are required."""

from typing import Any

import pytest

from tests.functional.parties.people import a_legal_person, a_natural_person, have, register
from tests.support.bank import Bank

PARTIES = "/v1/parties/parties"
MARRIED = {"relationship_type": "SPOUSE", "party_kinds": ["natural"], "marital_statuses": ["C"]}
REPRESENTED = {"relationship_type": "REPRESENTED", "party_kinds": ["legal"]}


def ask(bank: Bank, **rules: dict[str, Any]) -> None:
    """Have these relations asked for."""
    have(bank, "parties.required_relation", rules)


def a_new_spouse(**given: Any) -> dict[str, Any]:
    """The relation to a new person with the minimum data."""
    person = a_natural_person(**{"party_type": "RELATED", "given_1": "Pedro", **given})
    del person["branch"]
    return {"relationship_type": "SPOUSE", "person": person}


def spouses(bank: Bank, party_id: str) -> list[str]:
    path = f"{PARTIES}/{party_id}/relations?relationship_type=SPOUSE"
    return [row["party_id"] for row in bank("teller").get(path)["items"]]


@pytest.mark.feature("PTY-06")
def test_married_party_is_not_saved_without_spouse_while_the_rule_is_on(bank: Bank) -> None:
    ask(bank, spouse=MARRIED)
    refused = bank("officer").post(PARTIES, a_natural_person(marital_status="C")).expect(422)
    assert (refused.code, refused["field"]) == ("required_relation_missing", "relations")
    assert "Cónyuge de" in refused["detail"]
    single = register(bank, a_natural_person(marital_status="S")).json
    path = f"{PARTIES}/{single['id']}"
    assert (
        bank("officer").patch(path, {"marital_status": "C"}).expect(422).code == "required_relation_missing"
    )
    ask(bank, spouse={**MARRIED, "active": False})
    bank("officer").patch(path, {"marital_status": "C"}).expect(200)
    register(bank, a_natural_person(marital_status="C"))


@pytest.mark.feature("PTY-06")
def test_spouse_comes_in_the_same_request_new_or_registered(bank: Bank) -> None:
    ask(bank, spouse=MARRIED)
    party = register(bank, a_natural_person(marital_status="C", relations=[a_new_spouse()])).json
    (spouse,) = spouses(bank, party["id"])
    assert spouses(bank, spouse) == [party["id"]]
    assert bank("officer").get(f"{PARTIES}/{spouse}")["form"] == "min_related"
    known = register(bank, a_natural_person()).json["id"]
    relation = {"relationship_type": "SPOUSE", "party_id": known}
    other = register(bank, a_natural_person(marital_status="C", relations=[relation])).json
    assert spouses(bank, other["id"]) == [known]


def test_spouse_comes_with_the_change_that_asks_for_it(bank: Bank) -> None:
    ask(bank, spouse=MARRIED)
    single = register(bank, a_natural_person()).json["id"]
    change = {"marital_status": "C", "relations": [a_new_spouse()]}
    bank("officer").patch(f"{PARTIES}/{single}", change).expect(200)
    assert len(spouses(bank, single)) == 1
    bank("officer").patch(f"{PARTIES}/{single}", {"employer": "Municipio"}).expect(200)


def test_nothing_is_stored_where_the_related_person_is_refused(bank: Bank) -> None:
    body = a_natural_person(relations=[a_new_spouse(document_number="1710034066")])
    refused = bank("officer").post(PARTIES, body).expect(422)
    assert (refused.code, refused["field"]) == (
        "document_check_digit",
        "relations.0.person.document_number",
    )
    assert bank("teller").get(f"{PARTIES}?q={body['document_number']}&by=document")["items"] == []


@pytest.mark.parametrize(
    ("relations", "code", "field"),
    [
        ([{"relationship_type": "SPOUSE"}], "related_party_unclear", "relations.0.party_id"),
        (
            [a_new_spouse(), {"relationship_type": "FRIEND", "party_id": "pty_1"}],
            "unknown_reference",
            "relations.1.relationship_type",
        ),
        ([a_new_spouse(), a_new_spouse()], "relation_exists", "relations.1.relationship_type"),
        ([{"relationship_type": "SPOUSE", "party_id": "pty_1"}], "unknown_party", "relations.0.party_id"),
        ([a_new_spouse(given_1="", surname_1="")], "invalid_request", "relations.0.person.given_1"),
    ],
)
def test_relations_of_a_request_are_refused_by_their_place(
    bank: Bank, relations: list[dict[str, Any]], code: str, field: str
) -> None:
    refused = bank("officer").post(PARTIES, a_natural_person(relations=relations))
    assert (refused.code, refused["field"]) == (code, field)


def test_required_relation_does_not_end_at_either_end(bank: Bank) -> None:
    ask(bank, spouse=MARRIED)
    party = register(bank, a_natural_person(marital_status="C", relations=[a_new_spouse()])).json["id"]
    (spouse,) = spouses(bank, party)
    for one, other in ((party, spouse), (spouse, party)):
        refused = bank("officer").delete(f"{PARTIES}/{one}/relations/SPOUSE~{other}").expect(409)
        assert (refused.code, refused["field"]) == ("relation_required", "relation_id")
    bank("officer").patch(f"{PARTIES}/{party}", {"marital_status": "S"}).expect(200)
    bank("officer").delete(f"{PARTIES}/{party}/relations/SPOUSE~{spouse}").expect(200)
    assert spouses(bank, party) == spouses(bank, spouse) == []


def test_one_of_two_representatives_may_go(bank: Bank) -> None:
    ask(bank, representative=REPRESENTED)
    people = [register(bank, a_natural_person()).json["id"] for _ in range(2)]
    relations = [{"relationship_type": "REPRESENTED", "party_id": person} for person in people]
    body = a_legal_person(relations=relations)
    path = f"{PARTIES}/{register(bank, body).json['id']}/relations/REPRESENTED"
    bank("officer").delete(f"{path}~{people[0]}").expect(200)
    assert bank("officer").delete(f"{path}~{people[1]}").expect(409).code == "relation_required"


@pytest.mark.feature("PTY-06")
@pytest.mark.feature("PTY-07")
def test_parties_that_lack_a_required_relation_are_reported(bank: Bank) -> None:
    lacking = register(bank, a_natural_person(marital_status="C")).json
    register(bank, a_natural_person(marital_status="S"))
    assert lacking["onboarding"] == "complete"
    ask(bank, spouse=MARRIED)
    shown = bank("officer").get(f"{PARTIES}/{lacking['id']}")
    assert (shown["onboarding"], shown["pending_relations"]) == ("minimum", ["SPOUSE"])
    run = bank("officer").post("/v1/platform/reports/incomplete_parties/runs", {"format": "json"}).expect(200)
    assert [(row["number"], row["missing"]) for row in run["rows"]] == [(lacking["number"], "Cónyuge de")]


def test_another_party_type_asks_for_its_relations(bank: Bank) -> None:
    kind = {"names": {"es": "Menor con tutor"}, "party_kinds": ["natural"]}
    have(bank, "parties.party_type", {"WARD": kind})
    ask(bank, ward={"relationship_type": "REPRESENTED", "party_types": ["WARD"], "minors_only": True})
    minor = register(bank, a_natural_person(birth_date="2015-03-01")).json["id"]
    change = {"party_type": "WARD", "reason": "Tutela"}
    path = f"{PARTIES}/{minor}/identity-changes"
    assert bank("manager").post(path, change).expect(422).code == "required_relation_missing"
    tutor = register(bank, a_natural_person()).json["id"]
    relation = {"relationship_type": "REPRESENTED", "party_id": tutor}
    bank("officer").post(f"{PARTIES}/{minor}/relations", relation).expect(201)
    bank("manager").post(path, change).expect(201)
    register(bank, a_natural_person(party_type="WARD", birth_date="1990-03-01"))
