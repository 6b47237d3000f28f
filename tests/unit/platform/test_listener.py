"""What stands in a refusal is written as its listener reads it: amounts, dates, names and states, never raw values."""

import ast
import inspect
import pkgutil
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import chalicelib
from chalicelib.kernel.errors import BankError
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.account import AccountState
from chalicelib.platform import texts
from chalicelib.platform.listener import Listener
from chalicelib.platform.problems import FieldProblem

QUITO = Listener("es", "es-EC", "America/Guayaquil")
LONDON = Listener("en", "en-GB", "Europe/London")
PLACEHOLDER = re.compile(r"{(\w+)}")
EVENING = datetime(2026, 11, 26, 1, 55, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value", "spanish", "english"),
    [
        ("available", Money.of("1234.50", "USD"), "1.234,50 USD", "1,234.50 USD"),
        ("available", "1234.50", "1.234,50", "1,234.50"),
        ("amount", "-5.00 USD", "-5,00 USD", "-5.00 USD"),
        ("limit", Decimal("1000.5"), "1.000,5", "1,000.5"),
        ("business_date", date(2026, 6, 2), "2 jun 2026", "2 Jun 2026"),
        ("business_date", "2026-06-02", "2 jun 2026", "2 Jun 2026"),
        ("at", EVENING, "25 nov 2026, 8:55:00\u202fp.\u202fm.", "26 Nov 2026, 01:55:00"),
        ("at", "2026-11-26T01:55+00:00", "25 nov 2026, 8:55:00\u202fp.\u202fm.", "26 Nov 2026, 01:55:00"),
        ("days", 30, "30", "30"),
        ("account", "1.10", "1.10", "1.10"),
        ("value", "2.50", "2.50", "2.50"),
        ("state", "pending_approval", "pendiente de aprobación", "pending approval"),
        ("status", AccountState.DORMANT, "inmovilizado", "dormant"),
        ("permission", "platform.read_audit", None, None),
        ("expected", ("approve", "reject"), "approve (aprobar), reject (rechazar)", None),
        ("expected", ("csv", "pdf"), "csv, pdf", "csv, pdf"),
        ("branch", "1", "1", "1"),
        ("value", "Otra Cosa", "Otra Cosa", "Otra Cosa"),
        ("date", "2026-02-31", "2026-02-31", "2026-02-31"),
    ],
)
def test_a_value_is_written_as_the_listeners_place_writes_it(
    name: str, value: Any, spanish: str | None, english: str | None
) -> None:
    for listener, wanted in ((QUITO, spanish), (LONDON, english)):
        if wanted is not None:
            assert listener.shown(value, name) == wanted


def test_a_permission_and_a_kind_of_parameters_are_told_by_name() -> None:
    spanish = texts.catalogue("es")
    assert QUITO.shown("platform.read_audit", "permission") == spanish["permissions.platform.read_audit"]
    assert QUITO.shown("deposits.plan", "kind") == spanish["kinds.deposits.plan.label"]


def test_a_problem_may_say_a_state_in_its_own_way() -> None:
    assert QUITO.shown("rejected", "state", "already_decided") == "rechazada"
    assert QUITO.shown("rejected", "state", "due_settled") == "rechazado"


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        yield import_module(found.name)


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_state_has_a_word(language: str) -> None:
    states = {
        value.value
        for module in modules()
        for name, found in vars(module).items()
        if inspect.isclass(found) and issubclass(found, StrEnum) and name.endswith("State")
        for value in found
    }
    assert len(states) > 40
    words = texts.catalogue(language)
    assert not sorted(state for state in states if f"words.state.{state}" not in words)


def placeholders(code: str, reason: str | None) -> set[str]:
    words = texts.catalogue("es")
    detail = words.get(f"errors.{code}.detail.{reason}") or words.get(f"errors.{code}.detail", "")
    others = (words.get(f"errors.{code}.{part}", "") for part in ("title", "remedy"))
    return set(PLACEHOLDER.findall(" ".join([detail, *others])))


def given(call: ast.Call) -> tuple[set[str], str | None] | None:
    """(names of the values given, the reason if it is written out); None where they are not all written out."""
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    reasons = [
        k.value.value for k in call.keywords if k.arg == "reason" and isinstance(k.value, ast.Constant)
    ]
    return {str(keyword.arg) for keyword in call.keywords}, str(reasons[0]) if reasons else None


def resolved(module: ModuleType, node: ast.expr) -> Any:
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute):
        return getattr(resolved(module, node.value), node.attr, None)
    return None


def lacking(module: ModuleType, call: ast.Call) -> set[str]:
    """Placeholders of a refusal's text that the place which raises it gives no value for."""
    found = resolved(module, call.func)
    if inspect.isclass(found) and issubclass(found, BankError) and found.__init__ is BankError.__init__:
        values = given(call)
        return placeholders(found.code, values[1]) - values[0] if values else set()
    if found is FieldProblem and len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
        params = call.args[2] if len(call.args) > 2 else ast.Dict([], [])
        if isinstance(params, ast.Dict):
            values = {
                key.value: getattr(value, "value", None)
                for key, value in zip(params.keys, params.values, strict=True)
                if isinstance(key, ast.Constant)
            }
            return placeholders(str(call.args[1].value), values.get("reason")) - set(values)
    return set()


def test_whoever_refuses_gives_every_value_that_its_text_names() -> None:
    wrong = [
        f"{module.__name__}:{node.lineno} {sorted(missing)}"
        for module in modules()
        if module.__file__ and Path(module.__file__).stat().st_size
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call) and (missing := lacking(module, node))
    ]
    assert not wrong, wrong
