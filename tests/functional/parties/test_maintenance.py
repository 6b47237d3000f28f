"""Changing parties: data, identity, addresses, relations, notes; what everybody sees of it afterwards."""

from dataclasses import fields
from importlib import import_module
from importlib.util import find_spec

import pytest

from chalicelib.modules.parties.domain.address import Address
from chalicelib.modules.parties.domain.party import PersonName
from chalicelib.platform.declared import MODULES
from chalicelib.platform.storage.collection import Collection
from tests.functional.parties.people import (
    a_legal_person,
    a_natural_person,
    cedula,
    code_table,
    grant,
    publish,
    register,
)
from tests.support.bank import Bank

PARTIES = "/v1/parties/parties"


def opened(bank: Bank, party_id: str, plan: str = "S1") -> dict:
    """An account of the party."""
    body = {"party_id": party_id, "plan": plan, "branch": "1"}
    return bank("officer").post("/v1/deposits/accounts", body).expect(201).json


@pytest.mark.feature("PTY-73")
def test_a_changed_name_is_read_by_every_module_at_once(bank: Bank) -> None:
    party = register(bank, a_natural_person()).json
    account = opened(bank, party["id"])
    change = {"surname_1": "Ruiz", "reason": "Sentencia judicial", "evidence": "Juicio 17-2026"}
    bank("manager").post(f"{PARTIES}/{party['id']}/identity-changes", change).expect(201)
    assert bank("teller").get(f"{PARTIES}/{party['id']}")["name"] == "María José Ruiz Paz"
    assert bank("teller").get(f"/v1/deposits/accounts/{account['id']}")["holder"] == "María José Ruiz Paz"


@pytest.mark.feature("PTY-73")
def test_no_other_module_keeps_what_parties_keep() -> None:
    theirs = {
        "name",
        "holder",
        "holder_name",
        "full_name",
        "address",
        "addresses",
        "phone",
        "phones",
        "emails",
    }
    theirs |= {field.name for part in (PersonName, Address) for field in fields(part)} - {
        "version",
        "id",
        "branch",
    }
    checked = 0
    for module in set(MODULES) - {"parties"}:
        name = f"chalicelib.modules.{module}.tables"
        tables = import_module(name) if find_spec(name) else None
        for collection in vars(tables).values() if tables else ():
            if isinstance(collection, Collection):
                kept = {field.name for field in fields(collection.record)}
                assert "party_id" not in kept or not (kept & theirs) - {"party_id"}, collection.record
                checked += "party_id" in kept
    assert checked


@pytest.mark.feature("PTY-32")
def test_change_of_document_keeps_accounts_and_relations(bank: Bank) -> None:
    body = a_natural_person()
    party, spouse = register(bank, body).json, register(bank, a_natural_person()).json
    accounts = [opened(bank, party["id"])["id"] for _ in range(4)]
    relation = {"relationship_type": "SPOUSE", "party_id": spouse["id"]}
    bank("officer").post(f"{PARTIES}/{party['id']}/relations", relation).expect(201)
    new = cedula(5_850_000)
    change = {"document_number": new, "reason": "Duplicado anulado", "evidence": "Oficio RC-12"}
    denied = bank("officer").post(f"{PARTIES}/{party['id']}/identity-changes", change).expect(403)
    assert denied.code == "permission_denied"
    after = bank("manager").post(f"{PARTIES}/{party['id']}/identity-changes", change).expect(201)
    assert after["former_documents"][0]["document_number"] == body["document_number"]
    listed = bank("teller").get(f"/v1/deposits/accounts?party_id={party['id']}")["items"]
    assert [account["id"] for account in listed] == accounts
    assert bank("teller").get(f"{PARTIES}/{party['id']}/relations")["items"][0]["party_id"] == spouse["id"]
    found = bank("teller").get(f"{PARTIES}?q={body['document_number']}&by=document")["items"]
    assert [row["id"] for row in found] == [party["id"]]


def test_identity_change_needs_a_change_and_a_document_nobody_has(bank: Bank) -> None:
    party, other = register(bank, a_natural_person()).json, register(bank, a_natural_person()).json
    path = f"{PARTIES}/{party['id']}/identity-changes"
    nothing = bank("manager").post(path, {"given_1": "María", "reason": "ninguna"}).expect(422)
    assert nothing.code == "identity_unchanged"
    taken = {"document_number": other["document_number"], "reason": "cambio"}
    refused = bank("manager").post(path, taken).expect(409)
    assert (refused.code, refused["party_id"]) == ("party_exists", other["id"])
    wrong = bank("manager").post(path, {"document_number": "123", "reason": "cambio"}).expect(422)
    assert wrong.code == "document_rule_broken"


