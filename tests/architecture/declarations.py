"""What the code declares that needs words: errors, permissions, reports, read from the source without importing it."""

import ast
import re
from collections.abc import Iterable

from tests.architecture.source import full_name

ERROR_ROOT = "BankError"
FIELD_PROBLEM = "FieldProblem"
REPORT = "Report"
PERMISSION = re.compile(r"[a-z_]+(\.[a-z_]+)+")
ID_PREFIX = re.compile(r"[a-z][a-z0-9]+")
REFUSED_VALUE = re.compile(r"([a-z]+(_[a-z]+)*)(:.*)?")


def error_codes(trees: Iterable[ast.Module]) -> set[str]:
    """Codes of the classes that descend from BankError."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    errors = {ERROR_ROOT}
    while found := {c.name for c in classes if c.name not in errors and bases(c) & errors}:
        errors |= found
    return {code for c in classes if c.name in errors and (code := _own_code(c))}


def field_codes(trees: Iterable[ast.Module]) -> set[str]:
    """Codes of what is wrong with one field: ``FieldProblem(path, "code")``, a validator's ``ValueError("code")``."""
    trees = list(trees)
    problems = (_constant(call, "code", position=1) for tree in trees for call in _calls(tree, FIELD_PROBLEM))
    values = (_constant(call, position=0) for tree in trees for call in _calls(tree, "ValueError"))
    refused = (REFUSED_VALUE.fullmatch(text) for text in values if text)
    return {code for code in problems if code} | {match[1] for match in refused if match}


def required_permissions(trees: Iterable[ast.Module]) -> set[str]:
    """Permissions that routes ask for: ``permission="module.operation"``."""
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {code for call in calls if (code := _constant(call, "permission")) and PERMISSION.fullmatch(code)}


def declared_permissions(trees: Iterable[ast.Module]) -> set[str]:
    """Permissions that modules name in their ``permissions.py``."""
    constants = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    texts = (node.value for node in constants if isinstance(node.value, str))
    return {text for text in texts if PERMISSION.fullmatch(text)}


def reports(trees: Iterable[ast.Module]) -> set[str]:
    """Codes of the declared reports."""
    declared = {_constant(call, "code", position=0) for tree in trees for call in _calls(tree, REPORT)}
    return {code for code in declared if code}


def audited_names(trees: Iterable[ast.Module]) -> set[str]:
    """What the bank itself puts on record under a name of its own: ``audit.record(work, "onboarding.apply", …)``."""
    return {
        name
        for tree in trees
        for call in _calls(tree, "record")
        if full_name(call.func, {}) == "audit.record" and (name := _constant(call, "function", position=1))
    }


def id_prefixes(trees: Iterable[ast.Module]) -> set[str]:
    """What ids begin with: the text in ``new_id("hld")`` and ``derived_id("run", …)``, or the constant named there."""
    trees = list(trees)
    calls = [call for tree in trees for name in ("new_id", "derived_id") for call in _calls(tree, name)]
    named = {full_name(call.args[0], {}).rpartition(".")[2] for call in calls if call.args} - {""}
    written = {prefix for call in calls if (prefix := _constant(call, position=0))}
    constants = {prefix for tree in trees for prefix in _constants(tree, named)}
    return {prefix for prefix in written | constants if ID_PREFIX.fullmatch(prefix)}


def _constants(tree: ast.Module, names: set[str]) -> Iterable[str]:
    """The texts that a file gives to constants of these names."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            given = {target.id for target in statement.targets if isinstance(target, ast.Name)}
            if given & names and isinstance(statement.value.value, str):
                yield statement.value.value


def bases(node: ast.ClassDef) -> set[str]:
    """Last names of a class's bases: ``errors.Conflict`` is ``Conflict``."""
    return {full_name(base, {}).rpartition(".")[2] for base in node.bases}


def _own_code(node: ast.ClassDef) -> str | None:
    for statement in node.body:
        targets = (
            statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        )
        named = any(isinstance(target, ast.Name) and target.id == "code" for target in targets)
        value = getattr(statement, "value", None)
        if named and isinstance(value, ast.Constant) and isinstance(value.value, str):
            return value.value
    return None


def _calls(tree: ast.Module, name: str) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if full_name(call.func, {}).rpartition(".")[2] == name]


def _constant(call: ast.Call, keyword: str = "", *, position: int | None = None) -> str | None:
    values = [given.value for given in call.keywords if given.arg == keyword]
    if position is not None and len(call.args) > position:
        values.append(call.args[position])
    return next((v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)), None)
