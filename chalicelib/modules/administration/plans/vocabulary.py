"""Words and figures that every module validates against: code tables, user fields and the regulator's figures."""

from datetime import date
from typing import Annotated, Literal

from pydantic import StringConstraints, ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Plan, term
from chalicelib.kernel.plan_rules import check_distinct, check_given, check_range

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,29}$")]
FIELD_KEY = r"^[a-z][a-z0-9_]{0,39}$"
MAX_USER_TEXT = 500


class CodeValue(Plan):
    """One value of a code table."""

    code: Code = term()
    names: Names = term()
    active: bool = term(True)
    valid_from: date | None = term(None)
    valid_to: date | None = term(None)
    attributes: dict[str, str] = term(default_factory=dict)

    @field_validator("valid_to")
    @classmethod
    def _dates_in_order(cls, valid_to: date | None, info: ValidationInfo) -> date | None:
        check_range(info.data.get("valid_from"), valid_to, "dates_out_of_order")
        return valid_to

    def holds_on(self, on: date) -> bool:
        """Whether the value may be chosen on a date."""
        return (
            self.active
            and not (self.valid_from and on < self.valid_from)
            and not (self.valid_to and on > self.valid_to)
        )


class CodeTable(Plan):
    """A list of valid values, shown in the order in which they are written (ADM-33)."""

    names: Names = term()
    application: str = term("administration", pattern=r"^[a-z][a-z_]*$")
    system: bool = term(False)
    values: tuple[CodeValue, ...] = term(min_length=1)

    @field_validator("values")
    @classmethod
    def _no_code_twice(cls, values: tuple[CodeValue, ...]) -> tuple[CodeValue, ...]:
        check_distinct((value.code for value in values), "code_repeated")
        return values

    def value(self, code: str) -> CodeValue | None:
        """The value with this code, or None."""
        return next((value for value in self.values if value.code == code), None)


class UserField(Plan):
    """A field that the tenant adds to an entity of the bank (GEN-81, GEN-82)."""

    entity: Literal[
        "party",
        "party_marketing",
        "party_relationship",
        "deposit_account",
        "transaction",
        "branch",
        "voucher",
    ] = term()
    key: str = term(pattern=FIELD_KEY)
    field_type: Literal["amount", "date", "rate", "branch", "officer", "text", "code"] = term()
    code_table: str | None = term(None, ref="administration.code_table")
    names: Names = term()
    required: bool = term(False)
    max_length: int = term(100, unit="count", ge=1, le=MAX_USER_TEXT)
    default_value: str = term("", max_length=MAX_USER_TEXT)
    read_groups: tuple[str, ...] = term(())
    write_groups: tuple[str, ...] = term(())

    @field_validator("code_table")
    @classmethod
    def _table_only_for_codes(cls, table: str | None, info: ValidationInfo) -> str | None:
        check_given(table is not None, info.data.get("field_type") == "code", "code_table")
        return table


class Figure(Plan):
    """One value of a regulatory figure: a percentage, an amount, a number of days…, by the figure's unit."""

    code: Code = term()
    names: Names = term()
    value: Amount = term()


class RegulatoryFigure(Plan):
    """Figures that a regulator or a law fixes for a period: taxes, maximum rates, insured amounts, tax units.

    Each period is a version of the set with its own effective date, source and confidence; modules read the version
    in force on their business date.
    """

    names: Names = term()
    topic: Literal["tax", "maximum_rate", "reference_rate", "insurance", "dormancy", "unit", "report"] = (
        term()
    )
    unit: Literal["percent", "per_mille", "money", "days", "years", "times"] = term()
    currency: str | None = term(None, pattern=r"^[A-Z]{3}$")
    values: tuple[Figure, ...] = term(min_length=1)
    norm: str = term("", max_length=300)
    note: str = term("", max_length=500)

    @field_validator("currency")
    @classmethod
    def _currency_only_for_money(cls, currency: str | None, info: ValidationInfo) -> str | None:
        check_given(currency is not None, info.data.get("unit") == "money", "currency")
        return currency

    @field_validator("values")
    @classmethod
    def _no_code_twice(cls, values: tuple[Figure, ...]) -> tuple[Figure, ...]:
        check_distinct((figure.code for figure in values), "code_repeated")
        return values

    def value(self, code: str) -> Amount | None:
        """The figure with this code, in the set's unit, or None."""
        return next((figure.value for figure in self.values if figure.code == code), None)
