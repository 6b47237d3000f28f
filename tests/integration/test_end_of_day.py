"""A whole end of day through the state machine, with the counter open all the while."""

import itertools
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from tests.integration.client import Client, People, Reply, an_account, ledger, usd
from tests.integration.served import PATIENCE_SECONDS

TELLERS = 2
AMOUNT_CENTS = 101
MOST_DAYS = 5
"""Days to close until somebody posts while one closes. Where postings waited for the end of the run, none would do."""


@dataclass
class Counter:
    """Deposits of tellers who do not stop for the end of day."""

    people: People
    accounts: list[str]
    receipts: list[dict[str, Any]] = field(default_factory=list)
    refusals: list[Reply] = field(default_factory=list)
    _closed: threading.Event = field(default_factory=threading.Event)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def serve(self, number: int, teller: Client) -> None:
        """One deposit after another, each sent twice, as by a client that saw no answer."""
        for account in itertools.cycle(self.accounts):
            if self._closed.is_set():
                return
            key = str(uuid.uuid4())
            replies = [self._deposit(teller, account, key) for _ in range(2)]
            with self._changed:
                good = next((reply for reply in replies if reply.status == 201), None)
                if good:
                    self.receipts.append({**good.json, "teller": number})
                self.refusals += [reply for reply in replies if reply.status != 201]
                self._changed.notify_all()

    def _deposit(self, teller: Client, account: str, key: str) -> Reply:
        """The answer to a deposit, sent again under its key for as long as the bank says that it is busy."""
        while True:
            path, body = (
                f"/deposits/accounts/{account}/deposits",
                {"amount": usd(f"{AMOUNT_CENTS / 100:.2f}")},
            )
            reply = teller.post(path, body, key=key)
            if reply.code != "busy" or self._closed.is_set():
                return reply

    def wait_for_deposits(self, business_date: str = "") -> None:
        """Wait until every teller has made a deposit, dated that day where one is given, or one was refused."""

        def made() -> bool:
            tellers = {row["teller"] for row in self.receipts if business_date in ("", row["business_date"])}
            return len(tellers) == TELLERS or bool(self.refusals)

        with self._changed:
            assert self._changed.wait_for(made, PATIENCE_SECONDS), "the tellers make no deposits"

    @contextmanager
    def open(self) -> Iterator[None]:
        url, token = self.people.served.url, self.people.staff("cajero1").token
        threads = [
            threading.Thread(target=self.serve, args=(number, Client(url, token)))
            for number in range(TELLERS)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._closed.set()
            for thread in threads:
                thread.join()


def finished(operator: Client, run_id: str) -> dict[str, Any]:
    """The run once it no longer runs."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        run: dict[str, Any] = operator.get(f"/platform/closing-runs/{run_id}").expect(200).json
        if run["state"] != "running":
            return run
        time.sleep(0.3)
    raise AssertionError(f"the run did not end: {run}")


@dataclass(frozen=True)
class Closing:
    """What the day looked like before, during and after its end."""

    run: dict[str, Any]
    second: Reply
    before: list[dict[str, Any]]
    receipts: list[dict[str, Any]]
    refusals: list[Reply]
    accounts: list[str]
    balances: list[str]

    @property
    def during(self) -> list[dict[str, Any]]:
        """Deposits made between start and end of the run that carry the next business date."""
        began, ended = (datetime.fromisoformat(self.run[name]) for name in ("started_at", "finished_at"))
        return [
            row
            for row in self.receipts
            if began < datetime.fromisoformat(row["posted_at"]) < ended
            and row["business_date"] == self.run["open_date"]
        ]


@pytest.fixture(scope="module")
def closing(people: People) -> Closing:
    """One end of day of all branches while two tellers keep posting, at least once before it is over."""
    for _ in range(MOST_DAYS):
        found = a_closing(people)
        if found.during or found.refusals or found.run["state"] != "completed":
            break
    return found


def a_closing(people: People) -> Closing:
    """An end of day with deposits before it, after it, and at whatever moments between."""
    operator = people.staff("operador")
    accounts = [an_account(people)["id"] for _ in range(3)]
    before = operator.get("/platform/me").expect(200)["business_dates"]
    counter = Counter(people, accounts)
    with counter.open():
        counter.wait_for_deposits()
        started = operator.post("/platform/closing-runs", {}).expect(202)
        second = operator.post("/platform/closing-runs", {"business_date": started["business_date"]})
        run = finished(operator, started["id"])
        if run["state"] == "completed":
            counter.wait_for_deposits(run["open_date"])
    balances = [ledger(people, account) for account in accounts]
    return Closing(run, second, before, counter.receipts, counter.refusals, accounts, balances)


def test_the_run_completes(closing: Closing) -> None:
    assert closing.run["state"] == "completed", closing.run
    undone = [(step["step"], step["error"]) for step in closing.run["steps"] if step["state"] != "completed"]
    assert not undone, undone


def test_a_second_run_waits_for_the_first(closing: Closing) -> None:
    assert (closing.second.status, closing.second.code) == (409, "run_in_progress")


def test_no_deposit_is_lost_or_doubled(closing: Closing) -> None:
    assert not closing.refusals, [reply.body for reply in closing.refusals]
    assert len({receipt["entry_id"] for receipt in closing.receipts}) == len(closing.receipts)
    for account, balance in zip(closing.accounts, closing.balances, strict=True):
        count = sum(receipt["account"]["id"] == account for receipt in closing.receipts)
        assert balance == f"{count * AMOUNT_CENTS / 100:.2f}"


@pytest.mark.feature("GEN-59", "GEN-65")
def test_from_the_cut_on_postings_carry_the_next_business_date(closing: Closing) -> None:
    closed, following = closing.run["business_date"], closing.run["open_date"]
    for teller in range(TELLERS):
        dates = [row["business_date"] for row in closing.receipts if row["teller"] == teller]
        assert dates == sorted(dates)
    assert {row["business_date"] for row in closing.receipts} == {closed, following}
    assert closing.during, "nothing was posted with the next date while the run went on"


@pytest.mark.feature("GEN-65")
def test_the_closed_day_keeps_its_totals(people: People, closing: Closing) -> None:
    """What was posted during the run is in the next day's totals, not in those of the day that closed."""
    teller = people.staff("cajero1")
    for day in (closing.run["business_date"], closing.run["open_date"]):
        for account in closing.accounts:
            posted = {
                receipt["entry_id"]
                for receipt in closing.receipts
                if receipt["business_date"] == day and receipt["account"]["id"] == account
            }
            assert movements(teller, account, day) == posted


def movements(teller: Client, account: str, day: str) -> set[str]:
    """Entries of an account's day, page after page."""
    path, cursor, found = f"/deposits/accounts/{account}/transactions?from={day}&to={day}", "", set()
    while True:
        page = teller.get(f"{path}&cursor={cursor}" if cursor else path).expect(200)
        found |= {row["entry_id"] for row in page["items"]}
        cursor = page["next_cursor"]
        if not cursor:
            return found


@pytest.mark.feature("GEN-66")
def test_every_account_was_visited(closing: Closing) -> None:
    pieces = [step for step in closing.run["steps"] if step["planned"]]
    assert pieces
    for step in pieces:
        assert step["processed"] + step["skipped"] == step["read"] == step["planned"]
        assert step["failed"] == 0
    assert closing.run["done"] == closing.run["records"]


def test_every_branch_stands_on_the_next_date(people: People, closing: Closing) -> None:
    days = people.staff("operador").get("/platform/me").expect(200)["business_dates"]
    assert {day["business_date"] for day in days} == {closing.run["open_date"]}
    assert {day["business_date"] for day in closing.before} == {closing.run["business_date"]}


@pytest.mark.feature("GEN-53")
def test_the_trial_balance_is_zero_for_every_branch(people: People, closing: Closing) -> None:
    accountant = people.staff("contador")
    for day in (closing.run["business_date"], closing.run["open_date"]):
        for branch in ("", *closing.run["branches"]):
            query = f"date={day}" + (f"&branch={branch}" if branch else "")
            found = accountant.get(f"/accounting/trial-balance?{query}").expect(200)
            assert found["totals"]["difference"]["amount"] == "0.00"
            assert found["totals"]["debits"] == found["totals"]["credits"]


def test_the_next_day_closes_once_this_one_has(people: People, closing: Closing) -> None:
    """Refused while the first run went on, accepted after it; the last test here, as it moves the date."""
    assert closing.second.code == "run_in_progress"
    operator = people.staff("operador")
    started = operator.post("/platform/closing-runs", {}).expect(202)
    run = finished(operator, started["id"])
    assert (run["state"], run["business_date"]) == ("completed", closing.run["open_date"])
