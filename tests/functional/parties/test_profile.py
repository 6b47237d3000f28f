"""A party with all that the cooperative has to do with it, and who may see how much of it."""

from typing import Any

import pytest

from tests.functional.parties.people import (
    a_legal_person,
    a_natural_person,
    code_table,
    have,
    publish,
    register,
)
from tests.support.bank import Bank

PARTIES = "/v1/parties/parties"


def opened(bank: Bank, party_id: str, plan: str = "S1", branch: str = "1", who: str = "officer") -> Any:
    """An account of the party."""
    body = {"party_id": party_id, "plan": plan, "branch": branch}
    return bank(who).post("/v1/deposits/accounts", body).expect(201).json


def deposited(bank: Bank, account_id: str, amount: str) -> None:
    """Cash for an account."""
    body = {"amount": {"amount": amount, "currency": "USD"}}
    bank("teller").post(f"/v1/deposits/accounts/{account_id}/deposits", body).expect(201)


@pytest.mark.feature("PTY-13")
def test_related_person_becomes_a_customer_with_a_product_of_its_own(bank: Bank) -> None:
    organisation, person = register(bank, a_legal_person()).json, register(bank, a_natural_person()).json
    profile = f"{PARTIES}/{person['id']}/profile"
    assert bank("teller").get(profile)["standing"] == "prospect"
    relation = {"relationship_type": "REPRESENTATIVE", "party_id": organisation["id"]}
    bank("officer").post(f"{PARTIES}/{person['id']}/relations", relation).expect(201)
    assert bank("teller").get(profile)["standing"] == "related"
    opened(bank, person["id"])
    assert bank("teller").get(profile)["standing"] == "customer"


def test_products_come_with_number_state_balance_and_role(bank: Bank) -> None:
    party = register(bank, a_natural_person()).json
    accounts = [opened(bank, party["id"], plan) for plan in ("S1", "S2", "C1")]
    deposited(bank, accounts[0]["id"], "100.00")
    deposited(bank, accounts[1]["id"], "50.25")
    shown = bank("teller").get(f"{PARTIES}/{party['id']}/products").json
    rows = {row["number"]: row for row in shown["items"]}
    assert rows.keys() == {account["number"] for account in accounts}
    assert {(row["product"], row["plan_name"]) for row in rows.values()} == {
        (account["plan"], account["plan_name"]) for account in accounts
    }
    first = rows[accounts[0]["number"]]
    assert (first["state"], first["opened_on"], first["role"]) == ("active", "2026-06-01", "owner")
    assert first["balance"] == {"amount": "100.00", "currency": "USD"}
    assert [(total["currency"], total["held"]["amount"]) for total in shown["totals"]] == [("USD", "150.25")]
    assert bank("teller").get(f"{PARTIES}/{party['id']}/products?application=loans")["items"] == []


@pytest.mark.feature("PTY-22")
def test_addresses_show_the_accounts_that_use_them(bank: Bank) -> None:
    party = register(bank, a_natural_person()).json
    path = f"{PARTIES}/{party['id']}/addresses"
    home = bank("officer").post(path, {"address_type": "HOME", "line_1": "Calle 1"}).expect(201).json
    work = bank("officer").post(path, {"address_type": "WORK", "purpose": "work"}).expect(201).json
    x, y, z = (opened(bank, party["id"]) for _ in range(3))
    for account in (x, y):
        link = f"{PARTIES}/{party['id']}/account-addresses/{account['id']}"
        bank("officer").put(link, {"address_id": work["id"]}).expect(200)
    used = {row["id"]: row["accounts"] for row in bank("teller").get(path)["items"]}
    assert sorted(used[work["id"]]) == sorted([x["number"], y["number"]])
    assert used[home["id"]] == [z["number"]]
    other = opened(bank, register(bank, a_natural_person()).json["id"])
    foreign = f"{PARTIES}/{party['id']}/account-addresses/{other['id']}"
    refused = bank("officer").put(foreign, {"address_id": work["id"]}).expect(404)
    assert refused.code == "unknown_account_of_party"


