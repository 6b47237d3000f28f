"""Settings of the running function, read from its environment."""

import os


def prefix() -> str:
    """What the names of this installation's tables and secrets begin with."""
    return os.environ.get("MINGA_PREFIX", "minga")


def stage() -> str:
    """dev, staging, prod or local."""
    return os.environ.get("MINGA_STAGE", "local")


def signing_secret() -> str:
    """Name of the secret that holds the token signing keys."""
    return os.environ.get("MINGA_SIGNING_SECRET") or f"{prefix()}/signing-keys"


def closing_machine_arn() -> str:
    """The state machine that runs the end of day; empty where none is deployed."""
    return os.environ.get("MINGA_CLOSING_MACHINE_ARN", "")


def tenant_role_arn() -> str:
    """Role assumed with the tenant as session tag, so that a request's credentials reach one tenant only."""
    return os.environ.get("MINGA_TENANT_ROLE_ARN", "")


def files_bucket() -> str:
    """Bucket for reports, statements and exports."""
    return os.environ.get("MINGA_FILES_BUCKET", f"{prefix()}-files")


def from_email() -> str:
    """Sender of the notifications that go by e-mail."""
    return os.environ.get("MINGA_FROM_EMAIL", "avisos@minga.test")


def event_bus() -> str:
    """Event bus that is told of everything that happens; empty where none is deployed."""
    return os.environ.get("MINGA_EVENT_BUS", "")
