"""What charges cost, which cheques may still be drawn, and how much of a batch was rejected: the rules alone."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.batch import Batch, Line, LineState, Totals, counted, totals_of
from chalicelib.modules.deposits.domain.charges import price
from chalicelib.modules.deposits.domain.cheque_book import (
    ChequeBook,
    ChequeState,
    PaidCheque,
    Stop,
    StopState,
    unused_count,
)
from chalicelib.modules.deposits.plans import ServiceCharge

NOW, TODAY = datetime(2026, 6, 1, tzinfo=UTC), date(2026, 6, 1)


def a_charge(**body: Any) -> ServiceCharge:
    return ServiceCharge.model_validate({"names": {"es": "Cargo"}, "currency": "USD", **body})


@pytest.mark.parametrize(
    ("base", "expected"), [("1500.00", "6.00"), ("300.00", "2.00"), ("5000.00", "10.00")]
)
def test_a_percentage_stays_between_its_bounds(base: str, expected: str) -> None:
    charge = a_charge(routine="percent", percent="0.4", minimum="2.00", maximum="10.00")
    assert price(charge, Money.of(base, "USD")) == Money.of(expected, "USD")


@given(free=st.integers(0, 20), steps=st.lists(st.integers(1, 9), max_size=12))
def test_units_cost_the_same_one_by_one_or_together(free: int, steps: list[int]) -> None:
    charge = a_charge(routine="per_unit", amount="0.50", free_count=free)
    zero, used, apart = Money.zero("USD"), 0, Money.zero("USD")
    for units in steps:
        apart += price(charge, zero, used=used, units=units)
        used += units
    assert apart == price(charge, zero, units=used)
    assert apart == Money.of("0.50", "USD").times(max(0, used - free))


@given(st.sampled_from(["fixed", "percent", "per_band"]), st.decimals("0", "99", places=2))
def test_an_amount_of_ones_own_takes_the_place_of_any_price(routine: str, own: Decimal) -> None:
    terms = {
        "fixed": {"amount": "3.00"},
        "percent": {"percent": "5"},
        "per_band": {"bands": [{"from_amount": "0", "amount": "3.00"}]},
    }[routine]
    charge = a_charge(routine=routine, **terms)
    assert price(charge, Money.of("77.00", "USD"), own) == Money.of(own, "USD")


def test_free_units_are_only_for_what_is_counted() -> None:
    with pytest.raises(ValidationError, match="free_count_not_allowed"):
        a_charge(amount="1.00", free_count=3)


def test_cheques_that_may_still_be_drawn_are_neither_paid_nor_stopped_for_good() -> None:
    book = ChequeBook("dep_1", 101, 125, TODAY, "usr_1")
    paid = PaidCheque("dep_1", 103, 7_500, "USD", TODAY, "ent_1")

    def stop(
        first: int, last: int, expires_on: date | None = None, state: StopState = StopState.ACTIVE
    ) -> Stop:
        return Stop("stp_1", "dep_1", first, last, ChequeState.LOST, "x", "u", NOW, expires_on, state=state)

    assert unused_count([book], [], []) == 25
    assert unused_count([book], [paid], [stop(103, 105)]) == 22
    assert unused_count([book], [paid], [stop(104, 105, TODAY)]) == 24
    assert unused_count([book], [paid], [stop(104, 105, state=StopState.LIFTED)]) == 24


@given(st.lists(st.tuples(st.sampled_from(["debit", "credit"]), st.integers(1, 10**9)), max_size=50))
def test_totals_of_a_file_add_up(rows: list[tuple[Any, int]]) -> None:
    totals = totals_of(Line("1", side, minor) for side, minor in rows)
    assert totals.count == len(rows)
    assert totals.debits_minor + totals.credits_minor == sum(minor for _, minor in rows)


@pytest.mark.parametrize(("rejected", "over"), [(50, False), (51, True), (60, True)])
def test_the_share_of_rejected_lines_is_of_the_whole_file(rejected: int, over: bool) -> None:
    batch = Batch(
        id="bat_1",
        source="x",
        branch="1",
        currency="USD",
        digest="",
        totals=Totals(1000),
        reject_pct_limit=Decimal(5),
        stop_on_limit=False,
        registered_by="usr_1",
        registered_at=NOW,
        business_date=TODAY,
    )
    for number in range(rejected):
        batch = counted(batch, LineState.REJECTED, number + 1)
    assert (batch.reject_pct, batch.over_limit) == (Decimal(rejected) / 10, over)
