"""Signing in, staying in and leaving, over HTTP: visitor → edge → gateway → Lambda → DynamoDB."""

import base64
import json
import time

import pytest

from infra.paths import ROOT
from tests.integration.client import Client, People, Reply
from tests.integration.served import FIRST, ServedBank


def test_the_bank_is_healthy(people: People) -> None:
    assert people.visitor().get("/platform/health").expect(200).json


def test_the_served_api_is_the_committed_document(people: People) -> None:
    served = people.visitor().get("/openapi.json").expect(200)
    assert served.json == json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))


def test_a_visitor_sees_the_cooperatives_and_nothing_else(people: People) -> None:
    visitor = people.visitor()
    assert {row["code"] for row in visitor.get("/platform/tenants").expect(200)["items"]} >= {FIRST}
    assert visitor.get("/platform/me").status == 401
    assert visitor.get("/deposits/accounts?party_id=x").code == "not_signed_in"


def test_staff_and_members_sign_in_with_their_own_doors(people: People) -> None:
    session = people.staff("cajero1").session
    assert session["user"]["roles"] == ["teller"]
    assert session["tenant"]["code"] == FIRST
    assert people.staff("cajero1").get("/platform/me").expect(200)["user"]["username"] == "cajero1"
    assert people.member().get("/member_portal/position").expect(200)["accounts"]
    assert people.staff("cajero1").get("/member_portal/position").status == 403
    assert people.member().get("/platform/audit-events").status == 403


def neutral(reply: Reply) -> dict[str, str]:
    return {name: value for name, value in reply.expect(401).json.items() if name != "request_id"}


@pytest.mark.feature("POR-24")
def test_unknown_users_and_wrong_passwords_read_the_same(people: People, served: ServedBank) -> None:
    right = {"tenant": FIRST, **served.member(FIRST, 3)}
    asked = [
        {**right, "password": "no-es-la-clave-1"},
        {**right, "username": "nadie.conocido"},
        {**right, "tenant": "otra"},
    ]
    answers = [neutral(people.visitor().post("/member_portal/sessions", body)) for body in asked]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["code"] == "invalid_credentials"
    people.visitor().post("/member_portal/sessions", right).expect(201)


def forged(token: str, **claims: object) -> str:
    """The token with other claims and its old signature."""
    head, body, signature = token.split(".")
    content = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    changed = base64.urlsafe_b64encode(json.dumps(content | claims).encode()).rstrip(b"=").decode()
    return f"{head}.{changed}.{signature}"


def test_no_token_but_ours_is_believed(people: People) -> None:
    token = people.staff("cajero1").token
    head, body, _ = token.split(".")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    attempts = [
        "",
        "no-es-un-token",
        forged(token, exp=int(time.time()) + 86_400),
        forged(token, tid="frailejon"),
        f"{head}.{body}.",
        f"{unsigned}.{body}.",
    ]
    for attempt in attempts:
        reply = Client(people.served.url, attempt).get("/platform/me")
        assert (reply.status, reply.code) == (401, "not_signed_in"), attempt


def test_an_expired_token_is_refused(people: People) -> None:
    """Signed with the bank's own key, as of twenty minutes ago."""
    import boto3
    import jwt

    environment = people.served.bank.environment()
    secrets = boto3.client(
        "secretsmanager",
        endpoint_url=environment["AWS_ENDPOINT_URL"],
        region_name=environment["AWS_REGION"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    kept = json.loads(secrets.get_secret_value(SecretId=environment["MINGA_SIGNING_SECRET"])["SecretString"])
    token = people.staff("cajero1").token
    claims = jwt.decode(token, options={"verify_signature": False})
    key = jwt.get_unverified_header(token)["kid"]
    private = next(pair["private"] for pair in kept["keys"] if pair["kid"] == key)
    for age, status in ((0, 200), (1200, 401)):
        aged = {**claims, "iat": claims["iat"] - age, "exp": claims["exp"] - age}
        signed = jwt.encode(aged, private, algorithm="EdDSA", headers={"kid": key})
        assert Client(people.served.url, signed).get("/platform/me").status == status


def test_a_refresh_token_is_good_once_and_its_second_use_ends_the_session(
    people: People, served: ServedBank
) -> None:
    first = people.sign_in("access", FIRST, served.staff(FIRST, "cajero2"))
    visitor = people.visitor()
    renewed = visitor.post("/access/tokens", {"refresh_token": first.session["refresh_token"]}).expect(201)
    assert renewed["refresh_token"] != first.session["refresh_token"]
    second = Client(served.url, renewed["access_token"])
    second.get("/platform/me").expect(200)
    again = visitor.post("/access/tokens", {"refresh_token": first.session["refresh_token"]})
    assert again.status == 401
    assert second.get("/platform/me").status == 401
    assert visitor.post("/access/tokens", {"refresh_token": renewed["refresh_token"]}).status == 401


@pytest.mark.feature("POR-23")
def test_signing_out_ends_the_session_and_nothing_was_kept(people: People, served: ServedBank) -> None:
    member = people.sign_in("member_portal", FIRST, served.member(FIRST, 2))
    seen = member.get("/member_portal/position").expect(200)
    assert seen.headers["Cache-Control"] == "no-store"
    member.delete("/member_portal/sessions/current").expect(204)
    assert member.get("/member_portal/position").status == 401
    refresh = {"refresh_token": member.session["refresh_token"]}
    assert people.visitor().post("/member_portal/tokens", refresh).status == 401
