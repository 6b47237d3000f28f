"""Translates a frozen dataclass to a DynamoDB item and back, with code generated once per class.

One declaration serves point reads, transactions and bulk reads (ADR 0002). Stored shapes: text, dates, enums and
decimals as strings, integers as numbers, flags as booleans, everything nested as one JSON string. A value equal to an
empty default (``""``, ``0``, ``False``, ``None``, ``()``) is not stored, which keeps items small.
"""

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from chalicelib.kernel.dataclass import dataclass

Item = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Shape:
    """How one type is stored: the DynamoDB type tag and the two expressions, with ``{}`` for the value."""

    tag: str
    encode: str
    decode: str


SIMPLE = {
    str: Shape("S", "{}", "{}"),
    int: Shape("N", "str({})", "int({})"),
    bool: Shape("BOOL", "{}", "{}"),
    Decimal: Shape("S", "str({})", "Decimal({})"),
    date: Shape("S", "{}.isoformat()", "day({})"),
    datetime: Shape("S", "{}.isoformat()", "instant({})"),
}


def _bare(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, UnionType):
        members = [member for member in get_args(annotation) if member is not NoneType]
        if len(members) == 1:
            return members[0], True
    return annotation, False


def _shape(name: str, annotation: Any, names: dict[str, Any]) -> Shape:
    if annotation in SIMPLE:
        return SIMPLE[annotation]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        names[f"type_{name}"] = annotation
        return Shape("S", "{}.value", f"type_{name}({{}})")
    from pydantic import TypeAdapter

    adapter = TypeAdapter(annotation)
    names[f"dump_{name}"] = lambda value: adapter.dump_json(value).decode()
    names[f"load_{name}"] = adapter.validate_json
    return Shape("S", f"dump_{name}({{}})", f"load_{name}({{}})")


def _default(field: Any) -> Any:
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    return MISSING


@dataclass(frozen=True, slots=True)
class Codec:
    """The two generated functions of a record class."""

    encode: Callable[[Any], Item]
    decode: Callable[[Item], Any]


@cache
def codec_of(record: type) -> Codec:
    """The codec of a dataclass whose fields have the types this module's docstring names."""
    hints = get_type_hints(record)
    names: dict[str, Any] = {
        "cls": record,
        "Decimal": Decimal,
        "day": date.fromisoformat,
        "instant": datetime.fromisoformat,
    }
    writes, reads = [], []
    for field in fields(record):
        bare, optional = _bare(hints[field.name])
        shape = _shape(field.name, bare, names)
        default = _default(field)
        value = f"r.{field.name}"
        stored = f'i["{field.name}"]={{"{shape.tag}":{shape.encode.format(value)}}}'
        omissible = default is not MISSING and not default
        if optional and not omissible:
            writes.append(f" if {value} is not None: {stored}")
        elif omissible:
            writes.append(f" if {value}{' is not None' if optional else ''}: {stored}")
        else:
            writes.append(f" {stored}")
        read = shape.decode.format(f'd["{field.name}"]["{shape.tag}"]')
        if default is MISSING and not optional:
            reads.append(f"{field.name}={read}")
        else:
            names[f"default_{field.name}"] = None if default is MISSING else default
            reads.append(f'{field.name}=({read} if "{field.name}" in d else default_{field.name})')
    source = f"def encode(r):\n i={{}}\n{chr(10).join(writes)}\n return i\n"
    source += f"def decode(d):\n return cls({','.join(reads)})\n"
    exec(source, names)  # noqa: S102 - the source is built from field names of our own classes
    return Codec(names["encode"], names["decode"])
