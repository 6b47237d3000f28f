"""Dual control: any operation can wait for a second person, above an amount or always (GEN-50).

A rule is a ``platform.approval_rule`` parameter set named after the operation. What was asked is kept with its
content; when another person with the rule's permission approves, it is carried out as if the first had done it now.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson
from pydantic import BaseModel

from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.money import Money
from chalicelib.kernel.plan import Amount, Plan, term
from chalicelib.platform import clock
from chalicelib.platform.access.errors import PermissionDenied
from chalicelib.platform.context import Actor, ActorKind
from chalicelib.platform.http.payload import View
from chalicelib.platform.http.routes import Operation, operation_named
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.parameters import kinds
from chalicelib.platform.parameters.service import AlreadyDecided, SelfApproval
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.work import UnitOfWork

RULE_KIND = "platform.approval_rule"


class ApprovalRule(Plan):
    """Which operation waits for a second person; the set's code is the operation's name."""

    from_amount: Amount | None = term(None, unit="money")
    approver_permission: str = term("platform.decide_approvals")
    enabled: bool = term(True)


kinds.register(RULE_KIND, ApprovalRule)


class RequestState(StrEnum):
    """Life of a request that waits for a second person."""

    PENDING = "pending_approval"
    APPROVED = "approved"
    REJECTED = "rejected"


class ChangedSince(Conflict):
    """What was asked can no longer be carried out as it was asked."""

    code = "request_outdated"


@dataclass(frozen=True, slots=True)
class Request:
    """An operation somebody asked for, with everything needed to carry it out later."""

    id: str
    operation: str
    path: dict[str, str]
    body: str
    maker: Actor
    made_at: datetime
    business_date: str
    approver_permission: str
    amount: str
    currency: str
    state: RequestState = RequestState.PENDING
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    result: str = ""
    version: int = 0


REQUESTS = Collection(Request, table="core", partition="approvals", sort="{id}", audited=True)


class PendingView(View):
    """The answer to an operation that waits: its id and that it is pending."""

    id: str
    state: str
    operation: str
    approver_permission: str


def ask(work: UnitOfWork, operation: Operation, arguments: dict[str, Any]) -> PendingView | None:
    """Put the operation aside where a rule says so; None where it may be carried out at once."""
    actor = work.context.actor
    if actor.kind is not ActorKind.STAFF or work.context.approver:
        return None
    rule: ApprovalRule | None = work.config.find(RULE_KIND, operation.name, clock.now().date())
    if rule is None or not rule.enabled:
        return None
    body = arguments.get("body")
    money = operation.amount(body) if operation.amount and body is not None else None
    if rule.from_amount is not None and not _reaches(money, rule):
        return None
    request = Request(
        id=new_id("apr"),
        operation=operation.name,
        path={name: value for name, value in arguments.items() if isinstance(value, str)},
        body=body.model_dump_json() if isinstance(body, BaseModel) else "",
        maker=actor,
        made_at=clock.now(),
        business_date="",
        approver_permission=rule.approver_permission,
        amount=str(money.decimal) if money else "",
        currency=money.currency if money else "",
    )
    work.put(REQUESTS, request)
    return PendingView(
        id=request.id,
        state=request.state.value,
        operation=operation.name,
        approver_permission=rule.approver_permission,
    )


def decide(work: UnitOfWork, request_id: str, approve: bool, reason: str) -> Request:
    """Approve (and carry out) or reject. Raises SelfApproval, AlreadyDecided, PermissionDenied."""
    request = work.get(REQUESTS, id=request_id)
    approver = work.context.actor
    if request.state is not RequestState.PENDING:
        raise AlreadyDecided("id", state=request.state.value)
    if request.maker.id == approver.id:
        raise SelfApproval("id")
    if not approver.may(request.approver_permission):
        raise PermissionDenied(permission=request.approver_permission)
    result = _carry_out(work, request) if approve else ""
    decided = replace(
        request,
        state=RequestState.APPROVED if approve else RequestState.REJECTED,
        decided_by=approver.id,
        decided_at=clock.now(),
        reason=reason,
        result=result,
    )
    return work.put(REQUESTS, decided)


def _carry_out(work: UnitOfWork, request: Request) -> str:
    operation = operation_named(request.operation)
    arguments: dict[str, Any] = dict(request.path)
    if operation.request is not None:
        arguments["body"] = operation.request.model_validate_json(request.body)
    approver = work.context.actor
    asked = replace(work.context, actor=request.maker, approver=approver.id, if_match=None)
    work.context, decider = asked, work.context
    try:
        result = operation.handler(work, **arguments)
    finally:
        work.context = decider
    return result.model_dump_json() if isinstance(result, BaseModel) else orjson.dumps(result).decode()


def _reaches(money: Money | None, rule: ApprovalRule) -> bool:
    return money is not None and rule.from_amount is not None and money.decimal >= rule.from_amount
