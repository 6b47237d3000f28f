"""What transaction codes, statuses, hold codes and roles declare is what happens at the counter."""

from typing import Any

import pytest

from chalicelib.kernel.account_number import compose
from chalicelib.modules.deposits.service.opening import NUMBERS
from chalicelib.platform.today import calendar_day
from tests.functional.deposits.conftest import SetParameter
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, money

ACCOUNTS = "/v1/deposits/accounts"
ROLES = "administration.role"


def a_code(operation: str = "cash_withdrawal", **changes: Any) -> dict[str, Any]:
    """The body of a code for the counter."""
    return {
        "names": {"es": "Código"},
        "operation": operation,
        "side": "credit" if operation == "cash_deposit" else "debit",
        "contra_role": "cash_on_hand",
        "channels": ["teller"],
        **changes,
    }


def set_limits(bank: Bank, set_parameter: SetParameter, role: str, limits: dict[str, str]) -> None:
    """Roles hold from the day of the clock on."""
    body = {**body_of(bank, ROLES, role), "limits": limits}
    set_parameter(ROLES, role, body, calendar_day(bank.work()).isoformat())


def body_of(bank: Bank, kind: str, code: str) -> dict[str, Any]:
    found: dict[str, Any] = bank("admin").get(f"/v1/platform/parameters/{kind}/{code}").expect(200)["body"]
    return found


@pytest.mark.feature("GEN-50")
def test_more_than_the_code_allows_waits_for_a_second_person(bank: Bank, set_parameter: SetParameter) -> None:
    set_parameter("deposits.transaction_code", "W9", a_code(requires_approval_over="1000"))
    account = an_account(bank, plan="S2", balance="5000.00")
    path = f"{ACCOUNTS}/{account['id']}/withdrawals"
    bank("teller").post(path, {"amount": money("1000.00"), "code": "W9"}).expect(201)
    waits = bank("teller").post(path, {"amount": money("1000.01"), "code": "W9"}).expect(202)
    assert waits["state"] == "pending_approval"
    balances = f"{ACCOUNTS}/{account['id']}/balances"
    assert bank("officer").get(balances)["ledger"] == money("4000.00")
    decision = {"decision": "approve", "reason": "visto"}
    own = bank("teller").post(f"/v1/platform/approvals/{waits['id']}/decisions", decision)
    assert (own.status, own.code) == (409, "self_approval")
    bank("manager").post(f"/v1/platform/approvals/{waits['id']}/decisions", decision).expect(201)
    assert bank("officer").get(balances)["ledger"] == money("2999.99")


@pytest.mark.parametrize(
    ("limits", "amount", "status"),
    [
        ({"max_cash": "200"}, "200.00", 201),
        ({"max_cash": "200"}, "200.01", 202),
        ({"max_transaction": "100"}, "100.01", 202),
        ({}, "900.00", 201),
    ],
)
def test_a_teller_moves_alone_what_the_role_lets(
    bank: Bank, set_parameter: SetParameter, limits: dict[str, str], amount: str, status: int
) -> None:
    account = an_account(bank, plan="S2", balance="1000.00")
    set_limits(bank, set_parameter, "teller", limits)
    path = f"{ACCOUNTS}/{account['id']}/withdrawals"
    bank("teller").post(path, {"amount": money(amount)}).expect(status)


