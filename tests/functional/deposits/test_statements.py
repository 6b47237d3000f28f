"""Statements: for the member, in the member's language, with the figures that the teller sees; their cycles."""

import base64
import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.functional.deposits.conftest import StandOn
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, deposit, money, withdraw
from tests.support.pdf import text_of

TODAY = "2026-06-01"
MONTHLY = {"statement_cycle": "MONTH_END"}


def statement(api: Bank, account: dict[str, Any], **also: str) -> str:
    asked = {"from": TODAY, "to": TODAY, "format": "csv", **also}
    answer = api("teller").post(f"/v1/deposits/accounts/{account['id']}/statements", asked).expect(200)
    return base64.b64decode(answer["content_base64"]).decode("utf-8-sig")


def to_date(bank: Bank, account: dict[str, Any], form: str = "csv", language: str = "en") -> bytes:
    """The statement to date, as the teller makes it."""
    asked = {"format": form, "language": language}
    answer = bank("teller").post(f"/v1/deposits/accounts/{account['id']}/statements", asked).expect(200)
    return base64.b64decode(answer["content_base64"])


def amounts(document: bytes) -> list[tuple[str, str, str]]:
    """(debit, credit, balance) of each line of a statement as CSV."""
    _, *rows = csv.reader(io.StringIO(document.decode("utf-8-sig")))
    return [(row[-3], row[-2], row[-1]) for row in rows]


def history(bank: Bank, account: dict[str, Any], query: str, who: str = "teller") -> Any:
    return bank(who).get(f"/v1/deposits/accounts/{account['id']}/transactions?{query}")


def shown(answer: Any) -> list[str]:
    """The amounts of the movements in an answer."""
    return [row["amount"]["amount"] for row in answer.expect(200)["items"]]


@pytest.mark.feature("GEN-17")
def test_a_statement_is_in_the_members_language_whatever_the_branchs_and_the_tellers(bank: Bank) -> None:
    """The branch and the teller speak Spanish; one member reads English, the other nothing but Spanish."""
    english = an_account(bank, party_id=a_member(bank, language="en")["id"], balance="25.00")
    spanish = an_account(bank, party_id=a_member(bank)["id"], balance="25.00")
    assert bank("teller").get("/v1/platform/me").expect(200)["user"]["language"] == "es"
    assert statement(bank, english).splitlines()[0].startswith("Date,Description")
    assert statement(bank, spanish).splitlines()[0].startswith("Fecha")


def test_staff_may_ask_for_a_statement_in_another_language(bank: Bank) -> None:
    account = an_account(bank, party_id=a_member(bank, language="en")["id"], balance="25.00")
    assert statement(bank, account, language="es").splitlines()[0].startswith("Fecha")


@pytest.mark.feature("DEP-132")
def test_the_members_own_statement_ends_with_the_balance_that_the_teller_sees(
    bank: Bank, stand_on: StandOn
) -> None:
    """1 to 30 June; what happens in July is in neither."""
    holder = a_member(bank)
    account = an_account(bank, plan="C1", party_id=holder["id"], balance="300.00")
    withdraw(bank, account["id"], "120.50")
    stand_on("2026-06-15")
    deposit(bank, account["id"], "20.25")
    period = "from=2026-06-01&to=2026-06-30"
    of_teller = history(bank, account, period).expect(200)["closing"]["amount"]
    assert of_teller == bank("teller").get(f"/v1/deposits/accounts/{account['id']}")["ledger"]["amount"]
    stand_on("2026-07-01")
    deposit(bank, account["id"], "1000.00")
    member = bank.member(holder["id"])
    own = f"/v1/member_portal/accounts/{account['id']}"
    lines = member.get(f"{own}/movements?{period}&order=oldest").expect(200)["items"]
    assert lines[-1]["balance"]["amount"] == of_teller == "199.75"

    def file(form: str) -> bytes:
        answer = member.get(f"{own}/statement?{period}&format={form}").expect(200)
        return base64.b64decode(answer["content_base64"])

    assert amounts(file("csv"))[-1][-1] == of_teller
    sheet = load_workbook(io.BytesIO(file("xlsx"))).active
    assert sheet is not None
    balances = [row[-1] for row in sheet.iter_rows(values_only=True) if isinstance(row[-1], int | float)]
    assert Decimal(str(balances[-1])) == Decimal(of_teller)
    assert "199,75" in text_of(file("pdf"))
    assert "1.199,75" not in text_of(file("pdf"))


