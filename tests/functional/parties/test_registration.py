"""Registering persons: documents, names, fields by kind and form, one record per person."""

import pytest

from chalicelib.modules.parties.schemas.captured import PartyData
from tests.functional.parties.people import (
    a_legal_person,
    a_natural_person,
    cedula,
    code_table,
    have,
    publish,
    register,
)
from tests.support.bank import Bank

PARTIES = "/v1/parties/parties"


@pytest.mark.feature("PTY-14")
def test_names_are_kept_apart_and_composed_in_the_tenants_order(bank: Bank) -> None:
    given = {"given_1": "María", "given_2": "José", "surname_1": "Ruiz", "surname_2": "Paz"}
    party = register(bank, a_natural_person(**given)).json
    assert {name: party[name] for name in given} == given
    assert party["name"] == "María José Ruiz Paz"
    control = {"phone_country_code": "+593", "name_order": "surname_first"}
    publish(bank, "parties.control", "main", control)
    assert bank("officer").get(f"{PARTIES}/{party['id']}")["name"] == "Ruiz Paz María José"


def test_names_are_stored_in_composed_characters(bank: Bank) -> None:
    party = register(bank, a_natural_person(surname_1="Nu\u0301n\u0303ez  ", given_1="  Ana   Lucía")).json
    assert (party["surname_1"], party["given_1"]) == ("Núñez", "Ana Lucía")


@pytest.mark.feature("PTY-01")
def test_number_outside_the_range_of_its_rule_is_refused_naming_the_rule(bank: Bank) -> None:
    rule = {"names": {"es": "Carné"}, "number_from": 1, "number_to": 999_999_999, "max_length": 12}
    publish(bank, "parties.document_rule", "X", rule)
    kind = {"names": {"es": "Tipo X"}, "document_types": ["X"]}
    publish(bank, "parties.party_type", "TYPEX", kind)
    body = a_natural_person(document_type="X", party_type="TYPEX")
    refused = bank("officer").post(PARTIES, {**body, "document_number": "1000000000"}).expect(422)
    assert (refused.code, refused["field"]) == ("document_rule_broken", "document_number")
    assert "X" in refused["detail"]
    assert "999999999" in refused["detail"]
    register(bank, {**body, "document_number": "999999999"})


@pytest.mark.feature("PTY-05")
def test_new_document_type_is_validated_without_changing_the_product(bank: Bank) -> None:
    rule = {
        "names": {"es": "Carné de refugiado"},
        "pattern": "^[A-Z0-9]{10}$",
        "min_length": 10,
        "max_length": 10,
    }
    publish(bank, "parties.document_rule", "REF", rule)
    publish(
        bank, "parties.party_type", "MEMBER", {"names": {"es": "Socio"}, "document_types": ["C", "P", "REF"]}
    )
    body = a_natural_person(document_type="REF")
    refused = bank("officer").post(PARTIES, {**body, "document_number": "AB1234567"}).expect(422)
    assert refused.code == "document_rule_broken"
    assert register(bank, {**body, "document_number": "ab-12345678"})["document_number"] == "AB12345678"


def test_wrong_check_digit_of_an_identity_card_is_refused(bank: Bank) -> None:
    refused = bank("officer").post(PARTIES, a_natural_person(document_number="1710034066")).expect(422)
    assert refused.code == "document_check_digit"
    confirmed = a_natural_person(document_number="1710034066", confirm_check_digit=True)
    assert bank("officer").post(PARTIES, confirmed).expect(422).code == "document_check_digit"


def test_taxpayer_number_that_fails_can_be_confirmed(bank: Bank) -> None:
    body = a_legal_person(document_number="1790011675001")
    assert bank("officer").post(PARTIES, body).expect(422).code == "document_check_digit"
    party = register(bank, {**body, "confirm_check_digit": True}).json
    assert party["document"]["check_digit_confirmed"] is True


