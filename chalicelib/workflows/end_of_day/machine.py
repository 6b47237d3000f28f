"""The state machine of the end of day: one definition for AWS, the local cloud and the tests (ASL, JSONPath)."""

from typing import Any

INLINE_PIECES = 40
RETRY = [
    {
        "ErrorEquals": [
            "States.TaskFailed",
            "Runtime.HandlerError",
            "Lambda.ServiceException",
            "States.Timeout",
        ],
        "IntervalSeconds": 1,
        "MaxAttempts": 2,
        "BackoffRate": 2.0,
    }
]
RETRY_UNTIL_NOTED = [
    {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 8, "BackoffRate": 2.0}
]
"""Some eight minutes: a run whose failure nobody notes stays "running" until somebody asks to retry it."""
CATCH = [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Failed"}]
GO_ON = [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Finish"}]
"""The day is closed and the next one open: what reports lack is shown in the run and made by a retry."""


def definition(function_arn: str) -> dict[str, Any]:
    """The machine with the closing function in it. Its input is ``{tenant, run_id}``."""
    return {
        "Comment": "End of day: cut over, close by pieces, settle, conclude, close the ledgers, prove, open, report.",
        "StartAt": "Begin",
        "States": {
            "Begin": _task(function_arn, "begin", following="Pieces", result="$.plan"),
            "Pieces": {
                "Type": "Choice",
                "Choices": [
                    {"Variable": "$.plan.many", "BooleanEquals": True, "Next": "ClosePiecesDistributed"}
                ],
                "Default": "ClosePieces",
            },
            "ClosePieces": _map(function_arn, "piece", "$.plan.pieces", following="SettleBranches"),
            "ClosePiecesDistributed": _map(
                function_arn, "piece", "$.plan.pieces", following="SettleBranches", mode="DISTRIBUTED"
            ),
            "SettleBranches": _map(function_arn, "settle", "$.plan.ledgers", following="Conclude"),
            "Conclude": _task(function_arn, "conclude", following="CloseLedgers"),
            "CloseLedgers": _map(function_arn, "ledger", "$.plan.ledgers", following="Prove"),
            "Prove": _task(function_arn, "prove", following="OpenBranches"),
            "OpenBranches": _map(function_arn, "open", "$.plan.openings", following="DueReports"),
            "DueReports": _task(
                function_arn, "due_reports", following="Reports", result="$.due", catch=GO_ON
            ),
            "Reports": _map(function_arn, "report", "$.due.reports", following="Finish", catch=GO_ON),
            "Finish": _task(function_arn, "finish", following="Done"),
            "Done": {"Type": "Succeed"},
            "Failed": {
                "Type": "Task",
                "Resource": function_arn,
                "Parameters": {
                    "task": "failed",
                    "tenant.$": "$.tenant",
                    "run_id.$": "$.run_id",
                    "part": "",
                    "error.$": "$.error",
                },
                "ResultPath": None,
                "TimeoutSeconds": 900,
                "Retry": RETRY_UNTIL_NOTED,
                "Next": "Broken",
            },
            "Broken": {
                "Type": "Fail",
                "Error": "ClosingFailed",
                "Cause": "A step failed; the run can be resumed.",
            },
        },
    }


def _task(
    function_arn: str,
    task: str,
    following: str,
    result: str | None = None,
    catch: list[dict[str, Any]] = CATCH,
) -> dict[str, Any]:
    return {
        "Type": "Task",
        "Resource": function_arn,
        "Parameters": {"task": task, "tenant.$": "$.tenant", "run_id.$": "$.run_id", "part": ""},
        "ResultPath": result,
        "TimeoutSeconds": 900,
        "Retry": RETRY,
        "Catch": catch,
        "Next": following,
    }


def _map(
    function_arn: str,
    task: str,
    items: str,
    following: str,
    mode: str = "INLINE",
    catch: list[dict[str, Any]] = CATCH,
) -> dict[str, Any]:
    processor: dict[str, Any] = {"Mode": mode}
    if mode == "DISTRIBUTED":
        processor["ExecutionType"] = "STANDARD"
    step = {
        "Type": "Task",
        "Resource": function_arn,
        "Parameters": {"task": task, "tenant.$": "$.tenant", "run_id.$": "$.run_id", "part.$": "$.part"},
        "ResultPath": None,
        "TimeoutSeconds": 900,
        "Retry": RETRY,
        "End": True,
    }
    return {
        "Type": "Map",
        "ItemsPath": items,
        "ItemSelector": {"tenant.$": "$.tenant", "run_id.$": "$.run_id", "part.$": "$$.Map.Item.Value"},
        "MaxConcurrency": INLINE_PIECES if mode == "INLINE" else 1000,
        "ItemProcessor": {
            "ProcessorConfig": processor,
            "StartAt": task.title(),
            "States": {task.title(): step},
        },
        "ResultPath": None,
        "Catch": catch,
        "Next": following,
    }
