"""A day at the cooperative's console, in a browser: the counter, the books, the parameters, the end of the day."""

import re
import time
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.screen import look
from tests.integration.client import People, an_account, ledger
from tests.integration.served import FIRST, PATIENCE_SECONDS, ServedBank


def enter(opened: Any, served: ServedBank, username: str, **device: Any) -> Page:
    """The console's first page with somebody of the staff signed in."""
    page: Page = opened("/admin/", **device)
    user = served.staff(FIRST, username)
    page.locator("select[name=tenant] option[value=chakana]").wait_for(state="attached")
    page.locator("select[name=tenant]").select_option(FIRST)
    page.locator("input[name=username]").fill(user["username"])
    page.locator("input[name=password]").fill(user["password"])
    page.locator("form button[type=submit]").click()
    page.locator("input[name=password]").wait_for(state="detached")
    page.get_by_role("heading", level=1).wait_for()
    return page


def go(page: Page, path: str) -> None:
    """Another page of the console, in the same session."""
    left = page.get_by_role("heading", level=1).element_handle()
    page.evaluate(
        f"history.pushState({{}}, '', '/admin{path}'); dispatchEvent(new PopStateEvent('popstate'))"
    )
    left.wait_for_element_state("hidden")
    page.get_by_role("heading", level=1).wait_for()


def test_a_teller_takes_a_deposit_and_hands_over_the_receipt(
    opened: Any, served: ServedBank, people: People
) -> None:
    account = an_account(people, "10.00")
    page = enter(opened, served, "cajero1")
    look(page, "console-home-es-light")
    go(page, "/deposits/deposit")
    page.get_by_role("combobox").first.fill(account["number"])
    page.get_by_role("option").first.click()
    page.locator("form input[inputmode=decimal]").first.fill("25,50")
    look(page, "console-deposit-es-light")
    page.locator("form button[type=submit]").first.click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    expect(page.get_by_text(account["number"]).first).to_be_visible()
    expect(page.get_by_text(re.compile("35,50")).first).to_be_visible()
    look(page, "console-receipt-es-light")
    assert ledger(people, account["id"]) == "35.50"


def test_an_accountant_reads_the_trial_balance(opened: Any, served: ServedBank) -> None:
    page = enter(opened, served, "contador", language="en", scheme="dark")
    go(page, "/accounting/trial-balance")
    page.locator("main table tbody tr").first.wait_for()
    look(page, "console-trial-balance-en-dark")


def test_an_administrator_looks_into_the_parameters(opened: Any, served: ServedBank) -> None:
    page = enter(opened, served, "admin")
    go(page, "/parameters")
    look(page, "console-parameters-es-light")
    go(page, "/parameters/deposits.plan/S1/edit")
    page.locator("main form input").first.wait_for()
    look(page, "console-parameter-form-es-light")


def test_an_operator_closes_the_day_and_watches(opened: Any, served: ServedBank, people: People) -> None:
    page = enter(opened, served, "operador")
    go(page, "/closing")
    look(page, "console-closing-es-light")
    page.locator("main header button").first.click()
    page.get_by_role("dialog").locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"/admin/closing/\w+"))
    run_id = page.url.rsplit("/", 1)[1]
    page.get_by_role("progressbar").first.wait_for()
    deadline = time.monotonic() + PATIENCE_SECONDS
    operator = people.staff("operador")
    while operator.get(f"/platform/closing-runs/{run_id}").expect(200)["state"] == "running":
        assert time.monotonic() < deadline
        time.sleep(0.5)
    assert operator.get(f"/platform/closing-runs/{run_id}").expect(200)["state"] == "completed"
    look(page, "console-closing-run-es-light", known=("scrollable-region-focusable",))


def test_an_officer_simulates_by_keyboard_with_terms_of_their_own(
    opened: Any, served: ServedBank, people: People
) -> None:
    plans = people.staff("admin").get("/loans/plans").expect(200)
    assert plans["items"]
    page = enter(opened, served, "admin")
    go(page, "/loans/simulate")
    page.locator("main form input[inputmode=decimal]").first.wait_for()
    page.get_by_role("radio", name=re.compile("Condiciones propias")).check(force=True)
    page.locator("main form input[inputmode=decimal]").first.fill("5000")
    page.locator("main form input[inputmode=numeric]").first.fill("24")
    page.get_by_label("Porcentaje").first.fill("15,60")
    page.get_by_label("Fórmula").select_option("regular")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main").get_by_text("243,86").first).to_be_visible()
    look(page, "console-loan-simulator-es-light")
    page.get_by_label("Fórmula").select_option("fixed_principal")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main").get_by_text("273,33").first).to_be_visible()
    go(page, "/term-deposits/simulate")
    page.get_by_role("radio", name=re.compile("Plazo Fijo Chakana")).check(force=True)
    page.locator("main form input[inputmode=decimal]").first.fill("5000")
    page.locator("main form input[inputmode=numeric]").first.fill("150")
    page.get_by_label("Tasa propia").fill("7,50")
    page.keyboard.press("Control+Enter")
    for figure in ("156,25", "4,69", "151,56", "5.151,56"):
        expect(page.locator("main").get_by_text(re.compile(re.escape(figure))).first).to_be_visible()
    look(page, "console-term-deposit-simulator-es-light")
