"""Amortisation plans: which formula makes the instalments, and how they are rounded (LON-14)."""

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Percent, Plan, term
from chalicelib.kernel.plan_rules import check_given
from chalicelib.kernel.rounding import RoundingMode
from chalicelib.kernel.schedule.errors import UnknownFormula
from chalicelib.kernel.schedule.formulas import Uses, formula_of
from chalicelib.kernel.schedule.terms import LARGEST_INSTALMENTS, Residue


class InstalmentGrowth(Plan):
    """Every ``every_instalments`` the instalment changes by a signed percentage, or by a signed amount (LON-56)."""

    every_instalments: int = term(1, unit="count", ge=1, le=LARGEST_INSTALMENTS)
    percent: Percent | None = term(None, unit="percent", gt=-100, le=1000)
    amount: Amount | None = term(None, unit="money")

    @field_validator("amount")
    @classmethod
    def _one_kind_of_growth(cls, amount: Amount | None, info: ValidationInfo) -> Amount | None:
        if "percent" in info.data:
            check_given(amount is not None, info.data["percent"] is None, "growth_amount")
        return amount


class InstalmentRounding(Plan):
    """How instalments and interest are rounded, and where the cents go that rounding leaves.

    ``unit`` is what instalments are a multiple of (0.05, 100); blank: the smallest unit of the currency.
    """

    unit: Amount | None = term(None, unit="money", gt=0)
    mode: RoundingMode = term(RoundingMode.HALF_UP)
    interest_mode: RoundingMode = term(RoundingMode.HALF_UP)
    interest_by_segment: bool = term(False)
    residue: Residue = term(Residue.LAST)


class AmortisationPlan(Plan):
    """A way of paying back, by its code: products and loans refer to it."""

    names: Names = term()
    formula: str = term("regular", pattern=r"^[a-z][a-z0-9_]{0,39}$")
    growth: InstalmentGrowth | None = term(None)
    rounding: InstalmentRounding = term(InstalmentRounding())
    capitalises: bool = term(False)

    @field_validator("formula")
    @classmethod
    def _registered_formula(cls, code: str) -> str:
        try:
            return formula_of(code).id
        except UnknownFormula as error:
            raise ValueError("formula_not_registered") from error

    @field_validator("growth")
    @classmethod
    def _growth_where_it_is_used(
        cls, growth: InstalmentGrowth | None, info: ValidationInfo
    ) -> InstalmentGrowth | None:
        if "formula" not in info.data:
            return growth
        uses = formula_of(info.data["formula"]).uses
        by_percent = growth is not None and growth.percent is not None
        check_given(by_percent, Uses.GROWTH_PERCENT in uses, "growth_percent")
        check_given(growth is not None and not by_percent, Uses.GROWTH_AMOUNT in uses, "growth_amount")
        return growth
