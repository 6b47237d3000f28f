"""Accounts by groups: personal, commercial…, whose totals are what the ledger shows."""

from datetime import date
from typing import Any

import pytest

from chalicelib.kernel.money import Money
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.deposits import postings
from tests.functional.deposits.conftest import CloseDays, SetParameter
from tests.functional.deposits.test_features import a_plan
from tests.support.bank import Bank
from tests.support.given import an_account, withdraw

GROUPS = ("personal", "commercial")


@pytest.fixture
def groups(set_parameter: SetParameter) -> None:
    values = [{"code": code, "names": {"es": code}} for code in GROUPS]
    set_parameter("administration.code_table", "account_group", {"names": {"es": "Grupos"}, "values": values})
    for number, group in enumerate(GROUPS):
        plan = a_plan(account_group=group, product_number=30 + number)
        set_parameter("deposits.plan", group.upper(), plan)


def report(bank: Bank, **filters: Any) -> dict[str, Any]:
    answer = bank("accountant").post("/v1/platform/reports/deposit_totals/runs", {"filters": filters})
    found: dict[str, Any] = answer.expect(200).json
    return found


@pytest.mark.feature("DEP-102")
@pytest.mark.usefixtures("groups")
def test_the_totals_by_group_are_what_the_ledger_shows(bank: Bank, close_days: CloseDays) -> None:
    day = date(2026, 6, 1)
    for branch, plan, amount in (
        ("1", "PERSONAL", "100.00"),
        ("1", "PERSONAL", "20.50"),
        ("1", "COMMERCIAL", "1000.00"),
        ("2", "COMMERCIAL", "3.25"),
    ):
        an_account(bank, plan=plan, branch=branch, balance=amount)
    overdrawn = an_account(bank, plan="C2", balance="10.00")
    withdraw(bank, overdrawn["id"], "60.00")
    close_days(1)
    found = report(bank, on=day.isoformat())
    rows = {(row["branch"], row["account_group"]): row for row in found["rows"]}
    assert rows["1", "personal"]["ledger"]["amount"] == "120.50"
    assert rows["1", "personal"]["accounts"] == 2
    assert rows["1", ""]["overdrawn"]["amount"] == "50.00"
    roles = (postings.MEMBER_DEPOSITS, *postings.OVERDRAFT_BUCKETS)
    work = bank.work()
    shown = sum(
        row.closing
        for branch in ("1", "2")
        for key, row in accounting.sheet_on(work, branch, day).rows.items()
        if key.role in roles
    )
    assert found["totals"]["ledger"] == [Money(-shown, "USD").to_api()]
    assert found["totals"]["ledger"][0]["amount"] == "1073.75"


@pytest.mark.usefixtures("groups")
def test_a_plan_belongs_to_a_group_that_there_is(bank: Bank) -> None:
    asked = {"code": "X", "effective_from": "2026-06-01", "body": a_plan(account_group="special")}
    refused = bank("admin").post("/v1/platform/parameters/deposits.plan", asked)
    assert (refused.status, refused.code) == (422, "unknown_account_group")
