"""Makes the Chalice application of one module, or of all."""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import unquote

from chalice.app import Chalice, Response

from chalicelib.kernel.errors import InvariantError
from chalicelib.platform import declared
from chalicelib.platform.http.call import Answer, Call
from chalicelib.platform.http.pipeline import execute
from chalicelib.platform.http.routes import Operation, operations_at_hand

SCHEDULED = {"start_due_runs": "rate(15 minutes)"}
"""Tasks of the closing function that the clock starts, with their EventBridge expressions."""
VIEWER_ADDRESS = "x-viewer-address"
"""Set by the portals' front door, which stands before the gateway."""
WITHOUT_ROUTES = {
    "closing": "chalicelib.workflows.end_of_day.tasks",
    "outbox": "chalicelib.platform.outbox",
}
"""Functions that no route leads to, and what they do."""


def build() -> tuple[Chalice, Callable[..., Any], Callable[..., Any]]:
    """(the application, the handler of closing tasks, the handler of the journal's stream)."""
    application = Chalice(app_name="minga", configure_logs=False)
    _import_work_of(os.environ.get("MINGA_MODULE", ""))
    for operation in operations_at_hand():
        _mount(application, operation)
    return application, _closing, _outbox


def _import_work_of(function: str) -> None:
    """The routes of one module, or of all; the platform's function serves those of workflows too."""
    if function in WITHOUT_ROUTES:
        import_module(WITHOUT_ROUTES[function])
        return
    if function and function not in declared.PARTS:
        raise InvariantError(f"MINGA_MODULE names no function: {function}")
    declared.load("routes", function)
    if function == "platform":
        declared.load("routes", "workflows")


def _closing(event: dict[str, Any], context: Any) -> Any:
    if event.get("task") in SCHEDULED:
        return import_module("chalicelib.workflows.end_of_day.schedule").start_due_runs(event)
    return import_module(WITHOUT_ROUTES["closing"]).run(event)


def _outbox(event: dict[str, Any], context: Any) -> Any:
    return import_module(WITHOUT_ROUTES["outbox"]).publish(event)


def _mount(application: Chalice, operation: Operation) -> None:
    def view(**path: str) -> Response:
        values = {name: unquote(value) for name, value in path.items()}
        return _response(execute(operation, _call(application.current_request, values)))

    view.__name__ = operation.name.replace(".", "_")
    application.route(operation.path, methods=[operation.method], name=view.__name__)(view)


def _call(request: Any, path: dict[str, str]) -> Call:
    context = request.context or {}
    identity = context.get("identity") or {}
    headers = {name.lower(): value for name, value in (request.headers or {}).items()}
    return Call(
        request_id=context.get("requestId", ""),
        headers=headers,
        path=path,
        query=dict(request.query_params or {}),
        body=request.raw_body or b"",
        address=headers.get(VIEWER_ADDRESS) or identity.get("sourceIp", ""),
    )


def _response(answer: Answer) -> Response:
    return Response(body=answer.body, status_code=answer.status, headers=dict(answer.headers))
