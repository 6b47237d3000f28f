"""What the body of a request must be before its fields are looked at: a JSON object of a depth and of numbers that
every part of the bank can keep."""

import json
from typing import Any

from chalicelib.kernel.errors import BankError
from chalicelib.platform.problems import FieldProblem

DEEPEST = 32
LARGEST = 10**18
"""Integers are kept as 64 bits in many places; no quantity of the bank comes near."""


class MalformedBody(BankError):
    """The body is not JSON."""

    code = "malformed_json"
    status = 400


def body_problem(body: bytes) -> FieldProblem | None:
    """The first thing that no field can be, or None. Raises MalformedBody for what is not JSON, or nested too deep."""
    try:
        content = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise MalformedBody() from None
    if not isinstance(content, dict):
        return FieldProblem("", "not_an_object")
    return _problem(content, "", 1)


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _problem(value: Any, path: str, depth: int) -> FieldProblem | None:
    if isinstance(value, int | float):
        return None if abs(value) < LARGEST else FieldProblem(path, "number_too_large")
    if not isinstance(value, dict | list):
        return None
    if depth > DEEPEST:
        raise MalformedBody()
    rows = value.items() if isinstance(value, dict) else enumerate(value)
    found = (_problem(inner, f"{path}.{name}" if path else str(name), depth + 1) for name, inner in rows)
    return next((problem for problem in found if problem), None)
