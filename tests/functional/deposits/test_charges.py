"""Charges of accounts, shown through the API and real closings with the numbers of the specification."""

from typing import Any

import pytest

from tests.functional.deposits.conftest import CloseDays, SetParameter, StandOn
from tests.functional.deposits.test_features import a_plan
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, deposit, money, withdraw

ACCOUNTS = "/v1/deposits/accounts"


def a_charge(**changes: Any) -> dict[str, Any]:
    """The body of a charge of 1.00."""
    return {"names": {"es": "Cargo"}, "currency": "USD", "amount": "1.00", **changes}


def a_fee_table(*lines: dict[str, Any]) -> dict[str, Any]:
    return {"names": {"es": "Tabla"}, "lines": list(lines)}


@pytest.fixture
def fees(set_parameter: SetParameter) -> Any:
    """``fees(plan terms, F01=charge, ...)`` makes charges, a fee table of a line for each, and a plan with it."""

    def make(lines: list[dict[str, Any]], plan: str = "FEE", **terms: Any) -> None:
        set_parameter("deposits.fee_table", f"T_{plan}", a_fee_table(*lines))
        body = a_plan(
            pays_interest=False, fixed_rate=None, interest_cycle=None, minimum_balance_behaviour="inform"
        )
        set_parameter(
            "deposits.plan", plan, {**body, "fee_table": f"T_{plan}", "fee_cycle": "MONTH_END", **terms}
        )

    return make


def ledger(bank: Bank, account: dict[str, Any]) -> str:
    found = bank("officer").get(f"{ACCOUNTS}/{account['id']}/balances").expect(200)
    amount: str = found["ledger"]["amount"]
    return amount


