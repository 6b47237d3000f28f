"""One module of the bank: its function and its API, joined with the others under one domain."""

import hashlib

from aws_cdk import CfnOutput, Size
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_wafv2 as wafv2
from constructs import Construct

from infra import names, openapi
from infra.application import Routes
from infra.headers import COMPRESSED_FROM_BYTES
from infra.nag import acknowledge
from infra.problems import GATEWAY_PROBLEMS, MEDIA_TYPE
from infra.settings import Installation
from infra.stacks.bank_stack import BankStack
from infra.stacks.data import Data
from infra.stacks.function import BankFunction, Shape, log_group

API_STAGE = "live"
API_TIMEOUT_SECONDS = 29


def base_paths(routes: Routes) -> list[str]:
    """The first two segments of the routes (``v1/deposits``): what sends a request to this API."""
    return sorted({"/".join(path.strip("/").split("/")[:2]) for path in routes})


def priority(name: str) -> int:
    """A rule's place, from the module's name alone: a new module must not renumber the others."""
    return 1000 + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % 900_000


class Module(BankStack):
    """The function of one module and its REST API. ``web_acl_arn`` is empty where nothing guards the API."""

    def __init__(
        self,
        scope: Construct,
        installation: Installation,
        *,
        data: Data,
        name: str,
        routes: Routes,
        web_acl_arn: str = "",
    ) -> None:
        super().__init__(scope, installation, name.replace("_", "-"))
        self.name = name
        shape = Shape("app.app", installation.stage.function_memory_mb, API_TIMEOUT_SECONDS, module=name)
        self.bank = BankFunction(self, "Bank", installation=installation, data=data, name=name, shape=shape)
        self.api = self._api(routes, data)
        self.bank.function.add_permission(
            "Gateway",
            principal=iam.ServicePrincipal("apigateway.amazonaws.com"),
            source_arn=self.api.arn_for_execute_api(),
        )
        CfnOutput(self, "ApiId", value=self.api.rest_api_id)
        CfnOutput(self, "BasePaths", value=",".join(base_paths(routes)))
        if web_acl_arn:
            self._guard(web_acl_arn)
        if not installation.stage.local:
            self._join(routes)

    def _api(self, routes: Routes, data: Data) -> apigateway.SpecRestApi:
        stage = self.installation.stage
        uri = (
            f"arn:{self.partition}:apigateway:{self.region}:lambda:path/2015-03-31/functions/"
            f"{self.bank.function.function_arn}/invocations"
        )
        logs = log_group(
            self, "Access", f"/minga/api/{self.bank.function.function_name}", self.installation, data
        )
        api = apigateway.SpecRestApi(
            self,
            "Api",
            rest_api_name=names.function_name(self.installation, self.name),
            api_definition=apigateway.ApiDefinition.from_inline(
                openapi.body(f"minga {self.name}", routes, uri)
            ),
            binary_media_types=["*/*"],
            min_compression_size=Size.bytes(COMPRESSED_FROM_BYTES),
            endpoint_types=[apigateway.EndpointType.REGIONAL],
            disable_execute_api_endpoint=not stage.local,
            fail_on_warnings=True,
            deploy_options=apigateway.StageOptions(
                stage_name=API_STAGE,
                access_log_destination=apigateway.LogGroupLogDestination(logs),
                access_log_format=apigateway.AccessLogFormat.json_with_standard_fields(
                    caller=False,
                    http_method=True,
                    ip=True,
                    protocol=True,
                    request_time=True,
                    resource_path=True,
                    response_length=True,
                    status=True,
                    user=False,
                ),
                logging_level=apigateway.MethodLoggingLevel.ERROR,
                metrics_enabled=True,
                tracing_enabled=True,
                throttling_rate_limit=stage.requests_per_second,
                throttling_burst_limit=stage.requests_burst,
            ),
        )
        if stage.local:
            self._repeat_problems(api)
        acknowledge(
            api, {"APIG2": "Requests are validated by the function, which names every wrong field at once."}
        )
        return api

    @staticmethod
    def _repeat_problems(api: apigateway.SpecRestApi) -> None:
        """MiniStack does not read the gateway's own responses from the API's body."""
        for kind, problem in GATEWAY_PROBLEMS.items():
            api.add_gateway_response(
                kind.title().replace("_", ""),
                type=apigateway.ResponseType.of(kind),
                status_code=str(problem.status),
                response_headers={"Content-Type": f"'{MEDIA_TYPE}'"},
                templates={"application/json": problem.body("$context.requestId")},
            )
        acknowledge(api, {"W3660": "The same responses stand in the body."}, "CloudFormation-Validate::")

    def _guard(self, web_acl_arn: str) -> None:
        arn = f"arn:{self.partition}:apigateway:{self.region}::/restapis/{self.api.rest_api_id}/stages/{API_STAGE}"
        guard = wafv2.CfnWebACLAssociation(self, "Guard", resource_arn=arn, web_acl_arn=web_acl_arn)
        guard.node.add_dependency(self.api.deployment_stage)

    def _join(self, routes: Routes) -> None:
        action = apigatewayv2.CfnRoutingRule.ActionProperty(
            invoke_api=apigatewayv2.CfnRoutingRule.ActionInvokeApiProperty(
                api_id=self.api.rest_api_id, stage=API_STAGE, strip_base_path=False
            )
        )
        condition = apigatewayv2.CfnRoutingRule.ConditionProperty(
            match_base_paths=apigatewayv2.CfnRoutingRule.MatchBasePathsProperty(any_of=base_paths(routes))
        )
        rule = apigatewayv2.CfnRoutingRule(
            self,
            "Route",
            domain_name_arn=names.api_domain_arn(self, self.installation),
            priority=priority(self.name),
            conditions=[condition],
            actions=[action],
        )
        rule.node.add_dependency(self.api.deployment_stage)
