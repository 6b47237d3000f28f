"""The stub's state machine: a plan, a nested fan-out with retry, an end."""

RETRY = {
    "ErrorEquals": ["PieceFailed", "Runtime.HandlerError", "States.TaskFailed"],
    "IntervalSeconds": 1,
    "MaxAttempts": 2,
    "BackoffRate": 1.0,
}


def definition(function_arn):
    """The machine in Amazon States Language, calling the closing function."""
    base = {"Type": "Task", "Resource": function_arn}
    work = {
        **base,
        "Parameters": {"task": "work", "run_id.$": "$.run_id", "piece.$": "$.piece"},
        "Retry": [RETRY],
        "End": True,
    }
    phase = {
        "Type": "Map",
        "ItemsPath": "$.plan.pieces",
        "ItemSelector": {"run_id.$": "$.run_id", "piece.$": "$$.Map.Item.Value"},
        "MaxConcurrency": 8,
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "INLINE"},
            "StartAt": "Work",
            "States": {"Work": work},
        },
        "ResultPath": "$.worked",
        "End": True,
    }
    plan = {**base, "Parameters": {"task": "plan"}, "ResultPath": "$.plan", "Next": "Pieces"}
    phases = {
        "Type": "Map",
        "ItemsPath": "$.phases",
        "ItemSelector": {"run_id.$": "$.run_id", "phase.$": "$$.Map.Item.Value"},
        "MaxConcurrency": 1,
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "INLINE"},
            "StartAt": "Plan",
            "States": {"Plan": plan, "Pieces": phase},
        },
        "ResultPath": None,
        "Next": "Finish",
    }
    finish = {**base, "Parameters": {"task": "finish"}, "End": True}
    return {"StartAt": "Phases", "States": {"Phases": phases, "Finish": finish}}
