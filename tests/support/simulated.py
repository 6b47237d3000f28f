"""The simulated cloud (moto), fast enough to begin every test from the same bank.

Items that are put replace what was there, so a copy of a table's two levels of dictionaries keeps a state of the bank,
and comes back to it, at a hundredth of the cost of a copy of its items.
"""

import copy
from dataclasses import dataclass
from typing import Any, ClassVar

from moto import mock_aws
from moto.backends import get_backend

from chalicelib.platform import audit, aws
from chalicelib.platform.access import keys
from chalicelib.platform.parameters import snapshot
from chalicelib.platform.parameters.snapshot import Snapshot
from tests.support.quick_moto import ACCOUNT, REGION, hasten

CONFIG: Any = {
    "stepfunctions": {"execute_state_machine": True},
    "lambda": {"use_docker": False},
    "core": {"mock_credentials": False},
}


@dataclass(frozen=True, slots=True)
class State:
    """Everything that the bank has stored, to come back to, and the pictures of parameters made of it so far."""

    tables: dict[str, Any]
    secrets: Any
    snapshots: dict[tuple[str, str], Snapshot]


class SimulatedCloud:
    """moto for as long as a test runs. One that starts within another leaves that one as it was when it stops."""

    _running: ClassVar[list["SimulatedCloud"]] = []

    def __init__(self) -> None:
        self._outer: State | None = None
        hasten(lambda: bool(SimulatedCloud._running))
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
        return State(tables, copy.deepcopy(_secrets()), dict(snapshot._KEPT))

    def restore(self, state: State) -> None:
        """Come back to a state."""
        backend = _dynamodb()
        backend.tables.clear()
        backend.tables.update({name: copy.deepcopy(table) for name, table in state.tables.items()})
        _secrets().clear()
        _secrets().update(copy.deepcopy(state.secrets))
        forget()
        snapshot._KEPT.update(state.snapshots)


def forget() -> None:
    """Drop what the process keeps of the bank it saw last."""
    keys.forget()
    audit.forget_heads()
    snapshot.forget_snapshots()


def forget_clients() -> None:
    """Drop the clients of AWS as well, as their endpoint changes."""
    aws.forget_clients()
    forget()


def _dynamodb() -> Any:
    return get_backend("dynamodb")[ACCOUNT][REGION]


def _secrets() -> Any:
    return get_backend("secretsmanager")[ACCOUNT][REGION].secrets
