"""The local cloud as a process: started on a free port of this machine, stopped so that it saves its state.

``python -m infra.local.cloud start|stop|status`` serves ``make deploy-local`` and ``scripts/stop``; ``run`` and the
integration tests hold a ``Cloud`` of their own.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from infra.local.clients import REGION
from infra.paths import CLOUD, CLOUD_PYTHON

USUAL_PORT = 14566
OTHER_PORTS = (15_000, 30_000)  # below those from which machines number their own outgoing connections
TRIES = 5
START_SECONDS = 180
STOP_SECONDS = 120
PASSED_ON = ("MINGA_WORKERS_PER_FUNCTION", "MINGA_SNAPSHOT_SECONDS")
LAUNCHER = Path(__file__).with_name("launcher.py")
WHO_SERVES = "/_minga/process"  # answered by the launcher


class CloudFailed(Exception):
    """The local cloud did not start; its log says why."""


def free_port(preferred: int = 0) -> int:
    """The preferred port of this machine if nobody has it, else some free one.

    Free now: whoever binds it must be ready to find that somebody else was faster.
    """
    others = random.sample(range(*OTHER_PORTS), 100)  # at random, so that two who look at once hardly agree
    for port in [preferred, *others] if preferred else others:
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise CloudFailed("this machine has no free port")


def alive(pid: int) -> bool:
    """Whether a process with this id runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@dataclass(slots=True)
class Cloud:
    """A local cloud with its state in ``folder``."""

    folder: Path = CLOUD
    attached: bool = True
    usual_port: int = USUAL_PORT
    port: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def endpoint(self) -> str:
        """Address of every AWS service."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Where the server writes."""
        return self.folder / "cloud.log"

    @property
    def _record(self) -> Path:
        return self.folder / "cloud.json"

    def environment(self) -> dict[str, str]:
        """What a program needs to use this cloud through boto3."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "MINGA_STAGE": "local",
        }

    def running(self) -> bool:
        """Whether one is running on this folder already, by whoever started it; then its port is taken over."""
        try:
            record = json.loads(self._record.read_text())
        except (FileNotFoundError, ValueError):
            return False
        if not alive(record["pid"]):
            return False
        self.port = record["port"]
        return self._answers(record["pid"])

    def start(self) -> "Cloud":
        """Start it and wait until it answers. Raises CloudFailed."""
        if self.running():
            return self
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.folder / "tmp", ignore_errors=True)
        (self.folder / "tmp").mkdir()
        for usual_port in [self.usual_port] + [0] * TRIES:
            self.port = free_port(usual_port)
            if self._started():
                return self
        raise self._failed()

    def _started(self) -> bool:
        """Start the server on the port and wait until it answers. False where somebody else has the port by now."""
        with self.log.open("wb") as log:
            process = self._process = subprocess.Popen(
                [str(CLOUD_PYTHON), "-P", str(LAUNCHER)],
                env=self._server_environment(),
                stdin=subprocess.PIPE if self.attached else subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for whoever started it, who then stops it in order
            )
        self._record.write_text(json.dumps({"pid": process.pid, "port": self.port}))
        deadline = time.monotonic() + START_SECONDS
        while not self._answers(process.pid):
            ended = process.poll() is not None
            if ended and "already in use" in self.log.read_text(errors="replace"):
                return False
            if ended or time.monotonic() > deadline:
                raise self._failed()
            time.sleep(0.05)
        return True

    def _failed(self) -> CloudFailed:
        last = self.log.read_text(errors="replace").splitlines()[-5:]
        return CloudFailed("\n".join([f"the local cloud did not start; {self.log} ends with:", *last]))

    def stop(self) -> None:
        """Stop it in order, which saves its state; at last by force."""
        pid = self._process.pid if self._process else self._recorded_pid()
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while self._still_there(pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        if self._still_there(pid):
            os.kill(pid, signal.SIGKILL)
        self._record.unlink(missing_ok=True)
        shutil.rmtree(self.folder / "tmp", ignore_errors=True)

    def _still_there(self, pid: int) -> bool:
        return self._process.poll() is None if self._process else alive(pid)

    def _recorded_pid(self) -> int | None:
        return int(json.loads(self._record.read_text())["pid"]) if self.running() else None

    def _server_environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AWS_", "PYTHON", "MINGA_"))
        }
        chosen = {name: value for name, value in os.environ.items() if name in PASSED_ON}
        return {
            **kept,
            **chosen,
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": "127.0.0.1",
            "AUTH": "false",
            "IOT_MTLS_ENABLED": "0",
            "LOG_LEVEL": "WARNING",
            "PERSIST_STATE": "1",
            "S3_PERSIST": "1",
            "STATE_DIR": str(self.folder / "state"),
            "S3_DATA_DIR": str(self.folder / "s3"),
            "TMPDIR": str(self.folder / "tmp"),
            "MINGA_CODE_DIR": str(self.folder / "code"),
            "MINGA_STOP_WITH_PARENT": "1" if self.attached else "0",
        }

    def _answers(self, pid: int) -> bool:
        """Whether the server on the port is that process, and not one of another checkout."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", WHO_SERVES)
            return connection.getresponse().read() == str(pid).encode()
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


@contextlib.contextmanager
def running_cloud(folder: Path) -> Iterator[Cloud]:
    """A cloud that ends with the block; for tests, many of which may begin at once: each on some port of its own."""
    cloud = Cloud(folder, usual_port=0).start()
    try:
        yield cloud
    finally:
        cloud.stop()


def main(arguments: list[str]) -> int:
    """start, stop or status."""
    cloud = Cloud(attached=False)
    action = arguments[0] if arguments else "status"
    if action == "start":
        cloud.start()
    elif action == "stop":
        cloud.stop()
    state: dict[str, Any] = {"running": action != "stop" and cloud.running(), "endpoint": cloud.endpoint}
    print(json.dumps(state))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
