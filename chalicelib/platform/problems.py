"""Every refusal as RFC 9457 problem+json, rendered in one place, in the caller's language."""

import dataclasses
import re
from typing import Any

from pydantic import ValidationError

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError
from chalicelib.platform import texts
from chalicelib.platform.listener import Listener

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
QUOTED = re.compile(r"'([^']*)'")
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
        params: dict[str, Any] = context
        if row["type"] in ("literal_error", "enum"):
            params["expected"] = tuple(QUOTED.findall(params["expected"])) or params["expected"]
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


def render(error: BankError, listener: Listener, request_id: str) -> dict[str, Any]:
    """The problem document of a refusal: type, title, status, detail, code, field, remedy, errors, request_id.

    What is wrong with a single field has words of its own for the detail and, where there is none, the general title.
    A refusal that gives its ``reason`` has other words for some of them: ``errors.<code>.detail.<reason>``.
    """
    code, params = error.code, error.params
    problem: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": listener.text(_title_key(code, listener), code, params),
        "status": error.status,
        "detail": listener.text(_detail_key(code, params, listener), code, params),
        "code": code,
        "request_id": request_id,
    }
    problem |= getattr(error, "extensions", {})
    if error.field:
        problem["field"] = error.field
    if listener.find(f"errors.{code}.remedy"):
        problem["remedy"] = listener.text(f"errors.{code}.remedy", code, params)
    rows: list[FieldProblem] = getattr(error, "errors", [])
    if rows:
        problem["errors"] = [
            {
                "field": row.field,
                "code": row.code,
                "message": listener.text(_detail_key(row.code, row.params, listener), row.code, row.params),
            }
            for row in rows
        ]
    return problem


def _title_key(code: str, listener: Listener) -> str:
    key = f"errors.{code}.title"
    return key if listener.find(key) else GENERAL_TITLE


def _detail_key(code: str, params: dict[str, Any], listener: Listener) -> str:
    key = f"errors.{code}.detail"
    particular = f"{key}.{params.get('reason', '')}"
    return particular if listener.find(particular) else key