def test_nobody_authorises_more_than_their_own_limit(bank: Bank, set_parameter: SetParameter) -> None:
    account = an_account(bank, plan="S2", balance="1000.00")
    set_limits(bank, set_parameter, "teller", {"max_cash": "200"})
    set_limits(bank, set_parameter, "branch_manager", {"max_transaction": "300"})
    path = f"{ACCOUNTS}/{account['id']}/withdrawals"
    decision = {"decision": "approve", "reason": "visto"}
    for amount, status in (("300.00", 201), ("300.01", 409)):
        waits = bank("teller").post(path, {"amount": money(amount)}).expect(202)
        answer = bank("manager").post(f"/v1/platform/approvals/{waits['id']}/decisions", decision)
        assert answer.status == status
    assert answer.code == "above_own_limit"


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ({"channels": ["member_portal"]}, "code_not_usable"),
        ({"active": False}, "code_not_usable"),
        ({"access_level": 21}, "code_above_level"),
        ({"access_level": 20}, ""),
    ],
)
def test_a_code_is_for_its_channels_and_its_level(
    bank: Bank, set_parameter: SetParameter, code: dict[str, Any], refusal: str
) -> None:
    set_parameter("deposits.transaction_code", "W9", a_code(**code))
    account = an_account(bank, plan="S2", balance="100.00")
    path = f"{ACCOUNTS}/{account['id']}/withdrawals"
    assert bank("teller").post(path, {"amount": money("1.00"), "code": "W9"}).code == refusal


@pytest.mark.feature("DEP-68", "DEP-70")
def test_a_new_code_is_for_its_own_side_only(bank: Bank, set_parameter: SetParameter) -> None:
    set_parameter("deposits.transaction_code", "710", a_code("cash_deposit", channels=["teller", "batch"]))
    account = an_account(bank, plan="S2", balance="100.00")
    asked = {"amount": money("10.00"), "code": "710"}
    assert bank("teller").post(f"{ACCOUNTS}/{account['id']}/deposits", asked).expect(201)["code"] == "710"
    refused = bank("teller").post(f"{ACCOUNTS}/{account['id']}/withdrawals", asked)
    assert (refused.status, refused.code) == (422, "code_not_usable")


@pytest.mark.feature("DEP-02")
def test_a_special_transaction_is_for_its_branch_only(bank: Bank, set_parameter: SetParameter) -> None:
    set_parameter("deposits.transaction_code", "D9", a_code("cash_deposit"))
    asked = {
        "code": "main",
        "scope": "branch:2",
        "effective_from": "2026-06-01",
        "body": {"special_transactions": ["D9"]},
    }
    version = bank("admin").post("/v1/platform/parameters/deposits.branch_control", asked).expect(201)
    decision = {"decision": "approve", "reason": "ok"}
    bank("admin2").post(f"/v1/platform/parameter-versions/{version['id']}/approvals", decision).expect(201)
    path = f"{ACCOUNTS}/{an_account(bank)['id']}/deposits"
    given = {"amount": money("10.00"), "code": "D9"}
    assert bank("teller").post(path, given).code == "code_not_usable"
    bank("teller2").post(path, given).expect(201)


def test_a_code_that_is_not_reversible_stays(bank: Bank, set_parameter: SetParameter) -> None:
    set_parameter("deposits.transaction_code", "D9", a_code("cash_deposit", reversible=False))
    account = an_account(bank)
    asked = {"amount": money("10.00"), "code": "D9"}
    made = bank("teller").post(f"{ACCOUNTS}/{account['id']}/deposits", asked).expect(201)
    path = f"/v1/deposits/transactions/{made['id']}/reversals"
    assert bank("teller").post(path, {"reason": "mistake"}).code == "not_reversible"


@pytest.mark.feature("DEP-103", "DEP-107")
@pytest.mark.parametrize(
    ("allow", "operation", "allowed"),
    [
        ({"transfer": False}, "transfers", False),
        ({"transfer": False}, "withdrawals", True),
        ({"debit": False}, "withdrawals", False),
        ({"debit": False}, "deposits", True),
        ({"credit": False}, "deposits", False),
        ({"maintenance": False}, "terms", False),
        ({"fees": False}, "charges", False),
        ({"debit": False}, "charges", True),
    ],
)
def test_a_status_says_what_may_happen(
    bank: Bank, set_parameter: SetParameter, allow: dict[str, bool], operation: str, allowed: bool
) -> None:
    account, other = (an_account(bank, plan="S2", balance="100.00") for _ in range(2))
    set_parameter(
        "deposits.status_code",
        "active",
        {"names": {"es": "En revisión"}, "base_class": "active", "allow": allow},
    )
    path = f"{ACCOUNTS}/{account['id']}/{operation}"
    if operation == "transfers":
        asked = {"from_account": account["id"], "to_account": other["id"], "amount": money("1.00")}
        answer = bank("teller").post("/v1/deposits/transfers", asked)
    elif operation == "terms":
        path = f"{ACCOUNTS}/{account['id']}"
        answer = bank("officer").patch(path, {"overrides": {"minimum_balance": "1"}})
    elif operation == "charges":
        answer = bank("manager").post(path, {"charge": "EXT"})
    else:
        answer = bank("teller").post(path, {"amount": money("1.00")})
    assert answer.code == ("" if allowed else "status_forbids")


