"""What needs the local cloud: posting against raw calls, and the end of day against a raw read."""

import gc
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import boto3

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.service import money
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.platform import attempts, aws, declared
from chalicelib.platform.closing.branches import branch_codes
from chalicelib.platform.closing.runs import RunState
from chalicelib.platform.context import Actor, ActorKind, Context
from chalicelib.platform.parameters.snapshot import snapshot_of
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.storage.reader import read_index
from chalicelib.platform.storage.store import Store
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import service, tasks
from infra.local.bank import Bank, running_bank
from tests.bench.figures import record, seconds

ROOT = Path(__file__).parents[2]
TENANT = "chakana"
ACCOUNTS_WANTED = 20_000
POSTINGS = 600
ROUND = 20
BATCH = 25
CALLS = ("get_item", "batch_get_item", "query", "put_item", "transact_write_items", "update_item")
DOLLARS_PER_MILLION = {"read": 0.125, "write": 0.625}
TABLES = ("core", "journal", "config", "audit")


class Recorder:
    """Passes calls on to a client and keeps what was asked."""

    def __init__(self, client: Any) -> None:
        self.client, self.calls = client, []  # type: ignore[var-annotated]

    def __getattr__(self, name: str) -> Any:
        call = getattr(self.client, name)
        if name not in CALLS:
            return call

        def asked(**request: Any) -> Any:
            self.calls.append((name, request))
            return call(**request)

        return asked


def work_of(store: Store) -> UnitOfWork:
    """A unit of work of a teller who may do anything."""
    item = store.get(*TENANTS.key(TENANT))
    if item is None:
        raise LookupError(TENANT)
    tenant = TENANTS.decode(item)
    actor = Actor(ActorKind.STAFF, "usr_bench", "Bench", ("*",), ("1",), "all", level=99)
    context = Context(tenant.context(), actor, "req_bench", "teller", "es")
    return UnitOfWork(store, context, snapshot_of(store, tenant.config_version))


def filled(bank: Bank) -> Store:
    """The tenant with its idle accounts."""
    environment = {
        **os.environ,
        **bank.environment(),
        "MINGA_DEMO_FILE": str(bank.cloud.folder / "demo.json"),
    }
    for command in (
        [sys.executable, "scripts/onboard", TENANT, "--yes", "--demo"],
        [sys.executable, "scripts/seed", TENANT, "--accounts", str(ACCOUNTS_WANTED), "--months", "0"],
    ):
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
    os.environ.update(bank.environment())
    aws.forget_clients()
    declared.load_all()
    return Store(aws.dynamodb(), TENANT)


def some_accounts(store: Store, count: int) -> list[str]:
    """Ids of some accounts of branch 1."""
    found = []
    for account in read_index(store, ACCOUNTS, branch="1", shard=0):
        found.append(account.id)
        if len(found) == count:
            break
    return found


def posting(store: Store) -> None:
    """Deposits through the service against the very same calls made by plain boto3 on a copy of the tables."""
    accounts = some_accounts(store, 200)
    _copy(store)
    recorder = Recorder(store.client)
    recording = Store(recorder, TENANT)
    base = work_of(store)
    asked = [
        money.Instruction(accounts[number % 200], Money(100 + number, "USD")) for number in range(POSTINGS)
    ]

    def fresh() -> UnitOfWork:
        return UnitOfWork(recording, base.context, base.config)

    plain: Any = boto3.client("dynamodb")
    served, alone = [], []
    for begin in range(
        0, POSTINGS, ROUND
    ):  # in turns, so that whatever else the machine does meets both alike
        recorder.calls.clear()
        gc.collect()  # what is kept for the comparison is not the service's to look through
        started = time.perf_counter()
        for each in asked[begin : begin + ROUND]:
            attempts.run(fresh, partial(money.deposit, asked=each))
        served.append(time.perf_counter() - started)
        calls = [(getattr(plain, name), _renamed(request)) for name, request in recorder.calls]
        gc.collect()
        started = time.perf_counter()
        for call, request in calls:
            call(**request)
        alone.append(time.perf_counter() - started)
    ratio = median(raw / ours for raw, ours in zip(alone, served, strict=True))
    record(
        "posting",
        {
            "entries_per_second": round(POSTINGS / sum(served), 1),
            "raw_entries_per_second": round(POSTINGS / sum(alone), 1),
            "calls_per_entry": round(len(calls) / ROUND, 2),
            "items_per_transaction": len(calls[-1][1].get("TransactItems", ())),
            "ratio": round(ratio, 2),
            "ratio_of_sums": round(sum(alone) / sum(served), 2),
            "wanted": 0.80,
        },
        met=ratio >= 0.80,
    )


