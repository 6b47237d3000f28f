"""How a rate is quoted, and the index rates that loans follow (LON-23, LON-24)."""

from datetime import date
from typing import Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Percent, Plan, term
from chalicelib.kernel.plan_rules import check_ascending
from chalicelib.kernel.rate import Rate

PERIODS_A_YEAR = (1, 2, 3, 4, 6, 12, 24, 26, 52, 360, 365)


class QuotedRate(Plan):
    """The way a percentage is quoted: nominal of so many periods a year, due in arrears or in advance, or effective.

    An effective rate is annual and in arrears; its other two fields then say nothing.
    """

    kind: Literal["nominal", "effective"] = term("nominal")
    periods_per_year: Literal[1, 2, 3, 4, 6, 12, 24, 26, 52, 360, 365] = term(12, unit="count")
    timing: Literal["arrears", "advance"] = term("arrears")

    def rate(self, percent: Percent) -> Rate:
        """This percentage quoted this way. Raises InvalidRate."""
        if self.kind == "effective":
            return Rate.effective(percent)
        return Rate.nominal(percent, self.periods_per_year, self.timing)


class PublishedValue(Plan):
    """The value of an index rate from a date on."""

    valid_from: date = term()
    percent: Percent = term(unit="percent", gt=-100, le=1000)


class IndexRate(Plan):
    """A reference rate with its history; each value holds until the next one."""

    names: Names = term()
    publisher: str = term("", max_length=100)
    quoted: QuotedRate = term(QuotedRate())
    history: tuple[PublishedValue, ...] = term(min_length=1)

    @field_validator("history")
    @classmethod
    def _history_in_order(
        cls, history: tuple[PublishedValue, ...], info: ValidationInfo
    ) -> tuple[PublishedValue, ...]:
        check_ascending(published.valid_from for published in history)
        return history

    def percent_on(self, on: date) -> Percent | None:
        """The quoted percentage in force on a date; None before the first."""
        past = [published.percent for published in self.history if published.valid_from <= on]
        return past[-1] if past else None
