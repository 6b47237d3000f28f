"""A parameter that nothing reads is a promise that nobody keeps: every field of every kind is used outside its plan."""

import ast
from collections.abc import Iterator
from typing import get_args

from chalicelib.kernel.plan import Plan
from chalicelib.platform.parameters.kinds import all_kinds
from tests.architecture.source import python_files, tree_of

DESCRIBES = {
    "Institution": {"licence_number", "segment", "website"},
    "Branch": {"branch_type", "geo_unit", "opening_hours"},
    "RegulatoryFigure": {"norm"},
    "LifeTable": {"insurer"},
    "DepositPlan": {"credit_method"},
}
"""What only describes, and is read by people where the set itself is shown. A plan's method of interest says that its
bands come from an interest code, and is refused without one.
"""


def plans() -> dict[str, type[Plan]]:
    """Every plan of a kind, and those within it, by name."""
    found: dict[str, type[Plan]] = {}
    waiting = [kind.model for kind in all_kinds()]
    while waiting:
        plan = waiting.pop()
        if plan.__name__ not in found:
            found[plan.__name__] = plan
            waiting += [inner for field in plan.model_fields.values() for inner in inside(field.annotation)]
    return found


def inside(annotation: object) -> Iterator[type[Plan]]:
    """The plans that an annotation holds."""
    if isinstance(annotation, type) and issubclass(annotation, Plan):
        yield annotation
    for part in get_args(annotation):
        yield from inside(part)


def names_used(tree: ast.AST, plan_names: set[str]) -> Iterator[str]:
    """Attributes and strings of a module, without the declarations and validators of plans."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef) and node.name in plan_names:
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and not is_validator(method):
                    yield from names_used(method, plan_names)
            continue
        if isinstance(node, ast.Attribute):
            yield node.attr
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        yield from names_used(node, plan_names)


def is_validator(method: ast.FunctionDef) -> bool:
    return any("validator" in ast.unparse(each) for each in method.decorator_list)


def without_effect(trees: list[ast.Module]) -> dict[str, set[str]]:
    """Plan → fields that no line of the code reads."""
    known = plans()
    used = {name for tree in trees for name in names_used(tree, set(known))}
    idle = {name: set(plan.model_fields) - used - DESCRIBES.get(name, set()) for name, plan in known.items()}
    return {name: fields for name, fields in idle.items() if fields}


def test_every_parameter_has_an_effect() -> None:
    assert without_effect([tree_of(path) for path in python_files("chalicelib")]) == {}


SEEDED = """
class Terms(Plan):
    limit: int = 3
    days: int = 5
    silent: bool = False

    @field_validator("silent")
    def _check(cls, silent): return cls.silent

    def most(self): return self.limit

def due(terms): return terms.days
"""


def test_a_parameter_that_only_its_own_validator_reads_has_none() -> None:
    assert {"limit", "days", "silent"} & set(names_used(ast.parse(SEEDED), {"Terms"})) == {"limit", "days"}
