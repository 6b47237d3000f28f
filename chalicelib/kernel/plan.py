"""Plans: what a product or a parameter set is, as frozen validated data.

A plan declares its fields with `term()`, which carries the unit, whether an account inherits it and may
override it, and what it refers to; storage, approval, forms and help are derived from that by the platform.
Labels and help texts live in the catalogues (`fields.<kind>.<field>.label`), never here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

T = TypeVar("T")

PERCENT_DECIMALS = 6
AMOUNT_DECIMALS = 6
AMOUNT_INTEGER_DIGITS = 24


def term(
    default: Any = ...,
    *,
    unit: str | None = None,
    inheritable: bool = False,
    overridable: bool = False,
    ref: str | None = None,
    secret: bool = False,
    ceiling: bool = False,
    common: bool = False,
    **constraints: Any,
) -> Any:
    """A field of a plan; without a default it is required.

    unit: "money", "percent", "days", "months", "count", …  inheritable: an account copies it when it opens.
    overridable: an account may set its own at opening (implies inheritable).  ref: the kind of parameter set
    whose code it holds.  secret: never shown nor logged.  ceiling: the tenant's value is the most that a narrower
    scope, such as a branch, may set.  common: every scope has the tenant's value.  constraints: those of
    pydantic's Field (ge, le, pattern, min_length, default_factory, …).
    """
    described: dict[str, str | bool | None] = {
        "unit": unit,
        "inheritable": inheritable or overridable,
        "overridable": overridable,
        "ref": ref,
        "secret": secret,
        "ceiling": ceiling,
        "common": common,
    }
    extra: JsonDict = {name: value for name, value in described.items() if value}
    if "default_factory" not in constraints:
        constraints["default"] = default
    return Field(**constraints, repr=not secret, json_schema_extra=extra)


class Plan(BaseModel):
    """Base of every plan and parameter set: immutable, without unknown fields, without floats."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _refuse_floats(cls, body: Any) -> Any:
        path = _float_in(body)
        if path is not None:
            raise PydanticCustomError(
                "float_refused", "write numbers with decimals as text ({path})", {"path": path}
            )
        return body

    @classmethod
    def fields_inheritable(cls) -> tuple[str, ...]:
        """Names of the fields an account copies from the plan when it opens."""
        return _fields_with(cls, "inheritable")

    @classmethod
    def fields_overridable(cls) -> tuple[str, ...]:
        """Names of the fields an account may set for itself at opening."""
        return _fields_with(cls, "overridable")

    @classmethod
    def fields_common(cls) -> tuple[str, ...]:
        """Names of the fields that are the same in every scope."""
        return _fields_with(cls, "common")

    def within(self, wider: Plan) -> Plan:
        """This set with each of its ceilings no higher than in a wider scope's; one left blank is the wider one's.

        What is common to all scopes is the wider one's too.
        """
        caps = {name: getattr(wider, name) for name in _fields_with(type(self), "ceiling")}
        own = {name: getattr(self, name) for name in caps}
        lower = {
            name: cap
            for name, cap in caps.items()
            if cap is not None and (own[name] is None or own[name] > cap)
        }
        shared = {
            name: getattr(wider, name)
            for name in self.fields_common()
            if getattr(self, name) != getattr(wider, name)
        }
        return self.model_copy(update=lower | shared) if lower or shared else self

    @classmethod
    def references(cls) -> dict[str, str]:
        """Field name → kind of parameter set it refers to."""
        extras = ((name, field.json_schema_extra) for name, field in cls.model_fields.items())
        return {
            name: str(extra["ref"]) for name, extra in extras if isinstance(extra, dict) and "ref" in extra
        }

    def to_body(self) -> dict[str, Any]:
        """The plan as plain JSON values: decimals and dates as text."""
        return self.model_dump(mode="json")


