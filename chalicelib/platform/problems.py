"""Every refusal as RFC 9457 problem+json, rendered in one place, in the caller's language."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from chalicelib.kernel.errors import BankError
from chalicelib.platform import texts

PROBLEM_TYPE = "application/problem+json"
CODES = {
    "missing": "required",
    "extra_forbidden": "unknown_field",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "too_short": "too_short",
    "too_long": "too_long",
    "string_pattern_mismatch": "wrong_format",
    "json_invalid": "malformed_json",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
    "literal_error": "not_allowed",
    "enum": "not_allowed",
    "date_from_datetime_parsing": "wrong_format",
    "date_parsing": "wrong_format",
}


LIMITS = ("gt", "ge", "lt", "le")
GENERAL_TITLE = "errors.invalid_request.title"


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field; ``params`` fill the text."""

    field: str
    code: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)


def field_problems(error: ValidationError) -> list[FieldProblem]:
    """One problem per field that a model refused, with the stable code our validators raise."""
    found = []
    for row in error.errors(include_url=False, include_input=False):
        path = ".".join(str(part) for part in row["loc"])
        context = dict(row.get("ctx", {}))
        raised = context.pop("error", None)
        params = {name: str(value) for name, value in context.items()}
        bounds = [params[sign] for sign in LIMITS if sign in params]
        params |= {"bound": bounds[0]} if bounds else {}
        if row["type"] == "value_error":
            code = _own_code(str(raised))
        elif row["type"] in CODES:
            code = CODES[row["type"]]
        else:
            code = row["type"] if texts.find(f"errors.{row['type']}.detail", texts.SPANISH) else "wrong_type"
        found.append(FieldProblem(path, code, params))
    return found


def _own_code(text: str) -> str:
    code = text.split(":")[0].strip()
    return code if code.replace("_", "").isalnum() and " " not in code else "invalid_value"


def render(error: BankError, language: str, request_id: str) -> dict[str, Any]:
    """The problem document of a refusal: type, title, status, detail, code, field, remedy, errors, request_id.

    What is wrong with a single field has words of its own for the detail and, where there is none, the general title.
    """
    params = {name: str(value) for name, value in error.params.items()}
    problem: dict[str, Any] = {
        "type": f"/problems/{error.code}",
        "title": texts.text(_title_key(error.code, language), language, **params),
        "status": error.status,
        "detail": texts.text(f"errors.{error.code}.detail", language, **params),
        "code": error.code,
        "request_id": request_id,
    }
    problem |= getattr(error, "extensions", {})
    if error.field:
        problem["field"] = error.field
    if texts.find(f"errors.{error.code}.remedy", language):
        problem["remedy"] = texts.text(f"errors.{error.code}.remedy", language, **params)
    rows: list[FieldProblem] = getattr(error, "errors", [])
    if rows:
        problem["errors"] = [
            {
                "field": row.field,
                "code": row.code,
                "message": texts.text(f"errors.{row.code}.detail", language, **row.params),
            }
            for row in rows
        ]
    return problem


def _title_key(code: str, language: str) -> str:
    key = f"errors.{code}.title"
    return key if texts.find(key, language) else GENERAL_TITLE
