"""Which bank a command works on: the one that the environment names, or the local cloud that is running here."""

import os

from infra.local.cloud import Cloud


def use() -> None:
    """Point this process at the local cloud where the environment names no AWS and one is running."""
    if os.environ.get("AWS_ENDPOINT_URL") or os.environ.get("MINGA_STAGE", "local") != "local":
        return
    cloud = Cloud()
    if cloud.running():
        os.environ.update(cloud.environment())
