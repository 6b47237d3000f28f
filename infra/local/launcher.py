"""Starts MiniStack with what a bank needs of it. Runs in ``.venv-cloud`` and imports nothing else of the project.

What differs from the stock server, most of it nearer to what AWS does: a raised exception carries its class and leaves
its worker warm; a quiet handler is not waited for; a function's workers are bounded, and share one unpacked copy of the
code; records of a stream that a function reports as failed come again, and those not yet delivered outlive a restart;
and the state is saved while the server runs, by a forked copy, so that a kill loses seconds and not the day.
"""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ministack.app as server
import ministack.core.lambda_runtime as runtime
import ministack.core.persistence as persistence
import ministack.services.dynamodb as tables
import ministack.services.lambda_svc as functions
from ministack.core.responses import AccountRegionScopedDict

WORKERS_PER_FUNCTION = int(os.environ.get("MINGA_WORKERS_PER_FUNCTION", "4"))
WAIT_FOR_WORKER_SECONDS = 15.0
SNAPSHOT_SECONDS = float(os.environ.get("MINGA_SNAPSHOT_SECONDS", "20"))
SNAPSHOT_LIMIT_SECONDS = 60
KEPT_CODE = 3
STREAM_RETRIES = 5
READ_ONLY_ACTIONS = ("Get", "BatchGet", "Query", "Scan", "Describe", "List")

RAISED = "__raised__"
UNDELIVERED = "minga_undelivered"
STOCK_ANSWER = (
    '_real_stdout.write(json.dumps({"status": "error", "error": str(e), "trace": traceback.format_exc()})'
)
OUR_ANSWER = (
    '_real_stdout.write(json.dumps({"status": "ok", "result": {"__raised__": {"errorType": type(e).__name__, '
    '"errorMessage": str(e), "stackTrace": traceback.format_exc().splitlines()}}})'
)


def keep_workers_that_raise() -> None:
    """An exception is an answer of the function, not the end of its process."""
    if STOCK_ANSWER not in runtime._PYTHON_WORKER_SCRIPT:
        raise SystemExit("this launcher does not know this version of MiniStack: see requirements-cloud.txt")
    runtime._PYTHON_WORKER_SCRIPT = runtime._PYTHON_WORKER_SCRIPT.replace(STOCK_ANSWER, OUR_ANSWER)
    stock = functions._execute_function_warm

    def execute(func: dict[str, Any], event: Any, request_id: str) -> dict[str, Any]:
        answer = stock(func, event, request_id)
        body = answer.get("body")
        if isinstance(body, dict) and RAISED in body:
            raised = body[RAISED]
            log = "\n".join([answer.get("log", ""), *raised["stackTrace"]])
            return {"body": raised, "error": True, "log": log}
        return answer

    functions._execute_function_warm = execute


def wait_less_for_logs() -> None:
    """Log lines that come later than this are shown with the next call."""
    stock = runtime.Worker._drain_stderr_bounded

    def drain(
        self: Any, first_line_wait: float = 0.002, idle_confirm: float = 0.001, hard_cap: float = 0.1
    ) -> str:
        return str(stock(self, first_line_wait, idle_confirm, hard_cap))

    runtime.Worker._drain_stderr_bounded = drain


def bound_workers() -> None:
    """At most some processes per function; a request waits for one, but never for ever (it might be its own caller)."""
    acquire, release = runtime.acquire_worker, runtime.release_worker
    free = threading.Condition()

    def bounded(name: str, config: dict[str, Any], code: bytes, qualifier: str = "$LATEST", **_: Any) -> Any:
        deadline = time.monotonic() + WAIT_FOR_WORKER_SECONDS
        with free:
            while (left := deadline - time.monotonic()) > 0:
                worker, reason = acquire(name, config, code, qualifier, WORKERS_PER_FUNCTION)
                if worker is not None:
                    return worker, reason
                free.wait(left)
        return acquire(name, config, code, qualifier)

    def released(worker: Any) -> None:
        release(worker)
        with free:
            free.notify()

    functions.acquire_worker, functions.release_worker = bounded, released


def bring_failed_events_again() -> None:
    """Records that a function reports as failed (``batchItemFailures``) come again, a bounded number of times.

    The whole batch comes again: a stream delivers at least once anyway.
    """
    stock = functions._execute_function
    tries: dict[str, int] = {}

    def execute(func: dict[str, Any], event: Any, *more: Any, **options: Any) -> dict[str, Any]:
        answer = stock(func, event, *more, **options)
        body = answer.get("body")
        failed = body.get("batchItemFailures") if isinstance(body, dict) else None
        if not failed:
            return answer
        first = str(failed[0].get("itemIdentifier"))
        tries[first] = tries.get(first, 0) + 1
        if tries[first] > STREAM_RETRIES:
            del tries[first]
            return answer
        message = f"{len(failed)} records of the batch failed"
        return {**answer, "error": True, "body": {"errorType": "BatchItemFailures", "errorMessage": message}}

    functions._execute_function = execute


