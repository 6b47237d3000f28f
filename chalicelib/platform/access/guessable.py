"""Passwords that are guessed first: those known from leaks, words and names, runs of the keyboard, one's own words.

Accents, capitals, figures written for letters, and figures and marks around a word make no password of it.
``breached.txt`` has the words, folded: the common passwords of Django and of zxcvbn-ts, and the most frequent Spanish
words, first names and surnames of zxcvbn-ts (licences in ``breached.LICENSE.txt``).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

SHORTEST_WORD = 4
SHORTEST_RUN = 4
MARKS = "0123456789!?.,-_*#+/ "
FOR_LETTERS = (str.maketrans("013457@$!", "oieastasi"), str.maketrans("013457@$!", "oleastasl"))
KEYBOARD = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
RUNS = (*KEYBOARD, *(row[::-1] for row in KEYBOARD))
YEAR = re.compile(r"(?:19|20)\d\d")
REPEATED = re.compile(r"(.)\1{2,}")
TWICE = re.compile(r"(.+?)\1+")


def guessable(password: str, own: Iterable[str] = ()) -> bool:
    """Whether a password is among those that are guessed first; ``own``: the person's and institution's names."""
    text = folded(password)
    if any(candidate in _known() for candidate in _cores(text)):
        return True
    for word in sorted(_words(own), key=len, reverse=True):
        text = text.replace(word, "")
    rest = REPEATED.sub("", YEAR.sub("", _without_runs(text)))
    cores = list(_cores(rest))
    return len(cores[0]) < SHORTEST_WORD or any(core in _known() for core in cores)


def folded(text: str) -> str:
    """A text without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("breached.txt").read_text(encoding="utf-8").split())


def _words(own: Iterable[str]) -> Iterator[str]:
    for name in own:
        yield from (word for word in re.split(r"\W+", folded(name)) if len(word) >= SHORTEST_WORD)


def _cores(text: str) -> Iterator[str]:
    """What a password may stand for: first what is between its first and last letter, then other ways to read it."""
    for first in (_first_letter(text), len(text) - len(text.lstrip(MARKS)), 0):
        for last in (_first_letter(text[::-1]), len(text) - len(text.rstrip(MARKS)), 0):
            core = text[first : len(text) - last]
            for read in (core, *(core.translate(letters) for letters in FOR_LETTERS)):
                once = TWICE.fullmatch(read)
                yield read
                if once:
                    yield once[1]


def _first_letter(text: str) -> int:
    """Where the first letter stands; the whole length where there is none."""
    return next((place for place, character in enumerate(text) if character.isalpha()), len(text))


def _without_runs(text: str) -> str:
    """The text without the runs of neighbouring keys, letters or figures, the longest first at each place."""
    kept, place = [], 0
    while place < len(text):
        length = _run_at(text, place)
        if length < SHORTEST_RUN:
            kept.append(text[place])
        place += length if length >= SHORTEST_RUN else 1
    return "".join(kept)


def _run_at(text: str, place: int) -> int:
    length = 0
    while place + length < len(text) and any(text[place : place + length + 1] in row for row in RUNS):
        length += 1
    return length
