"""Every error of the bank has its title, detail and remedy in Spanish and in English, with the same placeholders."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

import pytest

import chalicelib
from chalicelib.kernel.errors import BankError
from chalicelib.platform import texts

PLACEHOLDER = re.compile(r"{(\w+)}")
LANGUAGES = ("es", "en")
PARTS = ("title", "detail", "remedy")
WITHOUT_REMEDY = ("chalicelib.modules", "chalicelib.workflows")
"""Their title and detail say enough; where a remedy helps they have one."""


def errors() -> Iterator[type[BankError]]:
    """BankError and every class that descends from it, wherever it is declared."""
    for module in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        import_module(module.name)
    yield BankError
    yield from descendants(BankError)


def descendants(error: type[BankError]) -> Iterator[type[BankError]]:
    for child in error.__subclasses__():
        if child.__module__.startswith("chalicelib."):
            yield child
        yield from descendants(child)


def wanted(error: type[BankError]) -> Iterator[str]:
    optional = error.__module__.startswith(WITHOUT_REMEDY)
    for part in PARTS[:2] if optional else PARTS:
        yield f"errors.{error.code}.{part}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_words(language: str) -> None:
    known = texts.catalogue(language)
    assert not sorted({key for error in errors() for key in wanted(error) if key not in known})


def test_no_error_code_is_a_sentence_or_a_number() -> None:
    assert not [error.code for error in errors() if not re.fullmatch(r"[a-z]+(_[a-z]+)*", error.code)]


def test_every_status_is_a_refusal() -> None:
    assert not [error for error in errors() if not 400 <= error.status < 600]


@pytest.mark.parametrize("language", LANGUAGES)
def test_details_are_sentences(language: str) -> None:
    details = [
        words
        for key, words in texts.catalogue(language).items()
        if re.match(r"errors\..*\.(detail|remedy)$", key)
    ]
    assert not [words for words in details if not words.rstrip().endswith((".", "?"))]


def test_translations_keep_the_placeholders() -> None:
    spanish, english = (texts.catalogue(language) for language in LANGUAGES)
    keys = [key for key in spanish if key.startswith("errors.")]
    differing = [
        key
        for key in keys
        if set(PLACEHOLDER.findall(spanish[key])) != set(PLACEHOLDER.findall(english.get(key, "")))
    ]
    assert not differing