@pytest.mark.feature("DEP-98")
def test_a_statement_to_date_lists_what_followed_the_last_one_and_changes_nothing(
    bank: Bank, stand_on: StandOn
) -> None:
    account = an_account(bank, plan="S2", balance="1000.00", overrides=MONTHLY)
    stand_on("2026-07-10")
    deposit(bank, account["id"], "50.00")
    withdraw(bank, account["id"], "30.00")
    path = f"/v1/deposits/accounts/{account['id']}"
    before = bank("officer").get(path).expect(200).json
    cycles = bank("officer").get(f"{path}/statement-periods").expect(200).json
    assert [row["first"] for row in cycles["items"]] == ["2026-07-01"]
    text = text_of(to_date(bank, account, "pdf"))
    assert "50.00" in text
    assert "30.00" in text
    assert "Cash deposit" in text
    assert amounts(to_date(bank, account)) == [("", "50.00", "1050.00"), ("30.00", "", "1020.00")]
    assert bank("officer").get(path).expect(200).json == before
    assert bank("officer").get(f"{path}/statement-periods").expect(200).json == cycles


@pytest.mark.feature("DEP-84")
def test_a_deposit_of_the_current_statement_period_is_reversed_once(bank: Bank, stand_on: StandOn) -> None:
    """50 in cheques, two business days in clearing, reversed on a later day of the same period by the manager."""
    account = an_account(bank, plan="S2", balance="10.00", overrides=MONTHLY)
    path = f"/v1/deposits/accounts/{account['id']}"
    before = bank("officer").get(f"{path}/balances").expect(200).json
    receipt = deposit(bank, account["id"], "50.00")
    stand_on("2026-06-10")
    undo = f"/v1/deposits/transactions/{receipt['entry_id']}/reversals"
    assert bank("manager").post(undo, {}).status == 422
    refused = bank("teller").post(undo, {"reason": "wrong account"})
    assert (refused.status, refused.code) == (403, "permission_denied")
    made = bank("manager").post(undo, {"reason": "wrong account"}).expect(201)
    assert made["reverses"] == receipt["entry_id"]
    after = bank("officer").get(f"{path}/balances").expect(200).json
    assert after["ledger"] == before["ledger"]
    assert after["available"] == before["available"]
    rows = history(bank, account, "cycle=current&order=oldest", "auditor").expect(200)["items"]
    assert [(row["reverses"], row["reversed_by"]) for row in rows[1:]] == [
        ("", made["entry_id"]),
        (receipt["entry_id"], ""),
    ]
    again = bank("manager").post(undo, {"reason": "wrong account"})
    assert (again.status, again.code) == (409, "already_reversed")


def test_what_is_on_an_earlier_statement_is_not_reversed(bank: Bank, stand_on: StandOn) -> None:
    account = an_account(bank, plan="S2", overrides=MONTHLY)
    receipt = deposit(bank, account["id"], "50.00")
    stand_on("2026-07-01")
    undo = f"/v1/deposits/transactions/{receipt['entry_id']}/reversals"
    refused = bank("manager").post(undo, {"reason": "too late"})
    assert (refused.status, refused.code) == (409, "outside_statement_period")
    yearly = an_account(bank, plan="S2")
    receipt = deposit(bank, yearly["id"], "50.00")
    stand_on("2026-11-02")
    undo = f"/v1/deposits/transactions/{receipt['entry_id']}/reversals"
    assert bank("manager").post(undo, {"reason": "too late"}).code == "value_date_too_early"


