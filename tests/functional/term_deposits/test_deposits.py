"""Term deposits on the books: opened from an account, accrued by every close, paid at the start of the day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.platform.closing import dues
from chalicelib.platform.closing.dues import Due, DueState
from chalicelib.platform.posting.days import GATES, all_gates
from chalicelib.workflows.end_of_day import service, tasks
from tests.functional.term_deposits.conftest import SetPlan, ask
from tests.support.api import Reply
from tests.support.bank import FIRST, Bank
from tests.support.given import an_account, money
from tests.support.small_bank import drive

PATH = "/v1/term_deposits/deposits"
FRIDAY = 4
THURSDAY_9_JULY = date(2026, 7, 9)
PRINCIPAL, PAYABLE, TAX = "term_deposits_principal", "interest_payable_term", "tax_withheld_payable"
AT_7_50 = [{"from_amount": "0", "from_days": 1, "to_days": 3660, "rate": "7.5"}]
TAXED = {"source": "percent", "percent": "2"}


def stand_on(bank: Bank, day: date) -> None:
    """Let branches 1 and 2 stand on a day, which is neither the eve of a holiday nor follows one."""
    work = bank.work()
    following = day + timedelta(days=3 if day.weekday() == FRIDAY else 1)
    for branch in ("1", "2"):
        for gate in all_gates(work, branch):
            before = day - timedelta(days=1)
            moved = replace(gate, business_date=day, previous_date=before, next_date=following)
            work.put(GATES, moved)
    work.commit()


def opened(bank: Bank, account: dict[str, Any], amount: str, product: str = "X", **asked: Any) -> Reply:
    body = {"product": product, "amount": money(amount), "account_id": account["id"], **asked}
    return bank("officer").post(PATH, body)


def shown(bank: Bank, deposit: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = bank("officer").get(f"{PATH}/{deposit['id']}").expect(200).json
    return found


def available(bank: Bank, account: dict[str, Any]) -> str:
    found = bank("teller").get(f"/v1/deposits/accounts/{account['id']}/balances").expect(200)
    return str(found["available"]["amount"])


def prove_day(bank: Bank) -> str:
    """Close the business date up to its proof; the next day has not been opened. Answers the run's id."""
    work = bank.work()
    run = service.start(work)
    work._afterwards.clear()
    work.commit()

    def call(task: str, part: str = "") -> dict[str, Any]:
        event = {"task": task, "tenant": FIRST, "run_id": run.id, "part": part}
        return tasks.TASKS[task](tasks.job_of(event, bank.store(FIRST)), event)

    for task, part in tasks.in_order(call("begin"), until="prove"):
        call(task, part)
    return run.id


def open_day(bank: Bank, run_id: str) -> None:
    """The rest of a run: the start of the next day, and the reports."""
    drive(bank.store(FIRST), run_id)


def close_days(bank: Bank, count: int) -> None:
    for _ in range(count):
        open_day(bank, prove_day(bank))


def pending(bank: Bank) -> list[Due]:
    return [due for due in dues.listed(bank.work(), "1") if due.application == "term_deposits"]


def stop_credits(bank: Bank, account: dict[str, Any], holds: int) -> None:
    """Let so many holds stop what comes into an account."""
    work = bank.work()
    work.put(ACCOUNTS, replace(work.get(ACCOUNTS, id=account["id"]), credits_stopped=holds))
    work.commit()


def owed(bank: Bank, role: str, on: str) -> int:
    """What the ledger of branch 1 shows under a role after a close, in minor units."""
    sheet = accounting.sheet_on(bank.work(), "1", date.fromisoformat(on))
    return -sheet.balance_of_role(role, "USD")


