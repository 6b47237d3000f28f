"""ISIN, the international number of a security: two letters, nine letters or digits, a check digit.

Source: ISO 6166; spec 05 formula 16: letters become two digits (A is 10), then Luhn's sum from the right.
"""

from __future__ import annotations

import re

from chalicelib.kernel.errors import Invalid

_FORM = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")


class InvalidIsin(Invalid):
    """Not twelve characters in the form of an ISIN, or the check digit does not fit."""

    code = "invalid_isin"


def checked_isin(written: str) -> str:
    """The number itself. Raises InvalidIsin."""
    if not _FORM.fullmatch(written) or _sum(written) % 10:
        raise InvalidIsin("isin", isin=written[:12])
    return written


def _sum(written: str) -> int:
    digits = [int(digit) for character in written for digit in str(int(character, 36))]
    doubled = [digit if place % 2 == 0 else digit * 2 for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled)
