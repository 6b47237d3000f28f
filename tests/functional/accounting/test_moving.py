"""Balances that the close moves: between branches and accounts at a date, and out of what branches owe each other."""

from typing import Any

import pytest

from tests.functional.accounting.books import (
    an_account,
    balance,
    change_control,
    close_day,
    deposit,
    end_of_day,
    post,
    set_parameter,
    today,
)
from tests.functional.parties.people import publish
from tests.support.bank import Bank

TRANSFER, NOTE = "accounting.balance_transfer", "accounting.management_note"
TRIAL_BALANCE = "/v1/accounting/trial-balance"


def steps_of_the_last_run(bank: Bank) -> list[dict[str, Any]]:
    run = bank("admin").get("/v1/platform/closing-runs").expect(200)["items"][0]
    found: list[dict[str, Any]] = (
        bank("admin").get(f"/v1/platform/closing-runs/{run['id']}").expect(200)["steps"]
    )
    return found


def a_transfer(bank: Bank, *rows: dict[str, Any], **terms: Any) -> dict[str, Any]:
    return {"names": {"es": "Traslado"}, "on": today(bank).isoformat(), "rows": list(rows), **terms}


def shown(bank: Bank, *places: tuple[str, str], **query: Any) -> list[str]:
    return [balance(bank, account, branch, **query) for account, branch in places]


@pytest.mark.feature("ACC-57")
def test_an_amount_moves_to_another_account_of_another_branch_at_its_date(bank: Bank) -> None:
    post(bank, ("1", "cash_on_hand", "800.00"), ("1", "tax_withheld_payable", "-800.00"))
    first = today(bank)
    row = {
        "from_account": "250405",
        "to_account": "250490",
        "from_branch": "1",
        "to_branch": "2",
        "amount": "500",
    }
    close_day(bank)
    tenth = today(bank)
    publish(bank, TRANSFER, "TAX", a_transfer(bank, row))
    places = (("250405", "1"), ("250490", "2"), ("290801", "1"), ("190801", "2"))
    assert shown(bank, *places) == ["-800.00", "0.00", "0.00", "0.00"]
    assert close_day(bank) == tenth
    assert shown(bank, *places, date=first) == ["-800.00", "0.00", "0.00", "0.00"]
    assert shown(bank, *places, date=tenth) == ["-300.00", "-500.00", "-500.00", "500.00"]
    for branch in ("1", "2"):
        found = bank("auditor").get(f"{TRIAL_BALANCE}?branch={branch}&date={tenth}").expect(200)
        assert found["totals"]["difference"]["amount"] == "0.00"
    close_day(bank)
    assert shown(bank, *places) == ["-300.00", "-500.00", "-500.00", "500.00"]


@pytest.mark.feature("ACC-58")
def test_a_new_chart_takes_every_balance_of_every_branch_and_nothing_remains(bank: Bank) -> None:
    account = an_account(bank, "2")
    deposit(bank, account, "250.00")
    post(bank, ("1", "cash_on_hand", "90.00"), ("1", "fee_income_deposits", "-90.00"))
    mapping = {"110105": "110401", "210135": "210110", "549005": "569005"}
    rows = [{"from_account": old, "to_account": new} for old, new in mapping.items()]
    publish(bank, TRANSFER, "CHART", a_transfer(bank, *rows))
    before = {(old, branch): balance(bank, old, branch) for old in mapping for branch in ("1", "2")}
    day = end_of_day(bank)
    for (old, branch), amount in before.items():
        assert balance(bank, old, branch, date=day) == "0.00"
        assert balance(bank, mapping[old], branch, date=day) == amount
    step = next(step for step in steps_of_the_last_run(bank) if step["step"] == "prove")
    assert step["state"] == "completed"


def test_a_sub_ledger_is_not_moved_to_another_branch(bank: Bank) -> None:
    row = {"from_account": "210135", "to_account": "250490", "from_branch": "1", "to_branch": "2"}
    asked = {
        "code": "WRONG",
        "effective_from": today(bank).isoformat(),
        "body": a_transfer(bank, row),
    }
    refused = bank("admin").post(f"/v1/platform/parameters/{TRANSFER}", asked)
    assert (refused.status, refused.code, refused["field"]) == (
        422,
        "transfer_of_controlled",
        "rows.0.from_account",
    )


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{"from_account": "250405", "to_account": "250405"}], "transfer_to_itself"),
        (
            [
                {"from_account": "250405", "to_account": "250490"},
                {"from_account": "250490", "to_account": "259005"},
            ],
            "transfer_chained",
        ),
        (
            [
                {"from_account": "250405", "to_account": "250490"},
                {"from_account": "250405", "to_account": "259005"},
            ],
            "transfer_repeated",
        ),
    ],
)
def test_a_transfer_that_contradicts_itself_is_refused(bank: Bank, rows: list, code: str) -> None:
    asked = {"code": "WRONG", "effective_from": today(bank).isoformat(), "body": a_transfer(bank, *rows)}
    refused = bank("admin").post(f"/v1/platform/parameters/{TRANSFER}", asked)
    assert refused.status == 422
    assert [row["code"] for row in refused["errors"]] == [code]
    assert all(row["message"] for row in refused["errors"])


def owing_each_other(bank: Bank) -> None:
    """Branch 1 owes branch 2 700.00 and is owed 400.00 by it."""
    post(bank, ("1", "cash_on_hand", "700.00"), ("2", "fee_income_deposits", "-700.00"))
    post(bank, ("2", "cash_on_hand", "400.00"), ("1", "fee_income_deposits", "-400.00"), at="2")


