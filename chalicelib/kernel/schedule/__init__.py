"""Loan schedules: one library for simulation, booking and billing (planes de amortización).

`schedule(terms)` makes the rows of a loan; `solve_instalment`, `solve_term`, `solve_principal` and `solve_rate`
find the unknown of a loan; `register` admits a formula of one's own.
"""

from chalicelib.kernel.schedule.building import schedule
from chalicelib.kernel.schedule.formulas import Formula, Pays, Problem, register, registered
from chalicelib.kernel.schedule.rows import Flow, FormulaUsed, Row, Schedule, Totals, Withheld
from chalicelib.kernel.schedule.solving import (
    implied_rate,
    solve_instalment,
    solve_principal,
    solve_rate,
    solve_term,
)
from chalicelib.kernel.schedule.terms import LoanTerms

__all__ = [
    "Flow",
    "Formula",
    "FormulaUsed",
    "LoanTerms",
    "Pays",
    "Problem",
    "Row",
    "Schedule",
    "Totals",
    "Withheld",
    "implied_rate",
    "register",
    "registered",
    "schedule",
    "solve_instalment",
    "solve_principal",
    "solve_rate",
    "solve_term",
]
