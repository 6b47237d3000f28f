"""Fixtures of the functional tests: a small bank of two cooperatives in a simulated cloud.

``bank`` begins every test from the same state, ``module_bank`` keeps what the tests of one file did before;
``api("teller")`` is the client of a member of staff (tests/support/api.py); tests/support/given.py makes members and
accounts. ``cloud_bank`` is the same bank on a local cloud, for tests that need volume.
"""

from collections.abc import Iterator

import pytest

from infra.local.cloud import Cloud
from tests.support.bank import Bank, load_routes
from tests.support.local import local_bank, local_cloud
from tests.support.provision import provision
from tests.support.simulated import SimulatedCloud, State, forget, forget_clients
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
    forget()
    for tenant in bank.tenants:
        bank.work(tenant)
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


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """A local cloud of this session's own."""
    with local_cloud(tmp_path_factory.mktemp("cloud")) as running:
        yield running


@pytest.fixture
def cloud_bank(cloud: Cloud) -> Iterator[Bank]:
    """The bank as onboarded, on the local cloud."""
    with local_bank(cloud) as found:
        yield found


def _bank(onboarded: Bank, state: State) -> Iterator[Bank]:
    cloud = SimulatedCloud()
    cloud.start()
    cloud.restore(state)
    yield Bank(onboarded.tenants, dict(onboarded.staff), lambda: cloud.restore(state))
    cloud.stop()
