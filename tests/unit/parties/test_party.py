"""Parties: names, ages, states, what must be captured, what is masked, how they are found."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.money import Money
from chalicelib.modules.parties.domain.address import Address, check_still_primary, settled
from chalicelib.modules.parties.domain.completeness import foreign_fields, missing, relations_asked
from chalicelib.modules.parties.domain.document import FormerDocument, IdentityDocument
from chalicelib.modules.parties.domain.index import (
    WORD,
    differences,
    entries_of,
    is_first_match,
    leading_word,
)
from chalicelib.modules.parties.domain.masking import hidden_fields, masked, masked_text
from chalicelib.modules.parties.domain.note import Note, shown
from chalicelib.modules.parties.domain.party import Party, PartyState, PersonName, value_of, with_values
from chalicelib.modules.parties.domain.phone import Phone
from chalicelib.modules.parties.domain.product import ProductSummary, standing, totals
from chalicelib.modules.parties.errors import PartyStateForbids, PrimaryAddressNeeded, SearchTooShort
from chalicelib.modules.parties.plans import RequiredField, RequiredRelation

TODAY = date(2026, 6, 1)


def a_party(**given: Any) -> Party:
    values: dict[str, Any] = {
        "id": "pty_1",
        "number": 1,
        "kind": "natural",
        "party_type": "MEMBER",
        "branch": "1",
        "name": PersonName("María", "José", "Núñez", "Paz"),
        "document": IdentityDocument("C", "1710034065"),
        "registered_on": TODAY,
        "registered_by": "usr_1",
    }
    return Party(**{**values, **given})


def an_address(number: int, purpose: Any = "residence", primary: bool = False, phone: str = "") -> Address:
    return Address("pty_1", f"adr_{number}", "HOME", purpose, primary, TODAY, "usr_1", phone_number=phone)


@pytest.mark.parametrize(
    ("order", "full"),
    [("given_first", "María José Núñez Paz"), ("surname_first", "Núñez Paz María José")],
)
def test_names_are_composed_in_an_order(order: str, full: str) -> None:
    assert a_party().name.full(order) == full
    assert PersonName(business_name="Molinos S.A.", trade_name="Molinos").full(order) == "Molinos S.A."


@pytest.mark.parametrize(
    ("born", "age"),
    [(date(2010, 5, 1), 16), (date(2008, 6, 1), 18), (date(2008, 6, 2), 17), (date(2004, 2, 29), 22)],
)
def test_age_counts_full_years(born: date, age: int) -> None:
    assert with_values(a_party(), {"birth_date": born}).age(TODAY) == age


@pytest.mark.parametrize("state", list(PartyState))
def test_closed_parties_stay_closed(state: PartyState) -> None:
    with pytest.raises(PartyStateForbids):
        a_party(state=PartyState.CLOSED).in_state(state, "reason")


def test_values_land_in_their_parts_and_none_blanks() -> None:
    party = with_values(a_party(), {"sex": "F", "given_2": " Ana  Lucía ", "officer": "015", "children": 2})
    assert (party.personal.sex, party.name.given_2, party.officer) == ("F", "Ana Lucía", "015")
    blank = with_values(party, {"sex": None, "given_2": None, "children": None, "phones": None})
    assert (blank.personal.sex, blank.name.given_2, blank.personal.children, blank.phones) == (
        "",
        "",
        None,
        (),
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [("sex", "F"), ("phone", "+59399"), ("address", None), ("user_fields.pets", "yes"), ("income", None)],
)
def test_fields_are_read_by_the_names_parameters_give_them(path: str, value: Any) -> None:
    party = with_values(
        a_party(phones=(Phone("mobile", "+59399"),), user_fields={"pets": "yes"}), {"sex": "F"}
    )
    assert value_of(party, path) == value


def test_what_a_form_asks_for_depends_on_kind_type_form_and_condition() -> None:
    rules = [
        RequiredField(field="sex", party_kinds=("natural",)),
        RequiredField(field="legal_nature", party_kinds=("legal",)),
        RequiredField(field="officer", party_types=("STAFF",)),
        RequiredField(field="birth_date", forms=("min_savings",)),
        RequiredField(field="employer", when_field="profession", when_value="EMP"),
    ]
    assert missing(a_party(), rules, "full") == ["sex"]
    assert missing(a_party(party_type="STAFF"), rules, "full") == ["sex", "officer"]
    assert missing(a_party(), rules, "min_savings") == ["birth_date"]
    employed = with_values(a_party(), {"sex": "F", "profession": "EMP"})
    assert missing(employed, rules, "full") == ["employer"]
    assert missing(a_party(name=PersonName()), [], "full") == ["given_1", "surname_1"]
    organisation = a_party(kind="legal", name=PersonName())
    assert missing(organisation, rules, "full") == ["business_name", "legal_nature"]


def test_zero_children_are_an_answer() -> None:
    rules = [RequiredField(field="children")]
    assert missing(with_values(a_party(), {"children": 0}), rules, "full") == []


def test_fields_of_the_other_kind() -> None:
    assert foreign_fields("natural", ["sex", "company_type", "officer"]) == ["company_type"]
    assert foreign_fields("legal", ["sex", "company_type", "given_1"]) == ["sex", "given_1"]


# -- addresses ----------------------------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["residence", "mail", "work"]), st.booleans()),
        max_size=20,
    )
)
def test_every_purpose_in_use_has_one_primary_address(changes: list[tuple[int, Any, bool]]) -> None:
    kept: dict[str, Address] = {}
    for number, purpose, primary in changes:
        after = an_address(number, purpose, primary)
        before = kept.get(after.id)
        if before:
            try:
                check_still_primary(before, after, kept.values())
            except PrimaryAddressNeeded:
                continue
        kept.update({each.id: each for each in settled(after, kept.values())})
        for used in {each.purpose for each in kept.values()}:
            assert sum(each.primary for each in kept.values() if each.purpose == used) == 1


# -- search -------------------------------------------------------------------------------------------------


def test_a_party_is_found_by_each_of_its_words_numbers_and_places() -> None:
    party = a_party(
        short_name="TIENDA LA 9",
        officer="015",
        phones=(Phone("office", "+59322551234"),),
        former_documents=(FormerDocument("C", "0999", TODAY, "usr_1", "error"),),
        document=IdentityDocument("C", "1710034065", document_issue_place="Loja"),
    )
    found = {
        (entry.register, entry.bucket, entry.term) for entry in entries_of(party, [an_address(1)]).values()
    }
    names = ("maria", "jose", "nunez", "paz", "tienda", "la", "9")
    assert found == {
        *(("word", word[:2], word) for word in names),
        ("short", "ti", "tienda la 9"),
        ("phone", "4321", "43215522395"),
        ("officer", "015", "000000000001"),
        ("place", "loja", "000000000001"),
        ("former", "0999", "C"),
    }


def test_only_what_changed_is_written_again() -> None:
    before = a_party(officer="015")
    renamed = replace(before, name=replace(before.name, surname_2="Ruiz"))
    written, gone = differences(entries_of(before, []), entries_of(renamed, []))
    assert {entry.register for entry in written} == {WORD}
    assert [entry.term for entry in gone] == ["paz"]
    assert differences(entries_of(before, []), entries_of(before, [])) == ([], [])


@given(st.lists(st.sampled_from(["mar", "maria", "mariana", "marin", "paz", "pa"]), min_size=1, unique=True))
def test_a_party_answers_once_for_words_that_begin_alike(names: list[str]) -> None:
    party = a_party(name=PersonName(given_1=" ".join(names)))
    words = [entry for entry in entries_of(party, []).values() if entry.register == WORD]
    for leading in ("ma", "mar", "pa", "paz"):
        answering = [e for e in words if e.term.startswith(leading) and is_first_match(e, leading)]
        assert len(answering) == any(name.startswith(leading) for name in names)


def test_the_longest_word_leads_the_search() -> None:
    assert leading_word(("nun", "maria"), 3) == "maria"
    with pytest.raises(SearchTooShort):
        leading_word(("nu", "m"), 3)
    with pytest.raises(SearchTooShort):
        leading_word((), 2)


# -- masking, notes, products -------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "seen"), [("1710034065", "••••••4065"), ("4065", "••••"), ("", "")])
def test_masked_texts_show_four_characters(text: str, seen: str) -> None:
    assert masked_text(text) == seen


def test_named_fields_are_masked_at_any_depth() -> None:
    content = {
        "name": "Ana",
        "document": {"document_number": "1710034065", "issued": None},
        "former": [{"new_document_number": "1710034065"}],
        "income": {"amount": "1.00", "currency": "USD"},
        "birth_date": TODAY,
    }
    hidden = hidden_fields(["document_number", "income", "version"], above_level=False)
    assert masked(content, hidden) == {
        "name": "Ana",
        "document": {"document_number": "••••••4065", "issued": None},
        "former": [{"new_document_number": "••••••4065"}],
        "income": None,
        "birth_date": TODAY,
    }
    assert masked(content, hidden_fields([], above_level=True))["birth_date"] is None


def test_warnings_come_first_and_expired_notes_not_at_all() -> None:
    from datetime import UTC, datetime

    def a_note(identifier: str, kind: Any, expires_on: date | None = None) -> Note:
        written_at = datetime(2026, 6, 1, tzinfo=UTC)
        return Note("pty_1", identifier, kind, "text", TODAY, written_at, "usr_1", expires_on)

    notes = [
        a_note("nte_1", "service"),
        a_note("nte_2", "warning", TODAY),
        a_note("nte_3", "warning", date(2026, 5, 31)),
        a_note("nte_4", "service"),
    ]
    assert [note.id for note in shown(notes, TODAY)] == ["nte_2", "nte_4", "nte_1"]


def test_totals_are_of_owned_products_by_currency() -> None:
    def a_product(amount: str, currency: str, **given: Any) -> ProductSummary:
        money = Money.of(amount, currency)
        return ProductSummary("deposits", "dep_1", "1", "S1", "active", TODAY, money, **given)

    products = [
        a_product("10.00", "USD"),
        a_product("5.50", "USD"),
        a_product("4.00", "USD", nature="owed"),
        a_product("900.00", "USD", role="guarantor", nature="contingent"),
        a_product("70.00", "EUR"),
    ]
    found = {total.currency: (total.held, total.owed, total.contingent) for total in totals(products)}
    usd, eur = Money.zero("USD"), Money.zero("EUR")
    assert found == {
        "USD": (Money.of("15.50", "USD"), Money.of("4.00", "USD"), usd),
        "EUR": (Money.of("70.00", "EUR"), eur, eur),
    }
    guarantor = [a_product("900.00", "USD", role="guarantor")]
    assert standing(products, counts_as_customer=True, related=False) == "customer"
    assert standing(guarantor, counts_as_customer=True, related=False) == "related"
    assert standing(products, counts_as_customer=False, related=False) == "related"
    assert standing([], counts_as_customer=True, related=False) == "prospect"


@pytest.mark.parametrize(
    ("rule", "party", "form", "asked"),
    [
        ({"marital_statuses": ("C", "U")}, {"marital_status": "C"}, "full", True),
        ({"marital_statuses": ("C", "U")}, {"marital_status": "S"}, "full", False),
        ({"marital_statuses": ("C",), "active": False}, {"marital_status": "C"}, "full", False),
        ({}, {}, "min_related", False),
        ({"forms": ("full", "min_related")}, {}, "min_related", True),
        ({"party_types": ("CHILD",)}, {}, "full", False),
        ({"party_kinds": ("legal",)}, {}, "full", False),
        ({"minors_only": True}, {"birth_date": date(2008, 6, 2)}, "full", True),
        ({"minors_only": True}, {"birth_date": date(2008, 6, 1)}, "full", False),
        ({"minors_only": True}, {}, "full", False),
        ({}, {"state": PartyState.DECEASED}, "full", False),
    ],
)
def test_relations_are_asked_of_those_whom_a_rule_means(
    rule: dict[str, Any], party: dict[str, Any], form: str, asked: bool
) -> None:
    wanted = RequiredRelation(relationship_type="SPOUSE", **rule)
    found = relations_asked(with_values(a_party(), party), [wanted, wanted], form, TODAY, 18)
    assert found == (["SPOUSE"] if asked else [])
