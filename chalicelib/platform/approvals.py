"""Dual control: any operation can wait for a second person, above an amount or always (GEN-50).

A rule is a ``platform.approval_rule`` parameter set named after the operation, which must be declared ``approvable``.
What was asked is kept with its content; when another person with the rule's permission approves, who also works for
the branches it is about, it is carried out as if the first did it now: that person must still be allowed to.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import orjson
from pydantic import BaseModel, ValidationError

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict, Invalid
from chalicelib.kernel.money import Money
from chalicelib.kernel.plan import Amount, Plan, term
from chalicelib.platform import clock, today
from chalicelib.platform.access.authentication import actor_of
from chalicelib.platform.access.errors import OutsideBranchScope, PermissionDenied
from chalicelib.platform.access.people import PEOPLE, PersonState
from chalicelib.platform.context import Actor, ActorKind
from chalicelib.platform.http.payload import View
from chalicelib.platform.http.routes import Operation, all_operations, operation_named
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.parameters import kinds
from chalicelib.platform.parameters.service import AlreadyDecided, SelfApproval
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.work import StaleVersion, UnitOfWork

RULE_KIND = "platform.approval_rule"
DECIDE = "platform.decide_approvals"


class ApprovalRule(Plan):
    """Which operation waits for a second person; the set's code is the operation's name.

    ``from_amount`` is in the cooperative's own currency. What has no amount, or one in another currency, always waits.
    ``backdated`` lets what carries a value date of its own wait whatever its amount.
    """

    from_amount: Amount | None = term(None, unit="money")
    backdated: bool = term(False)
    approver_permission: str = term(DECIDE)
    enabled: bool = term(True)


class NotApprovable(Invalid):
    """No operation of this name can wait for a second person."""

    code = "operation_not_approvable"


def _check_operation(config: Any, code: str, rule: Any, on: date) -> None:
    """A rule names an operation of any module, whichever function takes it down."""
    if not any(operation.name == code and operation.approvable for operation in all_operations()):
        raise NotApprovable("code", operation=code)


kinds.register(RULE_KIND, ApprovalRule)
kinds.require(RULE_KIND, _check_operation)
kinds.call(RULE_KIND, "operation.{code}")


class NeedsApproval(Conflict):
    """Nobody may do this alone, says the module; where the operation can wait, it is put aside for a second person."""

    code = "approval_required"


class AboveOwnLimit(Conflict):
    """The amount is more than this person may authorise."""

    code = "above_own_limit"


class RequestState(StrEnum):
    """Life of a request that waits for a second person."""

    PENDING = "pending_approval"
    APPROVED = "approved"
    REJECTED = "rejected"


class ChangedSince(Conflict):
    """What was asked can no longer be carried out as it was asked."""

    code = "request_outdated"


class MakerNotPermitted(Conflict):
    """Whoever asked has left, is blocked, or may no longer do it."""

    code = "maker_not_permitted"


@dataclass(frozen=True, slots=True)
class Request:
    """An operation somebody asked for, with everything needed to carry it out later.

    ``maker`` is who that was and what they could do then; ``branches`` are those it is about.
    """

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
    branches: tuple[str, ...] = ()
    if_match: int | None = None
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
    if not operation.approvable or actor.kind is not ActorKind.STAFF or work.context.approver:
        return None
    rule: ApprovalRule | None = work.config.find(RULE_KIND, operation.name, today.calendar_day(work))
    if rule is None or not rule.enabled:
        return None
    backdated = rule.backdated and getattr(arguments.get("body"), "value_date", None) is not None
    money = _money(operation, arguments)
    if not backdated and not _reaches(money, rule, work.context.tenant.currency):
        return None
    return put_aside(work, operation, arguments, rule.approver_permission)


def may_wait(work: UnitOfWork, operation: Operation) -> bool:
    """Whether this caller's operation can be put aside for a second person."""
    return operation.approvable and work.context.actor.kind is ActorKind.STAFF and not work.context.approver


