"""How an account is served: holds, cautions, statuses, codes to capture by, and what its codes count."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.service import money as counter
from chalicelib.platform import clock, idempotency
from chalicelib.platform.context import Actor, ActorKind
from tests.functional.deposits.conftest import CloseDays, SetParameter, StandOn
from tests.functional.deposits.test_enforcement import set_limits
from tests.functional.deposits.test_features import a_plan
from tests.functional.deposits.test_overdrafts import checking, grant, take
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, deposit, money

ACCOUNTS = "/v1/deposits/accounts"


def path_of(account: dict[str, Any]) -> str:
    return f"{ACCOUNTS}/{account['id']}"


def available(bank: Bank, account: dict[str, Any]) -> str:
    amount: str = bank("teller").get(f"{path_of(account)}/balances").expect(200)["available"]["amount"]
    return amount


def control_of(bank: Bank, **changes: Any) -> dict[str, Any]:
    """The tenant's control record with other values."""
    return {**bank.work().config.main("deposits.control", date(2026, 6, 1)).to_body(), **changes}


def a_status(base_class: str = "active", **changes: Any) -> dict[str, Any]:
    return {"names": {"es": "Estado"}, "base_class": base_class, **changes}


@pytest.mark.feature("DEP-93")
def test_a_hold_keeps_sixty_of_a_hundred_until_it_is_released(bank: Bank) -> None:
    account = an_account(bank, plan="S2", balance="100.00")
    path = f"{path_of(account)}/holds"
    asked = {"code": "GAR", "amount": money("60.00"), "reason": "garantía", "expires_on": "2026-06-30"}
    hold = bank("officer").post(path, asked).expect(201).json
    assert hold["available"] == money("40.00")
    assert available(bank, account) == "40.00"
    assert take(bank, account, "40.01").code == "insufficient_funds"
    bank("manager").post(f"{path}/{hold['id']}/releases", {"reason": "pagada"}).expect(201)
    assert available(bank, account) == "100.00"
    take(bank, account, "100.00").expect(201)


@pytest.mark.feature("DEP-93")
@pytest.mark.parametrize(
    ("stops", "debits", "credits"),
    [
        ("debit", "account_held", ""),
        ("credit", "", "account_held"),
        ("both", "account_held", "account_held"),
    ],
)
def test_a_total_hold_stops_the_side_that_its_code_names_until_its_last_day(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays, stops: str, debits: str, credits: str
) -> None:
    set_parameter("deposits.hold_code", "H9", {"names": {"es": "X"}, "stops": stops, "extent": "total"})
    account = an_account(bank, plan="S2", balance="100.00")
    asked = {"code": "H9", "reason": "orden", "expires_on": "2026-06-01"}
    bank("officer").post(f"{path_of(account)}/holds", asked).expect(201)
    paid_in = {"amount": money("1.00")}
    assert take(bank, account, "1.00").code == debits
    assert bank("teller").post(f"{path_of(account)}/deposits", paid_in).code == credits
    close_days(1)
    assert take(bank, account, "1.00").code == ""
    assert bank("teller").post(f"{path_of(account)}/deposits", paid_in).code == ""


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"reason": ""}, "reason_missing"),
        ({"expires_on": "2026-05-31"}, "hold_over"),
        ({"amount": money("100.01")}, "hold_exceeds_balance"),
        ({"code": "NONE"}, "unknown_reference"),
    ],
)
def test_what_a_hold_may_not_be(bank: Bank, asked: dict[str, Any], refusal: str) -> None:
    account = an_account(bank, plan="S2", balance="100.00")
    body = {"code": "GAR", "amount": money("10.00"), "reason": "garantía", **asked}
    refused = bank("officer").post(f"{path_of(account)}/holds", body)
    assert (refused.status, refused.code) == (422, refusal)


@pytest.mark.feature("DEP-94")
def test_a_caution_is_acknowledged_before_money_moves(bank: Bank) -> None:
    account, other = an_account(bank, plan="S2", balance="100.00"), an_account(bank, plan="S2")
    path = f"{path_of(account)}/cautions"
    assert bank("teller").post(path, {"text": "Firma por verificar"}).status == 403
    caution = bank("manager").post(path, {"text": "Firma por verificar"}).expect(201).json
    assert (available(bank, account), bank("teller").get(path_of(account))["cautions"]) == ("100.00", 1)
    refused = take(bank, account, "10.00")
    assert (refused.status, refused.code) == (409, "caution_not_acknowledged")
    assert refused["cautions"] == [{"id": caution["id"], "text": "Firma por verificar"}]
    assert "Firma por verificar" in refused["detail"]
    received = {"from_account": other["id"], "to_account": account["id"], "amount": money("1.00")}
    assert bank("teller").post("/v1/deposits/transfers", received).code == "caution_not_acknowledged"
    assert take(bank, account, "10.00", acknowledged_cautions=["cau_other"]).status == 409
    take(bank, account, "10.00", acknowledged_cautions=[caution["id"]]).expect(201)
    bank("manager").post(f"{path}/{caution['id']}/removals", {"reason": "verificada"}).expect(201)
    take(bank, account, "10.00").expect(201)
    assert available(bank, account) == "80.00"
    again = bank("manager").post(f"{path}/{caution['id']}/removals", {"reason": "verificada"})
    assert (again.status, again.code) == (409, "caution_removed")


