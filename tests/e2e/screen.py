"""A page as a person has it before them: what it says, how accessible it is, and a picture of it."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from infra.paths import BUILD

PICTURES = BUILD / "screenshots"
PHONE, DESK = 390, 1280
HEIGHTS = {PHONE: 844, DESK: 860}
WAIT_MILLIS = 120_000
SETTLED = """Promise.all(document.getAnimations()
  .filter(animation => Number.isFinite(animation.effect.getComputedTiming().endTime))
  .map(animation => animation.finished.catch(() => null))).then(() => true)"""
_axe = Axe()

Scheme = Literal["light", "dark"]


@dataclass
class Opener:
    """Opens pages, each on a device of its own, and collects what their scripts complained of."""

    browser: Browser
    url: str
    errors: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self, path: str = "/", *, width: int = DESK, language: str = "es", scheme: Scheme = "light"
    ) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="es-EC" if language == "es" else "en-US",
            color_scheme=scheme,
            timezone_id="America/Guayaquil",
            accept_downloads=True,
        )
        context.set_default_timeout(WAIT_MILLIS)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.url + path)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def look(page: Page, name: str, *, known: tuple[str, ...] = ()) -> None:
    """Keep a picture of the page and see that axe finds nothing wrong with it but what is known and to be mended."""
    page.evaluate(SETTLED)
    PICTURES.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size or {"width": 0}
    picture: Path = PICTURES / f"{name}-{size['width']}.png"
    page.screenshot(path=picture)
    found = _axe.run(page)
    rules = {violation["id"] for violation in found.response["violations"]}
    assert rules <= set(known), f"{name}: {found.generate_report()}"


def fits(page: Page) -> None:
    """Nothing of the page, once it stands, lies beside the screen."""
    root = page.locator("html")
    expect(root).to_have_js_property("scrollWidth", root.evaluate("root => root.clientWidth"))


def sees(page: Page, text: str | re.Pattern[str]) -> None:
    """Wait until the page shows a text."""
    expect(page.get_by_text(text).first).to_be_visible(timeout=WAIT_MILLIS)
