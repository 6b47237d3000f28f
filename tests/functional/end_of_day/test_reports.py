"""What the end of day leaves behind: reports in each branch's inbox, statements, notices, and how many there were."""

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import boto3
import pytest

from chalicelib.platform import settings
from chalicelib.platform.tenancy import TENANTS
from chalicelib.workflows.end_of_day import service
from tests.functional.accounting.books import applied, cut, enrol, set_parameter, today
from tests.functional.deposits.test_features import a_plan
from tests.functional.parties.people import publish
from tests.support.api import Client
from tests.support.bank import FIRST, Bank
from tests.support.given import a_member, an_account, money
from tests.support.pdf import text_of
from tests.support.small_bank import drive

INBOX = "/v1/platform/report-files"
SCHEDULE = "platform.report_schedule"


@pytest.fixture(autouse=True)
def bucket(bank: Bank) -> Any:
    client = boto3.client("s3", region_name="us-east-1")
    client.create_bucket(Bucket=settings.files_bucket())
    return client


def a_schedule(report: str, **terms: Any) -> dict[str, Any]:
    return {"names": {"es": "Reporte"}, "report": report, "cycle": "DAILY", "form": "csv", **terms}


def scheduled(bank: Bank, code: str, report: str, **terms: Any) -> None:
    set_parameter(bank, SCHEDULE, code, a_schedule(report, **terms))


def close_day(bank: Bank) -> dict[str, Any]:
    """Close a day as the state machine does; the run as operators see it."""
    work = bank.work()
    run = service.start(work)
    work._afterwards.clear()
    work.commit()
    drive(bank.store(FIRST), run.id)
    shown: dict[str, Any] = bank("operator").get(f"/v1/platform/closing-runs/{run.id}").expect(200).json
    return shown


def steps(run: dict[str, Any], *names: str) -> dict[str, dict[str, Any]]:
    return {f"{step['step']}/{step['part']}": step for step in run["steps"] if step["step"] in names}


def inbox(client: Client, branch: str = "") -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = client.get(f"{INBOX}?branch={branch}").expect(200)["items"]
    return files


def fetched(bucket: Any, client: Client, path: str) -> bytes:
    """The content behind the address that the API gives for some minutes."""
    url = client.get(path).expect(200)["url"]
    key = url.partition("?")[0].partition(settings.files_bucket())[2].partition("/")[2]
    assert "Expires" in url or "X-Amz-Expires=600" in url
    content: bytes = bucket.get_object(Bucket=settings.files_bucket(), Key=key)["Body"].read()
    return content


@pytest.mark.feature("GEN-58")
def test_the_people_of_a_branch_see_its_reports_alone(bank: Bank, bucket: Any) -> None:
    publish(bank, "administration.branch", "7", {"name": "Intag"})
    bank("admin").post(
        "/v1/administration/branches/7/openings", {"first_business_date": "2026-06-01"}
    ).expect(201)
    scheduled(bank, "BALANCE", "trial_balance", kept_days=30)
    scheduled(bank, "WHOLE", "trial_balance", coverage="institution")
    manager = enrol(bank, "manager7", "7", scope="own", role="branch_manager")
    assert inbox(manager) == []
    run = close_day(bank)
    assert run["state"] == "completed"
    (file,) = inbox(manager)
    assert (file["report"], file["branch"], file["business_date"], file["kept_until"]) == (
        "trial_balance",
        "7",
        "2026-06-01",
        "2026-07-01",
    )
    assert file["url"] is None
    assert fetched(bucket, manager, f"{INBOX}/{file['id']}").startswith("\ufeffCuenta".encode())
    assert inbox(manager, "1") == inbox(manager, "all") == []
    for branch in ("1", "all"):
        (other,) = inbox(bank("accountant"), branch)
        assert manager.get(f"{INBOX}/{other['id']}").status == 404
        assert bank("accountant").get(f"{INBOX}/{other['id']}").status == 200
    assert inbox(bank("teller")) == [], "a teller may not read the ledger"