@pytest.mark.feature("PTY-08")
def test_second_registration_of_a_document_opens_the_first(bank: Bank) -> None:
    body = a_natural_person()
    first = register(bank, body).json
    again = bank("officer").post(PARTIES, {**body, "given_1": "Otra"}).expect(409)
    assert (again.code, again["party_id"]) == ("party_exists", first["id"])
    found = bank("officer").get(f"{PARTIES}?q={body['document_number']}&by=document")["items"]
    assert [row["id"] for row in found] == [first["id"]]


def test_the_same_request_twice_registers_once(bank: Bank) -> None:
    body = a_natural_person()
    first = bank("officer").post(PARTIES, body, key="again").expect(201)
    second = bank("officer").post(PARTIES, body, key="again").expect(201)
    assert second.headers["Idempotency-Hit"] == "true"
    assert second["id"] == first["id"]


@pytest.mark.feature("PTY-04")
def test_company_type_is_only_for_legal_persons(bank: Bank) -> None:
    publish(bank, "administration.code_table", "company_type", code_table("SA"))
    body = a_legal_person(company_type="LTD")
    assert bank("officer").post(PARTIES, body).expect(422).code == "not_in_code_table"
    publish(bank, "administration.code_table", "company_type", code_table("SA", "LTD"))
    shown = bank("officer").get("/v1/administration/code-tables/company_type")["items"]
    assert [value["code"] for value in shown] == ["SA", "LTD"]
    assert register(bank, body)["incorporation"]["company_type"] == "LTD"
    refused = bank("officer").post(PARTIES, a_natural_person(company_type="LTD")).expect(422)
    assert (refused.code, refused["field"]) == ("field_not_for_kind", "company_type")
    assert register(bank, a_natural_person())["incorporation"] is None


@pytest.mark.feature("PTY-15")
def test_short_name_is_suggested_and_finds_the_party(bank: Bank) -> None:
    party = register(bank, a_natural_person(given_1="Wilson", surname_1="Chimborazo")).json
    assert party["short_name"] == "WILSON CHIMBORAZO"
    found = bank("teller").get(f"{PARTIES}?q=wilson chimb&by=short_name")["items"]
    assert [row["id"] for row in found] == [party["id"]]
    too_long = bank("officer").post(PARTIES, a_natural_person(short_name="X" * 21)).expect(422)
    assert (too_long.code, too_long["field"]) == ("too_long", "short_name")


@pytest.mark.feature("PTY-16")
def test_embossing_name_has_plain_capitals_only(bank: Bank) -> None:
    party = register(bank, a_natural_person(given_1="Ana", given_2="", surname_2="")).json
    assert party["emboss_name"] == "ANA NUNEZ"
    long = bank("officer").post(PARTIES, a_natural_person(emboss_name="A" * 27)).expect(422)
    assert (long.code, long["field"]) == ("too_long", "emboss_name")
    accented = bank("officer").post(PARTIES, a_natural_person(emboss_name="NÚÑEZ")).expect(422)
    assert accented.code == "wrong_format"


@pytest.mark.feature("PTY-17")
def test_age_and_minor_follow_from_the_birth_date(bank: Bank) -> None:
    # The branch's business date is 1 June 2026.
    personal = {
        "birth_date": "2010-05-01",
        "sex": "F",
        "children": 0,
        "employer": "Colegio",
        "nationality": "EC",
    }
    party = register(bank, a_natural_person(party_type="CHILD", **personal)).json
    assert (party["personal"]["age"], party["personal"]["minor"]) == (16, True)
    assert {name: party["personal"][name] for name in personal} == personal
    adult = register(bank, a_natural_person(birth_date="2008-06-01")).json
    assert (adult["personal"]["age"], adult["personal"]["minor"]) == (18, False)
    day_before = register(bank, a_natural_person(birth_date="2008-06-02")).json
    assert day_before["personal"]["age"] == 17


