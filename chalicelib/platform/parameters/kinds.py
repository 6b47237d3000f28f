"""The register of parameter kinds: every piece of a tenant's configuration is a parameter set of one of them.

A module declares its kinds once; versioned storage, effective dates, approval, difference, import and export,
JSON Schema and the console's forms follow from the declaration.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, get_args, get_origin

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import InvariantError, NotFound
from chalicelib.kernel.plan import Plan
from chalicelib.platform import declared


class UnknownKind(NotFound):
    """No parameter kind has this name."""

    code = "unknown_parameter_kind"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of parameter set.

    ``scopes`` says where a set may be overridden (``tenant`` always; ``branch`` for branch-specific sets);
    ``singleton`` kinds have the one code ``main``; ``approval`` kinds take effect when a second person approves.
    ``readers`` are permissions whose holders read it for their work, besides those who may read every parameter.
    """

    name: str
    model: type[Plan]
    scopes: tuple[str, ...] = ("tenant",)
    singleton: bool = False
    approval: bool = True
    readers: tuple[str, ...] = ()


Rule = Callable[[Any, str, Any, date], None]
"""``rule(parameters in force, code, model, first day)`` raises what the set is refused for."""

_KINDS: dict[str, Kind] = {}
_RULES: dict[str, Rule] = {}
_CALLED: dict[str, str] = {}


def register(
    name: str,
    model: type[Plan],
    *,
    scopes: tuple[str, ...] = ("tenant",),
    singleton: bool = False,
    approval: bool = True,
    readers: tuple[str, ...] = (),
) -> None:
    """Declare a kind. Declaring the same name for another model is a broken invariant."""
    known = _KINDS.get(name)
    if known and known.model is not model:
        raise InvariantError(f"parameter kind declared twice: {name}")
    _KINDS[name] = Kind(name, model, scopes, singleton, approval, readers)


def declare(plans: ModuleType) -> None:
    """Declare every kind of a module's ``plans``: its KINDS, SINGLETONS, SCOPES and READERS."""
    for name, model in plans.KINDS.items():
        register(
            name,
            model,
            scopes=getattr(plans, "SCOPES", {}).get(name, ("tenant",)),
            singleton=name in getattr(plans, "SINGLETONS", ()),
            readers=getattr(plans, "READERS", {}).get(name, ()),
        )


def require(name: str, rule: Rule) -> None:
    """Declare what a set must satisfy among the tenant's others, such as being the only head office."""
    _RULES[name] = rule


def call(name: str, key: str) -> None:
    """Declare which text says what a set without a name of its own is called, such as ``operation.{code}``."""
    _CALLED[name] = key


def key_of_name(name: str, code: str) -> str:
    """The key of the text that says what a set without a name of its own is called; empty where none does."""
    return _CALLED.get(name, "").format(code=code)


def check_among_others(config: Any, kind: Kind, code: str, body: dict[str, Any], on: date) -> None:
    """Raises what the kind's rule refuses a valid body for."""
    declared.load("rules")
    rule = _RULES.get(kind.name)
    if rule:
        rule(config, code, kind.model.model_validate(body), on)


def kind_of(name: str) -> Kind:
    """The kind with this name. Raises UnknownKind."""
    kind = _find(name)
    if kind is None:
        raise UnknownKind("kind", kind=name)
    return kind


def _find(name: str) -> Kind | None:
    owner = name.partition(".")[0]
    if name not in _KINDS and owner in declared.PARTS:
        _load(owner)
    return _KINDS.get(name)


@cache
def _load(part: str) -> None:
    """The kinds of one part, or of all: a module's plans declare nothing themselves, they are pure."""
    declared.load("kinds", part)
    for file in declared.files("kinds", part):
        plans = import_module(file)
        if hasattr(plans, "KINDS"):
            declare(plans)


def all_kinds() -> Iterator[Kind]:
    """Every kind in the order of its name."""
    _load("")
    return iter(sorted(_KINDS.values(), key=lambda kind: kind.name))


def still_known(name: str, body: dict[str, Any]) -> dict[str, Any]:
    """A stored body without the fields that its kind had under an earlier release and has no more."""
    kind = _find(name)
    return _known_part(kind.model, body) if kind else body


def _known_part(model: type[Plan], body: dict[str, Any]) -> dict[str, Any]:
    fields = model.model_fields
    return {
        name: _known_value(fields[name].annotation, value) for name, value in body.items() if name in fields
    }


def _known_value(annotation: Any, value: Any) -> Any:
    inner = _plan_in(annotation)
    if inner is None or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return [_known_part(inner, each) if isinstance(each, dict) else each for each in value]
    if get_origin(annotation) is dict:
        return {
            key: _known_part(inner, each) if isinstance(each, dict) else each for key, each in value.items()
        }
    return _known_part(inner, value)


@cache
def _plan_in(annotation: Any) -> type[Plan] | None:
    """The one plan that an annotation holds; None where it holds none or several."""
    found, waiting = set(), [annotation]
    while waiting:
        part = waiting.pop()
        if isinstance(part, type) and issubclass(part, Plan):
            found.add(part)
        waiting += get_args(part)
    return found.pop() if len(found) == 1 else None


def references(model: type[Plan], body: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(dotted field, kind, code) of each reference that a body makes to another parameter set."""
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra
        target = extra.get("ref") if isinstance(extra, dict) else None
        value = body.get(name)
        if isinstance(target, str) and value:
            for code in value if isinstance(value, list) else [value]:
                yield name, target, str(code)
        for path, nested_model, nested in _nested(name, field.annotation, value):
            for inner, kind, code in references(nested_model, nested):
                yield f"{path}.{inner}", kind, code


def _nested(name: str, annotation: Any, value: Any) -> Iterator[tuple[str, type[Plan], dict[str, Any]]]:
    model = next(
        (m for m in (annotation, *get_args(annotation)) if isinstance(m, type) and issubclass(m, Plan)), None
    )
    if model is None or not value:
        return
    if isinstance(value, dict) and set(value) <= set(model.model_fields):
        yield name, model, value
    elif isinstance(value, list):
        for position, row in enumerate(value):
            if isinstance(row, dict):
                yield f"{name}.{position}", model, row