def test_a_caution_warns_up_to_its_last_day_and_members_not_at_all(bank: Bank, close_days: CloseDays) -> None:
    member = a_member(bank)
    account = an_account(bank, plan="S2", party_id=member["id"], balance="100.00")
    into = an_account(bank, plan="S2", party_id=member["id"])
    path = f"{path_of(account)}/cautions"
    late = bank("manager").post(path, {"text": "Ayer", "expires_on": "2026-05-31"})
    assert (late.status, late.code) == (422, "ends_in_the_past")
    bank("manager").post(path, {"text": "Solo hoy", "expires_on": "2026-06-01"}).expect(201)
    assert bank("manager").post(f"{path}/cau_none/removals", {"reason": "nada"}).code == "unknown_caution"
    assert take(bank, account, "1.00").code == "caution_not_acknowledged"
    work = bank.work(actor=Actor(ActorKind.MEMBER, "usr_member", party_id=member["id"]))
    counter.transfer(work, counter.Instruction(account["id"], Money.of("1.00", "USD")), into["id"])
    work.commit()
    close_days(1)
    take(bank, account, "1.00").expect(201)


@pytest.mark.feature("DEP-104")
def test_a_new_account_has_the_status_that_the_control_record_names(
    bank: Bank, set_parameter: SetParameter
) -> None:
    set_parameter("deposits.plan", "FREE", a_plan(initial_status=None))
    assert an_account(bank, plan="FREE")["status"] == "active"
    set_parameter("deposits.control", "main", control_of(bank, initial_status="REV"))
    account = an_account(bank, plan="FREE")
    assert (account["status"], account["state"]) == ("REV", "blocked")
    set_parameter("deposits.plan", "OWN", a_plan(initial_status="PEN"))
    assert an_account(bank, plan="OWN")["status"] == "PEN"


@pytest.mark.feature("DEP-105")
def test_a_change_of_status_by_hand_is_on_record_with_before_and_after(bank: Bank) -> None:
    account = an_account(bank, plan="S2", balance="100.00")
    path = f"{path_of(account)}/status-changes"
    asked = {"status": "REV", "reason": "denuncia"}
    assert bank("teller").post(path, asked).status == 403
    made = bank("manager").post(path, asked).expect(201).json
    assert take(bank, account, "1.00").code == "status_forbids"
    bank("manager").post(path, {"status": "active"}).expect(201)
    take(bank, account, "1.00").expect(201)
    rows = bank("officer").get(path).expect(200)["items"]
    assert [(row["before"], row["after"], row["reason"]) for row in rows] == [
        ("REV", "active", ""),
        ("active", "REV", "denuncia"),
    ]
    assert made["changed_by"] == bank.person("manager").id
    assert made["changed_on"] == "2026-06-01"


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        ("active", "status_change_not_allowed"),
        ("closed", "status_change_not_allowed"),
        ("PEN", "status_change_not_allowed"),
        ("NONE", "unknown_reference"),
        ("WHY", "reason_missing"),
        ("AUTO", "status_change_not_allowed"),
    ],
)
def test_which_status_may_not_be_set_by_hand(
    bank: Bank, set_parameter: SetParameter, status: str, refusal: str
) -> None:
    set_parameter("deposits.status_code", "WHY", a_status("blocked", reason_required=True))
    set_parameter("deposits.status_code", "AUTO", a_status("blocked", manual=False))
    following = {"next_codes": ["WHY", "AUTO", "PEN", "closed"]}
    set_parameter("deposits.status_code", "active", a_status(**following))
    account = an_account(bank, plan="S2")
    assert bank("manager").post(f"{path_of(account)}/status-changes", {"status": status}).code == refusal


def test_a_sleeping_account_that_is_woken_by_hand_stays_awake(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays, stand_on: StandOn
) -> None:
    set_parameter("deposits.control", "main", control_of(bank, inactivity_days=30))
    account = an_account(bank, plan="S2", balance="100.00")
    stand_on("2026-07-02")
    close_days(1)
    assert bank("officer").get(path_of(account))["state"] == "inactive"
    asked = {"status": "active", "reason": "se presentó con su cédula"}
    bank("manager").post(f"{path_of(account)}/status-changes", asked).expect(201)
    close_days(1)
    assert bank("officer").get(path_of(account))["state"] == "active"


