"""Notices: channel and words by person and template, sent once by the outbox, shown without secrets."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto.backends import get_backend

from chalicelib.kernel.money import Money
from chalicelib.platform import clock
from chalicelib.platform.notifications import NOTIFICATIONS, Recipient, delivery, notify
from chalicelib.workflows import movement_notices  # noqa: F401 - it declares who is told
from tests.functional.platform.conftest import Change
from tests.functional.platform.stream import items, published, record
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, deposit, withdraw
from tests.support.simulated import ACCOUNT, REGION

EVENT = "deposit_made"
DEPOSIT_MADE = {
    "channels": ["email", "sms", "in_app"],
    "messages": [
        {
            "channel": "email",
            "language": "es",
            "subject": "Depósito",
            "body": "Llegó {amount} a {account}. {x}",
        },
        {"channel": "sms", "language": "es", "body": "{institution}: depósito de {amount} en {account}."},
        {"channel": "sms", "language": "en", "body": "{institution}: deposit of {amount} in {account}."},
        {"channel": "in_app", "language": "es", "body": "Depósito de {amount} en su cuenta {account}."},
    ],
}
TOLD = {
    "amount": Money.of("25.00", "USD"),
    "account": "0000100100000015",
    "available": Money.of("30.00", "USD"),
}


def told(api: Bank, event: str = EVENT, params: dict[str, Any] | None = None, **who: str) -> Any:
    person = Recipient(**{"id": "pty_1", "email": "ana@example.org", "phone": "+593991234567", **who})
    work = api.work()
    notice = notify(work, event, person, TOLD if params is None else params)
    work.commit()
    return notice


def _sns() -> Any:
    return get_backend("sns")[ACCOUNT][REGION].sms_messages


def emails() -> list[Any]:
    return list(get_backend("ses")[ACCOUNT][REGION].sent_messages)


@pytest.fixture(autouse=True)
def template(change: Change, today: str) -> None:
    change("platform.notification_template", EVENT, DEPOSIT_MADE, on=today)


@pytest.fixture(autouse=True)
def sender(api: Bank) -> None:
    boto3.client("sesv2", region_name=REGION).create_email_identity(EmailIdentity="avisos@minga.test")
    get_backend("ses")[ACCOUNT][REGION].verify_email_identity("avisos@minga.test")
    _sns().clear()


def test_a_notice_goes_out_once_however_often_the_stream_brings_it(api: Bank) -> None:
    told(api, preferred="sms", language="en")
    brought = [record(item) for item in items("notifications")]
    assert published(*brought) == []
    assert published(*brought, *brought) == []
    assert len(_sns()) == 1
    number, text = next(iter(_sns().values()))
    assert number == "+593991234567"
    assert text == "Cooperativa Sisa: deposit of 25.00 USD in ••••0015."
    listed = api("admin").get("/v1/platform/notifications?recipient=pty_1")
    assert listed.code == "permission_denied"


def test_the_tenants_template_decides_words_and_channels(api: Bank, change: Change, today: str) -> None:
    only_mail = {"channels": ["email"], "messages": DEPOSIT_MADE["messages"][:1]}
    change("platform.notification_template", EVENT, only_mail, on=today)
    notice = told(api, preferred="sms", language="en")
    assert (notice.channel, notice.subject, notice.body) == (
        "email",
        "Depósito",
        "Llegó 25.00 USD a ••••0015. {x}",
    )
    assert published(*[record(item) for item in items("notifications")]) == []
    assert (len(emails()), len(_sns())) == (1, 0)


@pytest.mark.feature("GEN-88")
def test_a_deposit_sends_one_text_message_in_the_members_language_with_a_masked_account(api: Bank) -> None:
    mobile = {"kind": "mobile", "phone_number": "+593991234567"}
    member = a_member(api, language="en", phones=[mobile], preferred_channel="phone")
    account = an_account(api, party_id=member["id"])
    deposit(api, account["id"], "25.00")
    posted = [record(item) for item in items("journal")]
    assert published(*posted) == published(*posted) == []
    queued = [record(item) for item in items("notifications")]
    assert published(*queued) == published(*queued) == []
    last_four = account["number"][-4:]
    assert list(_sns().values()) == [
        ("+593991234567", f"Cooperativa Sisa: deposit of 25.00 USD in ••••{last_four}.")
    ]
    shown = api.member(member["id"]).get("/v1/platform/notifications").expect(200)["items"]
    assert [(each["channel"], each["state"]) for each in shown] == [("sms", "sent")]


def test_without_a_template_nobody_is_told_of_a_withdrawal(api: Bank) -> None:
    account = an_account(api, balance="100.00")
    before = len(items("notifications"))
    withdraw(api, account["id"], "25.00")
    published(*[record(item) for item in items("journal")])
    assert [item["event"]["S"] for item in items("notifications")] == ["deposit_made"] * (before + 1)


def test_without_an_address_on_one_channel_another_is_taken(api: Bank) -> None:
    assert told(api, email="", language="es").channel == "sms"
    assert told(api, email="", phone="", language="es").channel == "in_app"
    assert told(api, event="nobody.wrote_this") is None


def test_in_app_notices_are_there_at_once_for_their_reader_alone(api: Bank) -> None:
    member = api.member("pty_1")
    told(api, preferred="in_app", language="es")
    shown = member.get("/v1/platform/notifications").expect(200)["items"]
    assert [(each["state"], each["body"]) for each in shown] == [
        ("delivered", "Depósito de 25,00 USD en su cuenta ••••0015.")
    ]
    assert api.member("pty_2").get("/v1/platform/notifications")["items"] == []
    other = api.member("pty_2").get("/v1/platform/notifications?recipient=pty_1")
    assert other.code == "permission_denied"


def test_a_password_is_sent_and_never_shown_nor_kept(api: Bank, grant: Callable[..., dict[str, Any]]) -> None:
    params = {"name": "Ana", "username": "ana", "password": "k7mn-q2rs-x9yz"}
    told(api, "administration.temporary_password", params, language="es")
    brought = items("notifications")
    assert "k7mn-q2rs-x9yz" in str(brought)
    assert published(*[record(item) for item in brought]) == []
    assert "k7mn-q2rs-x9yz" in emails()[0].body
    assert "k7mn-q2rs-x9yz" not in str(items("notifications"))
    grant("platform.read_notifications", "group", "auditor")
    shown = api("auditor").get("/v1/platform/notifications?recipient=pty_1")["items"][0]
    assert (shown["state"], shown["attempts"]) == ("sent", 1)
    assert "••••" in shown["body"]


def failing(code: str) -> Callable[[Any], str]:
    def send(message: Any) -> str:
        raise ClientError({"Error": {"Code": code}}, "Send")

    return send


def test_what_cannot_be_sent_now_comes_again_and_is_given_up_after_five_times(
    api: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(api, phone="", language="es")
    monkeypatch.setitem(delivery.SENDERS, "email", failing("TooManyRequestsException"))
    outcomes = []
    for _ in range(6):
        brought = record(items("notifications")[0], "MODIFY")
        outcomes.append(published(brought) == [brought["dynamodb"]["SequenceNumber"]])
    assert outcomes == [True] * 4 + [False] * 2
    assert stored(api)["state"]["S"] == "failed"


def test_an_address_that_is_never_accepted_gives_way_to_the_next_channel(
    api: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(api, language="es")
    monkeypatch.setitem(delivery.SENDERS, "email", failing("MessageRejected"))
    assert published(*[record(item) for item in items("notifications")]) == []
    assert (len(_sns()), stored(api)["channel"]["S"]) == (1, "sms")


def test_a_notice_being_sent_by_another_worker_waits(api: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = told(api, preferred="sms", language="es")
    work = api.work()
    work.find(NOTIFICATIONS, recipient="pty_1", id=notice.id)
    delivery._claim(work, work.get(NOTIFICATIONS, recipient="pty_1", id=notice.id))
    brought = record(items("notifications")[0], "MODIFY")
    assert published(brought) == []
    queued = record({**brought["dynamodb"]["NewImage"], "state": {"S": "queued"}})
    assert published(queued) == [queued["dynamodb"]["SequenceNumber"]]
    later = clock.epoch_seconds() + delivery.LEASE_SECONDS + 1
    monkeypatch.setattr(delivery.clock, "epoch_seconds", lambda: later)
    assert published(queued) == []
    assert len(_sns()) == 1


def stored(api: Bank) -> Any:
    return items("notifications")[0]
