"""What members do for themselves on the portal: a new password, a document of what they have, their term deposits."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from chalicelib.platform.notifications import NOTIFICATIONS
from tests.e2e.provisional import PROVISIONAL, a_new_portal_user, inside
from tests.e2e.screen import PHONE, fits, look, sees
from tests.e2e.test_member_journey import change, enter
from tests.integration.client import People, usd
from tests.integration.served import FIRST, ServedBank
from tests.support.pdf import text_of

COLD_MILLIS = 60_000
"""The first document of a function loads the library that writes it."""


def notices(served: ServedBank, party: str) -> list[tuple[str, str]]:
    """(event, words) of what a member was told."""
    with inside(served) as bank:
        found = bank.work(FIRST).all(NOTIFICATIONS, recipient=party)
        return [(notice.event, notice.body) for notice in found]


@pytest.mark.feature("POR-21", "POR-22")
def test_a_new_password_is_confirmed_told_and_signs_the_other_device_out(
    opened: Any, served: ServedBank, people: People
) -> None:
    user = a_new_portal_user(served, people, must_change=False)
    here, there = opened(width=PHONE), opened()
    for page in (here, there):
        enter(page, user)
    third = people.sign_in("member_portal", FIRST, user)
    third.get("/member_portal/position").expect(200)
    here.locator("nav a[href='/settings'] >> visible=true").first.click()
    here.locator("a[href='/settings/password']").click()
    with here.expect_response("**/member_portal/password") as refused:
        change(here, "no-era-esta-9")
    sees(here, "La contraseña no es correcta")
    assert (refused.value.status, refused.value.json()["code"]) == (401, "wrong_password")
    assert refused.value.json().get("field") is None
    assert notices(served, user["party"]) == []
    change(here, PROVISIONAL)
    sees(here, "Su contraseña cambió")
    look(here, "member-password-changed-es-light")
    ((event, words),) = notices(served, user["party"])
    assert (event, "las demás sesiones se cerraron" in words) == ("access.password_changed", True)
    assert third.get("/member_portal/position").status == 401
    there.reload()
    there.locator("input[name=password]").wait_for()
    assert there.locator("a[href^='/accounts/']").count() == 0
    here.get_by_role("link", name="Ir a mi posición").click()
    here.locator("a[href^='/accounts/']").first.wait_for()


def test_the_position_is_taken_home_and_checked_by_a_visitor(
    opened: Any, served: ServedBank, people: People, tmp_path: Path
) -> None:
    user = a_new_portal_user(served, people, "1520.35", must_change=False)
    page = opened(width=PHONE)
    enter(page, user)
    with (
        page.expect_download(timeout=COLD_MILLIS) as started,
        page.expect_response("**/position/documents", timeout=COLD_MILLIS) as answer,
    ):
        page.get_by_role("button", name="Guardar en PDF").click()
    assert answer.value.status == 201
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    text = text_of(file.read_bytes())
    found = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", text)
    assert found
    assert "1.520,35" in text
    sees(page, found[0])
    look(page, "member-position-document-es-light")
    visitor = opened(f"/verify?t={FIRST}&code={found[0]}", width=PHONE)
    for said, answer in (("1.520,35", "coincide con el original"), ("2.520,35", "Desconfíe de este papel")):
        visitor.get_by_label(re.compile("Posición neta que dice")).fill(said)
        visitor.get_by_role("button", name="Comprobar").click()
        sees(visitor, re.compile(answer))
    look(visitor, "visitor-verify-es-light")
    fits(visitor)


@pytest.mark.feature("POR-17", "POR-18")
def test_without_a_term_deposit_the_page_leads_to_the_simulator_and_with_one_shows_it(
    opened: Any, served: ServedBank, people: People
) -> None:
    user = a_new_portal_user(served, people, "5000.00", must_change=False)
    page = opened(width=PHONE)
    enter(page, user)
    page.locator("nav a[href='/term-deposits'] >> visible=true").first.click()
    sees(page, "No tiene depósitos a plazo fijo")
    assert page.locator("main table").count() == 0
    look(page, "member-term-deposits-none-es-light")
    page.get_by_role("link", name="Simular un plazo fijo").click()
    page.wait_for_url("**/simulate/term-deposit")
    asked = {"product": "PF", "amount": usd("600.00"), "account_id": user["account"], "term_days": 90}
    core = people.staff("oficial1").post("/term_deposits/deposits", asked).expect(201).json
    page.locator("nav a[href='/'] >> visible=true").first.click()
    page.reload()
    page.locator(f"a[href='/term-deposits/{core['id']}']").click()
    for said in (f"Depósito {core['number']}", "Vigente", "90 días", re.compile("No se renueva")):
        sees(page, said)
    main = page.locator("main")
    expect(main.get_by_text("600,00").first).to_be_visible()
    expect(main.locator("tbody tr")).to_have_count(len(core["rows"]))
    look(page, "member-term-deposit-es-light")
    fits(page)
    page.locator("nav a[href='/term-deposits'] >> visible=true").first.click()
    expect(page.locator(f"a[href='/term-deposits/{core['id']}']")).to_contain_text("Faltan")
