"""The institution and its branches."""

import re
from typing import Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.plan import Amount, Plan, term
from chalicelib.kernel.plan_rules import check_range

EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
TIME_ZONE = r"^[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_]+){1,2}$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_BRANCH_CODE = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)


def check_branch_code(code: str) -> str:
    """The code of a branch: 1 to 99999, without leading zeros (GEN-55). Raises ValueError branch_code_range."""
    if not _BRANCH_CODE.fullmatch(code):
        raise ValueError("branch_code_range")
    return code


class Institution(Plan):
    """Who the cooperative is on paper, and the limits that hold for the whole of it."""

    legal_name: str = term("", max_length=200)
    trade_name: str = term("", max_length=100)
    tax_id: str = term("", max_length=20)
    licence_number: str = term("", max_length=60)
    segment: str = term("", max_length=40)
    address: str = term("", max_length=300)
    phones: tuple[str, ...] = term((), max_length=10)
    email: str | None = term(None, pattern=EMAIL)
    website: str | None = term(None, pattern=r"^https://\S+$", max_length=200)
    party_number_from: int = term(1, unit="count", ge=1)
    party_number_to: int = term(999_999_999, unit="count", ge=1)

    @field_validator("party_number_to")
    @classmethod
    def _range_runs_upwards(cls, last: int, info: ValidationInfo) -> int:
        check_range(info.data.get("party_number_from"), last)
        return last


class Branch(Plan):
    """A branch; its code, 1 to 99999, is the code of the parameter set (ADM-01, GEN-55).

    What is left blank (language, time zone, calendar) comes from the head office (ADM-03).
    """

    name: str = term(min_length=1, max_length=100)
    head_office: bool = term(False)
    branch_type: Literal["branch", "agency", "window"] = term("branch")
    status: Literal["planned", "open", "temporarily_closed", "closed"] = term("open")
    parent: str | None = term(None, ref="administration.branch")
    address: str = term("", max_length=300)
    city: str = term("", max_length=80)
    province: str = term("", max_length=10)
    geo_unit: str = term("", max_length=20)
    region: str = term("", max_length=40)
    phones: tuple[str, ...] = term((), max_length=10)
    email: str | None = term(None, pattern=EMAIL)
    tax_id: str | None = term(None, max_length=20)
    language: str | None = term(None, pattern=LANGUAGE)
    time_zone: str | None = term(None, pattern=TIME_ZONE)
    calendar: str | None = term(None, ref="administration.calendar")
    opening_hours: str = term("", max_length=200)

    @field_validator("status")
    @classmethod
    def _head_office_stays(cls, status: str, info: ValidationInfo) -> str:
        if status == "closed" and info.data.get("head_office"):
            raise ValueError("head_office_closed")
        return status

    @field_validator("calendar")
    @classmethod
    def _head_office_has_a_calendar(cls, calendar: str | None, info: ValidationInfo) -> str | None:
        if calendar is None and info.data.get("head_office"):
            raise ValueError("head_office_calendar_missing")
        return calendar


class CashControl(Plan):
    """How much cash a teller may hold; a branch may be stricter than the institution, never laxer (GEN-56).

    The limit is in the base currency. While there is none, no teller's cash is counted.
    """

    teller_limit: Amount | None = term(None, unit="money", ge=0, ceiling=True)
