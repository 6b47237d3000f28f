"""What a party is found by, each as an entry of the search index (see ``tables``)."""

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.parties.domain.address import Address
from chalicelib.modules.parties.domain.party import Party
from chalicelib.modules.parties.domain.phone import BUCKET_DIGITS, reversed_digits
from chalicelib.modules.parties.domain.words import bare, words
from chalicelib.modules.parties.errors import SearchTooShort

WORD_BUCKET = 2
MOST_WORDS = 20
SEPARATOR = "#"

WORD, SHORT, PHONE, OFFICER, PLACE, FORMER = "word", "short", "phone", "officer", "place", "former"


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to a party: ``term`` within ``bucket`` of a ``register``.

    Entries of words also carry what a search filters by, so that it reads only the parties that it answers.
    """

    register: str
    bucket: str
    term: str
    party_id: str
    known: str = ""
    branch: str = ""
    open: bool = False
    version: int = 0

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes an entry the same entry."""
        return self.register, self.bucket, self.term, self.party_id


def entries_of(party: Party, addresses: Iterable[Address]) -> dict[tuple[str, str, str, str], Entry]:
    """Every entry of a party, by key."""
    name = party.name
    known = words(
        *(name.given_1, name.given_2, name.surname_1, name.surname_2),
        *(name.business_name, name.trade_name, party.short_name),
    )[:MOST_WORDS]
    numbers = {phone.phone_number for phone in party.phones} | {each.phone_number for each in addresses}
    found = [
        *(_entry(party, WORD, word[:WORD_BUCKET], word, known) for word in known),
        *(
            _entry(party, PHONE, digits[:BUCKET_DIGITS], digits)
            for digits in map(reversed_digits, numbers - {""})
        ),
    ]
    short, place = bare(party.short_name), bare(party.document.document_issue_place)
    number = f"{party.number:012d}"
    found += [_entry(party, SHORT, short[:WORD_BUCKET], short)] if short else []
    found += [_entry(party, OFFICER, party.officer, number)] if party.officer else []
    found += [_entry(party, PLACE, place, number)] if place else []
    found += [
        _entry(party, FORMER, former.document_number, former.document_type)
        for former in party.former_documents
    ]
    return {entry.key: entry for entry in found}


def differences(
    before: dict[tuple[str, str, str, str], Entry], after: dict[tuple[str, str, str, str], Entry]
) -> tuple[list[Entry], list[Entry]]:
    """(entries to write, entries to take away)."""
    written = [entry for key, entry in after.items() if before.get(key) != entry]
    return written, [entry for key, entry in before.items() if key not in after]


def leading_word(sought: tuple[str, ...], shortest: int) -> str:
    """The word of a search that is looked up: the longest. Raises SearchTooShort."""
    leading = max(sought, key=len, default="")
    if len(leading) < max(shortest, WORD_BUCKET):
        raise SearchTooShort("q", shortest=max(shortest, WORD_BUCKET))
    return leading


def is_first_match(entry: Entry, leading: str) -> bool:
    """Whether this is the entry to answer for, of all the party's words that begin alike: each party comes once."""
    return entry.term == min(word for word in entry.known.split() if word.startswith(leading))


def again(entry: Entry, version: int) -> Entry:
    """The entry as it is written over the stored one."""
    return replace(entry, version=version)


def _entry(party: Party, register: str, bucket: str, term: str, known: tuple[str, ...] = ()) -> Entry:
    if register != WORD:
        return Entry(register, bucket, term, party.id)
    return Entry(register, bucket, term, party.id, " ".join(known), party.branch, party.open)
