"""What somebody sees of fields that are not for them: the last four characters of a text, nothing of the rest."""

from collections.abc import Iterable, Mapping
from typing import Any

SHOWN = 4
MASK = "•"
SENSITIVE = frozenset(
    {
        *(
            "document_number",
            "birth_date",
            "phone_number",
            "mobile",
            "email",
            "emails",
            "line_1",
            "line_2",
            "replaced",
            "employer",
        ),
        *("income", "expenses", "assets", "liabilities", "net_worth", "free_income", "user_fields"),
    }
)
"""Fields of a party whose confidentiality level is above the reader's; of these a role may mask each (GEN-48)."""


def hidden_fields(of_roles: Iterable[str], *, above_level: bool) -> frozenset[str]:
    """What a reader sees masked: what their roles say, or everything sensitive of a party above their level."""
    return SENSITIVE if above_level else SENSITIVE & frozenset(of_roles)


def masked_text(text: str) -> str:
    """``1710034065`` is ``••••••4065``; a text of four characters or fewer shows nothing."""
    shown = text[-SHOWN:] if len(text) > SHOWN else ""
    return MASK * (len(text) - len(shown)) + shown


def masked(content: Any, names: frozenset[str], hidden: bool = False) -> Any:
    """Plain data with the named fields masked at any depth; an amount is hidden whole."""
    if isinstance(content, Mapping):
        if hidden:
            return None
        return {
            name: masked(value, names, name.removeprefix("new_") in names) for name, value in content.items()
        }
    if isinstance(content, list | tuple):
        return [masked(value, names, hidden) for value in content]
    if not hidden:
        return content
    return masked_text(content) if isinstance(content, str) else None
