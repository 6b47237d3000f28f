"""Batch files of debits and credits: registered once, applied once, refused for the counter's own reasons."""

import json
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.modules.deposits.domain.batch import BatchState
from chalicelib.modules.deposits.events import BATCH_OVER_LIMIT
from chalicelib.modules.deposits.repository import batches as kept
from chalicelib.modules.deposits.service import batches
from tests.functional.deposits.conftest import SetParameter
from tests.functional.end_of_day.test_interruptions import Died, dying_at
from tests.support.bank import Bank
from tests.support.given import an_account, money
from tests.support.memory import MemoryStore
from tests.support.small_bank import SmallBank, a_bank

BATCHES = "/v1/deposits/batches"
PENDING = "/v1/deposits/pending-transactions"


@pytest.fixture
def debit_code(set_parameter: SetParameter) -> str:
    """A code of debits for the counter and for batches."""
    code = {
        "names": {"es": "Descuento"},
        "operation": "cash_withdrawal",
        "side": "debit",
        "contra_role": "clearing_payable",
        "channels": ["teller", "batch"],
    }
    set_parameter("deposits.transaction_code", "810", code)
    return "810"


def a_file(*rows: tuple[str, str, str, str], **changes: Any) -> dict[str, Any]:
    """A JSON file of (account number, side, amount, code) with its true totals."""
    lines = [
        {"account": number, "side": side, "amount": amount, "code": code}
        for number, side, amount, code in rows
    ]
    sums = {
        side: sum((Decimal(row["amount"]) for row in lines if row["side"] == side), Decimal(0))
        for side in ("debit", "credit")
    }
    return {
        "source": "nómina",
        "branch": "1",
        "format": "json",
        "content": json.dumps(lines),
        "expected_count": len(lines),
        "expected_debits": money(f"{sums['debit']:.2f}"),
        "expected_credits": money(f"{sums['credit']:.2f}"),
        **changes,
    }


def registered(bank: Bank, body: dict[str, Any]) -> str:
    identifier: str = bank("manager").post(BATCHES, body).expect(201)["id"]
    return identifier


def applied(bank: Bank, batch: str) -> dict[str, Any]:
    answer: dict[str, Any] = bank("manager").post(f"{BATCHES}/{batch}/applications").expect(201).json
    return answer


def lines(bank: Bank, batch: str) -> list[tuple[str, str]]:
    rows = bank("manager").get(f"{BATCHES}/{batch}/lines").expect(200)["items"]
    return [(row["state"], row["reason"]) for row in rows]


def ledger(bank: Bank, account: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = bank("officer").get(f"/v1/deposits/accounts/{account['id']}")["ledger"]
    return found


@pytest.mark.feature("DEP-78")
def test_a_file_is_what_its_sender_says_and_comes_once(bank: Bank) -> None:
    account = an_account(bank, plan="S2")
    body = a_file((account["number"], "credit", "50.00", ""), (account["number"], "credit", "25.50", ""))
    for wrong, field in (
        ({"expected_credits": money("75.51")}, "expected_credits"),
        ({"expected_debits": money("1.00")}, "expected_debits"),
        ({"expected_count": 3}, "expected_count"),
        ({"digest": "0" * 64}, "digest"),
    ):
        refused = bank("manager").post(BATCHES, {**body, **wrong})
        assert (refused.status, refused["field"]) == (422, field)
    assert bank("manager").get(BATCHES)["items"] == []
    batch = registered(bank, body)
    again = bank("manager").post(BATCHES, {**body, "source": "otra vez"})
    assert (again.status, again.code) == (409, "batch_registered_before")
    assert ledger(bank, account) == money("0.00")
    done = applied(bank, batch)
    assert (done["state"], done["posted"], done["rejected"]) == ("applied", 2, 0)
    assert ledger(bank, account) == money("75.50")
    assert bank("manager").post(f"{BATCHES}/{batch}/applications").code == "batch_not_open"
    rows = bank("officer").get(
        f"/v1/deposits/accounts/{account['id']}/transactions?from=2026-06-01&to=2026-06-01"
    )["items"]
    assert {row["channel"] for row in rows} == {"batch"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("account,side,amount\n{number},credit,10.00\n", ""),
        ("account,side,amount\n{number},both,10.00\n", "malformed_batch_line"),
        ("account,side,amount\n{number},credit,-10.00\n", "malformed_batch_line"),
        ("account,side,amount,colour\n{number},credit,10.00,red\n", "malformed_batch_line"),
        ("account,side,amount\n", "malformed_batch"),
    ],
)
def test_a_csv_file_is_read_by_its_columns(bank: Bank, content: str, code: str) -> None:
    account = an_account(bank, plan="S2")
    body = a_file((account["number"], "credit", "10.00", ""))
    body |= {"format": "csv", "content": content.format(number=account["number"])}
    assert bank("manager").post(BATCHES, body).code == code