@pytest.mark.feature("GEN-60")
def test_month_end_leaves_statements_notices_and_reports_with_their_counts(bank: Bank, bucket: Any) -> None:
    scheduled(bank, "REGULATOR", "trial_balance", cycle="MONTH_END", coverage="institution", form="xlsx")
    scheduled(bank, "DEPOSITS", "deposit_balances", cycle="MONTH_END")
    scheduled(bank, "QUARTER", "journal_of_day", cycle="QUARTER_END", branches=["2"])
    set_parameter(bank, "deposits.plan", "MONTHLY", a_plan(statement_cycle="MONTH_END"))
    member = a_member(bank, language="en")["id"]
    account = an_account(bank, plan="MONTHLY", party_id=member, balance="100.00")
    an_account(bank, balance="40.00")
    assert not steps(close_day(bank), "report", "issue"), "nothing is due on the first of June"
    while today(bank) < date(2026, 6, 30):
        cut(bank)
    run = close_day(bank)
    later = steps(run, "report", "issue")
    assert {name: (step["state"], step["read"], step["processed"]) for name, step in later.items()} == {
        "report/1": ("completed", 1, 1),
        "report/2": ("completed", 2, 2),
        "report/all": ("completed", 1, 1),
        "issue/0000": ("completed", 2, 1),
    }
    assert [file["report"] for file in inbox(bank("accountant"), "all")] == ["trial_balance"]
    (deposits,) = (file for file in inbox(bank("manager")) if file["report"] == "deposit_balances")
    rows = list(
        csv.reader(io.StringIO(fetched(bucket, bank("manager"), f"{INBOX}/{deposits['id']}").decode()))
    )
    assert sorted(row[6] for row in rows[1:]) == ["100.25", "40.07"], "interest of the quarter included"
    portal = bank.member(member)
    path = f"/v1/member_portal/accounts/{account['id']}/statements"
    (statement,) = portal.get(path).expect(200)["items"]
    assert (statement["period_start"], statement["period_end"]) == ("2026-06-01", "2026-06-30")
    assert "Opening balance" in text_of(fetched(bucket, portal, f"{path}/2026-06-30"))
    (notice,) = portal.get("/v1/platform/notifications").expect(200)["items"]
    assert (notice["event"], notice["language"], notice["subject"]) == (
        "statement_issued",
        "en",
        "Statement ready",
    )
    staff = f"/v1/deposits/accounts/{account['id']}/statements"
    assert bank("officer").get(staff).expect(200)["items"] == [statement]
    assert bank("officer").get(f"{staff}/2026-05-31").code == "unknown_statement"
    assert bank("officer").get(f"{staff}/today").code == "unknown_statement"


@pytest.fixture
def quechua(bank: Bank) -> None:
    """Branch 2 works in Quechua, for which the institution has words of its own."""
    work = bank.work()
    work.put(TENANTS, replace(work.get(TENANTS), languages=("es", "qu")))
    work.commit()
    branch = bank.work().config.get("administration.branch", "2", date.max).to_body()
    set_parameter(bank, "administration.branch", "2", {**branch, "language": "qu"})
    for key, words in (("columns.name", "Suti"), ("columns.closing", "Tukuri")):
        set_parameter(bank, "platform.translation", f"reports.trial_balance.{key}", {"texts": {"qu": words}})


@pytest.mark.feature("GEN-15", "GEN-16")
def test_a_branch_gets_its_report_in_its_language_and_the_head_office_the_same_figures_in_spanish(
    bank: Bank, quechua: None, bucket: Any
) -> None:
    scheduled(bank, "BALANCE", "trial_balance")
    applied(bank)
    an_account(bank, branch="2")
    bank("teller2").post(
        f"/v1/deposits/accounts/{an_account(bank, branch='2')['id']}/deposits", {"amount": money("75.00")}
    ).expect(201)
    close_day(bank)
    (file,) = inbox(bank("manager2"))
    assert file["language"] == "qu"
    own = _table(fetched(bucket, bank("manager2"), f"{INBOX}/{file['id']}"))
    asked = {"format": "json", "language": "es"}
    again = bank("accountant").post(f"{INBOX}/{file['id']}/issues", asked).expect(200).json
    assert [column["label"] for column in again["columns"]][1] == "Nombre"
    assert {"Suti", "Tukuri (USD)"} <= set(own[0])
    figures = [[row["code"], row["debits"]["amount"], row["closing"]["amount"]] for row in again["rows"]]
    closing, debits = own[0].index("Tukuri (USD)"), 4
    assert [[row[0], row[debits], row[closing]] for row in own[1:]] == figures
    assert ["110105", "75.00", "75.00"] in figures


@pytest.mark.parametrize("report", ["nothing_like_it", "account_movements"])
def test_only_reports_that_the_end_of_day_can_make_are_scheduled(bank: Bank, report: str) -> None:
    asked = {"code": "X", "effective_from": "2030-01-01", "body": a_schedule(report)}
    answer = bank("admin").post(f"/v1/platform/parameters/{SCHEDULE}", asked)
    assert (answer.status, answer.code, answer["field"]) == (422, "report_not_schedulable", "report")


def test_files_are_deleted_when_they_have_been_kept_long_enough(bank: Bank, bucket: Any) -> None:
    scheduled(bank, "BALANCE", "trial_balance", kept_days=1)
    close_day(bank)
    assert [file["business_date"] for file in inbox(bank("manager"))] == ["2026-06-01"]
    close_day(bank)
    close_day(bank)
    assert [file["business_date"] for file in inbox(bank("manager"))] == ["2026-06-03", "2026-06-02"]
    stored = bucket.list_objects_v2(Bucket=settings.files_bucket())["Contents"]
    assert len(stored) == 4, "two branches, two days"


def _table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
