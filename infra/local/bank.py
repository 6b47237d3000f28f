"""The bank on the local cloud: built, deployed and ready to serve. What ``run`` shows and integration tests use."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from infra import zip
from infra.local import synthesis
from infra.local.clients import ACCOUNT, REGION, client
from infra.local.cloud import Cloud
from infra.local.deployer import Deployer, api_addresses
from infra.paths import CLOUD
from infra.settings import Installation, stage

PREFIX = Installation(stage("local")).prefix


def _quiet(_: str) -> None:
    return


@dataclass(slots=True)
class Bank:
    """A local cloud with the bank deployed on it."""

    cloud: Cloud
    addresses: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)

    def deploy(self, say: Callable[[str], None] = _quiet) -> list[str]:
        """Build the zip and the templates, and deploy what differs; answers the stacks touched."""
        zip.build()
        deployer = Deployer(self.cloud.endpoint)
        touched = deployer.deploy(synthesis.templates("local"), say)
        self.outputs = deployer.outputs()
        self.addresses = api_addresses(self.outputs)
        return touched

    def environment(self) -> dict[str, str]:
        """What a program outside needs to work on this bank's tables, as its functions do."""
        return {
            **self.cloud.environment(),
            "MINGA_PREFIX": PREFIX,
            "MINGA_FILES_BUCKET": f"{PREFIX}-files",
            "MINGA_SIGNING_SECRET": f"{PREFIX}/signing-keys",
            "MINGA_CLOSING_MACHINE_ARN": f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{PREFIX}-end-of-day",
        }

    def api(self, path: str) -> str:
        """Address of an API path such as ``/v1/deposits/accounts`` on the gateway itself."""
        base = "/".join(path.strip("/").split("/")[:2])
        return f"{self.cloud.endpoint}{self.addresses[base]}{path}"

    def warm(self) -> None:
        """Start one worker of each function, so that nobody waits for the first."""
        functions = client(self.cloud.endpoint, "lambda")
        names = [function["FunctionName"] for function in functions.list_functions()["Functions"]]
        with ThreadPoolExecutor(2) as pool:
            list(
                pool.map(
                    lambda name: functions.invoke(FunctionName=name, Payload=b'{"Records": []}'),
                    sorted(names),
                )
            )


@contextmanager
def running_bank(folder: Path = CLOUD) -> Iterator[Bank]:
    """A deployed bank with its state in ``folder``, ended with the block; for integration tests."""
    bank = Bank(Cloud(folder, usual_port=0).start())
    try:
        bank.deploy()
        yield bank
    finally:
        bank.cloud.stop()


def port() -> int:
    """The port that people use: ``PORT``, or 8080."""
    return int(os.environ.get("PORT") or 8080)
