"""``make run``: the whole bank on one port of this machine, until Ctrl-C."""

import asyncio
import contextlib
import fcntl
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import aiohttp
from aiohttp import web

from infra.local import edge, portals
from infra.local.bank import Bank, port
from infra.local.cloud import Cloud, CloudFailed
from infra.local.commands import CommandFailed
from infra.local.demo import Demo
from infra.local.deployer import DeploymentFailed
from infra.local.proxy import Proxy
from infra.paths import BUILD, CLOUD
from infra.zip import ZipTooLarge

STARTED = time.monotonic()


class CannotRun(Exception):
    """The bank cannot start; the message says why and what to do."""


def say(text: str) -> None:
    """A line of progress, with the seconds since the start."""
    print(f"{time.monotonic() - STARTED:7.1f} s  {text}", flush=True)


def _hosts() -> list[str]:
    chosen = os.environ.get("HOST")
    return [chosen] if chosen else ["127.0.0.1", "::1"]


def check_port(wanted: int) -> None:
    """Raises CannotRun where somebody else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_hosts()[0], wanted))
        except OSError as error:
            raise CannotRun(
                f"port {wanted} is taken: choose another, as in PORT={wanted + 1} make run"
            ) from error


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Raises CannotRun where another run holds this checkout's local cloud."""
    CLOUD.mkdir(parents=True, exist_ok=True)
    with (CLOUD / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotRun("the bank already runs from this checkout: see build/demo.json") from error
        yield


def prepare(cloud: Cloud, url: str) -> tuple[Bank, dict[str, Any]]:
    """Everything up to a bank that can serve: portals, cloud, deployment, demo tenants."""
    say("portals")
    try:
        if portals.build(say):
            say("portals built")
    except CommandFailed as error:  # whoever is changing one portal still wants the API and the other one
        say(f"the portals could not be built; what was built before is served\n{error}")
    say("local cloud")
    cloud.start()
    bank = Bank(cloud)
    say("deployment")
    touched = bank.deploy()
    say(f"deployed {len(touched)} stacks" if touched else "nothing to deploy")
    demo = Demo(cloud, bank.environment())
    demo.prepare(say)
    return bank, demo.write_users(url)


async def _healthy(url: str) -> bool:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        try:
            async with session.get(f"{url}/api/v1/platform/health") as answer:
                return answer.status == 200
        except (TimeoutError, aiohttp.ClientError):
            return False


async def serve(bank: Bank, url: str, demo: dict[str, Any]) -> None:
    """Serve until a signal says to stop."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    runner = web.AppRunner(edge.application(Proxy(bank.cloud.endpoint, bank.addresses)), access_log=None)
    await runner.setup()
    try:
        for host in _hosts():
            with contextlib.suppress(OSError) if host == "::1" else contextlib.nullcontext():
                await web.TCPSite(runner, host, port()).start()
        if not await _healthy(url):
            say(f"the bank does not answer as it should; {bank.cloud.log} may say why")
        announce(url, demo)
        threading.Thread(target=_warm, args=(bank,), daemon=True).start()
        await stopped.wait()
    finally:
        await runner.cleanup()


def _warm(bank: Bank) -> None:
    with contextlib.suppress(Exception):  # the cloud may be stopping already
        bank.warm()


def announce(url: str, demo: dict[str, Any]) -> None:
    """Print where everything is and who can sign in."""
    lines = [
        "",
        f"  Member portal   {url}/",
        f"  Console         {url}/admin/",
        f"  API             {url}/api/v1/",
    ]
    for tenant in demo["tenants"]:
        lines += ["", f"  Cooperative {tenant['code']}"]
        users = [(user["role"], user) for user in tenant.get("staff", [])]
        users += [("member", user) for user in tenant.get("members", [])[:3]]
        lines += [f"    {role:<22} {user['username']:<28} {user['password']}" for role, user in users]
    lines += [
        "",
        f"  All demo users: {BUILD / 'demo.json'}",
        "  Ctrl-C stops the bank and keeps its data.",
        "",
    ]
    say("ready")
    print("\n".join(lines), flush=True)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Run, and answer the exit code."""
    logging.basicConfig(level=logging.WARNING)
    signal.signal(signal.SIGTERM, _interrupt)
    url = f"http://localhost:{port()}"
    cloud = Cloud()
    try:
        check_port(port())
        with only_one():
            try:
                bank, demo = prepare(cloud, url)
                asyncio.run(serve(bank, url, demo))
            finally:
                signal.signal(signal.SIGINT, signal.SIG_IGN)  # the state is being saved
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                if cloud.running():
                    say("stopping; saving the data")
                    cloud.stop()
    except (CannotRun, CloudFailed, CommandFailed, DeploymentFailed, ZipTooLarge) as error:
        print(f"run: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("stopped")
        return 130
    say("stopped; make run starts it again with the same data, make clean forgets it")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