@pytest.mark.feature("PTY-10")
def test_basic_data_come_back_as_they_were_captured(bank: Bank) -> None:
    tables = dict.fromkeys(("economic_activity", "source_of_funds"), code_table("A", "SAL"))
    have(bank, "administration.code_table", tables)
    body = a_natural_person(
        economic_activity="A",
        officer="015",
        residence_country="EC",
        language="en",
        confidentiality_level=10,
        source_of_funds="SAL",
        finances={
            "as_of": "2026-05-31",
            "income": {"amount": "800.00", "currency": "USD"},
            "expenses": {"amount": "500.50", "currency": "USD"},
            "assets": {"amount": "20000.00", "currency": "USD"},
            "liabilities": {"amount": "7500.25", "currency": "USD"},
        },
    )
    made = register(bank, body)
    party = bank("officer").get(f"{PARTIES}/{made['id']}").json
    plain = {name: value for name, value in body.items() if name != "finances" and name in party}
    assert {name: party[name] for name in plain} == plain
    finances = party["finances"]
    assert {name: finances[name] for name in body["finances"]} == body["finances"]
    assert finances["net_worth"] == {"amount": "12499.75", "currency": "USD"}
    assert finances["free_income"] == {"amount": "299.50", "currency": "USD"}


@pytest.mark.feature("PTY-07")
def test_a_field_made_mandatory_is_asked_for_and_existing_parties_are_reported(bank: Bank) -> None:
    before = register(bank, a_natural_person()).json
    assert before["pending_fields"] == []
    rule = {"field": "marital_status", "party_kinds": ["natural"], "forms": ["full"]}
    publish(bank, "parties.required_field", "marital_status", rule)
    refused = bank("officer").post(PARTIES, a_natural_person()).expect(422)
    assert (refused.code, refused["field"]) == ("required", "marital_status")
    window = bank("officer").get("/v1/administration/code-tables/marital_status")["items"]
    register(bank, a_natural_person(marital_status=window[0]["code"]))
    report = (
        bank("officer").post("/v1/platform/reports/incomplete_parties/runs", {"format": "json"}).expect(200)
    )
    assert [(row["number"], row["missing"]) for row in report["rows"]] == [
        (before["number"], "marital_status")
    ]


def test_a_captured_mandatory_field_is_not_blanked_but_other_changes_go_on(bank: Bank) -> None:
    incomplete = register(bank, a_natural_person()).json
    rule = {"field": "sex", "party_kinds": ["natural"], "forms": ["full"]}
    publish(bank, "parties.required_field", "sex", rule)
    complete = register(bank, a_natural_person(sex="F")).json
    refused = bank("officer").patch(f"{PARTIES}/{complete['id']}", {"sex": None}).expect(422)
    assert (refused.code, refused["field"]) == ("required", "sex")
    bank("officer").patch(f"{PARTIES}/{incomplete['id']}", {"employer": "Municipio"}).expect(200)


def test_fields_sent_as_null_are_fields_left_out(bank: Bank) -> None:
    nothing = dict.fromkeys(PartyData.model_fields)
    party = register(bank, a_natural_person(**nothing)).json
    after = bank("officer").patch(f"{PARTIES}/{party['id']}", nothing).expect(200).json
    assert {name: value for name, value in after.items() if name != "version"} == {
        name: value for name, value in party.items() if name != "version"
    }


def test_nobody_is_born_after_the_business_date(bank: Bank) -> None:
    refused = bank("officer").post(PARTIES, a_natural_person(birth_date="2026-06-02")).expect(422)
    assert (refused.code, refused["field"]) == ("date_in_future", "birth_date")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"birth_date": "1800-01-01"}, "date_too_early"),
        ({"document_issued_on": "1800-01-01"}, "date_too_early"),
        ({"document_expires_on": "2020-01-01"}, "document_expired"),
        ({"document_expires_on": "2026-05-31"}, "document_expired"),
    ],
)
def test_dates_that_cannot_be_of_somebody_who_is_here_are_refused(
    bank: Bank, given: dict[str, str], code: str
) -> None:
    refused = bank("officer").post(PARTIES, a_natural_person(**given)).expect(422)
    assert (refused.code, refused["field"]) == (code, next(iter(given)))


def test_a_document_is_good_on_its_last_day_and_a_life_is_long(bank: Bank) -> None:
    register(bank, a_natural_person(birth_date="1900-01-01", document_expires_on="2026-06-01"))


