"""A member's visit to the portal, in a browser, as on the first day."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.provisional import PROVISIONAL, a_new_portal_user
from tests.e2e.screen import DESK, PHONE, fits, look, sees
from tests.integration.client import People, deposit
from tests.integration.served import FIRST, ServedBank

SIGN_IN, NAME, PASSWORD = (
    re.compile("Entrar|Sign in"),
    re.compile("Usuario|User name"),
    "input[name=password]",
)


def choose_cooperative(page: Page) -> None:
    page.get_by_role("button", name="Cooperativa Chakana").click()
    page.locator(PASSWORD).wait_for()


def fill_in(page: Page, user: dict[str, str]) -> None:
    page.get_by_label(NAME).fill(user["username"])
    page.locator(PASSWORD).fill(user["password"])
    page.get_by_role("button", name=SIGN_IN).click()


def enter(page: Page, user: dict[str, str]) -> None:
    choose_cooperative(page)
    fill_in(page, user)
    page.locator("a[href^='/accounts/']").first.wait_for()


def user_menu(page: Page, item: str) -> None:
    page.get_by_role("banner").locator("button[aria-haspopup=menu]").click()
    page.get_by_role("menuitem", name=item).click()


def in_english(page: Page) -> None:
    """Ask for English, as anybody can on any page, unless the page speaks it already."""
    if page.locator("html").get_attribute("lang") != "en":
        page.keyboard.press("Control+Shift+L")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def digits(text: str | None) -> str:
    return re.sub(r"\D", "", text or "")


@dataclass(frozen=True)
class Visit:
    """How the portal is looked at."""

    width: int
    language: str
    scheme: Any

    def name(self, page: str) -> str:
        return f"member-{page}-{self.language}-{self.scheme}"


VISITS = [Visit(PHONE, "es", "light"), Visit(DESK, "en", "dark")]


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: f"{visit.width}-{visit.language}-{visit.scheme}")
def test_every_page_is_accessible_and_fits(opened: Any, served: ServedBank, visit: Visit) -> None:
    page = opened(width=visit.width, language=visit.language, scheme=visit.scheme)
    page.get_by_role("button", name="Cooperativa Chakana").wait_for()
    look(page, visit.name("cooperatives"))
    choose_cooperative(page)
    if visit.language == "en":
        in_english(page)
    look(page, visit.name("sign-in"))
    fill_in(page, served.member(FIRST, 3))
    page.locator("a[href^='/accounts/']").first.wait_for()
    for name, address in (("position", ""), ("statements", "statements"), ("settings", "settings")):
        if address:
            page.locator(f"nav a[href='/{address}'] >> visible=true").first.click()
            page.wait_for_url(f"**/{address}*")
        page.get_by_role("heading", level=1).wait_for()
        look(page, visit.name(name))
        fits(page)
    page.locator("nav a[href='/'] >> visible=true").first.click()
    page.locator("a[href^='/accounts/']").first.click()
    page.locator("main dl dd").first.wait_for()
    look(page, visit.name("account"))
    fits(page)


@pytest.mark.feature("POR-24", "GEN-14")
def test_a_wrong_password_is_refused_and_the_language_changes_under_what_is_typed(
    opened: Any, served: ServedBank
) -> None:
    page = opened()
    choose_cooperative(page)
    refusals = []
    for user in (
        {**served.member(FIRST), "password": "no-es-esta-1"},
        {"username": "nadie", "password": "x"},
    ):
        fill_in(page, user)
        page.locator("[role=alert]").filter(has_text="no son correctos").wait_for()
        refusals.append(page.locator("[role=alert]").filter(has_text="no son correctos").inner_text())
    assert refusals[0] == refusals[1]
    page.get_by_label("Usuario").fill("a medio escribir")
    page.locator(PASSWORD).fill("tampoco-se-pierde")
    page.keyboard.press("Control+Shift+L")
    expect(page.get_by_label("User name")).to_have_value("a medio escribir")
    expect(page.locator(PASSWORD)).to_have_value("tampoco-se-pierde")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    fill_in(page, served.member(FIRST))
    sees(page, "Your net position")


@pytest.mark.feature("POR-53")
def test_the_position_shows_what_the_teller_just_took_in(
    opened: Any, served: ServedBank, people: People
) -> None:
    page = opened()
    enter(page, served.member(FIRST))
    link = page.locator("a[href^='/accounts/']").first
    account = (link.get_attribute("href") or "").removeprefix("/accounts/")
    receipt = deposit(people, account, "20.00").expect(201)
    page.reload()
    expect(page.locator(f"a[href='/accounts/{account}']")).to_contain_text(
        re.compile(r"[.,\s]?".join(receipt["ledger"]["amount"].replace(".", "")))
    )


@pytest.mark.feature("POR-03", "POR-04", "POR-05", "POR-06")
def test_movements_are_filtered_added_up_and_taken_home(
    opened: Any, served: ServedBank, people: People, tmp_path: Path
) -> None:
    page = opened()
    enter(page, served.member(FIRST))
    page.locator("nav a[href='/statements'] >> visible=true").first.click()
    page.locator("label").filter(has_text="Créditos").click()
    sees(page, "No tiene créditos vigentes")
    page.locator("label").filter(has_text="Ahorros").click()
    page.locator("a[href^='/accounts/']").first.click()
    page.get_by_label("Desde").wait_for()
    account = page.url.rsplit("/", 1)[1]
    deposit(people, account, "20.00").expect(201)

    page.get_by_role("button", name="Este año").click()
    page.locator("tbody tr").first.wait_for()
    first, last = page.get_by_label("Desde").input_value(), page.get_by_label("Hasta").input_value()
    page.get_by_label("Desde").fill(last)
    page.get_by_label("Hasta").fill(first)
    page.get_by_label("Hasta").blur()
    sees(page, "La fecha de inicio no puede ser posterior a la de corte")
    page.get_by_label("Desde").fill(first)
    page.get_by_label("Hasta").fill(last)
    page.get_by_label("Hasta").blur()
    page.locator("tbody tr").first.wait_for()
    assert balances_hold(page)

    page.get_by_role("button", name="Descargar").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="PDF").click()
    name = download.value.suggested_filename
    assert re.fullmatch(r"statement-\d{4}-\d{4}-01-01-\d{4}-\d\d-\d\d\.pdf", name)
    file = tmp_path / name
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF")
    sees(page, f"Listo: {name}")


def balances_hold(page: Page) -> bool:
    """Opening plus what came in less what went out is closing, as the page shows them."""
    summary = page.locator("main dl").filter(has=page.get_by_text("Saldo inicial")).first
    expect(summary.locator("dd")).to_have_count(4)
    opening, credit, debit, closing = (int(digits(text)) for text in summary.locator("dd").all_inner_texts())
    return opening + credit - debit == closing


def test_two_members_read_the_same_bank_in_their_own_languages(opened: Any, served: ServedBank) -> None:
    spanish, english = opened(), opened(language="en")
    for number, page in enumerate((spanish, english)):
        enter(page, served.member(FIRST, number))
    in_english(english)
    sees(spanish, "Su posición neta")
    sees(english, "Your net position")
    sees(spanish, "Ahorros")
    sees(english, "Savings")


@pytest.mark.feature("POR-23")
def test_after_signing_out_the_back_button_shows_nothing(opened: Any, served: ServedBank) -> None:
    page = opened()
    enter(page, served.member(FIRST, 2))
    page.locator("a[href^='/accounts/']").first.click()
    page.get_by_label("Desde").wait_for()
    number = page.url.rsplit("/", 1)[1]
    page.locator("nav a[href='/statements'] >> visible=true").first.click()
    page.get_by_role("radio", name="Ahorros").wait_for()
    user_menu(page, "Salir")
    sees(page, "Salió del portal")
    for _ in range(2):
        page.go_back()
        page.locator(PASSWORD).wait_for()
        assert page.locator("a[href^='/accounts/']").count() == 0
    page.goto(f"{served.url}/accounts/{number}")
    page.locator(PASSWORD).wait_for()
    assert page.get_by_text("Saldo inicial").count() == 0


def test_anothers_account_in_the_address_is_not_found(
    opened: Any, served: ServedBank, people: People
) -> None:
    anothers = people.member(1).get("/member_portal/position").expect(200)["accounts"][0]["id"]
    page = opened()
    enter(page, served.member(FIRST))
    page.evaluate(
        f"history.pushState({{}}, '', '/accounts/{anothers}'); dispatchEvent(new PopStateEvent('popstate'))"
    )
    sees(page, "Aquí no hay nada que ver")


@pytest.mark.feature("POR-25")
def test_a_provisional_password_opens_one_page_until_it_is_changed(
    opened: Any, served: ServedBank, people: People
) -> None:
    user = a_new_portal_user(served, people)
    page = opened()
    choose_cooperative(page)
    fill_in(page, user)
    sees(page, "Elija su contraseña")
    look(page, "member-new-password-es-light")
    page.goto(f"{served.url}/statements")
    if page.locator(PASSWORD).count():
        fill_in(page, user)
    sees(page, "Elija su contraseña")
    change(page, "no-era-esta-9")
    sees(page, re.compile("La contraseña (actual )?no es correcta"))
    change(page, PROVISIONAL)
    sees(page, "Su contraseña cambió")


def change(page: Page, current: str, new: str = "Lluvia-sobre-el-cerro-9") -> None:
    page.locator("input[autocomplete=current-password]").fill(current)
    for field in page.locator("input[autocomplete=new-password]").all():
        field.fill(new)
    page.get_by_role("button", name="Guardar contraseña").click()


FIRST_INSTALMENT, TOTAL_INTEREST = "243,86", "852,67"


def amount_field(page: Page) -> Any:
    return page.locator("main form input[inputmode=decimal]").first


def term_field(page: Page) -> Any:
    return page.locator("main form input[inputmode=numeric]").first


def project_button(page: Page) -> Any:
    return page.locator("main form button[type=submit]")


def project(page: Page, amount: str, term: str) -> None:
    amount_field(page).fill(amount)
    term_field(page).fill(term)
    project_button(page).click()
    page.locator("main table >> visible=true").first.wait_for()


@pytest.mark.feature("POR-09", "POR-10")
def test_a_member_simulates_a_loan_within_its_limits(opened: Any, served: ServedBank) -> None:
    page = opened(width=PHONE)
    enter(page, served.member(FIRST, 2))
    page.locator("nav a[href='/simulate'] >> visible=true").first.click()
    page.locator("a[href='/simulate/loan']").click()
    page.get_by_role("radio", name=re.compile("Crédito de Consumo")).check(force=True)
    for amount, term, refusal in (
        ("5000", "61", "El máximo es 60"),
        ("299", "24", re.compile("El mínimo es .300,00")),
    ):
        amount_field(page).fill(amount)
        term_field(page).fill(term)
        page.keyboard.press("Tab")
        sees(page, refusal)
        expect(project_button(page)).to_be_disabled()
    amount_field(page).fill("5000")
    expect(project_button(page)).to_be_enabled()
    project(page, "5000", "24")
    main = page.locator("main")
    expect(main.get_by_text(FIRST_INSTALMENT).first).to_be_visible()
    expect(main.get_by_text(TOTAL_INTEREST).first).to_be_visible()
    # the table of the chart and the payments, which begin with what is withheld from the disbursement
    expect(main.locator("table tbody tr")).to_have_count(24 + 25)
    sees(page, "La simulación es referencial")
    look(page, "member-loan-simulated-es-light")
    fits(page)


def test_a_visitor_simulates_compares_and_sends_the_link(
    opened: Any, served: ServedBank, tmp_path: Path
) -> None:
    page = opened(language="en", scheme="dark")
    choose_cooperative(page)
    in_english(page)
    page.get_by_role("link", name="Simulate a loan or a term deposit").click()
    page.locator("a[href='/simulate/loan']").click()
    project(page, "5000", "24")
    sees(page, re.compile(FIRST_INSTALMENT))
    page.get_by_role("button", name="Compare with another").click()
    term_field(page).fill("36")
    project_button(page).click()
    compared = page.locator("table[data-options='2']")
    expect(compared.locator("tbody tr").first).to_contain_text(FIRST_INSTALMENT)
    look(page, "visitor-loans-compared-en-dark")
    fits(page)
    amount_field(page).fill("4321")
    page.keyboard.press("Control+Shift+L")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(amount_field(page)).to_have_value("4321")
    expect(compared).to_contain_text(FIRST_INSTALMENT)
    with page.expect_download() as started:
        page.get_by_role("button", name="Descargar").click()
        page.get_by_role("menuitem", name="PDF").click()
    file = tmp_path / "simulation.pdf"
    started.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF-")
    address = page.url.removeprefix(served.url)
    other = opened(address + "&t=" + FIRST, width=PHONE)
    reopened = other.locator("table[data-options='2']")
    expect(reopened).to_contain_text(FIRST_INSTALMENT)
    expect(term_field(other)).to_have_value("24")
    look(other, "visitor-loans-reopened-es-light")
    fits(other)


@pytest.mark.feature("POR-19")
def test_a_visitor_simulates_a_term_deposit(opened: Any, served: ServedBank) -> None:
    page = opened(f"/simulate/term-deposit?t={FIRST}", width=PHONE)
    page.get_by_role("radio", name=re.compile("Plazo Fijo Chakana")).check(force=True)
    term_field(page).fill("150")
    amount_field(page).fill("99,99")
    page.keyboard.press("Tab")
    sees(page, re.compile("El mínimo es .100,00"))
    expect(project_button(page)).to_be_disabled()
    amount_field(page).fill("100")
    expect(project_button(page)).to_be_enabled()
    project(page, "5000", "150")
    main = page.locator("main")
    for figure in ("130,21", "3,91", "126,30", "5.126,30"):
        expect(main.get_by_text(re.compile(re.escape(figure))).first).to_be_visible()
    sees(page, "Esta simulación es informativa")
    look(page, "visitor-term-deposit-es-light")
    fits(page)
