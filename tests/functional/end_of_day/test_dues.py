"""Dues: written once, carried out once, in order of date, and what is refused waits for the next start of day."""

from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import Conflict, InvariantError
from chalicelib.platform import attempts
from chalicelib.platform.closing import applications, dues, start_of_day
from chalicelib.platform.closing.applications import Application, ClosingDay, PieceRun, Tally
from chalicelib.platform.closing.dues import Due, DueSettled, DueState
from chalicelib.platform.work import UnitOfWork
from tests.support.small_bank import FIRST_DAY, SmallBank, a_bank

MONDAY = date(2026, 6, 1)


class NotNow(Conflict):
    """What this application refuses with."""

    code = "account_closed"


class Errands:
    """An application whose dues carry a word; it refuses those that it is told to."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.told: list[str] = []
        self.refuses: dict[str, Exception] = {}

    def apply_due(self, work: UnitOfWork, due: Due) -> None:
        word = due.payload["word"]
        if word in self.refuses:
            raise self.refuses[word]
        self.done.append(word)

    def refuse_due(self, work: UnitOfWork, due: Due) -> None:
        self.told.append(f"{due.payload['word']}: {due.problem}")


@pytest.fixture
def errands(monkeypatch: pytest.MonkeyPatch) -> Errands:
    made = Errands()
    application = Application(
        "errands",
        units=lambda work, branch: [],
        close=lambda run, units: Tally(),
        settle=lambda work, branch, day, tally: None,
        owes=lambda tally: {},
        apply_due=made.apply_due,
        refuse_due=made.refuse_due,
    )
    monkeypatch.setattr(applications, "_APPLICATIONS", {"errands": application})
    return made


def prepared(bank: SmallBank, word: str, on: date = MONDAY, branch: str = "1", most_tries: int = 0) -> Due:
    return bank.do(
        lambda work: dues.prepare(
            work, "errands", "errand", branch, on, key=(word,), payload={"word": word}, most_tries=most_tries
        )
    )


def opened(bank: SmallBank, day: date = MONDAY, branch: str = "1") -> Tally:
    """The start of a day in a branch."""

    def commit(operation: Any) -> Any:
        return attempts.run(bank.work, operation)

    return start_of_day.carry_out(PieceRun(ClosingDay(FIRST_DAY, day), bank.work, commit), branch)


def test_a_due_prepared_twice_under_one_key_is_one(errands: Errands) -> None:
    bank = a_bank()
    assert prepared(bank, "a").id == prepared(bank, "a").id
    opened(bank)
    prepared(bank, "a")
    opened(bank, MONDAY + timedelta(days=1))
    assert errands.done == ["a"]


def test_dues_are_carried_out_in_order_of_date_from_their_date_on_and_in_their_branch(
    errands: Errands,
) -> None:
    bank = a_bank()
    prepared(bank, "tuesday", MONDAY + timedelta(days=1))
    prepared(bank, "monday")
    prepared(bank, "saturday", MONDAY - timedelta(days=2))
    prepared(bank, "elsewhere", branch="2")
    tally = opened(bank)
    assert errands.done == ["saturday", "monday"]
    assert (tally.read, tally.processed, tally.failed) == (2, 2, 0)
    assert opened(bank) == tally
    assert [due.payload["word"] for due in dues.listed(bank.work(), "1")] == ["tuesday"]


def test_what_is_refused_stops_nothing_and_is_tried_once_at_each_start_of_day(errands: Errands) -> None:
    bank = a_bank()
    for word in ("a", "b"):
        prepared(bank, word)
    errands.refuses["a"] = NotNow("account_id")
    for _ in range(2):
        tally = opened(bank)
        assert (tally.read, tally.processed, tally.failed) == (2, 1, 1)
    assert (errands.done, errands.told) == (["b"], ["a: account_closed"])
    waits = dues.listed(bank.work(), "1")[0]
    assert (waits.state, waits.tries, waits.problem) == (DueState.FAILED, 1, "account_closed")
    errands.refuses.clear()
    opened(bank, MONDAY + timedelta(days=1))
    done = dues.listed(bank.work(), "1", MONDAY + timedelta(days=1))[0]
    assert (done.state, done.tries, done.problem) == (DueState.APPLIED, 2, "")
    assert dues.listed(bank.work(), "1") == []


def test_a_due_with_one_try_is_given_up_after_it(errands: Errands) -> None:
    bank = a_bank()
    due = prepared(bank, "a", most_tries=1)
    errands.refuses["a"] = NotNow("account_id")
    opened(bank)
    errands.refuses.clear()
    opened(bank, MONDAY + timedelta(days=1))
    assert errands.done == []
    with pytest.raises(DueSettled):
        bank.do(lambda work: dues.cancel(work, due.id))


@pytest.mark.parametrize("defect", [ValueError("bug"), InvariantError("broken"), attempts.Busy()])
def test_a_defect_is_not_a_refusal_and_stops_the_step_until_it_is_mended(
    errands: Errands, defect: Exception
) -> None:
    bank = a_bank()
    prepared(bank, "a")
    errands.refuses["a"] = defect
    with pytest.raises(type(defect)):
        opened(bank)
    assert dues.listed(bank.work(), "1")[0].state is DueState.PENDING
    errands.refuses.clear()
    opened(bank)
    assert errands.done == ["a"]


def test_a_cancelled_due_is_never_carried_out(errands: Errands) -> None:
    bank = a_bank()
    due = prepared(bank, "a")
    assert bank.do(lambda work: dues.cancel(work, due.id)).state is DueState.CANCELLED
    assert opened(bank) == Tally()
    assert errands.done == []