@pytest.mark.feature("DEP-03")
def test_an_inactive_account_refuses_the_counter_and_a_batch_alike(
    bank: Bank, set_parameter: SetParameter, debit_code: str
) -> None:
    account = an_account(bank, plan="S2", balance="100.00")
    status = {"names": {"es": "Inactiva"}, "base_class": "active", "allow": {"debit": False}}
    set_parameter("deposits.status_code", "active", status)
    path = f"/v1/deposits/accounts/{account['id']}/withdrawals"
    counter = bank("teller").post(path, {"amount": money("10.00"), "code": debit_code})
    batch = registered(bank, a_file((account["number"], "debit", "10.00", debit_code)))
    applied(bank, batch)
    assert lines(bank, batch) == [("rejected", counter.code)]
    assert counter.code == "status_forbids"


@pytest.mark.feature("DEP-81")
def test_a_debit_without_funds_is_tried_once_more_at_the_end(bank: Bank, debit_code: str) -> None:
    account = an_account(bank, plan="S2", balance="50.00")
    poor = an_account(bank, plan="S2", balance="1.00")
    body = a_file(
        (account["number"], "debit", "80.00", debit_code),
        (poor["number"], "debit", "80.00", debit_code),
        (account["number"], "credit", "100.00", ""),
        reject_pct_limit="40",
    )
    done = applied(bank, registered(bank, body))
    assert (done["state"], done["posted"], done["rejected"]) == ("applied", 2, 1)
    assert ledger(bank, account) == money("70.00")
    assert lines(bank, done["id"]) == [
        ("posted", "insufficient_funds"),
        ("rejected", "insufficient_funds"),
        ("posted", ""),
    ]


@pytest.mark.feature("DEP-79")
def test_a_batch_with_a_later_number_waits(bank: Bank, debit_code: str) -> None:
    account = an_account(bank, plan="S2")
    loan = registered(bank, a_file((account["number"], "debit", "80.00", debit_code), sequence=2))
    payroll = registered(bank, a_file((account["number"], "credit", "100.00", ""), sequence=1))
    assert bank("manager").post(f"{BATCHES}/{loan}/applications").code == "earlier_batch_waits"
    applied(bank, payroll)
    applied(bank, loan)
    assert ledger(bank, account) == money("20.00")


@pytest.mark.feature("DEP-90")
def test_a_rejected_line_is_sent_again_or_discarded(bank: Bank, debit_code: str) -> None:
    account = an_account(bank, plan="S2", balance="10.00")
    rows = [(account["number"], "debit", amount, debit_code) for amount in ("80.00", "90.00")]
    applied(bank, registered(bank, a_file(*rows)))
    first, second = bank("manager").get(PENDING).expect(200)["items"]
    assert (first["reason"], first["amount"]) == ("insufficient_funds", money("80.00"))
    refused = bank("manager").post(f"{PENDING}/{first['id']}/resends")
    assert (refused.status, refused.code) == (422, "insufficient_funds")
    bank("teller").post(f"/v1/deposits/accounts/{account['id']}/deposits", {"amount": money("70.00")}).expect(
        201
    )
    sent = bank("manager").post(f"{PENDING}/{first['id']}/resends").expect(201)
    assert (sent["state"], sent["decided_by"]) == ("posted", bank.person("manager").id)
    assert ledger(bank, account) == money("0.00")
    assert bank("manager").post(f"{PENDING}/{first['id']}/resends").code == "unknown_pending_transaction"
    gone = bank("manager").post(f"{PENDING}/{second['id']}/discards", {"reason": "lo pagó en ventanilla"})
    assert (gone.expect(201)["state"], gone["remark"]) == ("discarded", "lo pagó en ventanilla")
    assert bank("manager").get(PENDING)["items"] == []


