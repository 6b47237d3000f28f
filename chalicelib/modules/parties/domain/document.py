"""Identity documents: what a number must satisfy by the tenant's rule, and the numbers a party had before."""

import re
from datetime import date

from chalicelib.kernel import national_id
from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.parties.errors import DocumentCheckDigit, DocumentRuleBroken
from chalicelib.modules.parties.plans import DocumentRule

_SEPARATORS = re.compile(r"[\s.\-]")
NATIONAL = {"ec_cedula": ("EC", "C"), "ec_ruc": ("EC", "R"), "co_nit": ("CO", "NIT")}


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """What identifies a party. ``check_digit_confirmed``: a person vouched for a number whose check digit fails."""

    document_type: str
    document_number: str
    document_issued_on: date | None = None
    document_expires_on: date | None = None
    document_issue_place: str = ""
    check_digit_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class FormerDocument:
    """A document that a party had until a business date, and why it changed."""

    document_type: str
    document_number: str
    changed_on: date
    changed_by: str
    reason: str


def normal_number(written: str) -> str:
    """A number in capitals without spaces, dots or hyphens."""
    return _SEPARATORS.sub("", written).upper()


def checked_number(
    rule: DocumentRule, document_type: str, written: str, *, confirmed: bool
) -> tuple[str, bool]:
    """(number as it is kept, whether it only passed because a person confirmed it).

    Raises DocumentRuleBroken naming the rule, DocumentCheckDigit (PTY-01, PTY-05).
    """
    number = normal_number(written)
    _check_shape(rule, document_type, number)
    if _check_digit_fits(rule, document_type, number):
        return number, False
    if rule.strict or not confirmed:
        raise DocumentCheckDigit(
            "document_number", rule=document_type, reason="strict" if rule.strict else "confirmable"
        )
    return number, True


def _check_shape(rule: DocumentRule, document_type: str, number: str) -> None:
    def refuse(reason: str, **limits: int | None) -> DocumentRuleBroken:
        return DocumentRuleBroken("document_number", rule=document_type, reason=reason, **limits)

    if not rule.min_length <= len(number) <= rule.max_length:
        raise refuse("length", min_length=rule.min_length, max_length=rule.max_length)
    if rule.pattern and not re.fullmatch(rule.pattern, number):
        raise refuse("pattern")
    if rule.number_from is None and rule.number_to is None:
        return
    if not (number.isascii() and number.isdigit()):
        raise refuse("digits")
    if not (rule.number_from or 0) <= int(number) <= (rule.number_to or int(number)):
        raise refuse(_range(rule), number_from=rule.number_from, number_to=rule.number_to)


def _range(rule: DocumentRule) -> str:
    if rule.number_to is None:
        return "below"
    return "above" if rule.number_from is None else "range"


def _check_digit_fits(rule: DocumentRule, document_type: str, number: str) -> bool:
    if rule.algorithm == "none":
        return True
    if rule.algorithm == "weights":
        return weighted_check_digit(number[:-1], rule.weights, rule.modulus or 10) == number[-1:]
    try:
        national_id.validate(*NATIONAL[rule.algorithm], number)
    except national_id.WrongCheckDigit:
        return False
    except national_id.InvalidDocumentNumber as error:
        raise DocumentRuleBroken(
            "document_number",
            rule=document_type,
            reason=str(error.params.get("reason", "format")).replace("length", "format"),
        ) from None
    return True


def weighted_check_digit(digits: str, weights: tuple[int, ...], modulus: int) -> str:
    """The digit that makes the weighted sum a multiple of the modulus; 10 is written 0. Empty for other shapes."""
    if len(digits) != len(weights) or not (digits.isascii() and digits.isdigit()):
        return ""
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % modulus
    return str((modulus - rest) % modulus % 10)
