"""What is measured of balances: correlations that must hold, and financial indicators with their limits."""

from decimal import Decimal
from typing import Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Percent, Plan, term
from chalicelib.kernel.plan_rules import check_currency

Comparison = Literal["equal", "not_equal", "less", "at_most", "more", "at_least"]


class SignedAccount(Plan):
    """An account, with all that lies under it, added or taken away; its balance counts on its normal side."""

    account: str = term(ref="accounting.account")
    sign: Literal["plus", "minus"] = term("plus")


class AccountCorrelation(Plan):
    """A sum of accounts compared with zero at every close (correlación de cuentas, ACC-74)."""

    names: Names = term()
    terms: tuple[SignedAccount, ...] = term(min_length=1, max_length=100)
    comparison: Comparison = term("equal")
    tolerance: Amount = term(Decimal(0), unit="money", ge=0)
    coverage: Literal["branch", "institution"] = term("institution")
    currency: str | None = term(None)
    active: bool = term(True)

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, currency: str | None) -> str | None:
        return check_currency(currency) if currency else None


class Indicator(Plan):
    """A financial indicator: one sum of accounts as a percentage of another (ACC-30, ACC-31).

    Past ``amber``, in the direction that is ``worse``, it is amber; past ``red``, red. Its trend is against the end of
    the period before.
    """

    names: Names = term()
    numerator: tuple[SignedAccount, ...] = term(min_length=1, max_length=100)
    denominator: tuple[SignedAccount, ...] = term(min_length=1, max_length=100)
    period: Literal["month", "quarter", "year"] = term("month")
    worse: Literal["higher", "lower"] = term("higher")
    amber: Percent | None = term(None, unit="percent")
    red: Percent | None = term(None, unit="percent")
    active: bool = term(True)

    @field_validator("red")
    @classmethod
    def _red_is_beyond_amber(cls, red: Percent | None, info: ValidationInfo) -> Percent | None:
        amber = info.data.get("amber")
        if red is not None and amber is not None:
            beyond = red > amber if info.data.get("worse") == "higher" else red < amber
            if not beyond:
                raise ValueError("red_before_amber")
        return red
