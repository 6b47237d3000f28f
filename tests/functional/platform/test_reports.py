"""Reports through the API: rows, CSV, spreadsheet and PDF in the reader's language."""

import base64
import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import urlsplit

import boto3
import pytest
from openpyxl import load_workbook
from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.platform import files
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.reports import Column, Report, registry
from chalicelib.platform.work import UnitOfWork
from tests.support.api import Reply
from tests.support.bank import Bank
from tests.support.pdf import text_of

ROWS = 5000
NAMES = ("Ñusta Killa ñuqanchik", "王小明", "محمد علي", "Sisa Lema")


class SampleFilters(Payload):
    side: Literal["debit", "credit", "both"] = "both"
    least: int = Field(0, ge=0)
    on: date = date(2026, 6, 1)


def sample_rows(work: UnitOfWork, filters: SampleFilters) -> Iterator[dict[str, Any]]:
    for number in range(ROWS * 2):
        if number % 2 and filters.side != "both":
            continue
        yield {
            "number": number,
            "name": NAMES[number % len(NAMES)],
            "day": filters.on,
            "amount": Money(number * 100 + 5, "USD"),
            "rate": Decimal("3.5"),
        }


SAMPLE = Report(
    code="platform.sample",
    permission="platform.run_reports",
    columns=[
        Column("number", "integer"),
        Column("name"),
        Column("day", "date"),
        Column("amount", "money"),
        Column("rate", "percent"),
    ],
    rows=sample_rows,
    filters=SampleFilters,
    totals=("number", "amount"),
)


@pytest.fixture(autouse=True)
def sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._REPORTS, SAMPLE.code, SAMPLE)


def run(api: Bank, who: str = "teller", code: str = SAMPLE.code, **asked: Any) -> Reply:
    return api(who).post(f"/v1/platform/reports/{code}/runs", asked)


def content(reply: Reply) -> bytes:
    return base64.b64decode(reply.expect(200)["content_base64"])


def few(name: str) -> Iterable[dict[str, Any]]:
    return [
        {
            "number": 1,
            "name": name,
            "day": date(2026, 6, 1),
            "amount": Money.of("12345.50", "USD"),
            "rate": Decimal("3.5"),
        }
    ]


@pytest.mark.feature("GEN-84")
def test_a_filtered_list_is_exported_whole_with_numeric_cells(api: Bank) -> None:
    written = content(run(api, format="csv", filters={"side": "debit"}, bom=True))
    assert written.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
    assert lines[0] == ["Number", "Name", "Day", "Amount (USD)", "Rate"]
    assert len(lines) == ROWS + 1
    assert lines[2] == ["2", "محمد علي", "2026-06-01", "2.05", "3.5"]
    assert not content(run(api, format="csv", filters={"side": "debit"})).startswith(b"\xef\xbb\xbf")
    book = load_workbook(io.BytesIO(content(run(api, format="xlsx", filters={"side": "debit"}))))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(rows) == ROWS + 1
    assert rows[2][3] == 2.05
    assert isinstance(rows[2][0], int)
    assert {type(row[3]) for row in rows[1:]} <= {int, float}


def test_rows_and_totals_come_as_exact_json(api: Bank) -> None:
    result = run(api, filters={"side": "debit", "on": "2026-06-02"}).expect(200).json
    assert result["rows"][1] == {
        "number": 2,
        "name": "محمد علي",
        "day": "2026-06-02",
        "amount": {"amount": "2.05", "currency": "USD"},
        "rate": "3.5",
    }
    total = sum(range(0, ROWS * 2, 2))
    assert result["totals"] == {
        "number": total,
        "amount": [Money(total * 100 + 5 * ROWS, "USD").to_api()],
    }


@pytest.mark.feature("GEN-20")
def test_a_locale_writes_numbers_its_own_way_and_the_api_none(
    api: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        registry._REPORTS,
        SAMPLE.code,
        Report(
            SAMPLE.code, SAMPLE.permission, SAMPLE.columns, lambda work, filters: few("Sisa"), SampleFilters
        ),
    )
    assert run(api)["rows"][0]["amount"]["amount"] == "12345.50"
    ecuador = text_of(content(run(api, format="pdf", locale="es-EC")))
    america = text_of(content(run(api, format="pdf", locale="en-US")))
    assert "12.345,50" in ecuador
    assert "12,345.50" in america
    same_words = [
        text_of(content(run(api, format="pdf", language="es", locale=each))) for each in ("es-EC", "en-US")
    ]
    assert all("Página 1 de 1" in written for written in same_words)