def test_states_pass_only_where_they_may(bank: Bank) -> None:
    party = register(bank, a_natural_person()).json
    path = f"{PARTIES}/{party['id']}/identity-changes"
    blocked = bank("manager").post(path, {"state": "blocked", "reason": "Lista de control"}).expect(201)
    assert (blocked["state"], blocked["state_reason"]) == ("blocked", "Lista de control")
    opening = {"party_id": party["id"], "plan": "S1", "branch": "1"}
    assert bank("officer").post("/v1/deposits/accounts", opening).expect(422).code == "holder_not_allowed"
    refused = bank("manager").post(path, {"state": "closed", "reason": "no se puede"}).expect(409)
    assert refused.code == "party_state_forbids"
    bank("manager").post(path, {"state": "active", "reason": "Aclarado"}).expect(201)
    opened(bank, party["id"])


@pytest.mark.feature("GEN-44")
def test_change_of_identity_is_open_to_a_group_or_to_all(bank: Bank) -> None:
    party = register(bank, a_natural_person()).json
    path = f"{PARTIES}/{party['id']}/identity-changes"

    def change(who: str, name: str) -> int:
        return bank(who).post(path, {"given_2": name, "reason": "Corrección"}).status

    assert change("teller", "Ana") == 403
    role = {
        "names": {"es": "Auditor"},
        "permissions": ["parties.read"],
        "branch_scope": "all",
        "approval_group": "back_office",
    }
    publish(bank, "administration.role", "auditor", role)
    grant(bank, "parties.change_id", "back_office")
    assert change("teller", "Bea") == 403
    assert change("auditor", "Bea") == 201
    everyone = {"permission": "parties.change_id", "subject_kind": "everyone"}
    publish(bank, "administration.function_grant", "parties.change_id.all", everyone)
    assert change("teller", "Eva") == 201
    assert change("auditor", "Luz") == 201


def test_a_stale_version_changes_nothing(bank: Bank) -> None:
    party = register(bank, a_natural_person())
    path = f"{PARTIES}/{party['id']}"
    first = bank("officer").patch(path, {"employer": "Uno"}, if_match=party.etag).expect(200)
    stale = bank("officer").patch(path, {"employer": "Dos"}, if_match=party.etag).expect(412)
    assert stale.code == "stale_version"
    bank("officer").patch(path, {"employer": "Tres"}, if_match=first.etag).expect(200)
    assert bank("officer").get(path)["personal"]["employer"] == "Tres"


@pytest.mark.feature("PTY-66")
def test_a_changed_telephone_is_on_record_with_who_when_and_where(bank: Bank) -> None:
    party = register(bank, a_natural_person(phones=[{"phone_number": "0995550001"}])).json
    path = f"{PARTIES}/{party['id']}"
    bank("officer").patch(path, {"phones": [{"phone_number": "0995550002"}]}).expect(200)
    events = bank("auditor").get("/v1/platform/audit-events?operation=parties.change_party")["items"]
    assert len(events) == 1
    event = events[0]
    changes = [(row["field"], row["before"], row["after"]) for row in event["changes"]]
    assert changes == [("phones.0.phone_number", "+593995550001", "+593995550002")]
    assert (event["actor_name"], event["device"]) == ("Andrés Villacís", "test")
    assert event["at"]


@pytest.mark.feature("PTY-20")
def test_any_number_of_addresses_with_one_primary_per_purpose(bank: Bank) -> None:
    party = register(bank, a_natural_person()).json
    path = f"{PARTIES}/{party['id']}/addresses"
    kinds = [("HOME", "residence"), ("WORK", "work"), ("HOME", "mail")]
    for number in range(12):
        address_type, purpose = kinds[number % 3]
        body = {
            "address_type": address_type,
            "purpose": purpose,
            "line_1": f"Calle {number}",
            "email": f"a{number}@example.test",
            "geo_code": "170150",
            "valid_from": "2026-06-01",
        }
        bank("officer").post(path, body).expect(201)
    listed = bank("teller").get(path)["items"]
    assert len(listed) == 12
    primary = {row["purpose"]: row["line_1"] for row in listed if row["primary"]}
    assert primary == {"residence": "Calle 0", "work": "Calle 1", "mail": "Calle 2"}
    last = next(row for row in listed if row["line_1"] == "Calle 9")
    bank("officer").patch(f"{path}/{last['id']}", {"primary": True}).expect(200)
    primary_now = [row["line_1"] for row in bank("teller").get(path)["items"] if row["primary"]]
    assert sorted(primary_now) == ["Calle 1", "Calle 2", "Calle 9"]
    refused = bank("officer").patch(f"{path}/{last['id']}", {"primary": False}).expect(409)
    assert refused.code == "primary_address_needed"
    unknown = bank("officer").post(path, {"address_type": "MOON"}).expect(422)
    assert (unknown.code, unknown["field"]) == ("not_in_code_table", "address_type")


