"""The end of day: the task function, the state machine that fans it out, the schedule, and the outbox."""

import json
from typing import Any

from aws_cdk import CfnOutput, Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

from infra import names, permissions
from infra.application import Application
from infra.nag import acknowledge
from infra.settings import Installation
from infra.stacks.bank_stack import BankStack
from infra.stacks.data import Data
from infra.stacks.function import TRACING, BankFunction, Shape, log_group, run_machine_findings

CLOSING_TIMEOUT_SECONDS = 900
OUTBOX_TIMEOUT_SECONDS = 60


class Closing(BankStack):
    """The functions without an API, and what sets them off."""

    def __init__(
        self, scope: Construct, installation: Installation, *, data: Data, application: Application
    ) -> None:
        super().__init__(scope, installation, "closing")
        self.data = data
        self.dead_letters = self._dead_letters()
        self.bus = events.EventBus(
            self,
            "Bus",
            event_bus_name=names.event_bus_name(installation),
            description="Everything that happens in the bank, for whoever subscribes",
        )
        self.task = self._task()
        self.machine = self._machine(application.machine)
        self._outbox()
        for task, expression in application.schedules.items():
            self._schedule(task, expression)
        CfnOutput(self, "MachineArn", value=self.machine.state_machine_arn)

    def _dead_letters(self) -> sqs.Queue:
        queue = sqs.Queue(
            self,
            "DeadLetters",
            queue_name=f"{self.installation.prefix}-dead-letters",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
        )
        acknowledge(queue, {"SQS3": "It is the queue of dead letters itself; an alarm watches its depth."})
        return queue

    def _task(self) -> BankFunction:
        stage = self.installation.stage
        return BankFunction(
            self,
            "Task",
            installation=self.installation,
            data=self.data,
            name="closing",
            shape=Shape("app.closing", stage.closing_memory_mb, CLOSING_TIMEOUT_SECONDS, module="closing"),
        )

    def _machine(self, definition: dict[str, Any]) -> stepfunctions.StateMachine:
        name = names.machine_name(self.installation)
        logs = log_group(self, "MachineLogs", f"/aws/vendedlogs/states/{name}", self.installation, self.data)
        machine = stepfunctions.StateMachine(
            self,
            "Machine",
            state_machine_name=name,
            definition_body=stepfunctions.DefinitionBody.from_string(json.dumps(definition, sort_keys=True)),
            definition_substitutions={"ClosingFunctionArn": self.task.function.function_arn},
            tracing_enabled=True,
            logs=stepfunctions.LogOptions(
                destination=logs, level=stepfunctions.LogLevel.ALL, include_execution_data=False
            ),
        )
        machine.add_to_role_policy(
            permissions.allow("CallTask", ["lambda:InvokeFunction"], [self.task.function.function_arn])
        )
        machine.add_to_role_policy(permissions.run_machine(names.machine_arn(self, self.installation)))
        acknowledge(machine, {**run_machine_findings(self, self.installation), **TRACING})
        return machine

    def _outbox(self) -> None:
        identity = (
            f"arn:{self.partition}:ses:{self.region}:{self.account}:identity/{self.installation.stage.domain}"
        )
        from_address = names.sender(self.installation)
        outbox = BankFunction(
            self,
            "Outbox",
            installation=self.installation,
            data=self.data,
            name="outbox",
            shape=Shape(
                "app.outbox",
                self.installation.stage.function_memory_mb,
                OUTBOX_TIMEOUT_SECONDS,
                module="outbox",
            ),
            extra=[
                *permissions.send_messages(identity, from_address, self.partition),
                permissions.allow("Publish", ["events:PutEvents"], [self.bus.event_bus_arn]),
            ],
        )
        outbox.function.add_event_source(
            sources.DynamoEventSource(
                self.data.tables["journal"],
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                batch_size=100,
                max_batching_window=Duration.seconds(0 if self.installation.stage.local else 1),
                bisect_batch_on_error=True,
                retry_attempts=5,
                report_batch_item_failures=True,
                on_failure=sources.SqsDlq(self.dead_letters),
            )
        )

    def _schedule(self, task: str, expression: str) -> None:
        target = targets.LambdaFunction(
            self.task.function,
            event=events.RuleTargetInput.from_object({"task": task}),
            dead_letter_queue=self.dead_letters,
            retry_attempts=2,
        )
        events.Rule(
            self,
            task.title().replace("_", ""),
            rule_name=f"{self.installation.prefix}-{task.replace('_', '-')}",
            schedule=events.Schedule.expression(expression),
            enabled=not self.installation.stage.local,
            targets=[target],
        )
