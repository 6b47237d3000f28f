"""Limits, sessions and attempts to sign in: what must hold when many try at once."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.platform import clock, throttling
from chalicelib.platform.access import keys, service, tokens
from chalicelib.platform.access.authentication import visitor
from chalicelib.platform.access.entrance import open_session
from chalicelib.platform.access.people import PEOPLE, SESSIONS_OF, Realm
from chalicelib.platform.http.call import Call
from chalicelib.platform.tenancy import TENANTS, TenantState
from tests.support.api import Client
from tests.support.bank import FIRST, SECOND, Bank
from tests.support.provision import PASSWORD

NEW_PASSWORD = "Lluvia-sobre-el-cerro-9"
SESSIONS, TOKENS, ME = "/v1/access/sessions", "/v1/access/tokens", "/v1/platform/me"
RULE, INBOX = "platform.approval_rule", "/v1/platform/approvals"


def tenant_with(api: Bank, **changed: Any) -> None:
    work = api.work()
    work.put(TENANTS, replace(work.get(TENANTS), **changed))
    work.commit()


def changed_person(api: Bank, who: str, **changed: Any) -> None:
    work = api.work()
    work.put(PEOPLE, replace(work.get(PEOPLE, id=api.person(who).id), **changed))
    work.commit()


def a_session(api: Bank, **changed: str) -> dict[str, Any]:
    asked = {"tenant": FIRST, "username": "teller", "password": PASSWORD, **changed}
    session: dict[str, Any] = api().post(SESSIONS, asked).expect(201).json
    return session


def holding(token: str) -> Client:
    return Client(FIRST, "somebody", lambda: token)


# -- limits of the minute -----------------------------------------------------------------------------------------


@pytest.fixture
def minute(monkeypatch: pytest.MonkeyPatch) -> int:
    """The clock stands one second into the minute before: tokens are verified by the real clock, never early."""
    moment = clock.epoch_seconds() // 60 * 60 - 59
    monkeypatch.setattr(throttling.clock, "epoch_seconds", lambda: moment)
    return moment


@pytest.mark.feature("GEN-93")
@pytest.mark.parametrize("limit", ["user_requests_per_minute", "requests_per_minute"])
@pytest.mark.parametrize("most", [100, 7])
def test_exactly_the_limit_of_one_person_or_of_all_passes(
    api: Bank, minute: int, limit: str, most: int
) -> None:
    tenant_with(api, **{limit: most})
    answers = [api("teller").get("/v1/platform/currencies") for _ in range(most + 50)]
    assert [answer.status for answer in answers] == [200] * most + [429] * 50
    assert {answer.headers["Retry-After"] for answer in answers[most:]} == {"59"}
    assert api("teller", SECOND).get("/v1/platform/currencies").status == 200


def test_who_is_over_the_own_limit_uses_up_nothing_of_the_others(api: Bank, minute: int) -> None:
    tenant_with(api, user_requests_per_minute=5, requests_per_minute=20)
    assert [api("teller").get(ME).status for _ in range(100)].count(200) == 5
    assert [api("officer").get(ME).status for _ in range(5)] == [200] * 5
    assert [api("accountant").get(ME).status for _ in range(5)] == [200] * 5
    assert [api("manager").get(ME).status for _ in range(5)] == [200] * 5


def test_members_do_not_starve_the_counter(api: Bank, minute: int) -> None:
    tenant_with(api, requests_per_minute=16)
    members = [api.member(f"pty_{number}") for number in range(4)]
    statuses = [member.get(ME).status for _ in range(20) for member in members]
    half_of_items_still_empty = 16 // 2
    assert statuses.count(200) <= 16 + half_of_items_still_empty
    assert [api("teller").get(ME).status for _ in range(16)] == [200] * 16


def test_many_people_together_stay_within_the_limit(api: Bank, minute: int) -> None:
    store = api.store()
    people = [f"usr_{number}" for number in range(30)]
    passed = 0
    for _ in range(30):
        for person in people:
            try:
                throttling.count_person(store, person, "staff", 1000, 400)
                passed += 1
            except throttling.TooManyRequests:
                pass
    assert 400 <= passed <= 400 + len(people)


# -- sessions -----------------------------------------------------------------------------------------------------


def test_all_sessions_end_in_one_write(api: Bank) -> None:
    sessions = [a_session(api) for _ in range(3)]
    work = api.work()
    service.end_sessions(work, api.person("teller").id)
    assert work.writes == 1
    work.commit()
    for session in sessions:
        assert holding(session["access_token"]).get(ME).status == 401
        renewed = api().post(TOKENS, {"refresh_token": session["refresh_token"]})
        assert (renewed.status, renewed.code) == (401, "not_signed_in")
    assert holding(a_session(api)["access_token"]).get(ME).status == 200


def test_a_blocked_person_is_out_and_old_sessions_stay_ended_after_the_block(api: Bank) -> None:
    session, person = a_session(api), api.person("teller").id
    api("admin").post(f"/v1/administration/users/{person}/blocks", {"reason": "Prueba"}).expect(201)
    assert holding(session["access_token"]).get(ME).status == 401
    api("admin").post(f"/v1/administration/users/{person}/unblocks", {"reason": "Prueba"}).expect(201)
    assert holding(session["access_token"]).get(ME).status == 401
    assert api().post(TOKENS, {"refresh_token": session["refresh_token"]}).status == 401


def test_the_session_in_which_the_password_changes_goes_on_and_renews(api: Bank) -> None:
    here, there = a_session(api), a_session(api)
    body = {"current": PASSWORD, "new": NEW_PASSWORD}
    holding(here["access_token"]).put("/v1/access/password", body).expect(204)
    assert holding(there["access_token"]).get(ME).status == 401
    assert api().post(TOKENS, {"refresh_token": there["refresh_token"]}).status == 401
    assert holding(here["access_token"]).get(ME).status == 200
    assert api().post(TOKENS, {"refresh_token": here["refresh_token"]}).status == 201


def test_the_oldest_sessions_end_where_there_are_too_many(api: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_SESSIONS", 3)
    sessions = [a_session(api, username="officer") for _ in range(5)]
    statuses = [holding(session["access_token"]).get(ME).status for session in sessions]
    assert statuses == [401, 401, 200, 200, 200]
    assert len(list(api.work().all(SESSIONS_OF, subject=api.person("officer").id))) == 3


def test_a_suspended_cooperative_lets_people_sign_out_and_change_their_password(api: Bank) -> None:
    first, second = a_session(api), a_session(api)
    tenant_with(api, state=TenantState.SUSPENDED)
    body = {"current": PASSWORD, "new": NEW_PASSWORD}
    holding(first["access_token"]).put("/v1/access/password", body).expect(204)
    holding(first["access_token"]).delete("/v1/access/sessions/current").expect(204)
    assert holding(first["access_token"]).get(ME).status == 401
    assert holding(second["access_token"]).get(ME).status == 401


# -- signing in ---------------------------------------------------------------------------------------------------


def attempt(api: Bank, address: str, password: str, username: str = "teller") -> str:
    """The code of the refusal; empty where it succeeds."""
    try:
        who = visitor(Call(request_id="req", headers={}, address=address))
        open_session(who, Realm.STAFF, FIRST, username, password)
    except Exception as refused:
        return str(getattr(refused, "code", refused))
    return ""


def test_wrong_passwords_from_elsewhere_do_not_lock_a_person_out(api: Bank) -> None:
    guessed = [attempt(api, "198.51.100.7", "wrong") for _ in range(40)]
    assert guessed == ["invalid_credentials"] * 5 + ["too_many_attempts"] * 35
    assert attempt(api, "198.51.100.7", PASSWORD) == "too_many_attempts"
    assert attempt(api, "192.0.2.9", PASSWORD) == ""


def test_a_name_is_locked_for_everybody_after_many_wrong_passwords_from_many_places(api: Bank) -> None:
    guessed = [attempt(api, f"198.51.100.{n // 5}", "wrong") for n in range(25)]
    assert guessed == ["invalid_credentials"] * 25
    assert attempt(api, "192.0.2.9", PASSWORD) == "too_many_attempts"
    assert attempt(api, "192.0.2.9", PASSWORD, "officer") == ""


def test_signing_in_uses_up_no_attempts(api: Bank) -> None:
    assert [attempt(api, "192.0.2.9", PASSWORD) for _ in range(30)] == [""] * 30
    assert [attempt(api, "192.0.2.9", "wrong") for _ in range(6)].count("invalid_credentials") == 5


def test_made_up_key_ids_do_not_make_the_keys_be_read_again(
    api: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[int] = []
    original = keys._read

    def counted(now: int, *also: Any) -> Any:
        reads.append(now)
        return original(now, *also)

    monkeypatch.setattr(keys, "_read", counted)
    moment = clock.epoch_seconds()
    monkeypatch.setattr(keys.clock, "epoch_seconds", lambda: moment)
    keys.forget()
    for number in range(50):
        keys.current(f"made-up-{number}")
    assert len(reads) == 1
    moment += keys.LOOK_AGAIN_SECONDS
    for _ in range(50):
        keys.current("made-up-again")
    assert len(reads) == 2
    moment += keys.LOOK_AGAIN_SECONDS
    keys.current("made-up-again")
    assert len(reads) == 2


@pytest.mark.parametrize(("ahead_seconds", "status"), [(3, 200), (60, 401)])
def test_a_clock_a_little_behind_the_one_that_issued_takes_the_token(
    api: Bank, monkeypatch: pytest.MonkeyPatch, ahead_seconds: int, status: int
) -> None:
    moment = clock.epoch_seconds() + ahead_seconds
    monkeypatch.setattr(tokens.clock, "epoch_seconds", lambda: moment)
    assert api("teller").get("/v1/platform/me").status == status


def test_a_token_of_a_new_key_is_taken_soon_after_the_rotation(
    api: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = clock.epoch_seconds()
    monkeypatch.setattr(keys.clock, "epoch_seconds", lambda: moment)
    keys.forget()
    old = keys.current()
    made = keys.rotate()
    keys._KEPT[:] = [keys._Kept(old, moment)]
    moment += keys.LOOK_AGAIN_SECONDS
    assert made in keys.current(made).public
    assert keys.current().audit == old.audit
