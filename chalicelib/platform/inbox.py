"""Everything that waits for a second person, in one list: operations put aside and proposed parameter versions."""

from typing import Any

import orjson

from chalicelib.platform import approvals
from chalicelib.platform.access.errors import PermissionDenied
from chalicelib.platform.access.people import PEOPLE
from chalicelib.platform.approvals import REQUESTS, Request, RequestState
from chalicelib.platform.context import Actor
from chalicelib.platform.operation_names import operation_name
from chalicelib.platform.parameters import forms, listing, service
from chalicelib.platform.parameters.kinds import kind_of
from chalicelib.platform.parameters.versions import VERSIONS, ParameterVersion, VersionState
from chalicelib.platform.schemas.oversight import ApprovalView
from chalicelib.platform.work import UnitOfWork

PROPOSAL = "platform.propose_parameter"
APPROVE_PARAMETERS = "platform.approve_parameters"
ANY_STATE = "all"


def entries(work: UnitOfWork, state: str, limit: int) -> list[ApprovalView]:
    """What the caller may decide or asked for, in a state (or ``all``), newest first."""
    found = [
        _of_request(work, request)
        for request in work.all(REQUESTS)
        if state in (ANY_STATE, request.state.value) and _concerns(work, request)
    ]
    if work.context.actor.may(APPROVE_PARAMETERS):
        found += [
            _of_version(work, version)
            for version in work.all(VERSIONS)
            if version.state.value == state or (state == ANY_STATE and version.checker)
        ]
    newest = sorted(found, key=lambda entry: entry.requested_at, reverse=True)[:limit]
    return _named(work, newest)


def decide(work: UnitOfWork, identifier: str, approve: bool, reason: str) -> ApprovalView:
    """Approve or reject an operation or a parameter version. Raises SelfApproval, AlreadyDecided, PermissionDenied."""
    if "~" not in identifier:
        return _of_request(work, approvals.decide(work, identifier, approve, reason))
    if not work.context.actor.may(APPROVE_PARAMETERS):
        raise PermissionDenied(permission=APPROVE_PARAMETERS)
    return _of_version(work, service.decide(work, identifier, approve, reason))


def _concerns(work: UnitOfWork, request: Request) -> bool:
    actor = work.context.actor
    return request.maker.id == actor.id or _may_decide(actor, request)


def _may_decide(actor: Actor, request: Request) -> bool:
    return actor.may(request.approver_permission) and approvals.covers(actor, request)


def _of_request(work: UnitOfWork, request: Request) -> ApprovalView:
    actor = work.context.actor
    pending = request.state is RequestState.PENDING
    name = operation_name(work, request.operation)
    return ApprovalView(
        id=request.id,
        operation=request.operation,
        operation_name=name,
        summary=name,
        state=request.state.value,
        requested_by=request.maker.id,
        requested_by_name=request.maker.name,
        requested_at=request.made_at,
        decided_by=request.decided_by or None,
        decided_at=request.decided_at,
        reason=request.reason or None,
        amount={"amount": request.amount, "currency": request.currency} if request.amount else None,
        body={**request.path, **_content(request.body)},
        result=_content(request.result) or None,
        may_decide=pending and request.maker.id != actor.id and _may_decide(actor, request),
    )


def _of_version(work: UnitOfWork, version: ParameterVersion) -> ApprovalView:
    label = forms.label_of_set(work, version.kind, version.code, version.body)
    return ApprovalView(
        id=version.id,
        operation=PROPOSAL,
        operation_name=operation_name(work, PROPOSAL),
        summary=f"{forms.label_of_kind(work, version.kind)}: {label}",
        state=version.state.value,
        requested_by=version.maker,
        requested_at=version.made_at,
        decided_by=version.checker or None,
        decided_at=version.checked_at,
        reason=version.reason or None,
        body={
            "kind": version.kind,
            "code": version.code,
            "scope": version.scope,
            "version": version.number,
            "effective_from": version.effective_from.isoformat(),
            "body": listing.masked(kind_of(version.kind).model, version.body),
        },
        may_decide=version.state is VersionState.PENDING and version.maker != work.context.actor.id,
    )


def _named(work: UnitOfWork, found: list[ApprovalView]) -> list[ApprovalView]:
    """Each entry with the name of the person who asked."""
    unnamed = list(dict.fromkeys(entry.requested_by for entry in found if not entry.requested_by_name))
    work.load([(PEOPLE, {"id": person}) for person in unnamed[:100]])
    people = {person: known.name for person in unnamed[:100] if (known := work.find(PEOPLE, id=person))}
    return [
        entry.model_copy(
            update={"requested_by_name": entry.requested_by_name or people.get(entry.requested_by, "")}
        )
        for entry in found
    ]


def _content(text: str) -> dict[str, Any]:
    content = orjson.loads(text) if text else {}
    return content if isinstance(content, dict) else {"value": content}
