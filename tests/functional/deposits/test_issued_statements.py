"""Statements that are cut on request, their notes, and the copies that others get."""

import base64
from datetime import date
from decimal import Decimal
from typing import Any

import boto3
import pytest
from moto.backends import get_backend

from chalicelib.modules.deposits.service import cutting, enquiry, issuing
from chalicelib.platform import aws, settings
from tests.functional.deposits.conftest import SetParameter, StandOn
from tests.functional.deposits.test_statements import MONTHLY, TODAY, amounts, history, shown, to_date
from tests.functional.platform.stream import items, published, record
from tests.support.bank import Bank
from tests.support.given import an_account, deposit
from tests.support.pdf import text_of
from tests.support.simulated import ACCOUNT, REGION
from tests.support.small_bank import a_bank, close_day


def fetched(bucket: Any, bank: Bank, account: dict[str, Any], last: str) -> bytes:
    """The PDF of an issued statement."""
    found = bank("officer").get(f"/v1/deposits/accounts/{account['id']}/statements/{last}").expect(200)
    key = found["url"].partition("?")[0].partition(settings.files_bucket())[2].partition("/")[2]
    content: bytes = bucket.get_object(Bucket=settings.files_bucket(), Key=key)["Body"].read()
    return content


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
    text = text_of(fetched(bucket, bank, account, "2026-06-16"))
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
    with bank.store.printing():  # type: ignore[attr-defined]
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
        ["D01", "I01", "F01", "F02"],
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


@pytest.fixture
def sent(bank: Bank) -> list[dict[str, Any]]:
    """What the bank gives to the e-mail service from now on."""
    client, given = aws.client("sesv2"), []
    client.create_email_identity(EmailIdentity="avisos@minga.test")
    get_backend("ses")[ACCOUNT][REGION].verify_email_identity("avisos@minga.test")
    client.meta.events.register(
        "provide-client-params.sesv2.SendEmail", lambda params, **_: given.append(params)
    )
    return given


@pytest.mark.feature("DEP-108")
def test_the_accountant_gets_the_same_pdf_as_the_member(
    bank: Bank, bucket: Any, sent: list[dict[str, Any]]
) -> None:
    account = an_account(bank, plan="S2", balance="10.00")
    path = f"/v1/deposits/accounts/{account['id']}"
    asked = {"name": "Contadora Inés", "email": "ines@contadores.test"}
    made = bank("officer").post(f"{path}/statement-copies", asked).expect(201)
    assert bank("officer").post(f"{path}/statement-copies", asked).code == "statement_copy_twice"
    bank("manager").post(f"{path}/statement-cut-offs", {}).expect(201)
    assert published(*[record(item) for item in items("notifications")]) == []
    (mail,) = (each for each in sent if each["Destination"]["ToAddresses"] == [asked["email"]])
    (attachment,) = mail["Content"]["Simple"]["Attachments"]
    assert attachment["ContentType"] == "application/pdf"
    assert attachment["RawContent"] == fetched(bucket, bank, account, TODAY)
    assert "10,00" in text_of(attachment["RawContent"])
    bank("officer").delete(f"{path}/statement-copies/{made['id']}").expect(204)
    assert bank("officer").get(f"{path}/statement-copies").expect(200)["items"] == []
    assert bank("officer").delete(f"{path}/statement-copies/{made['id']}").code == "unknown_statement_copy"
    for number in range(5):
        other = {"name": "Otro", "email": f"otro{number}@minga.test"}
        bank("officer").post(f"{path}/statement-copies", other).expect(201)
    refused = bank("officer").post(f"{path}/statement-copies", asked)
    assert (refused.status, refused.code) == (409, "too_many_statement_copies")
