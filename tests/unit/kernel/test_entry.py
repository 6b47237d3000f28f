"""Entries: debits equal credits per currency, and per branch once inter-branch legs are added."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.kernel.entry import (
    Entry,
    InvalidLeg,
    Leg,
    Side,
    UnbalancedEntry,
    branch_differences,
    mirrored,
    with_interbranch_legs,
)
from chalicelib.kernel.money import Money

TODAY = date(2026, 5, 4)


def an_entry(*legs: Leg, **changes) -> Entry:
    fields = {
        "id": "ent_1",
        "code": "CASH_DEPOSIT",
        "business_date": TODAY,
        "value_date": TODAY,
        "branch": "001",
        "channel": "teller",
        "actor": "ana",
        "narrative": "",
        "legs": legs,
    }
    return Entry(**{**fields, **changes})


def debit(branch, amount, role="cash_on_hand", code="USD", account_id=None):
    return Leg(branch, Side.DEBIT, Money.of(amount, code), role, account_id)


def credit(branch, amount, role="member_deposits", code="USD", account_id=None):
    return Leg(branch, Side.CREDIT, Money.of(amount, code), role, account_id)


sides = st.tuples(
    st.sampled_from(["001", "002", "003", "004", "005"]),
    st.sampled_from(["USD", "COP"]),
    st.integers(1, 10**9),
)


@st.composite
def balanced_entries(draw):
    """Random legs, and one leg per currency in some branch that makes the whole balance."""
    legs = [
        Leg(branch, side, Money(minor, code), "role")
        for side in Side
        for branch, code, minor in draw(st.lists(sides, max_size=5))
    ]
    for code in ("USD", "COP"):
        difference = sum(leg.debit_minor for leg in legs if leg.money.currency == code)
        if difference:
            branch = draw(st.sampled_from(["001", "002", "003"]))
            side = Side.CREDIT if difference > 0 else Side.DEBIT
            legs.append(Leg(branch, side, Money(abs(difference), code), "role"))
    assume(legs)
    return an_entry(*draw(st.permutations(legs)))


def test_cash_received_for_an_account_of_another_branch_balances_in_both():
    entry = with_interbranch_legs(an_entry(debit("001", "100"), credit("002", "100", account_id="acc_1")))
    assert [(leg.branch, leg.side, leg.role, leg.component, leg.money.text) for leg in entry.legs] == [
        ("001", "debit", "cash_on_hand", "principal", "100.00"),
        ("002", "credit", "member_deposits", "principal", "100.00"),
        ("001", "credit", "interbranch_due_to", "002", "100.00"),
        ("002", "debit", "interbranch_due_from", "001", "100.00"),
    ]
    entry.check_branches()


def test_largest_differences_are_paired_first():
    legs = (debit("003", "70"), debit("001", "30"), credit("002", "60"), credit("004", "40"))
    added = with_interbranch_legs(an_entry(*legs)).legs[4:]
    assert [(leg.branch, leg.role, leg.component, leg.money.text) for leg in added] == [
        ("003", "interbranch_due_to", "002", "60.00"),
        ("002", "interbranch_due_from", "003", "60.00"),
        ("001", "interbranch_due_to", "004", "30.00"),
        ("004", "interbranch_due_from", "001", "30.00"),
        ("003", "interbranch_due_to", "004", "10.00"),
        ("004", "interbranch_due_from", "003", "10.00"),
    ]


@given(balanced_entries())
def test_interbranch_legs_balance_every_branch_and_currency(entry):
    settled = with_interbranch_legs(entry)
    settled.check_branches()
    assert not any(branch_differences(settled.legs).values())
    assert settled.legs[: len(entry.legs)] == entry.legs
    assert with_interbranch_legs(settled) is settled


@given(balanced_entries(), st.randoms())
def test_interbranch_legs_do_not_depend_on_the_order_of_the_legs(entry, random):
    shuffled = list(entry.legs)
    random.shuffle(shuffled)
    added = with_interbranch_legs(entry).legs[len(entry.legs) :]
    others = with_interbranch_legs(an_entry(*shuffled)).legs[len(entry.legs) :]
    assert set(added) == set(others)
    assert len(added) == len(others)


def test_entry_within_one_branch_stays_as_it_is():
    entry = an_entry(debit("001", "10"), credit("001", "10"))
    assert with_interbranch_legs(entry) is entry


@pytest.mark.parametrize(
    "legs",
    [
        (debit("001", "10"), credit("001", "9.99")),
        (debit("001", "10"), credit("001", "10", code="EUR")),
        (debit("001", "10"),),
    ],
)
def test_entry_that_does_not_balance_is_refused(legs):
    for act in (lambda entry: entry.check(), with_interbranch_legs):
        with pytest.raises(UnbalancedEntry):
            act(an_entry(*legs))


def test_branches_that_do_not_balance_are_refused():
    entry = an_entry(debit("001", "10"), credit("002", "10"))
    entry.check()
    with pytest.raises(UnbalancedEntry) as refused:
        entry.check_branches()
    assert refused.value.params["branch"] == "001"


@pytest.mark.parametrize(
    "legs", [(), (debit("001", "0"), credit("001", "0")), (debit("001", "-5"), credit("001", "-5"))]
)
def test_entry_needs_legs_of_positive_amounts(legs):
    with pytest.raises(InvalidLeg):
        an_entry(*legs).check()


def test_credit_raises_a_deposit_and_debit_raises_a_loan():
    deposit, disbursement = credit("001", "10"), debit("001", "10")
    assert deposit.change(Side.CREDIT) == Money.of("10", "USD")
    assert deposit.change(Side.DEBIT) == Money.of("-10", "USD")
    assert disbursement.change(Side.DEBIT) == Money.of("10", "USD")


@given(balanced_entries())
def test_reversal_restores_every_balance(entry):
    original = with_interbranch_legs(entry)
    reversal = mirrored(
        original, "ent_2", business_date=TODAY, actor="eva", channel="teller", narrative="error"
    )
    reversal.check_branches()
    assert [a.debit_minor + b.debit_minor for a, b in zip(original.legs, reversal.legs, strict=True)] == [
        0
    ] * len(original.legs)


def test_reversal_says_what_it_reverses_and_keeps_the_value_date():
    entry = an_entry(debit("001", "10"), credit("001", "10"), value_date=date(2026, 5, 1), source_ref="v1")
    reversal = mirrored(
        entry, "ent_2", business_date=date(2026, 5, 5), actor="eva", channel="console", narrative="error"
    )
    assert (reversal.id, reversal.reverses, reversal.actor) == ("ent_2", "ent_1", "eva")
    assert (reversal.business_date, reversal.value_date) == (date(2026, 5, 5), date(2026, 5, 1))
    assert (reversal.code, reversal.branch, reversal.source_ref) == ("CASH_DEPOSIT", "001", "v1")


def test_memorandum_legs_are_settled_between_branches_among_themselves():
    memo = (debit("001", "90", role="memo"), credit("002", "90", role="memo"))
    entry = an_entry(*memo, debit("002", "5"), credit("001", "5"))
    settled = with_interbranch_legs(entry, lambda leg: leg.role.startswith(("memo", "interbranch_memo")))
    settled.check_branches()
    added = [(leg.branch, leg.role, leg.component, leg.money.text) for leg in settled.legs[4:]]
    assert added == [
        ("002", "interbranch_due_to", "001", "5.00"),
        ("001", "interbranch_due_from", "002", "5.00"),
        ("001", "interbranch_memo_due_to", "002", "90.00"),
        ("002", "interbranch_memo_due_from", "001", "90.00"),
    ]


def test_memorandum_legs_that_do_not_balance_alone_are_settled_with_the_others():
    entry = an_entry(debit("001", "90", role="memo"), credit("002", "90"))
    settled = with_interbranch_legs(entry, lambda leg: leg.role == "memo")
    assert [leg.role for leg in settled.legs[2:]] == ["interbranch_due_to", "interbranch_due_from"]
