"""Dated notes on a party, seen at every branch; warnings come first (PTY-69)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from chalicelib.kernel.dataclass import dataclass

NoteKind = Literal["warning", "service", "courtesy"]
_ORDER = ("warning", "service", "courtesy")


@dataclass(frozen=True, slots=True)
class Note:
    """A note; after ``expires_on`` it is only history."""

    party_id: str
    id: str
    kind: NoteKind
    text: str
    written_on: date
    written_at: datetime
    written_by: str
    expires_on: date | None = None
    version: int = 0

    def current(self, on: date) -> bool:
        """Whether the note still matters on a business date."""
        return self.expires_on is None or on <= self.expires_on


def shown(notes: Iterable[Note], on: date) -> list[Note]:
    """Notes that still matter: warnings first, then by age, the newest first."""
    newest_first = sorted(
        (note for note in notes if note.current(on)), key=lambda note: note.id, reverse=True
    )
    return sorted(newest_first, key=lambda note: _ORDER.index(note.kind))
