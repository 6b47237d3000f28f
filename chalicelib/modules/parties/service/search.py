"""Finding parties: by what a person types into one box, or by one thing at a time."""

from collections.abc import Callable
from typing import Literal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.parties import repository
from chalicelib.modules.parties.domain import index, phone
from chalicelib.modules.parties.domain.document import FormerDocument, normal_number
from chalicelib.modules.parties.domain.index import Entry
from chalicelib.modules.parties.domain.party import Party
from chalicelib.modules.parties.domain.words import bare, matches, words
from chalicelib.modules.parties.errors import SearchTooShort
from chalicelib.modules.parties.service import parameters
from chalicelib.modules.parties.tables import MOST_ENTRIES
from chalicelib.platform import today
from chalicelib.platform.work import UnitOfWork

By = Literal["any", "name", "short_name", "document", "number", "phone", "officer", "issue_place"]
LONGEST_PARTY_NUMBER = 12


@dataclass(frozen=True, slots=True)
class Match:
    """A party that was found; ``former`` is the document it no longer has, where that is what found it."""

    party: Party
    former: FormerDocument | None = None


@dataclass(frozen=True, slots=True)
class Matches:
    """A page of what was found."""

    items: list[Match]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """How much of the answer is wanted, and from where."""

    limit: int
    cursor: str | None = None
    include_inactive: bool = False


def search(work: UnitOfWork, text: str, by: By, page: Page) -> Matches:
    """Parties within the caller's branches. Raises SearchTooShort, UnknownCursor."""
    return _WAYS[by](work, text, page)


def by_name(work: UnitOfWork, text: str, page: Page) -> Matches:
    """By words, or beginnings of words, of the names: any order, any case, with or without accents (PTY-54)."""
    sought = words(text)
    control = parameters.control(work.config, today.calendar_day(work))
    leading = index.leading_word(sought, control.search_minimum_characters)

    def wanted(entry: Entry) -> bool:
        return (
            (entry.open or page.include_inactive)
            and index.is_first_match(entry, leading)
            and matches(sought, entry.known.split())
        )

    return _listed(work, (index.WORD, leading[: index.WORD_BUCKET], leading), page, wanted)


def by_short_name(work: UnitOfWork, text: str, page: Page) -> Matches:
    """By the short name or its beginning (PTY-55)."""
    sought = bare(text)
    if len(sought) < index.WORD_BUCKET:
        raise SearchTooShort("q", shortest=index.WORD_BUCKET)
    return _listed(work, (index.SHORT, sought[: index.WORD_BUCKET], sought), page)


def by_phone(work: UnitOfWork, text: str, page: Page) -> Matches:
    """By a telephone number as it is written here, or by its last digits (PTY-58)."""
    sought = phone.sought(text)
    return _listed(work, (index.PHONE, sought[: phone.BUCKET_DIGITS], sought), page)


def by_officer(work: UnitOfWork, text: str, page: Page) -> Matches:
    """Every party of an account officer, by party number (PTY-59)."""
    return _listed(work, (index.OFFICER, text.strip(), ""), page)


def by_issue_place(work: UnitOfWork, text: str, page: Page) -> Matches:
    """Every party whose document was issued at a place (PTY-57)."""
    return _listed(work, (index.PLACE, bare(text), ""), page)


def by_document(work: UnitOfWork, text: str, page: Page) -> Matches:
    """By document number, present or former (PTY-56)."""
    number = normal_number(text)
    present = repository.parties(work, repository.by_document_number(work, number))
    entries = repository.entries(work, index.FORMER, number)
    earlier = repository.parties(work, [entry.party_id for entry in entries])
    found = [Match(party) for party in present]
    found += [Match(party, _former(party, number)) for party in earlier if party not in present]
    return Matches(found[: page.limit])


def by_number(work: UnitOfWork, text: str, page: Page) -> Matches:
    """By the cooperative's own number of the party."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > LONGEST_PARTY_NUMBER:
        return Matches([])
    party_id = repository.by_number(work, int(digits))
    return Matches([Match(party) for party in repository.parties(work, [party_id] if party_id else [])])


def by_anything(work: UnitOfWork, text: str, page: Page) -> Matches:
    """What one box understands: a number is a document, a party number or a telephone; the rest are names."""
    if page.cursor:
        return by_name(work, text, page)
    found: list[Match] = []
    if any(character.isdigit() for character in text):
        found += by_document(work, text, page).items
        found += by_number(work, text, page).items
    if not any(character.isalpha() for character in text):
        if sum(character.isdigit() for character in text) >= phone.SHORTEST_SEARCH:
            found += by_phone(work, text, page).items
        return Matches(_each_once(found)[: page.limit])
    named = by_name(work, text, page)
    return Matches(_each_once([*found, *named.items]), named.next_cursor)


_WAYS: dict[str, Callable[[UnitOfWork, str, Page], Matches]] = {
    "any": by_anything,
    "name": by_name,
    "short_name": by_short_name,
    "document": by_document,
    "number": by_number,
    "phone": by_phone,
    "officer": by_officer,
    "issue_place": by_issue_place,
}


def _listed(
    work: UnitOfWork,
    place: tuple[str, str, str],
    page: Page,
    wanted: Callable[[Entry], bool] = lambda entry: True,
) -> Matches:
    ids: list[str] = []
    last, more = None, False
    for count, entry in enumerate(repository.entries(work, *place, cursor=page.cursor)):
        if len(ids) == page.limit or count == MOST_ENTRIES:
            more = True
            break
        last = entry
        if wanted(entry) and entry.party_id not in ids:
            ids.append(entry.party_id)
    found = [party for party in repository.parties(work, ids) if party.open or page.include_inactive]
    cursor = repository.cursor_after(work, last) if more and last else None
    return Matches([Match(party) for party in found], cursor)


def _each_once(found: list[Match]) -> list[Match]:
    return list({match.party.id: match for match in reversed(found)}.values())[::-1]


def _former(party: Party, number: str) -> FormerDocument | None:
    return next((each for each in party.former_documents if each.document_number == number), None)
