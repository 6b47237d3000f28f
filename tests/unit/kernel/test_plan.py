"""Plans: frozen, described, exact; what changed between two of them."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from chalicelib.kernel.money import Money
from chalicelib.kernel.plan import Amount, Change, Dated, Percent, Plan, diff, term, value_on
from chalicelib.kernel.rounding import Rounding


class BandTerms(Plan):
    rate: Percent = term(unit="percent", ge=0, le=100)


class SavingsPlan(Plan):
    currency: str = term(pattern="^[A-Z]{3}$")
    minimum_balance: Amount = term(Decimal(0), unit="money", overridable=True)
    rate: Percent = term(Decimal(0), unit="percent", inheritable=True)
    fee_table: str | None = term(None, ref="fees.table", inheritable=True)
    notice_days: int = term(0, unit="days", ge=0)
    key: str = term("", secret=True)
    rounding: Rounding = term(Rounding())
    bands: tuple[BandTerms, ...] = term(default_factory=tuple)
    scheduled_rates: tuple[Dated[Percent], ...] = term(default_factory=tuple)


def a_plan(**changes) -> SavingsPlan:
    return SavingsPlan.model_validate({"currency": "USD", **changes})


def test_plan_says_what_accounts_inherit_and_override():
    assert SavingsPlan.fields_inheritable() == ("minimum_balance", "rate", "fee_table")
    assert SavingsPlan.fields_overridable() == ("minimum_balance",)
    assert SavingsPlan.references() == {"fee_table": "fees.table"}


def test_schema_carries_unit_reference_and_limits():
    fields = SavingsPlan.model_json_schema()["properties"]
    assert fields["minimum_balance"]["unit"] == "money"
    assert fields["minimum_balance"]["overridable"] is True
    assert fields["minimum_balance"]["type"] == "string"
    assert fields["fee_table"]["ref"] == "fees.table"
    assert (fields["notice_days"]["unit"], fields["notice_days"]["minimum"]) == ("days", 0)
    assert fields["key"]["secret"] is True
    assert "currency" in SavingsPlan.model_json_schema()["required"]


def test_plan_is_frozen_and_knows_all_its_fields():
    with pytest.raises(ValidationError):
        a_plan().notice_days = 3  # type: ignore[misc]
    with pytest.raises(ValidationError):
        a_plan(colour="red")
    with pytest.raises(ValidationError):
        SavingsPlan.model_validate({})


@pytest.mark.parametrize("percent", ["3.5", 3, "0.123456", "-2", Decimal("3.50"), "3.5000000"])
def test_percent_is_read_exactly(percent):
    assert a_plan(rate=percent).rate == Decimal(percent)


@pytest.mark.parametrize(
    "percent", [3.5, "3.1234567", "1e2", "", "3,5", "NaN", True, None, "9999999", "٣", [3]]
)
def test_percent_that_is_not_exact_is_refused(percent):
    with pytest.raises(ValidationError):
        a_plan(rate=percent)


def test_limits_hold_on_percentages():
    with pytest.raises(ValidationError):
        a_plan(bands=[{"rate": "101"}])


@pytest.mark.parametrize(
    "floats",
    [
        {"minimum_balance": 20.0},
        {"rounding": {"unit": 0.05}},
        {"bands": [{"rate": 1.5}]},
        {"notice_days": 3.0},
    ],
)
def test_floats_are_refused_anywhere(floats):
    with pytest.raises(ValidationError, match="as text"):
        a_plan(**floats)


def test_amount_becomes_money_of_the_plans_currency():
    plan = a_plan(minimum_balance="20.00")
    assert Money.of(plan.minimum_balance, plan.currency) == Money.of("20", "USD")
    with pytest.raises(ValidationError):
        a_plan(minimum_balance="1" + "0" * 24)


def test_secret_is_never_shown():
    assert "hunter2" not in repr(a_plan(key="hunter2"))


def test_body_is_plain_text_and_reads_back():
    plan = a_plan(
        rate="3.50",
        scheduled_rates=[{"effective_from": "2026-07-01", "value": "2.5"}],
        rounding={"unit": "0.05"},
    )
    body = plan.to_body()
    assert (body["rate"], body["scheduled_rates"]) == (
        "3.50",
        [{"effective_from": "2026-07-01", "value": "2.5"}],
    )
    assert SavingsPlan.model_validate(body) == plan


def test_dated_value_is_the_latest_effective():
    steps = a_plan(
        scheduled_rates=[
            {"effective_from": "2026-07-01", "value": "2.5"},
            {"effective_from": "2026-01-01", "value": "2"},
        ]
    ).scheduled_rates
    assert value_on(steps, date(2025, 12, 31)) is None
    assert value_on(steps, date(2026, 6, 30)) == Decimal(2)
    assert value_on(steps, date(2026, 7, 1)) == Decimal("2.5")


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": "1"}, [Change("a", 1, "1")]),
        ({"a": 1}, {}, [Change("a", 1, None)]),
        ({}, {"a": {"b": 2}}, [Change("a", None, {"b": 2})]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, [Change("a.c", 2, 3)]),
        (
            {"bands": [{"rate": "1"}, {"rate": "2"}]},
            {"bands": [{"rate": "1"}, {"rate": "3"}, {"rate": "4"}]},
            [Change("bands.1.rate", "2", "3"), Change("bands.2", None, {"rate": "4"})],
        ),
        ({"a": [1, 2]}, {"a": [1]}, [Change("a.1", 2, None)]),
        ({"a": [1]}, {"a": {"0": 1}}, [Change("a", [1], {"0": 1})]),
        ({"b": 1, "a": 1}, {"a": 2, "b": 2}, [Change("b", 1, 2), Change("a", 1, 2)]),
    ],
)
def test_difference_names_each_changed_field(old, new, changes):
    assert diff(old, new) == changes
