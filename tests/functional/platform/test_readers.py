"""A document is written in a language and by marks that exist, or the request is refused."""

from typing import Any

import pytest

from tests.support.bank import Bank
from tests.support.given import an_account, money

REPORT = "/v1/platform/reports/platform.parameter_changes/runs"
PERIOD = {"from_date": "2026-06-01", "to_date": "2026-06-30"}
ASKED: dict[str, Any] = {"filters": PERIOD, "format": "csv"}


@pytest.mark.parametrize(
    ("wish", "code", "field"),
    [
        ({"language": "zz"}, "language_not_offered", "language"),
        ({"locale": "xx-YY"}, "unknown_locale", "locale"),
        ({"locale": "es-EC-XX-YY-ZZ"}, "unknown_locale", "locale"),
    ],
)
def test_a_report_in_no_language_or_place_is_refused(
    api: Bank, wish: dict[str, str], code: str, field: str
) -> None:
    refused = api("auditor").post(REPORT, {**ASKED, **wish}).expect(422)
    assert (refused.code, refused["field"]) == (code, field)
    assert next(iter(wish.values())) in refused["detail"]


@pytest.mark.parametrize("wish", [{}, {"language": "en"}, {"locale": "en-US"}, {"locale": "es_CO"}])
def test_a_report_in_one_that_is_known_is_made(api: Bank, wish: dict[str, str]) -> None:
    api("auditor").post(REPORT, {**ASKED, **wish}).expect(200)


def test_other_documents_are_refused_likewise(api: Bank) -> None:
    account = an_account(api, balance="5.00")
    asked = {"from": "2026-06-01", "to": "2026-06-01", "format": "pdf", "language": "zz"}
    statement = api("officer").post(f"/v1/deposits/accounts/{account['id']}/statements", asked)
    assert (statement.status, statement.code) == (422, "language_not_offered")
    loan = {
        "principal": money("10000"),
        "instalments": 12,
        "terms": {"rate": {"percent": "18"}},
        "format": "pdf",
        "language": "zz",
    }
    simulation = api("officer").post("/v1/loans/simulations/documents", loan)
    assert (simulation.status, simulation.code) == (422, "language_not_offered")