@pytest.mark.feature("GEN-63", "GEN-68")
def test_interest_due_on_tuesday_waits_after_mondays_close_and_is_available_when_tuesday_opens(
    bank: Bank, set_plan: SetPlan
) -> None:
    set_plan("X", rates=AT_7_50)
    stand_on(bank, THURSDAY_9_JULY)
    account = an_account(bank, plan="S2", balance="180000.00")
    deposit = opened(bank, account, "180000.00", term_days=5).expect(201).json
    assert (deposit["maturity_date"], deposit["rows"][0]["interest"]["amount"]) == ("2026-07-14", "187.50")
    close_days(bank, 2)
    assert pending(bank) == []
    monday = prove_day(bank)
    assert [(due.due_on, due.state) for due in pending(bank)] == [(date(2026, 7, 14), DueState.PENDING)]
    assert pending(bank)[0].payload["interest_minor"] == 187_50
    assert available(bank, account) == "0.00"
    open_day(bank, monday)
    assert pending(bank) == []
    assert available(bank, account) == "180187.50"
    assert shown(bank, deposit)["state"] == "matured"
    open_day(bank, monday)
    assert available(bank, account) == "180187.50"


def test_the_ledger_shows_the_capital_and_the_interest_of_every_day_until_they_are_paid(
    bank: Bank, set_plan: SetPlan
) -> None:
    set_plan("X", rates=AT_7_50, withholding=TAXED)
    stand_on(bank, THURSDAY_9_JULY)
    account = an_account(bank, plan="S2", balance="180000.00")
    deposit = opened(bank, account, "180000.00", term_days=5).expect(201).json
    for on, interest in (("2026-07-09", 37_50), ("2026-07-10", 150_00), ("2026-07-13", 187_50)):
        close_days(bank, 1)
        assert (owed(bank, PRINCIPAL, on), owed(bank, PAYABLE, on)) == (180_000_00, interest)
    assert available(bank, account) == "180183.75"
    close_days(bank, 1)
    on = "2026-07-14"
    assert [owed(bank, role, on) for role in (PRINCIPAL, PAYABLE, TAX)] == [0, 0, 3_75]
    rows = bank("teller").get(
        f"/v1/deposits/accounts/{account['id']}/transactions?from={on}&to={on}&order=oldest"
    )
    received = [(row["amount"]["amount"], row["narrative"]) for row in rows.expect(200)["items"]]
    assert [amount for amount, _ in received] == ["183.75", "180000.00"]
    assert all(deposit["number"] in narrative for _, narrative in received)


def test_what_is_booked_is_what_the_simulation_said(bank: Bank, set_plan: SetPlan) -> None:
    set_plan("X", withholding=TAXED)
    account = an_account(bank, plan="S2", balance="12345.67")
    asked: dict[str, Any] = {"term_days": 100, "payment": "monthly"}
    said = ask(bank, "X", "12345.67", opening_date="2026-06-01", **asked).expect(200).json
    deposit = opened(bank, account, "12345.67", **asked).expect(201).json
    names = ("number", "start", "date", "interest", "withheld", "net", "capital", "principal_paid", "paid")
    assert [[row[name] for name in names] for row in deposit["rows"]] == [
        [row[name] for name in names] for row in said["rows"]
    ]
    assert (deposit["rate"], deposit["maturity_date"]) == (said["rate"], said["maturity_date"])
    assert available(bank, account) == "0.00"
    close_days(bank, 1)
    assert shown(bank, deposit)["accrued_interest"] == "2.743482"
    assert owed(bank, PAYABLE, "2026-06-01") == 2_74
    stand_on(bank, date(2026, 6, 30))
    close_days(bank, 1)
    first = said["rows"][0]
    assert (first["date"], available(bank, account)) == ("2026-07-01", "80.65")
    assert first["net"]["amount"] == "80.65"
    assert shown(bank, deposit)["next_payment"]["number"] == 2
    assert float(shown(bank, deposit)["accrued_interest"]) == 0
    close_days(bank, 1)