@pytest.mark.feature("DEP-74")
def test_interest_reaches_an_account_that_is_blocked_for_both_sides(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays, stand_on: StandOn
) -> None:
    set_parameter("deposits.plan", "DAY", a_plan(fixed_rate="3.65", interest_cycle="MONTH_END"))
    blocked = a_status("blocked", allow={"debit": False, "credit": False, "cheque": False})
    set_parameter("deposits.status_code", "NO", blocked)
    set_parameter("deposits.status_code", "active", a_status(next_codes=["NO"]))
    account = an_account(bank, plan="DAY", balance="1000.00")
    bank("manager").post(f"{path_of(account)}/status-changes", {"status": "NO", "reason": "x"}).expect(201)
    assert take(bank, account, "1.00").code == "status_forbids"
    assert bank("teller").post(f"{path_of(account)}/deposits", {"amount": money("1.00")}).status == 409
    stand_on("2026-06-30")
    close_days(1)
    rows = bank("officer").get(f"{path_of(account)}/transactions?from=2026-06-30&to=2026-06-30")["items"]
    assert [(row["code"], row["amount"]["amount"]) for row in rows] == [("I01", "3.00")]


@pytest.mark.feature("DEP-76")
def test_no_transaction_without_a_code(bank: Bank, set_parameter: SetParameter) -> None:
    account, other = an_account(bank, plan="S2", balance="100.00"), an_account(bank, plan="S2")
    assert deposit(bank, account["id"], "1.00")["code"] == "D01"
    unknown = take(bank, account, "1.00", code="W99")
    assert (unknown.status, unknown.code, unknown["field"]) == (422, "unknown_reference", "code")
    set_parameter("deposits.control", "main", control_of(bank, code_required=True))
    transfer = {"from_account": account["id"], "to_account": other["id"], "amount": money("1.00")}
    for path, body in (
        (f"{path_of(account)}/withdrawals", {"amount": money("1.00")}),
        (f"{path_of(account)}/deposits", {"amount": money("1.00")}),
        (f"{path_of(account)}/cheque-payments", {"amount": money("1.00"), "number": 1}),
        ("/v1/deposits/transfers", transfer),
    ):
        refused = bank("teller").post(path, body)
        assert (refused.status, refused.code, refused["field"]) in (
            (422, "transaction_without_code", "code"),
            (404, "unknown_cheque", "number"),
        )
    assert bank("teller").post("/v1/deposits/transfers", {**transfer, "code": "T02"}).expect(201)
    assert take(bank, account, "1.00", code="W01").expect(201)["code"] == "W01"
    codes = {**control_of(bank)["system_codes"], "cash_deposit": None}
    set_parameter("deposits.control", "main", control_of(bank, code_required=False, system_codes=codes))
    refused = bank("teller").post(f"{path_of(account)}/deposits", {"amount": money("1.00")})
    assert (refused.status, refused.code) == (422, "transaction_without_code")


@pytest.mark.feature("DEP-77")
def test_a_teller_captures_by_the_form_of_a_code_and_the_member_sees_it_at_once(bank: Bank) -> None:
    member = a_member(bank)
    account = an_account(bank, plan="S2", party_id=member["id"])
    shown = bank("teller").get(f"{path_of(account)}/capture-forms").expect(200).json
    forms = {form["code"]: form for form in shown["items"]}
    assert {code: form["operation"] for code, form in forms.items()} == {
        "D01": "cash_deposit",
        "D02": "cheque_deposit",
        "T02": "transfer_out",
        "W01": "cash_withdrawal",
        "W02": "cheque_payment",
    }
    form = forms["D01"]
    assert [(field["name"], field["required"]) for field in form["fields"]] == [
        ("amount", True),
        ("narrative", False),
    ]
    filled = {"amount": money("50.00"), "narrative": "ventanilla", "code": form["code"]}
    bank("teller").post(form["path"], filled).expect(201)
    portal = bank.member(member["id"])
    held = portal.get("/v1/member_portal/position").expect(200)["accounts"]
    assert [row["ledger"]["amount"] for row in held] == ["50.00"]
    today = "from=2026-06-01&to=2026-06-01"
    rows = portal.get(f"/v1/member_portal/accounts/{account['id']}/movements?{today}").expect(200)["items"]
    assert [(row["amount"]["amount"], row["narrative"]) for row in rows] == [("50.00", "ventanilla")]
    sums = bank("teller").get(f"{path_of(account)}/year-sums?year=2026").expect(200)
    assert (sums["deposit_count"], sums["withdrawal_count"]) == (1, 0)