def test_a_pdf_has_brand_title_filters_totals_and_numbered_pages(api: Bank) -> None:
    written = text_of(content(run(api, format="pdf", filters={"side": "debit"}, language="en")))
    assert "Cooperativa Sisa" in written
    assert "Side: debit" in written
    assert "Page 1 of" in written
    assert "Total USD" in written


@pytest.mark.parametrize("name", NAMES)
def test_names_in_any_script_are_the_same_code_points_in_every_form(
    api: Bank, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    report = Report(
        SAMPLE.code, SAMPLE.permission, SAMPLE.columns, lambda work, filters: few(name), SampleFilters
    )
    monkeypatch.setitem(registry._REPORTS, SAMPLE.code, report)
    assert run(api)["rows"][0]["name"] == name
    assert name in content(run(api, format="csv")).decode()
    book = load_workbook(io.BytesIO(content(run(api, format="xlsx"))))
    assert book.worksheets[0]["B2"].value == name
    assert name in text_of(content(run(api, format="pdf")))


def test_reports_are_listed_with_their_words_in_the_callers_language(api: Bank) -> None:
    client = api("admin")
    client.language = "en"
    listed = {item["code"]: item for item in client.get("/v1/platform/reports").expect(200)["items"]}
    gaps = listed["platform.missing_texts"]
    assert gaps["label"] == "Missing texts"
    assert gaps["columns"][1] == {"name": "shown", "label": "Shown instead", "type": "text"}
    assert [(each["name"], each["label"], each["required"]) for each in gaps["filters"]] == [
        ("language", "Language", True)
    ]
    side = next(each for each in listed[SAMPLE.code]["filters"] if each["name"] == "side")
    assert [value["value"] for value in side["values"]] == ["debit", "credit", "both"]


def test_a_report_needs_its_own_permission(api: Bank) -> None:
    listed = [item["code"] for item in api("teller").get("/v1/platform/reports")["items"]]
    assert "platform.audit_trail" not in listed
    period = {"filters": {"from_date": "2026-01-01", "to_date": "2027-01-01"}}
    assert api("teller").post("/v1/platform/reports/platform.audit_trail/runs", period).status == 403
    assert api("auditor").post("/v1/platform/reports/platform.audit_trail/runs", period).status == 200


@pytest.mark.parametrize(
    ("asked", "status", "code", "field"),
    [
        ({"filters": {"least": -1}}, 422, "invalid_request", "filters.least"),
        ({"filters": {"colour": "red"}}, 422, "invalid_request", "filters.colour"),
        ({"filters": {"on": "x"}}, 422, "invalid_request", "filters.on"),
        ({"format": "docx"}, 422, "not_allowed", "format"),
        ({"locale": "../etc"}, 422, "wrong_format", "locale"),
    ],
)
def test_a_wrong_run_says_what_is_wrong(
    api: Bank, asked: dict[str, Any], status: int, code: str, field: str
) -> None:
    answer = run(api, **asked)
    assert (answer.status, answer.code, answer["field"]) == (status, code, field)


def test_a_large_file_is_fetched_from_the_cooperatives_own_folder(
    api: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="minga-files")
    monkeypatch.setattr(files, "LARGEST_INLINE_BYTES", 1000)
    result = run(api, format="csv", filters={"side": "debit"}).expect(200).json
    assert result["content_base64"] is None
    assert "/sisa/documents/doc_" in urlsplit(result["url"]).path
    kept = boto3.client("s3", region_name="us-east-1").list_objects_v2(Bucket="minga-files")["Contents"]
    assert [(each["Key"].split("/")[0], each["Size"] > 1000) for each in kept] == [("sisa", True)]


def test_an_unknown_report_is_not_found(api: Bank) -> None:
    assert run(api, code="platform.nothing").code == "unknown_report"


def test_changes_of_parameters_are_reported(api: Bank, change: Any) -> None:
    body = {"names": {"es": "Certificado"}, "currency": "USD", "amount": "5.00"}
    change("deposits.service_charge", "FEE", body, on="2026-06-01")
    filters = {"from_date": "2026-11-01", "to_date": "2999-01-01"}
    rows = run(api, "admin", "platform.parameter_changes", filters=filters).expect(200)["rows"]
    assert [row["code"] for row in rows if row["code"] == "FEE"] == ["FEE"]