def complete(bank: Bank) -> dict[str, Any]:
    """A body with every field of a natural person."""
    tables = ("education", "profession", "housing", "economic_activity", "source_of_funds", "market_segment")
    have(bank, "administration.code_table", dict.fromkeys(tables, code_table("A1")))
    amount = {"amount": "10.00", "currency": "USD"}
    return a_natural_person(
        short_name="MARIA",
        emboss_name="MARIA NUNEZ",
        language="es",
        officer="015",
        birth_date="1980-01-31",
        sex="F",
        marital_status="C",
        children=2,
        dependants=3,
        employer="Municipio de Otavalo",
        nationality="EC",
        **dict.fromkeys(tables, "A1"),
        preferred_channel="phone",
        hobbies="Tejido",
        products_elsewhere="Cuenta en otra cooperativa",
        marketing_consent=True,
        residence_country="EC",
        confidentiality_level=25,
        finances={"as_of": "2026-05-31", "income": amount, "expenses": amount, "assets": amount}
        | {"liabilities": amount},
        document_issue_place="Otavalo",
        phones=[{"kind": "mobile", "phone_number": "0995551234"}],
        emails=["maria@example.test"],
        addresses=[{"address_type": "HOME", "line_1": "Calle Sucre 4", "city": "Otavalo"}],
    )


@pytest.mark.feature("PTY-61")
def test_one_view_shows_everything_and_masks_what_is_above_the_readers_level(bank: Bank) -> None:
    body = complete(bank)
    party = register(bank, body).json
    profile = bank("officer").get(f"{PARTIES}/{party['id']}/profile").expect(200)
    flat = profile["party"] | profile["party"]["personal"] | profile["party"]["document"]
    for name in body.keys() - {"finances", "phones", "addresses", "emails"}:
        assert flat[name] == body[name], name
    assert profile["addresses"][0]["line_1"] == "Calle Sucre 4"
    # Level 25 is within an officer's level 30 and above a teller's 20.
    seen = bank("teller").get(f"{PARTIES}/{party['id']}/profile").expect(200)
    number = body["document_number"]
    assert seen["party"]["document_number"] == "••••••" + number[-4:]
    assert seen["party"]["document"]["document_number"] == "••••••" + number[-4:]
    assert seen["party"]["mobile"] == "•••••••••1234"
    assert seen["party"]["personal"]["birth_date"] is None
    assert seen["party"]["finances"]["income"] is None
    assert seen["addresses"][0]["line_1"] == "•••••••••re 4"
    role = {"names": {"es": "Cajero"}, "permissions": ["parties.*"], "branch_scope": "all"}
    publish(bank, "administration.role", "teller", role)
    sent_back = {"employer": seen["party"]["personal"]["employer"]}
    refused = bank("teller").patch(f"{PARTIES}/{party['id']}", sent_back).expect(422)
    assert (refused.code, refused["field"]) == ("masked_value", "employer")
    assert (seen["party"]["name"], seen["party"]["branch"]) == ("María José Núñez Paz", "1")


@pytest.mark.feature("GEN-48")
def test_own_scope_lists_own_rows_and_masked_fields_show_four_digits(bank: Bank) -> None:
    party = register(bank, a_legal_person()).json
    here = opened(bank, party["id"], "S3")
    opener = {
        "names": {"es": "Auditor"},
        "permissions": ["deposits.open_account", "deposits.read_account"],
        "branch_scope": "all",
    }
    publish(bank, "administration.role", "auditor", opener)
    there = opened(bank, party["id"], "S3", branch="2", who="auditor")
    listed = bank("officer").get(f"/v1/deposits/accounts?party_id={party['id']}")["items"]
    assert [row["id"] for row in listed] == [here["id"]]
    assert bank("officer").get(f"/v1/deposits/accounts/{there['id']}").status == 404
    teller = {
        "names": {"es": "Cajero"},
        "permissions": ["parties.read", "deposits.read_account"],
        "branch_scope": "all",
        "masked_fields": ["document_number"],
    }
    publish(bank, "administration.role", "teller", teller)
    rows = bank("teller").get(f"{PARTIES}?q=artesanos&by=name")["items"]
    assert [row["document_number"] for row in rows] == ["•" * 9 + party["document_number"][-4:]]
    assert bank("teller").get(f"{PARTIES}/{party['id']}")["document_number"].startswith("•")
    assert bank("officer").get(f"{PARTIES}/{party['id']}")["document_number"] == party["document_number"]


def test_a_member_reads_nothing_of_others_here(bank: Bank) -> None:
    party = register(bank, a_natural_person()).json
    member = bank.member(party["id"])
    assert member.get(f"{PARTIES}/{party['id']}").expect(403).code == "permission_denied"
