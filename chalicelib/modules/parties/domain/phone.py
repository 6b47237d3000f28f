"""Telephone numbers: kept as E.164 (``+59322551234``), found by their last digits as people say them."""

import re
from typing import Literal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.parties.errors import MalformedPhone, SearchTooShort

PhoneKind = Literal["mobile", "home", "office", "other"]
_WRITTEN = re.compile(r"[+]?[0-9][0-9 ()./-]*")
_DIGITS = re.compile(r"[^0-9]")
SHORTEST, LONGEST = 8, 15
SHORTEST_SEARCH = 5
BUCKET_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number in E.164."""

    kind: PhoneKind
    phone_number: str


def normalised(written: str, country_code: str, field: str = "phone_number") -> str:
    """The number as E.164; one without country code gets the tenant's. Raises MalformedPhone."""
    text = written.strip()
    if not _WRITTEN.fullmatch(text):
        raise MalformedPhone(field)
    digits = _DIGITS.sub("", text)
    if not text.startswith("+"):
        if digits.startswith("00"):
            digits = digits[2:]
        elif country_code:
            digits = country_code.lstrip("+") + digits.lstrip("0")
        else:
            raise MalformedPhone(field)
    if not SHORTEST <= len(digits) <= LONGEST or digits.startswith("0"):
        raise MalformedPhone(field)
    return f"+{digits}"


def reversed_digits(phone_number: str) -> str:
    """The digits from the last to the first: numbers with the same ending begin alike."""
    return _DIGITS.sub("", phone_number)[::-1]


def sought(written: str) -> str:
    """What to look for, last digit first: without trunk zeros or signs. Raises SearchTooShort."""
    digits = _DIGITS.sub("", written).lstrip("0")
    if len(digits) < SHORTEST_SEARCH:
        raise SearchTooShort("q", shortest=SHORTEST_SEARCH)
    return digits[::-1]