@pytest.mark.feature("DEP-85")
def test_what_was_undone_is_not_on_the_statement_but_in_the_auditors_history(bank: Bank) -> None:
    account = an_account(bank, plan="S2", balance="100.00", overrides=MONTHLY)
    wrong = deposit(bank, account["id"], "50.00")
    withdraw(bank, account["id"], "20.00")
    undo = f"/v1/deposits/transactions/{wrong['entry_id']}/reversals"
    bank("manager").post(undo, {"reason": "wrong account"}).expect(201)
    assert amounts(to_date(bank, account)) == [("", "100.00", "100.00"), ("20.00", "", "80.00")]
    seen = shown(history(bank, account, "cycle=current&order=oldest", "auditor"))
    assert seen == ["100.00", "50.00", "-20.00", "-50.00"]


@pytest.mark.feature("DEP-82")
def test_the_last_cycle_and_the_current_one_are_seen_apart(bank: Bank, stand_on: StandOn) -> None:
    holder = a_member(bank)
    account = an_account(bank, plan="S2", party_id=holder["id"], balance="100.00", overrides=MONTHLY)
    withdraw(bank, account["id"], "7.00")
    stand_on("2026-07-01")
    for amount in ("5.00", "60.00", "700.00"):
        deposit(bank, account["id"], amount)
    withdraw(bank, account["id"], "60.00")
    member = bank.member(holder["id"])
    own = f"/v1/member_portal/accounts/{account['id']}/movements?order=oldest"
    last, now = (member.get(f"{own}&cycle={cycle}").expect(200).json for cycle in ("previous", "current"))
    assert [row["amount"]["amount"] for row in last["items"]] == ["100.00", "-7.00"]
    assert [row["amount"]["amount"] for row in now["items"]] == ["5.00", "60.00", "700.00", "-60.00"]
    assert last["closing"] == now["opening"] == money("93.00")
    assert shown(history(bank, account, "cycle=current&code=W01")) == ["-60.00"]
    assert shown(history(bank, account, "cycle=current&min_amount=50&max_amount=100")) == ["-60.00", "60.00"]
    assert shown(history(bank, account, "cycle=current&channel=member_portal")) == []
    assert shown(history(bank, account, "cycle=current&channel=console&code=D01&min_amount=600")) == [
        "700.00"
    ]
    assert shown(history(bank, account, "from=2026-06-01&to=2026-07-01&max_amount=6")) == ["5.00"]


def test_a_page_holds_as_many_as_were_asked_for_and_the_cursor_goes_on_after_them(bank: Bank) -> None:
    account = an_account(bank, plan="S2")
    for amount in ("1.00", "20.00", "2.00", "30.00", "3.00", "40.00"):
        deposit(bank, account["id"], amount)
    query = "cycle=current&order=oldest&min_amount=10&limit=2"
    first = history(bank, account, query)
    assert shown(first) == ["20.00", "30.00"]
    assert shown(history(bank, account, f"{query}&cursor={first['next_cursor']}")) == ["40.00"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "period_unclear"),
        ("from=2026-06-01", "period_unclear"),
        ("from=2026-06-01&to=2026-06-01&cycle=current", "period_unclear"),
        ("from=2026-06-02&to=2026-06-01", "invalid_period"),
        ("cycle=current&min_amount=2&max_amount=1", "amounts_out_of_order"),
        ("cycle=previous", "unknown_statement"),
        ("cycle=2026-05-31", "unknown_statement"),
    ],
)
def test_a_history_says_what_is_wrong_with_what_it_is_asked_for(
    module_bank: Bank, query: str, code: str
) -> None:
    account = an_account(module_bank, plan="S2", overrides=MONTHLY)
    assert history(module_bank, account, query).code == code
