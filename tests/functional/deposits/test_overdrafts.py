"""Overdrafts, shown through the API and real closings with the numbers of the specification."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.modules.accounting import public as accounting
from chalicelib.platform import aws
from chalicelib.platform.events import EVENTS
from tests.functional.deposits.conftest import CloseDays, SetParameter
from tests.functional.deposits.test_features import a_plan
from tests.support.bank import SECOND, Bank
from tests.support.given import an_account, deposit, money, withdraw

UNTIL = "2026-12-31"
ROLES = ("member_deposits", "overdrafts_bucket_1", "overdraft_interest_receivable", "allowance_overdrafts")


def checking(**changes: Any) -> dict[str, Any]:
    """The body of a current account plan with an overdraft, interest on 360 days."""
    given = {"pays_interest": False, "fixed_rate": None, "interest_cycle": None, "day_count_base": 360}
    return a_plan(
        product_class="checking", accounting_code="checking", debit_method="stepped", **given, **changes
    )


def a_group(amount: str, *steps: dict[str, Any]) -> dict[str, Any]:
    """The body of an overdraft group."""
    rates = list(steps) or [{"rate": "18"}]
    return {"names": {"es": "Grupo"}, "currency": "USD", "amount": amount, "rate_steps": rates}


def grant(bank: Bank, account: dict[str, Any], amount: str, **changes: Any) -> dict[str, Any]:
    """A limit of the account's own from the first day, granted by the branch manager."""
    asked = {
        "amount": money(amount),
        "rate_steps": [{"rate": "18"}],
        "valid_from": "2026-06-01",
        "valid_until": UNTIL,
        "reason": "Comité 12",
        **changes,
    }
    path = f"/v1/deposits/accounts/{account['id']}/overdraft-limits"
    made: dict[str, Any] = bank("manager").post(path, asked).expect(201).json
    return made


def take(bank: Bank, account: dict[str, Any], amount: str, who: str = "teller", **more: Any) -> Any:
    """A withdrawal that may be refused."""
    path = f"/v1/deposits/accounts/{account['id']}/withdrawals"
    return bank(who).post(path, {"amount": money(amount), **more})


def overdraft(bank: Bank, account: dict[str, Any]) -> dict[str, Any]:
    """What the balances say of the overdraft."""
    found: dict[str, Any] = (
        bank("teller").get(f"/v1/deposits/accounts/{account['id']}/balances").expect(200)["overdraft"]
    )
    return found


def ledger_of(bank: Bank, account: dict[str, Any]) -> str:
    amount: str = bank("teller").get(f"/v1/deposits/accounts/{account['id']}").expect(200)["ledger"]["amount"]
    return amount


def shown(bank: Bank, role: str, on: str, product: str = "checking") -> str:
    """What the ledger of branch 1 shows under a role after a date, debits positive."""
    minor = accounting.balance(bank.work(), "1", role, product, "USD", date.fromisoformat(on))
    return f"{Decimal(minor) / 100:.2f}"


@pytest.mark.feature("DEP-33")
def test_a_group_limit_is_what_a_new_account_may_be_overdrawn_by(
    bank: Bank, set_parameter: SetParameter
) -> None:
    set_parameter("deposits.overdraft_group", "G300", a_group("300"))
    set_parameter("deposits.overdraft_group", "F200", {**a_group("200"), "kind": "float"})
    set_parameter("deposits.plan", "OD", checking(od_group_ordinary="G300", od_group_float="F200"))
    account = an_account(bank, plan="OD")
    groups = {row["field"]: row["value"] for row in account["terms"] if row["field"].startswith("od_group")}
    assert groups == {"od_group_ordinary": "G300", "od_group_float": "F200"}
    assert overdraft(bank, account)["limit"] == money("300.00")
    refused = take(bank, account, "300.01")
    assert (refused.status, refused.code) == (422, "insufficient_funds")
    assert "300,00" in refused["detail"]
    take(bank, account, "300.00").expect(201)
    assert overdraft(bank, account)["spendable"] == money("0.00")


def test_a_plan_names_groups_of_its_own_currency_and_of_the_right_kind(
    bank: Bank, set_parameter: SetParameter
) -> None:
    set_parameter("deposits.overdraft_group", "EURO", {**a_group("300"), "currency": "EUR"})
    for field, group in (("od_group_float", "G1"), ("od_group_ordinary", "EURO")):
        asked = {"code": "BAD", "effective_from": "2026-06-01", "body": checking(**{field: group})}
        refused = bank("admin").post("/v1/platform/parameters/deposits.plan", asked)
        assert (refused.status, refused.code) == (422, "overdraft_group_unfit")


