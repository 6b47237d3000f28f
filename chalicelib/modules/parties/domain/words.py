"""Names as they are kept, as they are searched, and as they are embossed on a card."""

import re
import unicodedata
from collections.abc import Iterable

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_NOT_EMBOSSABLE = re.compile(r"[^A-Z ./]+")


def clean(written: str) -> str:
    """Text as it is kept: composed characters (NFC), single spaces, no control characters, nothing at the ends."""
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFC", written))
    return "".join(character for character in spaced if unicodedata.category(character) != "Cc").strip()


def bare(text: str) -> str:
    """Lower case without accents or signs: ``Núñez-Paz`` is ``nunez paz``."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _NOT_WORD.sub(" ", letters).strip()


def words(*texts: str) -> tuple[str, ...]:
    """The different words of some texts as they are searched, in their order."""
    return tuple(dict.fromkeys(word for text in texts for word in bare(text).split()))


def matches(sought: Iterable[str], known: Iterable[str]) -> bool:
    """Whether every sought word begins one of the known words."""
    listed = tuple(known)
    return all(any(word.startswith(part) for word in listed) for part in sought)


def shortened(name: str, longest: int) -> str:
    """A short name to suggest: in capitals, whole words as far as they fit."""
    kept = ""
    for word in clean(name).upper().split(" "):
        longer = f"{kept} {word}".strip()
        if len(longer) > longest:
            break
        kept = longer
    return kept or clean(name).upper()[:longest]


def embossable(name: str, longest: int) -> str:
    """A name for a card: A to Z, space, dot and slash only (PTY-16)."""
    plain = unicodedata.normalize("NFKD", name.upper())
    return shortened(_NOT_EMBOSSABLE.sub("", plain), longest)