def test_capitalised_interest_joins_the_capital_when_its_day_opens(bank: Bank, set_plan: SetPlan) -> None:
    set_plan("X", payments=["capitalised"], capitalisation="monthly", withholding=TAXED)
    account = an_account(bank, plan="S2", balance="10000.00")
    deposit = opened(bank, account, "10000.00", term_days=90).expect(201).json
    close_days(bank, 1)
    stand_on(bank, date(2026, 6, 30))
    close_days(bank, 1)
    after = shown(bank, deposit)
    assert after["rows"][0]["interest"]["amount"] == "66.67"
    assert after["principal"]["amount"] == after["rows"][0]["capital"]["amount"] == "10065.34"
    assert available(bank, account) == "0.00"
    close_days(bank, 1)
    assert owed(bank, PRINCIPAL, "2026-07-01") == 10_065_34


def test_a_term_deposit_is_among_the_products_of_its_holder(bank: Bank, set_plan: SetPlan) -> None:
    set_plan("X")
    account = an_account(bank, plan="S2", balance="1000.00")
    deposit = opened(bank, account, "600.00", term_days=30).expect(201).json
    party = account["party_id"]
    listed = bank("officer").get(f"{PATH}?party_id={party}").expect(200)["items"]
    assert [row["id"] for row in listed] == [deposit["id"]]
    products = bank("officer").get(f"/v1/parties/parties/{party}/products").expect(200)["items"]
    held = {row["application"]: (row["state"], row["balance"]["amount"]) for row in products}
    assert held["term_deposits"] == ("open", "600.00")


def test_what_cannot_be_opened_says_why_and_moves_nothing(bank: Bank, set_plan: SetPlan) -> None:
    set_plan("X")
    account = an_account(bank, plan="S2", balance="1000.00")
    elsewhere = an_account(bank, plan="S2", branch="2")
    cases: list[tuple[str, int, Reply]] = [
        ("unknown_term_deposit", 422, opened(bank, account, "600.00", "NONE", term_days=30)),
        ("amount_below_minimum", 422, opened(bank, account, "99.99", term_days=30)),
        ("insufficient_funds", 422, opened(bank, account, "1000.01", term_days=30)),
        ("term_or_maturity_date", 422, opened(bank, account, "600.00")),
        ("advance_not_opened", 422, opened(bank, account, "600.00", term_days=30, payment="advance")),
        ("payment_not_offered", 422, opened(bank, account, "600.00", term_days=90, payment="capitalised")),
        ("unknown_account", 404, opened(bank, elsewhere, "600.00", term_days=30)),
        ("unknown_account", 404, opened(bank, {"id": "dep_none"}, "600.00", term_days=30)),
        ("term_deposit_not_found", 404, bank("officer").get(f"{PATH}/tdp_none")),
    ]
    assert [(reply.json["code"], reply.status) for _, _, reply in cases] == [case[:2] for case in cases]
    body = {"product": "X", "amount": money("600.00"), "account_id": account["id"], "term_days": 30}
    assert bank("teller").post(PATH, body).status == 403
    assert available(bank, account) == "1000.00"
    assert bank("officer").get(f"{PATH}?party_id={account['party_id']}").expect(200)["items"] == []


def test_a_payment_that_the_account_cannot_take_is_owed_until_a_later_day_opens(
    bank: Bank, set_plan: SetPlan
) -> None:
    set_plan("X", rates=AT_7_50)
    stand_on(bank, date(2026, 7, 13))
    account = an_account(bank, plan="S2", balance="180000.00")
    deposit = opened(bank, account, "180000.00", term_days=1).expect(201).json
    stop_credits(bank, account, 1)
    close_days(bank, 1)
    assert [(due.state, due.problem) for due in pending(bank)] == [(DueState.FAILED, "account_held")]
    assert (shown(bank, deposit)["state"], available(bank, account)) == ("open", "0.00")
    stop_credits(bank, account, 0)
    run_id = prove_day(bank)
    assert (owed(bank, PRINCIPAL, "2026-07-14"), owed(bank, PAYABLE, "2026-07-14")) == (180_000_00, 37_50)
    open_day(bank, run_id)
    assert (shown(bank, deposit)["state"], available(bank, account)) == ("matured", "180037.50")
    close_days(bank, 1)
