"""People to register, and parameters to publish, for the tests of parties and administration."""

import itertools
from datetime import date
from typing import Any

from chalicelib.platform import clock
from chalicelib.platform.parameters import service
from chalicelib.platform.parameters.kinds import kind_of
from chalicelib.platform.parameters.versions import TENANT_SCOPE, VERSIONS, ParameterVersion, VersionState
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


def have(bank: Bank, kind: str, sets: dict[str, dict[str, Any]]) -> None:
    """Many approved sets at once, as onboarding writes them; for what a test only needs to be there."""
    work = bank.work()
    for code, body in sets.items():
        version = ParameterVersion(
            kind=kind,
            code=code,
            scope=TENANT_SCOPE,
            number=1 + len(service.versions_of(work, kind, code)),
            effective_from=date(2025, 1, 1),
            state=VersionState.APPROVED,
            body=kind_of(kind).model.model_validate(body).to_body(),
            maker="manifest",
            made_at=clock.now(),
        )
        work.put(VERSIONS, version)
    service.advance_configuration(work)
    work.commit()


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
