"""Names: a short text that a tenant writes in each of its languages, such as what a product is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

SPANISH = "es"
MAX_CHARACTERS = 200

LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A BCP 47 language tag: "es", "en", "qu", "es-EC"."""

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CHARACTERS)]


def _some(names: dict[str, str]) -> dict[str, str]:
    if not names:
        raise ValueError("name_missing")
    return names


Names = Annotated[dict[LanguageTag, ShortText], AfterValidator(_some)]
"""Language tag → text, at least one: {"es": "Ahorro a la vista", "en": "Demand savings"}."""


def name_in(names: Mapping[str, str], language: str) -> str:
    """The text for a language: regional → base → Spanish → whichever comes first; empty where there is none."""
    for tag in (language, language.split("-")[0], SPANISH):
        if tag in names:
            return names[tag]
    return next(iter(names.values()), "")