@pytest.mark.feature("ACC-48")
def test_a_management_note_lowers_what_two_branches_owe_each_other(bank: Bank) -> None:
    owing_each_other(bank)
    places = (("290801", "1"), ("190801", "1"), ("290801", "2"), ("190801", "2"))
    assert shown(bank, *places) == ["-700.00", "400.00", "-400.00", "700.00"]
    whole = balance(bank, "190801"), balance(bank, "290801")
    assert whole == ("1100.00", "-1100.00")
    body = {"names": {"es": "Nota de gerencia"}, "first_date": today(bank).isoformat()}
    publish(bank, NOTE, "MONTHLY", body)
    day = close_day(bank)
    assert shown(bank, *places, date=day) == ["-300.00", "0.00", "0.00", "300.00"]
    eliminated = bank("auditor").get(f"{TRIAL_BALANCE}?eliminate_interbranch=true&date={day}").expect(200)
    assert eliminated["totals"]["difference"]["amount"] == "0.00"
    assert (balance(bank, "190801", date=day), balance(bank, "290801", date=day)) == ("300.00", "-300.00")
    vouchers = bank("accountant").get("/v1/accounting/vouchers?state=applied").expect(200)["items"]
    assert [voucher["origin"] for voucher in vouchers] == [f"{NOTE}:MONTHLY"]
    close_day(bank)
    assert len(bank("accountant").get("/v1/accounting/vouchers?state=applied").expect(200)["items"]) == 1


def memorandum(bank: Bank) -> None:
    """Memorandum accounts 71: 710905 and 710910 to post to, and those between branches and for balancing."""
    terms = {"account_class": "memo_debit", "normal_side": "debit"}
    set_parameter(bank, "accounting.account", "7", {"names": {"es": "Orden"}, "level": 1, **terms})
    for number in ("05", "10", "15", "20", "25", "30"):
        body = {"names": {"es": number}, "level": 2, "parent": "7", "postable": True, **terms}
        set_parameter(bank, "accounting.account", f"7109{number}", body)
    for role, account in {
        "memo_overdraft_interest": "710905",
        "memo_contra": "710910",
        "interbranch_memo_due_to": "710915",
        "interbranch_memo_due_from": "710920",
        "branch_balancing_memo": "710925",
        "clearing_branch_contra_memo": "710930",
        "branch_balancing": "259005",
        "clearing_branch_contra": "259015",
    }.items():
        set_parameter(bank, "accounting.role_map", role, {"account": account})


@pytest.mark.feature("ACC-49")
def test_what_is_owed_on_and_off_balance_is_set_off_by_two_notes_with_their_own_numbers(bank: Bank) -> None:
    memorandum(bank)
    owing_each_other(bank)
    for here, there, amount in (("1", "2", "90.00"), ("2", "1", "120.00")):
        post(bank, (here, "memo_overdraft_interest", amount), (there, "memo_contra", f"-{amount}"), at=here)
    places = (("710915", "1"), ("710920", "1"), ("290801", "1"), ("190801", "1"))
    assert shown(bank, *places) == ["-90.00", "120.00", "-700.00", "400.00"]
    publish(bank, NOTE, "MONTHLY", {"names": {"es": "Nota"}, "first_date": today(bank).isoformat()})
    day = close_day(bank)
    assert shown(bank, *places, date=day) == ["0.00", "30.00", "-300.00", "0.00"]
    vouchers = bank("accountant").get("/v1/accounting/vouchers?state=applied").expect(200)["items"]
    found = {row["number"]: {line["amount"]["amount"] for line in row["lines"]} for row in vouchers}
    assert found == {"CIE-000001": {"400.00"}, "CIE-000002": {"90.00"}}


@pytest.mark.feature("ACC-39", "ACC-40")
def test_a_branch_out_of_balance_gets_balancing_entries_and_their_contra_in_the_clearing_branch(
    bank: Bank,
) -> None:
    """A memorandum role is mapped to a liability by mistake: the branch is off by 30 on and off balance."""
    memorandum(bank)
    change_control(bank, branch_balancing="automatic")
    set_parameter(bank, "accounting.role_map", "memo_contra", {"account": "250490"})
    post(bank, ("2", "memo_overdraft_interest", "30.00"), ("2", "memo_contra", "-30.00"), at="2")
    sums = (("7", "2"), ("7", "1"))
    assert shown(bank, *sums) == ["30.00", "0.00"]
    day = close_day(bank)
    assert shown(bank, *sums, date=day) == ["0.00", "30.00"]
    places = (("259005", "2"), ("710925", "2"), ("259015", "1"), ("710930", "1"))
    assert shown(bank, *places, date=day) == ["30.00", "-30.00", "-30.00", "30.00"]
    assert shown(bank, ("290801", "1"), ("190801", "2"), date=day) == ["0.00", "0.00"]
    close_day(bank)
    assert shown(bank, *places) == ["30.00", "-30.00", "-30.00", "30.00"]


def test_a_branch_that_only_owes_gets_no_note(bank: Bank) -> None:
    post(bank, ("1", "cash_on_hand", "700.00"), ("2", "fee_income_deposits", "-700.00"))
    set_parameter(bank, NOTE, "DAILY", {"names": {"es": "x"}, "unit": "daily", "first_date": "2026-01-01"})
    close_day(bank)
    assert balance(bank, "290801", "1") == "-700.00"
    assert bank("accountant").get("/v1/accounting/vouchers?state=applied").expect(200)["items"] == []
