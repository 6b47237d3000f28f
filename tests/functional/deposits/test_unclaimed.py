"""Accounts that nobody comes for, through real closings: told, listed, moved, given back; and those never funded."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.platform.closing.runs import LOCK, RunLock
from chalicelib.platform.notifications import NOTIFICATIONS
from tests.functional.deposits.conftest import CloseDays, SetParameter
from tests.functional.deposits.test_features import a_plan
from tests.functional.deposits.test_overdrafts import events
from tests.functional.deposits.test_servicing import a_status, control_of, path_of
from tests.support.bank import Bank
from tests.support.given import an_account, deposit, money

FIVE_YEARS = 1826


@pytest.fixture
def five_years(bank: Bank, set_parameter: SetParameter) -> None:
    """Dormant after a year, unclaimed after five, with a notice of thirty days."""
    for base, following in (("unclaimed", ["active"]), ("dormant", ["unclaimed", "active"])):
        body = a_status(base, allow={"debit": False, "cheque": False}, next_codes=following)
        set_parameter("deposits.status_code", base, body)
    days = {"dormancy_days": 365, "unclaimed_days": FIVE_YEARS, "unclaimed_notice_days": 30}
    set_parameter("deposits.control", "main", control_of(bank, **days))


def forgotten(bank: Bank, moved: str, **asked: Any) -> dict[str, Any]:
    """A dormant account whose holder last moved something on a date, as one brought over from another system."""
    account = an_account(bank, **{"plan": "S2", "balance": "100.00", **asked})
    work = bank.work()
    stored = work.get(ACCOUNTS, id=account["id"])
    day = date.fromisoformat(moved)
    asleep = {"state": "dormant", "status": "dormant", "last_member_movement": day, "opened_on": day}
    work.put(ACCOUNTS, replace(stored, **{**asleep, "state": type(stored.state)("dormant")}))
    work.commit()
    return account


def seen(bank: Bank, account: dict[str, Any]) -> tuple[str, str]:
    found = bank("officer").get(path_of(account)).expect(200)
    return found["state"], found["ledger"]["amount"]


def liability(bank: Bank, on: str) -> int:
    """What branch 1 owes under unclaimed deposits, in minor units."""
    return -accounting.balance(
        bank.work(), "1", "unclaimed_deposits", "savings", "USD", date.fromisoformat(on)
    )


@pytest.mark.feature("DEP-126")
@pytest.mark.usefixtures("five_years")
def test_five_years_idle_is_listed_told_moved_and_given_back(bank: Bank, close_days: CloseDays) -> None:
    account = forgotten(bank, "2021-06-20")
    close_days(1)
    assert seen(bank, account) == ("dormant", "100.00")
    report = bank("manager").post("/v1/platform/reports/deposit_unclaimed/runs", {}).expect(200)["rows"]
    assert [(row["number"], row["told_on"]) for row in report] == [(account["number"], "2026-06-01")]
    assert [each["account_id"] for each in events(bank, "deposits.funds_to_be_unclaimed")] == [account["id"]]
    told = list(bank.work().all(NOTIFICATIONS, recipient=account["party_id"]))
    assert [(notice.event, "100,00" in notice.body) for notice in told] == [("funds_to_be_unclaimed", True)]
    close_days(1)
    assert len(events(bank, "deposits.funds_to_be_unclaimed")) == 1
    gone = forgotten(bank, "2021-06-02")
    assert bank("manager").post(f"{path_of(gone)}/claims", {"reason": "vino"}).code == "not_unclaimed"
    close_days(1)
    state, ledger = seen(bank, gone)
    assert (state, ledger) == ("unclaimed", "0.00")
    told = {notice.event for notice in bank.work().all(NOTIFICATIONS, recipient=gone["party_id"])}
    assert told == {"funds_to_be_unclaimed", "funds_unclaimed"}
    close_days(1)
    assert liability(bank, "2026-06-04") >= 10_000
    refused = bank("officer").post(f"{path_of(gone)}/closures", {"reason": "cierre"})
    assert (refused.status, refused.code) == (409, "unclaimed_funds_remain")
    assert bank("teller").post(f"{path_of(gone)}/claims", {"reason": "vino"}).status == 403
    claimed = bank("manager").post(f"{path_of(gone)}/claims", {"reason": "se presentó"}).expect(201)
    assert (claimed["state"], claimed["ledger"]) == ("active", claimed["amount"])
    close_days(1)
    assert liability(bank, "2026-06-05") == 0
    changes = bank("officer").get(f"{path_of(gone)}/status-changes").expect(200)["items"]
    assert [(row["before"], row["after"]) for row in changes] == [
        ("unclaimed", "active"),
        ("dormant", "unclaimed"),
    ]


@pytest.mark.usefixtures("five_years")
def test_interest_earned_goes_with_the_money_and_whoever_moves_in_time_keeps_both(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    taxed = {"withholding_applies": True, "withholding_pct": "10"}
    set_parameter("deposits.plan", "DAY", a_plan(fixed_rate="365", interest_cycle="QUARTER_END", **taxed))
    gone, kept = (forgotten(bank, "2021-05-01", plan="DAY") for _ in range(2))
    bank("manager").post(f"{path_of(kept)}/status-changes", {"status": "active", "reason": "vino"}).expect(
        201
    )
    close_days(1)
    assert seen(bank, gone) == ("unclaimed", "0.00")
    assert seen(bank, kept)[0] == "active"
    close_days(1)
    assert liability(bank, "2026-06-02") == 10_000 + 100 - 10


@pytest.mark.usefixtures("five_years")
def test_an_account_with_a_hold_waits_and_a_claim_waits_for_the_close(
    bank: Bank, close_days: CloseDays
) -> None:
    held, gone = forgotten(bank, "2021-05-01"), forgotten(bank, "2021-05-01")
    path = f"{path_of(held)}/holds"
    hold = bank("officer").post(path, {"code": "DEB", "reason": "orden"}).expect(201).json
    close_days(1)
    assert seen(bank, held)[0] == "dormant"
    bank("manager").post(f"{path}/{hold['id']}/releases", {"reason": "levantada"}).expect(201)
    close_days(1)
    assert seen(bank, held)[0] == "unclaimed"
    work = bank.work()
    work.put(LOCK, RunLock("run_1"))
    work.commit()
    refused = bank("manager").post(f"{path_of(gone)}/claims", {"reason": "vino"})
    assert (refused.status, refused.code) == (409, "closing_under_way")


def test_an_account_never_funded_closes_by_itself(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    set_parameter("deposits.control", "main", control_of(bank, unfunded_days=1))
    empty, begun = an_account(bank, plan="P1"), an_account(bank, plan="P1")
    set_parameter("deposits.plan", "WAIT", a_plan(initial_status="PEN", opening_minimum="20"))
    little = an_account(bank, plan="WAIT", balance="5.00")
    close_days(2)
    assert seen(bank, empty)[0] == "pending_funding"
    deposit(bank, begun["id"], "1.00")
    close_days(1)
    assert [seen(bank, each)[0] for each in (empty, begun, little)] == ["closed", "active", "pending_funding"]
    assert bank("teller").post(f"{path_of(empty)}/deposits", {"amount": money("1.00")}).code == (
        "account_closed"
    )
    close_days(1)
