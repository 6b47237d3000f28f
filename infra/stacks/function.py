"""A function of the bank: the one zip under a role of its own, its log group, and what it finds in its environment."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra import names, permissions
from infra.nag import acknowledge, wildcard
from infra.paths import ZIP
from infra.settings import Installation
from infra.stacks.data import Data

ROTATES_KEYS = frozenset({"platform"})
RUNS_CLOSING = frozenset({"platform", "closing"})

TRACING = {"IAM5[Resource::*]": "Traces and deliveries of logs have no resource that a policy could name."}
RUNTIME = {"L1": "The dependencies are locked and tested for Python 3.11; the runtime changes with the lock."}

_RETENTION = {
    1: logs.RetentionDays.ONE_DAY,
    14: logs.RetentionDays.TWO_WEEKS,
    30: logs.RetentionDays.ONE_MONTH,
    365: logs.RetentionDays.ONE_YEAR,
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What differs between functions; ``module`` says what the function imports when it starts."""

    handler: str
    memory_mb: int
    timeout_seconds: int
    module: str


def log_group(scope: Construct, id: str, name: str, installation: Installation, data: Data) -> logs.LogGroup:
    """A log group that forgets after the stage's retention, encrypted with the installation's key."""
    return logs.LogGroup(
        scope,
        id,
        log_group_name=name,
        retention=_RETENTION[installation.stage.log_retention_days],
        encryption_key=data.key,
        removal_policy=RemovalPolicy.RETAIN if installation.stage.protected else RemovalPolicy.DESTROY,
    )


def run_machine_findings(stack: Stack, installation: Installation) -> dict[str, str]:
    """What cdk-nag finds in the statement that runs the machine, with the reason."""
    executions = f"{names.machine_arn(stack, installation).replace(':stateMachine:', ':execution:')}:*"
    return {
        wildcard(stack, executions): "Executions of this one machine; their names are not known beforehand."
    }


def environment(
    stack: Stack, installation: Installation, data: Data, function: str, shape: Shape
) -> dict[str, str]:
    """The environment of a function; locally the tenant role is empty, because nothing there would enforce it."""
    local = installation.stage.local
    return {
        "MINGA_MODULE": shape.module,
        "MINGA_PREFIX": installation.prefix,
        "MINGA_STAGE": installation.stage.name,
        "MINGA_CLOSING_MACHINE_ARN": names.machine_arn(stack, installation),
        "MINGA_FILES_BUCKET": data.files.bucket_name,
        "MINGA_SIGNING_SECRET": names.signing_secret_name(installation),
        "MINGA_TENANT_ROLE_ARN": "" if local else data.tenant_role.role_arn,
        "MINGA_FROM_EMAIL": names.sender(installation),
        "MINGA_EVENT_BUS": names.event_bus_name(installation),
        "POWERTOOLS_SERVICE_NAME": function,
        "POWERTOOLS_METRICS_NAMESPACE": "Minga",
        "POWERTOOLS_LOG_LEVEL": "INFO",
        **({"POWERTOOLS_TRACE_DISABLED": "true"} if local else {}),
    }


class BankFunction(Construct):
    """A Lambda function that reaches tenants' data only as the tenant role."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        installation: Installation,
        data: Data,
        name: str,
        shape: Shape,
        extra: Sequence[iam.PolicyStatement] = (),
    ) -> None:
        super().__init__(scope, id)
        stack = Stack.of(self)
        full_name = names.function_name(installation, name)
        self.logs = log_group(self, "Logs", f"/aws/lambda/{full_name}", installation, data)
        self.role = iam.Role(
            self,
            "Role",
            role_name=names.function_role_name(installation, name),
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        )
        self.logs.grant_write(self.role)
        for statement in [*self._statements(stack, installation, data, name), *extra]:
            self.role.add_to_principal_policy(statement)
        self.function = lambda_.Function(
            self,
            "Function",
            function_name=full_name,
            runtime=lambda_.Runtime.PYTHON_3_11,
            architecture=lambda_.Architecture.X86_64,
            handler=shape.handler,
            code=lambda_.Code.from_asset(str(ZIP)),
            role=self.role,
            memory_size=shape.memory_mb,
            timeout=Duration.seconds(shape.timeout_seconds),
            environment=environment(stack, installation, data, name, shape),
            log_group=self.logs,
            tracing=lambda_.Tracing.ACTIVE,
        )
        machine = run_machine_findings(stack, installation) if name in RUNS_CLOSING else {}
        acknowledge(self, {**TRACING, **RUNTIME, **machine})

    @staticmethod
    def _statements(
        stack: Stack, installation: Installation, data: Data, name: str
    ) -> list[iam.PolicyStatement]:
        statements = [
            permissions.become_tenant(data.tenant_role.role_arn),
            permissions.signing_keys(data.signing_keys.secret_arn, rotates=name in ROTATES_KEYS),
            permissions.use_key(data.key.key_arn, stack.region),
        ]
        if name in RUNS_CLOSING:
            statements.append(permissions.run_machine(names.machine_arn(stack, installation)))
        return statements
