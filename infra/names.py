"""Names and ARNs that one stack may use without importing them from another."""

from typing import TYPE_CHECKING

from infra.settings import Installation

if TYPE_CHECKING:
    from aws_cdk import Stack  # loading the CDK takes seconds, and the local cloud only wants the names

TABLES = ("core", "journal", "config", "audit")


def function_name(installation: Installation, function: str) -> str:
    """The Lambda of a module or task."""
    return f"{installation.prefix}-{function}"


def function_role_name(installation: Installation, function: str) -> str:
    """The role a function runs as."""
    return f"{installation.prefix}-{function}-function"


def tenant_role_name(installation: Installation) -> str:
    """The role that a function assumes for one tenant's request."""
    return f"{installation.prefix}-tenant"


def machine_name(installation: Installation) -> str:
    """The end of day's state machine."""
    return f"{installation.prefix}-end-of-day"


def machine_arn(stack: "Stack", installation: Installation) -> str:
    """ARN of the end of day's state machine."""
    return f"arn:{stack.partition}:states:{stack.region}:{stack.account}:stateMachine:{machine_name(installation)}"


def signing_secret_name(installation: Installation) -> str:
    """The secret with the token signing keys."""
    return f"{installation.prefix}/signing-keys"


def event_bus_name(installation: Installation) -> str:
    """The bus that carries the bank's events to subscribers."""
    return f"{installation.prefix}-events"


def files_bucket_name(stack: "Stack", installation: Installation) -> str:
    """Bucket of reports, statements and exports; bucket names are global, so in AWS the account is part of it."""
    name = f"{installation.prefix}-files"
    return name if installation.stage.local else f"{name}-{stack.account}"


def api_domain_arn(stack: "Stack", installation: Installation) -> str:
    """The API's domain in API Gateway, which each module adds its routing rule to."""
    return f"arn:{stack.partition}:apigateway:{stack.region}:{stack.account}:/domainnames/{installation.api_domain}"


def sender(installation: Installation) -> str:
    """Who the bank's e-mails come from."""
    return f"avisos@{installation.domain or 'minga.test'}"