@pytest.mark.parametrize(
    ("hold", "asked", "refusal"),
    [
        ({"active": False}, {}, "code_not_usable"),
        ({"max_days": 10}, {"expires_on": "2026-06-12"}, "hold_too_long"),
        ({"max_days": 10}, {"expires_on": "2026-06-11"}, ""),
        ({}, {"expires_on": "2020-01-01"}, "hold_over"),
        ({}, {"expires_on": "2026-05-31"}, "hold_over"),
        ({"max_days": 10}, {}, ""),
    ],
)
def test_a_hold_code_says_whether_and_for_how_long(
    bank: Bank, set_parameter: SetParameter, hold: dict[str, Any], asked: dict[str, Any], refusal: str
) -> None:
    set_parameter("deposits.hold_code", "H9", {"names": {"es": "Bloqueo"}, **hold})
    account = an_account(bank, balance="100.00")
    body = {"code": "H9", "amount": money("10.00"), "reason": "prueba", **asked}
    answer = bank("officer").post(f"{ACCOUNTS}/{account['id']}/holds", body)
    assert answer.code == refusal
    if not refusal:
        assert answer["expires_on"] == "2026-06-11"


def test_a_large_hold_waits_for_a_second_person(bank: Bank, set_parameter: SetParameter) -> None:
    set_parameter("deposits.hold_code", "H9", {"names": {"es": "Bloqueo"}, "requires_approval_over": "50"})
    account = an_account(bank, balance="100.00")
    path = f"{ACCOUNTS}/{account['id']}/holds"
    body = {"code": "H9", "amount": money("50.00"), "reason": "prueba"}
    bank("officer").post(path, body).expect(201)
    bank("officer").post(path, {**body, "amount": money("50.01")}).expect(202)


@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        ("4473", ""),  # closes with its check digit
        ("4477", "invalid_account_number"),
        ("123", "invalid_account_number"),
        ("{one digit of the last account's}", "invalid_account_number"),
        ("{of the last account}", "number_taken"),
        ("{the next that the bank would give}", "number_taken"),
    ],
)
def test_a_chosen_number_is_never_a_slip_away_from_one_of_the_banks(
    bank: Bank, set_parameter: SetParameter, number: str, refusal: str
) -> None:
    known = an_account(bank, balance="10.00")["number"]
    body, last = known[:-1], int(known[-1])
    number = {
        "{one digit of the last account's}": f"{body}{(last + 1) % 10}",
        "{of the last account}": known,
        "{the next that the bank would give}": compose(1, 99, 1, NUMBERS),
    }.get(number, number)
    asked = {"party_id": a_member(bank)["id"], "branch": "1", "plan": "S2", "number": number}
    answer = bank("officer").post(ACCOUNTS, asked)
    assert answer.code == refusal
    found = bank("officer").get(f"{ACCOUNTS}?number={number}")
    assert (found.status == 200) == (number == known or not refusal)


def test_numbers_of_an_earlier_core_are_kept_where_the_tenant_says_so(
    bank: Bank, set_parameter: SetParameter
) -> None:
    set_parameter("deposits.control", "main", {"unchecked_numbers": True})
    asked = {"party_id": a_member(bank)["id"], "branch": "1", "plan": "S2"}
    bank("officer").post(ACCOUNTS, {**asked, "number": "4477"}).expect(201)
    assert bank("officer").post(ACCOUNTS, {**asked, "number": "1" * NUMBERS.length}).code == (
        "invalid_account_number"
    )
