"""A browser before a bank of its own: the built portals, served as they are deployed."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from infra.local import commands, portals
from infra.paths import PORTAL
from tests.e2e.screen import Opener
from tests.integration.client import People
from tests.integration.served import ServedBank, serving
from tests.support.absent import absent

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str:
    """Where the browser is: MINGA_CHROMIUM, else the system's. Without one nothing is tested: see `absent`."""
    found = os.environ.get("MINGA_CHROMIUM") or shutil.which("chromium") or ""
    if not found or not Path(found).exists():
        absent("no chromium on this machine: install it or name it in MINGA_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all journeys; each takes a profile of its own."""
    executable = chromium()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=[*FLAGS])
        yield running
        running.close()


@pytest.fixture(scope="session")
def served(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedBank]:
    """The bank with its portals; what was built before is served where they cannot be built now."""
    with contextlib.suppress(commands.CommandFailed):
        portals.build(lambda text: None)
    for portal in ("member", "admin"):
        if not (PORTAL / "apps" / portal / "dist" / "index.html").exists():
            pytest.fail(f"the {portal} portal is not built")
    with serving(tmp_path_factory.mktemp("bank")) as found:
        yield found


@pytest.fixture(scope="session")
def people(served: ServedBank) -> People:
    """Staff and members over HTTP: what happens in the bank besides what the browser does."""
    return People(served)


@pytest.fixture
def opened(browser: Browser, served: ServedBank) -> Iterator[Any]:
    """``opened(width=390, language="es", scheme="light")`` opens a page on a device nobody has used."""
    opener = Opener(browser, served.url)
    yield opener.open
    with contextlib.suppress(Error):
        opener.close()
    assert not opener.errors, opener.errors
