"""Rules among branches, in code tables over time, and of user-defined fields."""

from typing import Any

import pytest

from chalicelib.modules.administration.domain import (
    branches_of,
    check_branch,
    check_code_table,
    user_value,
    with_inherited,
)
from chalicelib.modules.administration.errors import (
    BranchCodeRange,
    BranchScopeIncomplete,
    CodeValueRemoved,
    SecondHeadOffice,
)
from chalicelib.modules.administration.plans import Branch, CodeTable, UserField

HEAD = Branch(name="Matriz", head_office=True, calendar="national", language="es", time_zone="America/Bogota")
PLAIN = Branch(name="Agencia")


def a_table(*codes: str) -> CodeTable:
    return CodeTable(
        names={"es": "Tabla"}, values=tuple({"code": code, "names": {"es": code}} for code in codes)
    )


def a_field(**given: Any) -> UserField:
    return UserField(**{"entity": "party", "key": "x", "names": {"es": "X"}, "field_type": "text", **given})


@pytest.mark.parametrize("code", ["0", "100000", "01", "-1", "a", "1.5", ""])
def test_branch_codes_outside_the_range(code: str) -> None:
    with pytest.raises(BranchCodeRange):
        check_branch(code, PLAIN, [])


@pytest.mark.parametrize("code", ["1", "99999"])
def test_branch_codes_at_the_ends_of_the_range(code: str) -> None:
    check_branch(code, PLAIN, [])


def test_the_head_office_may_change_but_not_be_two() -> None:
    check_branch("1", HEAD, [("1", HEAD), ("2", PLAIN)])
    with pytest.raises(SecondHeadOffice):
        check_branch("2", HEAD, [("1", HEAD), ("2", PLAIN)])


def test_blanks_come_from_the_head_office() -> None:
    found = with_inherited(Branch(name="Agencia", language="en"), HEAD)
    assert (found.language, found.calendar, found.time_zone) == ("en", "national", "America/Bogota")
    assert with_inherited(PLAIN, None) == PLAIN


def test_tables_keep_what_they_held() -> None:
    check_code_table(a_table("A", "B"), a_table("A"))
    check_code_table(a_table("A"), None)
    with pytest.raises(CodeValueRemoved):
        check_code_table(a_table("B"), a_table("A", "B"))


def test_the_own_branch_always_counts() -> None:
    assert branches_of("2", ("1", "2", "3"), "list") == ("2", "1", "3")
    assert branches_of("2", (), "own") == ("2",)
    with pytest.raises(BranchScopeIncomplete):
        branches_of("2", ("2",), "list")


@pytest.mark.parametrize(
    ("field_type", "written", "kept"),
    [
        ("text", " hola ", "hola"),
        ("date", "2026-02-28", "2026-02-28"),
        ("date", "2026-02-30", None),
        ("date", "28/02/2026", None),
        ("amount", "12.50", "12.50"),
        ("amount", "-3", "-3"),
        ("amount", "12,50", None),
        ("amount", "NaN", None),
        ("amount", "1e3", None),
        ("amount", "1_000", None),
        ("rate", "3.1234567", None),
        ("rate", "3.123456", "3.123456"),
        ("amount", "9" * 30, None),
    ],
)
def test_user_values_are_of_their_fields_type(field_type: str, written: str, kept: str | None) -> None:
    assert user_value(a_field(field_type=field_type), written) == kept


def test_user_texts_are_no_longer_than_their_field() -> None:
    assert user_value(a_field(max_length=3), "abcd") is None
