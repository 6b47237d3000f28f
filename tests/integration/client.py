"""Somebody who uses the bank over HTTP."""

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.integration.served import FIRST, PATIENCE_SECONDS, ServedBank


class Refused(AssertionError):
    """The bank answered otherwise than the test expected; the message holds the answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else None

    @property
    def code(self) -> str:
        """The problem's code; empty where it is no problem."""
        return str(self.json.get("code", "")) if self.status >= 400 else ""

    def __getitem__(self, name: str) -> Any:
        return self.json[name]

    def expect(self, *statuses: int) -> "Reply":
        """This reply, if its status is one of these. Raises Refused."""
        if self.status not in statuses:
            raise Refused(f"{self.status}: {self.body.decode(errors='replace')[:600]}")
        return self


@dataclass(slots=True)
class Client:
    """A caller with an access token, or a visitor where it is empty."""

    url: str
    token: str = ""
    language: str = "es"
    session: dict[str, Any] = field(default_factory=dict)
    _http: requests.Session = field(default_factory=requests.Session, repr=False)

    def get(self, path: str, **options: Any) -> Reply:
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("POST", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("PUT", path, body, **options)

    def delete(self, path: str, **options: Any) -> Reply:
        return self.send("DELETE", path, **options)

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        raw: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """One request; POST takes a new Idempotency-Key where none is given, ``key=""`` sends none."""
        sent = {"Accept-Language": self.language, "Content-Type": "application/json"}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if key is None and method == "POST":
            key = str(uuid.uuid4())
        if key:
            sent["Idempotency-Key"] = key
        data = raw if raw is not None else (None if body is None else json.dumps(body).encode())
        answer = self._http.request(
            method,
            f"{self.url}/api/v1{path}",
            data=data,
            headers={**sent, **(headers or {})},
            timeout=PATIENCE_SECONDS,
        )
        return Reply(answer.status_code, answer.headers, answer.content)


class People:
    """The clients of a bank, each signed in once."""

    def __init__(self, served: ServedBank) -> None:
        self.served = served
        self._known: dict[tuple[str, str, str], Client] = {}

    def visitor(self, language: str = "es") -> Client:
        return Client(self.served.url, language=language)

    def staff(self, username: str, tenant: str = FIRST) -> Client:
        """A member of staff of a demo cooperative, by user name."""
        return self._signed_in("access", tenant, self.served.staff(tenant, username))

    def member(self, number: int = 0, tenant: str = FIRST) -> Client:
        """One of the members who can sign in."""
        return self._signed_in("member_portal", tenant, self.served.member(tenant, number))

    def sign_in(self, realm: str, tenant: str, user: dict[str, str]) -> Client:
        """A new session of somebody."""
        asked = {"tenant": tenant, "username": user["username"], "password": user["password"]}
        session = self.visitor().post(f"/{realm}/sessions", asked, key="").expect(201).json
        return Client(self.served.url, session["access_token"], session=session)

    def _signed_in(self, realm: str, tenant: str, user: dict[str, str]) -> Client:
        place = (realm, tenant, user["username"])
        if place not in self._known:
            self._known[place] = self.sign_in(realm, tenant, user)
        return self._known[place]


def usd(amount: str) -> dict[str, str]:
    """Dollars as the API takes them."""
    return {"amount": amount, "currency": "USD"}


def a_member(people: People, branch: str = "1") -> dict[str, Any]:
    """A person registered by the officer of branch 1, with a passport nobody has."""
    number = uuid.uuid4().int % 10**8
    asked = {
        "kind": "natural",
        "party_type": "MEMBER",
        "branch": branch,
        "form": "min_related",
        "document_type": "P",
        "document_number": f"IT{number:08d}",
        "given_1": "Nina",
        "surname_1": f"Chimbo {number}",
        "birth_date": "1990-05-01",
        "document_expires_on": "2035-01-01",
        "document_issue_place": "Quito",
    }
    made: dict[str, Any] = people.staff("oficial1").post("/parties/parties", asked).expect(201).json
    return made


def an_account(people: People, balance: str = "", plan: str = "S1") -> dict[str, Any]:
    """A new savings account at branch 1 of a new member, with a first deposit where a balance is given."""
    asked = {"party_id": a_member(people)["id"], "plan": plan, "branch": "1"}
    account: dict[str, Any] = people.staff("oficial1").post("/deposits/accounts", asked).expect(201).json
    if balance:
        deposit(people, account["id"], balance).expect(201)
    return account


def deposit(people: People, account: str, amount: str, **options: Any) -> Reply:
    """Cash in by the teller of branch 1."""
    return people.staff("cajero1").post(
        f"/deposits/accounts/{account}/deposits", {"amount": usd(amount)}, **options
    )


def ledger(people: People, account: str) -> str:
    """The ledger balance as text."""
    found: str = (
        people.staff("cajero1").get(f"/deposits/accounts/{account}/balances").expect(200)["ledger"]["amount"]
    )
    return found