def test_every_wrong_field_is_told_at_once(bank: Bank) -> None:
    body = a_natural_person(
        given_1="", sex="ZZ", phones=[{"phone_number": "no-number"}], user_fields={"unknown": "x"}
    )
    refused = bank("officer").post(PARTIES, body).expect(422)
    assert refused.code == "invalid_request"
    assert {(row["field"], row["code"]) for row in refused["errors"]} == {
        ("given_1", "required"),
        ("sex", "not_in_code_table"),
        ("phones.0.phone_number", "malformed_phone"),
        ("user_fields.unknown", "unknown_user_field"),
    }
    assert bank("officer").get(f"{PARTIES}?q={body['document_number']}&by=document")["items"] == []


@pytest.mark.feature("ADM-14")
def test_party_numbers_stay_within_the_institutions_range(bank: Bank) -> None:
    institution = {"legal_name": "Cooperativa Sisa", "party_number_from": 1, "party_number_to": 499_999}
    publish(bank, "administration.institution", "main", institution)
    refused = bank("officer").post(PARTIES, a_natural_person(number=500_000)).expect(422)
    assert (refused.code, refused["field"]) == ("party_number_out_of_range", "number")
    assert register(bank, a_natural_person(number=2))["number"] == 2
    assert [register(bank, a_natural_person())["number"] for _ in range(2)] == [1, 3]
    taken = bank("officer").post(PARTIES, a_natural_person(number=2)).expect(409)
    assert taken.code == "party_number_taken"


@pytest.mark.feature("PTY-51")
def test_minimum_data_open_an_account_and_the_rest_stays_pending(bank: Bank) -> None:
    short, full = ("birth_date", "phone", "address"), ("sex", "source_of_funds")
    rules = {field: {"field": field, "forms": ["full", "min_savings"]} for field in short}
    rules |= {field: {"field": field, "forms": ["full"]} for field in full}
    have(bank, "parties.required_field", rules)
    body = a_natural_person(
        form="min_savings",
        birth_date="1990-01-31",
        phones=[{"phone_number": "099 555 1234"}],
        addresses=[{"address_type": "HOME", "line_1": "Calle Sucre 4", "city": "Otavalo"}],
    )
    lacking = bank("officer").post(PARTIES, {**body, "phones": []}).expect(422)
    assert (lacking.code, lacking["field"]) == ("required", "phone")
    party = register(bank, body).json
    assert (party["onboarding"], party["pending_fields"]) == ("minimum", ["sex", "source_of_funds"])
    opening = {"party_id": party["id"], "plan": "S1", "branch": "1"}
    bank("officer").post("/v1/deposits/accounts", opening).expect(201)


@pytest.mark.feature("PTY-52")
def test_spouse_registers_with_document_name_and_relation(bank: Bank) -> None:
    rule = {"field": "birth_date", "forms": ["full"]}
    publish(bank, "parties.required_field", "birth_date", rule)
    member = register(bank, a_natural_person(birth_date="1980-01-01")).json
    body = a_natural_person(
        party_type="RELATED",
        form="min_related",
        given_1="Pedro",
        related_to={"party_id": member["id"], "relationship_type": "SPOUSE"},
    )
    spouse = register(bank, body).json
    relations = bank("teller").get(f"{PARTIES}/{member['id']}/relations")["items"]
    assert [(row["relationship_type"], row["party_id"]) for row in relations] == [("SPOUSE", spouse["id"])]
    assert spouse["pending_fields"] == ["birth_date"]


@pytest.mark.feature("PTY-12")
def test_blacklisted_party_opens_nothing(bank: Bank) -> None:
    party = register(bank, a_natural_person(party_type="BLACKLISTED")).json
    opening = {"party_id": party["id"], "plan": "S1", "branch": "1"}
    refused = bank("officer").post("/v1/deposits/accounts", opening).expect(422)
    assert refused.code == "holder_not_allowed"
    assert refused["detail"]


