"""Identity documents of Ecuador and Colombia."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.national_id import (
    InvalidDocumentNumber,
    UnknownDocumentType,
    WrongCheckDigit,
    document_types,
    validate,
)


@pytest.mark.parametrize(
    ("country", "document_type", "number", "normalised"),
    [
        ("EC", "C", "171430710-3", "1714307103"),
        ("EC", "CI", " 1714307103 ", "1714307103"),
        ("EC", "R", "1792060346-001", "1792060346001"),
        ("EC", "RUC", "1714307103001", "1714307103001"),
        ("EC", "P", "a-123456", "A123456"),
        ("EC", "E", "EX0001", "EX0001"),
        ("CO", "CC", "1.020.304.050", "1020304050"),
        ("CO", "CE", "345678", "345678"),
        ("CO", "TI", "1020304050", "1020304050"),
        ("CO", "RC", "1020304050", "1020304050"),
        ("CO", "PA", "AB123456", "AB123456"),
        ("CO", "PPT", "5123456", "5123456"),
        ("CO", "NIT", "213.123.432-1", "2131234321"),
    ],
)
def test_valid_number_is_normalised(country, document_type, number, normalised):
    assert validate(country, document_type, number) == normalised


@pytest.mark.parametrize(
    ("country", "document_type", "number", "overridable"),
    [
        ("EC", "C", "1714307104", False),
        ("EC", "R", "1763154690001", True),
        ("CO", "NIT", "213123432-5", False),
    ],
)
def test_wrong_check_digit_is_told_from_a_wrong_shape(country, document_type, number, overridable):
    with pytest.raises(WrongCheckDigit) as refused:
        validate(country, document_type, number)
    assert refused.value.params["overridable"] is overridable


@pytest.mark.parametrize(
    ("country", "document_type", "number", "reason"),
    [
        ("EC", "C", "171430710", "format"),
        ("EC", "C", "9914307103", "component"),
        ("EC", "C", "17143O7103", "format"),
        ("EC", "R", "1792060346000", "component"),
        ("EC", "P", "12", "format"),
        ("CO", "CC", "0123456", "format"),
        ("CO", "CC", "12345678901", "format"),
        ("CO", "NIT", "123", "format"),
        ("CO", "CE", "", "format"),
        ("CO", "PA", "A" * 5000, "length"),
    ],
)
def test_wrong_shape_is_refused_even_when_not_strict(country, document_type, number, reason):
    for strict in (True, False):
        with pytest.raises(InvalidDocumentNumber) as refused:
            validate(country, document_type, number, strict=strict)
        assert refused.value.params["reason"] == reason


def test_ruc_that_fails_its_check_may_be_confirmed_by_a_person():
    assert validate("EC", "R", "1763154690001", strict=False) == "1763154690001"


def test_cedula_that_fails_its_check_may_not():
    with pytest.raises(WrongCheckDigit):
        validate("EC", "C", "1714307104", strict=False)


@pytest.mark.parametrize(("country", "document_type"), [("EC", "NIT"), ("CO", "C"), ("XX", "C"), ("", "")])
def test_type_of_another_country_is_refused(country, document_type):
    with pytest.raises(UnknownDocumentType):
        validate(country, document_type, "1714307103")


def test_types_are_listed_by_country():
    assert "NIT" in document_types("CO")
    assert "C" in document_types("EC")
    assert document_types("XX") == ()


@given(st.sampled_from([(c, t) for c in ("EC", "CO") for t in document_types(c)]), st.text(max_size=60))
def test_any_text_is_either_normalised_or_refused(kind, text):
    country, document_type = kind
    try:
        normalised = validate(country, document_type, text)
    except (InvalidDocumentNumber, WrongCheckDigit):
        return
    assert validate(country, document_type, normalised) == normalised