def _copy(store: Store) -> None:
    """Tables of another name, as large and with the same streams: what the recorded calls meet is the same."""
    plain: Any = boto3.client("dynamodb")
    for table in TABLES:
        name = store.table(table)
        described = plain.describe_table(TableName=name)["Table"]
        plain.create_table(
            TableName=f"{name}-raw",
            KeySchema=described["KeySchema"],
            AttributeDefinitions=described["AttributeDefinitions"],
            BillingMode="PAY_PER_REQUEST",
            **(
                {"StreamSpecification": described["StreamSpecification"]}
                if "StreamSpecification" in described
                else {}
            ),
            **(
                {"GlobalSecondaryIndexes": _indexes(described)}
                if described.get("GlobalSecondaryIndexes")
                else {}
            ),
        )
        for page in plain.get_paginator("scan").paginate(TableName=name):
            items = page["Items"]
            for begin in range(0, len(items), BATCH):
                puts = [{"PutRequest": {"Item": item}} for item in items[begin : begin + BATCH]]
                plain.batch_write_item(RequestItems={f"{name}-raw": puts})


def _indexes(described: dict[str, Any]) -> list[dict[str, Any]]:
    kept = ("IndexName", "KeySchema", "Projection")
    return [{name: index[name] for name in kept} for index in described["GlobalSecondaryIndexes"]]


def _renamed(request: Any) -> Any:
    if isinstance(request, dict):
        return {
            key: f"{value}-raw" if key == "TableName" else _renamed(value) for key, value in request.items()
        }
    if isinstance(request, list):
        return [_renamed(each) for each in request]
    return request


def end_of_day(store: Store) -> None:
    """The whole run through the state machine against a raw paged read of the same accounts."""
    branches = branch_codes(work_of(store).config, business_date(work_of(store), "1"))

    def read_all() -> int:
        read = 0
        for branch in branches:
            for unit in repository.units(work_of(store), "deposits", branch):
                read += sum(1 for _ in read_index(store, ACCOUNTS, branch=branch, shard=unit.shard))
        return read

    accounts = read_all()
    raw = seconds(read_all, 3)
    closings = [_close(store) for _ in range(4)]
    ratio, cost = median(closings[1:]) / raw, _cost(store, accounts)
    record(
        "end_of_day",
        {
            "accounts": accounts,
            "raw_read_seconds": round(raw, 2),
            "first_run_seconds": round(closings[0], 2),  # eight functions start, each for the first time
            "run_seconds": [round(each, 2) for each in closings[1:]],
            "ratio": round(ratio, 2),
            "wanted": 2.0,
            **cost,
        },
        met=ratio <= 2.0 and cost["write_calls_per_account"] <= cost["wanted_writes_per_account"],
    )


def _close(store: Store) -> float:
    begun = time.perf_counter()
    run = attempts.run(lambda: work_of(store), service.start)
    while True:
        state = service.find(work_of(store), run.id)
        if state.state is RunState.COMPLETED:
            return time.perf_counter() - begun
        if state.state is not RunState.RUNNING:
            raise RuntimeError(state.error)
        time.sleep(0.05)


def _cost(store: Store, accounts: int) -> dict[str, Any]:
    """Units and price of one more close, run step by step in this process with a store that measures."""
    measuring = Store(store.client, TENANT, measure=True)
    work = work_of(measuring)
    run = service.start(work)
    work._afterwards.clear()
    writes: list[str] = []
    measuring.observe = lambda call: writes.append(call) if call in ("put", "transact") else None
    work.commit()

    def call(task: str, part: str = "") -> dict[str, Any]:
        event = {"task": task, "tenant": TENANT, "run_id": run.id, "part": part}
        return tasks.TASKS[task](tasks.job_of(event, measuring), event)

    for task, part in tasks.in_order(call("begin")):
        call(task, part)
    for part in call("due_reports")["reports"]:
        call("report", part)
    call("finish")
    usage, thousands = measuring.usage, accounts / 1000
    dollars = (
        usage.read_units * DOLLARS_PER_MILLION["read"] + usage.write_units * DOLLARS_PER_MILLION["write"]
    ) / 1_000_000
    return {
        "write_calls_per_account": round(len(writes) / accounts, 4),
        "wanted_writes_per_account": 0.01,
        "read_units_per_1000": round(usage.read_units / thousands, 2),
        "write_units_per_1000": round(usage.write_units / thousands, 2),
        "dollars_per_1000": round(dollars / thousands, 8),
    }


def run() -> None:
    """Both, on a cloud of their own."""
    with tempfile.TemporaryDirectory() as folder, running_bank(Path(folder)) as bank:
        store = filled(bank)
        posting(store)
        bank.warm()
        end_of_day(store)
