"""What is changed of an account after it was opened: at once, within limits, and on record."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.modules.deposits.tables import MAINTAINED
from chalicelib.platform import clock
from tests.functional.deposits.conftest import SetParameter
from tests.support.bank import Bank
from tests.support.given import a_member, an_account


def names(*codes: str) -> list[dict[str, Any]]:
    return [{"code": code, "names": {"es": code, "en": code}} for code in codes]


@pytest.fixture
def tables(set_parameter: SetParameter) -> None:
    """Officers by number and by letters, six marketing codes, and a field "campaign" of the cooperative's own."""
    for code, values in {
        "account_officer": ("101", "ANA"),
        "marketing_code": ("M1", "M2", "M3", "M4", "M5", "M6"),
        "campaign": ("SPRING", "AUTUMN"),
    }.items():
        set_parameter(
            "administration.code_table", code, {"names": {"es": code, "en": code}, "values": names(*values)}
        )
    field = {
        "entity": "deposit_account",
        "key": "campaign",
        "field_type": "code",
        "code_table": "campaign",
        "names": {"es": "Campaña", "en": "Campaign"},
    }
    set_parameter("administration.user_field", "deposit_account.campaign", field)


def change(bank: Bank, account: dict[str, Any], who: str = "officer", **changes: Any) -> Any:
    return bank(who).patch(f"/v1/deposits/accounts/{account['id']}", changes)


def report(bank: Bank, code: str, **filters: Any) -> list[dict[str, Any]]:
    answer = bank("manager").post(f"/v1/platform/reports/{code}/runs", {"filters": filters})
    rows: list[dict[str, Any]] = answer.expect(200)["rows"]
    return rows


@pytest.mark.feature("DEP-112")
def test_a_new_statement_cycle_is_seen_and_holds_at_once(bank: Bank) -> None:
    account = an_account(bank, plan="S2", overrides={"statement_cycle": "QUARTER_END"})
    path = f"/v1/deposits/accounts/{account['id']}"
    made = change(bank, account, overrides={"statement_cycle": "DAILY"}, alias="Casa").expect(200).json
    assert made["alias"] == "Casa"
    terms = {row["field"]: row for row in bank("officer").get(path).expect(200)["terms"]}
    assert terms["statement_cycle"] == {"field": "statement_cycle", "value": "DAILY", "source": "account"}
    cycle = bank("officer").get(f"{path}/statement-periods").expect(200)["items"][0]
    assert (cycle["first"], cycle["ends_on"]) == ("2026-06-01", "2026-06-01")
    refused = change(bank, account, overrides={"currency": "EUR"})
    assert (refused.status, refused.code) == (422, "not_overridable")
    assert change(bank, account, who="teller", alias="X").code == "permission_denied"


@pytest.mark.feature("DEP-113")
def test_every_change_is_on_the_trail_of_the_account_for_as_long_as_the_tenant_says(
    bank: Bank, set_parameter: SetParameter
) -> None:
    control = bank.work().config.main("deposits.control", date(2026, 6, 1)).to_body()
    set_parameter("deposits.control", "main", {**control, "audit_retention_days": 365})
    account = an_account(bank, plan="S2", overrides={"statement_cycle": "QUARTER_END"})
    change(bank, account, overrides={"statement_cycle": "MONTH_END"}, alias="Casa").expect(200)
    path = f"/v1/deposits/accounts/{account['id']}/maintenance"
    rows = bank("auditor").get(path).expect(200)["items"]
    assert {(row["field"], row["before"], row["after"]) for row in rows} == {
        ("overrides.statement_cycle", "QUARTER_END", "MONTH_END"),
        ("alias", "", "Casa"),
    }
    officer = bank.person("officer")
    assert {(row["by"], row["by_name"], row["channel"]) for row in rows} == {
        (officer.id, officer.name, "console")
    }
    assert all(row["at"] and row["business_date"] == "2026-06-01" for row in rows)
    work = bank.work()
    for row in work.all(MAINTAINED, account_id=account["id"], prefix="maintained#"):
        assert row.expires_at == int((row.at + timedelta(days=365)).timestamp())
        work.put(MAINTAINED, replace(row, expires_at=clock.epoch_seconds()))
    work.commit()
    assert bank("auditor").get(path).expect(200)["items"] == []
    archive = bank("auditor").get(f"/v1/platform/audit-events?entity={account['id']}").expect(200)["items"]
    kept = {(row["field"], row["after"]) for event in archive for row in event["changes"]}
    assert {("field", "alias"), ("after", "Casa"), ("before", "QUARTER_END")} <= kept


