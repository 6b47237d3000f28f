"""The whole bank in a folder of its own: deployed on a local cloud, seeded, and served on one port."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from infra.local import commands, edge
from infra.local.bank import Bank, running_bank
from infra.local.cloud import free_port
from infra.local.proxy import Proxy
from infra.paths import ROOT

FIRST, SECOND = "chakana", "frailejon"
SEEDS = (
    (FIRST, "--members", "24", "--months", "1", "--logins", "4"),
    (SECOND, "--members", "6", "--months", "0", "--logins", "2"),
)
PATIENCE_SECONDS = 300
"""How long to wait for what comes: a bound for what hangs, which no slow machine reaches."""


@dataclass(frozen=True, slots=True)
class ServedBank:
    """A bank that answers at ``url``; ``users`` are those of build/demo.json: {code: {staff, members}}."""

    url: str
    bank: Bank
    users: dict[str, dict[str, list[dict[str, str]]]]

    def staff(self, tenant: str, username: str) -> dict[str, str]:
        """User name and password of a member of staff."""
        return next(user for user in self.users[tenant]["staff"] if user["username"] == username)

    def member(self, tenant: str, number: int = 0) -> dict[str, str]:
        """User name and password of one of the members who can sign in."""
        return self.users[tenant]["members"][number]


@contextmanager
def serving(folder: Path) -> Iterator[ServedBank]:
    """A bank as ``make run`` makes it, with little data, for as long as the block runs."""
    with running_bank(folder) as bank:
        users = _furnish(bank, folder / "demo.json")
        with _edge(bank) as url:
            yield ServedBank(url, bank, users)


def _furnish(bank: Bank, file: Path) -> dict[str, Any]:
    environment = {**bank.environment(), "MINGA_DEMO_FILE": str(file)}
    commands.run([ROOT / "scripts" / "onboard", "--all", "--yes", "--demo"], environment)
    for arguments in SEEDS:
        commands.run([ROOT / "scripts" / "seed", *arguments], environment)
    return {tenant["code"]: tenant for tenant in json.loads(file.read_text())["tenants"]}


@contextmanager
def _edge(bank: Bank) -> Iterator[str]:
    """The edge on a free port, in a thread of its own."""
    port = free_port()
    loop, ready = asyncio.new_event_loop(), threading.Event()
    stopped = asyncio.Event()

    async def serve() -> None:
        runner = web.AppRunner(
            edge.application(Proxy(bank.cloud.endpoint, bank.addresses, PATIENCE_SECONDS)), access_log=None
        )
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        ready.set()
        await stopped.wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    if not ready.wait(PATIENCE_SECONDS):
        raise RuntimeError("the edge did not start")
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(PATIENCE_SECONDS)
