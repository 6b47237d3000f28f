"""What wakes somebody up, and the page that person looks at first."""

from collections.abc import Iterable

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra import names
from infra.settings import Installation
from infra.stacks.bank_stack import BankStack
from infra.stacks.data import Data

FIVE_MINUTES = Duration.minutes(5)


def metric(namespace: str, name: str, statistic: str, **dimensions: str) -> cloudwatch.Metric:
    """A metric over five minutes."""
    return cloudwatch.Metric(
        namespace=namespace,
        metric_name=name,
        statistic=statistic,
        period=FIVE_MINUTES,
        dimensions_map=dimensions,
    )


class Watch(BankStack):
    """Alarms and dashboard of one installation. It refers to everything by name."""

    def __init__(
        self, scope: Construct, installation: Installation, *, data: Data, modules: Iterable[str]
    ) -> None:
        super().__init__(scope, installation, "watch")
        self.modules = sorted(modules)
        self.functions = [
            names.function_name(installation, name) for name in [*self.modules, "closing", "outbox"]
        ]
        self.machine = names.machine_arn(self, installation)
        self.topic = sns.Topic(
            self, "Alarms", topic_name=f"{installation.prefix}-alarms", master_key=data.key, enforce_ssl=True
        )
        if installation.stage.alarm_email:
            self.topic.add_subscription(subscriptions.EmailSubscription(installation.stage.alarm_email))
        self._function_alarms()
        self._api_alarms()
        self._closing_alarms()
        self._table_alarms()
        self._dashboard()

    def _alarm(
        self, name: str, measured: cloudwatch.Metric, above: float, description: str, periods: int = 1
    ) -> None:
        alarm = cloudwatch.Alarm(
            self,
            name,
            alarm_name=f"{self.installation.prefix}-{name}",
            alarm_description=description,
            metric=measured,
            threshold=above,
            evaluation_periods=periods,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))

    def _function_alarms(self) -> None:
        for name in self.functions:
            for kind in ("Errors", "Throttles"):
                measured = metric("AWS/Lambda", kind, "Sum", FunctionName=name)
                self._alarm(f"{name}-{kind.lower()}", measured, 0, f"{name}: {kind.lower()} in five minutes")

    def _api_alarms(self) -> None:
        for module in self.modules:
            name = names.function_name(self.installation, module)
            measured = metric("AWS/ApiGateway", "5XXError", "Sum", ApiName=name, Stage="live")
            self._alarm(f"{name}-5xx", measured, 0, f"{name}: requests that ended in a server error")
            slow = metric("AWS/ApiGateway", "Latency", "p99", ApiName=name, Stage="live")
            self._alarm(
                f"{name}-latency", slow, 3000, f"{name}: one request in a hundred takes over 3 s", periods=3
            )

    def _closing_alarms(self) -> None:
        for kind in ("ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"):
            measured = metric("AWS/States", kind, "Sum", StateMachineArn=self.machine)
            self._alarm(kind, measured, 0, "An end of day stopped; docs/end-of-day.md says how it is resumed")
        queue = f"{self.installation.prefix}-dead-letters"
        depth = metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", QueueName=queue)
        self._alarm(
            "dead-letters", depth, 0, "Events that could not be delivered wait in the queue of dead letters"
        )
        outbox = names.function_name(self.installation, "outbox")
        age = metric("AWS/Lambda", "IteratorAge", "Maximum", FunctionName=outbox)
        self._alarm("outbox-age", age, 300_000, "The outbox is more than five minutes behind the journal")

    def _table_alarms(self) -> None:
        for name in names.TABLES:
            table = f"{self.installation.prefix}-{name}"
            for kind in ("ReadThrottleEvents", "WriteThrottleEvents"):
                measured = metric("AWS/DynamoDB", kind, "Sum", TableName=table)
                self._alarm(f"{table}-{kind}", measured, 10, f"{table} refuses requests", periods=2)

    def _dashboard(self) -> None:
        board = cloudwatch.Dashboard(self, "Dashboard", dashboard_name=self.installation.prefix)
        calls = [metric("AWS/Lambda", "Invocations", "Sum", FunctionName=name) for name in self.functions]
        errors = [metric("AWS/Lambda", "Errors", "Sum", FunctionName=name) for name in self.functions]
        slow = [metric("AWS/Lambda", "Duration", "p99", FunctionName=name) for name in self.functions]
        runs = [
            metric("AWS/States", kind, "Sum", StateMachineArn=self.machine)
            for kind in ("ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed")
        ]
        duration = metric("AWS/States", "ExecutionTime", "Maximum", StateMachineArn=self.machine)
        tables = [f"{self.installation.prefix}-{name}" for name in names.TABLES]
        reads = [
            metric("AWS/DynamoDB", "ConsumedReadCapacityUnits", "Sum", TableName=name) for name in tables
        ]
        writes = [
            metric("AWS/DynamoDB", "ConsumedWriteCapacityUnits", "Sum", TableName=name) for name in tables
        ]
        rows = [
            [("Calls", calls), ("Errors", errors), ("Slowest one in a hundred, ms", slow)],
            [("End of day", runs), ("Longest end of day, ms", [duration])],
            [("Read units", reads), ("Write units", writes)],
        ]
        for row in rows:
            board.add_widgets(
                *[cloudwatch.GraphWidget(title=title, left=left, width=24 // len(row)) for title, left in row]
            )