def put_aside(
    work: UnitOfWork,
    operation: Operation,
    arguments: dict[str, Any],
    approver_permission: str = DECIDE,
) -> PendingView:
    """Keep what was asked until somebody with the permission decides it."""
    body, money = arguments.get("body"), _money(operation, arguments)
    path = {name: value for name, value in arguments.items() if isinstance(value, str)}
    content = body.model_dump(mode="json") if isinstance(body, BaseModel) else {}
    request = Request(
        id=new_id("apr"),
        operation=operation.name,
        path=path,
        body=body.model_dump_json() if isinstance(body, BaseModel) else "",
        maker=replace(work.context.actor, session_id=""),
        made_at=clock.now(),
        business_date="",
        approver_permission=approver_permission,
        amount=str(money.decimal) if money else "",
        currency=money.currency if money else "",
        branches=tuple(dict.fromkeys(_branches([path, content]))),
        if_match=work.context.if_match,
    )
    work.put(REQUESTS, request)
    return PendingView(
        id=request.id,
        state=request.state.value,
        operation=operation.name,
        approver_permission=approver_permission,
    )


def decide(work: UnitOfWork, request_id: str, approve: bool, reason: str) -> Request:
    """Approve (and carry out) or reject.

    Raises SelfApproval, AlreadyDecided, PermissionDenied, OutsideBranchScope, AboveOwnLimit; and where it can no longer
    be carried out MakerNotPermitted, ChangedSince, or whatever the operation refuses.
    """
    request = work.get(REQUESTS, id=request_id)
    approver = work.context.actor
    if request.state is not RequestState.PENDING:
        raise AlreadyDecided("id", state=request.state.value)
    if request.maker.id == approver.id:
        raise SelfApproval("id")
    if not approver.may(request.approver_permission):
        raise PermissionDenied(permission=request.approver_permission)
    if not covers(approver, request):
        raise OutsideBranchScope("id")
    if approve:
        _check_limit(work, request)
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


def _check_limit(work: UnitOfWork, request: Request) -> None:
    most = work.context.actor.max_transaction
    if (
        most is not None
        and request.currency == work.context.tenant.currency
        and Decimal(request.amount) > most
    ):
        raise AboveOwnLimit("id", limit=str(most), currency=request.currency)


def _money(operation: Operation, arguments: dict[str, Any]) -> Money | None:
    body = arguments.get("body")
    money: Money | None = operation.amount(body) if operation.amount and body is not None else None
    return money


def covers(approver: Actor, request: Request) -> bool:
    """Whether the approver works for every branch that is named; for the maker's own where none is."""
    branches = request.branches or ((request.maker.branch,) if request.maker.branch else ())
    return all(approver.sees_branch(branch) for branch in branches)


def _carry_out(work: UnitOfWork, request: Request) -> str:
    operation = operation_named(request.operation)
    if not operation.approvable:
        raise ChangedSince("id")
    arguments: dict[str, Any] = dict(request.path)
    try:
        if operation.request is not None:
            arguments["body"] = operation.request.model_validate_json(request.body)
    except ValidationError:
        raise ChangedSince("id") from None
    maker, decider = _maker(work, request, operation), work.context
    work.context = replace(
        decider, actor=maker, approver=decider.actor.id, if_match=request.if_match, idempotency_key=""
    )
    try:
        result = operation.handler(work, **arguments)
    except StaleVersion:
        raise ChangedSince("id") from None
    finally:
        work.context = decider
    return result.model_dump_json() if isinstance(result, BaseModel) else orjson.dumps(result).decode()


def _maker(work: UnitOfWork, request: Request, operation: Operation) -> Actor:
    """Whoever asked, with what they may do today. Raises MakerNotPermitted."""
    person = work.find(PEOPLE, id=request.maker.id)
    if person is None or person.state is not PersonState.ACTIVE:
        raise MakerNotPermitted("id")
    maker = actor_of(person, work.config, today.calendar_day(work))
    if not maker.may(operation.permission):
        raise MakerNotPermitted("id")
    return maker


def _reaches(money: Money | None, rule: ApprovalRule, currency: str) -> bool:
    """Whether a rule holds for an amount; one that is unknown or of another currency cannot be below the limit."""
    if rule.from_amount is None or money is None or money.currency != currency:
        return True
    return money.decimal >= rule.from_amount


def _branches(value: Any) -> Iterator[str]:
    """Every branch that a request names, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "branch" and isinstance(inner, str) and inner:
                yield inner
            else:
                yield from _branches(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _branches(inner)
