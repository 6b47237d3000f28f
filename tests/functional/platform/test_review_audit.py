"""The sealed trail: what was altered, written anew or cut off shows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.platform import audit, clock
from chalicelib.platform.access import keys
from chalicelib.platform.access.people import PEOPLE
from chalicelib.platform.context import Actor, ActorKind
from tests.support.bank import FIRST, Bank


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
