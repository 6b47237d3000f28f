"""Clients of the local cloud's services: its credentials are any."""

from typing import Any

import boto3
from botocore.config import Config

ACCOUNT, REGION = "000000000000", "us-east-1"
CREDENTIALS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


def client(endpoint: str, service: str, read_seconds: int = 60) -> Any:
    """A boto3 client of one service at this endpoint."""
    make: Any = boto3.client
    config = Config(max_pool_connections=16, read_timeout=read_seconds, retries={"max_attempts": 2})
    return make(service, endpoint_url=endpoint, region_name=REGION, config=config, **CREDENTIALS)
