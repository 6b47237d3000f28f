"""Every kind, field, choice and rule of the modules' parameters has a text in Spanish and in English."""

import ast
import json
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest

from chalicelib.kernel.plan import Plan
from chalicelib.modules.accounting.plans import ROLES

ROOT = Path(__file__).parents[2] / "chalicelib"
MODULES = ("administration", "accounting", "parties", "deposits", "term_deposits", "loans")
LANGUAGES = ("es", "en")


def catalogue(module: str, language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((ROOT / f"platform/texts/{language}/fields_{module}.json").read_text())
    return found


def parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        if not isinstance(inner, str | int):
            yield from parts(inner)


def choices(annotation: Any) -> list[Any]:
    found: list[Any] = []
    for part in parts(annotation):
        if get_origin(part) is Literal:
            found.extend(get_args(part))
        elif isinstance(part, type) and issubclass(part, Enum):
            found.extend(member.value for member in part)
    return found


def keys_of(path: str, model: type[Plan]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield f"fields.{path}.{name}.label"
        yield f"fields.{path}.{name}.help"
        yield from (f"fields.{path}.{name}.options.{choice}" for choice in choices(field.annotation))
        for part in parts(field.annotation):
            if isinstance(part, type) and issubclass(part, Plan):
                yield from keys_of(f"{path}.{name}", part)


def wanted(module: str) -> set[str]:
    kinds = import_module(f"chalicelib.modules.{module}.plans").KINDS
    keys = {f"kinds.{kind}.{text}" for kind in kinds for text in ("label", "help")}
    for kind, model in kinds.items():
        keys.update(keys_of(kind, model))
    if module == "accounting":
        keys.update(f"roles.{role}.label" for role in ROLES)
    return keys


def rule_codes() -> set[str]:
    """Codes that the plans' validators raise, read from their source."""
    files = [ROOT / "kernel/names.py", ROOT / "kernel/plan_rules.py", *ROOT.glob("modules/*/plans.py")]
    files += ROOT.glob("modules/*/plans/*.py")
    calls = [
        node for file in files for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)
    ]
    codes = {"range_reversed", "dates_out_of_order"}  # the defaults of check_range and check_ascending
    for call in calls:
        called = call.func.id if isinstance(call.func, ast.Name) else ""
        last = call.args[-1] if call.args else None
        text = last.value if isinstance(last, ast.Constant) and isinstance(last.value, str) else ""
        if text and called in ("ValueError", "check_range", "check_ascending", "check_distinct"):
            codes.add(text)
        elif text and called == "check_given":
            codes |= {f"{text}_missing", f"{text}_not_allowed"}
    return codes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", MODULES)
def test_every_kind_field_and_choice_has_a_text(module: str, language: str) -> None:
    texts = catalogue(module, language)
    missing = sorted(key for key in wanted(module) if not texts.get(key, "").strip())
    assert missing == []


@pytest.mark.parametrize("module", MODULES)
def test_no_text_is_left_over(module: str) -> None:
    texts = catalogue(module, "es")
    assert sorted(key for key in texts if not key.startswith("errors.") and key not in wanted(module)) == []


@pytest.mark.parametrize("module", MODULES)
def test_both_languages_have_the_same_keys(module: str) -> None:
    assert catalogue(module, "es").keys() == catalogue(module, "en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_the_plans_is_explained(language: str) -> None:
    texts = {key for module in MODULES for key in catalogue(module, language)}
    unexplained = {code for code in rule_codes() if f"errors.{code}.detail" not in texts}
    assert sorted(unexplained) == []
