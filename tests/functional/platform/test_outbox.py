"""Events carried on: to the event bus, and to outside systems that subscribed, signed and once each."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import boto3
import pytest
from moto.backends import get_backend

from chalicelib.platform import clock, webhooks
from chalicelib.platform.events import emit
from tests.functional.platform.conftest import Change
from tests.functional.platform.stream import items, published, record
from tests.support.bank import SECOND, Bank
from tests.support.given import an_account
from tests.support.simulated import ACCOUNT, REGION

SECRET = "un secreto bien largo"


@dataclass
class Receiver:
    """An outside system: what it received, and how it answers next (200 where nothing is said)."""

    url: str
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.received]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known.received.append((dict(self.headers.items()), body))
            self.send_response(known.answers.pop(0) if known.answers else 200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    known = Receiver(f"http://127.0.0.1:{server.server_port}/events")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield known
    server.shutdown()
    server.server_close()


@pytest.fixture
def subscribed(api: Bank, change: Change, today: str, receiver: Receiver) -> Callable[..., None]:
    """``subscribed("loan.*")``: the receiver is told of these events."""

    def made(*events: str) -> None:
        body = {"url": receiver.url, "events": list(events), "secret": SECRET}
        change("platform.webhook_subscription", "CRM", body, on=today)

    return made


def emitted(api: Bank, name: str, payload: dict[str, Any], tenant: str = "sisa") -> str:
    work = api.work(tenant)
    event = emit(work, name, payload)
    work.commit()
    return event.id


def brought(identifier: str, tenant: str = "sisa") -> dict[str, Any]:
    """The stream's record of an emitted event."""
    return record(next(item for item in items("outbox", tenant) if item["id"]["S"] == identifier))


@pytest.mark.feature("GEN-85")
def test_a_subscriber_receives_each_event_once_with_back_off_on_5xx(
    api: Bank, receiver: Receiver, subscribed: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[object] = []
    monkeypatch.setattr(webhooks.time, "sleep", pauses.append)
    subscribed("loan.disbursed")
    loan = brought(emitted(api, "loan.disbursed", {"loan_id": "lon_1", "amount": "100.00"}))
    other = brought(emitted(api, "loan.requested", {"loan_id": "lon_1"}))
    receiver.answers = [503, 500]
    assert published(loan, other) == []
    assert len(receiver.received) == 3
    assert len(pauses) == 2
    assert published(loan, other) == []
    assert len(receiver.received) == 3
    event = receiver.events[-1]
    assert (event["name"], event["payload"]["loan_id"], event["tenant"]) == (
        "loan.disbursed",
        "lon_1",
        "sisa",
    )
    headers, body = receiver.received[-1]
    moment, digest = (part.partition("=")[2] for part in headers["X-Minga-Signature"].split(","))
    assert digest == hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    listed = api("admin").get("/v1/platform/webhook-deliveries?subscription=CRM").expect(200)["items"]
    assert [(each["event"], each["state"], each["attempts"]) for each in listed] == [
        (event["id"], "delivered", 3)
    ]


def test_a_receiver_that_stays_away_gets_it_again_and_is_rested_in_the_end(
    api: Bank, receiver: Receiver, subscribed: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks.time, "sleep", lambda _: None)
    subscribed("*")
    first = brought(emitted(api, "loan.disbursed", {}))
    receiver.answers = [503] * 9
    place = first["dynamodb"]["SequenceNumber"]
    assert [published(first) for _ in range(4)] == [[place], [place], [], []]
    assert len(receiver.received) == webhooks.MOST_ATTEMPTS
    second = brought(emitted(api, "loan.paid", {}))
    assert published(second) == []
    assert len(receiver.received) == webhooks.MOST_ATTEMPTS
    missed = api("admin").get("/v1/platform/webhook-deliveries?subscription=CRM")["items"]
    assert [(each["name"], each["state"]) for each in missed] == [
        ("loan.paid", "failed"),
        ("loan.disbursed", "failed"),
    ]
    path = f"/v1/platform/webhook-deliveries/CRM/{missed[0]['event']}/retries"
    assert api("admin").post(path).expect(201)["state"] == "delivered"
    assert receiver.events[-1]["name"] == "loan.paid"
    later = clock.epoch_seconds() + webhooks.REST_SECONDS + 1
    monkeypatch.setattr(webhooks.clock, "epoch_seconds", lambda: later)
    assert published(brought(emitted(api, "loan.closed", {}))) == []
    assert receiver.events[-1]["name"] == "loan.closed"


def test_other_cooperatives_hear_nothing(
    api: Bank, receiver: Receiver, subscribed: Callable[..., None]
) -> None:
    subscribed("*")
    assert published(brought(emitted(api, "loan.disbursed", {}, SECOND), SECOND)) == []
    assert receiver.received == []


def test_a_posted_entry_is_one_event_however_many_branches_it_touches(
    api: Bank, receiver: Receiver, subscribed: Callable[..., None]
) -> None:
    subscribed("posting.*")
    account = an_account(api, branch="2", balance="100.00")
    path = f"/v1/deposits/accounts/{account['id']}/deposits"
    money = {"amount": {"amount": "25.00", "currency": "USD"}}
    receipt = api("teller").post(path, money).expect(201).json
    assert (
        published(
            *[record(item) for item in items("journal")], *[record(item) for item in items("movements")]
        )
        == []
    )
    told = [event for event in receiver.events if event["id"] == receipt["entry_id"]]
    assert [event["name"] for event in told] == ["posting.entry_posted"]
    assert sorted(told[0]["payload"]["branches"]) == ["1", "2"]
    reversal = f"/v1/deposits/transactions/{receipt['entry_id']}/reversals"
    api("teller").post(reversal, {"reason": "Error de monto"}).expect(201)
    published(*[record(item) for item in items("journal")])
    assert [event["name"] for event in receiver.events].count("posting.entry_reversed") == 1


def test_events_go_to_the_bus_where_there_is_one(api: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGA_EVENT_BUS", "minga")
    boto3.client("events", region_name=REGION).create_event_bus(Name="minga")
    boto3.client("events", region_name=REGION).create_archive(
        ArchiveName="all", EventSourceArn=f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/minga"
    )
    identifiers = [emitted(api, "loan.disbursed", {"number": number}) for number in range(12)]
    assert published(*[brought(identifier) for identifier in identifiers]) == []
    archive = get_backend("events")[ACCOUNT][REGION].archives["all"]
    sent = [event["detail"]["id"] for event in archive.events]
    assert sent == identifiers


def test_a_record_that_cannot_be_served_comes_again_and_stops_no_other(
    api: Bank, receiver: Receiver, subscribed: Callable[..., None]
) -> None:
    subscribed("*")
    broken = record({"pk": {"S": "sisa#outbox#evt_x"}, "sk": {"S": "event"}})
    good = brought(emitted(api, "loan.disbursed", {}))
    assert published(broken, good) == [broken["dynamodb"]["SequenceNumber"]]
    assert len(receiver.received) == 1


@pytest.mark.parametrize(
    "url",
    ["http://example.org/x", "https://127.0.0.1/x", "https://localhost/x", "https://169.254.169.254/latest"],
)
def test_outside_a_local_installation_only_public_addresses_over_tls_are_called(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("MINGA_STAGE", "prod")
    assert webhooks._may_call(url) is False