@cache
def _fields_with(plan: type[Plan], flag: str) -> tuple[str, ...]:
    extras = ((name, field.json_schema_extra) for name, field in plan.model_fields.items())
    return tuple(name for name, extra in extras if isinstance(extra, dict) and extra.get(flag))


def _float_in(value: Any) -> str | None:
    """Dotted path of the first float inside plain data, or None."""
    pairs: Any
    if isinstance(value, Mapping):
        pairs = value.items()
    elif isinstance(value, list | tuple):
        pairs = enumerate(value)
    else:
        return None
    for name, inner in pairs:
        if isinstance(inner, float):
            return str(name)
        path = _float_in(inner)
        if path is not None:
            return f"{name}.{path}"
    return None


# -- values -------------------------------------------------------------------------------------------------


def _exact(value: Any, decimals: int, integer_digits: int) -> Decimal:
    """A decimal from text, integer or Decimal; floats, exponents and excess digits are refused."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise PydanticCustomError("decimal_text", "must be a decimal number written as text")
    text = value if isinstance(value, str) else f"{Decimal(value):f}"
    whole, _, fraction = text.removeprefix("-").partition(".")
    if not (whole.isascii() and whole.isdigit()) or (
        "." in text and not (fraction.isascii() and fraction.isdigit())
    ):
        raise PydanticCustomError("decimal_text", "must be a decimal number written as text")
    if len(whole.lstrip("0")) > integer_digits or len(fraction.rstrip("0")) > decimals:
        raise PydanticCustomError(
            "decimal_digits",
            "at most {integers} digits before the point and {decimals} after it",
            {"integers": integer_digits, "decimals": decimals},
        )
    return Decimal(text)


def _percent(value: Any) -> Decimal:
    return _exact(value, PERCENT_DECIMALS, 6)


def _amount(value: Any) -> Decimal:
    return _exact(value, AMOUNT_DECIMALS, AMOUNT_INTEGER_DIGITS)


def _plain(value: Decimal) -> str:
    return f"{value:f}"


Percent = Annotated[
    Decimal,
    BeforeValidator(_percent),
    PlainSerializer(_plain, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "percent", "pattern": r"^-?\d{1,6}(\.\d{1,6})?$"}),
]
"""A percentage with at most six decimals ("3.5" is 3.5 %), kept as Decimal and written as text."""

Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    PlainSerializer(_plain, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "amount", "pattern": r"^-?\d{1,24}(\.\d{1,6})?$"}),
]
"""An amount in major units of the plan's currency, kept as Decimal and written as text; `Money.of(it,
currency)`.
"""


class Dated(Plan, Generic[T]):
    """A value that holds from a date on: `scheduled_rates: tuple[Dated[Percent], ...]`."""

    effective_from: date
    value: T


def value_on(steps: Sequence[Dated[T]], on: date) -> T | None:
    """The value of the latest step that is effective on the date; None before the first. Any order."""
    past = [step for step in steps if step.effective_from <= on]
    return max(past, key=lambda step: step.effective_from).value if past else None


# -- differences --------------------------------------------------------------------------------------------


class Change(NamedTuple):
    """A field that differs: its dotted path and both values; None stands for absent."""

    field: str
    before: Any
    after: Any


def diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What changed between two bodies, recursively, by dotted path ("bands.1.rate"), in field order."""
    return _changes("", old, new)


def _changes(path: str, before: Any, after: Any) -> list[Change]:
    if before == after and type(before) is type(after):
        return []
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        names: Sequence[Any] = list(dict.fromkeys([*before, *after]))
        old, new = before.get, after.get
    elif isinstance(before, list | tuple) and isinstance(after, list | tuple):
        names = range(max(len(before), len(after)))
        old, new = dict(enumerate(before)).get, dict(enumerate(after)).get
    else:
        return [Change(path, before, after)]
    prefix = f"{path}." if path else ""
    return [change for name in names for change in _changes(f"{prefix}{name}", old(name), new(name))]
