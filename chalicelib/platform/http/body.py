"""What a request must be before its fields are looked at: a JSON object of a depth, of texts and of numbers that every
part of the bank can keep, and a query of such texts."""

import json
from typing import Any

from chalicelib.kernel.errors import BankError, Invalid
from chalicelib.platform.plain_text import is_plain
from chalicelib.platform.problems import FieldProblem

DEEPEST = 32
LARGEST = 10**18
"""Integers are kept as 64 bits in many places; no quantity of the bank comes near."""


class RepeatedName(Invalid):
    """An object of the body has the same name twice, and the two could say different things."""

    code = "name_repeated"


class MalformedBody(BankError):
    """The body is not JSON."""

    code = "malformed_json"
    status = 400


def body_problem(body: bytes) -> FieldProblem | None:
    """The first thing that no field can be, or None.

    Raises MalformedBody for what is not JSON, or nested too deep; RepeatedName.
    """
    try:
        content = json.loads(body.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        raise MalformedBody() from None
    if not isinstance(content, dict):
        return FieldProblem("", "not_an_object")
    return _problem(content, "", 1)


def query_problem(query: dict[str, str]) -> FieldProblem | None:
    """The first value of a query that no field can have, or None."""
    return _problem(dict(query), "", 1)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in found if names.count(name) > 1)
        raise RepeatedName(repeated, name=repeated)
    return found


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _problem(value: Any, path: str, depth: int) -> FieldProblem | None:
    if isinstance(value, int | float):
        return None if abs(value) < LARGEST else FieldProblem(path, "number_too_large")
    if isinstance(value, str):
        return None if is_plain(value) else FieldProblem(path, "invisible_characters")
    if not isinstance(value, dict | list):
        return None
    if depth > DEEPEST:
        raise MalformedBody()
    if isinstance(value, dict) and not all(is_plain(name) for name in value):
        return FieldProblem(path, "invisible_characters")
    rows = value.items() if isinstance(value, dict) else enumerate(value)
    found = (_problem(inner, f"{path}.{name}" if path else str(name), depth + 1) for name, inner in rows)
    return next((problem for problem in found if problem), None)
