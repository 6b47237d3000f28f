"""Account numbers: branch, product and sequence in fixed widths, closed by a check digit.

luhn: ISO/IEC 7812 (one digit).  mod11: ISO 7064 MOD 11,10 (one digit).  mod97: ISO 7064 MOD 97-10 (two
digits). All three catch every single wrong digit; luhn misses the swap 09 ↔ 90, the others catch nearly all
swaps.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid


class InvalidAccountNumber(Invalid):
    """Not an account number of the scheme, or its check digit is wrong."""

    code = "invalid_account_number"


class AccountNumberRange(Invalid):
    """A part is negative or does not fit in its digits."""

    code = "account_number_range"


class InvalidScheme(Invalid):
    """A scheme with a part without digits, or longer than 30 digits."""

    code = "invalid_account_number_scheme"


class Check(StrEnum):
    """Ways to close a number."""

    LUHN = "luhn"
    MOD11 = "mod11"
    MOD97 = "mod97"


@dataclass(frozen=True, slots=True)
class Scheme:
    """Widths of the parts and the check. The default branch width holds every branch code (1–99999)."""

    branch_digits: int = 5
    product_digits: int = 2
    sequence_digits: int = 7
    check: Check = Check.LUHN

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "check", Check(self.check))
        except ValueError:
            raise InvalidScheme("check", check=str(self.check)) from None
        for part in ("branch_digits", "product_digits", "sequence_digits"):
            if not 0 < getattr(self, part) <= 10:
                raise InvalidScheme(part, digits=getattr(self, part))

    @property
    def length(self) -> int:
        """Digits of a whole number."""
        check = 2 if self.check is Check.MOD97 else 1
        return self.branch_digits + self.product_digits + self.sequence_digits + check


@dataclass(frozen=True, slots=True)
class AccountNumberParts:
    """What an account number says."""

    branch: int
    product: int
    sequence: int


def compose(branch: int, product: int, sequence: int, scheme: Scheme) -> str:
    """The account number as digits only. Raises AccountNumberRange."""
    body = (
        _part("branch", branch, scheme.branch_digits)
        + _part("product", product, scheme.product_digits)
        + _part("sequence", sequence, scheme.sequence_digits)
    )
    return body + _digits_of(scheme.check)(body)


def verify(number: str, scheme: Scheme) -> bool:
    """Whether it has the scheme's length, digits only, and the right check digit. Never raises."""
    return len(number) == scheme.length and is_checked(number, scheme.check)


def is_checked(number: str, check: Check = Check.LUHN) -> bool:
    """Whether a number of any length closes with its check digits. Never raises."""
    digits = 2 if check is Check.MOD97 else 1
    if len(number) <= digits or not (number.isascii() and number.isdigit()):
        return False
    return _digits_of(check)(number[:-digits]) == number[-digits:]


def parse(number: str, scheme: Scheme) -> AccountNumberParts:
    """The parts of a number. Raises InvalidAccountNumber."""
    if not verify(number, scheme):
        raise InvalidAccountNumber("number", number=number[:40])
    product_at = scheme.branch_digits
    sequence_at = product_at + scheme.product_digits
    end = sequence_at + scheme.sequence_digits
    return AccountNumberParts(
        int(number[:product_at]), int(number[product_at:sequence_at]), int(number[sequence_at:end])
    )


def _part(name: str, value: int, digits: int) -> str:
    if not 0 <= value < 10**digits:
        raise AccountNumberRange(name, value=value, digits=digits)
    return str(value).zfill(digits)


def _digits_of(check: Check) -> Callable[[str], str]:
    """The function that computes the check digits of a body; the library loads on first use."""
    if check is Check.LUHN:
        from stdnum import luhn

        return luhn.calc_check_digit
    if check is Check.MOD11:
        from stdnum.iso7064 import mod_11_10

        return mod_11_10.calc_check_digit
    from stdnum.iso7064 import mod_97_10

    return mod_97_10.calc_check_digits
