"""What the infrastructure reads of the application."""

import json
from typing import Any

import pytest

from infra import openapi
from infra.application import Application, RouteConflict, by_function, function_of


@pytest.mark.parametrize(
    ("path", "function"),
    [
        ("/v1/deposits/accounts/{id}", "deposits"),
        ("/v1/member_portal/sessions", "member_portal"),
        ("/v1/platform/health", "platform"),
        ("/v1/access/sessions", "platform"),
        ("/v1/openapi.json", "platform"),
    ],
)
def test_first_segment_names_the_function(path: str, function: str) -> None:
    assert function_of(path) == function


@pytest.mark.parametrize("path", ["/", "/health", "/v2/deposits", "/v1"])
def test_routes_outside_the_version_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="outside /v1"):
        function_of(path)


def test_routes_are_grouped_by_function_in_a_stable_order() -> None:
    routes = {"/v1/b/y": ["POST", "GET"], "/v1/a/{id}": ["DELETE"], "/v1/b/x": ["PUT"]}
    assert by_function(routes) == {
        "a": {"/v1/a/{id}": ["DELETE"]},
        "b": {"/v1/b/x": ["PUT"], "/v1/b/y": ["GET", "POST"]},
    }


def test_two_names_for_one_path_parameter_are_refused() -> None:
    with pytest.raises(RouteConflict, match=r"/v1/a/\{code\}\|\{id\}"):
        by_function(
            {"/v1/a/{id}": ["GET"], "/v1/a/{code}/versions": ["GET"], "/v1/a/{code}/versions/{id}": ["GET"]}
        )


def test_application_survives_its_text() -> None:
    application = Application({"a": {"/v1/a": ["GET"]}}, {"StartAt": "X"}, {"due": "rate(1 hour)"})
    assert Application.from_json(application.to_json()) == application


def _body() -> dict[str, Any]:
    return openapi.body("minga a", {"/v1/a/{id}/b/{kind}": ["GET", "POST"], "/v1/a": ["GET"]}, "arn:uri")


def test_every_route_is_a_proxy_to_the_function() -> None:
    operations = [operation for path in _body()["paths"].values() for operation in path.values()]
    assert len(operations) == 3
    assert {operation["x-amazon-apigateway-integration"]["uri"] for operation in operations} == {"arn:uri"}
    assert {operation["x-amazon-apigateway-integration"]["type"] for operation in operations} == {"aws_proxy"}


def test_path_parameters_are_declared() -> None:
    parameters = _body()["paths"]["/v1/a/{id}/b/{kind}"]["post"]["parameters"]
    assert [parameter["name"] for parameter in parameters] == ["id", "kind"]
    assert "parameters" not in _body()["paths"]["/v1/a"]["get"]


def test_gateway_answers_with_problems() -> None:
    for response in _body()["x-amazon-apigateway-gateway-responses"].values():
        problem = json.loads(response["responseTemplates"]["application/json"])
        assert problem["status"] == response["statusCode"]
        assert problem["code"]
        assert response["responseParameters"] == {
            "gatewayresponse.header.Content-Type": "'application/problem+json'"
        }
