"""What happens to every request, in this order: who, may they, is it well formed, has it happened already,
does it need a second person; then the module's own function; then one transaction with audit and first answer.
"""

from typing import Any

from pydantic import BaseModel, ValidationError

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError, Invalid, NotFound
from chalicelib.kernel.money import Money
from chalicelib.platform import approvals, attempts, audit, formats, idempotency, problems, texts, wording
from chalicelib.platform.access.authentication import (
    Authenticated,
    UnknownTenant,
    authenticate,
    throttle,
    visitor,
    work_for_visitor,
)
from chalicelib.platform.access.errors import PasswordChangeRequired, PermissionDenied, TenantSuspended
from chalicelib.platform.access.tokens import NotSignedIn
from chalicelib.platform.context import ActorKind
from chalicelib.platform.http.body import MalformedBody, body_problem, query_problem
from chalicelib.platform.http.call import Answer, Call
from chalicelib.platform.http.payload import Warned, WarningView
from chalicelib.platform.http.routes import ANY, OPEN, PUBLIC, SIGNED_IN, Operation
from chalicelib.platform.listener import Listener, listener_of, stranger
from chalicelib.platform.observability import log
from chalicelib.platform.storage.store import ConditionFailed
from chalicelib.platform.tenancy import TENANTS, Tenant, TenantState
from chalicelib.platform.work import UnitOfWork, VersionConflict

OWN_ACCESS = frozenset({"change_password", "sign_out", "change_member_password", "sign_out_member"})
"""What nobody is kept from: not by a temporary password, nor in a suspended cooperative."""


class InvalidRequest(Invalid):
    """Fields of the request are wrong; ``errors`` names each."""

    code = "invalid_request"

    def __init__(self, errors: list[problems.FieldProblem]) -> None:
        first = errors[0] if errors else None
        super().__init__(first.field if first else None)
        self.errors = errors


class SingleFieldInvalid(InvalidRequest):
    """One field is wrong: its own code is the problem's code."""

    def __init__(self, errors: list[problems.FieldProblem]) -> None:
        super().__init__(errors)
        self.code = errors[0].code  # type: ignore[misc]
        self.params = errors[0].params


class Unexpected(BankError):
    """A defect of ours. The log has it under the request's id."""

    code = "unexpected"
    status = 500


def execute(operation: Operation, call: Call) -> Answer:
    """Serve one request. Never raises: every refusal becomes a problem document."""
    asked = _Asked()
    try:
        return _serve(operation, call, asked)
    except BankError as error:
        return refusal(error, call, asked.by(call))
    except Exception as error:  # the last resort: nobody may see a stack trace
        log.exception("unexpected", operation=operation.name, error=type(error).__name__)
        return refusal(Unexpected(), call, asked.by(call))


@dataclass(slots=True)
class _Asked:
    """What a refusal may know of whoever asks: the work begun for them, once that is settled."""

    work: UnitOfWork | None = None

    def by(self, call: Call) -> Listener:
        if self.work is not None:
            return listener_of(self.work)
        accepted = call.header("accept-language")
        return stranger(texts.negotiate(accepted, tuple(texts.languages()), texts.SPANISH))


def refusal(error: BankError, call: Call, listener: Listener) -> Answer:
    """The answer to a refused request."""
    if error.status >= 500:
        log.error("refused", code=error.code, request_id=call.request_id, detail=str(error))
        error = error if error.code == "unexpected" else Unexpected()
    answer = Answer.json(error.status, problems.render(error, listener, call.request_id))
    answer.headers["Content-Type"] = problems.PROBLEM_TYPE
    if hasattr(error, "retry_after"):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _serve(operation: Operation, call: Call, asked: _Asked) -> Answer:
    visiting = operation.permission == OPEN and not call.header("authorization")
    if operation.permission == PUBLIC or visiting:
        asked.work = visitor(call)
        return _attempts(operation, call, asked, asked.work)
    caller = authenticate(call)
    asked.work = caller.work
    throttle(caller)
    _authorise(operation, caller)
    return _attempts(operation, call, asked, asked.work)


def _authorise(operation: Operation, caller: Authenticated) -> None:
    actor = caller.work.context.actor
    if operation.realm not in (ANY, actor.kind.value):
        raise PermissionDenied(permission=operation.permission)
    if caller.must_change and operation.handler.__name__ not in OWN_ACCESS:
        raise PasswordChangeRequired()
    if operation.permission not in (SIGNED_IN, OPEN) and not actor.may(operation.permission):
        _security_event(caller.work, operation, "permission_denied")
        raise PermissionDenied(permission=operation.permission)
    _check_served(operation, caller.tenant)


def _check_served(operation: Operation, tenant: Tenant) -> None:
    if operation.module != "platform" and operation.module not in tenant.modules:
        raise NotFound()
    suspended = tenant.state is TenantState.SUSPENDED
    if operation.writes and suspended and operation.handler.__name__ not in OWN_ACCESS:
        raise TenantSuspended()


def _in_named_tenant(operation: Operation, work: UnitOfWork, arguments: dict[str, Any]) -> UnitOfWork:
    """The work of an open operation: a visitor's in the cooperative that they name, anybody else's in their own."""
    named = (arguments.get("body") or arguments["query"]).tenant
    if work.context.actor.kind is not ActorKind.VISITOR:
        if named not in ("", work.tenant):
            raise UnknownTenant("tenant")
        return work
    if not named:
        raise NotSignedIn()
    work = work_for_visitor(work, named)
    tenant = work.get(TENANTS)
    if tenant.state is TenantState.CLOSED:
        raise UnknownTenant("tenant")
    _check_served(operation, tenant)
    return work


