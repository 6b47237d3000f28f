"""One bank for all integration tests: the deployed templates on a local cloud, behind the edge."""

from collections.abc import Iterator

import pytest

from tests.integration.client import People
from tests.integration.served import ServedBank, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedBank]:
    """The bank, deployed, furnished and served."""
    with serving(tmp_path_factory.mktemp("bank")) as found:
        yield found


@pytest.fixture(scope="session")
def people(served: ServedBank) -> People:
    """Its staff and members, and visitors."""
    return People(served)
