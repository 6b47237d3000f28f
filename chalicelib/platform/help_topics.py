"""Help on a field of any form: what it is called, what it means, which values it takes now (GEN-27).

A screen is an operation (``parties.register_party``) or a parameter kind; the declaration of the field says which
values there are (a closed list, or the codes of another kind by ``ref``), the catalogue says the words.
"""

from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from chalicelib.kernel.errors import InvariantError, NotFound
from chalicelib.platform.http.routes import operation_named
from chalicelib.platform.parameters import forms
from chalicelib.platform.parameters.kinds import UnknownKind, kind_of
from chalicelib.platform.schemas.texts import Choice, HelpTopic
from chalicelib.platform.work import UnitOfWork


class UnknownField(NotFound):
    """No form has this field."""

    code = "unknown_field_of_form"


def topic(work: UnitOfWork, screen: str, field: str) -> HelpTopic:
    """The help on a field, which may be written with its path (``bands.rate``). Raises UnknownField."""
    model = _owner(_model(screen), field)
    declared = model.model_fields[_leaf(field)]
    return HelpTopic(
        screen=screen,
        field=field,
        label=forms.label_of_field(work, screen, field),
        help=forms.help_on_field(work, screen, field),
        values=_values(work, screen, field, model, declared),
    )


def _model(screen: str) -> type[BaseModel]:
    try:
        return kind_of(screen).model
    except UnknownKind:
        pass
    try:
        model = operation_named(screen).request
    except InvariantError:
        raise UnknownField("screen", name=screen) from None
    if model is None:
        raise UnknownField("screen", name=screen)
    return model


def _owner(model: type[BaseModel], path: str) -> type[BaseModel]:
    """The model that has the last field of a path. Raises UnknownField."""
    name, _, rest = path.partition(".")
    declared = model.model_fields.get(name)
    inner = _model_in(declared.annotation) if declared and rest else model
    if declared is None or inner is None:
        raise UnknownField("field", name=path)
    return _owner(inner, rest) if rest else model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model of an annotation: itself, of its rows, or of what may be left blank."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _leaf(path: str) -> str:
    return path.rpartition(".")[2]


def _values(
    work: UnitOfWork, screen: str, field: str, model: type[BaseModel], declared: FieldInfo
) -> list[Choice]:
    extra = declared.json_schema_extra
    reference = extra.get("ref") if isinstance(extra, dict) else None
    if isinstance(reference, str):
        return [Choice(**value) for value in forms.values_of(work, reference)]
    schema = model.model_json_schema()
    named = schema["properties"].get(_leaf(field), {})
    options = _enumerated(named, schema.get("$defs", {}))
    return [Choice(value=str(o), label=forms.label_of_option(work, screen, field, str(o))) for o in options]


def _enumerated(node: dict[str, Any], definitions: dict[str, Any]) -> list[Any]:
    if "$ref" in node:
        return _enumerated(definitions[node["$ref"].rpartition("/")[2]], definitions)
    for choice in (*node.get("anyOf", ()), *([node["items"]] if "items" in node else [])):
        if found := _enumerated(choice, definitions):
            return found
    return list(node.get("enum", []))
