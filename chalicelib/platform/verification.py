"""Documents that whoever is given the paper can check: a code on it, and what the bank answers to that code (POR-02).

The code is drawn at random from letters and digits that nobody mixes up; with fifty-nine bits it cannot be guessed,
least of all by somebody who may ask ten times a minute. What is kept under it is what kind of document it was, when it
was made, the digest of the file, and the figure that the paper states in each currency. None of these figures is ever
told: who has the paper says what is on it, and learns whether that is so. A code stands until its document expires.
"""

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.money import Money
from chalicelib.platform import clock, throttling
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.work import UnitOfWork

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH, GROUP = 12, 4
WRITTEN = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
ASKED_PER_MINUTE, ASKED_PER_HOUR = 10, 30
"""Of one address in a minute; of one code in an hour, so that nobody tries figures until one is right."""
HOUR_SECONDS = 3600


class UnknownVerificationCode(NotFound):
    """No document has this code, or it has expired: the two are not told apart."""

    code = "unknown_verification_code"


@dataclass(frozen=True, slots=True)
class VerifiableDocument:
    """A document that was given out. ``stated`` holds its main figure by currency, as text in major units."""

    code: str
    kind: str
    issued_at: datetime
    digest: str
    stated: dict[str, str]
    expires_at: int
    version: int = 0

    @property
    def valid_until(self) -> datetime:
        """When the code stops being answered."""
        return datetime.fromtimestamp(self.expires_at, UTC)


@dataclass(frozen=True, slots=True)
class Verified:
    """What is answered of a document: ``total_matches`` and ``file_matches`` are None where nothing was compared."""

    document: VerifiableDocument
    total_matches: bool | None
    file_matches: bool | None


DOCUMENTS = Collection(
    VerifiableDocument, table="core", partition="platform#verifiable#{code}", sort="document"
)


def new_code() -> str:
    """A code that no document has, as it is kept; ``shown`` is how people read it."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """A code in groups of four: ``K7QM-4XWP-9TRD``."""
    return "-".join(code[first : first + GROUP] for first in range(0, LENGTH, GROUP))


def register(
    work: UnitOfWork, code: str, kind: str, content: bytes, stated: list[Money], valid: timedelta
) -> VerifiableDocument:
    """Keep what the document with this code says. ``kind`` names the texts ``documents.<kind>.title`` of it."""
    now = clock.now()
    return work.put(
        DOCUMENTS,
        VerifiableDocument(
            code=code,
            kind=kind,
            issued_at=now,
            digest=hashlib.sha256(content).hexdigest(),
            stated={each.currency: each.text for each in stated},
            expires_at=int((now + valid).timestamp()),
        ),
    )


def verify(work: UnitOfWork, written: str, total: Money | None, digest: str) -> Verified:
    """What there is to say of a code as somebody typed it, with or without a figure or a file to compare.

    Raises UnknownVerificationCode, TooManyRequests.
    """
    throttling.count(work.store, {"all": ASKED_PER_MINUTE}, scope=f"verifications-{work.context.address}")
    code = re.sub(r"[\s-]", "", written).upper()
    if not WRITTEN.fullmatch(code):
        raise UnknownVerificationCode("code")
    throttling.count(work.store, {"all": ASKED_PER_HOUR}, HOUR_SECONDS, f"verifications-of-{code}")
    found = work.find(DOCUMENTS, code=code)
    if found is None or found.expires_at <= clock.epoch_seconds():
        raise UnknownVerificationCode("code")
    return Verified(
        found,
        None if total is None else found.stated.get(total.currency) == total.text,
        digest.lower() == found.digest if digest else None,
    )
