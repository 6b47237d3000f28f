"""The platform's own reports: missing texts, changes of parameters, the audit trail."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import Field

from chalicelib.platform import audit_search, clock, wording
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.parameters.versions import VERSIONS
from chalicelib.platform.reports.registry import Column, Report, register_report
from chalicelib.platform.schemas.oversight import AuditQuery
from chalicelib.platform.work import UnitOfWork

MOST_EVENTS = 5000


class InLanguage(Payload):
    """A language, by its BCP 47 tag."""

    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


class InPeriod(Payload):
    """From one day to another, both included."""

    from_date: date = Field(ge=date(1970, 1, 2))
    to_date: date = Field(le=date(9000, 1, 1))


class AuditedPeriod(InPeriod):
    """A period, and whose events or which operation's."""

    actor: str = Field("", max_length=80)
    operation: str = Field("", max_length=80)


def missing_texts(work: UnitOfWork, filters: InLanguage) -> Iterator[dict[str, Any]]:
    """Texts without words in a language, and the Spanish ones shown instead (GEN-19)."""
    return ({"key": key, "shown": words} for key, words in wording.missing(work, filters.language))


def parameter_changes(work: UnitOfWork, filters: InPeriod) -> Iterator[dict[str, Any]]:
    """Versions of parameters made in a period, and who approved them."""
    for version in sorted(work.all(VERSIONS), key=lambda version: version.made_at):
        if (
            filters.from_date
            <= clock.day_at(version.made_at, work.context.tenant.time_zone)
            <= filters.to_date
        ):
            yield {
                "made_at": version.made_at,
                "kind": version.kind,
                "code": version.code,
                "scope": version.scope,
                "version": version.number,
                "effective_from": version.effective_from,
                "state": version.state.value,
                "maker": version.maker,
                "checker": version.checker,
                "reason": version.reason,
            }


def audit_trail(work: UnitOfWork, filters: AuditedPeriod) -> Iterator[dict[str, Any]]:
    """Who did what in a period, newest first; at most ``MOST_EVENTS``."""
    asked = {
        "from": filters.from_date,
        "to": filters.to_date,
        "actor": filters.actor,
        "operation": filters.operation,
        "limit": 200,
    }
    cursor, given = None, 0
    while given < MOST_EVENTS:
        events, cursor = audit_search.search(work, AuditQuery.model_validate({**asked, "cursor": cursor}))
        for event in events:
            given += 1
            yield {
                "at": event.at,
                "actor": event.actor_name or event.actor,
                "operation_name": event.operation_name,
                "operation": event.operation,
                "kind": event.kind,
                "entity_name": event.entity_name,
                "entity": event.entity,
                "branch": event.branch,
                "address": event.address,
                "changes": len(event.changes),
                "request_id": event.request_id,
            }
        if cursor is None:
            return


register_report(
    Report(
        code="platform.missing_texts",
        permission="platform.manage_texts",
        columns=[Column("key"), Column("shown")],
        rows=missing_texts,
        filters=InLanguage,
    )
)
register_report(
    Report(
        code="platform.parameter_changes",
        permission="platform.read_parameters",
        columns=[
            Column("made_at", "instant"),
            Column("kind"),
            Column("code"),
            Column("scope"),
            Column("version", "integer"),
            Column("effective_from", "date"),
            Column("state"),
            Column("maker"),
            Column("checker"),
            Column("reason"),
        ],
        rows=parameter_changes,
        filters=InPeriod,
    )
)
register_report(
    Report(
        code="platform.audit_trail",
        permission="platform.read_audit",
        columns=[
            Column("at", "instant"),
            Column("actor"),
            Column("operation_name"),
            Column("operation"),
            Column("kind"),
            Column("entity_name"),
            Column("entity"),
            Column("branch"),
            Column("address"),
            Column("changes", "integer"),
            Column("request_id"),
        ],
        rows=audit_trail,
        filters=AuditedPeriod,
    )
)
