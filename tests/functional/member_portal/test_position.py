"""What members see of everything they have: through the API, with whatever modules register."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from chalicelib.kernel.money import Money
from chalicelib.modules.parties import public as parties
from chalicelib.modules.parties.repository import products
from chalicelib.platform import clock, verification
from chalicelib.platform.reports import logo
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.work import UnitOfWork
from tests.functional.deposits.conftest import SetParameter, set_parameter
from tests.functional.deposits.test_overdrafts import checking, grant
from tests.functional.member_portal.conftest import a_term_deposit
from tests.support.api import Reply
from tests.support.bank import FIRST, Bank
from tests.support.given import a_member, an_account, money, withdraw
from tests.support.pdf import text_of

__all__ = ["set_parameter"]
POSITION, DOCUMENTS = "/v1/member_portal/position", "/v1/member_portal/position/documents"


@pytest.fixture
def registered() -> Iterator[Any]:
    """``registered("loans", holding)``: a module that has something of every party."""
    kept = dict(products._MODULES)

    def register(module: str, **given: Any) -> None:
        def tell(work: UnitOfWork, party_id: str) -> list[parties.ProductSummary]:
            return [a_product(module, **given)]

        parties.register_product_summary(module, tell)

    yield register
    products._MODULES.clear()
    products._MODULES.update(kept)


def a_product(module: str, balance: str, **given: Any) -> parties.ProductSummary:
    """What a made-up module says of a party."""
    told: dict[str, Any] = {"opened_on": date(2026, 6, 1), "branch": "1", "state": "active", **given}
    return parties.ProductSummary(
        application=module,
        account_id=f"{module}_1",
        number="7",
        product="P",
        balance=Money.of(balance, "USD"),
        **told,
    )


def amounts(row: dict[str, Any], *names: str) -> list[str]:
    return [row[name]["amount"] for name in names]


def test_the_net_is_everything_held_less_everything_owed_whoever_keeps_it(
    bank: Bank, registered: Any
) -> None:
    member = a_member(bank)["id"]
    account = an_account(bank, plan="S2", party_id=member, balance="6520.35")
    a_term_deposit(bank, account, "5000.00")
    work = bank.work()
    modules = work.context.tenant.modules
    registered(modules[-1], balance="300.00", kind="contributions")
    registered("loans", balance="2310.10", kind="loan", nature="owed", name="Microcrédito")
    asked_at = clock.now()
    found = bank.member(member).get(POSITION).expect(200)
    held = {row["kind"]: (row["nature"], row["ledger"]["amount"]) for row in found["accounts"]}
    assert held == {
        "savings": ("held", "1520.35"),
        "term_deposit": ("held", "5000.00"),
        "contributions": ("held", "300.00"),
        "loan": ("owed", "2310.10"),
    }
    (total,) = found["totals"]
    assert amounts(total, "ledger", "owed", "net", "available") == [
        "6820.35",
        "2310.10",
        "4510.25",
        "1520.35",
    ]
    assert found["base_total"]["net"] == money("4510.25")
    assert asked_at <= datetime.fromisoformat(found["as_of"]) <= clock.now()


def test_what_a_member_only_answers_for_is_not_in_their_position(bank: Bank, registered: Any) -> None:
    registered("loans", balance="900.00", kind="loan", nature="contingent", role="guarantor")
    member = a_member(bank)["id"]
    found = bank.member(member).get(POSITION).expect(200)
    assert (found["accounts"], found["totals"], found["base_total"]) == ([], [], {})


def test_an_overdrawn_current_account_is_a_debt(bank: Bank, set_parameter: SetParameter) -> None:
    set_parameter("deposits.plan", "CC", checking())
    member = a_member(bank)["id"]
    account = an_account(bank, plan="CC", party_id=member, balance="50.00")
    an_account(bank, plan="S2", party_id=member, balance="200.00")
    grant(bank, account, "100.00")
    withdraw(bank, account["id"], "80.00")
    found = bank.member(member).get(POSITION).expect(200)
    held = {row["kind"]: (row["nature"], *amounts(row, "ledger", "available")) for row in found["accounts"]}
    assert held == {"checking": ("owed", "30.00", "0.00"), "savings": ("held", "200.00", "200.00")}
    assert amounts(found["totals"][0], "ledger", "owed", "net") == ["200.00", "30.00", "170.00"]
    listed = bank("officer").get(f"/v1/parties/parties/{member}/products").expect(200)["items"]
    (owed,) = [row["balance"] for row in listed if row["nature"] == "owed"]
    assert owed == money("30.00")


def test_rate_blocked_and_accrued_interest_are_told_of_each_product(bank: Bank) -> None:
    member = a_member(bank)["id"]
    account = an_account(bank, plan="S2", party_id=member, balance="2000.00")
    deposit = a_term_deposit(bank, account, "500.00")
    hold = {"amount": money("120.00"), "code": "GAR", "reason": "garantía"}
    bank("manager").post(f"/v1/deposits/accounts/{account['id']}/holds", hold).expect(201)
    listed = bank.member(member).get(POSITION).expect(200)["accounts"]
    savings, term = sorted(listed, key=lambda row: str(row["kind"]))
    assert amounts(savings, "ledger", "available", "held") == ["1500.00", "1380.00", "120.00"]
    assert (term["rate"], term["maturity_date"]) == (deposit["rate"], deposit["maturity_date"])
    assert amounts(term, "available", "held") == ["0.00", "0.00"]


def issued(bank: Bank, member: str) -> Reply:
    return bank.member(member).post(DOCUMENTS).expect(201)


def checked(bank: Bank, code: str, **said: str) -> Reply:
    query = "&".join(f"{name}={value}" for name, value in {"tenant": FIRST, **said}.items())
    return bank().get(f"/v1/platform/verifications/{code}?{query}")


LOGO = '<svg viewBox="0 0 8 8"><circle fill="#7a1f3d" cx="4" cy="4" r="4"/></svg>'


@pytest.fixture
def drawn(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The logos that documents draw, the cooperative having one."""
    work = bank.work()
    tenant = work.get(TENANTS)
    work.put(TENANTS, replace(tenant, branding=replace(tenant.branding, logo=LOGO)))
    work.commit()
    found: list[Any] = []
    draw = logo.draw

    def noted(canvas: Any, picture: Any, *place: Any) -> None:
        found.append(picture)
        draw(canvas, picture, *place)

    monkeypatch.setattr(logo, "draw", noted)
    return found