@pytest.mark.feature("DEP-120")
@pytest.mark.usefixtures("tables")
def test_an_account_has_at_most_five_marketing_codes(bank: Bank) -> None:
    account = an_account(bank, plan="S2")
    five = ["M1", "M2", "M3", "M4", "M5"]
    assert change(bank, account, marketing_codes=five).expect(200)["marketing_codes"] == five
    refused = change(bank, account, marketing_codes=[*five, "M6"])
    assert (refused.status, refused.code) == (422, "too_many_marketing_codes")
    for codes, code in ((["M1", "M1"], "marketing_code_repeated"), (["M9"], "not_in_code_table")):
        refused = change(bank, account, marketing_codes=codes)
        assert (refused.status, refused.code) == (422, code)


@pytest.mark.feature("DEP-119")
@pytest.mark.usefixtures("tables")
def test_a_field_of_the_cooperatives_own_is_checked_and_selects_accounts_in_a_report(bank: Bank) -> None:
    spring, autumn = an_account(bank, plan="S2"), an_account(bank, plan="S2")
    for account, campaign in ((spring, "SPRING"), (autumn, "AUTUMN")):
        made = change(bank, account, user_fields={"campaign": campaign}).expect(200)
        assert made["user_fields"] == {"campaign": campaign}
    refused = change(bank, spring, user_fields={"campaign": "WINTER"})
    assert (refused.status, refused.code) == (422, "not_in_code_table")
    assert change(bank, spring, user_fields={"pet": "cat"}).code == "unknown_user_field"
    rows = report(bank, "deposit_accounts", user_field="campaign", user_value="SPRING")
    assert [(row["number"], row["user_value"]) for row in rows] == [(spring["number"], "SPRING")]


@pytest.mark.feature("DEP-121")
@pytest.mark.usefixtures("tables")
def test_the_report_by_officer_lists_the_officers_accounts(bank: Bank) -> None:
    holder = a_member(bank)["id"]
    mine = [an_account(bank, plan="S2", party_id=holder, balance="10.00") for _ in range(2)]
    other = an_account(bank, plan="S2", party_id=holder)
    for account in mine:
        change(bank, account, officer="101").expect(200)
    change(bank, other, officer="ANA").expect(200)
    assert {row["number"] for row in report(bank, "deposit_accounts", officer="101")} == {
        account["number"] for account in mine
    }
    assert [row["number"] for row in report(bank, "deposit_accounts", officer="ANA")] == [other["number"]]
    refused = change(bank, other, officer="102")
    assert (refused.status, refused.code) == (422, "unknown_officer")
    assert change(bank, other, officer="").expect(200)["officer"] == ""


def test_an_account_is_open_with_no_more_than_its_holder_branch_and_plan(bank: Bank) -> None:
    asked = {"party_id": a_member(bank)["id"], "branch": "1", "plan": "S2"}
    made = bank("officer").post("/v1/deposits/accounts", asked).expect(201).json
    assert made["state"] == "active"
    assert made["number"]
    chosen = bank("officer").post("/v1/deposits/accounts", {**asked, "number": "4473"}).expect(201)
    assert (chosen["number"], chosen["state"]) == ("4473", "active")
