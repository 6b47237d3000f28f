"""The unknown of a loan is found again from the other three."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.schedule import (
    LoanTerms,
    solve_instalment,
    solve_principal,
    solve_rate,
    solve_term,
)
from chalicelib.kernel.schedule.building import exact_amounts
from chalicelib.kernel.schedule.formulas import ONE
from chalicelib.kernel.schedule.preparation import prepare
from chalicelib.kernel.schedule.terms import Grace, Growth
from chalicelib.kernel.schedule.walk import Owed
from tests.support.loans import some_terms, usd

LOANS = st.builds(
    lambda minor, rate, count, formula, grace: replace(
        some_terms(rate=rate, instalments=count, grace=Grace(min(grace, count - 1))),
        draws=(replace(some_terms().draws[0], amount=Money(minor, "USD")),),
        formula=formula,
        growth=Growth(6, Decimal(2)) if formula == "step_geometric" else None,
    ),
    st.integers(1_000_000, 10**9),
    st.builds(Rate.nominal, st.decimals(1, 60, places=2), st.just(12))
    | st.builds(Rate.effective, st.decimals(1, 60, places=2)),
    st.integers(1, 60),
    st.sampled_from(["regular", "step_geometric"]),
    st.integers(0, 3),
)


def exact_first(terms: LoanTerms) -> int:
    prepared = prepare(terms)
    return exact_amounts(prepared, Owed(prepared.opening, prepared.opening), prepared.stages[0])[0]


@given(LOANS)
@settings(max_examples=40, deadline=None)
def test_rate_found_leads_to_the_instalment(terms: LoanTerms) -> None:
    instalment = solve_instalment(terms)
    found = solve_rate(terms, instalment)
    assert abs(exact_first(replace(terms, rate=found)) - instalment.minor * ONE) < ONE // 1_000
    assert (found.kind, found.periods_per_year) == (terms.rate.kind, terms.rate.periods_per_year)


@given(LOANS)
@settings(max_examples=40, deadline=None)
def test_principal_found_is_the_largest_that_the_instalment_pays(terms: LoanTerms) -> None:
    instalment = solve_instalment(terms)
    found = solve_principal(terms, instalment)
    for minor, pays in ((found.minor, True), (found.minor + 1, False)):
        lent = replace(terms.draws[0], amount=Money(minor, "USD"))
        assert (exact_first(replace(terms, draws=(lent,))) <= instalment.minor * ONE) is pays


@given(LOANS)
@settings(max_examples=40, deadline=None)
def test_term_found_is_the_shortest(terms: LoanTerms) -> None:
    instalment = solve_instalment(terms)
    found = solve_term(terms, instalment)
    assert found <= terms.instalments
    assert solve_instalment(replace(terms, instalments=found)).minor <= instalment.minor


@pytest.mark.parametrize(
    ("instalment", "months"), [("916.80", 12), ("1000.00", 11), ("300.00", 47), ("10150", 1)]
)
def test_term_of_the_example(instalment: str, months: int) -> None:
    assert solve_term(some_terms(), usd(instalment)) == months


def test_zero_rate_is_found() -> None:
    terms = some_terms(rate=Rate.nominal(5, 12), instalments=10)
    assert abs(solve_rate(terms, usd("1000.00")).percent) < Decimal("1E-9")
