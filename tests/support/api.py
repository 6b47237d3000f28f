"""A client of the bank's API that runs the real pipeline in the test's own process.

``api("teller")`` is the teller of the first test cooperative; paths are those of the gateway without the host:
``api("teller").post("/v1/deposits/accounts/dep_…/deposits", {"amount": usd("10.00")})``.
"""

import itertools
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from chalicelib.platform.access import tokens
from chalicelib.platform.http.call import Answer, Call
from chalicelib.platform.http.pipeline import execute
from chalicelib.platform.http.routes import Operation, all_operations

TOKEN_SECONDS = 400
_numbers = itertools.count(1)


class Refused(AssertionError):
    """The bank answered otherwise than the test expected; the message holds the answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bank answered."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text) if self.text else None

    def __getitem__(self, name: str) -> Any:
        return self.json[name]

    @property
    def code(self) -> str:
        """The problem's code; empty where it is no problem."""
        return str(self.json.get("code", "")) if self.status >= 400 else ""

    @property
    def etag(self) -> str:
        """What to send as If-Match."""
        return self.headers.get("ETag", "")

    def expect(self, *statuses: int) -> "Reply":
        """This reply, if its status is one of these (any success where none is named). Raises Refused."""
        if self.status not in (statuses or range(200, 300)):
            raise Refused(f"{self.status}: {self.text}")
        return self


@dataclass(slots=True)
class Client:
    """Somebody who uses the API; ``token`` gives a fresh access token, or an empty text for a visitor."""

    tenant: str
    name: str
    token: Callable[[], str]
    person_id: str = ""
    language: str = "es"
    _kept: tuple[float, str] = field(default=(0.0, ""))

    def get(self, path: str, **options: Any) -> Reply:
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("POST", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("PUT", path, body, **options)

    def patch(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("PATCH", path, body, **options)

    def delete(self, path: str, **options: Any) -> Reply:
        return self.send("DELETE", path, **options)

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        if_match: str | int | None = None,
        headers: dict[str, str] | None = None,
        raw: bytes | None = None,
    ) -> Reply:
        """One request. Operations on money get a new Idempotency-Key where none is given; ``key=""`` sends none."""
        address = urlsplit(path)
        operation, names = find_operation(method, address.path)
        if key is None and operation.money:
            key = f"key-{next(_numbers)}"
        sent = {"accept-language": self.language, "x-device-id": "test"}
        if token := self._fresh_token():
            sent["authorization"] = f"Bearer {token}"
        if key:
            sent["idempotency-key"] = key
        if if_match is not None:
            sent["if-match"] = f'"{if_match}"' if isinstance(if_match, int) else if_match
        content = raw if raw is not None else (b"" if body is None else json.dumps(body).encode())
        call = Call(
            request_id=f"req-{next(_numbers)}",
            headers={**sent, **{name.lower(): value for name, value in (headers or {}).items()}},
            path=names,
            query=dict(parse_qsl(address.query, keep_blank_values=True)),
            body=content,
            address="192.0.2.1",
        )
        answer: Answer = execute(operation, call)
        return Reply(answer.status, dict(answer.headers), answer.body)

    def _fresh_token(self) -> str:
        issued, token = self._kept
        if not token or time.monotonic() - issued > TOKEN_SECONDS:
            token = self.token()
            self._kept = (time.monotonic(), token)
        return token


def token_of(tenant: str, realm: str, subject: str, session: str) -> str:
    """An access token of a session that exists."""
    return tokens.issue(tokens.Claims(tenant, realm, subject, session))[0]


def find_operation(method: str, path: str) -> tuple[Operation, dict[str, str]]:
    """(operation, values of its placeholders); fixed parts of a path win over placeholders."""
    for pattern, operation in _patterns(_declared()):
        match = pattern.fullmatch(path)
        if match and operation.method == method:
            return operation, match.groupdict()
    raise LookupError(f"no route: {method} {path}")


def _declared() -> tuple[str, ...]:
    return tuple(f"{operation.method} {operation.path}" for operation in all_operations())


@lru_cache(maxsize=4)
def _patterns(declared: tuple[str, ...]) -> list[tuple[re.Pattern[str], Operation]]:
    ordered = sorted(all_operations(), key=lambda operation: operation.path.count("{"))
    return [(re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", each.path)), each) for each in ordered]
