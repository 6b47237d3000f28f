"""``make run`` from start to stop: the small application on the local cloud, through the one port."""

import concurrent.futures
import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.local.clients import client
from infra.local.cloud import alive, free_port
from tests.functional.infra.conftest import ROOT
from tests.support.absent import absent

PATIENCE_SECONDS = 300
"""How long to wait for what comes: a bound for what hangs, which no slow machine reaches."""


def until(condition: Callable[[], Any]) -> Any:
    """The first true answer of a condition, or the last one when patience ends."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


class Run:
    """A run of the bank in a checkout, which can be started again."""

    def __init__(self, checkout: Path, port: int = 0) -> None:
        self.folder, self.port = checkout, port or free_port()
        self.start()

    def start(self) -> "Run":
        self.output = self.folder / f"run-{time.monotonic_ns()}.log"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "MINGA_"))}
        chosen = {
            "PORT": str(self.port),
            "MINGA_ROOT": str(self.folder),
            "MINGA_CLOUD_PYTHON": str(ROOT / ".venv-cloud" / "bin" / "python"),
            "MINGA_SNAPSHOT_SECONDS": "0.5",
        }
        with self.output.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "infra.local.run"],
                cwd=ROOT,
                env={**kept, **chosen},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def ready(self) -> "Run":
        until(lambda: " s  ready\n" in self.output.read_text() or self.process.poll() is not None)
        assert self.process.poll() is None, self.output.read_text()
        return self

    @property
    def cloud(self) -> dict[str, int]:
        return json.loads((self.folder / ".local" / "cloud.json").read_text())

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.cloud['port']}"

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=PATIENCE_SECONDS)
        with contextlib.closing(connection):
            connection.request(method, f"/api{path}", json.dumps(body) if body is not None else None, JSON)
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if "json" in answer.headers["Content-Type"] else text

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)


JSON = {"Content-Type": "application/json", "Accept": "*/*"}


@pytest.fixture(scope="module")
def run(checkout: Path) -> Iterator[Run]:
    if not (ROOT / ".venv-cloud" / "bin" / "python").exists():
        absent("the local cloud is not installed: scripts/install does it")
    running = Run(checkout).ready()
    yield running
    if running.process.poll() is None:
        running.stop()


def test_request_goes_through_the_gateway_to_the_modules_function(run: Run) -> None:
    assert run.ask("GET", "/v1/platform/health") == (
        200,
        {"state": "ok", "module": "platform", "stage": "local"},
    )
    assert run.ask("POST", "/v1/access/sessions", {"username": "ana"}) == (201, {"token": "ana"})
    status, account = run.ask("PUT", "/v1/deposits/accounts/a1", {"balance": 12})
    assert (status, account["balance"]) == (200, "12")
    assert run.ask("GET", "/v1/deposits/accounts/none")[0] == 404


def test_binary_answers_arrive_as_they_left(run: Run) -> None:
    assert run.ask("GET", "/v1/deposits/statement") == (200, b"%PDF-1.7 \xff\x00")


def test_path_and_method_that_no_route_has_are_problems(run: Run) -> None:
    for method, path in (
        ("GET", "/v1/deposits/nothing"),
        ("DELETE", "/v1/deposits/quiet"),
        ("GET", "/v1/nobody"),
    ):
        status, problem = run.ask(method, path)
        assert (status, problem["code"]) == (404, "not_found")


def test_requests_at_once_are_served_by_workers_at_once_but_not_by_too_many(run: Run) -> None:
    with concurrent.futures.ThreadPoolExecutor(12) as clients:
        answers = list(clients.map(lambda _: run.ask("GET", "/v1/deposits/slow"), range(12)))
    assert {status for status, _ in answers} == {200}
    assert 2 <= len({body["worker"] for _, body in answers}) <= 4


def test_end_of_day_fans_out_and_a_piece_that_failed_is_tried_again(run: Run) -> None:
    machines = client(run.endpoint, "stepfunctions")
    arn = "arn:aws:states:us-east-1:000000000000:stateMachine:minga-end-of-day"
    event = json.dumps({"tenant": "t1", "run_id": "r1", "phases": ["deposits", "loans"]})
    execution = machines.start_execution(stateMachineArn=arn, input=event)["executionArn"]

    def ended() -> dict[str, Any] | None:
        state = machines.describe_execution(executionArn=execution)
        return state if state["status"] != "RUNNING" else None

    found = until(ended)
    assert found["status"] == "SUCCEEDED", found
    assert json.loads(found["output"]) == {"finished": True}


def published(run: Run, entry: str) -> bool:
    key = {"pk": {"S": f"t1#journal#{entry}"}, "sk": {"S": "published"}}
    return "Item" in client(run.endpoint, "dynamodb").get_item(TableName="minga-core", Key=key)


def test_journal_reaches_the_outbox_also_after_a_restart(run: Run) -> None:
    assert run.ask("POST", "/v1/deposits/movements/m1", {})[0] == 201
    assert until(lambda: published(run, "m1"))


def test_record_that_the_outbox_could_not_serve_comes_again(run: Run) -> None:
    assert run.ask("POST", "/v1/deposits/movements/second-try", {})[0] == 201
    assert until(lambda: published(run, "second-try"))


def test_second_run_in_the_checkout_is_refused(run: Run) -> None:
    again = Run(run.folder)
    assert again.process.wait(PATIENCE_SECONDS) == 1
    assert "already runs from this checkout" in again.output.read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stop_keeps_the_data_and_leaves_nobody_behind(run: Run, number: int) -> None:
    run.ask("PUT", "/v1/deposits/accounts/kept", {"balance": int(number)})
    cloud = run.cloud
    assert run.stop(number) == 0
    assert not alive(cloud["pid"])
    assert not (run.folder / ".local" / "tmp").exists()
    run.start().ready()
    assert "nothing to deploy" in run.output.read_text()
    assert run.ask("GET", "/v1/deposits/accounts/kept")[1]["balance"] == str(int(number))
    assert run.ask("POST", f"/v1/deposits/movements/after-{number}", {})[0] == 201
    assert until(lambda: published(run, f"after-{number}"))


def test_cloud_ends_in_order_when_the_run_is_killed(run: Run) -> None:
    run.ask("PUT", "/v1/deposits/accounts/orphan", {"balance": 3})
    cloud = run.cloud
    run.stop(signal.SIGKILL)
    assert until(lambda: not alive(cloud["pid"]))
    run.start().ready()
    assert run.ask("GET", "/v1/deposits/accounts/orphan")[1]["balance"] == "3"


def test_snapshot_bounds_what_a_killed_cloud_loses(run: Run) -> None:
    run.ask("PUT", "/v1/deposits/accounts/saved", {"balance": 4})
    state = run.folder / ".local" / "state" / "dynamodb.json"
    assert until(lambda: '"saved"' in state.read_text() or "#saved" in state.read_text())
    os.kill(run.cloud["pid"], signal.SIGKILL)
    run.stop()
    run.start().ready()
    assert run.ask("GET", "/v1/deposits/accounts/saved")[1]["balance"] == "4"


def test_users_of_the_demo_are_written_down(run: Run) -> None:
    demo = json.loads((run.folder / "build" / "demo.json").read_text())
    assert demo == {"url": f"http://localhost:{run.port}", "tenants": []}


def test_port_that_somebody_else_has_is_named(checkout: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = Run(checkout, port)
        assert refused.process.wait(PATIENCE_SECONDS) == 1
        assert f"port {port} is taken" in refused.output.read_text()
        assert f"PORT={port + 1}" in refused.output.read_text()
