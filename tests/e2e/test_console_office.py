"""The console over a morning: somebody's account is opened and moved, a parameter changes by two people."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.screen import look, sees
from tests.e2e.test_console_journey import enter, go
from tests.integration.client import People, an_account
from tests.integration.served import ServedBank

SAVINGS = "S1"


def accept(page: Page) -> None:
    """What the form asks for, and its confirmation where it shows one."""
    page.locator("main form button[type=submit]").last.click()


@pytest.mark.feature("PTY-41")
def test_an_officer_opens_an_account_from_the_members_page(
    opened: Any, served: ServedBank, people: People
) -> None:
    """The form arrives with the person; afterwards the account is on their page, which Enter and Esc lead to."""
    known = an_account(people)
    owner = people.staff("oficial1").get(f"/deposits/accounts/{known['id']}").expect(200)["party_id"]
    page = enter(opened, served, "oficial1")
    go(page, f"/parties/{owner}")
    name = page.get_by_role("heading", level=1).inner_text()
    page.locator(f"a[href$='/deposits/open?party={owner}']").click()
    page.wait_for_url(re.compile("/deposits/open"))
    sees(page, name)
    page.get_by_role("radiogroup").get_by_role("radio").first.check(force=True)
    look(page, "console-open-account-es-light")
    accept(page)
    page.wait_for_url(re.compile(r"/deposits/accounts/dep_\w+"))
    account = page.url.rsplit("/", 1)[1]
    found = people.staff("oficial1").get(f"/deposits/accounts/{account}").expect(200)
    assert found["party_id"] == owner
    look(page, "console-account-es-light")
    go(page, f"/parties/{owner}")
    sees(page, re.compile(found["number"]))


def test_a_plan_changes_when_a_second_person_approves_it(
    opened: Any, served: ServedBank, people: People
) -> None:
    """The proposal waits and says what differs; the other administrator approves it, and the version holds."""
    admin = people.staff("admin")
    address = f"/platform/parameters/deposits.plan/{SAVINGS}/versions"
    before = admin.get(address).expect(200)["items"][0]
    page = enter(opened, served, "admin")
    go(page, f"/parameters/deposits.plan/{SAVINGS}/edit")
    minimum = page.get_by_role("textbox", name=re.compile("^Depósito inicial mínimo"))
    minimum.fill("7,50")
    look(page, "console-parameter-changed-es-light")
    accept(page)
    page.wait_for_url(re.compile(rf"/parameters/deposits.plan/{SAVINGS}\?"))
    proposed = admin.get(address).expect(200)["items"][0]
    assert (proposed["version"], proposed["state"]) == (before["version"] + 1, "pending_approval")
    other = enter(opened, served, "admin2", scheme="dark")
    go(other, "/approvals")
    look(other, "console-approvals-es-dark")
    other.get_by_role("button", name="Aprobar").first.click()
    other.get_by_role("dialog").locator("button[type=submit]").click()
    sees(other, re.compile("Nada espera"))
    held = admin.get(address).expect(200)["items"][0]
    assert held["state"] in ("effective", "approved")
    assert held["body"]["opening_minimum"] == "7.50"