@pytest.mark.feature("DEP-35")
def test_a_change_of_the_group_changes_every_account_at_once(bank: Bank, set_parameter: SetParameter) -> None:
    first, second = an_account(bank, plan="C2"), an_account(bank, plan="C2", branch="2")
    assert [overdraft(bank, each)["limit"] for each in (first, second)] == [money("500.00")] * 2
    set_parameter("deposits.overdraft_group", "G1", a_group("700"))
    assert [overdraft(bank, each)["limit"] for each in (first, second)] == [money("700.00")] * 2


@pytest.mark.feature("DEP-11")
def test_the_three_methods_are_the_plans_and_each_account_has_them(
    bank: Bank, set_parameter: SetParameter
) -> None:
    methods = {"credit_method": "banded", "debit_method": "stepped", "interest_payment_method": "cheque"}
    terms = {"fixed_rate": None, "interest_code": "BANDED", "rate_type": "fixed"}
    set_parameter("deposits.plan", "THREE", a_plan(**methods, **terms))
    account = an_account(bank, plan="THREE")
    found = {row["field"]: row["value"] for row in account["terms"]}
    assert {name: found[name] for name in (*methods, "rate_type")} == {**methods, "rate_type": "fixed"}


@pytest.mark.feature("DEP-36", "DEP-37", "DEP-38")
def test_own_limit_group_and_excess_each_at_its_own_rate(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.overdraft_group", "G700", a_group("700", {"rate": "22"}))
    set_parameter("deposits.plan", "OD", checking(od_group_ordinary="G700"))
    account = an_account(bank, plan="OD")
    limit = grant(bank, account, "500.00")
    take(bank, account, "1200.00").expect(201)
    assert take(bank, account, "300.00").code == "insufficient_funds"
    assert take(bank, account, "300.00", beyond_limits=True).status == 403
    take(bank, account, "300.00", "manager", beyond_limits=True).expect(201)
    close_days(1)
    found = overdraft(bank, account)
    assert [
        (row["source"], row["code"], row["used"]["amount"], Decimal(row["rate"])) for row in found["slices"]
    ] == [
        ("account", limit["id"], "500.00", 18),
        ("group", "G700", "700.00", 22),
        ("excess", "", "300.00", 30),
    ]
    assert found["accrued_interest"] == "0.927778"
    assert (found["since"], found["days"], found["bucket"]) == ("2026-06-01", 2, 1)
    report = bank("manager").post("/v1/platform/reports/deposit_overdrafts/runs", {}).expect(200).json
    assert [row["excess"]["amount"] for row in report["rows"]] == ["300.00"]


@pytest.mark.feature("DEP-32", "DEP-36")
def test_a_limit_ends_with_its_last_day(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.plan", "OD", checking())
    account = an_account(bank, plan="OD")
    limit = grant(bank, account, "500.00", valid_until="2026-06-01")
    path = f"/v1/deposits/accounts/{account['id']}/overdraft-limits"
    assert [row["state"] for row in bank("officer").get(path).expect(200)["items"]] == ["active"]
    take(bank, account, "360.00").expect(201)
    close_days(1)
    assert take(bank, account, "1.00").code == "insufficient_funds"
    assert [row["state"] for row in bank("officer").get(path).expect(200)["items"]] == ["expired"]
    close_days(1)
    found = overdraft(bank, account)
    assert [(row["source"], row["used"]["amount"]) for row in found["slices"]] == [("excess", "360.00")]
    assert found["accrued_interest"] == "0.480000"
    notices = events(bank, "deposits.overdraft_limit_expired")
    assert [event["limit_id"] for event in notices] == [limit["id"]]


def events(bank: Bank, name: str) -> list[dict[str, Any]]:
    """Payloads of the events of a name that wait in the outbox."""
    rows = aws.dynamodb().scan(TableName=bank.store().table("journal"))["Items"]
    outbox = [EVENTS.decode(row) for row in rows if "#outbox#" in row["pk"]["S"]]
    return [event.payload for event in outbox if event.name == name]


@pytest.mark.feature("DEP-40")
def test_any_credit_pays_the_interest_before_the_overdraft_falls(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.overdraft_group", "G", a_group("600", {"rate": "885.6"}))
    set_parameter("deposits.plan", "OD", checking(od_group_ordinary="G"))
    account = an_account(bank, plan="OD")
    withdraw(bank, account["id"], "500.00")
    close_days(1)
    assert overdraft(bank, account)["accrued_interest"] == "12.300000"
    receipt = deposit(bank, account["id"], "200.00")
    assert (receipt["amount"], receipt["ledger"]) == (money("200.00"), money("-312.30"))
    rows = (
        bank("officer")
        .get(f"/v1/deposits/accounts/{account['id']}/transactions?from=2026-06-02&to=2026-06-02&order=oldest")
        .expect(200)["items"]
    )
    assert [(row["code"], row["amount"]["amount"]) for row in rows] == [
        ("O01", "-12.30"),
        ("D01", "200.00"),
    ]
    assert overdraft(bank, account)["accrued_interest"] == "0.000000"
    bank("teller").post(
        f"/v1/deposits/transactions/{receipt['entry_id']}/reversals", {"reason": "error"}
    ).expect(201)
    assert ledger_of(bank, account) == "-500.00"
    assert overdraft(bank, account)["accrued_interest"] == "12.300000"


def test_a_payee_who_is_overdrawn_pays_the_interest_out_of_a_transfer(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.overdraft_group", "G", a_group("600", {"rate": "885.6"}))
    set_parameter("deposits.plan", "OD", checking(od_group_ordinary="G"))
    payer, payee = an_account(bank, plan="S1", balance="100.00", branch="2"), an_account(bank, plan="OD")
    withdraw(bank, payee["id"], "500.00")
    close_days(1)
    asked = {"from_account": payer["id"], "to_account": payee["id"], "amount": money("10.00")}
    receipt = bank("teller").post("/v1/deposits/transfers", asked).expect(201)
    assert receipt["amount"] == money("10.00")
    assert ledger_of(bank, payee) == "-500.00"
    assert overdraft(bank, payee)["accrued_interest"] == "2.300000"


@pytest.mark.feature("DEP-40")
def test_releasing_a_hold_pays_the_interest_it_can(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.overdraft_group", "G", a_group("600", {"rate": "885.6"}))
    set_parameter("deposits.plan", "OD", checking(od_group_ordinary="G"))
    account = an_account(bank, plan="OD", balance="100.00")
    path = f"/v1/deposits/accounts/{account['id']}/holds"
    hold = (
        bank("officer")
        .post(path, {"code": "GAR", "amount": money("60.00"), "reason": "x y z"})
        .expect(201)
        .json
    )
    withdraw(bank, account["id"], "600.00")
    close_days(1)
    bank("manager").post(f"{path}/{hold['id']}/releases", {"reason": "paid"}).expect(201)
    assert ledger_of(bank, account) == "-512.30"
    assert overdraft(bank, account)["accrued_interest"] == "0.000000"


def test_what_a_limit_may_be(bank: Bank) -> None:
    account = an_account(bank, plan="C1")
    path = f"/v1/deposits/accounts/{account['id']}/overdraft-limits"
    good = {"amount": money("10.00"), "rate_steps": [{"rate": "18"}], "valid_from": "2026-06-01"}
    good |= {"valid_until": "2026-06-30", "reason": "Comité 12"}
    for change, code, field in (
        ({"valid_from": "2026-05-31"}, "invalid_overdraft_dates", "valid_from"),
        ({"valid_until": "2026-05-31"}, "invalid_overdraft_dates", "valid_until"),
        ({"amount": money("10.00", "EUR")}, "currency_mismatch", "amount.currency"),
        ({"rate_steps": [{"days": 3, "rate": "18"}]}, "last_step_open", "rate_steps"),
    ):
        refused = bank("manager").post(path, {**good, **change})
        assert (refused.status, refused["field"]) == (422, field), refused.json
        assert code in str(refused.json)
    assert bank("officer").post(path, good).status == 403
    limit = bank("manager").post(path, good).expect(201).json
    ended = bank("manager").post(f"{path}/{limit['id']}/cancellations", {"reason": "paid"}).expect(201)
    assert (ended["state"], ended["valid_until"]) == ("withdrawn", "2026-05-31")
    assert take(bank, account, "1.00").code == "insufficient_funds"
    again = bank("manager").post(f"{path}/{limit['id']}/cancellations", {"reason": "paid"})
    assert (again.status, again.code) == (409, "overdraft_limit_ended")


@pytest.mark.feature("DEP-41")
def test_writing_off_closes_the_overdraft_and_its_interest_in_one_entry(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.overdraft_group", "G", a_group("300", {"rate": "540"}))
    set_parameter("deposits.plan", "OD", checking(od_group_ordinary="G"))
    account = an_account(bank, plan="OD")
    path = f"/v1/deposits/accounts/{account['id']}/overdraft-write-offs"
    assert bank("manager").post(path, {"reason": "Acta 7"}).code == "not_overdrawn"
    withdraw(bank, account["id"], "300.00")
    close_days(2)
    assert overdraft(bank, account)["accrued_interest"] == "9.000000"
    assert bank("teller").post(path, {"reason": "Acta 7"}).status == 403
    made = bank("manager").post(path, {"reason": "Acta 7"}).expect(201).json
    assert (made["amount"], made["interest"]) == (money("309.00"), money("9.00"))
    assert ledger_of(bank, account) == "0.00"
    assert take(bank, account, "1.00").code == "status_forbids"
    close_days(1)
    closed = {role: shown(bank, role, "2026-06-03") for role in ROLES}
    assert closed == {**dict.fromkeys(ROLES, "0.00"), "allowance_overdrafts": "309.00"}


def test_without_a_code_for_its_interest_nobody_is_granted_an_overdraft(bank: Bank) -> None:
    account = an_account(bank, tenant=SECOND)
    asked = {"amount": money("1000", "COP"), "rate_steps": [{"rate": "18"}], "reason": "Comité 12"}
    asked |= {"valid_from": "2026-06-01", "valid_until": UNTIL}
    refused = bank("manager", SECOND).post(f"/v1/deposits/accounts/{account['id']}/overdraft-limits", asked)
    assert (refused.status, refused.code) == (409, "overdraft_code_missing")


@pytest.mark.feature("DEP-40")
def test_a_cheque_pays_the_interest_when_it_clears_and_not_before(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.overdraft_group", "G", a_group("600", {"rate": "885.6"}))
    set_parameter("deposits.plan", "OD", checking(od_group_ordinary="G"))
    code = {
        "names": {"es": "Cheque"},
        "operation": "cheque_deposit",
        "side": "credit",
        "channels": ["teller"],
    }
    set_parameter(
        "deposits.transaction_code", "CH1", {**code, "contra_role": "cheques_in_clearing", "float_day": 1}
    )
    account = an_account(bank, plan="OD")
    withdraw(bank, account["id"], "500.00")
    close_days(1)
    path = f"/v1/deposits/accounts/{account['id']}/deposits"
    for amount in ("200.00", "1.00"):
        made = bank("teller").post(path, {"amount": money(amount), "code": "CH1"}).expect(201).json
    bank("teller").post(
        f"/v1/deposits/transactions/{made['entry_id']}/reversals", {"reason": "error"}
    ).expect(201)
    assert ledger_of(bank, account) == "-300.00"
    assert overdraft(bank, account)["accrued_interest"] == "12.300000"
    close_days(1)
    assert overdraft(bank, account)["accrued_interest"] == "0.000000"
    assert ledger_of(bank, account) == "-319.68"


def test_a_credit_that_is_dated_back_pays_the_interest_today(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.overdraft_group", "G", a_group("600", {"rate": "885.6"}))
    set_parameter("deposits.plan", "OD", checking(od_group_ordinary="G"))
    cash = {
        "names": {"es": "Depósito"},
        "operation": "cash_deposit",
        "side": "credit",
        "channels": ["teller"],
    }
    cash |= {"contra_role": "cash_on_hand", "backdatable": True}
    set_parameter("deposits.transaction_code", "LATE", cash)
    account = an_account(bank, plan="OD")
    withdraw(bank, account["id"], "500.00")
    close_days(1)
    asked = {"amount": money("200.00"), "code": "LATE", "value_date": "2026-06-01"}
    assert overdraft(bank, account)["accrued_interest"] == "12.300000"
    path = f"/v1/deposits/accounts/{account['id']}/deposits"
    made = bank("manager").post(path, asked).expect(201).json
    assert (made["amount"], made["ledger"]) == (money("200.00"), money("-307.38"))
    close_days(1)
