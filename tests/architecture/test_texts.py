"""Whatever a person may read has its Spanish and its English words.

Keys: ``errors.<code>.title`` and ``.detail`` for every error, the detail alone for what is wrong with one field;
``permissions.<code>`` for every permission that a route asks for or a module names; ``reports.<code>.title``.
"""

import ast
import json
import re
from functools import cache

import pytest

from tests.architecture.declarations import (
    audited_names,
    declared_permissions,
    error_codes,
    field_codes,
    id_prefixes,
    reports,
    required_permissions,
)
from tests.architecture.source import ROOT, python_files, tree_of

TEXTS = ROOT / "chalicelib/platform/texts"
LANGUAGES = ("es", "en")
UNSEEN = {"doc", "req"}
"""Ids of folders and of requests: no event of the audit trail is about one."""
PLACEHOLDER = re.compile(r"{(\w*)}")

with_catalogue = pytest.mark.skipif(not any(TEXTS.glob("es/*.json")), reason="no catalogue yet")


def trees() -> list[ast.Module]:
    return [tree_of(path) for path in python_files("chalicelib")]


def blanks(words: str) -> set[str]:
    """The placeholders of a text."""
    return set(PLACEHOLDER.findall(words))


@cache
def catalogue(language: str) -> dict[str, str]:
    """Key → text of one language, from all of its files."""
    merged: dict[str, str] = {}
    for file in sorted((TEXTS / language).glob("*.json")):
        merged |= json.loads(file.read_text(encoding="utf-8"))
    return merged


@with_catalogue
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_words(language: str) -> None:
    whole = {f"errors.{code}.{part}" for code in error_codes(trees()) for part in ("title", "detail")}
    single = {f"errors.{code}.detail" for code in field_codes(trees())}
    assert not sorted((whole | single) - catalogue(language).keys())


@with_catalogue
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_permission_has_words(language: str) -> None:
    declaring = [tree_of(path) for path in python_files("chalicelib") if path.name == "permissions.py"]
    codes = required_permissions(trees()) | declared_permissions(declaring)
    assert not sorted({f"permissions.{code}" for code in codes} - catalogue(language).keys())


@with_catalogue
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_has_words(language: str) -> None:
    assert not sorted({f"reports.{code}.title" for code in reports(trees())} - catalogue(language).keys())


@with_catalogue
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_id_has_words(language: str) -> None:
    wanted = id_prefixes(map(tree_of, python_files("chalicelib"))) - UNSEEN | {"tenant"}
    assert {f"entity.{prefix}" for prefix in wanted} == {
        key for key in catalogue(language) if key.startswith("entity.")
    }


@with_catalogue
def test_languages_have_the_same_keys() -> None:
    spanish, english = (catalogue(language).keys() for language in LANGUAGES)
    assert not sorted(spanish ^ english)


@with_catalogue
def test_translations_keep_the_placeholders() -> None:
    spanish, english = (catalogue(language) for language in LANGUAGES)
    assert not [
        key for key in spanish.keys() & english.keys() if blanks(spanish[key]) != blanks(english[key])
    ]


@with_catalogue
def test_no_text_is_empty_and_no_key_stands_in_two_files() -> None:
    for language in LANGUAGES:
        files = [
            json.loads(file.read_text(encoding="utf-8")) for file in sorted((TEXTS / language).glob("*.json"))
        ]
        assert sum(map(len, files)) == len(catalogue(language)), f"a key of {language} stands in two files"
        assert not [key for key, words in catalogue(language).items() if not words.strip()]


def test_errors_are_found_through_their_ancestors() -> None:
    source = (
        "class BankError(Exception): code = 'bank_error'\n"
        "class Conflict(BankError): code: ClassVar[str] = 'conflict'\n"
        "class Frozen(errors.Conflict):\n    code = 'frozen'\n"
        "class Other(Exception): code = 'other'\n"
    )
    assert error_codes([ast.parse(source)]) == {"bank_error", "conflict", "frozen"}


def test_problems_of_single_fields_are_found() -> None:
    source = (
        "FieldProblem(path, 'unknown_reference', {}), ValueError('name_missing'), ValueError('no code here')"
    )
    assert field_codes([ast.parse(source)]) == {"unknown_reference", "name_missing"}


def test_permissions_are_found_on_routes_and_in_their_file() -> None:
    source = (
        "@routes.post('/x', permission='deposits.open_account')\n"
        "@routes.get('/y', permission='public')\n"
        "def f(): ...\n"
    )
    assert required_permissions([ast.parse(source)]) == {"deposits.open_account"}
    assert declared_permissions([ast.parse("HOLD = 'deposits.hold_funds'\n")]) == {"deposits.hold_funds"}


def test_reports_are_found_where_they_are_declared() -> None:
    source = "Report(code='trial_balance'), reports.Report('statement')"
    assert reports([ast.parse(source)]) == {"trial_balance", "statement"}


def test_prefixes_of_ids_are_found_where_ids_are_made() -> None:
    source = "PREFIX = 'dep'\nOTHER = 'no'\nnew_id('hld'), derived_id(tables.PREFIX, x), identifiers.new_id(PREFIX)"
    assert id_prefixes([ast.parse(source)]) == {"hld", "dep"}


def test_names_that_the_bank_itself_puts_on_record_are_found() -> None:
    source = "audit.record(work, 'onboarding.apply', 'write', entity=x), audit.record(work, name), tape.record(1, 'a')"
    assert audited_names([ast.parse(source)]) == {"onboarding.apply"}
