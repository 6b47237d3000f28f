"""The whole API asked with what its own description allows, and with what it does not: no answer of 5xx, and every
answer of a status, a media type and a shape that the description declares.

Requests run through the pipeline in this process on a simulated cloud, as somebody who may do everything.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import boto3
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chalicelib.platform.access.people import PEOPLE
from chalicelib.platform.http.call import Answer, Call
from chalicelib.platform.http.pipeline import execute
from chalicelib.platform.settings import files_bucket
from chalicelib.platform.tenancy import TENANTS
from infra.paths import ROOT
from tests.functional.conftest import module_bank, onboarded
from tests.support.api import Client, find_operation
from tests.support.bank import FIRST, Bank
from tests.support.given import an_account, deposit

__all__ = ["module_bank", "onboarded"]

EXAMPLES = 3
DOCUMENT = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = {
    f"{method} {path}": SCHEMA[path][method]
    for path, declared in DOCUMENT["paths"].items()
    for method in (name.upper() for name in declared)
}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EVERYTHING = 10**9
quickly = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Scene:
    """Who asks, and ids of things that are there."""

    callers: dict[str, Client]
    known: dict[str, str]


@pytest.fixture(scope="module")
def scene(module_bank: Bank) -> Scene:
    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket=files_bucket())
    account = an_account(module_bank, balance="100.00")
    receipt = deposit(module_bank, account["id"], "5.00")
    work = module_bank.work()
    tenant = work.get(TENANTS)
    work.put(TENANTS, replace(tenant, requests_per_minute=EVERYTHING, user_requests_per_minute=EVERYTHING))
    person = module_bank.person("admin")
    staff = [each for (code, _), each in module_bank.staff.items() if code == FIRST]
    roles = tuple(sorted({role for each in staff for role in each.roles}))
    work.put(PEOPLE, replace(work.get(PEOPLE, id=person.id), roles=roles))
    work.commit()
    known = {
        "account_id": account["id"],
        "party_id": account["party_id"],
        "entry_id": receipt["entry_id"],
        "user_id": module_bank.person("teller").id,
        "branch": "1",
        "month": "2026-06",
        "code": "1",
        "kind": "deposits.plan",
        "language": "es",
        "table": "marital_status",
    }
    callers = {"staff": module_bank("admin"), "member": module_bank.member(account["party_id"])}
    return Scene(callers, known)


def ask(caller: Client, request: requests.PreparedRequest) -> Response:
    """The pipeline's answer as the schema's checks take it."""
    address = urlsplit(str(request.url))
    operation, names = find_operation(str(request.method), address.path)
    headers = {name.lower(): _text(value) for name, value in request.headers.items()}
    if operation.permission != "public":
        headers["authorization"] = f"Bearer {caller._fresh_token()}"
    body = request.body or b""
    answer = execute(
        operation,
        Call(
            request_id="req-described",
            headers=headers,
            path={name: unquote(value) for name, value in names.items()},
            query=dict(parse_qsl(address.query, keep_blank_values=True)),
            body=body.encode() if isinstance(body, str) else body,
        ),
    )
    return _response(request, answer)


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _response(request: requests.PreparedRequest, answer: Answer) -> Response:
    headers = {name.lower(): [value] for name, value in answer.headers.items()}
    return Response(answer.status, headers, answer.body.encode(), request, elapsed=0.0, verify=False)


LEFT_OUT = {"DELETE /v1/access/sessions/current", "DELETE /v1/member_portal/sessions/current"}
"""They end the session that asks."""


def explored(scene: Scene, operation: APIOperation, **generated: Any) -> None:
    """Ask some generated requests and check every answer."""
    caller = scene.callers["member" if operation.definition.raw["x-realm"] == "member" else "staff"]

    @quickly
    @given(case=operation.as_strategy(**generated))
    def tried(case: schemathesis.Case) -> None:
        request = requests.Request(**_asked(case)).prepare()
        case.validate_response(ask(caller, request), checks=CHECKS)

    with suppress(Unsatisfiable):  # nothing that it takes can be wrong
        tried()


def _asked(case: schemathesis.Case) -> dict[str, Any]:
    asked = case.as_transport_kwargs(base_url="http://bank")
    parts = ("method", "url", "headers", "params", "data", "json", "cookies")
    return {name: asked[name] for name in parts if name in asked}


def known_places(scene: Scene, operation: APIOperation) -> dict[str, str]:
    """A value that exists for each placeholder of the path, where one is known."""
    names = [parameter.name for parameter in operation.path_parameters]
    return {name: scene.known.get(name, scene.known["account_id"]) for name in names}


def each_operation() -> Callable[[Callable[..., None]], Callable[..., None]]:
    return pytest.mark.parametrize("name", [name for name in sorted(OPERATIONS) if name not in LEFT_OUT])


@each_operation()
def test_what_the_description_allows_is_answered_as_described(scene: Scene, name: str) -> None:
    operation = OPERATIONS[name]
    explored(scene, operation)
    if operation.path_parameters:
        explored(scene, operation, path_parameters=known_places(scene, operation))


@each_operation()
def test_what_it_does_not_allow_is_refused_as_described(scene: Scene, name: str) -> None:
    operation = OPERATIONS[name]
    explored(
        scene,
        operation,
        generation_mode=schemathesis.GenerationMode.NEGATIVE,
        **({"path_parameters": known_places(scene, operation)} if operation.path_parameters else {}),
    )
