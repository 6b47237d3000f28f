"""Structured logs, metrics and security events, each with tenant and request, never with a secret.

AWS Lambda Powertools is loaded with the first line that is written, so that a cold start does not wait for it.
"""

from functools import lru_cache
from typing import Any

from chalicelib.platform import settings


@lru_cache(maxsize=1)
def _logger() -> Any:
    from aws_lambda_powertools import Logger

    return Logger(service="minga", log_uncaught_exceptions=False, use_rfc3339=True)


@lru_cache(maxsize=1)
def _metrics() -> Any:
    from aws_lambda_powertools import Metrics

    return Metrics(namespace="Minga", service="bank")


class Log:
    """The process's log. Values must be plain; names of fields are stable, alarms read them."""

    def info(self, event: str, /, **values: Any) -> None:
        _logger().info(event, extra=values)

    def error(self, event: str, /, **values: Any) -> None:
        _logger().error(event, extra=values)

    def exception(self, event: str, /, **values: Any) -> None:
        _logger().exception(event, extra=values)

    def security(self, event: str, work: Any, operation: str) -> None:
        """An attempt that should make somebody look: recorded in the log and counted per tenant."""
        context = work.context
        _logger().warning(
            "security",
            extra={
                "event": event,
                "tenant": context.tenant.code,
                "actor": context.actor.id,
                "operation": operation,
                "address": context.address,
                "request_id": context.request_id,
            },
        )
        count(f"security_{event}", tenant=context.tenant.code)


log = Log()


def count(name: str, value: int = 1, *, tenant: str) -> None:
    """Count something per tenant; CloudWatch reads it from the log line."""
    measure(name, value, "Count", tenant=tenant)


def measure(name: str, value: Any, unit: Any, *, tenant: str) -> None:
    """One metric with the tenant as dimension (CloudWatch embedded metric format)."""
    if settings.stage() == "local":
        return
    from aws_lambda_powertools.metrics import single_metric

    with single_metric(name=name, unit=unit, value=value, namespace="Minga") as metric:
        metric.add_dimension(name="tenant", value=tenant)
