"""The body of a function's API in API Gateway: every route of the function, integrated as a Lambda proxy."""

import re
from typing import Any

from infra.application import Routes
from infra.problems import GATEWAY_PROBLEMS, MEDIA_TYPE

_PARAMETER = re.compile(r"{(\w+)}")

GATEWAY_RESPONSES = {
    kind: {
        "statusCode": problem.status,
        "responseTemplates": {"application/json": problem.body("$context.requestId")},
        "responseParameters": {"gatewayresponse.header.Content-Type": f"'{MEDIA_TYPE}'"},
    }
    for kind, problem in GATEWAY_PROBLEMS.items()
}


def _operation(path: str, integration: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {"responses": {}, "x-amazon-apigateway-integration": integration}
    if names := _PARAMETER.findall(path):
        operation["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names
        ]
    return operation


def body(title: str, routes: Routes, function_uri: str) -> dict[str, Any]:
    """The OpenAPI document that API Gateway imports. ``function_uri`` is the invocation address of the Lambda."""
    integration = {
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": function_uri,
        "passthroughBehavior": "when_no_match",
        "timeoutInMillis": 29000,
    }
    return {
        "openapi": "3.0.1",
        "info": {"title": title, "version": "1"},
        "paths": {
            path: {method.lower(): _operation(path, integration) for method in methods}
            for path, methods in routes.items()
        },
        "x-amazon-apigateway-gateway-responses": GATEWAY_RESPONSES,
    }
