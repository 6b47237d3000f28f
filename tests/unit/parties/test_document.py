"""Identity documents against the tenant's rules."""

from typing import Any

import pytest

from chalicelib.modules.parties.domain.document import checked_number, weighted_check_digit
from chalicelib.modules.parties.errors import DocumentCheckDigit, DocumentRuleBroken
from chalicelib.modules.parties.plans import DocumentRule


def a_rule(**given: Any) -> DocumentRule:
    return DocumentRule(**{"names": {"es": "Documento"}, **given})


CEDULA = a_rule(algorithm="ec_cedula", pattern="^[0-9]{10}$", min_length=10, max_length=10)
RUC = a_rule(algorithm="ec_ruc", min_length=13, max_length=13, strict=False)
NIT = a_rule(algorithm="co_nit", pattern="^[0-9]{8,15}-?[0-9]$", min_length=9, max_length=17)
WEIGHTED = a_rule(algorithm="weights", weights=(3, 7, 1), modulus=10, min_length=4, max_length=4)


@pytest.mark.parametrize(
    ("rule", "written", "kept"),
    [
        (CEDULA, "171003406-5", "1710034065"),
        (NIT, "800.197.268-4", "8001972684"),
        (RUC, "1790016919001", "1790016919001"),
        (a_rule(), " ab-12 ", "AB12"),
        (a_rule(number_from=1, number_to=999), "999", "999"),
        (WEIGHTED, "1230", "1230"),
    ],
)
def test_a_number_that_holds_is_kept_without_signs(rule: DocumentRule, written: str, kept: str) -> None:
    assert checked_number(rule, "X", written, confirmed=False) == (kept, False)


@pytest.mark.parametrize(
    ("rule", "written", "reason"),
    [
        (CEDULA, "17100340", "length"),
        (CEDULA, "17100340AB", "pattern"),
        (CEDULA, "9910034065", "component"),
        (a_rule(number_from=1, number_to=999), "1000", "range"),
        (a_rule(number_from=10), "9", "below"),
        (a_rule(number_to=10), "11", "above"),
        (a_rule(number_from=1), "AB", "digits"),
        (a_rule(), "", "length"),
    ],
)
def test_a_number_that_breaks_its_rule_names_it(rule: DocumentRule, written: str, reason: str) -> None:
    with pytest.raises(DocumentRuleBroken) as refused:
        checked_number(rule, "X", written, confirmed=True)
    assert (refused.value.params["rule"], refused.value.params["reason"]) == ("X", reason)


@pytest.mark.parametrize(("rule", "written"), [(CEDULA, "1710034066"), (WEIGHTED, "1239")])
def test_a_strict_rule_takes_no_confirmation(rule: DocumentRule, written: str) -> None:
    with pytest.raises(DocumentCheckDigit) as refused:
        checked_number(rule, "X", written, confirmed=True)
    assert refused.value.params["reason"] == "strict"


def test_an_advisory_rule_takes_a_person_at_their_word() -> None:
    with pytest.raises(DocumentCheckDigit) as refused:
        checked_number(RUC, "R", "1790011675001", confirmed=False)
    assert refused.value.params["reason"] == "confirmable"
    assert checked_number(RUC, "R", "1790011675001", confirmed=True) == ("1790011675001", True)


def test_weighted_check_digits() -> None:
    assert weighted_check_digit("123", (3, 7, 1), 10) == "0"  # 3·1 + 7·2 + 1·3 = 20
    assert weighted_check_digit("124", (3, 7, 1), 10) == "9"
    assert weighted_check_digit("12", (3, 7, 1), 10) == ""
    assert weighted_check_digit("12A", (3, 7, 1), 10) == ""
