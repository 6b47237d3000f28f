"""Insurance rates by the age of who is insured (LON-67)."""

from itertools import pairwise

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Percent, Plan, term
from chalicelib.kernel.plan_rules import check_range

OLDEST = 120


class AgeBand(Plan):
    """Who is from ``age_from`` to ``age_to`` years old, both included, pays ``rate`` percent of the base."""

    age_from: int = term(unit="years", ge=0, le=OLDEST)
    age_to: int = term(unit="years", ge=0, le=OLDEST)
    rate: Percent = term(unit="percent", ge=0, le=100)

    @field_validator("age_to")
    @classmethod
    def _band_runs_upwards(cls, last: int, info: ValidationInfo) -> int:
        check_range(info.data.get("age_from"), last)
        return last


class LifeTable(Plan):
    """The rates of one insurer; an older version of the set keeps the rates of its time."""

    names: Names = term()
    insurer: str = term(max_length=100)
    bands: tuple[AgeBand, ...] = term(min_length=1, max_length=OLDEST)

    @field_validator("bands")
    @classmethod
    def _bands_follow_one_another(cls, bands: tuple[AgeBand, ...]) -> tuple[AgeBand, ...]:
        if any(later.age_from != earlier.age_to + 1 for earlier, later in pairwise(bands)):
            raise ValueError("age_bands_not_contiguous")
        return bands

    def rate_at(self, age_years: int) -> Percent | None:
        """The rate at an age; None where the insurer takes nobody of that age."""
        fitting = (band.rate for band in self.bands if band.age_from <= age_years <= band.age_to)
        return next(fitting, None)
