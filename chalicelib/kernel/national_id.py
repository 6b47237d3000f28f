"""Identity documents: normalised and verified by the rule of their country and type.

Check digits come from python-stdnum, loaded on first use. Types without a check digit are held to a pattern
taken from practice, wide rather than narrow. Type codes are those of the supervisors' tables (SEPS for
Ecuador; the usual abbreviations for Colombia).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid

LONGEST_NUMBER = 40
_SEPARATORS = re.compile(r"[\s.\-]")


class UnknownDocumentType(Invalid):
    """The country has no such type of document here."""

    code = "unknown_document_type"


class InvalidDocumentNumber(Invalid):
    """Length, characters or a part of the number are wrong; `reason` is format, length or component."""

    code = "invalid_document_number"


class WrongCheckDigit(Invalid):
    """The check digit does not match; `overridable` says whether `strict=False` would let it pass."""

    code = "wrong_document_check_digit"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of the normalised number, and a python-stdnum module for what a pattern cannot say."""

    pattern: str
    module: str = ""
    check_overridable: bool = False


_PASSPORT = Rule(r"[A-Z0-9]{5,20}")
_CEDULA_EC = Rule(r"[0-9]{10}", "ec.ci")
# The tax office has issued RUCs that fail modulus 11, so a person may confirm one that does.
_RUC_EC = Rule(r"[0-9]{13}", "ec.ruc", check_overridable=True)

RULES: dict[str, dict[str, Rule]] = {
    "EC": {
        "C": _CEDULA_EC,
        "CI": _CEDULA_EC,
        "R": _RUC_EC,
        "RUC": _RUC_EC,
        "P": _PASSPORT,
        "E": Rule(r"[A-Z0-9]{3,20}"),  # foreigner's code assigned by the supervisor
    },
    "CO": {
        "CC": Rule(r"[1-9][0-9]{2,9}"),  # cédula de ciudadanía
        "CE": Rule(r"[A-Z0-9]{3,12}"),  # cédula de extranjería
        "TI": Rule(r"[0-9]{10,11}"),  # tarjeta de identidad
        "RC": Rule(r"[A-Z0-9]{8,11}"),  # registro civil
        "PA": _PASSPORT,
        "PPT": Rule(r"[0-9]{5,12}"),  # permiso por protección temporal
        "NIT": Rule(r"[0-9]{8,16}", "co.nit"),
    },
}


def document_types(country: str) -> tuple[str, ...]:
    """Codes of the types known for an ISO 3166 country; empty for others."""
    return tuple(RULES.get(country, ()))


def validate(country: str, document_type: str, number: str, *, strict: bool = True) -> str:
    """The number in capitals without spaces, dots or hyphens, once it holds.

    With `strict=False` a wrong check digit passes where the rule allows it (Ecuadorian RUC), never a wrong
    shape. Raises UnknownDocumentType, InvalidDocumentNumber, WrongCheckDigit.
    """
    rule = RULES.get(country, {}).get(document_type)
    if rule is None:
        raise UnknownDocumentType("document_type", country=country, document_type=document_type)
    if len(number) > LONGEST_NUMBER:
        raise InvalidDocumentNumber("number", document_type=document_type, reason="length")
    normalised = _SEPARATORS.sub("", number).upper()
    if not re.fullmatch(rule.pattern, normalised):
        raise InvalidDocumentNumber("number", document_type=document_type, reason="format")
    if rule.module:
        _verify(rule, document_type, normalised, strict)
    return normalised


def _verify(rule: Rule, document_type: str, number: str, strict: bool) -> None:
    from stdnum.exceptions import InvalidChecksum, ValidationError

    try:
        _validator(rule.module)(number)
    except InvalidChecksum:
        if strict or not rule.check_overridable:
            raise WrongCheckDigit(
                "number", document_type=document_type, overridable=rule.check_overridable
            ) from None
    except ValidationError:
        raise InvalidDocumentNumber("number", document_type=document_type, reason="component") from None


def _validator(module: str) -> Callable[[str], str]:
    if module == "ec.ci":
        from stdnum.ec.ci import validate as validator
    elif module == "ec.ruc":
        from stdnum.ec.ruc import validate as validator
    else:
        from stdnum.co.nit import validate as validator
    return validator
