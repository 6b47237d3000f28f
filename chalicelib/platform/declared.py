"""What the bank consists of, and what each part of it declares: found when somebody asks for it (ADR 17).

A part says in its package which of its files declares what: ``DECLARES = {"reports": ("reports",), …}``. A register
loads the files of its topic when it is first asked for what it does not know, so a function imports its own routes
and what they need, however many modules there are.

Topics: ``kinds`` of parameters and ``rules`` among them, ``routes``, ``reports``, ``closing`` applications,
``branches`` and their calendars, ``ledger`` rules, ``followers`` of postings, ``accounts:<prefix>`` that take legs,
``sources`` of entries, ``customers``, ``products``, and ``audiences`` of notices.
"""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

MODULES = ("administration", "accounting", "parties", "deposits", "term_deposits", "loans", "member_portal")
PARTS = {
    "platform": "chalicelib.platform",
    **{module: f"chalicelib.modules.{module}" for module in MODULES},
    "workflows": "chalicelib.workflows",
}

_LOADED: set[tuple[str, str]] = set()
_BROKEN: dict[tuple[str, str], Exception] = {}


def load(topic: str, part: str = "") -> None:
    """Import the files that declare a topic, of one part or of all.

    What could not be imported once is not begun again, because half of it may have declared itself: every further
    request is told of the first error.
    """
    asked = (topic, part)
    if asked in _LOADED:
        return
    if asked in _BROKEN:
        raise _BROKEN[asked].with_traceback(None)
    names = list(files(topic, part))
    try:
        for name in names:
            import_module(name)
    except Exception as error:
        _BROKEN[asked] = error
        raise
    if names:
        _LOADED.add(asked)


def load_all() -> None:
    """Import everything that any part declares."""
    for package in PARTS.values():
        for topic in import_module(package).DECLARES:
            load(topic)


def files(topic: str, part: str = "") -> Iterator[str]:
    """Names of the files that declare a topic, in the order of the parts."""
    for name, package in PARTS.items():
        if part in ("", name):
            yield from (f"{package}.{file}" for file in _declares(import_module(package)).get(topic, ()))


def _declares(package: ModuleType) -> dict[str, tuple[str, ...]]:
    declares: dict[str, tuple[str, ...]] = package.DECLARES
    return declares