def keep_undelivered_events() -> None:
    """Records of a table's stream that no function has seen yet outlive a restart; the stock server forgets them.

    It does keep how far each function had read, and would skip as many new records: those positions start again.
    """
    stock_state, stock_load = tables.get_state, tables.load_persisted_state
    stock_functions = functions.load_persisted_state

    def unread(key: tuple[str, str, str], records: list[Any]) -> list[Any]:
        name, trimmed = key[-1], tables._stream_trimmed._data.get(key, 0)
        read = [
            position - trimmed
            for scope, position in functions._dynamodb_stream_positions._data.items()
            if f":table/{name}/" in functions._esms._data.get(scope, {}).get("EventSourceArn", "")
        ]
        return records[max(0, min(read, default=len(records))) :]

    def get_state() -> dict[str, Any]:
        kept = AccountRegionScopedDict()
        for key, records in list(tables._stream_records._data.items()):
            kept._data[key] = unread(key, list(records))
        return {**stock_state(), UNDELIVERED: kept}

    def load(data: dict[str, Any]) -> None:
        kept = data.pop(UNDELIVERED, None)
        stock_load(data)
        if kept is not None:
            tables._stream_records._data.update(kept._data)

    def load_functions(data: dict[str, Any]) -> None:
        stock_functions({**data, "dynamodb_stream_positions": AccountRegionScopedDict()})

    tables.get_state, tables.load_persisted_state, functions.load_persisted_state = (
        get_state,
        load,
        load_functions,
    )


class SharedCode(zipfile.ZipFile):
    """Unpacks each zip once; every further worker gets a link to it, and finds the modules already compiled."""

    folder = Path(os.environ["MINGA_CODE_DIR"])
    lock = threading.Lock()

    def extractall(self, path: Any = None, members: Any = None, pwd: Any = None) -> None:
        checks = ",".join(f"{entry.filename}:{entry.CRC:x}" for entry in self.infolist())
        shared = self.folder / hash_of(checks)
        with self.lock:
            if not shared.is_dir():
                scratch = shared.with_suffix(f".{os.getpid()}")
                super().extractall(scratch, members, pwd)
                scratch.rename(shared)
                self._forget_old()
        Path(path).rmdir()
        Path(path).symlink_to(shared)

    def _forget_old(self) -> None:
        for old in sorted(self.folder.iterdir(), key=lambda folder: folder.stat().st_mtime)[:-KEPT_CODE]:
            shutil.rmtree(old, ignore_errors=True)


def hash_of(text: str) -> str:
    """A short name for a zip's contents."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def share_code() -> None:
    """Workers unpack through SharedCode."""
    SharedCode.folder.mkdir(parents=True, exist_ok=True)

    class Zipfile:
        ZipFile = SharedCode
        BadZipFile, LargeFileError = zipfile.BadZipFile, zipfile.LargeZipFile

    runtime.zipfile = Zipfile


class Named:
    """Tells which process serves, so that nobody takes another checkout's cloud for their own."""

    path = "/_minga/process"  # as infra.local.cloud asks

    def __init__(self, application: Callable[..., Any]) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] == self.path:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": str(os.getpid()).encode()})
        else:
            await self.application(scope, receive, send)


class Changes:
    """Counts requests that may have changed something, so that an idle cloud saves nothing."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self.application, self.count = application, 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            target = dict(scope["headers"]).get(b"x-amz-target", b"").decode().partition(".")[2]
            if not target.startswith(READ_ONLY_ACTIONS):
                self.count += 1
        await self.application(scope, receive, send)


def write_snapshot(server_id: int) -> None:
    """Save into a folder aside, then move each file into place. Runs in a forked copy of the server."""
    signal.alarm(SNAPSHOT_LIMIT_SECONDS)  # a lock that another thread held at the fork is never released here
    final = Path(persistence.STATE_DIR)
    aside = final.with_suffix(".snapshot")
    persistence.STATE_DIR = str(aside)
    shutil.rmtree(aside, ignore_errors=True)
    persistence.save_all(server._build_persistence_save_dict())
    final.mkdir(parents=True, exist_ok=True)
    for file in sorted(aside.iterdir()):
        if os.getppid() != server_id:
            return  # the server is gone; whoever starts it again owns the folder
        file.replace(final / file.name)
    aside.rmdir()


class Snapshots:
    """Saves the state by forked copies while the server runs, and lets none outlive the last, orderly save."""

    def __init__(self) -> None:
        self._child = 0
        self._forking = threading.Lock()
        self._last = server.save_all
        server.save_all = self._save_at_the_end

    def take(self) -> float | None:
        """Fork, let the copy write, and wait for it. Answers how long that took, in seconds, or None if it failed."""
        started, server_id = time.monotonic(), os.getpid()
        with self._forking:
            child = self._child = os.fork()
        if child == 0:
            try:
                write_snapshot(server_id)
                os._exit(0)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        self._child = 0
        return time.monotonic() - started if status == 0 else None

    def _save_at_the_end(self, services: dict[str, Any]) -> None:
        """An older copy that ends later would put its files over these: it is stopped, and none begins any more."""
        self._forking.acquire()
        if child := self._child:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            while self._child == child:
                time.sleep(0.005)
        self._last(services)


def save_regularly(changes: Changes, snapshots: Snapshots) -> None:
    """Save every so often while there are changes, and never more than a tenth of the time."""
    saved, pause = 0, SNAPSHOT_SECONDS
    while True:
        time.sleep(pause)
        seen = changes.count
        if seen != saved and (seconds := snapshots.take()) is not None:
            saved, pause = seen, max(SNAPSHOT_SECONDS, 10 * seconds)


def stop_with_parent() -> None:
    """Stop in order when the pipe on standard input closes: whoever started this server is gone."""
    if os.environ.get("MINGA_STOP_WITH_PARENT") != "1":
        return

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    """Run the server until it is told to stop."""
    keep_workers_that_raise()
    wait_less_for_logs()
    bound_workers()
    share_code()
    bring_failed_events_again()
    keep_undelivered_events()
    changes = Changes(server.app)
    server.app = Named(changes)
    if persistence.PERSIST_STATE:
        threading.Thread(target=save_regularly, args=(changes, Snapshots()), daemon=True).start()
    stop_with_parent()
    print(json.dumps({"event": "starting", "port": os.environ.get("GATEWAY_PORT")}), flush=True)
    server.main()


if __name__ == "__main__":
    main()
