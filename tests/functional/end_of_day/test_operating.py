"""Operating the end of day: pieces of even work, resuming after a death, an operator who retries, skips and looks."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.modules.deposits.tables import SHARDS
from chalicelib.platform import aws
from chalicelib.platform.closing import shards
from chalicelib.platform.closing.control import CONTROL_KIND
from chalicelib.platform.closing.runs import STEPS, StepRun
from chalicelib.platform.posting.days import GATES, open_branch
from chalicelib.platform.posting.records import MOVEMENTS
from chalicelib.workflows.end_of_day import tasks
from tests.functional.end_of_day.test_interruptions import Died, books
from tests.support.bank import FIRST, Bank
from tests.support.memory import MemoryStore
from tests.support.small_bank import FIRST_DAY, SmallBank, a_bank, close_day, drive, start_closing

RUNS = "/v1/platform/closing-runs"


def with_control(bank: SmallBank, **body: Any) -> None:
    """The bank's closing control, in force from the next snapshot on."""
    bank.with_sets(CONTROL_KIND, {"main": body})


def with_records(bank: SmallBank, records: dict[str, int]) -> None:
    """Branches whose registers count so many accounts, in shards of a thousand."""
    following = bank.work().get(GATES, branch="1", number=0).next_date
    for branch, count in records.items():
        if branch not in ("1", "2"):
            bank.do(lambda work, branch=branch: open_branch(work, branch, FIRST_DAY, FIRST_DAY, following))  # type: ignore[misc]
        for number, first in enumerate(range(0, count, shards.SHARD_RECORDS)):
            held = min(shards.SHARD_RECORDS, count - first)
            shard = shards.Shard(branch, number, held, held)
            bank.do(lambda work, shard=shard: work.put(SHARDS, shard))  # type: ignore[misc]


def planned(bank: SmallBank, branches: tuple[str, ...]) -> list[StepRun]:
    """The pieces that a run of these branches is cut into."""
    run_id = start_closing(bank)
    event = {"task": "begin", "tenant": bank.store.tenant, "run_id": run_id}
    job = tasks.job_of(event, bank.store)
    run = replace(job.run, branches=branches)
    return tasks._plan(job, run, [])


# -- pieces -------------------------------------------------------------------------------------------------------


@pytest.mark.feature("GEN-76")
def test_big_branches_are_split_and_small_ones_share_a_piece() -> None:
    bank = a_bank()
    with_control(bank, most_pieces=4, target_records=1000)
    with_records(bank, {"1": 12_000, "2": 3_000, "3": 2_000, "4": 1_000})
    pieces = planned(bank, ("1", "2", "3", "4"))
    loads = sorted((sum(unit.records for unit in step.units) for step in pieces), reverse=True)
    assert loads == [5_000, 5_000, 4_000, 4_000]
    assert sum(loads) == 18_000


def test_forty_branches_make_ten_pieces_where_ten_may_run_at_once() -> None:
    bank = a_bank()
    with_control(bank, most_pieces=10, target_records=1)
    branches = {str(number): 100 for number in range(1, 41)}
    with_records(bank, branches)
    pieces = planned(bank, tuple(branches))
    assert len(pieces) == 10
    assert sorted(unit.branch for step in pieces for unit in step.units) == sorted(branches)


def many_accounts(monkeypatch: pytest.MonkeyPatch) -> SmallBank:
    """Sixteen accounts in eight shards of two, all of which are paid interest at this close."""
    monkeypatch.setattr(shards, "SHARD_RECORDS", 2)
    bank = a_bank()
    for number in range(16):
        bank.an_account("S1", "12"[number % 2], funds=f"{1000 + number}.00")
    return bank


def calls_of(store: MemoryStore, run_id: str) -> dict[str, int]:
    """Storage calls of each piece, where the pieces run one after another."""
    counts: Counter[str] = Counter()

    def call(task: str, part: str = "") -> dict[str, Any]:
        event = {"task": task, "tenant": store.tenant, "run_id": run_id, "part": part}
        return tasks.TASKS[task](tasks.job_of(event, store), event)

    plan = call("begin")
    for part in plan["pieces"]:
        store.observe = lambda _, part=part: counts.update([part])
        call("piece", part)
        store.observe = None
    drive(store, run_id)
    return counts


