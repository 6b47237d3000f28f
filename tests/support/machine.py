"""Runs the definition of a state machine as Step Functions would, as far as the bank's own machine goes.

Tasks, choices, maps whose items run at once (as many as ``MaxConcurrency`` says), catches, success and failure.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

Call = Callable[[dict[str, Any]], dict[str, Any]]
"""What a task of the machine calls, with its parameters."""


class Broken(Exception):
    """The machine came to a Fail state."""


def execute(definition: dict[str, Any], given: dict[str, Any], call: Call) -> list[str]:
    """Run the machine from its start; answers the states it went through. Raises Broken."""
    name, data, passed = definition["StartAt"], dict(given), []
    while True:
        state = definition["States"][name]
        passed.append(name)
        if state["Type"] == "Succeed":
            return passed
        if state["Type"] == "Fail":
            raise Broken(state["Error"])
        name = _following(state, data, call)


def _following(state: dict[str, Any], data: dict[str, Any], call: Call) -> str:
    if state["Type"] == "Choice":
        chosen = (
            each["Next"] for each in state["Choices"] if _at(data, each["Variable"]) is each["BooleanEquals"]
        )
        return str(next(chosen, state["Default"]))
    try:
        result = (
            _map(state, data, call) if state["Type"] == "Map" else call(_filled(state["Parameters"], data))
        )
    except Exception as error:
        if "Catch" not in state:
            raise
        data["error"] = {"Error": type(error).__name__, "Cause": str(error)}
        return str(state["Catch"][0]["Next"])
    if state["ResultPath"]:
        data[state["ResultPath"].removeprefix("$.")] = result
    return str(state["Next"])


def _map(state: dict[str, Any], data: dict[str, Any], call: Call) -> list[list[str]]:
    processor, items = state["ItemProcessor"], _at(data, state["ItemsPath"])
    if not items:
        return []
    inputs = [_filled(state["ItemSelector"], {**data, "item": item}) for item in items]
    with ThreadPoolExecutor(min(state["MaxConcurrency"], len(items))) as workers:
        return list(workers.map(lambda each: _item(processor, each, call), inputs))


def _item(processor: dict[str, Any], data: dict[str, Any], call: Call) -> list[str]:
    name = processor["StartAt"]
    call(_filled(processor["States"][name]["Parameters"], data))
    return [name]


def _filled(parameters: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    return {
        name.removesuffix(".$"): _at(data, value) if name.endswith(".$") else value
        for name, value in parameters.items()
    }


def _at(data: dict[str, Any], path: str) -> Any:
    value: Any = data
    for part in path.replace("$$.Map.Item.Value", "$.item").removeprefix("$.").split("."):
        value = value[part]
    return value
