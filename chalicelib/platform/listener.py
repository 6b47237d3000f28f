"""To whom a refusal is told: whose words, and whose marks in amounts, numbers and dates.

What stands in the text of a problem is written here and nowhere else. An amount, a number or a date is shown as the
listener's place writes it, also where a module gives its exact text; a permission, a kind of parameters or a report by
its name; a state or another fixed value by its word ``words.<name of the value>.<value>``, or
``words.<code of the problem>.<value>`` where that problem says it otherwise.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.platform import formats, texts, wording
from chalicelib.platform.work import UnitOfWork

NAMED = {
    "permission": "permissions.{}",
    "kind": "kinds.{}.label",
    "report": "reports.{}.title",
    "status": "words.state.{}",
    "wanted": "words.state.{}",
}
"""Under which key a value has its name, where that is not ``words.<name>.<value>``."""
CODES = frozenset({"account", "code", "number", "version", "value"})
"""Parameters that may look like a number and are none."""
VALUE = re.compile(r"[a-z][a-z0-9_.]*")
NUMBER = re.compile(r"-?[0-9]+\.[0-9]+")
AMOUNT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) ([A-Z]{3})")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(rf"{DAY.pattern}T[0-9]{{2}}:[0-9]{{2}}.*")


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody who is refused something. ``words`` are their cooperative's own, by language and key."""

    language: str
    locale: str
    time_zone: str = "UTC"
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def text(self, key: str, code: str, params: Mapping[str, Any]) -> str:
        """The text of a key in the problem with this code, its placeholders filled."""
        shown = {name: self.shown(value, name, code) for name, value in params.items()}
        return texts.text(key, self.language, self.words, **shown)

    def find(self, key: str) -> str | None:
        """The text of a key with its placeholders, or None."""
        return texts.find(key, self.language, self.words)

    def shown(self, value: Any, name: str = "", code: str = "") -> str:
        """A value of a problem as its listener reads it."""
        if isinstance(value, Enum):
            value = value.value
        if isinstance(value, bool):
            value = str(value).lower()
        if isinstance(value, str):
            return self._word(value, name, code) or self._written(value, name)
        if isinstance(value, Collection):
            return ", ".join(self._choice(each, name, code) for each in value)
        return self._exact(value)

    def _exact(self, value: Any) -> str:
        if isinstance(value, Money):
            return formats.amount_with_currency(value, self.locale)
        if isinstance(value, Decimal) and value.is_finite():
            return formats.number(f"{value:f}", self.locale)
        if isinstance(value, datetime):
            return formats.instant(value, self.locale, self.time_zone)
        if isinstance(value, date):
            return formats.day(value, self.locale)
        return str(value)

    def _choice(self, value: Any, name: str, code: str) -> str:
        """One of several values that a caller may send: itself, with its word where it has one."""
        word = self._word(str(value), name, code)
        return f"{value} ({word})" if word else self.shown(value, name, code)

    def _word(self, value: str, name: str, code: str) -> str | None:
        if not VALUE.fullmatch(value):
            return None
        keys = (f"words.{code}.{value}", NAMED.get(name, "").format(value), f"words.{name}.{value}")
        return next((found for key in keys if key and (found := self.find(key))), None)

    def _written(self, value: str, name: str) -> str:
        try:
            if DAY.fullmatch(value):
                return formats.day(date.fromisoformat(value), self.locale)
            if INSTANT.fullmatch(value):
                return formats.instant(datetime.fromisoformat(value), self.locale, self.time_zone)
        except ValueError:
            return value
        if name in CODES:
            return value
        if NUMBER.fullmatch(value):
            return formats.number(value, self.locale)
        amount = AMOUNT.fullmatch(value)
        return f"{formats.number(amount[1], self.locale)} {amount[2]}" if amount else value


def stranger(language: str) -> Listener:
    """Somebody of whom only the language is known."""
    return Listener(language, language)


def listener_of(work: UnitOfWork) -> Listener:
    """Whoever asks, in the language that was settled with them and as their cooperative writes."""
    tenant, language = work.context.tenant, work.context.language
    return Listener(language, formats.locale_for(tenant, language), tenant.time_zone, wording.overrides(work))