def test_forms_follow_what_the_person_and_the_account_may_do(bank: Bank) -> None:
    account = an_account(bank, plan="S2", balance="10.00")
    caution = bank("manager").post(f"{path_of(account)}/cautions", {"text": "Ojo"}).expect(201).json
    bank("manager").post(f"{path_of(account)}/status-changes", {"status": "REV", "reason": "x"}).expect(201)
    shown = bank("teller").get(f"{path_of(account)}/capture-forms").expect(200).json
    assert [form["code"] for form in shown["items"]] == ["D01", "D02"]
    assert [each["id"] for each in shown["cautions"]] == [caution["id"]]
    assert "acknowledged_cautions" in [field["name"] for field in shown["items"][0]["fields"]]


@pytest.mark.feature("DEP-124")
def test_the_same_key_after_thirty_days_is_one_posting_and_one_answer(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = an_account(bank, plan="S2", balance="100.00")
    path, body = f"{path_of(account)}/deposits", {"amount": money("25.00")}
    first = bank("teller").post(path, body, key="recibo-77").expect(201)
    seconds = clock.epoch_seconds
    later = SimpleNamespace(epoch_seconds=lambda: seconds() + 30 * 86_400)
    monkeypatch.setattr(idempotency, "clock", later)
    again = bank("teller").post(path, body, key="recibo-77").expect(201)
    assert (again.text, again.headers["Idempotency-Hit"]) == (first.text, "true")
    rows = bank("officer").get(f"{path_of(account)}/transactions?from=2026-06-01&to=2026-06-01")["items"]
    assert [row["amount"]["amount"] for row in rows] == ["25.00", "100.00"]


@pytest.mark.feature("DEP-71")
def test_a_fee_code_raises_the_fees_of_the_year_only_as_it_is_configured(
    bank: Bank, set_parameter: SetParameter, stand_on: StandOn
) -> None:
    account = an_account(bank, plan="S2", balance="100.00")

    def charge() -> None:
        bank("manager").post(f"{path_of(account)}/charges", {"charge": "EXT"}).expect(201)

    def fees(year: int) -> str:
        found = bank("officer").get(f"{path_of(account)}/year-sums?year={year}").expect(200)
        amount: str = found["fees"]["amount"]
        return amount

    charge()
    once = fees(2026)
    assert once != "0.00"
    code = bank.work().config.get("deposits.transaction_code", "F01", date(2026, 6, 1)).to_body()
    tax = bank.work().config.get("deposits.transaction_code", "F02", date(2026, 6, 1)).to_body()
    set_parameter("deposits.transaction_code", "F01", {**code, "accumulators": ["ledger"]})
    set_parameter("deposits.transaction_code", "F02", {**tax, "accumulators": ["ledger"]})
    charge()
    assert fees(2026) == once
    set_parameter("deposits.transaction_code", "F01", code)
    stand_on("2027-01-04")
    assert fees(2027) == "0.00"
    charge()
    assert fees(2026) == once
    assert fees(2027) != "0.00"
    bank("teller").post(f"{path_of(account)}/deposits", {"amount": money("1.00")}).expect(201)
    counted = bank("officer").get(f"{path_of(account)}/year-sums?year=2027").expect(200)
    assert counted["deposit_count"] == 1


def test_a_reversal_takes_back_what_the_transaction_counted(bank: Bank) -> None:
    account = an_account(bank, plan="S2")
    made = deposit(bank, account["id"], "10.00")
    bank("manager").post(f"/v1/deposits/transactions/{made['id']}/reversals", {"reason": "error"}).expect(201)
    sums = bank("officer").get(f"{path_of(account)}/year-sums?year=2026").expect(200)
    assert sums["deposit_count"] == 0


def test_an_overdraft_above_the_own_limit_waits_for_a_second_person(
    bank: Bank, set_parameter: SetParameter
) -> None:
    set_parameter("deposits.plan", "OD", checking())
    account = an_account(bank, plan="OD", balance="50.00")
    set_limits(bank, set_parameter, "branch_manager", {"max_overdraft": "300"})
    grant(bank, account, "300.00")
    path = f"{path_of(account)}/overdraft-limits"
    more = {"amount": money("300.01"), "rate_steps": [{"rate": "18"}], "reason": "Comité 12"}
    dates = {"valid_from": "2026-06-01", "valid_until": "2026-12-31"}
    bank("manager").post(path, {**more, **dates}).expect(202)
    assert take(bank, account, "350.01", "manager", beyond_limits=True).status == 202
    assert take(bank, account, "350.00", "manager", beyond_limits=True).status == 201
