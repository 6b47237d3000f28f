"""Clients of AWS services, made once per process.

DynamoDB answers are read with orjson instead of botocore's parser, which is eight times slower on large pages.
"""

import os
from functools import lru_cache
from threading import Lock
from typing import Any

import boto3
import botocore.config

from chalicelib.platform import settings

RENEWAL_SECONDS = 1800
READ_OPERATIONS = ("Query", "GetItem", "BatchGetItem", "UpdateItem")


_MAKING = Lock()
"""A session may be asked for one client at a time only."""


@lru_cache(maxsize=1)
def _session() -> Any:
    return boto3.session.Session(region_name=os.environ.get("AWS_DEFAULT_REGION", "us-east-1"))


def _made(service: str, config: botocore.config.Config, **credentials: str) -> Any:
    with _MAKING:
        return _session().client(service, config=config, **credentials)


def _keep_body(response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: Any) -> None:
    if response_dict["status_code"] == 200:
        customized_response_dict["Raw"] = response_dict["body"]
        response_dict["body"] = b"{}"


def _with_raw_answers(client: Any) -> Any:
    for operation in READ_OPERATIONS:
        client.meta.events.register(f"before-parse.dynamodb.{operation}", _keep_body)
    return client


def _dynamodb_config() -> botocore.config.Config:
    return botocore.config.Config(
        parameter_validation=False,
        retries={"mode": "standard", "max_attempts": 4},
        connect_timeout=3,
        read_timeout=10,
        max_pool_connections=16,
    )


@lru_cache(maxsize=1)
def dynamodb() -> Any:
    """DynamoDB with the function's own credentials; answers of reads come as bytes under ``Raw``."""
    return _with_raw_answers(_made("dynamodb", _dynamodb_config()))


@lru_cache(maxsize=64)
def _credentials(tenant: str, period: int) -> dict[str, str]:
    answer = client("sts").assume_role(
        RoleArn=settings.tenant_role_arn(),
        RoleSessionName=f"minga-{tenant}",
        Tags=[{"Key": "tenant", "Value": tenant}],
        DurationSeconds=3600,
    )
    given = answer["Credentials"]
    return {
        "aws_access_key_id": given["AccessKeyId"],
        "aws_secret_access_key": given["SecretAccessKey"],
        "aws_session_token": given["SessionToken"],
    }


@lru_cache(maxsize=64)
def _narrowed(service: str, tenant: str, period: int) -> Any:
    if service == "dynamodb":
        return _with_raw_answers(_made(service, _dynamodb_config(), **_credentials(tenant, period)))
    return _made(service, _usual_config(), **_credentials(tenant, period))


def dynamodb_of(tenant: str, epoch_seconds: int) -> Any:
    """DynamoDB with credentials that reach this tenant's keys only, where a tenant role is deployed.

    Credentials live an hour and are renewed every half hour, so that none expires in a request.
    """
    if not settings.tenant_role_arn():
        return dynamodb()
    return _narrowed("dynamodb", tenant, epoch_seconds // RENEWAL_SECONDS)


def files_of(tenant: str, epoch_seconds: int) -> Any:
    """S3 with credentials that reach this tenant's folder only, where a tenant role is deployed."""
    if not settings.tenant_role_arn():
        return client("s3")
    return _narrowed("s3", tenant, epoch_seconds // RENEWAL_SECONDS)


@lru_cache(maxsize=16)
def client(service: str) -> Any:
    """A client of another AWS service (s3, secretsmanager, stepfunctions, sesv2, sns, sts)."""
    return _made(service, _usual_config())


def _usual_config() -> botocore.config.Config:
    return botocore.config.Config(retries={"mode": "standard", "max_attempts": 3}, connect_timeout=3)


def forget_clients() -> None:
    """Drop the session and every client; for tests that change endpoints or credentials."""
    _session.cache_clear()
    dynamodb.cache_clear()
    _credentials.cache_clear()
    _narrowed.cache_clear()
    client.cache_clear()
