"""A parameter kind as a form: its JSON Schema with what each field is called, means and may hold, in one language.

Texts are ``fields.<kind>.<field>.label|help`` and ``….options.<value>``; a nested field is written with its path
(``bands.rate``). A text that several kinds share may stand under ``fields.<field>``.
"""

from collections.abc import Iterator
from typing import Any

from chalicelib.kernel.names import name_in
from chalicelib.platform import wording
from chalicelib.platform.parameters import kinds
from chalicelib.platform.parameters.kinds import Kind, kind_of
from chalicelib.platform.today import today_for
from chalicelib.platform.work import UnitOfWork

MOST_VALUES = 1000
MOST_DEPTH = 8


def schema_of(work: UnitOfWork, kind_name: str) -> dict[str, Any]:
    """The JSON Schema of a kind with labels, help, options and the codes that references may take now."""
    kind = kind_of(kind_name)
    written = kind.model.model_json_schema(mode="validation")
    schema = _Form(work, kind, written.get("$defs", {})).described(written, "", 0)
    schema.pop("$defs", None)
    schema |= {
        "kind": kind.name,
        "title": label_of_kind(work, kind.name),
        "description": help_on_kind(work, kind.name),
        "scopes": list(kind.scopes),
        "singleton": kind.singleton,
        "requires_approval": kind.approval,
        "earliest_effective_from": today_for(work, kind.name).isoformat(),
        "languages": list(work.context.tenant.languages),
    }
    return schema


def label_of_kind(work: UnitOfWork, kind: str) -> str:
    """What a kind is called."""
    return wording.find(work, f"kinds.{kind}.label") or _readable(kind.rpartition(".")[2])


def help_on_kind(work: UnitOfWork, kind: str) -> str:
    """What a kind is for; empty where no text says so."""
    return wording.find(work, f"kinds.{kind}.help") or ""


def label_of_set(work: UnitOfWork, kind: str, code: str, body: dict[str, Any]) -> str:
    """What a set is called: its names, its name, what its kind is called by, or its code."""
    names, name = body.get("names"), body.get("name")
    if isinstance(names, dict) and names:
        return name_in(names, work.context.language)
    if isinstance(name, str) and name:
        return name
    return wording.find(work, kinds.key_of_name(kind, code)) or code


def label_of_field(work: UnitOfWork, owner: str, path: str) -> str:
    """What a field of a kind or of an operation is called."""
    return _text(work, owner, path, "label") or _readable(path.rpartition(".")[2])


def help_on_field(work: UnitOfWork, owner: str, path: str) -> str:
    """What a field means; empty where no text says so."""
    return _text(work, owner, path, "help") or ""


def label_of_option(work: UnitOfWork, owner: str, path: str, value: str) -> str:
    """What a value of a closed list is called."""
    return _text(work, owner, path, f"options.{value}") or wording.find(work, f"options.{value}") or value


def values_of(work: UnitOfWork, kind: str) -> list[dict[str, str]]:
    """The codes that a reference to a kind may take now, each with its name."""
    found: list[dict[str, str]] = []
    for code, model in work.config.all(kind, today_for(work, kind)):
        found.append({"value": code, "label": label_of_set(work, kind, code, model.to_body())})
        if len(found) == MOST_VALUES:
            break
    return found


def _text(work: UnitOfWork, owner: str, path: str, part: str) -> str | None:
    for key in _places(owner, path):
        if words := wording.find(work, f"fields.{key}.{part}"):
            return words
    return None


def _places(owner: str, path: str) -> Iterator[str]:
    field = path.rpartition(".")[2]
    yield from dict.fromkeys(
        (f"{owner}.{path}", f"{owner}.{field}", f"{owner.partition('.')[0]}.{field}", field)
    )


def _readable(name: str) -> str:
    return name.replace("_", " ").capitalize()


class _Form:
    """Writes the words into a schema while it puts every definition where it is used."""

    def __init__(self, work: UnitOfWork, kind: Kind, definitions: dict[str, Any]) -> None:
        self.work, self.kind, self.definitions = work, kind, definitions

    def described(self, node: dict[str, Any], path: str, depth: int) -> dict[str, Any]:
        node = self._inlined(node)
        if depth > MOST_DEPTH:
            return {"type": "object"}
        if "properties" in node:
            node["properties"] = {
                name: self._field(inner, f"{path}.{name}" if path else name, depth)
                for name, inner in node["properties"].items()
            }
        for name in ("items", "additionalProperties"):
            if isinstance(node.get(name), dict):
                node[name] = self.described(node[name], path, depth + 1)
        if "anyOf" in node:
            node["anyOf"] = [self.described(choice, path, depth + 1) for choice in node["anyOf"]]
        if "enum" in node and path:
            node["options"] = [
                {"value": value, "label": label_of_option(self.work, self.kind.name, path, str(value))}
                for value in node["enum"]
            ]
        return node

    def _field(self, node: dict[str, Any], path: str, depth: int) -> dict[str, Any]:
        node = self.described(node, path, depth + 1)
        node["title"] = label_of_field(self.work, self.kind.name, path)
        node.pop("description", None)
        if words := help_on_field(self.work, self.kind.name, path):
            node["description"] = words
        if isinstance(node.get("ref"), str):
            node["values"] = values_of(self.work, node["ref"])
        if path.rpartition(".")[2] == "names" and node.get("type") == "object":
            node["format"] = "names"
        return node

    def _inlined(self, node: dict[str, Any]) -> dict[str, Any]:
        node = dict(node)
        while "$ref" in node:
            reference = node.pop("$ref").rpartition("/")[2]
            node = {**self.definitions[reference], **node}
        return node
