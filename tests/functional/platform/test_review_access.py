"""Limits, sessions, attempts, dual control, the sealed trail and malformed requests: what must hold under pressure."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.platform import approvals, audit, clock, throttling
from chalicelib.platform.access import keys, service
from chalicelib.platform.access.authentication import visitor
from chalicelib.platform.access.entrance import open_session
from chalicelib.platform.access.people import PEOPLE, SESSIONS_OF, PersonState, Realm
from chalicelib.platform.context import Actor, ActorKind
from chalicelib.platform.http.call import Call
from chalicelib.platform.http.routes import PUBLIC, SIGNED_IN, all_operations
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.storage.cursor import UnknownCursor, encode_cursor
from chalicelib.platform.storage.store import KeyTooLong
from chalicelib.platform.tenancy import TENANTS, Tenant, TenantState
from tests.functional.platform.conftest import Change
from tests.support.api import Client
from tests.support.bank import FIRST, SECOND, Bank
from tests.support.given import an_account, money
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
    """The clock stands one second into a minute."""
    moment = clock.epoch_seconds() // 60 * 60 + 1
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
    assert statuses.count(200) <= 16 + len(members)
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


# -- dual control -------------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(api: Bank, change: Change, today: str) -> dict[str, Any]:
    """A withdrawal of 2,000 that the teller of branch 1 asked for."""
    change(RULE, "deposits.post_withdrawal", {"from_amount": "1000"}, on=today)
    account = an_account(api, balance="5000.00")
    path = f"/v1/deposits/accounts/{account['id']}/withdrawals"
    asked: dict[str, Any] = api("teller").post(path, {"amount": money("2000.00")}).expect(202).json
    return asked


def decided(api: Bank, who: str, identifier: str) -> Any:
    return api(who).post(f"{INBOX}/{identifier}/decisions", {"decision": "approve"})


@pytest.mark.parametrize("changed", [{"state": PersonState.BLOCKED}, {"roles": ("auditor",)}])
def test_what_the_maker_may_no_longer_do_is_not_carried_out(
    api: Bank, waiting: dict[str, Any], changed: dict[str, Any]
) -> None:
    changed_person(api, "teller", **changed)
    answer = decided(api, "manager", waiting["id"])
    assert (answer.status, answer.code) == (409, "maker_not_permitted")
    assert api.work().get(approvals.REQUESTS, id=waiting["id"]).state is approvals.RequestState.PENDING


def test_who_does_not_work_for_the_branch_neither_sees_nor_decides(
    api: Bank, waiting: dict[str, Any]
) -> None:
    changed_person(api, "manager", branch_scope="own", branches=("2",))
    assert api("manager").get(INBOX)["items"] == []
    answer = decided(api, "manager", waiting["id"])
    assert (answer.status, answer.code) == (403, "outside_branch_scope")
    changed_person(api, "manager", branch_scope="list", branches=("2", "1"))
    assert decided(api, "manager", waiting["id"]).status == 201


def test_the_branches_that_a_request_names_count_before_the_makers() -> None:
    asked = {"branch": "1", "lines": [{"branch": "2"}, {"branch": None}, {"branch": "1"}]}
    assert list(approvals._branches([{"id": "x"}, asked])) == ["1", "2", "1"]


@pytest.mark.parametrize(
    ("amount", "reaches"),
    [(None, True), (("10.00", "EUR"), True), (("999.99", "USD"), False), (("1000.00", "USD"), True)],
)
def test_what_is_not_known_to_be_below_the_limit_waits(amount: tuple[str, str] | None, reaches: bool) -> None:
    rule = approvals.ApprovalRule.model_validate({"from_amount": "1000"})
    asked = approvals.Money.of(*amount) if amount else None
    assert approvals._reaches(asked, rule, "USD") is reaches


def test_an_operation_without_an_amount_waits_under_a_rule_with_one(
    api: Bank, change: Change, today: str
) -> None:
    change(RULE, "administration.block_user", {"from_amount": "1000"}, on=today)
    path = f"/v1/administration/users/{api.person('officer').id}/blocks"
    assert api("admin").post(path, {"reason": "Prueba"}).status == 202
    assert api.work().get(PEOPLE, id=api.person("officer").id).state is PersonState.ACTIVE


@pytest.mark.parametrize(
    "operation",
    [
        "platform.sign_in",
        "platform.change_password",
        "platform.decide_approval",
        "platform.decide_version",
        "accounting.decide_voucher",
        "administration.reset_password",
        "deposits.list_holds",
        "no.such_thing",
    ],
)
def test_a_rule_for_what_cannot_wait_is_refused(api: Bank, today: str, operation: str) -> None:
    body = {"code": operation, "effective_from": today, "body": {}}
    answer = api("admin").post(f"/v1/platform/parameters/{RULE}", body)
    assert (answer.status, answer.code) == (422, "operation_not_approvable")


def test_nothing_that_waits_can_hold_a_secret() -> None:
    approvable = [operation for operation in all_operations() if operation.approvable]
    assert {operation.name for operation in all_operations() if operation.money} - {
        "accounting.decide_voucher"
    } <= {operation.name for operation in approvable}
    for operation in approvable:
        assert operation.permission not in (PUBLIC, SIGNED_IN)
        fields = json.dumps(operation.request.model_json_schema()) if operation.request else ""
        assert not any(word in fields for word in ('"password', '"secret', '"refresh_token'))


# -- the sealed trail ---------------------------------------------------------------------------------------------


@pytest.fixture
def chain(api: Bank) -> str:
    """A chain of three events."""
    for language in ("en", "es", "en"):
        api("teller").put("/v1/platform/me/language", {"language": language}).expect(204)
    return f"staff:{api.person('teller').id}"


def put_back(api: Bank, events: list[audit.AuditEvent]) -> None:
    api.store().batch_put("audit", [audit.EVENTS.encode(FIRST, event, 1) for event in events])


def test_events_are_sealed_and_the_chain_holds(api: Bank, chain: str) -> None:
    events = list(api.work().all(audit.EVENTS, chain=chain))
    assert len(events) == 3
    assert all(event.sealed_by for event in events)
    assert audit.verify(api.work(), chain) == (3, None)


def test_a_chain_that_is_written_anew_without_the_key_does_not_hold(api: Bank, chain: str) -> None:
    """Whoever writes to the tables can compute plain hashes, and seals of a key of their own."""
    events = list(api.work().all(audit.EVENTS, chain=chain))
    key = keys.audit_key()
    assert key
    for forged_with in (None, replace(key, secret=b"guessed")):
        previous, forged = audit.GENESIS, []
        for event in events:
            own = replace(
                event, address="203.0.113.1", previous=previous, sealed_by=key.id if forged_with else ""
            )
            own = replace(own, hash=audit.digest(own, forged_with))
            previous = own.hash
            forged.append(own)
        put_back(api, forged)
        assert audit.verify(api.work(), chain) == (1, 1)


def test_events_from_before_the_key_still_hold_and_none_after(api: Bank, chain: str) -> None:
    events = list(api.work().all(audit.EVENTS, chain=chain))
    key = keys.audit_key()
    assert key
    first = replace(events[0], at=key.since - timedelta(days=1), sealed_by="")
    first = replace(first, hash=audit.digest(first, None))
    second = replace(events[1], previous=first.hash)
    second = replace(second, hash=audit.digest(second, key))
    third = replace(events[2], previous=second.hash)
    put_back(api, [first, second, replace(third, hash=audit.digest(third, key))])
    assert audit.verify(api.work(), chain) == (3, None)
    third = replace(third, sealed_by="")
    put_back(api, [replace(third, hash=audit.digest(third, None))])
    assert audit.verify(api.work(), chain) == (3, 3)


def test_events_cut_off_from_the_end_are_missed_the_next_day(
    api: Bank, chain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    with monkeypatch.context() as later:
        later.setattr(audit.clock, "now", lambda: tomorrow)
        work = api.work(actor=Actor(ActorKind.STAFF, api.person("teller").id))
        audit.record(work, "platform.test", "write", entity="")
        work.commit()
    anchors = list(api.work().all(audit.ANCHORS, chain=chain))
    assert [anchor.number for anchor in anchors] == [3]
    assert audit.verify(api.work(), chain) == (4, None)
    work = api.work()
    for event in list(work.all(audit.EVENTS, chain=chain))[2:]:
        work.delete(audit.EVENTS, event)
    work.commit()
    assert audit.verify(api.work(), chain) == (2, 3)


def test_without_a_key_the_chain_has_plain_hashes(
    api: Bank, chain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "audit_key", lambda: None)
    api("officer").put("/v1/platform/me/language", {"language": "en"}).expect(204)
    plain = f"staff:{api.person('officer').id}"
    assert [event.sealed_by for event in api.work().all(audit.EVENTS, chain=plain)] == [""]
    assert audit.verify(api.work(), plain) == (1, None)
    assert audit.verify(api.work(), chain) == (1, 1)


def test_large_integers_go_on_record(api: Bank) -> None:
    work = api.work()
    person = work.get(PEOPLE, id=api.person("teller").id)
    work.put(PEOPLE, replace(person, level=10**30))
    event = audit.record(work, "platform.test", "write", entity="")
    work.commit()
    assert {"before": person.level, "after": str(10**30)}.items() <= event.changes[0].items()
    assert audit.verify(api.work(), event.chain) == (1, None)


# -- malformed requests -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["*", '"1", "2"', "W/", '"x"', "1x", "٣", "9" * 30, '"""1"""', "-1", '"1.0"']
)
def test_an_if_match_that_is_no_version_is_refused(api: Bank, written: str) -> None:
    answer = api("teller").get(ME, if_match=written)
    assert (answer.status, answer.code) == (400, "malformed_if_match")


@pytest.mark.parametrize("written", ["1", '"1"', 'W/"1"', "W/1"])
def test_a_version_is_taken_in_every_form_it_may_have(api: Bank, written: str) -> None:
    assert api("teller").get(ME, if_match=written).status == 200


@pytest.mark.parametrize(
    "written", ["a~b~tenant~٣", f"a~b~tenant~{'9' * 400}", f"a~{'b' * 3000}~tenant~1", "a~b~tenant~0", "~~~1"]
)
def test_a_version_id_that_cannot_be_is_not_found(api: Bank, written: str) -> None:
    answer = api("admin").post(
        f"/v1/platform/parameter-versions/{written}/approvals", {"decision": "approve"}
    )
    assert answer.status == 404


def start_at(pk: Any, sk: Any, **also: Any) -> str:
    return encode_cursor({"pk": pk, "sk": sk, **also})


def test_a_cursor_of_another_range_or_shape_is_refused(api: Bank) -> None:
    pk, text = f"{FIRST}#people", {"S": "x"}
    forged = [
        start_at({"S": pk}, {"N": "1"}),
        start_at({"S": pk}, "x"),
        start_at({"S": pk}, {"S": ""}),
        start_at({"S": pk}, {"S": 1}),
        start_at({"S": pk}, text, g1pk={"S": pk}),
        start_at({"S": pk}, text, other=text),
        start_at({"S": f"{SECOND}#people"}, text),
        start_at([pk], text),
        encode_cursor({"pk": {"S": pk}}),
        "ñ",
        "W10",
    ]
    for cursor in forged:
        with pytest.raises(UnknownCursor):
            api.work().query(PEOPLE, cursor=cursor)
    with pytest.raises(UnknownCursor):
        api.work().query(PEOPLE, prefix="usr_", cursor=start_at({"S": pk}, {"S": "zzz"}))
    assert api.work().query(PEOPLE, prefix="usr_", cursor=start_at({"S": pk}, {"S": "usr_zzz"})).items == []
    first = api.work().query(PEOPLE, limit=1)
    assert first.next_cursor
    assert api.work().query(PEOPLE, limit=1, cursor=first.next_cursor).items != first.items


def test_a_key_too_long_to_be_stored_is_not_found_and_not_written(api: Bank) -> None:
    store, long = api.store(), "x" * 3000
    partition, sort = f"{FIRST}#{long}", "y" * 1025
    assert store.get("core", partition, "a") is None
    assert store.get("core", f"{FIRST}#a", sort) is None
    assert store.get_many([("core", partition, "a"), ("core", f"{FIRST}#a", sort)]) == {}
    assert list(store.pages("core", partition)) == [([], None)]
    assert list(store.pages("core", f"{FIRST}#a", sort=("begins", sort))) == [([], None)]
    assert api("teller").get(f"/v1/deposits/accounts/{long}").status == 404
    collection = Collection(Tenant, table="core", partition="long", sort="{legal_name}")
    for also in (False, True):
        work = api.work()
        work.put(collection, replace(work.get(TENANTS), legal_name=sort, version=0))
        if also:
            work.put(collection, replace(work.get(TENANTS), legal_name="short", version=0))
        with pytest.raises(KeyTooLong):
            work.commit()


DEEP = b'{"body": ' + b"[" * 2000 + b"]" * 2000 + b"}"
TALL = b'{"body": ' + b'{"a":' * 60 + b"1" + b"}" * 60 + b"}"


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"null", 422, "not_an_object"),
        (b"[]", 422, "not_an_object"),
        (b'"text"', 422, "not_an_object"),
        (b"1", 422, "not_an_object"),
        (b"{", 400, "malformed_json"),
        (b'{"language": NaN}', 400, "malformed_json"),
        (b'{"language": "\xff\xfe"}', 400, "malformed_json"),
        (b"\xef\xbb\xbf{}", 400, "malformed_json"),
        (b'{"language": "\\ud800"}', 400, "malformed_json"),
        (DEEP, 400, "malformed_json"),
        (TALL, 400, "malformed_json"),
        (b'{"language": %b}' % (b"9" * 5000), 400, "malformed_json"),
        (b'{"language": %b}' % (b"9" * 40), 422, "number_too_large"),
        (b'{"language": 1e999}', 422, "number_too_large"),
        (b'{"language": 12}', 422, "wrong_type"),
    ],
)
def test_a_body_that_cannot_be_is_refused_as_the_callers_mistake(
    api: Bank, raw: bytes, status: int, code: str
) -> None:
    answer = api("teller").send("PUT", "/v1/platform/me/language", raw=raw)
    assert (answer.status, answer.code) == (status, code)


def test_numbers_of_a_query_are_checked_too(api: Bank) -> None:
    for written in ("9" * 5000, "9" * 30, "٣", "1e3"):
        assert api("teller").get(f"{INBOX}?limit={written}").status == 422
