"""The API in OpenAPI 3.1, made from the declared routes: the same code gives the same bytes."""

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any

import orjson
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from chalicelib.kernel.errors import BankError
from chalicelib.platform import declared
from chalicelib.platform.approvals import PendingView
from chalicelib.platform.http.payload import View
from chalicelib.platform.http.routes import OPEN, PUBLIC, SIGNED_IN, STAFF, Operation, all_operations
from chalicelib.platform.problems import PROBLEM_TYPE

VERSION = "0.1.0"
SCHEMAS = "#/components/schemas/"
JSON = "application/json"
GENERAL = ("chalicelib.kernel", "chalicelib.platform")
_PLACEHOLDER = re.compile(r"{(\w+)}")

Model = tuple[type[BaseModel], JsonSchemaMode]


class FieldProblemView(View):
    """What is wrong with one field of the request."""

    field: str
    code: str
    message: str


class Problem(View):
    """Why a request was refused (RFC 9457). ``code`` is stable; the words are in the caller's language."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    field: str | None = None
    remedy: str | None = None
    errors: list[FieldProblemView] | None = None


def text(operations: Iterable[Operation] | None = None) -> str:
    """The document as JSON text, indented; it names the errors of everything that parts of the bank declare."""
    declared.load_all()
    made = document(list(all_operations() if operations is None else operations))
    return orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode() + "\n"


def document(operations: list[Operation]) -> dict[str, Any]:
    """The OpenAPI document of these operations."""
    schemas = _Schemas(operations)
    paths: dict[str, Any] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, schemas)
    modules = sorted({operation.module for operation in operations})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Minga",
            "version": VERSION,
            "summary": "Core and online banking of savings-and-credit cooperatives",
            "description": (
                "Amounts are exact decimal texts with their currency; dates are ISO 8601. Writes take an "
                "`Idempotency-Key`: the same key and content give the first answer again. Refusals are problem "
                "documents (RFC 9457) in the language of `Accept-Language`."
            ),
        },
        "servers": [{"url": "/api"}, {"url": "/"}],
        "tags": [{"name": module} for module in modules],
        "security": [{"access_token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas.definitions,
            "parameters": PARAMETERS,
            "headers": HEADERS,
            "responses": {
                _response_name(module, status): _refusal(module, status)
                for module in modules
                for status in _statuses(module)
            },
            "securitySchemes": {
                "access_token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            },
        },
    }


PARAMETERS: dict[str, Any] = {
    "AcceptLanguage": {
        "name": "Accept-Language",
        "in": "header",
        "description": "The language of texts and refusals.",
        "schema": {"type": "string", "examples": ["es-EC, en;q=0.5"]},
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Up to 128 printable characters that name this intention; repeated, it has no second effect.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 128},
    },
    "RequiredIdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "Up to 128 printable characters that name this intention. Money moves only with one.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 128},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag that was read: the change is refused where somebody else has changed it since.",
        "schema": {"type": "string", "examples": ['"3"']},
    },
}
HEADERS: dict[str, Any] = {
    "ETag": {"description": "The version of what was answered.", "schema": {"type": "string"}},
    "IdempotencyHit": {
        "description": "`true` where this is the first answer again.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "RetryAfter": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
}


def _operation(operation: Operation, schemas: "_Schemas") -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary.rstrip("."),
        "tags": [operation.module],
        "parameters": list(_parameters(operation)),
        "responses": _responses(operation, schemas),
    }
    if operation.permission == PUBLIC:
        described["security"] = []
    elif operation.permission == OPEN:
        described["security"] = [{}, {"access_token": []}]
    elif operation.permission != SIGNED_IN:
        described["x-permission"] = operation.permission
    described["x-realm"] = operation.realm
    if operation.request is not None:
        described["requestBody"] = {
            "required": any(field.is_required() for field in operation.request.model_fields.values()),
            "content": {JSON: {"schema": schemas.of(operation.request, "validation")}},
        }
    return described


def _parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    for name in _PLACEHOLDER.findall(operation.path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    if operation.query is not None:
        schema = operation.query.model_json_schema(mode="validation")
        required = set(schema.get("required", []))
        for name, node in schema.get("properties", {}).items():
            node.pop("title", None)
            asked = _asked(_in_place(node, schema.get("$defs", {})))
            yield {"name": name, "in": "query", "required": name in required, "schema": asked}
    if operation.idempotent:
        kind = "RequiredIdempotencyKey" if operation.money else "IdempotencyKey"
        yield {"$ref": f"#/components/parameters/{kind}"}
    if operation.writes and operation.permission not in (PUBLIC, OPEN):
        yield {"$ref": "#/components/parameters/IfMatch"}
    yield {"$ref": "#/components/parameters/AcceptLanguage"}


def _in_place(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A parameter's schema without references: an enumeration stands where it is used."""
    if "$ref" in node:
        named = definitions[node["$ref"].rpartition("/")[2]]
        return {key: value for key, value in named.items() if key not in ("title", "description")}
    if "anyOf" in node:
        return {**node, "anyOf": [_in_place(choice, definitions) for choice in node["anyOf"]]}
    return node


def _asked(node: dict[str, Any]) -> dict[str, Any]:
    """A query parameter is there or not: it is never null."""
    choices = [choice for choice in node.get("anyOf", []) if choice.get("type") != "null"]
    if "anyOf" not in node or len(choices) != 1:
        return node
    rest = {name: value for name, value in node.items() if name not in ("anyOf", "default")}
    return {**rest, **choices[0]}


