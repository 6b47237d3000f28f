"""Our ``dataclass`` against the standard library's: the same class in all that can be seen, written when it is used."""

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
import threading
from collections.abc import Callable
from dataclasses import field
from typing import Any

import pytest

import chalicelib
from chalicelib.kernel.dataclass import dataclass

Decorator = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Band:
    lower: int
    upper: int | None = None
    marks: list[str] = field(default_factory=list)
    note: str = field(default="", repr=False, compare=False)
    width: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", (self.upper or self.lower) - self.lower)


@dataclass(frozen=True, slots=True)
class Wider(Band):
    upper: int | None = 9
    step: int = 1


@dataclass(slots=True)
class Count:
    name: str
    read: int = 0


@dataclass(frozen=True, slots=True)
class Nothing:
    """No field at all."""


@dataclass(frozen=True, slots=True)
class Named:
    code: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and self.code.lower() == other.code.lower()

    def __hash__(self) -> int:
        return hash(self.code.lower())


@dataclass(frozen=True, slots=True)
class Alike:
    """As the standard decorator, a frozen class with an equality of its own gets a hash."""

    code: str
    set_code: str = ""
    rows: list[str] = field(default_factory=list, hash=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alike) and self.code == other.code


@dataclass(slots=True)
class Node:
    name: str
    after: Any = None


def classes() -> list[type]:
    """Every dataclass of the bank."""
    found: dict[str, type] = {}
    for each in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        for value in vars(importlib.import_module(each.name)).values():
            if isinstance(value, type) and "__dataclass_fields__" in vars(value):
                found[f"{value.__module__}.{value.__qualname__}"] = value
    return [cls for name, cls in sorted(found.items()) if name.startswith("chalicelib.")]


def twin(cls: Any, frozen: bool) -> Any:
    """The class of the same fields that the standard library makes."""
    fields = []
    for each in dataclasses.fields(cls):
        kept = {
            name: getattr(each, name) for name in ("default", "default_factory", "init", "repr", "compare")
        }
        fields.append((each.name, each.type, field(**kept)))
    return dataclasses.make_dataclass(cls.__name__, fields, frozen=frozen, slots=True)


def test_every_class_of_the_bank_is_made_like_the_standard_librarys() -> None:
    every = classes()
    assert len(every) > 300
    for cls in every:
        theirs = twin(cls, frozen=True)
        assert str(inspect.signature(cls)) == str(inspect.signature(theirs)), cls
        assert cls.__match_args__ == theirs.__match_args__, cls  # type: ignore[attr-defined]
        assert "__slots__" in vars(cls), cls
        assert not cls.__dataclass_params__.init, f"{cls} is not made by chalicelib.kernel.dataclass"  # type: ignore[attr-defined]
        assert not any(each.kw_only for each in dataclasses.fields(cls)), cls  # is not made
        frozen = cls.__setattr__ is not object.__setattr__
        bases = [base for base in cls.__mro__[1:] if dataclasses.is_dataclass(base)]
        assert all((base.__setattr__ is not object.__setattr__) is frozen for base in bases), cls
        for name in ("__eq__", "__hash__"):
            assert getattr(cls, name) is None or callable(getattr(cls, name)), cls


def test_fields_take_defaults_and_made_values() -> None:
    one, other = Band(1), Band(1, 4, note="x")
    assert (one.upper, one.marks, one.width) == (None, [], 0)
    assert (other.width, other.note) == (3, "x")
    assert one.marks is not Band(1).marks
    kept: list[str] = []
    assert Band(1, marks=kept).marks is kept
    assert Wider(1).width == 8
    assert Nothing() == Nothing()


@pytest.mark.parametrize(
    "arguments", [((), {}), ((1, 2, [], "", 4), {}), ((1,), {"width": 3}), ((1,), {"other": 3})]
)
def test_wrong_arguments_are_refused(arguments: tuple[tuple[Any, ...], dict[str, Any]]) -> None:
    positional, named = arguments
    with pytest.raises(TypeError):
        Band(*positional, **named)


def test_a_frozen_value_cannot_be_changed() -> None:
    band = Band(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'lower'"):
        band.lower = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'lower'"):
        del band.lower
    with pytest.raises(dataclasses.FrozenInstanceError):
        band.unknown = 2  # type: ignore[attr-defined]
    assert band.lower == 1


def test_values_compare_and_hash_by_their_compared_fields() -> None:
    assert Band(1, note="a") == Band(1, note="b")
    assert Band(1) != Band(2)
    assert Band(1, 9) != Wider(1, 9)
    assert Band(1).__eq__(1) is NotImplemented
    assert hash(Named("a")) == hash(Named("A"))
    assert Named("a") == Named("A")
    assert len({Money(1), Money(1), Money(2)}) == 2
    assert Alike("a", "b", ["c"]).set_code == "b"
    assert hash(Alike("a", "b", ["c"])) == hash(Alike("a", "b", ["d"]))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Count("a"))


@dataclass(frozen=True, slots=True)
class Money:
    minor: int


def test_what_may_change_changes() -> None:
    count = Count("a")
    count.read += 2
    assert count == Count("a", 2)
    with pytest.raises(AttributeError):
        count.other = 1  # type: ignore[attr-defined]


def test_values_are_shown_as_the_standard_library_shows_them() -> None:
    assert repr(Band(1, 4, ["a"], "hidden")) == "Band(lower=1, upper=4, marks=['a'], width=3)"
    node = Node("a")
    node.after = node
    assert repr(node) == "Node(name='a', after=...)"


@pytest.mark.parametrize("value", [Band(1, 4, ["a"], "n"), Wider(2), Count("a", 3), Nothing(), Named("x")])
def test_values_are_copied_pickled_replaced_and_read(value: Any) -> None:
    assert copy.copy(value) == value
    assert copy.deepcopy(value) == value
    assert pickle.loads(pickle.dumps(value)) == value
    assert dataclasses.replace(value) == value
    assert list(dataclasses.asdict(value)) == [each.name for each in dataclasses.fields(value)]


def test_a_copy_keeps_the_fields_that_are_not_compared() -> None:
    assert pickle.loads(pickle.dumps(Band(1, note="n"))).note == "n"


def test_patterns_match_by_position() -> None:
    match Count("a", 3):
        case Count(name, read):
            assert (name, read) == ("a", 3)


def test_methods_are_written_at_their_first_use_and_kept() -> None:
    @dataclass(frozen=True, slots=True)
    class Late:
        minor: int

    assert not inspect.isfunction(Late.__dict__["__init__"])
    assert Late(3) == Late(3)
    assert inspect.isfunction(Late.__dict__["__init__"])
    assert inspect.isfunction(Late.__dict__["__eq__"])
    assert Late.__init__.__qualname__.endswith("Late.__init__")


def test_many_may_make_the_first_one_at_once() -> None:
    for _ in range(20):

        @dataclass(frozen=True, slots=True)
        class Late:
            minor: int
            code: str = ""

        made: list[Any] = []
        start = threading.Barrier(8)

        def make(cls: Any = Late, start: threading.Barrier = start, made: list[Any] = made) -> None:
            start.wait()
            made.append(cls(1, code="x"))

        threads = [threading.Thread(target=make) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert made == [Late(1, "x")] * 8
