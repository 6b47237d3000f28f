"""Code tables: values that everybody chooses from, offered at once and never lost."""

import pytest

from tests.functional.parties.people import a_natural_person, code_table, publish, register
from tests.support.bank import Bank

TABLE = "/v1/administration/code-tables/profession"
PROPOSE = "/v1/platform/parameters/administration.code_table"


@pytest.mark.feature("ADM-33")
def test_new_value_is_offered_at_once_and_a_used_one_is_only_deactivated(bank: Bank) -> None:
    publish(bank, "administration.code_table", "profession", code_table("FARMER"))
    publish(bank, "administration.code_table", "profession", code_table("FARMER", "WEAVER"))
    assert [value["code"] for value in bank("teller").get(TABLE)["items"]] == ["FARMER", "WEAVER"]
    weaver = register(bank, a_natural_person(profession="WEAVER")).json
    removed = {"code": "profession", "effective_from": "2026-06-01", "body": code_table("FARMER")}
    refused = bank("admin").post(PROPOSE, removed).expect(409)
    assert (refused.code, refused["field"]) == ("code_value_removed", "values")
    inactive = code_table("FARMER", "WEAVER")
    inactive["values"][1]["active"] = False
    publish(bank, "administration.code_table", "profession", inactive)
    assert [value["code"] for value in bank("teller").get(TABLE)["items"]] == ["FARMER"]
    every = bank("teller").get(f"{TABLE}?all=true")["items"]
    assert [(value["code"], value["active"]) for value in every] == [("FARMER", True), ("WEAVER", False)]
    shown = bank("officer").get(f"/v1/parties/parties/{weaver['id']}")
    assert shown["personal"]["profession"] == "WEAVER"
    whole_form = {"profession": "WEAVER", "employer": "Taller propio"}
    bank("officer").patch(f"/v1/parties/parties/{weaver['id']}", whole_form).expect(200)
    again = bank("officer").post("/v1/parties/parties", a_natural_person(profession="WEAVER")).expect(422)
    assert again.code == "not_in_code_table"


def test_values_come_in_the_callers_language_and_the_tenants_order(bank: Bank) -> None:
    bank("teller").language = "en"
    values = bank("teller").get("/v1/administration/code-tables/sex")
    assert [value["name"] for value in values["items"]] == ["Female", "Male", "Not given"]
    tables = bank("teller").get("/v1/administration/code-tables")["items"]
    assert {table["code"] for table in tables} >= {"sex", "marital_status", "address_type"}
    assert bank("teller").get("/v1/administration/code-tables/none").expect(404).code == "unknown_code_table"
