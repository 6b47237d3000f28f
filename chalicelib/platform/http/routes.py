"""The one way a route comes to be: permission, approval, idempotency and models stand on its own decorator."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import field, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import InvariantError
from chalicelib.platform import declared

F = TypeVar("F", bound=Callable[..., Any])

PUBLIC = "public"
"""For visitors who have not signed in."""
SIGNED_IN = "signed_in"
"""For whoever is signed in."""
OPEN = "open"
"""For whoever is signed in, in their own cooperative, and for visitors, who name one in the request's ``tenant``.

It reads and reckons, and writes nothing; what staff alone may ask for, the module's service checks.
"""

SECRET_WORDS = ("password", "secret", "token")

STAFF, MEMBER, ANY = "staff", "member", "any"


@dataclass(frozen=True, slots=True)
class Operation:
    """One route as declared.

    ``permission`` is what staff need; ``realm`` says who may sign in for it. ``money`` operations require an
    Idempotency-Key and keep it 35 days. ``amount`` reads from the body what an approval rule compares with.
    ``approvable`` operations can be put under dual control: what they are asked for is kept until it is decided.
    """

    module: str
    method: str
    path: str
    handler: Callable[..., Any]
    permission: str
    realm: str
    request: type[BaseModel] | None
    query: type[BaseModel] | None
    response: Any
    status: int
    money: bool
    idempotent: bool
    amount: Callable[[Any], Any] | None
    sensitive: bool
    summary: str
    takes: tuple[str, ...] = field(default=())
    approvable: bool = False

    @property
    def name(self) -> str:
        """``deposits.open_account``: what approvals, audit and logs call it."""
        return f"{self.module}.{self.handler.__name__}"

    @property
    def writes(self) -> bool:
        return self.method != "GET"


_OPERATIONS: dict[tuple[str, str], Operation] = {}


class Routes:
    """The routes of one module; ``prefix`` is what follows ``/v1/``.

    ``approvable`` modules let every command of their staff be put under dual control, others only those that move
    money or say so themselves (GEN-50).
    """

    def __init__(self, module: str, prefix: str | None = None, *, approvable: bool = False) -> None:
        self.module, self.prefix = module, module if prefix is None else prefix
        self.approvable = approvable
        self.operations: list[Operation] = []

    def get(self, path: str, **declared: Any) -> Callable[[F], F]:
        """A query: reads, never writes."""
        return self._route("GET", path, **declared)

    def post(self, path: str, **declared: Any) -> Callable[[F], F]:
        """A command that creates or does something."""
        return self._route("POST", path, **{"status": 201, **declared})

    def put(self, path: str, **declared: Any) -> Callable[[F], F]:
        """A command that sets something to a given value."""
        return self._route("PUT", path, **declared)

    def patch(self, path: str, **declared: Any) -> Callable[[F], F]:
        """A command that changes some fields."""
        return self._route("PATCH", path, **declared)

    def delete(self, path: str, **declared: Any) -> Callable[[F], F]:
        """A command that ends something."""
        return self._route("DELETE", path, **declared)

    def _route(
        self,
        method: str,
        path: str,
        *,
        permission: str,
        realm: str = STAFF,
        request: type[BaseModel] | None = None,
        query: type[BaseModel] | None = None,
        response: Any = None,
        status: int = 200,
        money: bool = False,
        idempotent: bool = True,
        amount: Callable[[Any], Any] | None = None,
        sensitive: bool = False,
        approvable: bool | None = None,
    ) -> Callable[[F], F]:
        def declare(handler: F) -> F:
            operation = Operation(
                self.module,
                method,
                "/" + "/".join(part for part in ("v1", self.prefix, path.strip("/")) if part),
                handler,
                permission,
                realm,
                request,
                query,
                response,
                status,
                money,
                idempotent and method != "GET",
                amount,
                sensitive,
                (inspect.getdoc(handler) or handler.__name__).split("\n")[0],
                tuple(inspect.signature(handler).parameters),
            )
            wanted = (self.approvable or money) if approvable is None else approvable
            operation = replace(operation, approvable=wanted and _may_wait(operation))
            if approvable and not operation.approvable:
                raise InvariantError(f"cannot wait for a second person: {operation.name}")
            if permission == OPEN and (operation.idempotent or not _names_tenant(operation)):
                raise InvariantError(f"an open operation keeps nothing and names a tenant: {operation.name}")
            place = (method, operation.path)
            if place in _OPERATIONS:
                raise InvariantError(f"route declared twice: {method} {operation.path}")
            _OPERATIONS[place] = operation
            self.operations.append(operation)
            return handler

        return declare


def _may_wait(operation: Operation) -> bool:
    """Whether what is asked may be kept: by staff, under a permission of its own, and without any secret."""
    return (
        operation.writes
        and operation.realm == STAFF
        and operation.permission not in (PUBLIC, SIGNED_IN, OPEN)
        and not (operation.request and _secret_fields(operation.request))
    )


def _names_tenant(operation: Operation) -> bool:
    model = operation.request or operation.query
    return model is not None and "tenant" in model.model_fields


def _secret_fields(model: type[BaseModel]) -> list[str]:
    return [name for name in model.model_fields if any(word in name for word in SECRET_WORDS)]


def all_operations() -> Iterator[Operation]:
    """Every operation of the bank in the order of path and method, whichever function serves it."""
    declared.load("routes")
    return operations_at_hand()


def operations_at_hand() -> Iterator[Operation]:
    """The operations whose routes have been imported, in the same order."""
    return iter(sorted(_OPERATIONS.values(), key=lambda operation: (operation.path, operation.method)))


def operation_named(name: str) -> Operation:
    """The operation that approvals call by this name."""
    operation = _at_hand(name)
    if operation is None:
        declared.load("routes")
        operation = _at_hand(name)
    if operation is None:
        raise InvariantError(f"no such operation: {name}")
    return operation


def _at_hand(name: str) -> Operation | None:
    return next((operation for operation in _OPERATIONS.values() if operation.name == name), None)
