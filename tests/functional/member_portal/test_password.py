"""Members change their password."""

from typing import Any

import pytest

from chalicelib.platform.access import service
from chalicelib.platform.access.people import Person, PersonState, Realm
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.notifications import NOTIFICATIONS
from tests.support.api import Client, Reply
from tests.support.bank import FIRST, Bank
from tests.support.given import a_member

OLD, NEW = "Neblina-sobre-el-paramo-4", "Lluvia-sobre-el-cerro-9"
SESSIONS, PASSWORD, POSITION = (f"/v1/member_portal/{name}" for name in ("sessions", "password", "position"))


@pytest.fixture
def party(bank: Bank) -> str:
    """A member with a mail address on file who signs in as ``sisa.lema``."""
    party_id = str(a_member(bank, emails=["sisa@example.org"])["id"])
    work = bank.work()
    person = Person(
        new_id("usr"), Realm.MEMBER, "sisa.lema", "Sisa Lema", "es", PersonState.ACTIVE, party_id=party_id
    )
    service.enrol(work, person, OLD, must_change=False)
    work.commit()
    return party_id


def sign_in(bank: Bank, password: str) -> Reply:
    asked = {"tenant": FIRST, "username": "sisa.lema", "password": password}
    return bank().post(SESSIONS, asked)


def device(bank: Bank) -> Client:
    """The member on one more device."""
    token = str(sign_in(bank, OLD).expect(201)["access_token"])
    return Client(FIRST, "sisa.lema", lambda: token)


def change(client: Client, current: str) -> Reply:
    return client.put(PASSWORD, {"current": current, "new": NEW})


def notices(bank: Bank, party: str) -> list[Any]:
    return list(bank.work().all(NOTIFICATIONS, recipient=party))


def test_a_wrong_current_password_is_refused_without_detail(bank: Bank, party: str) -> None:
    here = device(bank)
    refused = change(here, "no-es-esta-1")
    assert (refused.status, refused.code, refused.json.get("field")) == (401, "wrong_password", None)
    assert OLD not in refused.text
    assert "sisa" not in refused.text.lower()
    assert here.get(POSITION).status == 200
    assert notices(bank, party) == []
    assert sign_in(bank, OLD).status == 201


def test_the_right_one_ends_other_sessions_and_the_contact_on_file_is_told(bank: Bank, party: str) -> None:
    here, there = device(bank), device(bank)
    change(here, OLD).expect(204)
    assert there.get(POSITION).status == 401
    assert here.get(POSITION).status == 200
    assert (sign_in(bank, OLD).status, sign_in(bank, NEW).status) == (401, 201)
    (notice,) = notices(bank, party)
    assert (notice.event, notice.channel, notice.destination) == (
        "access.password_changed",
        "email",
        "sisa@example.org",
    )
    assert "Sisa Lema" in notice.body
    assert NEW not in notice.body
    told = here.get("/v1/platform/notifications").expect(200)["items"]
    assert [row["event"] for row in told] == ["access.password_changed"]
