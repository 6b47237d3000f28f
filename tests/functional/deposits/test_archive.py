"""Movements older than the plan keeps at hand leave the history for the archive, where they are found again."""

import base64
import csv
import gzip
import hashlib
import io
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import boto3
import pytest
from openpyxl import load_workbook

from chalicelib.platform import settings
from tests.functional.deposits.conftest import closing_days, setting_parameters, standing_on
from tests.functional.deposits.test_statements import MONTHLY, amounts, history
from tests.support.bank import FIRST, SECOND, Bank
from tests.support.given import an_account, deposit, money, withdraw
from tests.support.pdf import text_of

PERIOD = "from=2026-06-01&to=2026-08-03"


@dataclass(frozen=True)
class Scene:
    """A bank whose plan S2 keeps 30 days at hand, after the close of 31 July.

    The account moved on 1 June, 30 June, 1 July and 31 July; ``before`` is what was said of it before the close.
    """

    bank: Bank
    bucket: Any
    account: dict[str, Any]
    before: dict[str, Any]

    @property
    def path(self) -> str:
        return f"/v1/deposits/accounts/{self.account['id']}"


@pytest.fixture(scope="module")
def scene(module_bank: Bank) -> Scene:
    bank, stand_on = module_bank, standing_on(module_bank)
    bucket = boto3.client("s3", region_name="us-east-1")
    bucket.create_bucket(Bucket=settings.files_bucket())
    plan = bank.work().config.get("deposits.plan", "S2", date(2026, 6, 1)).model_dump(mode="json")
    setting_parameters(bank)("deposits.plan", "S2", {**plan, "history_retention_days": 30})
    account = an_account(bank, plan="S2", balance="100.00", overrides=MONTHLY)
    stand_on("2026-06-30")
    withdraw(bank, account["id"], "40.00")
    stand_on("2026-07-01")
    deposit(bank, account["id"], "5.00")
    stand_on("2026-07-31")
    deposit(bank, account["id"], "7.00")
    before = {"history": history(bank, account, PERIOD).expect(200).json, **derived(bank, account)}
    closing_days(bank)(1)
    return Scene(bank, bucket, account, before)


def derived(bank: Bank, account: dict[str, Any]) -> dict[str, Any]:
    """What statements and interest say of days of which some are archived."""
    path = f"/v1/deposits/accounts/{account['id']}"
    asked = {"from": "2026-06-01", "to": "2026-07-15", "format": "csv", "language": "en"}
    statement = bank("teller").post(f"{path}/statements", asked).expect(200)["content_base64"]
    interest = bank("officer").get(f"{path}/interest?from=2026-06-25&to=2026-07-05").expect(200).json
    return {"statement": base64.b64decode(statement), "interest": interest}


def of_archive(bank: Bank, account: dict[str, Any], period: str, who: str = "auditor") -> Any:
    return bank(who).get(f"/v1/deposits/accounts/{account['id']}/archive?{period}")


@pytest.mark.feature("DEP-83")
def test_a_movement_older_than_the_limit_is_no_longer_in_the_history_but_in_the_archive(scene: Scene) -> None:
    """The statement ends on 31 July: what is dated before 1 July goes, what is of 1 July stays."""
    bank, account = scene.bank, scene.account
    assert [row["amount"]["amount"] for row in scene.before["history"]["items"]] == [
        "7.00",
        "5.00",
        "-40.00",
        "100.00",
    ]
    assert scene.before["history"]["archived"] is None
    answer = history(bank, account, f"{PERIOD}&order=oldest").expect(200).json
    assert [row["amount"]["amount"] for row in answer["items"]][:1] == ["5.00"]
    assert not [row for row in answer["items"] if row["business_date"] < "2026-07-01"]
    assert answer["opening"]["amount"] == "60.00"
    assert answer["closing"] == bank("officer").get(scene.path)["ledger"]
    told = answer["archived"]
    assert (told["first"], told["last"]) == ("2026-06-01", "2026-06-30")
    found = bank("auditor").get(told["href"]).expect(200).json
    assert [(row["amount"]["amount"], row["balance"]["amount"]) for row in found["items"]] == [
        ("100.00", "100.00"),
        ("-40.00", "60.00"),
    ]
    assert (found["through"], found["balance"]) == ("2026-06-30", money("60.00"))
    (kept,) = found["objects"]
    assert (kept["first"], kept["last"], kept["records"]) == ("2026-06-01", "2026-06-30", 2)