def _responses(operation: Operation, schemas: "_Schemas") -> dict[str, Any]:
    responses: dict[str, Any] = {str(operation.status): _success(operation, schemas)}
    if operation.writes and operation.permission not in (PUBLIC, OPEN) and operation.realm == STAFF:
        responses["202"] = _waits(responses.get("202"), schemas)
    for status in _statuses(operation.module):
        responses[str(status)] = {
            "$ref": f"#/components/responses/{_response_name(operation.module, status)}"
        }
    return responses


def _waits(accepted: dict[str, Any] | None, schemas: "_Schemas") -> dict[str, Any]:
    """The answer of what was put aside; ``accepted`` is what the operation itself answers with the same status."""
    pending = schemas.of(PendingView, "serialization")
    if accepted is None:
        return {"description": "Waits for a second person", "content": {JSON: {"schema": pending}}}
    schema = {"anyOf": [accepted["content"][JSON]["schema"], pending]}
    return {**accepted, "content": {JSON: {"schema": schema}}}


def _success(operation: Operation, schemas: "_Schemas") -> dict[str, Any]:
    answer: dict[str, Any] = {"description": HTTPStatus(operation.status).phrase}
    headers = {}
    if _has_version(operation.response):
        headers["ETag"] = {"$ref": "#/components/headers/ETag"}
    if operation.idempotent:
        headers["Idempotency-Hit"] = {"$ref": "#/components/headers/IdempotencyHit"}
    if headers:
        answer["headers"] = headers
    if operation.response is not None:
        answer["content"] = {JSON: {"schema": schemas.of(operation.response, "serialization")}}
    return answer


def _has_version(response: Any) -> bool:
    return (
        isinstance(response, type) and issubclass(response, BaseModel) and "version" in response.model_fields
    )


def _codes(module: str) -> dict[int, list[str]]:
    """The codes of the refusals by status that operations of a module may answer: its own and the general ones."""
    found: dict[int, set[str]] = {}
    owners = (
        *GENERAL,
        f"chalicelib.modules.{module}",
        "chalicelib.workflows" if module == "platform" else "-",
    )
    for error in _descendants(BankError):
        if error.__module__.startswith(owners) and error.status < 500 and "code" in vars(error):
            found.setdefault(error.status, set()).add(error.code)
    return {status: sorted(codes) for status, codes in sorted(found.items())}


def _descendants(error: type[BankError]) -> Iterator[type[BankError]]:
    for child in error.__subclasses__():
        yield child
        yield from _descendants(child)


def _statuses(module: str) -> list[int]:
    return list(_codes(module))


def _response_name(module: str, status: int) -> str:
    return f"{module}_{status}"


def _refusal(module: str, status: int) -> dict[str, Any]:
    codes = _codes(module)[status]
    refusal: dict[str, Any] = {
        "description": f"{HTTPStatus(status).phrase}: {', '.join(codes)}",
        "content": {PROBLEM_TYPE: {"schema": {"$ref": f"{SCHEMAS}Problem"}}},
        "x-codes": codes,
    }
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        refusal["headers"] = {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
    return refusal


class _Schemas:
    """Every model of the operations under one short name each; two models of one name take their module's."""

    def __init__(self, operations: list[Operation]) -> None:
        self._places, written = models_json_schema(
            list(dict.fromkeys(_models(operations))), ref_template=SCHEMAS + "{model}"
        )
        names = _short_names(written.get("$defs", {}))
        self._names = names
        definitions = {names[name]: self._renamed(node) for name, node in written.get("$defs", {}).items()}
        self.definitions = dict(sorted(definitions.items()))

    def of(self, response: Any, mode: JsonSchemaMode) -> dict[str, Any]:
        """The schema of a model as a reference, of any other type in place."""
        if (response, mode) in self._places:
            found: dict[str, Any] = self._renamed(self._places[response, mode])
            return found
        return TypeAdapter(response).json_schema(mode=mode)

    def _renamed(self, node: Any) -> Any:
        if isinstance(node, list):
            return [self._renamed(inner) for inner in node]
        if not isinstance(node, dict):
            return node
        renamed = {
            name: self._renamed(inner)
            for name, inner in node.items()
            if name != "title" or not isinstance(inner, str)  # pydantic's: the name once more
        }
        if isinstance(node.get("$ref"), str):
            renamed["$ref"] = SCHEMAS + self._names[node["$ref"].removeprefix(SCHEMAS)]
        return renamed


def _models(operations: list[Operation]) -> Iterator[Model]:
    yield Problem, "serialization"
    yield PendingView, "serialization"
    for operation in operations:
        if operation.request is not None:
            yield operation.request, "validation"
        if isinstance(operation.response, type) and issubclass(operation.response, BaseModel):
            yield operation.response, "serialization"


def _short_names(definitions: dict[str, Any]) -> dict[str, str]:
    """Name as pydantic writes it → name in the document; ``…deposits__schemas__AccountView`` → DepositsAccountView."""
    names: dict[str, str] = {}
    for name in sorted(definitions):
        parts = name.split("__")
        owner = parts[2] if parts[:2] == ["chalicelib", "modules"] and len(parts) > 3 else ""
        short = owner.title().replace("_", "") + parts[-1] if len(parts) > 1 else name
        names[name] = short if short not in names.values() else name
    return names
