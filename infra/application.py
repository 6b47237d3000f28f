"""What the infrastructure needs to know of the application: its routes by function, and its state machine.

It is read once from ``app`` and kept as JSON, so that nothing is synthesised again while routes stay the same.
"""

import importlib
import json
import os
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from infra.paths import ROOT

CLOSING_ARN = "${ClosingFunctionArn}"
"""Stands for the closing function in the machine's definition until it is deployed."""

SERVED_BY_PLATFORM = frozenset({"access", "openapi.json"})
_SHORT_METHOD_ORDER = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

Routes = dict[str, list[str]]


class RouteConflict(Exception):
    """API Gateway cannot hold these routes: two names for the parameter at one place of a path."""


@dataclass(frozen=True, slots=True)
class Application:
    """Routes (path → methods) by function, the end of day in Amazon States Language, and what the clock starts.

    ``schedules`` has an EventBridge expression by task of the closing function, as ``app.schedules`` declares them.
    """

    functions: dict[str, Routes]
    machine: dict[str, Any]
    schedules: dict[str, str]

    def to_json(self) -> str:
        """The same application, as ``from_json`` reads it."""
        return json.dumps(asdict(self), sort_keys=True, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Application":
        """What ``to_json`` wrote."""
        return cls(**json.loads(text))


def function_of(path: str) -> str:
    """The function that serves a path: its first segment after ``/v1``. Raises ValueError for another prefix."""
    parts = path.strip("/").split("/")
    if len(parts) < 2 or parts[0] != "v1":
        raise ValueError(f"a route outside /v1: {path}")
    return "platform" if parts[1] in SERVED_BY_PLATFORM else parts[1]


def conflicts(paths: list[str]) -> list[str]:
    """Places where API Gateway would see two names for one path parameter, as ``/v1/a/{b}|{c}``."""
    names: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        parts = path.strip("/").split("/")
        for index, part in enumerate(parts):
            if part.startswith("{"):
                names["/" + "/".join(parts[:index])].add(part)
    return [f"{place}/{'|'.join(sorted(found))}" for place, found in sorted(names.items()) if len(found) > 1]


def by_function(routes: dict[str, list[str]]) -> dict[str, Routes]:
    """Routes grouped by the function that serves them. Raises RouteConflict."""
    if found := conflicts(list(routes)):
        raise RouteConflict(", ".join(found))
    grouped: dict[str, Routes] = defaultdict(dict)
    for path, methods in sorted(routes.items()):
        grouped[function_of(path)][path] = sorted(methods, key=_SHORT_METHOD_ORDER.index)
    return dict(sorted(grouped.items()))


def read(root: Path = ROOT) -> Application:
    """The application, by importing it with all its modules mounted."""
    os.environ.pop("MINGA_MODULE", None)
    sys.path.insert(0, str(root))
    app = importlib.import_module("app")
    machine = importlib.import_module("chalicelib.workflows.end_of_day.machine")
    return Application(
        by_function({path: list(methods) for path, methods in app.app.routes.items()}),
        machine.definition(CLOSING_ARN),
        dict(getattr(app, "schedules", {})),
    )


if __name__ == "__main__":
    print(read().to_json())