def test_the_archive_is_compressed_lines_of_json_in_the_cooperatives_own_folder(scene: Scene) -> None:
    asked = {"Bucket": settings.files_bucket()}
    (stored,) = scene.bucket.list_objects_v2(**asked, Prefix=f"{FIRST}/archive/")["Contents"]
    assert stored["Key"].startswith(f"{FIRST}/archive/movements/{scene.account['id']}/2026-06-01_2026-06-30_")
    content = gzip.decompress(scene.bucket.get_object(**asked, Key=stored["Key"])["Body"].read())
    assert [json.loads(line)["minor"] for line in content.splitlines()] == [10000, -4000]
    (kept,) = of_archive(scene.bank, scene.account, PERIOD).expect(200)["objects"]
    assert hashlib.sha256(content).hexdigest() == kept["digest"]


@pytest.mark.feature("DEP-83")
def test_the_archive_is_exported_in_every_form(scene: Scene) -> None:
    def exported(form: str) -> Any:
        asked = {"filters": {"account": scene.account["number"]}, "format": form, "language": "en"}
        run = scene.bank("auditor").post("/v1/platform/reports/deposit_archive/runs", asked)
        return run.expect(200).json

    def file(form: str) -> bytes:
        return base64.b64decode(exported(form)["content_base64"])

    rows = exported("json")["rows"]
    assert [(row["date"], row["balance"]["amount"]) for row in rows] == [
        ("2026-06-01", "100.00"),
        ("2026-06-30", "60.00"),
    ]
    table = list(csv.reader(io.StringIO(file("csv").decode("utf-8-sig"))))
    assert [row[-3:] for row in table[1:3]] == [["", "100.00", "100.00"], ["40.00", "", "60.00"]]
    assert "Cash withdrawal" in text_of(file("pdf"))
    sheet = load_workbook(io.BytesIO(file("xlsx"))).active
    assert sheet is not None
    assert 60 in [row[-1] for row in sheet.iter_rows(values_only=True)]


def test_statements_and_interest_of_archived_days_are_what_they_were(scene: Scene) -> None:
    assert amounts(scene.before["statement"])[1] == ("40.00", "", "60.00")
    now = derived(scene.bank, scene.account)
    assert now == {name: scene.before[name] for name in now}


def test_the_member_is_told_where_the_history_begins_and_has_the_older_statements(scene: Scene) -> None:
    member = scene.bank.member(scene.account["party_id"])
    own = f"/v1/member_portal/accounts/{scene.account['id']}"
    listed = member.get(f"{own}/movements?{PERIOD}&order=oldest").expect(200).json
    assert (listed["items"][0]["date"], listed["archived_until"]) == ("2026-07-01", "2026-06-30")
    file = member.get(f"{own}/statement?from=2026-06-01&to=2026-06-30&format=csv").expect(200)
    assert [row[2] for row in amounts(base64.b64decode(file["content_base64"]))] == ["100.00", "60.00"]
    june = member.get(f"{own}/movements?from=2026-06-01&to=2026-06-15").expect(200).json
    assert (june["items"], june["closing"]["amount"]) == ([], "100.00")


def test_the_journal_keeps_what_the_history_has_given_away(scene: Scene) -> None:
    entry = scene.before["history"]["items"][-1]["entry_id"]
    kept = scene.bank("accountant").get(f"/v1/accounting/entries/{entry}").expect(200).json
    assert kept["id"] == entry
    undo = f"/v1/deposits/transactions/{entry}/reversals"
    refused = scene.bank("manager").post(undo, {"reason": "too late"})
    assert (refused.status, refused.code) == (409, "outside_statement_period")


def test_an_account_that_has_nothing_in_the_archive_says_so(scene: Scene) -> None:
    made = an_account(scene.bank, plan="S1", balance="100.00")
    assert of_archive(scene.bank, made, PERIOD).expect(200).json == {
        "items": [],
        "through": None,
        "balance": None,
        "objects": [],
        "next_cursor": None,
    }


def test_the_archive_is_paged_and_read_by_those_who_may(scene: Scene) -> None:
    bank, account = scene.bank, scene.account
    first = of_archive(bank, account, f"{PERIOD}&limit=1").expect(200).json
    assert [row["amount"]["amount"] for row in first["items"]] == ["100.00"]
    second = of_archive(bank, account, f"{PERIOD}&limit=1&cursor={first['next_cursor']}").expect(200).json
    assert [row["amount"]["amount"] for row in second["items"]] == ["-40.00"]
    assert second["next_cursor"] is None
    assert of_archive(bank, account, f"{PERIOD}&cursor=nonsense").code == "unknown_cursor"
    assert of_archive(bank, account, "from=2020-01-01&to=2026-08-03").code == "invalid_period"
    assert of_archive(bank, account, PERIOD, "teller").code == "permission_denied"
    assert bank("auditor", SECOND).get(f"{scene.path}/archive?{PERIOD}").status == 404
