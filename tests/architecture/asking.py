"""Asks every register of the bank, each in a process that has loaded nothing else, and one that has loaded everything.

A program of its own: it prints ``{topic: [names found by asking, names there are]}``.
"""

import json
import os
import pkgutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import chalicelib
from chalicelib.platform import declared


def _kept(module: str, name: str) -> Any:
    return getattr(import_module(module), name)


def _named(functions: Iterable[Any]) -> list[str]:
    return sorted(f"{each.__module__}.{each.__qualname__}" for each in functions)


PLATFORM = "chalicelib.platform"
REGISTERS: dict[str, Callable[[], list[str]]] = {
    "kinds": lambda: [kind.name for kind in _kept(f"{PLATFORM}.parameters.kinds", "all_kinds")()],
    "rules": lambda: sorted(_kept(f"{PLATFORM}.parameters.kinds", "_RULES")),
    "routes": lambda: [each.name for each in _kept(f"{PLATFORM}.http.routes", "all_operations")()],
    "reports": lambda: [each.code for each in _kept(f"{PLATFORM}.reports.registry", "all_reports")()],
    "closing": lambda: [each.name for each in _kept(f"{PLATFORM}.closing.applications", "applications")()],
    "branches": lambda: _named(_kept(f"{PLATFORM}.closing.branches", "_DECLARED").values()),
    "ledger": lambda: _named(_kept(f"{PLATFORM}.posting.accounts", "_RULES")),
    "followers": lambda: _named(_kept(f"{PLATFORM}.posting.accounts", "_FOLLOWERS")),
    "accounts": lambda: sorted(_kept(f"{PLATFORM}.posting.accounts", "_KINDS")),
    "sources": lambda: sorted(_kept("chalicelib.modules.accounting.service.entries", "_SOURCES")),
    "customers": lambda: _named(_kept("chalicelib.modules.accounting.service.trades", "_NAME_OF")),
    "products": lambda: sorted(_kept("chalicelib.modules.parties.repository.products", "_MODULES")),
    "audiences": lambda: _named(_kept(f"{PLATFORM}.notifications.audiences", "_AUDIENCES")),
}


def load_everything() -> None:
    for each in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        import_module(each.name)


def load_topic(topic: str) -> None:
    """What a register does when it is asked; accounts are asked for one prefix at a time."""
    packages = [import_module(package) for package in declared.PARTS.values()]
    for each in sorted({name for package in packages for name in package.DECLARES}):
        if each.partition(":")[0] == topic:
            declared.load(each)


def apart(task: Callable[[], Any]) -> Any:
    """What a fork of this process answers."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as answer:
        child = os.fork()
        if not child:
            json.dump(task(), answer)
            answer.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        answer.seek(0)
        return None if status else json.load(answer)


def asked(topic: str) -> list[str]:
    if topic not in (
        "kinds",
        "routes",
        "reports",
        "closing",
    ):  # these load what they are asked for themselves
        load_topic(topic)
    return REGISTERS[topic]()


def everything() -> dict[str, list[str]]:
    load_everything()
    import_module(f"{PLATFORM}.parameters.kinds").all_kinds()
    return {topic: ask() for topic, ask in REGISTERS.items()}


def main() -> None:
    there = apart(everything)
    found = {topic: [apart(lambda topic=topic: asked(topic)), there[topic]] for topic in REGISTERS}  # type: ignore[misc]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