def lines(bank: Bank, account: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(code, amount, charge or narrative) of every movement, oldest first."""
    path = f"{ACCOUNTS}/{account['id']}/transactions?from=2026-06-01&to=2026-08-31&order=oldest&limit=100"
    rows = bank("officer").get(path).expect(200)["items"]
    return [(row["code"], row["amount"]["amount"], row["narrative"]) for row in rows]


def charges_of(bank: Bank, account: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(charge, state, amount) of what was not simply taken."""
    rows = bank("officer").get(f"{ACCOUNTS}/{account['id']}/charges").expect(200)["items"]
    return [(row["charge"], row["state"], row["amount"]["amount"]) for row in rows]


@pytest.mark.feature("DEP-48")
def test_a_new_code_can_be_charged_at_once(bank: Bank, set_parameter: SetParameter) -> None:
    account = an_account(bank, balance="50.00")
    path = f"{ACCOUNTS}/{account['id']}/charges"
    assert bank("manager").post(path, {"charge": "F01"}).code == "unknown_charge"
    set_parameter("deposits.service_charge", "F01", a_charge(amount="3.00"))
    made = bank("manager").post(path, {"charge": "F01"}).expect(201)
    assert (made["amount"], made["ledger"]) == (money("3.00"), money("47.00"))


@pytest.mark.feature("DEP-57")
def test_the_tax_on_a_charge_is_a_line_of_its_own(bank: Bank, set_parameter: SetParameter) -> None:
    set_parameter("deposits.service_charge", "TAX", a_charge(amount="3.00", taxable=True))
    account = an_account(bank, balance="50.00")
    made = bank("manager").post(f"{ACCOUNTS}/{account['id']}/charges", {"charge": "TAX"}).expect(201)
    assert (made["amount"], made["tax"]) == (money("3.00"), money("0.45"))
    assert lines(bank, account)[1:] == [("F01", "-3.00", "TAX"), ("F02", "-0.45", "TAX")]
    assert ledger(bank, account) == "46.55"


@pytest.mark.feature("DEP-59")
@pytest.mark.parametrize(
    ("routine", "asked", "expected"),
    [
        ({"routine": "percent", "percent": "0.4", "minimum": "2.00"}, {"base": money("300.00")}, "2.00"),
        ({"routine": "percent", "percent": "0.4", "minimum": "2.00"}, {"base": money("1500.00")}, "6.00"),
        ({"routine": "percent", "percent": "0.4", "maximum": "5.00"}, {"base": money("1500.00")}, "5.00"),
        ({"routine": "per_unit", "amount": "0.50", "free_count": 3}, {"units": 5}, "1.00"),
        ({"routine": "fixed", "amount": "1.25"}, {}, "1.25"),
    ],
)
def test_each_routine_prices_its_way(
    bank: Bank, set_parameter: SetParameter, routine: dict[str, Any], asked: dict[str, Any], expected: str
) -> None:
    set_parameter("deposits.service_charge", "RTN", {**a_charge(amount=None), **routine})
    account = an_account(bank, balance="50.00")
    made = bank("manager").post(f"{ACCOUNTS}/{account['id']}/charges", {"charge": "RTN", **asked}).expect(201)
    assert made["amount"] == money(expected)


def test_a_charge_on_an_amount_needs_the_amount(bank: Bank, set_parameter: SetParameter) -> None:
    bands = [
        {"from_amount": "0", "to_amount": "100", "amount": "1.00"},
        {"from_amount": "100", "amount": "2.00"},
    ]
    set_parameter("deposits.service_charge", "BND", a_charge(routine="per_band", amount=None, bands=bands))
    account = an_account(bank, balance="50.00")
    path = f"{ACCOUNTS}/{account['id']}/charges"
    assert bank("manager").post(path, {"charge": "BND"}).code == "charge_needs_base"
    for base, amount in (("99.99", "1.00"), ("100.00", "2.00")):
        made = bank("manager").post(path, {"charge": "BND", "base": money(base)}).expect(201)
        assert made["amount"] == money(amount)


@pytest.mark.feature("DEP-50", "DEP-55")
def test_the_fourth_withdrawal_of_the_month_is_charged_in_its_own_receipt(
    bank: Bank, set_parameter: SetParameter, fees: Any, stand_on: StandOn
) -> None:
    unit = a_charge(routine="per_unit", amount="0.50", free_count=3)
    set_parameter("deposits.service_charge", "WDL", unit)
    fees([{"charge": "WDL", "trigger": "transaction", "transaction_code": "W01"}])
    account = an_account(bank, plan="FEE", balance="100.00")
    receipts = [withdraw(bank, account["id"], "10.00") for _ in range(4)]
    assert [receipt["charges"] for receipt in receipts[:3]] == [[], [], []]
    fourth = receipts[3]
    assert fourth["amount"] == money("10.00")
    assert fourth["charges"] == [{"charge": "WDL", "amount": money("0.50"), "tax": False}]
    assert fourth["ledger"] == money("59.50")
    reason = {"reason": "mistake"}
    bank("teller").post(f"/v1/deposits/transactions/{fourth['id']}/reversals", reason).expect(201)
    assert ledger(bank, account) == "70.00"
    assert withdraw(bank, account["id"], "10.00")["ledger"] == money("59.50")
    stand_on("2026-07-01")
    assert withdraw(bank, account["id"], "10.00")["charges"] == []


def test_a_withdrawal_must_leave_enough_for_its_charge(
    bank: Bank, set_parameter: SetParameter, fees: Any
) -> None:
    set_parameter("deposits.service_charge", "WDL", a_charge())
    fees([{"charge": "WDL", "trigger": "transaction", "transaction_code": "W01"}])
    account = an_account(bank, plan="FEE", balance="10.00")
    path = f"{ACCOUNTS}/{account['id']}/withdrawals"
    refused = bank("teller").post(path, {"amount": money("9.50")})
    assert (refused.status, refused.code) == (422, "charges_not_covered")
    assert bank("teller").post(path, {"amount": money("9.00")}).expect(201)["ledger"] == money("0.00")


def test_a_deposit_is_taken_even_where_its_charge_must_wait(
    bank: Bank, set_parameter: SetParameter, fees: Any, close_days: CloseDays
) -> None:
    set_parameter("deposits.service_charge", "DEP", a_charge())
    fees([{"charge": "DEP", "trigger": "transaction", "transaction_code": "D01"}])
    account = an_account(bank, plan="FEE")
    assert deposit(bank, account["id"], "0.40")["charges"] == []
    assert charges_of(bank, account) == [("DEP", "pending", "1.00")]
    assert deposit(bank, account["id"], "5.00")["ledger"] == money("4.40")
    close_days(1)
    assert charges_of(bank, account) == [("DEP", "collected", "1.00")]
    assert ledger(bank, account) == "3.40"


@pytest.mark.feature("DEP-08", "DEP-49", "DEP-52")
def test_maintenance_each_month_end_by_the_table_of_the_plan_or_of_the_account(
    bank: Bank, set_parameter: SetParameter, fees: Any, stand_on: StandOn, close_days: CloseDays
) -> None:
    set_parameter("deposits.service_charge", "MNT", a_charge(timing="cycle"))
    set_parameter("deposits.service_charge", "BIG", a_charge(amount="2.50", timing="cycle"))
    set_parameter("deposits.fee_table", "OWN", a_fee_table({"charge": "MNT", "trigger": "cycle"}))
    set_parameter("deposits.fee_table", "NEW", a_fee_table({"charge": "BIG", "trigger": "cycle"}))
    fees([{"charge": "MNT", "trigger": "cycle"}])
    own_amount = {"charge_amounts": [{"charge": "MNT", "amount": "0.00"}]}
    accounts = {
        "plan": an_account(bank, plan="FEE", balance="50.00"),
        "own table": an_account(bank, plan="FEE", balance="50.00", overrides={"fee_table": "OWN"}),
        "own zero": an_account(bank, plan="FEE", balance="50.00", overrides=own_amount),
    }
    stand_on("2026-06-30")
    close_days(1)
    assert [ledger(bank, account) for account in accounts.values()] == ["49.00", "49.00", "50.00"]
    plan = bank("admin").get("/v1/platform/parameters/deposits.plan/FEE").expect(200)["body"]
    set_parameter("deposits.plan", "FEE", {**plan, "fee_table": "NEW"}, "2026-07-01")
    stand_on("2026-07-31")
    close_days(1)
    assert [ledger(bank, account) for account in accounts.values()] == ["46.50", "48.00", "47.50"]


def test_no_maintenance_while_the_status_allows_no_charges(
    bank: Bank, set_parameter: SetParameter, fees: Any, stand_on: StandOn, close_days: CloseDays
) -> None:
    set_parameter("deposits.service_charge", "MNT", a_charge(timing="cycle"))
    quiet = {"names": {"es": "Sin cargos"}, "base_class": "active", "allow": {"fees": False}}
    set_parameter("deposits.status_code", "NOFEES", quiet)
    fees([{"charge": "MNT", "trigger": "cycle"}], initial_status="NOFEES")
    account = an_account(bank, plan="FEE", balance="50.00")
    refused = bank("manager").post(f"{ACCOUNTS}/{account['id']}/charges", {"charge": "MNT"})
    assert (refused.status, refused.code) == (409, "status_forbids")
    stand_on("2026-06-30")
    close_days(1)
    assert ledger(bank, account) == "50.00"


@pytest.mark.feature("DEP-51")
@pytest.mark.parametrize(
    ("base", "minimum", "charged"),
    [
        ("cycle_average", "400", True),
        ("cycle_average", "300", False),
        ("lowest_day", "300", True),
        ("lowest_day", "200", False),
    ],
)
def test_breaking_the_minimum_balance_costs_by_its_base(
    bank: Bank,
    set_parameter: SetParameter,
    fees: Any,
    stand_on: StandOn,
    close_days: CloseDays,
    base: str,
    minimum: str,
    charged: bool,
) -> None:
    set_parameter("deposits.service_charge", "MIN", a_charge(amount="2.00", timing="cycle"))
    broken = {"minimum_balance_behaviour": "fee", "minimum_balance_charge": "MIN"}
    fees([], minimum_balance=minimum, minimum_balance_base=base, **broken)
    account = an_account(bank, plan="FEE", balance="500.00")
    stand_on("2026-06-11")
    withdraw(bank, account["id"], "300.00")
    stand_on("2026-06-30")
    close_days(1)
    assert ledger(bank, account) == ("198.00" if charged else "200.00")


@pytest.mark.feature("DEP-56")
def test_charges_that_wait_are_lines_of_the_cycle_date_and_what_finds_no_funds_is_tried_again(
    bank: Bank, set_parameter: SetParameter, fees: Any, stand_on: StandOn, close_days: CloseDays
) -> None:
    set_parameter("deposits.service_charge", "TRF", a_charge(amount="0.30", timing="cycle", taxable=True))
    fees([{"charge": "TRF", "trigger": "transaction", "transaction_code": "W01"}])
    account = an_account(bank, plan="FEE", balance="100.00")
    for amount in ("30.00", "30.00", "39.50"):
        assert withdraw(bank, account["id"], amount)["charges"] == []
    assert charges_of(bank, account) == [("TRF", "pending", "0.30")] * 3
    stand_on("2026-06-29")
    close_days(1)
    assert ledger(bank, account) == "0.50"
    close_days(1)
    found = charges_of(bank, account)
    assert sorted(state for _, state, _ in found) == ["collected", "pending", "pending"]
    assert ledger(bank, account) == "0.15"
    deposit(bank, account["id"], "1.00")
    close_days(1)
    assert sorted(state for _, state, _ in charges_of(bank, account)) == ["collected"] * 3
    assert [row for row in lines(bank, account) if row[0].startswith("F")] == [
        ("F01", "-0.30", "TRF"),
        ("F02", "-0.05", "TRF"),
    ] * 3
    assert ledger(bank, account) == "0.45"


@pytest.mark.feature("DEP-58")
def test_a_waived_charge_is_on_record_with_nothing_to_pay_a_reason_and_who(
    bank: Bank, set_parameter: SetParameter, fees: Any, stand_on: StandOn, close_days: CloseDays
) -> None:
    set_parameter("deposits.service_charge", "MNT", a_charge(timing="cycle", waiver={"minimum_age": 65}))
    set_parameter(
        "deposits.service_charge", "RCH", a_charge(timing="cycle", waiver={"minimum_balance": "500"})
    )
    fees([{"charge": "MNT", "trigger": "cycle"}, {"charge": "RCH", "trigger": "cycle"}])
    elder = a_member(bank, birth_date="1950-01-01")
    old = an_account(bank, plan="FEE", party_id=elder["id"], balance="50.00")
    rich = an_account(bank, plan="FEE", balance="500.00")
    stand_on("2026-06-30")
    close_days(1)
    assert (ledger(bank, old), charges_of(bank, old)) == ("49.00", [("MNT", "waived", "0.00")])
    assert (ledger(bank, rich), charges_of(bank, rich)) == ("499.00", [("RCH", "waived", "0.00")])
    row = bank("officer").get(f"{ACCOUNTS}/{old['id']}/charges")["items"][0]
    assert (row["reason"], row["waived_by"]) == ("minimum_age", "")


@pytest.mark.feature("DEP-58")
def test_an_authorised_user_waives_a_charge_that_waits(
    bank: Bank, set_parameter: SetParameter, fees: Any, stand_on: StandOn, close_days: CloseDays
) -> None:
    set_parameter("deposits.service_charge", "TRF", a_charge(timing="cycle"))
    fees([{"charge": "TRF", "trigger": "transaction", "transaction_code": "W01"}])
    account = an_account(bank, plan="FEE", balance="100.00")
    withdraw(bank, account["id"], "10.00")
    withdraw(bank, account["id"], "10.00")
    path = f"{ACCOUNTS}/{account['id']}/charges"
    first = bank("officer").get(path)["items"][0]
    waiver = {"reason": "cajero fuera de servicio"}
    assert bank("teller").post(f"{path}/{first['id']}/waivers", waiver).status == 403
    waived = bank("manager").post(f"{path}/{first['id']}/waivers", waiver).expect(201).json
    assert (waived["state"], waived["amount"]) == ("waived", money("0.00"))
    assert (waived["reason"], waived["waived_by"]) == (waiver["reason"], bank.person("manager").id)
    assert bank("manager").post(f"{path}/{first['id']}/waivers", waiver).code == "unknown_account_charge"
    stand_on("2026-06-30")
    close_days(1)
    assert ledger(bank, account) == "79.00"
    asked = {"charge": "TRF", "reason": "cortesía de la casa"}
    bank("manager").post(f"{ACCOUNTS}/{account['id']}/charge-waivers", asked).expect(201)
    assert ledger(bank, account) == "79.00"


@pytest.mark.feature("DEP-54")
def test_a_printed_statement_costs_once_and_the_file_nothing(
    bank: Bank, set_parameter: SetParameter, fees: Any
) -> None:
    fees([{"charge": "EXT", "trigger": "statement"}])
    account = an_account(bank, plan="FEE", balance="50.00")
    path = f"{ACCOUNTS}/{account['id']}/statements"
    asked = {"from": "2026-06-01", "to": "2026-06-01", "format": "csv"}
    bank("teller").post(path, asked).expect(200)
    assert ledger(bank, account) == "50.00"
    for _ in range(2):
        bank("teller").post(path, {**asked, "printed": True}).expect(200)
    assert ledger(bank, account) == "49.00"


def test_a_charge_of_the_payee_comes_with_the_transfer(
    bank: Bank, set_parameter: SetParameter, fees: Any
) -> None:
    set_parameter("deposits.service_charge", "IN", a_charge(amount="0.10"))
    set_parameter("deposits.service_charge", "OUT", a_charge(amount="0.25"))
    fees(
        [
            {"charge": "IN", "trigger": "transaction", "transaction_code": "T01"},
            {"charge": "OUT", "trigger": "transaction", "transaction_code": "T02"},
        ]
    )
    payer, payee = (an_account(bank, plan="FEE", balance="50.00") for _ in range(2))
    asked = {"from_account": payer["id"], "to_account": payee["id"], "amount": money("10.00")}
    receipt = bank("teller").post("/v1/deposits/transfers", asked).expect(201)
    assert receipt["charges"] == [{"charge": "OUT", "amount": money("0.25"), "tax": False}]
    assert (ledger(bank, payer), ledger(bank, payee)) == ("39.75", "59.90")
