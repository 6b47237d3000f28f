"""The registry of formulas: present value is its entrance."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from chalicelib.kernel.schedule import Formula, Pays, Problem, register, registered, schedule
from chalicelib.kernel.schedule.errors import FormulaAlreadyRegistered, FormulaMissesValue, UnknownFormula
from chalicelib.kernel.schedule.formulas import ONE, unregister
from chalicelib.kernel.schedule.terms import Growth
from tests.support.loans import a_schedule, amounts, some_terms

OWN = "every_other_double"


@pytest.fixture
def _own() -> Iterator[None]:
    yield
    if OWN in registered():
        unregister(OWN)


def doubled(problem: Problem) -> list[int]:
    """Every second instalment is twice the others."""
    return problem.instalments([ONE * (1 + at % 2) for at in range(problem.rows)])


@pytest.mark.usefixtures("_own")
def test_right_formula_of_ones_own_becomes_selectable() -> None:
    register(Formula(OWN, doubled))
    assert OWN in registered()
    made = a_schedule(formula=OWN)
    found = amounts(made)
    assert Decimal(found[1]) - 2 * Decimal(found[0]) <= Decimal("0.01")
    assert made.rows[-1].balance_minor == 0
    with pytest.raises(FormulaAlreadyRegistered):
        register(Formula(OWN, doubled))


def test_formula_that_misses_the_principal_by_ten_cents_is_not_registered() -> None:
    def short(problem: Problem) -> list[int]:
        first, *others = problem.instalments()
        return [first - 10 * ONE, *others]

    with pytest.raises(FormulaMissesValue) as refused:
        register(Formula("short", short))
    assert refused.value.field == "formula"
    assert "short" not in registered()
    with pytest.raises(UnknownFormula):
        a_schedule(formula="short")


def test_formula_that_forgets_an_instalment_is_not_registered() -> None:
    with pytest.raises(FormulaMissesValue):
        register(Formula("forgetful", lambda problem: problem.instalments()[1:]))


def test_formula_of_principal_must_return_all_of_it() -> None:
    with pytest.raises(FormulaMissesValue):
        register(Formula("half", lambda problem: [problem.opening // 2], Pays.PRINCIPAL))


def test_schedule_tells_the_formula_and_its_parameters() -> None:
    made = schedule(some_terms(formula="step_geometric", growth=Growth(6, Decimal(-5))))
    assert made.formula.id == "step_geometric"
    assert dict(made.formula.parameters) == {"growth_every": "6", "growth_percent": "-5"}
