"""The platform's own routes: ``/v1/access`` and ``/v1/platform``. Importing the package declares all of them."""

from chalicelib.platform.routes import (
    access,
    approvals,
    audit,
    currencies,
    me,
    notifications,
    parameter_exchange,
    parameters,
    reports,
    tenants,
    texts,
    verifications,
)

__all__ = [
    "access",
    "approvals",
    "audit",
    "currencies",
    "me",
    "notifications",
    "parameter_exchange",
    "parameters",
    "reports",
    "tenants",
    "texts",
    "verifications",
]
