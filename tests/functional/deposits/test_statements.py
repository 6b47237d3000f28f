"""Statements: for the member, in the member's language, with the figures that the teller sees; their cycles."""

import base64
import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import boto3
import pytest
from openpyxl import load_workbook

from chalicelib.modules.deposits.service import cutting, enquiry, issuing
from chalicelib.platform import settings
from tests.functional.deposits.conftest import SetParameter, StandOn
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, deposit, money, withdraw
from tests.support.pdf import text_of
from tests.support.small_bank import a_bank, close_day

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


def fetched(bucket: Any, bank: Bank, account: dict[str, Any], last: str) -> str:
    """The text of the PDF of an issued statement."""
    found = bank("officer").get(f"/v1/deposits/accounts/{account['id']}/statements/{last}").expect(200)
    key = found["url"].partition("?")[0].partition(settings.files_bucket())[2].partition("/")[2]
    return text_of(bucket.get_object(Bucket=settings.files_bucket(), Key=key)["Body"].read())


@pytest.fixture
def bucket(bank: Bank) -> Any:
    client = boto3.client("s3", region_name="us-east-1")
    client.create_bucket(Bucket=settings.files_bucket())
    return client


@pytest.mark.feature("DEP-99")
def test_a_statement_that_is_cut_has_its_charge_and_interest_and_the_next_one_begins_empty(
    bank: Bank, set_parameter: SetParameter, stand_on: StandOn, bucket: Any
) -> None:
    lines = [{"charge": "EXT", "trigger": "cycle"}]
    set_parameter("deposits.fee_table", "CYCLE", {"names": {"es": "Ciclo"}, "lines": lines})
    own = {"fee_table": "CYCLE", "fee_cycle": "MONTH_END", **MONTHLY}
    account = an_account(bank, plan="S2", balance="1000.00", overrides=own)
    stand_on("2026-06-16")
    path = f"/v1/deposits/accounts/{account['id']}"
    asked = {"apply_fees": True, "pay_interest": True}
    assert bank("teller").post(f"{path}/statement-cut-offs", asked).code == "permission_denied"
    made = bank("manager").post(f"{path}/statement-cut-offs", asked).expect(201)
    assert (made["period_start"], made["period_end"]) == ("2026-06-01", "2026-06-16")
    rows = history(bank, account, "from=2026-06-01&to=2026-06-16&order=oldest").expect(200)["items"]
    assert {row["code"] for row in rows} >= {"D01", "F01", "I01"}
    assert amounts(to_date(bank, account)) == []
    again = bank("manager").post(f"{path}/statement-cut-offs", asked)
    assert (again.status, again.code) == (409, "statement_cut_today")
    deposit(bank, account["id"], "5.00")
    text = fetched(bucket, bank, account, "2026-06-16")
    balance = rows[-1]["balance"]["amount"]
    assert balance.replace(".", ",") in text
    assert "Intereses ganados" in text
    assert "5,00" not in text.splitlines()
    assert amounts(to_date(bank, account)) == [("", "5.00", str(Decimal(balance) + 5))]
    cycles = bank("officer").get(f"{path}/statement-periods").expect(200)["items"]
    assert [(row["first"], row["cycle"]) for row in cycles] == [
        ("2026-06-16", "current"),
        ("2026-06-01", "2026-06-16"),
    ]
    assert shown(history(bank, account, "cycle=current")) == ["5.00"]
    assert shown(history(bank, account, "cycle=previous")) == [row["amount"]["amount"] for row in rows[::-1]]


def test_the_cycle_ends_as_usual_after_a_cut_and_charges_nothing_twice() -> None:
    """The closes that follow prove that the books agree with the account."""
    bank = a_bank(date(2026, 6, 26))
    account = bank.an_account("S1", funds="400.00", overrides={"fee_table": "CHECKING"})
    close_day(bank)
    asked = cutting.Cut(apply_fees=True, pay_interest=True)
    bank.do(lambda work: cutting.cut(work, account, asked))
    bank.deposit(account, "5.00")
    for _ in range(2):
        close_day(bank)
    work = bank.work()
    second, first = issuing.issued(work, account)
    assert (first.first, first.last) == (date(2026, 6, 26), date(2026, 6, 29))
    assert (second.first, second.last) == (date(2026, 6, 29), date(2026, 6, 30))
    stored = bank.account(account)
    listed = [enquiry.statement_of(work, stored, row.period) for row in (first, second)]
    assert [[row.code for row in each.movements] for each in listed] == [
        ["D01", "F01", "F02", "I01"],
        ["D01", "I01"],
    ]
    assert listed[0].closing == listed[1].opening
    assert listed[1].closing == stored.ledger


@pytest.mark.parametrize(
    ("plan", "own", "asked", "code"),
    [
        ("C1", {}, {}, "nothing_to_state"),
        ("S2", {"interest_payment_method": "cheque"}, {"pay_interest": True}, "interest_goes_elsewhere"),
    ],
)
def test_what_cannot_be_cut_says_why(
    module_bank: Bank, plan: str, own: dict[str, Any], asked: dict[str, Any], code: str
) -> None:
    balance = "10.00" if own else ""
    account = an_account(module_bank, plan=plan, overrides=own, balance=balance)
    refused = module_bank("manager").post(f"/v1/deposits/accounts/{account['id']}/statement-cut-offs", asked)
    assert (refused.status, refused.code) in [(409, code), (422, code)]


def pdf_of(bank: Bank, account: dict[str, Any], **asked: str) -> str:
    path = f"/v1/deposits/accounts/{account['id']}/statements"
    answer = bank("manager" if account["branch"] == "1" else "manager2").post(
        path, {"language": "es", **asked}
    )
    return text_of(base64.b64decode(answer.expect(200)["content_base64"]))


@pytest.mark.feature("DEP-100", "DEP-101")
def test_notes_print_in_their_sections_on_the_statements_of_their_branches_and_dates(
    bank: Bank, set_parameter: SetParameter, stand_on: StandOn
) -> None:
    both = {"texts": {"es": "Asamblea el sábado"}, "sections": ["header", "footer"]}
    set_parameter("deposits.statement_note", "ALL", {"names": {"es": "Asamblea"}, **both})
    own = {"texts": {"es": "Nueva sede"}, "branches": ["2"], "valid_to": "2026-06-15"}
    set_parameter(
        "deposits.statement_note", "B2", {"names": {"es": "Sede"}, **own, "valid_from": "2026-06-01"}
    )
    first, second = (an_account(bank, plan="S2", branch=branch) for branch in ("1", "2"))
    for account in (first, second):
        deposit(bank, account["id"], "10.00", who="teller")
    lines = pdf_of(bank, first).splitlines()
    notes = [place for place, line in enumerate(lines) if "Asamblea el sábado" in line]
    movement = next(place for place, line in enumerate(lines) if "Depósito en efectivo" in line)
    assert len(notes) == 2
    assert notes[0] < movement < notes[1]
    assert "Nueva sede" not in "\n".join(lines)
    assert "Nueva sede" in pdf_of(bank, second)
    stand_on("2026-06-16")
    assert "Nueva sede" not in pdf_of(bank, second)
    assert "Asamblea el sábado" in pdf_of(bank, second)
    assert "Nueva sede" in pdf_of(bank, second, **{"from": "2026-06-01", "to": "2026-06-15"})
