"""The simulated cloud (moto), fast enough to begin every test from the same bank.

moto copies every table of a transaction, item by item, before it tries it. Items that are put replace what was there,
so a copy of the two levels of dictionaries restores as much at a hundredth of the cost; the same copy serves to keep
a state of the bank and to come back to it. And it walks every answer along the service's model, though items are
plain JSON already: they are written as they are.
"""

import copy
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, ClassVar

import orjson
from moto import mock_aws
from moto.backends import get_backend
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoResult

from chalicelib.platform import audit, aws
from chalicelib.platform.access import keys
from chalicelib.platform.parameters.snapshot import forget_snapshots

ACCOUNT, REGION = "123456789012", "us-east-1"
CONFIG: Any = {
    "stepfunctions": {"execute_state_machine": True},
    "lambda": {"use_docker": False},
    "core": {"mock_credentials": False},
}


@dataclass(frozen=True, slots=True)
class State:
    """Everything that the bank has stored, to come back to."""

    tables: dict[str, Any]
    secrets: Any


class SimulatedCloud:
    """moto for as long as a test runs. One that starts within another leaves that one as it was when it stops."""

    _running: ClassVar[list["SimulatedCloud"]] = []

    def __init__(self) -> None:
        self._outer: State | None = None
        Table.__deepcopy__ = _copied_structure  # type: ignore[attr-defined]
        DynamoResult.execute_result = _written_as_it_is  # type: ignore[method-assign]
        self._mock = mock_aws(config=CONFIG)

    def start(self) -> None:
        if self._running:
            self._outer = self.kept()
        self._running.append(self)
        self._mock.start()
        forget()

    def stop(self) -> None:
        self._running.remove(self)
        if self._outer:
            self.restore(self._outer)
        self._mock.stop()
        forget()

    def kept(self) -> State:
        """The state as it is now. Counters of requests, which change in place, are left out."""
        tables = {name: copy.deepcopy(table) for name, table in _dynamodb().tables.items()}
        for table in tables.values():
            for partition in [key for key in table.items if "#throttle#" in key.value]:
                del table.items[partition]
        return State(tables, copy.deepcopy(_secrets()))

    def restore(self, state: State) -> None:
        """Come back to a state."""
        backend = _dynamodb()
        backend.tables.clear()
        backend.tables.update({name: copy.deepcopy(table) for name, table in state.tables.items()})
        _secrets().clear()
        _secrets().update(copy.deepcopy(state.secrets))
        forget()


def forget() -> None:
    """Drop what the process keeps of the bank it saw last."""
    keys.forget()
    audit.forget_heads()
    forget_snapshots()


def forget_clients() -> None:
    """Drop the clients of AWS as well, as their endpoint changes."""
    aws.forget_clients()
    forget()


def _copied_structure(self: Any, memo: dict[int, Any]) -> Any:
    copied = copy.copy(self)
    copied.items = defaultdict(dict, {key: dict(rows) for key, rows in self.items.items()})
    memo[id(self)] = copied
    return copied


def _written_as_it_is(self: Any, context: Any) -> tuple[int, dict[str, str], str]:
    return 200, {"Content-Type": "application/x-amz-json-1.0"}, orjson.dumps(self.result).decode()


def _dynamodb() -> Any:
    return get_backend("dynamodb")[ACCOUNT][REGION]


def _secrets() -> Any:
    return get_backend("secretsmanager")[ACCOUNT][REGION].secrets
