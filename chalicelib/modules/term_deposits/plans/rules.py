"""What is taken from the interest of a term deposit: tax withheld, and the cost of an early cancellation."""

from decimal import Decimal
from typing import Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.penalty import PenaltyMethod
from chalicelib.kernel.plan import Amount, Percent, Plan, term
from chalicelib.kernel.plan_rules import check_ascending, check_given, check_range

LONGEST_DAYS = 3660
FIGURE = "administration.regulatory_figure"


class WithholdingRule(Plan):
    """Tax withheld from each payment of interest (TDP-66): a percentage of the plan's own, or the regulator's figure.

    Deposits for `exempt_days` or more, by number or by the regulator's figure, pay none; nor does interest that earns
    less than `daily_threshold` a day.
    """

    source: Literal["none", "percent", "figure"] = term("none")
    percent: Percent | None = term(None, unit="percent", ge=0, le=100)
    figure: str | None = term(None, ref=FIGURE)
    figure_code: str = term("", max_length=30)
    exempt_days: int | None = term(None, unit="days", ge=1, le=LONGEST_DAYS)
    exempt_days_figure: str | None = term(None, ref=FIGURE)
    exempt_days_code: str = term("", max_length=30)
    daily_threshold: Amount | None = term(None, unit="money", ge=0)

    @field_validator("percent")
    @classmethod
    def _percent_where_it_is_used(cls, percent: Percent | None, info: ValidationInfo) -> Percent | None:
        check_given(percent is not None, info.data.get("source") == "percent", "withholding_percent")
        return percent

    @field_validator("figure")
    @classmethod
    def _figure_where_it_is_used(cls, figure: str | None, info: ValidationInfo) -> str | None:
        check_given(figure is not None, info.data.get("source") == "figure", "withholding_figure")
        return figure

    @field_validator("figure_code")
    @classmethod
    def _code_of_the_figure(cls, code: str, info: ValidationInfo) -> str:
        check_given(bool(code), info.data.get("figure") is not None, "withholding_figure_code")
        return code

    @field_validator("exempt_days_figure")
    @classmethod
    def _one_source_of_the_exemption(cls, figure: str | None, info: ValidationInfo) -> str | None:
        if figure is not None and info.data.get("exempt_days") is not None:
            raise ValueError("exemption_sources_exclusive")
        return figure

    @field_validator("exempt_days_code")
    @classmethod
    def _code_of_the_exemption(cls, code: str, info: ValidationInfo) -> str:
        check_given(bool(code), info.data.get("exempt_days_figure") is not None, "exempt_days_code")
        return code


class PenaltyBand(Plan):
    """The value of a penalty for deposits cancelled from so many days after the opening on."""

    from_days: int = term(unit="days", ge=0, le=LONGEST_DAYS)
    value: Percent = term(ge=0, le=100_000)


class EarlyCancellation(Plan):
    """What a withdrawal before maturity costs (TDP-21). The value is a percentage, days, or percentage points, by the
    method; bands replace it by the days elapsed.
    """

    allowed: bool = term(True)
    method: PenaltyMethod = term(PenaltyMethod.NONE)
    value: Percent = term("0", ge=0, le=100_000)
    bands: tuple[PenaltyBand, ...] = term((), max_length=20)
    minimum: Amount | None = term(None, unit="money", ge=0)
    maximum: Amount | None = term(None, unit="money", ge=0)
    free_percent: Percent = term("0", unit="percent", ge=0, le=100)
    may_touch_principal: bool = term(False)

    @field_validator("bands")
    @classmethod
    def _bands_ascend(cls, bands: tuple[PenaltyBand, ...]) -> tuple[PenaltyBand, ...]:
        check_ascending((band.from_days for band in bands), "penalty_bands_not_ascending")
        return bands

    @field_validator("maximum")
    @classmethod
    def _bounds_in_order(cls, most: Amount | None, info: ValidationInfo) -> Amount | None:
        check_range(info.data.get("minimum"), most)
        return most

    def value_after(self, elapsed_days: int) -> Decimal:
        """The value that holds so many days after the opening."""
        begun = [band.value for band in self.bands if band.from_days <= elapsed_days]
        return begun[-1] if begun else self.value