def _attempts(operation: Operation, call: Call, asked: _Asked, work: UnitOfWork) -> Answer:
    arguments = _arguments(operation, call)
    if operation.permission == OPEN:
        asked.work = work = _in_named_tenant(operation, work, arguments)
    if operation.idempotent:
        idempotency.check_key(work.context.idempotency_key, required=operation.money)
    for attempt in range(attempts.MOST_ATTEMPTS):
        try:
            return _once(operation, call, work, arguments, look_first=attempt > 0)
        except (VersionConflict, ConditionFailed):
            audit.forget(work)
            attempts.pause(attempt)
            work = work.fresh()
    raise attempts.Busy()


def _once(
    operation: Operation, call: Call, work: UnitOfWork, arguments: dict[str, Any], look_first: bool
) -> Answer:
    keyed = operation.idempotent and bool(work.context.idempotency_key)
    mark = _mark(operation, call, work) if keyed else ""
    if keyed and look_first and (earlier := _replay(work, mark)):
        return earlier
    try:
        pending = approvals.ask(work, operation, arguments) if operation.writes else None
        result = pending if pending is not None else operation.handler(work, **arguments)
    except VersionConflict:
        raise
    except approvals.NeedsApproval:
        if not approvals.may_wait(work, operation):
            raise
        work = work.fresh()
        result = pending = approvals.put_aside(work, operation, arguments)
    except BankError as error:
        if keyed and not look_first and (earlier := _replay(work.fresh(), mark)):
            return earlier
        _refused(operation, work, error)
        raise
    result = _with_warnings(work, result)
    answer = _answer(operation, result, status=202 if pending is not None else operation.status)
    if operation.writes and (work.writes or keyed):
        _commit(operation, work, answer, mark)
    elif operation.sensitive:
        _commit(operation, work, answer, "")
    return answer


def _with_warnings(work: UnitOfWork, result: Any) -> Any:
    """The answer with what the operation cautions of, where it has a place for it."""
    if not work.cautions or not isinstance(result, Warned):
        return result
    locale = formats.locale_for(work.context.tenant, work.context.language)
    rows = [
        WarningView(
            code=told.code,
            message=wording.say(
                work,
                f"warnings.{told.code}",
                **{
                    name: formats.amount_with_currency(value, locale)
                    if isinstance(value, Money)
                    else str(value)
                    for name, value in told.params.items()
                },
            ),
        )
        for told in work.cautions
    ]
    return result.model_copy(update={"warnings": rows})


def _commit(operation: Operation, work: UnitOfWork, answer: Answer, mark: str) -> None:
    event = None
    if operation.permission != PUBLIC:
        kind = "write" if operation.writes else "read"
        event = audit.record(work, operation.name, kind, entity=answer.entity)
    if mark:
        idempotency.remember(work, mark, answer.status, answer.body, operation.money)
    work.commit()
    if event:
        audit.remember(work, event)


def _refused(operation: Operation, work: UnitOfWork, error: BankError) -> None:
    if getattr(error, "keep", False):
        work.commit()
    known = work.context.actor.kind is not ActorKind.VISITOR
    if isinstance(error, NotFound | PermissionDenied) and known:
        _security_event(
            work.fresh(), operation, "not_found" if isinstance(error, NotFound) else "permission_denied"
        )


def _security_event(work: UnitOfWork, operation: Operation, event: str) -> None:
    """Put on record that somebody asked for what is not theirs; the refusal itself never fails for it."""
    log.security(event, work, operation.name)
    work = work.fresh()
    try:
        written = audit.record(work, operation.name, "security", entity=event)
        work.commit()
        audit.remember(work, written)
    except VersionConflict:
        audit.forget(work)


def _mark(operation: Operation, call: Call, work: UnitOfWork) -> str:
    path = operation.path.format_map(call.path)
    return idempotency.fingerprint(
        operation.method, path, work.tenant, idempotency.principal_of(work.context), call.body
    )


def _replay(work: UnitOfWork, mark: str) -> Answer | None:
    stored = idempotency.first_answer(work, mark)
    if stored is None:
        return None
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store", "Idempotency-Hit": "true"}
    return Answer(stored.status, stored.body, headers)


def _arguments(operation: Operation, call: Call) -> dict[str, Any]:
    arguments: dict[str, Any] = dict(call.path)
    if operation.request is not None:
        arguments["body"] = _parsed(operation.request, call.body)
    if operation.query is not None:
        arguments["query"] = _validated(operation.query, call.query)
    return arguments


def _parsed(model: type[BaseModel], body: bytes) -> BaseModel:
    body = body or b"{}"
    problem = body_problem(body)
    if problem:
        raise SingleFieldInvalid([problem])
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        _raise(error)
        raise


def _validated(model: type[BaseModel], values: dict[str, str]) -> BaseModel:
    problem = query_problem(values)
    if problem:
        raise SingleFieldInvalid([problem])
    try:
        return model.model_validate_strings(values)
    except ValidationError as error:
        _raise(error)
        raise


def _raise(error: ValidationError) -> None:
    rows = problems.field_problems(error)
    if any(row.code == "malformed_json" for row in rows):
        raise MalformedBody() from None
    raise (SingleFieldInvalid(rows) if len(rows) == 1 else InvalidRequest(rows)) from None


def _answer(operation: Operation, result: Any, status: int) -> Answer:
    if isinstance(result, Answer):
        return result
    if result is None:
        return Answer(204, "", {"Cache-Control": "no-store"})
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    if isinstance(result, BaseModel):
        version = getattr(result, "version", None)
        if isinstance(version, int):
            headers["ETag"] = f'"{version}"'
        return Answer(status, result.model_dump_json(), headers, entity=str(getattr(result, "id", "") or ""))
    return Answer.json(status, result)
