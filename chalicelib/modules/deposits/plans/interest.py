"""Interest codes and the reference rates they follow (DEP-14 to DEP-23)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Percent, Plan, term
from chalicelib.kernel.plan_rules import check_ascending, check_currency, check_decimals, check_given

MAX_BANDS = 20


def check_band(start: Decimal | None, end: Decimal | None) -> None:
    """A band is not empty. Raises ValueError band_reversed."""
    if start is not None and end is not None and end <= start:
        raise ValueError("band_reversed")


def check_contiguous(bands: Sequence[tuple[Decimal, Decimal | None]]) -> None:
    """Half-open bands cover every balance from zero up, once.

    Raises ValueError bands_start_at_zero, bands_not_contiguous, last_band_open.
    """
    if bands and bands[0][0] != 0:
        raise ValueError("bands_start_at_zero")
    if any(end != start for (_, end), (start, _) in pairwise(bands)):
        raise ValueError("bands_not_contiguous")
    if bands and bands[-1][1] is not None:
        raise ValueError("last_band_open")


class InterestBand(Plan):
    """Balances of `from_amount` ≤ B < `to_amount` (blank: no upper end) at a rate, or a spread over the reference."""

    from_amount: Amount = term(unit="money", ge=0)
    to_amount: Amount | None = term(None, unit="money", ge=0)
    rate: Percent | None = term(None, unit="percent", ge=0, le=1000)
    spread: Percent | None = term(None, unit="percent", ge=-100, le=100)

    @field_validator("to_amount")
    @classmethod
    def _band_runs_upwards(cls, end: Amount | None, info: ValidationInfo) -> Amount | None:
        check_band(info.data.get("from_amount"), end)
        return end

    @field_validator("spread")
    @classmethod
    def _rate_or_spread(cls, spread: Percent | None, info: ValidationInfo) -> Percent | None:
        if (spread is None) == (info.data.get("rate") is None):
            raise ValueError("band_rate_or_spread")
        return spread


class InterestCode(Plan):
    """How a balance is priced; one change reaches every account that follows the code (DEP-18)."""

    names: Names = term()
    currency: str = term(pattern=r"^[A-Z]{3}$")
    rate_type: Literal["fixed", "variable"] = term("fixed")
    method: Literal["flat", "tiered", "banded"] = term("flat")
    reference_rate: str | None = term(None, ref="deposits.reference_rate")
    bands: tuple[InterestBand, ...] = term(min_length=1, max_length=MAX_BANDS)

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str) -> str:
        return check_currency(code)

    @field_validator("reference_rate")
    @classmethod
    def _reference_only_for_variable(cls, reference: str | None, info: ValidationInfo) -> str | None:
        check_given(reference is not None, info.data.get("rate_type") == "variable", "reference_rate")
        return reference

    @field_validator("bands")
    @classmethod
    def _bands_follow_one_another(
        cls, bands: tuple[InterestBand, ...], info: ValidationInfo
    ) -> tuple[InterestBand, ...]:
        if info.data.get("method") == "flat" and len(bands) != 1:
            raise ValueError("flat_takes_one_band")
        check_contiguous([(band.from_amount, band.to_amount) for band in bands])
        for band in bands:
            check_given(band.spread is not None, info.data.get("rate_type") == "variable", "band_spread")
            check_decimals(band.from_amount, info.data.get("currency"))
        return bands


class PublishedRate(Plan):
    """The value of a reference rate from a date on."""

    date: date
    rate: Percent = term(unit="percent", ge=-100, le=1000)


class ReferenceRate(Plan):
    """A rate that others publish, with its history; each value holds until the next one (DEP-16)."""

    names: Names = term()
    publisher: str = term("", max_length=100)
    history: tuple[PublishedRate, ...] = term(min_length=1)

    @field_validator("history")
    @classmethod
    def _history_in_order(cls, history: tuple[PublishedRate, ...]) -> tuple[PublishedRate, ...]:
        check_ascending(published.date for published in history)
        return history

    def rate_on(self, on: date) -> Percent | None:
        """The annual percentage in force on a date; None before the first."""
        past = [published.rate for published in self.history if published.date <= on]
        return past[-1] if past else None
