"""People to register, and parameters to publish, for the tests of parties and administration."""

import itertools
from typing import Any

from chalicelib.platform.today import today_for
from tests.support.api import Reply
from tests.support.bank import Bank

_numbers = itertools.count(1)
WEIGHTS = (2, 1, 2, 1, 2, 1, 2, 1, 2)


def cedula(number: int) -> str:
    """A valid Ecuadorian identity number of Pichincha."""
    nine = f"17{number:07d}"
    products = (int(digit) * weight for digit, weight in zip(nine, WEIGHTS, strict=True))
    total = sum(product - 9 if product > 9 else product for product in products)
    return f"{nine}{-total % 10}"


def a_natural_person(**given: Any) -> dict[str, Any]:
    """The body of a registration: a person of branch 1 with a document nobody else has."""
    return {
        "kind": "natural",
        "party_type": "MEMBER",
        "branch": "1",
        "document_type": "C",
        "document_number": cedula(next(_numbers)),
        "given_1": "María",
        "given_2": "José",
        "surname_1": "Núñez",
        "surname_2": "Paz",
        **given,
    }


def a_legal_person(**given: Any) -> dict[str, Any]:
    """The body of a registration of an organisation, whose RUC follows from a person's number."""
    return {
        "kind": "legal",
        "party_type": "ENTITY",
        "branch": "1",
        "document_type": "R",
        "document_number": f"{cedula(next(_numbers))}001",
        "business_name": "Asociación de Artesanos de Peguche",
        **given,
    }


def register(bank: Bank, body: dict[str, Any], who: str = "officer") -> Reply:
    """The answer to a registration that must succeed."""
    return bank(who).post("/v1/parties/parties", body).expect(201)


def publish(bank: Bank, kind: str, code: str, body: dict[str, Any], *, tenant: str = "sisa") -> None:
    """Propose a parameter set and have another person approve it, through the API."""
    on = today_for(bank.work(tenant), kind)
    asked = {"code": code, "effective_from": on.isoformat(), "body": body}
    version = bank("admin", tenant).post(f"/v1/platform/parameters/{kind}", asked).expect(201)
    if version["state"] == "pending_approval":
        path = f"/v1/platform/parameter-versions/{version['id']}/approvals"
        bank("admin2", tenant).post(path, {"decision": "approve"}).expect(201)


def code_table(*codes: str, **names: str) -> dict[str, Any]:
    """The body of a code table with these values."""
    return {
        "names": {"es": names.get("es", "Tabla")},
        "application": "parties",
        "values": [{"code": code, "names": {"es": code.capitalize()}} for code in codes],
    }


def grant(bank: Bank, permission: str, *roles: str) -> None:
    """Open a function to the people of some roles."""
    for role in roles:
        publish(
            bank,
            "administration.function_grant",
            f"{permission}.{role}",
            {"permission": permission, "subject_kind": "group", "subject": role},
        )
