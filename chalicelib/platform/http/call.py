"""A request and its answer, free of the web framework."""

from dataclasses import field
from typing import Any

import orjson

from chalicelib.kernel.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request. Header names are lower case; ``path`` values come from the route's own placeholders."""

    request_id: str
    headers: dict[str, str]
    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    address: str = ""

    def header(self, name: str) -> str:
        return self.headers.get(name.lower(), "").strip()


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP response; ``body`` is text. ``entity`` names what was answered, for the audit trail."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)
    entity: str = ""

    @staticmethod
    def json(status: int, content: Any, **headers: str) -> "Answer":
        """An answer with JSON content and the headers every answer has."""
        return Answer(
            status,
            orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS).decode(),
            {"Content-Type": "application/json", "Cache-Control": "no-store", **headers},
        )
