"""The catalogue: every text a person reads, by key and language, Spanish first.

A missing text falls back from the regional language to its base and then to Spanish; a key that has no text at all
answers itself, and ``gaps`` lists it. Tenants reword any text by a ``platform.translation`` parameter set.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson

HERE = Path(__file__).parent
SPANISH = "es"


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Key → text of one language, from all of its files; empty for a language that has none."""
    merged: dict[str, str] = {}
    for file in sorted((HERE / language).glob("*.json")) if language.replace("-", "").isalnum() else []:
        merged.update(orjson.loads(file.read_bytes()))
    return merged


def languages() -> list[str]:
    """Languages that have a catalogue, Spanish first."""
    found = sorted(folder.name for folder in HERE.iterdir() if folder.is_dir() and any(folder.glob("*.json")))
    return sorted(found, key=lambda language: language != SPANISH)


def chain(language: str) -> list[str]:
    """Where a text is looked for: ``en-GB`` → en-GB, en, es."""
    steps = [language, language.split("-")[0], SPANISH]
    return list(dict.fromkeys(step for step in steps if step))


def find(key: str, language: str, overrides: Mapping[str, Mapping[str, str]] | None = None) -> str | None:
    """The text of a key, the tenant's own words first; None where no language of the chain has it."""
    for step in chain(language):
        own = (overrides or {}).get(step, {}).get(key)
        text_found = own or catalogue(step).get(key)
        if text_found:
            return text_found
    return None


def text(
    key: str, language: str, overrides: Mapping[str, Mapping[str, str]] | None = None, /, **params: Any
) -> str:
    """The text of a key with its placeholders filled; the key itself where there is none."""
    template = find(key, language, overrides)
    if template is None:
        return key
    return template.format_map(_Kept(params))


def gaps(language: str) -> list[str]:
    """Keys that Spanish has and this language has not."""
    own = catalogue(language)
    return sorted(key for key in catalogue(SPANISH) if key not in own)


def negotiate(accepted: str, offered: tuple[str, ...], fallback: str) -> str:
    """The best offered language for an Accept-Language header."""
    wanted = []
    for part in accepted.split(","):
        tag, _, quality = part.strip().partition(";q=")
        if tag:
            wanted.append((-_quality(quality), tag))
    for _, tag in sorted(wanted, key=lambda pair: pair[0]):
        for candidate in offered:
            if (
                candidate.lower() == tag.lower()
                or candidate.split("-")[0].lower() == tag.split("-")[0].lower()
            ):
                return tag if tag.split("-")[0] == candidate else candidate
    return fallback


def _quality(written: str) -> int:
    digits = written.replace(".", "")[:4].ljust(4, "0")
    return int(digits) if written and digits.isdigit() else (0 if written else 1000)


class _Kept(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "{" + name + "}"
