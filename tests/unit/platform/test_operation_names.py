"""Every operation has a name that people understand and can choose by: short, one of a kind, in both languages."""

from collections import Counter

import pytest

from chalicelib.platform import texts
from chalicelib.platform.http.routes import all_operations
from tests.architecture.declarations import audited_names
from tests.architecture.source import python_files, tree_of

LANGUAGES = ("es", "en")
PREFIX = "operation."
LONGEST = 50
"""Characters that fit a row of the audit trail."""


def operations() -> set[str]:
    """Names of all operations, and of what the bank itself puts on record."""
    own = audited_names(map(tree_of, python_files("chalicelib")))
    return {operation.name for operation in all_operations()} | own


def names(language: str) -> dict[str, str]:
    known = texts.catalogue(language)
    return {key.removeprefix(PREFIX): words for key, words in known.items() if key.startswith(PREFIX)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_operation_has_a_name_and_nothing_else_has(language: str) -> None:
    named, existing = names(language).keys(), operations()
    assert (sorted(existing - named), sorted(named - existing)) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_operations_are_called_the_same(language: str) -> None:
    assert [words for words, count in Counter(names(language).values()).items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_short_and_without_codes(language: str) -> None:
    wrong = [
        words
        for words in names(language).values()
        if len(words) > LONGEST or words[-1] == "." or "_" in words
    ]
    assert wrong == []
