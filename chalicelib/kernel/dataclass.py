"""``dataclass`` of the standard library, whose methods are written when they are first used.

The standard decorator writes and compiles every method of every class at import, which was half of a cold start: a
function knows hundreds of classes and makes instances of a few (ADR 17). Here the standard library reads the fields,
and the same methods are compiled at their first use. Type checkers see the standard decorator; ``field``, ``fields``,
``replace`` and ``asdict`` are the standard ones.
"""

import dataclasses
import sys
from collections.abc import Callable
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

_Writer = Callable[[type, str], Callable[..., Any]]


class _Factory:
    """Default of a field whose default is made for each instance."""

    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()


class _Unwritten:
    """Stands in a class for a method until it is first used, and then leaves its place to it."""

    __slots__ = ("_cls", "_name", "_write")

    def __init__(self, cls: type, name: str, write: _Writer) -> None:
        self._cls, self._name, self._write = cls, name, write

    def __get__(self, instance: object, owner: type) -> Any:
        method = self._write(self._cls, self._name)
        method.__qualname__ = f"{self._cls.__qualname__}.{self._name}"
        setattr(self._cls, self._name, method)
        return method if instance is None else method.__get__(instance, owner)


def _compiled(cls: type, name: str, arguments: list[str], lines: list[str], values: dict[str, Any]) -> Any:
    """A method in the namespace of its class's module, with ``values`` bound around it."""
    body = "".join(f"  {line}\n" for line in lines or ["pass"])
    source = f"def around({','.join(values)}):\n def {name}({','.join(arguments)}):\n{body} return {name}"
    made: dict[str, Any] = {}
    exec(source, sys.modules[cls.__module__].__dict__, made)  # noqa: S102 - made of field names of our own classes
    return made["around"](**values)


def _init(cls: type, name: str) -> Callable[..., Any]:
    arguments, lines, annotations = ["self"], [], {}
    values: dict[str, Any] = {}
    for field in dataclasses.fields(cls):
        value = field.name
        if field.default_factory is not dataclasses.MISSING:
            values |= {f"_make_{field.name}": field.default_factory, "_FACTORY": _FACTORY}
            value = f"_make_{field.name}()"
        if field.init:
            argument = field.name
            if field.default_factory is not dataclasses.MISSING:
                argument += "=_FACTORY"
                value += f" if {field.name} is _FACTORY else {field.name}"
            elif field.default is not dataclasses.MISSING:
                values[f"_default_{field.name}"] = field.default
                argument += f"=_default_{field.name}"
            arguments.append(argument)
            annotations[field.name] = field.type
        elif field.default is not dataclasses.MISSING:
            values[f"_default_{field.name}"] = field.default
            value = f"_default_{field.name}"
        elif field.default_factory is dataclasses.MISSING:
            continue
        values[f"_set_{field.name}"] = getattr(cls, field.name).__set__
        lines.append(f"_set_{field.name}(self,{value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    method = _compiled(cls, name, arguments, lines, values)
    method.__annotations__ = {**annotations, "return": None}
    return method  # type: ignore[no-any-return]


def _compared(cls: type) -> list[str]:
    return [field.name for field in dataclasses.fields(cls) if field.compare]


def _eq(cls: type, name: str) -> Callable[..., Any]:
    ours, theirs = (
        "(" + "".join(f"{side}.{field}," for field in _compared(cls)) + ")" for side in ("self", "other")
    )
    lines = ["if other.__class__ is self.__class__:", f" return {ours}=={theirs}", "return NotImplemented"]
    return _compiled(cls, name, ["self", "other"], lines, {})  # type: ignore[no-any-return]


def _hash(cls: type, name: str) -> Callable[..., Any]:
    hashed = (
        field.name
        for field in dataclasses.fields(cls)
        if (field.compare if field.hash is None else field.hash)
    )
    values = "".join(f"self.{field}," for field in hashed)
    return _compiled(cls, name, ["self"], [f"return hash(({values}))"], {})  # type: ignore[no-any-return]


@recursive_repr()
def _repr(self: Any) -> str:
    shown = [field.name for field in dataclasses.fields(self) if field.repr]
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def _refuse_set(self: object, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_FROZEN = {
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_delete,
    "__getstate__": _state,
    "__setstate__": _restore,
}

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, slots: bool, frozen: bool = False) -> Callable[[type], type]:
        """``dataclasses.dataclass(slots=True, frozen=…)``; every class here has slots, and no field by keyword only."""

        def make(cls: type) -> type:
            own = {name for name, value in cls.__dict__.items() if name != "__hash__" or value is not None}
            made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
            methods = {
                "__init__": _Unwritten(made, "__init__", _init),
                "__eq__": _Unwritten(made, "__eq__", _eq),
                "__hash__": _Unwritten(made, "__hash__", _hash) if frozen else None,
                "__repr__": _repr,
                **(_FROZEN if frozen else {}),
            }
            for name, method in methods.items():
                if name not in own:
                    setattr(made, name, method)
            return made

        return make
