"""What a term deposit product may not say, and what those of the demonstration cooperatives cover."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.modules.term_deposits.plans import Payment, TermDepositPlan
from chalicelib.platform.problems import field_problems
from tests.unit.packs import COOPERATIVES, by_code, manifest, whole

ROW = {"from_amount": "0", "from_days": 30, "to_days": 360, "rate": "8"}
PLAN = {
    "names": {"es": "Plazo"},
    "currency": "USD",
    "minimum_amount": "100",
    "minimum_days": 30,
    "maximum_days": 360,
    "rates": [ROW],
}
FIGURE = {"source": "figure", "figure": "tax", "figure_code": "a"}


def a_plan(**changes: Any) -> TermDepositPlan:
    return TermDepositPlan.model_validate({**PLAN, **changes})


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"currency": "ZZZ"}, "currency", "unknown_currency"),
        ({"minimum_amount": "100.001"}, "minimum_amount", "excess_decimals"),
        ({"maximum_amount": "99"}, "maximum_amount", "range_reversed"),
        ({"maximum_days": 29}, "maximum_days", "range_reversed"),
        (
            {"offered_from": "2026-02-01", "offered_until": "2026-01-01"},
            "offered_until",
            "dates_out_of_order",
        ),
        ({"rates": [ROW, {**ROW, "from_days": 360, "to_days": 400}]}, "rates", "rate_rows_overlap"),
        ({"rates": [ROW, {**ROW, "to_days": 29}]}, "rates.1.to_days", "band_reversed"),
        ({"rates": [ROW, {**ROW, "to_amount": "0"}]}, "rates.1.to_amount", "band_reversed"),
        ({"rate_max": "7.99"}, "rate_max", "rate_outside_limits"),
        ({"rate_min": "8.01", "rate_max": "9"}, "rate_max", "rate_outside_limits"),
        ({"rate_min": "8.01"}, "rate_max", "rate_outside_limits"),
        ({"bonus_rate": "10"}, "bonus_days", "bonus_days_missing"),
        ({"bonus_days": 30}, "bonus_days", "bonus_days_not_allowed"),
        ({"bonus_rate": "10", "bonus_days": 30, "compounding": "daily"}, "payments", "bonus_is_simple"),
        ({"bonus_rate": "10", "bonus_days": 30, "rate_kind": "effective"}, "payments", "bonus_is_simple"),
        (
            {"compounding": "daily", "day_count": "actual/actual_isda"},
            "compounding",
            "daily_needs_fixed_base",
        ),
        ({"compounding": "daily", "rate_kind": "effective"}, "compounding", "effective_is_compounded"),
        ({"payments": ["monthly", "monthly"]}, "payments", "payment_repeated"),
        ({"payments": ["capitalised"]}, "capitalisation", "capitalisation_missing"),
        ({"capitalisation": "monthly"}, "capitalisation", "capitalisation_not_allowed"),
        (
            {"payments": ["capitalised"], "capitalisation": "maturity"},
            "capitalisation",
            "capitalisation_cycle",
        ),
        ({"withholding": {"source": "percent"}}, "withholding.percent", "withholding_percent_missing"),
        ({"withholding": {"percent": "2"}}, "withholding.percent", "withholding_percent_not_allowed"),
        ({"withholding": {"source": "figure"}}, "withholding.figure", "withholding_figure_missing"),
        (
            {"withholding": {**FIGURE, "figure_code": ""}},
            "withholding.figure_code",
            "withholding_figure_code_missing",
        ),
        (
            {"withholding": {**FIGURE, "exempt_days": 180, "exempt_days_figure": "days"}},
            "withholding.exempt_days_figure",
            "exemption_sources_exclusive",
        ),
        (
            {"withholding": {**FIGURE, "exempt_days_figure": "days"}},
            "withholding.exempt_days_code",
            "exempt_days_code_missing",
        ),
        (
            {
                "early_cancellation": {
                    "bands": [{"from_days": 9, "value": "1"}, {"from_days": 9, "value": "2"}]
                }
            },
            "early_cancellation.bands",
            "penalty_bands_not_ascending",
        ),
        (
            {"early_cancellation": {"minimum": "2", "maximum": "1"}},
            "early_cancellation.maximum",
            "range_reversed",
        ),
    ],
)
def test_mistakes_have_their_code_at_their_field(changes: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        a_plan(**changes)
    assert [(each.field, each.code) for each in field_problems(refused.value)] == [(field, code)]


def test_limits_and_currency_stay_with_the_plan() -> None:
    kept = {"currency", "published", "minimum_amount", "maximum_amount", "rates", "rate_min", "rate_max"}
    assert not kept & set(TermDepositPlan.fields_overridable())


@pytest.mark.parametrize(
    ("amount", "days", "found"),
    [("0", 30, True), ("999.99", 360, True), ("1000", 30, False), ("1", 29, False), ("1", 361, False)],
)
def test_a_row_holds_from_its_first_to_its_last_day_and_below_its_upper_amount(
    amount: str, days: int, found: bool
) -> None:
    plan = a_plan(rates=[{**ROW, "to_amount": "1000"}])
    assert (plan.row_for(Decimal(amount), days) is not None) is found


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        (date(2026, 5, 31), False),
        (date(2026, 6, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_product_is_offered_while_it_is_published(day: date, offered: bool) -> None:
    dates = {"offered_from": "2026-06-01", "offered_until": "2026-06-30"}
    assert a_plan(published=True, **dates).offered_on(day) is offered
    assert not a_plan(**dates).offered_on(day)


def test_value_of_a_penalty_by_days_elapsed() -> None:
    bands = [{"from_days": 30, "value": "50"}, {"from_days": 90, "value": "25"}]
    rule = a_plan(early_cancellation={"method": "percent_of_interest", "value": "100", "bands": bands})
    values = [rule.early_cancellation.value_after(days) for days in (0, 29, 30, 89, 90, 400)]
    assert values == [100, 100, 50, 50, 25, 25]


# -- the demonstration cooperatives --------------------------------------------------------------------------------


def plans_of(cooperative: str) -> dict[str, TermDepositPlan]:
    return by_code(whole(cooperative), "term_deposits.plan")


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_every_amount_and_term_on_offer_has_a_rate(cooperative: str) -> None:
    for code, plan in plans_of(cooperative).items():
        edges = {edge for row in plan.rates for edge in (row.from_amount, row.to_amount) if edge is not None}
        amounts = {plan.minimum_amount, plan.maximum_amount or Decimal(10**9), *edges}
        offered = [each for each in amounts if plan.minimum_amount <= each <= (plan.maximum_amount or each)]
        terms = {days for row in plan.rates for days in (row.from_days - 1, row.from_days, row.to_days + 1)}
        terms |= {plan.minimum_days, plan.maximum_days}
        gaps = [
            (amount, days)
            for amount in offered
            for days in terms
            if plan.minimum_days <= days <= plan.maximum_days and plan.row_for(amount, days) is None
        ]
        assert not gaps, code


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_products_are_in_the_cooperatives_currency_and_pay_in_every_way_between_them(
    cooperative: str,
) -> None:
    plans = plans_of(cooperative)
    assert {plan.currency for plan in plans.values()} == {manifest(cooperative)["currency"]}
    assert all(plan.published and set(plan.names) == {"es", "en"} for plan in plans.values())
    ways = {payment for plan in plans.values() for payment in plan.payments}
    assert {Payment.MATURITY, Payment.MONTHLY, Payment.QUARTERLY, Payment.CAPITALISED} <= ways


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_tax_is_the_country_packs_figure(cooperative: str) -> None:
    figures = by_code(whole(cooperative), "administration.regulatory_figure")
    for plan in plans_of(cooperative).values():
        rule = plan.withholding
        assert rule.source == "figure"
        assert rule.figure is not None
        assert figures[rule.figure].unit == "percent"
        assert figures[rule.figure].value(rule.figure_code) is not None
        if rule.exempt_days_figure is not None:
            assert figures[rule.exempt_days_figure].unit == "days"
            assert figures[rule.exempt_days_figure].value(rule.exempt_days_code) is not None
