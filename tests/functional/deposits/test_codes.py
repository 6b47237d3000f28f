"""What a code says of its lines: whether they have an amount, where they stand, where they are accounted."""

import base64
from datetime import date
from typing import Any

import pytest

from chalicelib.modules.accounting import public as accounting
from tests.functional.deposits.conftest import SetParameter
from tests.functional.deposits.test_enforcement import a_code
from tests.functional.deposits.test_features import a_plan
from tests.functional.deposits.test_overdrafts import take
from tests.functional.deposits.test_servicing import a_status, path_of
from tests.support.bank import Bank
from tests.support.given import an_account, money

TODAY = "from=2026-06-01&to=2026-06-01"
NOTE = {"names": {"es": "Cambio de dirección"}, "operation": "maintenance", "monetary": False}


def lines(bank: Bank, account: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(code, amount, balance) of each line of the account's history, the oldest first."""
    found = bank("officer").get(f"{path_of(account)}/transactions?{TODAY}&order=oldest").expect(200)["items"]
    return [(row["code"], row["amount"]["amount"], row["balance"]["amount"]) for row in found]


def printed(bank: Bank, account: dict[str, Any]) -> list[list[str]]:
    """The lines of the account's statement as a file, without its head."""
    asked = {"from": "2026-06-01", "to": "2026-06-01", "format": "csv", "language": "en"}
    found = bank("teller").post(f"{path_of(account)}/statements", asked).expect(200)
    text = base64.b64decode(found["content_base64"]).decode("utf-8-sig")
    return [row.split(",") for row in text.splitlines()]


def shown(bank: Bank, role: str, product: str = "") -> int:
    """What branch 1's ledger of the first of June shows under a role, in minor units, debits positive."""
    return accounting.balance(bank.work(), "1", role, product, "USD", date(2026, 6, 1))


@pytest.mark.feature("DEP-69")
def test_a_code_without_money_leaves_a_line_without_an_amount(
    bank: Bank, set_parameter: SetParameter
) -> None:
    set_parameter("deposits.transaction_code", "DIR", {**NOTE, "channels": ["teller"]})
    account = an_account(bank, plan="S2", balance="100.00")
    path, asked = f"{path_of(account)}/notes", {"narrative": "Ahora vive en Cayambe", "code": "DIR"}
    assert bank("teller").post(path, asked).status == 403
    made = bank("officer").post(path, asked).expect(201).json
    assert (made["code"], made["business_date"]) == ("DIR", "2026-06-01")
    assert lines(bank, account) == [("D01", "100.00", "100.00"), ("DIR", "0.00", "100.00")]
    take(bank, account, "30.00").expect(201)
    assert lines(bank, account)[-1] == ("W01", "-30.00", "70.00")
    undone = bank("manager").post(f"/v1/deposits/transactions/{made['id']}/reversals", {"reason": "error"})
    assert (undone.status, undone.code) == (404, "unknown_entry")
    assert take(bank, account, "1.00", code="DIR").code == "code_not_usable"


@pytest.mark.parametrize(
    ("code", "refusal"),
    [("", "transaction_without_code"), ("D01", "code_not_usable"), ("XX", "unknown_reference")],
)
def test_a_note_needs_a_code_of_its_own_kind(bank: Bank, code: str, refusal: str) -> None:
    account = an_account(bank, plan="S2")
    asked = {"narrative": "Ahora vive en Cayambe", "code": code}
    refused = bank("officer").post(f"{path_of(account)}/notes", asked)
    assert (refused.status, refused.code) == (422, refusal)


def test_a_status_without_maintenance_takes_no_note(bank: Bank, set_parameter: SetParameter) -> None:
    set_parameter("deposits.transaction_code", "DIR", {**NOTE, "channels": ["teller"]})
    account = an_account(bank, plan="S2")
    set_parameter("deposits.status_code", "active", a_status(allow={"maintenance": False}))
    asked = {"narrative": "Ahora vive en Cayambe", "code": "DIR"}
    assert bank("officer").post(f"{path_of(account)}/notes", asked).code == "status_forbids"


@pytest.mark.feature("DEP-72")
def test_the_lines_of_a_day_stand_by_the_order_of_their_codes_then_by_time(
    bank: Bank, set_parameter: SetParameter
) -> None:
    set_parameter("deposits.transaction_code", "W9", a_code(statement_order=40))
    set_parameter("deposits.transaction_code", "D9", a_code("cash_deposit", statement_order=10))
    account = an_account(bank, plan="S2", balance="100.00")
    take(bank, account, "60.00", code="W9").expect(201)
    for amount in ("5.00", "7.00"):
        asked = {"amount": money(amount), "code": "D9"}
        bank("teller").post(f"{path_of(account)}/deposits", asked).expect(201)
    rows = [row for row in printed(bank, account) if row[0] == "2026-06-01"]
    assert [(row[4], row[5], row[6]) for row in rows] == [
        ("", "5.00", "5.00"),
        ("", "7.00", "12.00"),
        ("60.00", "", "-48.00"),
        ("", "100.00", "52.00"),
    ]


@pytest.mark.feature("DEP-73")
def test_a_code_that_is_not_kept_in_history_leaves_balance_and_audit(
    bank: Bank, set_parameter: SetParameter
) -> None:
    set_parameter("deposits.transaction_code", "D9", a_code("cash_deposit", store_history=False))
    account = an_account(bank, plan="S2", balance="100.00")
    asked = {"amount": money("20.00"), "code": "D9"}
    made = bank("teller").post(f"{path_of(account)}/deposits", asked).expect(201).json
    assert bank("teller").get(f"{path_of(account)}/balances")["ledger"] == money("120.00")
    assert lines(bank, account) == [("D01", "100.00", "100.00")]
    assert [row[5] for row in printed(bank, account) if row[0] == "2026-06-01"] == ["100.00"]
    actor = bank.person("teller").id
    path = f"/v1/platform/audit-events?actor={actor}&kind=write"
    events = bank("auditor").get(path).expect(200)["items"]
    assert made["id"] in [event["entity"] for event in events]
    journal = bank("manager").post("/v1/platform/reports/deposit_journal/runs", {}).expect(200)["rows"]
    assert {row["event"] for row in journal} == {"D01", "D9"}


@pytest.mark.feature("DEP-75")
def test_codes_with_the_same_key_are_one_line_of_the_journal_per_branch(
    bank: Bank, set_parameter: SetParameter
) -> None:
    for code in ("D8", "D9"):
        set_parameter("deposits.transaction_code", code, a_code("cash_deposit", gl_event="cash_in"))
    first, second = an_account(bank, plan="S2"), an_account(bank, plan="S2", branch="2")
    for who, account, code, amount in (
        ("teller", first, "D8", "10.00"),
        ("teller", first, "D9", "15.00"),
        ("teller2", second, "D9", "7.00"),
        ("teller", first, "D01", "1.00"),
    ):
        asked = {"amount": money(amount), "code": code}
        bank(who).post(f"{path_of(account)}/deposits", asked).expect(201)
    found = {}
    for who, branch in (("manager", "1"), ("manager2", "2")):
        asked = {"filters": {"branch": branch}}
        rows = bank(who).post("/v1/platform/reports/deposit_journal/runs", asked).expect(200)["rows"]
        found[branch] = [
            (row["event"], row["role"], row["entries"], row["debit"], row["credit"]) for row in rows
        ]
    assert found["1"] == [
        ("D01", "cash_on_hand", 1, money("1.00"), None),
        ("D01", "member_deposits", 1, None, money("1.00")),
        ("cash_in", "cash_on_hand", 2, money("25.00"), None),
        ("cash_in", "member_deposits", 2, None, money("25.00")),
    ]
    assert found["2"] == [
        ("cash_in", "cash_on_hand", 1, money("7.00"), None),
        ("cash_in", "member_deposits", 1, None, money("7.00")),
    ]


@pytest.mark.feature("DEP-97")
def test_one_code_hits_other_roles_for_accounts_of_another_type(
    bank: Bank, set_parameter: SetParameter
) -> None:
    set_parameter("deposits.plan", "PER", a_plan(accounting_code="personal"))
    set_parameter("deposits.plan", "BUS", a_plan(accounting_code="business", product_number=21))
    other = [{"product": "business", "role": "clearing_payable"}]
    set_parameter("deposits.transaction_code", "D9", a_code("cash_deposit", contra_roles=other))
    for plan, amount in (("PER", "10.00"), ("BUS", "25.00")):
        account = an_account(bank, plan=plan)
        asked = {"amount": money(amount), "code": "D9"}
        bank("teller").post(f"{path_of(account)}/deposits", asked).expect(201)
    assert (shown(bank, "cash_on_hand"), shown(bank, "clearing_payable")) == (1_000, 2_500)
    assert shown(bank, "member_deposits", "personal") == -1_000
    assert shown(bank, "member_deposits", "business") == -2_500


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"contra_roles": [{"product": "a", "role": "cash_on_hand"}] * 2}, "contra_role_repeated"),
        (
            {
                "operation": "transfer_out",
                "contra_role": None,
                "contra_roles": [{"product": "a", "role": "cash_on_hand"}],
            },
            "contra_roles_not_allowed",
        ),
    ],
)
def test_what_contra_roles_may_not_be(bank: Bank, changes: dict[str, Any], problem: str) -> None:
    asked = {"code": "X9", "effective_from": "2026-06-01", "body": {**a_code(), **changes}}
    refused = bank("admin").post("/v1/platform/parameters/deposits.transaction_code", asked)
    assert (refused.status, refused["errors"][0]["code"]) == (422, problem)
