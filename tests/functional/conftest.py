"""Fixtures of the functional tests: a small bank of two cooperatives in a simulated cloud.

``bank`` begins every test from the same state, ``module_bank`` keeps what the tests of one file did before;
``api("teller")`` is the client of a member of staff (tests/support/api.py).
"""

from collections.abc import Iterator

import pytest

from tests.support.bank import Bank, load_routes
from tests.support.provision import provision
from tests.support.simulated import SimulatedCloud, State, forget_clients
from tests.support.tables import make_tables


@pytest.fixture(scope="session")
def onboarded() -> tuple[Bank, State]:
    """The bank as onboarded, and its state to begin from."""
    from chalicelib.platform import aws

    forget_clients()
    load_routes()
    cloud = SimulatedCloud()
    cloud.start()
    make_tables(aws.dynamodb())
    bank = Bank()
    provision(bank)
    state = cloud.kept()
    cloud.stop()
    return bank, state


@pytest.fixture(scope="module")
def module_bank(onboarded: tuple[Bank, State]) -> Iterator[Bank]:
    """One bank for all tests of a file, each of which finds what the ones before left."""
    yield from _bank(*onboarded)


@pytest.fixture
def bank(onboarded: tuple[Bank, State]) -> Iterator[Bank]:
    """A bank as onboarded, for one test."""
    yield from _bank(*onboarded)


@pytest.fixture
def api(bank: Bank) -> Bank:
    """``api(user name or role, tenant="sisa")`` is a client who is signed in; ``api()`` a visitor."""
    return bank


def _bank(onboarded: Bank, state: State) -> Iterator[Bank]:
    cloud = SimulatedCloud()
    cloud.start()
    cloud.restore(state)
    yield Bank(onboarded.tenants, dict(onboarded.staff))
    cloud.stop()
