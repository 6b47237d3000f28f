"""What begins by the calendar begins on the day of the tenant's own time zone, not on the day in Greenwich.

At any hour at least one of the two zones has another day than Greenwich.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.platform import wording
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.today import calendar_day
from tests.functional.platform.conftest import Change
from tests.support.bank import Bank
from tests.support.given import an_account, money

ROLE, RULE, TRANSLATION, MENU = (
    "administration.role",
    "platform.approval_rule",
    "platform.translation",
    "administration.menu",
)
HOME = "menu.home"


@pytest.fixture(params=["Etc/GMT+12", "Pacific/Kiritimati"])
def days(api: Bank, request: pytest.FixtureRequest) -> tuple[str, str]:
    """(today, tomorrow) where the cooperative is."""
    work = api.work()
    work.put(TENANTS, replace(work.get(TENANTS), time_zone=request.param))
    work.commit()
    today = calendar_day(api.work())
    return today.isoformat(), (today + timedelta(days=1)).isoformat()


def role(api: Bank, *permissions: str) -> dict[str, Any]:
    found = api("admin").get(f"/v1/platform/parameters/{ROLE}/teller").expect(200)["body"]
    return {**found, "permissions": [*found["permissions"], *permissions]}


def test_a_role_is_changed_from_the_local_day_on(api: Bank, change: Change, days: tuple[str, str]) -> None:
    today, tomorrow = days
    change(ROLE, "teller", role(api, "platform.read_audit"), on=tomorrow)
    assert api("teller").get("/v1/platform/audit-events").status == 403
    change(ROLE, "teller", role(api, "platform.read_closing"), on=today)
    assert api("teller").get("/v1/platform/closing-runs").status == 200


def test_an_approval_rule_holds_from_the_local_day_on(
    api: Bank, change: Change, days: tuple[str, str]
) -> None:
    today, tomorrow = days
    path = f"/v1/deposits/accounts/{an_account(api, balance='50.00')['id']}/withdrawals"
    change(RULE, "deposits.post_withdrawal", {"from_amount": "1"}, on=tomorrow)
    assert api("teller").post(path, {"amount": money("2.00")}).status == 201
    change(RULE, "deposits.post_withdrawal", {"from_amount": "1"}, on=today)
    assert api("teller").post(path, {"amount": money("2.00")}).status == 202


def test_words_and_menus_begin_on_the_local_day(api: Bank, change: Change, days: tuple[str, str]) -> None:
    today, tomorrow = days
    change(TRANSLATION, HOME, {"texts": {"es": "Mañana"}}, on=tomorrow)
    change(TRANSLATION, "menu.members", {"texts": {"es": "Hoy"}}, on=today)
    work = api.work()
    assert (wording.say(work, HOME), wording.say(work, "menu.members")) == ("Inicio", "Hoy")
    node = {"names": {"es": "Propio"}, "node_kind": "internal", "path": "/", "level": 1, "order": 1}
    change(MENU, "later", node, on=tomorrow)
    assert "later" not in {entry["code"] for entry in api("admin").get("/v1/platform/me")["menu"]}
    change(MENU, "now", node, on=today)
    assert [entry["code"] for entry in api("admin").get("/v1/platform/me")["menu"]] == ["now"]