@pytest.mark.feature("GEN-77")
def test_eight_pieces_take_less_than_a_quarter_of_one_and_leave_the_same_books(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pieces run at once, so the longest one is what the step takes; its storage calls are its time."""
    bank = many_accounts(monkeypatch)
    longest, found = {}, {}
    for pieces in (1, 8):
        copy = SmallBank(bank.store.copy())  # type: ignore[attr-defined]
        with_control(copy, most_pieces=pieces, target_records=1)
        calls = calls_of(copy.store, start_closing(copy))  # type: ignore[arg-type]
        assert len(calls) == pieces
        longest[pieces], found[pieces] = max(calls.values()), books(copy.store)  # type: ignore[arg-type]
    assert longest[8] < longest[1] / 4
    core = [{key: item for key, item in found[pieces].items() if key[0] != "config"} for pieces in (1, 8)]
    assert core[0] == core[1]


# -- resuming -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("GEN-72")
def test_a_worker_killed_in_the_middle_of_its_records_goes_on_with_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bank = many_accounts(monkeypatch)
    run_id = start_closing(bank)
    start: MemoryStore = bank.store  # type: ignore[assignment]
    whole, broken = start.copy(), start.copy()
    drive(whole, run_id)
    commits = 0

    def dies_after_nine(name: str) -> None:
        nonlocal commits
        commits += name == "transact"
        if commits == 9:
            raise Died

    broken.observe = dies_after_nine
    with pytest.raises(Died):
        drive(broken, run_id)
    broken.observe = None
    paid_before = interest_payments(broken)
    assert 0 < len(paid_before) < 16
    drive(broken, run_id)
    assert paid_before.items() <= interest_payments(broken).items()
    assert len(interest_payments(broken)) == 16
    assert books(broken) == books(whole)


def interest_payments(store: MemoryStore) -> dict[str, str]:
    """Interest movements: key → when it was written."""
    name = MOVEMENTS.table
    return {
        "/".join(key): item["posted_at"]["S"]
        for key, item in store.tables[name].items()
        if "movement" in key[0] and item["channel"]["S"] == "system" and int(item["minor"]["N"]) > 0
    }


@pytest.mark.feature("GEN-73")
def test_any_step_run_again_by_hand_does_nothing_twice() -> None:
    bank = a_bank()
    bank.an_account("S1", "1", funds="1000.00")
    bank.an_account("S2", "2", funds="8000.00")
    run_id = close_day(bank)
    store: MemoryStore = bank.store  # type: ignore[assignment]
    before = books(store)
    for step in list(bank.work().all(STEPS, run_id=run_id)):
        task = {"close": "piece"}.get(step.step, step.step)
        event = {"task": task, "tenant": store.tenant, "run_id": run_id, "part": step.part}
        tasks.TASKS[task](tasks.job_of(event, store), event)
        assert books(store) == before, f"{step.step}/{step.part}"


# -- the operator -------------------------------------------------------------------------------------------------


class Machines:
    """Step Functions that start nothing: the test drives the steps."""

    class exceptions:  # noqa: N801 - the client's own name
        ExecutionAlreadyExists = ExecutionDoesNotExist = KeyError

    def start_execution(self, **_: Any) -> None: ...


@pytest.fixture
def machines(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[[str], Any] = aws.client
    monkeypatch.setattr(aws, "client", lambda name: Machines() if name == "stepfunctions" else real(name))
    monkeypatch.setenv("MINGA_CLOSING_MACHINE_ARN", "arn:aws:states:us-east-1:1:stateMachine:closing")


@pytest.mark.feature("GEN-74")
def test_an_operator_sees_the_failed_step_retries_it_and_it_is_known_who_did_when_and_why(
    bank: Bank, machines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = bank("operator")
    run = operator.post(RUNS, {}).expect(202).json

    def unavailable(*_: Any, **__: Any) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr("chalicelib.modules.accounting.public.close_ledger", unavailable)
        with pytest.raises(ConnectionError):
            drive(bank.store(FIRST), run["id"])
    event = {"task": "failed", "tenant": FIRST, "run_id": run["id"], "error": {"Error": "ConnectionError"}}
    tasks.run(event)
    seen = operator.get(f"{RUNS}/{run['id']}").expect(200).json
    failed = [(step["step"], step["error"]) for step in seen["steps"] if step["state"] == "failed"]
    assert (seen["state"], failed) == ("failed", [("ledger", "ConnectionError")])
    assert bank("teller").post(f"{RUNS}/{run['id']}/retries").status == 403

    resumed = operator.post(f"{RUNS}/{run['id']}/retries", {"reason": "red restablecida"}).expect(202).json
    assert (resumed["state"], resumed["resumed_by"], resumed["resume_reason"]) == (
        "running",
        operator.person_id,
        "red restablecida",
    )
    assert resumed["resumed_at"] >= seen["started_at"]
    drive(bank.store(FIRST), run["id"])
    done = operator.get(f"{RUNS}/{run['id']}").expect(200).json
    assert (done["state"], done["resumed_by"]) == ("completed", operator.person_id)
    assert {step["state"] for step in done["steps"]} == {"completed"}
    trail = bank("auditor").get("/v1/platform/audit-events?operation=platform.retry_closing_run")
    refused = bank("teller").person_id
    assert [row["actor"] for row in trail.expect(200)["items"]] == [operator.person_id, refused]
