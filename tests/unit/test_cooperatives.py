"""The demonstration cooperatives: products that fit together, people who can work, a brand that can be read."""

import re
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from stdnum import get_cc_module

from chalicelib.modules.administration.plans import check_branch_code
from chalicelib.platform.parameters import forms
from tests.unit.packs import COOPERATIVES, COUNTRY, TENANTS, by_code, manifest, sets_of, whole

# -- products -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_plans_agree_with_what_they_refer_to(cooperative: str) -> None:
    sets, currency = whole(cooperative), manifest(cooperative)["currency"]
    codes, statuses = by_code(sets, "deposits.interest_code"), by_code(sets, "deposits.status_code")
    plans = by_code(sets, "deposits.plan")
    numbers = [plan.product_number for plan in plans.values()]
    assert len(set(numbers)) == len(numbers)
    assert all(plan.currency == currency for plan in plans.values())
    assert all(charge.currency == currency for charge in by_code(sets, "deposits.service_charge").values())
    for plan in plans.values():
        if plan.interest_code:
            code = codes[plan.interest_code]
            assert (code.currency, code.method, code.rate_type) == (
                currency,
                plan.credit_method,
                plan.rate_type,
            )
    first = statuses[by_code(sets, "deposits.control")["main"].initial_status]
    assert first.base_class == "pending_funding"
    assert first.allow.credit


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_products_show_every_way_of_paying_interest(cooperative: str) -> None:
    plans = by_code(sets_of(cooperative), "deposits.plan").values()
    assert {plan.credit_method for plan in plans} == {"flat", "tiered", "banded"}
    assert {plan.rate_type for plan in plans} == {"fixed", "variable"}
    assert any(plan.maximum_age == 17 for plan in plans)


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_system_codes_stand_for_their_operations(cooperative: str) -> None:
    sets = whole(cooperative)
    codes = by_code(sets, "deposits.transaction_code")
    system = by_code(sets, "deposits.control")["main"].system_codes.model_dump()
    needed = {
        "cash_deposit",
        "cash_withdrawal",
        "transfer_in",
        "transfer_out",
        "interest_payment",
        "withholding",
    }
    assert all(system[operation] for operation in needed)
    assert all(codes[code].operation == operation for operation, code in system.items() if code)


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_relationships_answer_each_other(cooperative: str) -> None:
    types = by_code(whole(cooperative), "parties.relationship_type")
    for code, relation in types.items():
        back = types[relation.reciprocal]
        assert back.reciprocal == code
        assert (back.from_kinds, back.to_kinds) == (relation.to_kinds, relation.from_kinds), code


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_party_types_take_documents_of_their_persons(cooperative: str) -> None:
    sets = whole(cooperative)
    rules = by_code(sets, "parties.document_rule")
    for code, party_type in by_code(sets, "parties.party_type").items():
        for document in party_type.document_types:
            assert set(rules[document].party_kinds) & set(party_type.party_kinds), f"{code}: {document}"


# -- cooperatives ---------------------------------------------------------------------------------------------------

HEADER = {
    *(
        "code",
        "legal_name",
        "trade_name",
        "tax_id",
        "country",
        "pack",
        "currency",
        "languages",
        "default_language",
    ),
    *("locale", "time_zone", "isolation", "modules", "first_business_date", "branding", "staff"),
}


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_the_header_is_whole(cooperative: str) -> None:
    header = manifest(cooperative)
    assert set(header) == HEADER
    assert header["code"] == cooperative
    assert header["country"] == COUNTRY[header["pack"]]
    assert header["default_language"] in header["languages"]
    assert set(header["languages"]) == {"es", "en"}
    institution = by_code(sets_of(cooperative), "administration.institution")["main"]
    assert (institution.legal_name, institution.tax_id) == (header["legal_name"], header["tax_id"])
    number: Any = get_cc_module(header["country"].lower(), "vat")
    assert number.is_valid(header["tax_id"])


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_a_form_offers_every_code_of_every_kind(cooperative: str) -> None:
    """A list that is cut would hide the last accounts of the chart from whoever has to choose one."""
    codes: dict[str, set[str]] = {}
    for each in whole(cooperative):
        codes.setdefault(each.kind, set()).add(each.code)
    assert max(map(len, codes.values())) < forms.MOST_VALUES


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_branches_have_one_head_office_and_valid_codes(cooperative: str) -> None:
    branches = by_code(sets_of(cooperative), "administration.branch")
    assert all(check_branch_code(code) for code in branches)
    heads = [code for code, branch in branches.items() if branch.head_office]
    assert heads == ["1"]
    assert all(branch.parent in heads for branch in branches.values() if not branch.head_office)
    first = manifest(cooperative)["first_business_date"]
    calendar = by_code(whole(cooperative), "administration.calendar")[branches["1"].calendar]
    assert calendar.calendar().is_business(first)


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_staff_have_known_roles_and_branches(cooperative: str) -> None:
    sets, staff = sets_of(cooperative), manifest(cooperative)["staff"]
    roles, branches = by_code(sets, "administration.role"), by_code(sets, "administration.branch")
    names = [person["username"] for person in staff]
    assert len(set(names)) == len(names)
    assert all(set(person) == {"username", "role", "name", "branch"} for person in staff)
    assert all(person["role"] in roles and person["branch"] in branches for person in staff)
    assert {person["role"] for person in staff} == set(roles)
    doubled = ("tenant_admin", "accountant")  # what one proposes, another approves
    assert all(sum(person["role"] == role for person in staff) >= 2 for role in doubled)


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_roles_grant_permissions_that_exist(cooperative: str) -> None:
    modules = {*manifest(cooperative)["modules"], "platform"}
    for code, role in by_code(sets_of(cooperative), "administration.role").items():
        for permission in role.permissions:
            module = permission.split(".")[0]
            assert module in modules, f"{code}: {permission}"
            declared = declared_permissions(module)
            assert not declared or any(fnmatchcase(known, permission) for known in declared), permission


def declared_permissions(module: str) -> set[str]:
    """The permissions that a module declares; empty where it has no such file."""
    if not (TENANTS.parent / f"chalicelib/modules/{module}/permissions.py").exists():
        return set()
    constants = vars(import_module(f"chalicelib.modules.{module}.permissions"))
    return {value for name, value in constants.items() if name.isupper() and isinstance(value, str)}


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_the_brand_can_be_read_by_everybody(cooperative: str) -> None:
    branding = manifest(cooperative)["branding"]
    assert set(branding) == {"primary", "accent", "logo", "slogan"}
    for colour in (branding["primary"], branding["accent"]):
        assert contrast_with_white(colour) >= 4.5, colour  # WCAG 2.2 AA for text
    logo = Path(TENANTS / cooperative / branding["logo"]).read_text()
    assert logo.startswith("<svg")
    assert "<title>" in logo
    assert not re.search(r"<script|on\w+=|href", logo)


def contrast_with_white(colour: str) -> float:
    """WCAG contrast ratio of a colour with white."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)