@pytest.mark.feature("PTY-27")
def test_the_reciprocal_of_a_relation_follows_by_itself(bank: Bank) -> None:
    parent, child = register(bank, a_natural_person()).json, register(bank, a_natural_person()).json
    body = {"relationship_type": "PARENT", "party_id": child["id"]}
    bank("officer").post(f"{PARTIES}/{parent['id']}/relations", body).expect(201)
    row = bank("teller").get(f"{PARTIES}/{child['id']}/relations")["items"][0]
    assert (row["relationship_type"], row["label"], row["party_id"]) == (
        "CHILD",
        "Hijo o hija de",
        parent["id"],
    )
    again = bank("officer").post(f"{PARTIES}/{parent['id']}/relations", body).expect(409)
    assert again.code == "relation_exists"
    bank("officer").delete(f"{PARTIES}/{child['id']}/relations/{row['id']}").expect(200)
    for party in (parent, child):
        assert bank("teller").get(f"{PARTIES}/{party['id']}/relations")["items"] == []
    bank("officer").post(f"{PARTIES}/{parent['id']}/relations", body).expect(201)
    assert len(bank("teller").get(f"{PARTIES}/{child['id']}/relations")["items"]) == 1


def test_relations_that_cannot_be(bank: Bank) -> None:
    ana, luis = register(bank, a_natural_person()).json, register(bank, a_natural_person()).json
    eva, firm = register(bank, a_natural_person()).json, register(bank, a_legal_person()).json

    def relate(party: dict, kind: str, other: dict) -> str:
        body = {"relationship_type": kind, "party_id": other["id"]}
        return bank("officer").post(f"{PARTIES}/{party['id']}/relations", body).code

    assert relate(ana, "SPOUSE", luis) == ""
    assert relate(ana, "SPOUSE", eva) == "relation_exists"
    assert relate(eva, "SPOUSE", luis) == "relation_exists"
    assert relate(ana, "PARENT", ana) == "related_to_itself"
    assert relate(ana, "PARENT", firm) == "relation_not_for_kind"
    assert relate(ana, "COUSIN", luis) == "unknown_reference"
    assert relate(ana, "REPRESENTATIVE", firm) == ""


@pytest.mark.feature("PTY-28")
def test_relations_are_followed_with_their_path(bank: Bank) -> None:
    a, b, c = (register(bank, a_natural_person()).json["id"] for _ in range(3))
    for party, kind, other in ((a, "SPOUSE", b), (b, "PARENT", c)):
        body = {"relationship_type": kind, "party_id": other}
        bank("officer").post(f"{PARTIES}/{party}/relations", body).expect(201)
    near = bank("teller").get(f"{PARTIES}/{a}/relations?depth=1")["items"]
    assert [row["party_id"] for row in near] == [b]
    far = bank("teller").get(f"{PARTIES}/{a}/relations?depth=2")["items"]
    assert [(row["party_id"], row["depth"]) for row in far] == [(b, 1), (c, 2)]
    assert far[1]["path"] == [f"{a} SPOUSE {b}", f"{b} PARENT {c}"]


@pytest.mark.feature("PTY-69")
def test_warning_pops_up_first_at_any_branch(bank: Bank) -> None:
    party = register(bank, a_natural_person()).json
    path = f"{PARTIES}/{party['id']}/notes"
    bank("officer").post(path, {"kind": "warning", "text": "Verificar la firma"}).expect(201)
    bank("officer").post(path, {"kind": "courtesy", "text": "Cumple años hoy"}).expect(201)
    old = {"kind": "warning", "text": "Aviso vencido", "expires_on": "2026-05-31"}
    bank("officer").post(path, old).expect(201)
    for who in ("teller", "teller2"):
        notes = bank(who).get(f"{PARTIES}/{party['id']}/profile")["notes"]
        assert [note["text"] for note in notes] == ["Verificar la firma", "Cumple años hoy"]


@pytest.mark.feature("PTY-03")
def test_segment_added_to_the_table_can_be_assigned(bank: Bank) -> None:
    publish(bank, "administration.code_table", "market_segment", code_table("FAMILY", "YOUNG"))
    young = {register(bank, a_natural_person(market_segment="YOUNG"))["number"] for _ in range(3)}
    register(bank, a_natural_person(market_segment="FAMILY"))
    filters = {"from_date": "2026-06-01", "to_date": "2026-06-01", "market_segment": "YOUNG"}
    run = {"format": "json", "filters": filters}
    rows = bank("officer").post("/v1/platform/reports/new_parties/runs", run)["rows"]
    assert {row["number"] for row in rows} == young


@pytest.mark.feature("PTY-64")
def test_new_parties_of_the_day_by_user_branch_and_country(bank: Bank) -> None:
    for number in range(7):
        branch, who = ("1", "officer") if number % 2 else ("2", "officer2")
        country = "EC" if number < 5 else "CO"
        register(bank, a_natural_person(branch=branch, residence_country=country), who)
    for group_by, counts in (("user", [3, 4]), ("branch", [3, 4]), ("country", [2, 5])):
        filters = {"from_date": "2026-06-01", "to_date": "2026-06-01", "group_by": group_by}
        run = {"format": "json", "filters": filters}
        report = bank("auditor").post("/v1/platform/reports/new_party_totals/runs", run)
        assert sorted(row["parties"] for row in report["rows"]) == counts
        assert report["totals"]["parties"] == 7
    filters = {"from_date": "2026-06-01", "to_date": "2026-06-01", "branch": "2"}
    listed = bank("auditor").post(
        "/v1/platform/reports/new_parties/runs", {"format": "json", "filters": filters}
    )
    assert len(listed["rows"]) == 4
