"""The same bank on a local cloud: a server of its own on a free port, for tests of volume and speed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from chalicelib.platform import aws
from infra.local.cloud import Cloud, running_cloud
from tests.support.bank import Bank, load_routes
from tests.support.provision import provision
from tests.support.simulated import forget_clients
from tests.support.tables import make_tables


@contextmanager
def local_cloud(folder: Path) -> Iterator[Cloud]:
    """A server without anything in it, for as long as the block runs."""
    with running_cloud(folder) as cloud:
        yield cloud


@contextmanager
def local_bank(cloud: Cloud) -> Iterator[Bank]:
    """The two test cooperatives on a server that is emptied first; the process works on it until the block ends."""
    reset(cloud)
    kept = {name: os.environ.get(name) for name in cloud.environment()}
    os.environ.update(cloud.environment())
    forget_clients()
    try:
        load_routes()
        make_tables(aws.dynamodb())
        bank = Bank()
        provision(bank)
        yield bank
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        forget_clients()


def reset(cloud: Cloud) -> None:
    """Forget everything that the server holds."""
    connection = HTTPConnection("127.0.0.1", cloud.port, timeout=30)
    connection.request("POST", "/_ministack/reset", body=b"{}")
    connection.getresponse().read()
    connection.close()
