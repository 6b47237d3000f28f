"""Signing in and out of the console, renewing tokens, changing the password."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.platform import clock, throttling
from chalicelib.platform.access.people import LOGINS, PEOPLE, Realm
from chalicelib.platform.tenancy import TENANTS, TenantState
from tests.support.api import Client
from tests.support.bank import FIRST, SECOND, Bank
from tests.support.provision import PASSWORD

NEW_PASSWORD = "Lluvia-sobre-el-cerro-9"
SESSIONS, TOKENS = "/v1/access/sessions", "/v1/access/tokens"


def credentials(**changed: str) -> dict[str, str]:
    return {"tenant": FIRST, "username": "teller", "password": PASSWORD, **changed}


def signed_in(token: str, tenant: str = FIRST) -> Client:
    return Client(tenant, "somebody", lambda: token)


def a_session(api: Bank, **changed: str) -> dict[str, Any]:
    session: dict[str, Any] = api().post(SESSIONS, credentials(**changed)).expect(201).json
    return session


def test_a_session_says_who_signed_in_and_where(api: Bank) -> None:
    session = a_session(api)
    assert session["user"] == {
        **session["user"],
        "username": "teller",
        "name": "Diana Morales",
        "roles": ["teller"],
        "branches": ["1"],
        "branch_scope": "all",
        "language": "es",
    }
    assert "deposits.post_deposit" in session["user"]["permissions"]
    assert session["tenant"]["code"] == FIRST
    assert session["tenant"]["branding"]["primary"] == "#1f5f5b"
    assert session["must_change_password"] is False
    assert signed_in(session["access_token"]).get("/v1/platform/me").status == 200


def test_signing_in_is_on_record_with_its_time(api: Bank) -> None:
    person = a_session(api)["user"]["id"]
    assert api.work().get(PEOPLE, id=person).last_sign_in is not None
    found = api("auditor").get(f"/v1/platform/audit-events?actor={person}&kind=session").expect(200).json
    assert [event["operation"] for event in found["items"]] == ["platform.sign_in"]
    assert found["items"][0]["actor_name"] == "Diana Morales"
    assert found["items"][0]["address"] == "192.0.2.1"


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "nope"},
        {"username": "nobody"},
        {"tenant": "nowhere"},
        {"tenant": SECOND, "username": "officer2"},
        {"tenant": "platform"},
        {"tenant": "sisa#login"},
        {"tenant": "SISA"},
    ],
)
def test_every_wrong_sign_in_gets_the_same_answer(api: Bank, wrong: dict[str, str]) -> None:
    answer = api().post(SESSIONS, credentials(**wrong))
    assert (answer.status, answer.code) == (401, "invalid_credentials")
    assert answer["title"] == "No se pudo ingresar"
    assert set(answer.json) == {"type", "title", "status", "detail", "code", "request_id", "remedy"}


def test_names_are_not_case_sensitive_and_passwords_are(api: Bank) -> None:
    assert api().post(SESSIONS, credentials(username=" TELLER ")).status == 201
    assert api().post(SESSIONS, credentials(password=PASSWORD.upper())).status == 401


def test_five_wrong_passwords_lock_the_name_for_a_while(api: Bank) -> None:
    for _ in range(5):
        assert api().post(SESSIONS, credentials(password="wrong")).status == 401
    locked = api().post(SESSIONS, credentials())
    assert (locked.status, locked.code) == (429, "too_many_attempts")
    assert int(locked.headers["Retry-After"]) > 0
    assert api().post(SESSIONS, credentials(username="officer")).status == 201


def test_signing_in_often_locks_nobody(api: Bank) -> None:
    assert [api().post(SESSIONS, credentials()).status for _ in range(8)] == [201] * 8


def test_a_refresh_token_is_good_once(api: Bank) -> None:
    session = a_session(api)
    renewed = api().post(TOKENS, {"refresh_token": session["refresh_token"]}).expect(201).json
    assert signed_in(renewed["access_token"]).get("/v1/platform/me").status == 200
    assert api().post(TOKENS, {"refresh_token": renewed["refresh_token"]}).status == 201


def test_a_refresh_token_used_twice_ends_the_session(api: Bank) -> None:
    session = a_session(api)
    api().post(TOKENS, {"refresh_token": session["refresh_token"]}).expect(201)
    again = api().post(TOKENS, {"refresh_token": session["refresh_token"]})
    assert (again.status, again.code) == (401, "not_signed_in")
    assert signed_in(session["access_token"]).get("/v1/platform/me").status == 401


@pytest.mark.parametrize("written", ["x", "a.b", "sisa.ses_x.y", "nowhere.ses_x.y", "..", "sisa..z"])
def test_a_made_up_refresh_token_is_refused(api: Bank, written: str) -> None:
    answer = api().post(TOKENS, {"refresh_token": written})
    assert (answer.status, answer.code) == (401, "not_signed_in")


def test_a_session_that_was_ended_is_refused_at_once(api: Bank) -> None:
    client = signed_in(a_session(api)["access_token"])
    client.delete("/v1/access/sessions/current").expect(204)
    assert client.get("/v1/platform/me").code == "not_signed_in"


def test_a_new_password_replaces_the_old_one_and_ends_the_other_sessions(api: Bank) -> None:
    here, there = signed_in(a_session(api)["access_token"]), signed_in(a_session(api)["access_token"])
    here.put("/v1/access/password", {"current": PASSWORD, "new": NEW_PASSWORD}).expect(204)
    assert here.get("/v1/platform/me").status == 200
    assert there.get("/v1/platform/me").status == 401
    assert api().post(SESSIONS, credentials()).status == 401
    assert api().post(SESSIONS, credentials(password=NEW_PASSWORD)).status == 201
    told = here.get("/v1/platform/notifications").expect(200)["items"]
    assert [notice["event"] for notice in told] == ["access.password_changed"]
    assert NEW_PASSWORD not in str(told)


@pytest.mark.parametrize(
    "new",
    ["short", "mi-teller-favorito", "aaaaaaaaaaaaaa", "contraseña", PASSWORD],
    ids=["short", "own name", "one letter", "leaked", "old"],
)
def test_a_password_that_will_not_do_says_why(api: Bank, new: str) -> None:
    client = signed_in(a_session(api)["access_token"])
    answer = client.put("/v1/access/password", {"current": PASSWORD, "new": new})
    assert (answer.status, answer.code, answer["field"]) == (422, "weak_password", "new")


def test_a_wrong_current_password_is_a_401_that_leaves_the_session(api: Bank) -> None:
    client = signed_in(a_session(api)["access_token"])
    answer = client.put("/v1/access/password", {"current": "wrong", "new": NEW_PASSWORD})
    assert (answer.status, answer.code, answer.json.get("field")) == (401, "wrong_password", None)
    assert client.get("/v1/platform/me").status == 200


def test_a_temporary_password_opens_only_the_change_of_password(api: Bank) -> None:
    work = api.work()
    login = work.get(LOGINS, realm=Realm.STAFF, username="teller")
    work.put(LOGINS, replace(login, must_change=True))
    work.commit()
    session = a_session(api)
    client = signed_in(session["access_token"])
    assert session["must_change_password"] is True
    assert client.get("/v1/platform/me").code == "password_change_required"
    client.put("/v1/access/password", {"current": PASSWORD, "new": NEW_PASSWORD}).expect(204)
    assert client.get("/v1/platform/me").status == 200


def test_members_do_not_sign_in_at_the_console(api: Bank) -> None:
    member = api.member("pty_x")
    assert member.put("/v1/access/password", {"current": "a", "new": "b"}).code == "permission_denied"


@pytest.mark.parametrize("path", ["/v1/platform/me", "/v1/platform/approvals", "/v1/platform/audit-events"])
@pytest.mark.parametrize("token", ["", "made-up", "eyJhbGciOiJub25lIn0.e30."])
def test_without_a_valid_token_nothing_is_served(api: Bank, path: str, token: str) -> None:
    answer = signed_in(token).get(path)
    assert (answer.status, answer.code) == (401, "not_signed_in")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_suspended_cooperative_is_read_and_not_changed(api: Bank) -> None:
    work = api.work()
    work.put(TENANTS, replace(work.get(TENANTS), state=TenantState.SUSPENDED))
    work.commit()
    assert api("admin").get("/v1/platform/me").status == 200
    answer = api("admin").put("/v1/platform/texts/es/menu.home", {"text": "Portada"})
    assert (answer.status, answer.code) == (423, "tenant_suspended")


@pytest.mark.feature("GEN-93")
def test_over_the_limit_of_the_minute_the_rest_waits_and_others_do_not(
    api: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = api.work()
    work.put(TENANTS, replace(work.get(TENANTS), requests_per_minute=100))
    work.commit()
    moment = clock.epoch_seconds() // 60 * 60 - 59
    monkeypatch.setattr(throttling.clock, "epoch_seconds", lambda: moment)
    mine, theirs = api("teller"), api("teller", SECOND)
    answers = [mine.get("/v1/platform/currencies") for _ in range(150)]
    refused = [answer for answer in answers if answer.status == 429]
    assert [answer.status for answer in answers] == [200] * 100 + [429] * 50
    assert {answer.headers["Retry-After"] for answer in refused} == {"59"}
    assert refused[0].code == "too_many_requests"
    assert theirs.get("/v1/platform/currencies").status == 200


def test_one_address_signs_in_so_often_and_no_more(api: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = clock.epoch_seconds() // 60 * 60 - 59
    monkeypatch.setattr(throttling.clock, "epoch_seconds", lambda: moment)
    monkeypatch.setattr("chalicelib.platform.access.entrance.SIGN_INS_PER_MINUTE", 3)
    answers = [api().post(SESSIONS, credentials(username=f"user{n}")).code for n in range(4)]
    assert answers == ["invalid_credentials"] * 3 + ["too_many_requests"]
