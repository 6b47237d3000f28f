"""The catalogue as one tenant reads it: its own words first, then the bank's, then the language's fallbacks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.kernel.errors import Invalid
from chalicelib.platform import texts, today
from chalicelib.platform.kinds_declared import TRANSLATION
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.work import UnitOfWork

Overrides = Mapping[str, Mapping[str, str]]
MOST_KEPT = 16


class LanguageNotOffered(Invalid):
    """The cooperative does not speak this language."""

    code = "language_not_offered"


_KEPT: list[tuple[Snapshot, date, Overrides]] = []


def overrides(work: UnitOfWork) -> Overrides:
    """Language → key → the tenant's own words, as they hold today; made once per picture of the parameters."""
    config, day = work.config, today.calendar_day(work)
    for snapshot, kept_day, found in _KEPT:
        if snapshot is config and kept_day == day:
            return found
    made: dict[str, dict[str, str]] = {}
    for key, translation in config.all(TRANSLATION, day):
        for language, words in translation.texts.items():
            made.setdefault(language, {})[key] = words
    _KEPT.insert(0, (config, day, made))
    del _KEPT[MOST_KEPT:]
    return made


def check_spoken(work: UnitOfWork, language: str) -> None:
    """Raises LanguageNotOffered for a language that neither the cooperative nor the bank has words in."""
    spoken = {tag.split("-")[0] for tag in (*work.context.tenant.languages, *texts.languages())}
    if language and language.split("-")[0] not in spoken:
        raise LanguageNotOffered("language", language=language)


def say(work: UnitOfWork, key: str, language: str = "", /, **params: Any) -> str:
    """The text of a key for the caller, or in another language; the key itself where there is none."""
    return texts.text(key, language or work.context.language, overrides(work), **params)


def find(work: UnitOfWork, key: str, language: str = "") -> str | None:
    """The text of a key, or None."""
    return texts.find(key, language or work.context.language, overrides(work))


def catalogue(work: UnitOfWork, language: str, prefix: str = "") -> dict[str, str]:
    """Every key with the words that a reader of this language gets, fallbacks applied.

    ``prefix`` leaves those that begin with it, or with one of several that commas separate.
    """
    beginnings = tuple(prefix.split(","))
    merged: dict[str, str] = {}
    own = overrides(work)
    for step in reversed(texts.chain(language)):
        merged.update(texts.catalogue(step))
        merged.update(own.get(step, {}))
    return {key: words for key, words in sorted(merged.items()) if key.startswith(beginnings)}


def missing(work: UnitOfWork, language: str) -> list[tuple[str, str]]:
    """(key, Spanish text) of everything that a reader of this language gets in another one (GEN-19)."""
    own = overrides(work)
    steps = [
        step for step in texts.chain(language) if step != texts.SPANISH or language.split("-")[0] == step
    ]
    known = {key for step in steps for key in (*texts.catalogue(step), *own.get(step, {}))}
    spanish = {**texts.catalogue(texts.SPANISH), **own.get(texts.SPANISH, {})}
    return sorted((key, words) for key, words in spanish.items() if key not in known)