def test_party_type_must_be_for_the_kind_of_person(bank: Bank) -> None:
    refused = bank("officer").post(PARTIES, a_natural_person(party_type="ENTITY")).expect(422)
    assert refused.code == "party_type_not_for_kind"
    refused = bank("officer").post(PARTIES, a_natural_person(document_type="R")).expect(422)
    assert refused.code == "document_type_not_allowed"
    unknown = bank("officer").post(PARTIES, a_natural_person(party_type="NONE")).expect(422)
    assert (unknown.code, unknown["field"]) == ("unknown_reference", "party_type")


def test_registration_belongs_to_a_branch_of_the_caller(bank: Bank) -> None:
    outside = bank("officer").post(PARTIES, a_natural_person(branch="2")).expect(403)
    assert outside.code == "outside_branch_scope"
    unknown = bank("officer").post(PARTIES, a_natural_person(branch="77")).expect(422)
    assert unknown.code == "unknown_branch"


@pytest.mark.feature("PTY-02")
def test_new_legal_nature_is_offered_at_once_and_parties_can_be_grouped_by_it(bank: Bank) -> None:
    publish(bank, "administration.code_table", "legal_nature", code_table("COOP"))
    publish(bank, "administration.code_table", "legal_nature", code_table("COOP", "FUND"))
    offered = bank("officer").get("/v1/administration/code-tables/legal_nature")["items"]
    assert [value["code"] for value in offered] == ["COOP", "FUND"]
    for nature in ("FUND", "FUND", "COOP"):
        register(bank, a_legal_person(legal_nature=nature))
    filters = {"from_date": "2026-06-01", "to_date": "2026-06-01", "group_by": "legal_nature"}
    report = bank("officer").post(
        "/v1/platform/reports/new_party_totals/runs", {"format": "json", "filters": filters}
    )
    assert {row["group"]: row["parties"] for row in report["rows"]} == {"COOP": 1, "FUND": 2}


@pytest.mark.feature("GEN-81")
def test_user_fields_take_values_of_their_type_only(bank: Bank) -> None:
    publish(bank, "administration.code_table", "church_group", code_table("NORTH", "SOUTH"))
    fields = {
        "church_group": {"field_type": "code", "code_table": "church_group"},
        "baptised_on": {"field_type": "date"},
        "pledge": {"field_type": "amount"},
        "share": {"field_type": "rate"},
        "near_branch": {"field_type": "branch"},
        "visitor": {"field_type": "officer"},
        "has_pets": {"field_type": "text", "max_length": 3},
    }
    described = {"entity": "party", "names": {"es": "Campo"}}
    bodies = {f"party.{key}": described | {"key": key} | field for key, field in fields.items()}
    have(bank, "administration.user_field", bodies)
    wrong = {
        "church_group": "WEST",
        "baptised_on": "2026-02-30",
        "pledge": "12,50",
        "share": "1e3",
        "near_branch": "88",
        "has_pets": "three",
    }
    refused = bank("officer").post(PARTIES, a_natural_person(user_fields=wrong)).expect(422)
    assert {row["field"]: row["code"] for row in refused["errors"]} == {
        "user_fields.church_group": "not_in_code_table",
        "user_fields.baptised_on": "user_field_wrong_type",
        "user_fields.pledge": "user_field_wrong_type",
        "user_fields.share": "user_field_wrong_type",
        "user_fields.near_branch": "unknown_branch",
        "user_fields.has_pets": "user_field_wrong_type",
    }
    definitions = bank("officer").get("/v1/administration/user-fields?entity=party")["items"]
    window = next(field["code_table"] for field in definitions if field["key"] == "church_group")
    offered = bank("officer").get(f"/v1/administration/code-tables/{window}")["items"]
    right = {
        "church_group": offered[0]["code"],
        "baptised_on": "2026-02-28",
        "pledge": "12.50",
        "share": "3.25",
        "near_branch": "2",
        "visitor": "015",
        "has_pets": "yes",
    }
    party = register(bank, a_natural_person(user_fields=right)).json
    assert bank("officer").get(f"{PARTIES}/{party['id']}")["user_fields"] == right


def test_the_worked_identity_number_of_the_specification_is_accepted(bank: Bank) -> None:
    assert cedula(1003406) == "1710034065"
    register(bank, a_natural_person(document_number="171003406-5"))
