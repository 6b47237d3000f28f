"""Shares of an account: they make a whole, to the fourth decimal and to the cent; a change keeps what was."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.money import Money
from chalicelib.modules.parties.domain.account_party import (
    AccountParties,
    Part,
    divided,
    equal_shares,
    owns,
    permits_query,
    replaced,
    share_in,
    shares_of,
    sole_owner,
)
from chalicelib.modules.parties.domain.product import ProductSummary
from chalicelib.modules.parties.errors import HolderNotOwner, OwnershipNotWhole
from chalicelib.modules.parties.plans import AccountRole

NAMES = {"es": "Papel"}
ROLES = {
    "OWNER": AccountRole(names=NAMES, owner=True),
    "BENEFICIARY": AccountRole(names=NAMES, shares=True),
    "SIGNER": AccountRole(names=NAMES),
}
DAY = date(2026, 6, 1)


def an_account() -> ProductSummary:
    balance = Money.of("1000.00", "USD")
    return ProductSummary("deposits", "dep_1", "1", "S1", "active", DAY, balance, branch="1", party_id="a")


def test_three_owners_share_by_largest_remainder() -> None:
    assert [f"{share:f}" for share in equal_shares(3)] == ["33.3334", "33.3333", "33.3333"]
    shares = shares_of(Money.of("1000.00", "USD"), equal_shares(3))
    assert [share.text for share in shares] == [
        "333.34",
        "333.33",
        "333.33",
    ]


@given(st.integers(1, 40), st.integers(-(10**12), 10**12))
def test_equal_shares_make_the_whole_and_lose_no_cent(count: int, minor: int) -> None:
    percentages = equal_shares(count)
    assert sum(percentages) == 100
    assert max(percentages) - min(percentages) <= Decimal("0.0001")
    balance = Money(minor, "USD")
    assert Money.total(shares_of(balance, percentages), "USD") == balance


def test_owners_and_beneficiaries_each_make_one_hundred() -> None:
    wanted = [
        Part("a", "OWNER"),
        Part("b", "OWNER"),
        Part("c", "BENEFICIARY", Decimal(60)),
        Part("d", "BENEFICIARY", Decimal(40)),
        Part("e", "SIGNER"),
    ]
    found = [part.ownership_pct for part in divided(wanted, ROLES, "a")]
    assert found == [Decimal(50), Decimal(50), Decimal(60), Decimal(40), None]
    with pytest.raises(OwnershipNotWhole):
        divided([*wanted[:3], Part("d", "BENEFICIARY", Decimal("39.9999"))], ROLES, "a")
    with pytest.raises(HolderNotOwner):
        divided([Part("b", "OWNER"), Part("a", "BENEFICIARY")], ROLES, "a")


@given(st.integers(1, 12), st.integers(0, 10**12))
def test_parts_of_all_owners_make_any_amount_of_the_account(count: int, minor: int) -> None:
    owners = [Part(f"p{number}", "OWNER") for number in range(count)]
    register = replaced(AccountParties("dep_1", "deposits", "1"), divided(owners, ROLES, "p0"), DAY, "me")
    parts, amount = register.on(DAY), Money(minor, "USD")
    shares = [share_in(part.party_id, parts, ROLES, amount) for part in parts]
    assert Money.total([share for share in shares if share], "USD") == amount
    assert share_in("stranger", parts, ROLES, amount) is None
    assert share_in("p0", parts, ROLES, None) is None


@pytest.mark.parametrize(
    ("role", "percentage", "joint"),
    [
        ("OWNER", "50.0000", "50"),
        ("OWNER", "33.3334", "33.3334"),
        ("OWNER", "0.5000", "0.5"),
        ("OWNER", "100.0000", None),
        ("OWNER", None, None),
        ("BENEFICIARY", "50.0000", None),
    ],
)
def test_a_product_is_joint_where_an_owner_has_less_than_all(
    role: str, percentage: str | None, joint: str | None
) -> None:
    pct = None if percentage is None else Decimal(percentage)
    product = replace(an_account(), role=role, owner=owns(role, ROLES), ownership_pct=pct)
    assert (None if product.joint_pct is None else f"{product.joint_pct:f}") == joint
    assert product.joint is (joint is not None)


def test_who_may_query_is_a_matter_of_the_role_and_of_the_unnamed_owner() -> None:
    asking = {**ROLES, "CO_OWNER": AccountRole(names=NAMES, owner=True, permits_query=True)}
    assert [permits_query(role, asking) for role in ("CO_OWNER", "OWNER", "owner", "gone")] == [
        True,
        False,
        True,
        False,
    ]


people = st.lists(st.sampled_from("abcdef"), unique=True)


@given(st.lists(people, min_size=1, max_size=6))
def test_each_date_shows_what_was_asked_on_it_and_nothing_is_deleted(changes: list[list[str]]) -> None:
    register = AccountParties("dep_1", "deposits", "1")
    for days, names in enumerate(changes):
        before = register.parties
        register = replaced(register, [Part(name, "SIGNER") for name in names], DAY + timedelta(days), "usr")
        assert len(register.parties) >= len(before)
    for days, names in enumerate(changes):
        shown = [part.party_id for part in register.on(DAY + timedelta(days))]
        assert sorted(shown) == sorted(names)


def test_the_same_again_changes_nothing() -> None:
    register = sole_owner(an_account(), "OWNER")
    again = [Part("a", "OWNER", Decimal(100))]
    assert replaced(register, again, DAY + timedelta(1), "usr") == register
    ended = replaced(register, [Part("b", "OWNER", Decimal(100))], DAY + timedelta(1), "usr")
    assert [part.party_id for part in ended.former(DAY + timedelta(1))] == ["a"]
    assert ended.former(DAY) == ()