def test_a_batch_may_stop_at_its_limit(bank: Bank, debit_code: str) -> None:
    account = an_account(bank, plan="S2", balance="10.00")
    rows = [(account["number"], "debit", "80.00", debit_code), (account["number"], "credit", "1.00", "")]
    batch = registered(bank, a_file(*rows, stop_on_limit=True))
    stopped = applied(bank, batch)
    assert (stopped["state"], stopped["tried"]) == ("stopped", 1)
    assert ledger(bank, account) == money("10.00")


# -- many lines, and processes that die ---------------------------------------------------------------------------


def a_payroll(bank: SmallBank, good: int, bad: int) -> tuple[str, str]:
    """(batch, account) of a file whose bad lines name an account that does not exist."""
    account = bank.an_account("S1", "1", funds="100.00")
    number = bank.account(account).number
    rows = [{"account": number, "side": "credit", "amount": "1.00"}] * good
    rows = rows + [{"account": "999", "side": "credit", "amount": "1.00"}] * bad
    asked = batches.FileAsked(
        source="nómina",
        branch="1",
        form="json",
        content=json.dumps(rows),
        currency="USD",
        expected_count=good + bad,
        expected_debits=Decimal(0),
        expected_credits=Decimal(good + bad),
    )
    return bank.do(lambda work: batches.register(work, asked)).id, account


def apply_all(bank: SmallBank, batch: str) -> None:
    while bank.do(lambda work: kept.batch(work, batch)).open:
        bank.do(lambda work: batches.apply_batch(work, batch))


@pytest.mark.feature("DEP-80")
@pytest.mark.parametrize(("bad", "state"), [(60, BatchState.APPLIED_WITH_ALERT), (50, BatchState.APPLIED)])
def test_more_rejected_lines_than_the_limit_are_an_alert(bad: int, state: BatchState) -> None:
    bank = a_bank()
    batch, account = a_payroll(bank, 1000 - bad, bad)
    apply_all(bank, batch)
    done = bank.do(lambda work: kept.batch(work, batch))
    assert (done.state, done.rejected, done.totals.count) == (state, bad, 1000)
    assert bank.account(account).ledger_minor == 10_000 + (1000 - bad) * 100
    store: MemoryStore = bank.store  # type: ignore[assignment]
    told = [
        row for row in store.tables["journal"].values() if row.get("name", {}).get("S") == BATCH_OVER_LIMIT
    ]
    assert len(told) == (state is BatchState.APPLIED_WITH_ALERT)


def test_a_batch_that_dies_at_any_storage_call_and_is_applied_again_posts_each_line_once() -> None:
    bank = a_bank()
    batch, account = a_payroll(bank, 3, 1)
    start: MemoryStore = bank.store  # type: ignore[assignment]
    calls: list[str] = []
    whole = SmallBank(start.copy())
    whole.store.observe = calls.append
    apply_all(whole, batch)
    for call in range(1, len(calls) + 1):
        store = start.copy()
        dying = SmallBank(store)
        store.observe = dying_at(call)
        with pytest.raises(Died):
            apply_all(dying, batch)
        store.observe = None
        apply_all(dying, batch)
        done = dying.do(lambda work: kept.batch(work, batch))
        assert (done.posted, done.rejected) == (3, 1), f"killed at storage call {call}"
        assert dying.account(account).ledger_minor == 10_300
