"""Help on a field of any form: what it is called, what it means, which values it takes now (GEN-27).

A screen is an operation (``parties.register_party``) or a parameter kind; the declaration of the field says which
values there are (a closed list, or the codes of another kind by ``ref``), the catalogue says the words.
"""

from typing import Any

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
    """The help on a field. Raises UnknownField."""
    model = _model(screen)
    declared = _field(model, field)
    return HelpTopic(
        screen=screen,
        field=field,
        label=forms.label_of_field(work, screen, field),
        help=forms.help_on_field(work, screen, field),
        values=_values(work, screen, field, model, declared),
    )


def _model(screen: str) -> type[BaseModel]:
    from chalicelib.platform.http.application import load

    try:
        return kind_of(screen).model
    except UnknownKind:
        load()
    try:
        model = operation_named(screen).request
    except InvariantError:
        raise UnknownField("screen", name=screen) from None
    if model is None:
        raise UnknownField("screen", name=screen)
    return model


def _field(model: type[BaseModel], path: str) -> FieldInfo:
    declared = model.model_fields.get(path.partition(".")[0])
    if declared is None:
        raise UnknownField("field", name=path)
    return declared


def _values(
    work: UnitOfWork, screen: str, field: str, model: type[BaseModel], declared: FieldInfo
) -> list[Choice]:
    extra = declared.json_schema_extra
    reference = extra.get("ref") if isinstance(extra, dict) else None
    if isinstance(reference, str):
        return [Choice(**value) for value in forms.values_of(work, reference)]
    schema = model.model_json_schema()
    named = schema["properties"].get(field.partition(".")[0], {})
    options = _enumerated(named, schema.get("$defs", {}))
    return [Choice(value=str(o), label=forms.label_of_option(work, screen, field, str(o))) for o in options]


def _enumerated(node: dict[str, Any], definitions: dict[str, Any]) -> list[Any]:
    if "$ref" in node:
        return _enumerated(definitions[node["$ref"].rpartition("/")[2]], definitions)
    for choice in (*node.get("anyOf", ()), *([node["items"]] if "items" in node else [])):
        if found := _enumerated(choice, definitions):
            return found
    return list(node.get("enum", []))