@pytest.mark.feature("POR-02")
def test_the_document_says_what_the_screen_says(bank: Bank, registered: Any, drawn: list[Any]) -> None:
    registered("loans", balance="2310.10", kind="loan", nature="owed", name="Microcrédito")
    holder = a_member(bank, given_1="Rumiñahui", surname_1="Toapanta")
    account = an_account(bank, plan="S2", party_id=holder["id"], balance="6520.35")
    a_term_deposit(bank, account, "5000.00")
    shown = bank.member(holder["id"]).get(POSITION).expect(200)
    answer = issued(bank, holder["id"])
    content = base64.b64decode(answer["content_base64"])
    text = text_of(content)
    assert b"/MediaBox [ 0 0 595.2756 841.8898 ]" in content, "A4, upright"
    assert drawn == [logo.picture(LOGO)]
    assert re.search(r"Saldos al: \d+ \w+ 20\d\d, \d+:\d\d", text)
    for said in ("Cooperativa Sisa", "Rumiñahui Toapanta", str(holder["number"]), answer["code"]):
        assert said in text
    (total,) = shown["totals"]
    assert amounts(total, "ledger", "owed", "net") == ["6520.35", "2310.10", "4210.25"]
    for figure in ("6.520,35", "2.310,10", "4.210,25", "1.520,35"):
        assert figure in text
    assert answer["filename"] == "position-2026-06-01.pdf"


def test_whoever_gets_the_paper_can_check_it_and_learns_nothing_else(bank: Bank) -> None:
    holder = a_member(bank, given_1="Secreta", surname_1="Reservada")
    an_account(bank, party_id=holder["id"], balance="123.75")
    answer = issued(bank, holder["id"])
    digest = hashlib.sha256(base64.b64decode(answer["content_base64"])).hexdigest()
    found = checked(bank, answer["code"].lower().replace("-", " "), total="123.75", sha256=digest).expect(200)
    assert (found["title"], found["institution"]) == ("Posición consolidada", "Cooperativa Sisa")
    assert (found["total_matches"], found["file_matches"]) == (True, True)
    other = checked(bank, answer["code"], total="1123.75", sha256="0" * 64).expect(200)
    assert (other["total_matches"], other["file_matches"]) == (False, False)
    silent = checked(bank, answer["code"]).expect(200)
    assert (silent["total_matches"], silent["file_matches"]) == (None, None)
    for secret in ("Secreta", "Reservada", "123.75", holder["id"]):
        assert secret not in found.text + other.text + silent.text


def test_an_altered_or_expired_code_is_not_found(bank: Bank) -> None:
    member = a_member(bank)["id"]
    code = issued(bank, member)["code"]
    altered = code[:-1] + ("2" if code[-1] != "2" else "3")
    for wrong in (altered, "x", "0000-0000-0000", code + "2"):
        refused = checked(bank, wrong)
        assert (refused.status, refused.code) == (404, "unknown_verification_code")
    assert checked(bank, code, tenant="paramo").status == 404, "another cooperative has no such document"
    work = bank.work()
    kept = work.get(verification.DOCUMENTS, code=code.replace("-", ""))
    work.put(verification.DOCUMENTS, replace(kept, expires_at=clock.epoch_seconds()))
    work.commit()
    assert checked(bank, code).status == 404


def test_nobody_may_try_codes_or_figures_without_end(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = clock.epoch_seconds()
    monkeypatch.setattr(clock, "epoch_seconds", lambda: moment)
    code = issued(bank, a_member(bank)["id"])["code"]
    answers = [checked(bank, code, total=f"{guess}.00").status for guess in range(11)]
    assert answers == [200] * 10 + [429]


def test_movements_are_those_of_the_month_where_no_dates_are_asked_for(bank: Bank) -> None:
    account = an_account(bank, balance="20.00")
    portal = bank.member(account["party_id"])
    path = f"/v1/member_portal/accounts/{account['id']}/movements"
    found, asked = (
        portal.get(path).expect(200),
        portal.get(f"{path}?from=2026-06-01&to=2026-06-01").expect(200),
    )
    assert (found["period_start"], found["period_end"]) == ("2026-06-01", "2026-06-01")
    assert found["items"] == asked["items"] != []
    assert portal.get(f"{path}?from=2026-05-20").expect(200)["period_start"] == "2026-05-20"
